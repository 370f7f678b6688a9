//! Other vendors' software with known flaws: filler for the vulnerability exports.
//!
//! Vendor, product, version, identifier and severity only, in the spelling of Defender
//! Vulnerability Management; which machine has which is made up.

/// One flaw of one version of one product.
#[derive(Debug)]
pub(crate) struct SoftwareFlaw {
    pub(crate) vendor: &'static str,
    pub(crate) name: &'static str,
    pub(crate) version: &'static str,
    pub(crate) cve: &'static str,
    pub(crate) severity: &'static str,
}

const fn flaw(
    vendor: &'static str,
    name: &'static str,
    version: &'static str,
    cve: &'static str,
    severity: &'static str,
) -> SoftwareFlaw {
    SoftwareFlaw {
        vendor,
        name,
        version,
        cve,
        severity,
    }
}

/// The flaws, product by product.
pub(crate) static SOFTWARE_FLAWS: &[SoftwareFlaw] = &[
    flaw(
        "google",
        "chrome",
        "136.0.7103.93",
        "CVE-2025-4664",
        "Medium",
    ),
    flaw("google", "chrome", "136.0.7103.93", "CVE-2025-5063", "High"),
    flaw("google", "chrome", "136.0.7103.93", "CVE-2025-5280", "High"),
    flaw("google", "chrome", "136.0.7103.93", "CVE-2025-5419", "High"),
    flaw("google", "chrome", "137.0.7151.55", "CVE-2025-5419", "High"),
    flaw("google", "chrome", "137.0.7151.55", "CVE-2025-5958", "High"),
    flaw("google", "chrome", "137.0.7151.55", "CVE-2025-5959", "High"),
    flaw("mozilla", "firefox", "138.0.1", "CVE-2025-4918", "Critical"),
    flaw("mozilla", "firefox", "138.0.1", "CVE-2025-4919", "High"),
    flaw("mozilla", "firefox", "138.0.1", "CVE-2025-5283", "Medium"),
    flaw(
        "adobe",
        "acrobat_reader_dc",
        "25.1.20467.0",
        "CVE-2025-43550",
        "High",
    ),
    flaw(
        "adobe",
        "acrobat_reader_dc",
        "25.1.20467.0",
        "CVE-2025-43573",
        "High",
    ),
    flaw(
        "adobe",
        "acrobat_reader_dc",
        "25.1.20467.0",
        "CVE-2025-43574",
        "High",
    ),
    flaw(
        "adobe",
        "acrobat_reader_dc",
        "25.1.20467.0",
        "CVE-2025-43575",
        "High",
    ),
    flaw(
        "adobe",
        "acrobat_reader_dc",
        "25.1.20467.0",
        "CVE-2025-43576",
        "High",
    ),
    flaw("7-zip", "7-zip", "23.1.0.0", "CVE-2024-11477", "High"),
    flaw("7-zip", "7-zip", "23.1.0.0", "CVE-2025-0411", "High"),
    flaw(
        "notepad++",
        "notepad++",
        "8.6.9.0",
        "CVE-2025-49144",
        "High",
    ),
    flaw("oracle", "jre", "8.0.4410.7", "CVE-2025-21587", "High"),
    flaw("oracle", "jre", "8.0.4410.7", "CVE-2025-30691", "Medium"),
    flaw("oracle", "jre", "8.0.4410.7", "CVE-2025-30698", "Medium"),
    flaw(
        "microsoft",
        "office",
        "16.0.18730.20122",
        "CVE-2025-47162",
        "High",
    ),
    flaw(
        "microsoft",
        "office",
        "16.0.18730.20122",
        "CVE-2025-47164",
        "High",
    ),
    flaw(
        "microsoft",
        "office",
        "16.0.18730.20122",
        "CVE-2025-47167",
        "High",
    ),
    flaw(
        "microsoft",
        "office",
        "16.0.18730.20122",
        "CVE-2025-47953",
        "High",
    ),
];
