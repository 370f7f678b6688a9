//! `smb-os-discovery`: what an SMB server says of its system and names in the session set-up.

use wardround_evidence::{Build, Fact, Method, Observed, System};

use super::{Findings, Script};

/// Names and system. Of the user names, domains and clock that the script also prints nothing is kept.
pub(super) fn read(script: &Script) -> Findings {
    let names = ["fqdn", "server"]
        .into_iter()
        .filter_map(|key| script.cell(key))
        .chain(
            ["FQDN:", "Computer name:", "NetBIOS computer name:"]
                .into_iter()
                .filter_map(|label| script.line(label)),
        )
        // nmap 4 and 5: `Name: WORKGROUP\COMPUTER`.
        .chain(
            script
                .line("Name:")
                .and_then(|name| name.split_once('\\'))
                .map(|(_, computer)| computer),
        )
        .map(str::to_owned)
        .collect();
    let system = match script.cell("os") {
        Some(os) => Some(describe(os, script.cell("lanmanager").unwrap_or_default())),
        None => script.line("OS:").map(|text| {
            let (os, manager) = text.rsplit_once(" (").unwrap_or((text, ""));
            describe(os, manager.trim_end_matches(')'))
        }),
    };
    Findings {
        names,
        observed: system.flatten().map(|system| Observed {
            fact: Fact::System(system),
            method: Method::Inferred,
        }),
    }
}

fn describe(os: &str, manager: &str) -> Option<System> {
    let os: String = os.trim().chars().take(200).collect();
    if os.is_empty() || os.starts_with("OS version cannot be determined") {
        return None;
    }
    if !os.starts_with("Windows") {
        // Samba says `Unix` and names itself as the manager.
        let manager: String = manager.trim().chars().take(200).collect();
        let name = if manager.is_empty() {
            os
        } else {
            format!("{os} ({manager})")
        };
        return Some(System {
            name,
            ..System::default()
        });
    }
    Some(System {
        build: build(&os, manager),
        service_pack: service_pack(&os),
        name: os,
        ..System::default()
    })
}

/// `Windows 7 Professional 7601 Service Pack 1` with `Windows 7 Professional 6.1` is 6.1.7601.
///
/// From Windows 10 on the manager still says 6.3 beside a build of 10240 or more.
fn build(os: &str, manager: &str) -> Option<Build> {
    let number = os
        .split_whitespace()
        .filter(|word| (4..=5).contains(&word.len()))
        .filter_map(|word| word.parse::<u32>().ok())
        // The year of a server's name.
        .find(|number| !(2000..2100).contains(number))?;
    if number >= 10_240 {
        return Some(Build::new(10, 0, number, None));
    }
    let (major, minor) = manager.split_whitespace().last()?.split_once('.')?;
    Some(Build::new(
        major.parse().ok()?,
        minor.parse().ok()?,
        number,
        None,
    ))
}

fn service_pack(os: &str) -> Option<u8> {
    let (_, after) = os.split_once("Service Pack ")?;
    after.split_whitespace().next()?.parse().ok()
}
