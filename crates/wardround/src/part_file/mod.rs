//! Parts of ensembles as files, with what their replicates lost where that was asked for.
//!
//! Machines, networks and organisations stand in them by their position in the estate alone: whoever finds one learns how
//! many fell, and not which.

mod losses;

use std::collections::BTreeMap;
use std::path::Path;

use wardround_evidence::Digest;
use wardround_outbreak::harm::LossPart;
use wardround_outbreak::{
    Across, EnsembleIdentity, HOUR, HostSum, ONE, OrganisationRow, Part, ReplicateRow,
};
use wardround_store::{Limits, Segment, Table, Values};

use crate::{ExitCode, Failure};

/// What such a file says that it holds; the number grows when its tables change.
const KIND: &str = "wardround-ensemble-part/4";

const REPLICATES: [&str; 8] = [
    "replicate",
    "entry_network",
    "taken",
    "disabled",
    "crashed",
    "rebuilt",
    "acted",
    "points",
];
const CURVES: [&str; 1] = ["newly_taken"];
const ORGANISATIONS: [&str; 10] = [
    "replicate",
    "organisation",
    "taken",
    "disabled",
    "first_hours",
    "through",
    "from_organisation",
    "from_network",
    "to_network",
    "by_link",
];
const CROSSINGS: [&str; 3] = ["from_network", "to_network", "replicates"];
const HOSTS: [&str; 3] = ["falls", "passes_on", "hours"];
const TOTALS: [&str; 2] = ["spread_taken", "drawn_taken"];

/// Stands for nothing where a position may be missing.
const NONE: u32 = u32::MAX;

/// A range of an ensemble's replicates, and what they lost where it was read off.
#[derive(Clone, Debug, PartialEq)]
pub struct PartFile {
    /// How far they got.
    pub part: Part,
    /// What they lost.
    pub losses: Option<LossPart>,
}

/// Writes a part for its owner only, whole or not at all.
///
/// # Errors
/// When the file cannot be written.
pub fn write_part(path: &Path, part: &PartFile) -> Result<(), Failure> {
    wardround_store::write(path, &segment(part)).map_err(|error| {
        Failure::new(ExitCode::InputUnreadable, "the part cannot be written").because(error)
    })
}

/// Reads a part.
///
/// # Errors
/// When the file cannot be read, is no part, or is damaged.
pub fn read_part(path: &Path) -> Result<PartFile, Failure> {
    let segment = wardround_store::read(path, KIND, &Limits::default()).map_err(|error| {
        let failure = Failure::new(
            ExitCode::InputUnreadable,
            "this is not a part of an ensemble",
        );
        failure.because(error)
    })?;
    part_file(segment).ok_or_else(|| {
        Failure::new(
            ExitCode::InputUnreadable,
            format!("`{}` contradicts itself", path.display()),
        )
    })
}

fn whole<T>(rows: &[T], field: impl Fn(&T) -> u32) -> Values {
    Values::U32(rows.iter().map(field).collect())
}

fn segment(PartFile { part, losses }: &PartFile) -> Segment {
    let own = &part.ensemble;
    let mut notes = vec![
        ("program", own.program.clone()),
        ("threat", own.threat.to_string()),
        ("estate", own.estate.to_string()),
        ("circumstances", own.circumstances.to_string()),
        ("seed", own.seed.to_string()),
        ("worlds", own.worlds.to_string()),
        ("repeats", own.repeats.to_string()),
        ("hosts", own.hosts.to_string()),
        ("organisations", own.organisations.to_string()),
        // For readers of the file: what one fall counts, and one hour of it.
        ("one_fall", ONE.to_string()),
        ("one_hour", HOUR.to_string()),
    ];
    let rows = &part.replicates;
    let replicates = [
        whole(rows, |row| row.replicate),
        whole(rows, |row| row.entry_network.unwrap_or(NONE)),
        whole(rows, |row| row.taken),
        whole(rows, |row| row.disabled),
        whole(rows, |row| row.crashed),
        whole(rows, |row| row.rebuilt),
        whole(rows, |row| row.acted),
        whole(rows, |row| row.curve.len() as u32),
    ];
    let mut newly = Vec::new();
    for row in rows {
        let mut before = 0;
        for taken in &row.curve {
            newly.push(taken - before);
            before = *taken;
        }
    }
    let reached = &part.organisations;
    let organisations = [
        whole(reached, |row| row.replicate),
        whole(reached, |row| row.organisation),
        whole(reached, |row| row.taken),
        whole(reached, |row| row.disabled),
        Values::F64(reached.iter().map(|row| row.first_hours).collect()),
        whole(reached, |row| row.through as u32),
        whole(reached, |row| row.from.unwrap_or(NONE)),
        whole(reached, |row| row.gate.map_or(NONE, |(from, _)| from)),
        whole(reached, |row| row.gate.map_or(NONE, |(_, to)| to)),
        whole(reached, |row| u32::from(row.by_link)),
    ];
    let pairs: Vec<(&(u32, u32), &u64)> = part.crossings.iter().collect();
    let crossings = [
        whole(&pairs, |(pair, _)| pair.0),
        whole(&pairs, |(pair, _)| pair.1),
        Values::U64(pairs.iter().map(|(_, count)| **count).collect()),
    ];
    let hosts = [
        Values::U64(part.hosts.iter().map(|host| host.falls).collect()),
        Values::U64(part.hosts.iter().map(|host| host.passes).collect()),
        Values::U64(part.hosts.iter().map(|host| host.hours).collect()),
    ];
    let totals = [
        Values::U64(vec![part.spread_taken]),
        Values::U64(vec![part.drawn_taken]),
    ];
    let mut tables = vec![
        Table::new("replicates", REPLICATES, replicates),
        Table::new("curves", CURVES, [Values::U32(newly)]),
        Table::new("organisations", ORGANISATIONS, organisations),
        Table::new("crossings", CROSSINGS, crossings),
        Table::new("hosts", HOSTS, hosts),
        Table::new("totals", TOTALS, totals),
    ];
    if let Some(losses) = losses {
        notes.extend(losses::notes(losses));
        tables.extend(losses::tables(losses));
    }
    Segment {
        kind: KIND.to_owned(),
        notes: notes
            .into_iter()
            .map(|(name, value)| (name.to_owned(), value))
            .collect(),
        tables,
    }
}

/// `None` where the tables do not fit together.
fn part_file(segment: Segment) -> Option<PartFile> {
    let notes = segment.notes.iter();
    let said: BTreeMap<&str, &str> = notes
        .map(|(name, value)| (name.as_str(), value.as_str()))
        .collect();
    let mut tables = segment.tables;
    let of_losses = tables.split_off(tables.len().min(6));
    let part = part(tables.try_into().ok()?, identity(&said)?)?;
    let losses = match of_losses {
        none if none.is_empty() => None,
        some => Some(losses::losses(some.try_into().ok()?, &said, &part)?),
    };
    Some(PartFile { part, losses })
}

fn part(
    [replicates, curves, organisations, crossings, hosts, totals]: [Table; 6],
    ensemble: EnsembleIdentity,
) -> Option<Part> {
    let [Values::U64(spread_taken), Values::U64(drawn_taken)] = totals.into_columns(TOTALS)? else {
        return None;
    };
    let part = Part {
        replicates: replicate_rows(replicates, curves)?,
        organisations: organisation_rows(organisations)?,
        crossings: crossing_counts(crossings)?,
        hosts: host_sums(hosts)?,
        spread_taken: *spread_taken.first()?,
        drawn_taken: *drawn_taken.first()?,
        ensemble,
    };
    is_sound(&part).then_some(part)
}

fn identity(said: &BTreeMap<&str, &str>) -> Option<EnsembleIdentity> {
    let digest = |name| said.get(name)?.parse::<Digest>().ok();
    let number = |name| said.get(name)?.parse::<u32>().ok();
    Some(EnsembleIdentity {
        program: (*said.get("program")?).to_owned(),
        threat: digest("threat")?,
        estate: digest("estate")?,
        circumstances: digest("circumstances")?,
        seed: said.get("seed")?.parse().ok()?,
        worlds: number("worlds")?,
        repeats: number("repeats")?,
        hosts: number("hosts")?,
        organisations: number("organisations")?,
    })
}

fn position(value: u32) -> Option<u32> {
    (value != NONE).then_some(value)
}

fn replicate_rows(table: Table, curves: Table) -> Option<Vec<ReplicateRow>> {
    let [
        Values::U32(replicate),
        Values::U32(entry_network),
        Values::U32(taken),
        Values::U32(disabled),
        Values::U32(crashed),
        Values::U32(rebuilt),
        Values::U32(acted),
        Values::U32(points),
    ] = table.into_columns(REPLICATES)?
    else {
        return None;
    };
    let [Values::U32(newly)] = curves.into_columns(CURVES)? else {
        return None;
    };
    let mut newly = newly.as_slice();
    let mut rows = Vec::with_capacity(replicate.len());
    for at in 0..replicate.len() {
        let (own, rest) = newly.split_at_checked(points[at] as usize)?;
        newly = rest;
        let mut curve = Vec::with_capacity(own.len());
        let mut running = 0u32;
        for more in own {
            running = running.checked_add(*more)?;
            curve.push(running);
        }
        rows.push(ReplicateRow {
            replicate: replicate[at],
            entry_network: position(entry_network[at]),
            taken: taken[at],
            disabled: disabled[at],
            crashed: crashed[at],
            rebuilt: rebuilt[at],
            acted: acted[at],
            curve,
        });
    }
    newly.is_empty().then_some(rows)
}

fn organisation_rows(table: Table) -> Option<Vec<OrganisationRow>> {
    let [
        Values::U32(replicate),
        Values::U32(organisation),
        Values::U32(taken),
        Values::U32(disabled),
        Values::F64(first_hours),
        Values::U32(through),
        Values::U32(from),
        Values::U32(from_network),
        Values::U32(to_network),
        Values::U32(by_link),
    ] = table.into_columns(ORGANISATIONS)?
    else {
        return None;
    };
    (0..replicate.len())
        .map(|at| {
            Some(OrganisationRow {
                replicate: replicate[at],
                organisation: organisation[at],
                taken: taken[at],
                disabled: disabled[at],
                first_hours: first_hours[at],
                through: *Across::ALL.get(through[at] as usize)?,
                from: position(from[at]),
                gate: position(from_network[at]).zip(position(to_network[at])),
                by_link: by_link[at] == 1,
            })
        })
        .collect()
}

fn crossing_counts(table: Table) -> Option<BTreeMap<(u32, u32), u64>> {
    let [Values::U32(from), Values::U32(to), Values::U64(counts)] =
        table.into_columns(CROSSINGS)?
    else {
        return None;
    };
    Some(from.into_iter().zip(to).zip(counts).collect())
}

fn host_sums(table: Table) -> Option<Vec<HostSum>> {
    let [Values::U64(falls), Values::U64(passes), Values::U64(hours)] =
        table.into_columns(HOSTS)?
    else {
        return None;
    };
    let sums = falls.into_iter().zip(passes).zip(hours);
    Some(
        sums.map(|((falls, passes), hours)| HostSum {
            falls,
            passes,
            hours,
        })
        .collect(),
    )
}

/// Whether counts and positions stay within what the ensemble is said to have.
fn is_sound(part: &Part) -> bool {
    let own = &part.ensemble;
    let replicates = &part.replicates;
    let rows_fit = replicates.iter().all(|row| {
        row.replicate < own.replicates()
            && row.taken <= own.hosts
            && row.curve.last().is_none_or(|last| *last == row.taken)
            && row.curve.len() == replicates[0].curve.len()
    });
    let organisations_fit = part.organisations.iter().all(|row| {
        let from = row.from.unwrap_or_default();
        row.organisation < own.organisations
            && from < own.organisations
            && row.first_hours.is_finite()
            && replicates
                .binary_search_by_key(&row.replicate, |it| it.replicate)
                .is_ok()
    });
    rows_fit
        && replicates.is_sorted_by(|one, other| one.replicate < other.replicate)
        && organisations_fit
        && part.organisations.is_sorted_by(|one, other| {
            (one.replicate, one.organisation) < (other.replicate, other.organisation)
        })
        && part.hosts.len() == own.hosts as usize
        && part.drawn_taken <= part.spread_taken
}
