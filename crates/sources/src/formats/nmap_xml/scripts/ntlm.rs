//! `rdp-ntlm-info`: what a Remote Desktop server with network-level authentication says of itself before any log-in.

use wardround_evidence::{Build, Fact, Method, Observed, System};

use super::{Findings, Script};

/// What it says of the system is no more than this, and the build.
pub(in super::super) const NAME: &str = "Windows";

/// Names and build. The server leaves out the revision; of domains and the clock nothing is kept.
pub(super) fn read(script: &Script) -> Findings {
    let value = |key: &str, label: &str| script.cell(key).or_else(|| script.line(label));
    let names = [
        value("DNS_Computer_Name", "DNS_Computer_Name:"),
        value("NetBIOS_Computer_Name", "NetBIOS_Computer_Name:"),
    ];
    let version = value("Product_Version", "Product_Version:");
    let build = version
        .and_then(|version| version.parse::<Build>().ok())
        // A gateway that only passes the protocol on has no version of Windows.
        .filter(|build| (5..=10).contains(&build.major) && build.build >= 2_000);
    let system = build.map(|build| Observed {
        fact: Fact::System(System {
            name: NAME.to_owned(),
            build: Some(build),
            ..System::default()
        }),
        method: Method::Inferred,
    });
    Findings {
        names: names.into_iter().flatten().map(str::to_owned).collect(),
        observed: system,
    }
}
