//! What the description leaves open: rules at borders and boundaries, places, authorities, dates, vantages.

use std::collections::{BTreeMap, BTreeSet};

use wardround_estate::{Authority, Description, Estate, OrganisationId, Passage};
use wardround_evidence::{Disclosure, Fact, Port, Reading, When};

use super::{Remark, counted, most_first};

/// The port that the worms of the default threats need.
const PORT: Port = Port::tcp(445);

pub(super) fn remarks(estate: &Estate, names: &Disclosure) -> Vec<Remark> {
    let description = Description::gather(&estate.readings);
    let mut remarks = Vec::new();
    if description.organisations.is_empty() {
        remarks.push(Remark::new(
            estate.hosts.len(),
            "Nothing describes the estate: all machines count as one organisation, and each /24 as a network. Say whose networks there are (docs/estate-description.md).",
        ));
    }
    remarks.extend(borders(estate, names));
    remarks.extend(boundaries(estate, names));
    remarks.extend(nobody(estate));
    remarks.extend(places(estate));
    remarks.extend(undated(estate, names));
    remarks.extend(rows_of_unknown_time(estate, names));
    remarks.extend(vantages(estate, &description, names));
    remarks.extend(authorities(estate, names));
    remarks.extend(estate.notes.iter().map(|note| Remark::new(0, note.clone())));
    most_first(remarks)
}

fn name(estate: &Estate, id: OrganisationId, names: &Disclosure) -> String {
    let organisation = &estate.organisation(id).name;
    organisation
        .as_ref()
        .map_or_else(|| "nobody".to_owned(), |name| name.show(names))
}

/// Organisations in a realm of whose border towards it nothing is said.
fn borders(estate: &Estate, names: &Disclosure) -> Vec<Remark> {
    let reach = estate.reach.on(PORT, &estate.networks);
    let mut open: BTreeMap<(OrganisationId, u32), (usize, BTreeSet<&str>)> = BTreeMap::new();
    for (network, rules) in estate.networks.iter().zip(&reach.networks) {
        let Some(realm) = network.realm else { continue };
        let mut ways = Vec::new();
        if rules.enters_organisation == Passage::Unknown {
            ways.push("in");
        }
        if rules.leaves_organisation == Passage::Unknown {
            ways.push("out");
        }
        if !ways.is_empty() {
            let (networks, directions) = open.entry((network.organisation, realm)).or_default();
            *networks += 1;
            directions.extend(ways);
        }
    }
    let remark = |((organisation, realm), (networks, directions)): (_, (usize, BTreeSet<&str>))| {
        let directions: Vec<&str> = directions.into_iter().collect();
        // A realm is a word of the description's own.
        let realm = if names.names_hosts() {
            let word: &String = &estate.reach.realms[realm as usize];
            format!("the realm `{}`", wardround_evidence::visible(word))
        } else {
            "a realm".to_owned()
        };
        Remark::new(
            networks,
            format!(
                "{}: no row of borders says whether {PORT} passes its border towards {realm}, {} ({}). Whoever keeps the firewall can read it off its rules.",
                name(estate, organisation, names),
                directions.join(" and "),
                counted(networks, "network", "networks"),
            ),
        )
    };
    open.into_iter().map(remark).collect()
}

/// Organisations with several networks, between which nothing says what passes.
fn boundaries(estate: &Estate, names: &Disclosure) -> Vec<Remark> {
    let reach = estate.reach.on(PORT, &estate.networks);
    let mut open: BTreeMap<OrganisationId, (usize, usize)> = BTreeMap::new();
    for (network, rules) in estate.networks.iter().zip(&reach.networks) {
        if network.assumed {
            continue;
        }
        let (unsaid, all) = open.entry(network.organisation).or_default();
        *all += 1;
        let is_open = rules.enters == Passage::Unknown || rules.leaves == Passage::Unknown;
        *unsaid += usize::from(is_open);
    }
    open.into_iter()
        .filter(|(_, (unsaid, all))| *unsaid > 0 && *all > 1)
        .map(|(organisation, (unsaid, all))| {
            Remark::new(
                unsaid,
                format!(
                    "{}: of {unsaid} of its {all} networks no row of boundaries says both ways whether {PORT} passes to its other networks.",
                    name(estate, organisation, names),
                ),
            )
        })
        .collect()
}

/// Machines that no organisation claims.
fn nobody(estate: &Estate) -> Option<Remark> {
    if estate.organisations.len() < 2 {
        return None;
    }
    let unclaimed = estate
        .hosts
        .iter()
        .filter(|host| estate.organisation(host.organisation).id.is_none())
        .count();
    (unclaimed > 0).then(|| {
        Remark::new(
            unclaimed,
            format!(
                "{} of no organisation: neither their domains, nor their addresses, nor whose files speak of them says whose they are. Give domains, networks or authorities.",
                counted(unclaimed, "machine is", "machines are"),
            ),
        )
    })
}

/// Machines at addresses that no described network holds.
fn places(estate: &Estate) -> Option<Remark> {
    let is_described = estate.networks.iter().any(|network| !network.assumed);
    let outside =
        |host: &&wardround_estate::Host| host.networks.iter().any(|id| estate.network(*id).assumed);
    let strays = estate.hosts.iter().filter(outside).count();
    (is_described && strays > 0).then(|| {
        Remark::new(
            strays,
            format!(
                "{} addresses in no described network: these are grouped by /24 (or /64), and nothing is known of what they may reach.",
                counted(strays, "machine has", "machines have"),
            ),
        )
    })
}

/// Lists with dates, with rows whose date is missing, cannot be read, or may mean anything.
fn rows_of_unknown_time(estate: &Estate, names: &Disclosure) -> Option<Remark> {
    let unknown = |reading: &Reading| {
        let statements = reading.statements.iter();
        statements.filter(|it| it.when == When::Unknown).count()
    };
    let of_files: Vec<(usize, &Reading)> = (estate.readings.iter())
        .map(|reading| (unknown(reading), reading))
        .filter(|(rows, _)| *rows > 0)
        .collect();
    let rows = of_files.iter().map(|(rows, _)| rows).sum();
    (rows > 0).then(|| {
        let words = format!(
            "{} no date that can be read and of which it is known what it means, in lists with dates: such a row may be of any time, and the day of its list is not taken for it.",
            counted(rows, "row has", "rows have"),
        );
        let examples = of_files.iter().map(|(rows, reading)| {
            format!("{}: {rows}", reading.source.path.show(names))
        });
        Remark::new(rows, words).such_as(examples)
    })
}

/// Files that carry no date and whose date no row of `collected` gives.
fn undated(estate: &Estate, names: &Disclosure) -> Option<Remark> {
    let is_undated = |number: u32, reading: &Reading| {
        (0..).zip(&reading.statements).any(|(statement, said)| {
            let id = wardround_estate::StatementId {
                reading: number,
                statement,
            };
            said.when != When::Unknown && estate.moment(id).is_none()
        })
    };
    let files: Vec<String> = (0..)
        .zip(&estate.readings)
        .filter(|(number, reading)| is_undated(*number, reading))
        .map(|(_, reading)| reading.source.path.show(names))
        .collect();
    (!files.is_empty()).then(|| {
        Remark::new(
            files.len(),
            format!(
                "{} no date, so what they say never grows old and loses against anything dated. Say in a row of collected when they were taken.",
                counted(files.len(), "export carries", "exports carry"),
            ),
        )
        .such_as(files)
    })
}

/// Scans of which nobody says where the scanner stood.
fn vantages(estate: &Estate, description: &Description, names: &Disclosure) -> Option<Remark> {
    if description.networks.is_empty() {
        return None;
    }
    let saw_ports = |reading: &&Reading| {
        matches!(reading.source.reader.as_ref(), "nmap_xml" | "nessus_xml")
            && reading
                .statements
                .iter()
                .flat_map(|statement| &statement.observed)
                .any(|observed| matches!(observed.fact, Fact::Port(..)))
    };
    let files: Vec<String> = estate
        .readings
        .iter()
        .filter(saw_ports)
        .filter(|reading| description.vantage(&reading.source.path).is_none())
        .map(|reading| reading.source.path.show(names))
        .collect();
    (!files.is_empty()).then(|| {
        Remark::new(
            files.len(),
            format!(
                "Of {} nothing says in which network the scanner stood, so what they saw open proves no way between networks. Say it in a row of vantages.",
                counted(files.len(), "scan that is held", "scans that are held"),
            ),
        )
        .such_as(files)
    })
}

/// Files that may speak for nobody.
fn authorities(estate: &Estate, names: &Disclosure) -> Option<Remark> {
    let files: Vec<String> = estate
        .readings
        .iter()
        .zip(&estate.authorities)
        .filter(|(reading, authority)| {
            !reading.statements.is_empty()
                && matches!(authority, Authority::Only(whom) if whom.is_empty())
        })
        .map(|(reading, _)| reading.source.path.show(names))
        .collect();
    (!files.is_empty()).then(|| {
        Remark::new(
            files.len(),
            format!(
                "{} for nobody: no folder named after an organisation and no row of authorities says whose machines they know, so they can show that a safeguard fails and never that it holds.",
                counted(files.len(), "file may speak", "files may speak"),
            ),
        )
        .such_as(files)
    })
}
