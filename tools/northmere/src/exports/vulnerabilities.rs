//! `DeviceTvmSoftwareVulnerabilities`, and the findings that the API's pages share with it.
//!
//! Columns: "DeviceTvmSoftwareVulnerabilities table in the advanced hunting schema"
//! (learn.microsoft.com/defender-xdr). The table has no time: it is as of the export.

use super::collecting::Body;
use super::hunting_tables::{full_name, known_devices};
use super::said::{Said, false_facts};
use super::table_text::{Column, TableText, Type};
use crate::calendar::Moment;
use crate::facts::monthly_flaws::{self, Flaw};
use crate::facts::software::SOFTWARE_FLAWS;
use crate::hosts::{Host, State};
use crate::noise;
use crate::random::Draws;
use crate::truth::{Damage, DamagedFile, Fact, FalseFact, Noise};

/// The columns.
pub(crate) const COLUMNS: &[Column] = &[
    ("DeviceId", Type::Text),
    ("DeviceName", Type::Text),
    ("OSPlatform", Type::Text),
    ("OSVersion", Type::Text),
    ("OSArchitecture", Type::Text),
    ("SoftwareVendor", Type::Text),
    ("SoftwareName", Type::Text),
    ("SoftwareVersion", Type::Text),
    ("CveId", Type::Text),
    ("VulnerabilitySeverityLevel", Type::Text),
    ("RecommendedSecurityUpdate", Type::Text),
    ("RecommendedSecurityUpdateId", Type::Text),
    ("CveTags", Type::Text),
];

/// The identifiers of MS17-010.
pub(crate) const MS17_010: [(&str, &str); 6] = [
    ("CVE-2017-0143", "Critical"),
    ("CVE-2017-0144", "Critical"),
    ("CVE-2017-0145", "Critical"),
    ("CVE-2017-0146", "Critical"),
    ("CVE-2017-0147", "High"),
    ("CVE-2017-0148", "Critical"),
];

/// A flaw that the service lists for a machine.
#[derive(Debug)]
pub(crate) struct Finding {
    pub(crate) vendor: &'static str,
    pub(crate) software: &'static str,
    pub(crate) version: String,
    pub(crate) cve: String,
    pub(crate) severity: &'static str,
    /// The name and the article number of the update that closes it, if it is Microsoft's.
    pub(crate) update: Option<(String, u32)>,
    /// Whether it says of MS17-010 that the machine is open to it.
    says_open: bool,
    /// Whether it is one that the service should have dropped.
    lagging: bool,
}

/// What the service lists for a machine at a moment.
pub(crate) fn findings(host: &Host, at: Moment) -> Vec<Finding> {
    let state = host.state(at);
    let mut draws = Draws::keyed(host.key, "findings", 0);
    let mut list = Vec::new();
    smb_flaws(&state, &mut draws, &mut list);
    monthly(&state, at, &mut list);
    other_software(&mut draws, &mut list);
    list
}

fn smb_flaws(state: &State<'_>, draws: &mut Draws, list: &mut Vec<Finding>) {
    let (missed, lags) = (
        draws.chance(noise::MISSING_FINDING),
        draws.chance(noise::LAGGING_INVENTORY),
    );
    if !state.release.had_ms17_010() {
        return;
    }
    let lagging = state.closed() && lags;
    if !lagging && (state.closed() || missed) {
        return;
    }
    let kb = state.release.updates[state.release.closes_ms17_010].kb;
    for (cve, severity) in MS17_010 {
        list.push(Finding {
            vendor: "microsoft",
            software: state.release.software,
            version: state.release.full_version(state.level),
            cve: cve.to_owned(),
            severity,
            update: Some(("March 2017 Security Updates".to_owned(), kb)),
            says_open: true,
            lagging,
        });
    }
}

fn monthly(state: &State<'_>, at: Moment, list: &mut Vec<Finding>) {
    let newest = state.release.newest_at(at);
    for update in &state.release.updates[(state.level + 1).min(newest + 1)..=newest] {
        for (year, number, critical) in flaws_of(update.released) {
            list.push(Finding {
                vendor: "microsoft",
                software: state.release.software,
                version: state.release.full_version(state.level),
                cve: format!("CVE-{year}-{number}"),
                severity: if *critical { "Critical" } else { "High" },
                update: Some((
                    format!("{} Security Updates", update.released.month_name()),
                    update.kb,
                )),
                says_open: false,
                lagging: false,
            });
        }
    }
}

/// The flaws that the updates of a day close, as far as they are kept here.
fn flaws_of(released: Moment) -> &'static [Flaw] {
    match released.date().as_str() {
        "2025-06-10" => monthly_flaws::JUNE_2025,
        "2025-05-13" => monthly_flaws::MAY_2025,
        "2025-04-08" => monthly_flaws::APRIL_2025,
        "2025-03-11" => monthly_flaws::MARCH_2025,
        "2025-02-11" => monthly_flaws::FEBRUARY_2025,
        "2025-01-14" => monthly_flaws::JANUARY_2025,
        _ => &[],
    }
}

fn other_software(draws: &mut Draws, list: &mut Vec<Finding>) {
    let mut last = ("", "", false);
    for flaw in SOFTWARE_FLAWS {
        if (last.0, last.1) != (flaw.name, flaw.version) {
            last = (flaw.name, flaw.version, draws.chance(0.5));
        }
        if last.2 {
            list.push(Finding {
                vendor: flaw.vendor,
                software: flaw.name,
                version: flaw.version.to_owned(),
                cve: flaw.cve.to_owned(),
                severity: flaw.severity,
                update: None,
                says_open: false,
                lagging: false,
            });
        }
    }
}

/// What a finding says of a machine, and what of that is untrue.
pub(crate) fn finding_facts(
    host: &Host,
    at: Moment,
    finding: &Finding,
    name: Option<&str>,
) -> Vec<FalseFact> {
    let mut said = Said {
        name,
        agent: true,
        system: finding.update.is_some() || name.is_some(),
        build: finding.update.is_some() || name.is_some(),
        updates: finding.update.is_some(),
        closed: finding.says_open.then_some(false),
        ..Said::default()
    };
    if finding.lagging {
        said.noise.push(FalseFact {
            fact: Fact::Ms17010,
            noise: Noise::LaggingInventory,
        });
        said.noise.push(FalseFact {
            fact: Fact::Updates,
            noise: Noise::LaggingInventory,
        });
    }
    false_facts(host, at, &said)
}

/// Fills the table, machine by machine in the order of identifiers.
pub(crate) fn rows(body: &Body<'_>, table: &mut TableText, damaged: &mut Vec<DamagedFile>) {
    for (host, at) in known_devices(body) {
        let state = host.state(at);
        let name = host.name_at(at);
        let fqdn = full_name(body, name);
        let system_version = state.release.full_version(state.level);
        let mut draws = Draws::keyed(host.key, "short rows", 0);
        for finding in findings(host, at) {
            let (update, kb) = match &finding.update {
                Some((update, kb)) => (update.as_str(), kb.to_string()),
                None => ("", String::new()),
            };
            let cells = [
                state.agent,
                fqdn.as_str(),
                state.release.platform,
                system_version.as_str(),
                "x64",
                finding.vendor,
                finding.software,
                finding.version.as_str(),
                finding.cve.as_str(),
                finding.severity,
                update,
                kb.as_str(),
                "[]",
            ];
            if draws.chance(noise::SHORT_ROW)
                && let Some(ordinal) = table.short_row(&cells)
            {
                let file = table.text.file.clone();
                damaged.push(DamagedFile {
                    file,
                    damage: Damage::ShortRow { ordinal },
                });
            }
            table.row(
                host.id,
                finding_facts(host, at, &finding, Some(name)),
                &cells,
            );
            if table.is_full() {
                return;
            }
        }
    }
}
