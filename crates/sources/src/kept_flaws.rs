//! Which flaws are kept, of the many thousand that a scanner or an agent may list.

use wardround_evidence::Cve;

/// The flaws that the built-in threats enter by; rows about others are counted and not kept, since a big estate has
/// hundreds of millions of them.
///
/// CVE-2017-0143 to 0148: Microsoft Security Bulletin MS17-010. CVE-2019-0708: the Remote Desktop Services flaw of May
/// 2019. CVE-2020-0796: the SMBv3 compression flaw, advisory ADV200005.
const KEPT_FLAWS: &[Cve] = &[
    Cve::new(2017, 143),
    Cve::new(2017, 144),
    Cve::new(2017, 145),
    Cve::new(2017, 146),
    Cve::new(2017, 147),
    Cve::new(2017, 148),
    Cve::new(2019, 708),
    Cve::new(2020, 796),
];

/// Whether a flaw is one that is kept.
pub(crate) fn is_kept(cve: Cve) -> bool {
    KEPT_FLAWS.contains(&cve)
}
