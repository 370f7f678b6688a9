//! The estate's own description: the CSV tables of `docs/estate-description.md`.

use super::collecting::{Body, Part};
use super::nmap::scans_of;
use super::statements::{claims_of, described};
use super::texts;
use crate::hosts::machines_of;
use crate::plan::{DefenderStyle, Kind, NetworkKind, Organisation};

/// One table under construction.
struct Table {
    name: &'static str,
    text: String,
}

impl Table {
    fn new(name: &'static str, header: &str) -> Self {
        Self {
            name,
            text: format!("{header}\n"),
        }
    }

    fn row(&mut self, cells: &[&str]) {
        let cells: Vec<String> = cells
            .iter()
            .map(|cell| match cell.contains([',', '"']) {
                true => format!("\"{}\"", cell.replace('"', "\"\"")),
                false => (*cell).to_owned(),
            })
            .collect();
        self.text.push_str(&cells.join(","));
        self.text.push('\n');
    }
}

/// Makes the tables for all organisations.
pub(crate) fn description(seed: u64, organisations: &[Organisation]) -> Part {
    let mut part = Part::default();
    for table in [
        organisations_table(organisations),
        sites(organisations),
        networks(organisations),
        borders(organisations),
        boundaries(organisations),
        links(organisations),
        services(organisations),
        claims(organisations),
        authorities(organisations),
        vantages(organisations),
        collections(seed, organisations),
    ] {
        part.file(
            format!("estate/{}.csv", table.name),
            table.text.into_bytes(),
        );
    }
    part
}

fn organisations_table(organisations: &[Organisation]) -> Table {
    let mut table = Table::new(
        "organisations",
        "organisation,name,kind,administrator,domains,region",
    );
    for o in organisations {
        let administrator = if o.administrator == o.number {
            ""
        } else {
            &o.administrator_id
        };
        table.row(&[
            &o.id,
            &o.name,
            o.kind.word(),
            administrator,
            &o.domain,
            "Northmere",
        ]);
    }
    table
}

fn sites(organisations: &[Organisation]) -> Table {
    let mut table = Table::new("sites", "site,organisation,name");
    for o in organisations {
        table.row(&[
            &format!("{}-site", o.id),
            &o.id,
            &format!("{}, main site", o.name),
        ]);
    }
    table
}

fn networks(organisations: &[Organisation]) -> Table {
    let mut table = Table::new("networks", "network,organisation,cidr,realm,site,name,kind");
    for o in organisations {
        for network in &o.networks {
            let site = format!("{}-site", o.id);
            let cidr = network.cidr();
            let kind = network.kind.word();
            table.row(&[
                &network.id,
                &o.id,
                &cidr,
                "national",
                &site,
                &network.name,
                kind,
            ]);
        }
    }
    table
}

fn borders(organisations: &[Organisation]) -> Table {
    let mut table = Table::new(
        "borders",
        "border_of,direction,realm,port,state,reason,checked_on",
    );
    for o in organisations {
        for direction in ["in", "out"] {
            if let Some((state, reason, date)) = described(o, direction) {
                table.row(&[&o.id, direction, "national", "445/tcp", state, reason, date]);
            }
        }
    }
    table
}

fn boundaries(organisations: &[Organisation]) -> Table {
    let mut table = Table::new(
        "boundaries",
        "boundary_of,direction,port,state,reason,checked_on",
    );
    for o in organisations {
        for network in &o.networks {
            let mut row = |direction, state, reason| {
                table.row(&[
                    &network.id,
                    direction,
                    "445/tcp",
                    state,
                    reason,
                    "2025-05-30",
                ]);
            };
            match network.kind {
                NetworkKind::Guest => {
                    row("in", "denied", "guest isolation");
                    row("out", "denied", "guest isolation");
                }
                NetworkKind::Server => {
                    row("in", "allowed", "file servers");
                    row("out", "allowed", "no filter");
                }
                NetworkKind::User => {
                    row("in", "allowed", "no filter");
                    row("out", "allowed", "no filter");
                }
                NetworkKind::Laboratory if o.number % 2 == 1 => {
                    row("in", "denied", "laboratory firewall");
                }
                // Nobody wrote down what stands before the other clinical networks.
                _ => {}
            }
        }
    }
    table
}

fn links(organisations: &[Organisation]) -> Table {
    let mut table = Table::new("links", "link_from,to,port,state,reason");
    for o in organisations.iter().filter(|o| o.kind == Kind::Surgery) {
        if o.number.is_multiple_of(3) {
            table.row(&[
                &o.administrator_id,
                &o.id,
                "445/tcp",
                "allowed",
                "remote support",
            ]);
        }
    }
    let acute: Vec<&Organisation> = organisations
        .iter()
        .filter(|o| o.kind == Kind::Acute)
        .take(2)
        .collect();
    if let [one, other] = acute[..] {
        for (from, to) in [(one, other), (other, one)] {
            if let (Some(a), Some(b)) = (
                network(from, NetworkKind::Imaging),
                network(to, NetworkKind::Server),
            ) {
                table.row(&[a, b, "445/tcp", "allowed", "shared imaging archive"]);
            }
        }
    }
    table
}

fn network(organisation: &Organisation, kind: NetworkKind) -> Option<&str> {
    let found = organisation
        .networks
        .iter()
        .find(|network| network.kind == kind);
    found.map(|network| network.id.as_str())
}

fn services(organisations: &[Organisation]) -> Table {
    let mut table = Table::new(
        "services",
        "service,organisation,name,depends_on_networks,depends_on_hosts,depends_on_services,activity_per_weekday,activity",
    );
    for o in organisations {
        let size = o.host_numbers;
        let mut row = |label: &str,
                       name: &str,
                       networks: &[NetworkKind],
                       services: &[&str],
                       does: (u32, &str)| {
            let networks: Vec<&str> = networks
                .iter()
                .filter_map(|kind| network(o, *kind))
                .collect();
            let services: Vec<String> = services.iter().map(|s| format!("{}-{s}", o.id)).collect();
            table.row(&[
                &format!("{}-{label}", o.id),
                &o.id,
                name,
                &networks.join(";"),
                "",
                &services.join(";"),
                &does.0.to_string(),
                does.1,
            ]);
        };
        match o.kind {
            Kind::Acute => {
                row(
                    "pathology",
                    "Pathology results",
                    &[NetworkKind::Laboratory],
                    &[],
                    (size * 3, "other"),
                );
                row(
                    "imaging",
                    "Imaging",
                    &[NetworkKind::Imaging, NetworkKind::Server],
                    &[],
                    (size / 2, "other"),
                );
                row(
                    "outpatients",
                    "Outpatient appointments",
                    &[NetworkKind::User],
                    &["pathology"],
                    (size, "outpatient_appointments"),
                );
                row(
                    "theatres",
                    "Operations",
                    &[NetworkKind::User],
                    &["imaging", "pathology"],
                    (size / 20, "elective_admissions"),
                );
            }
            Kind::Community => {
                row(
                    "visits",
                    "Community visits",
                    &[NetworkKind::User],
                    &[],
                    (size * 2, "community_contacts"),
                );
            }
            Kind::Surgery => {
                row(
                    "appointments",
                    "Surgery appointments",
                    &[NetworkKind::User],
                    &[],
                    (size * 3, "gp_appointments"),
                );
            }
            Kind::Provider => {}
        }
    }
    table
}

fn claims(organisations: &[Organisation]) -> Table {
    let mut table = Table::new(
        "claims",
        "claim,organisation,control,status,claimed_on,signed_by_role,scope,threshold_percent",
    );
    for o in organisations {
        for c in claims_of(o) {
            table.row(&[
                &c.id,
                &o.id,
                c.control,
                c.status,
                c.claimed_on,
                c.signed_by,
                "",
                c.threshold,
            ]);
        }
    }
    table
}

fn authorities(organisations: &[Organisation]) -> Table {
    let mut table = Table::new("authorities", "authority,organisations");
    for (archive, ids) in texts::gathered_archives(organisations) {
        table.row(&[&archive, &ids.join(";")]);
    }
    table
}

fn vantages(organisations: &[Organisation]) -> Table {
    let mut table = Table::new("vantages", "vantage,network");
    for o in organisations {
        for scan in scans_of(o) {
            table.row(&[&scan.path, &scan.vantage]);
        }
    }
    table
}

fn collections(seed: u64, organisations: &[Organisation]) -> Table {
    let mut table = Table::new("collections", "collected,on");
    for o in organisations {
        match o.defender {
            DefenderStyle::PortalCsv => {
                for name in [
                    "DeviceTvmSoftwareInventory",
                    "DeviceTvmSoftwareVulnerabilities",
                ] {
                    let path = format!("{}/defender/{name}.csv.gz", o.id);
                    table.row(&[&path, "2025-06-24T06:30:00Z"]);
                }
            }
            DefenderStyle::HuntingJson => {
                table.row(&[
                    &format!("{}/defender/hunting.zip", o.id),
                    "2025-06-24T06:30:00Z",
                ]);
            }
            DefenderStyle::ApiPages => {
                table.row(&[
                    &format!("{}/defender/api.zip", o.id),
                    "2025-06-24T06:30:00Z",
                ]);
            }
            DefenderStyle::Absent => {}
        }
        let machines = machines_of(seed, o);
        for (path, on) in texts::collected(&Body {
            organisation: o,
            machines: &machines,
        }) {
            table.row(&[&path, &on]);
        }
    }
    table
}
