//! What the replicates of a part lost, as tables.

use std::collections::BTreeMap;

use wardround_evidence::Digest;
use wardround_outbreak::harm::{LossIdentity, LossPart, LossRow};
use wardround_outbreak::{EnsembleIdentity, Part};
use wardround_store::{Table, Values};

use super::whole;

const LOSSES: [&str; 7] = [
    "replicate",
    "service",
    "first_weekday",
    "infected",
    "cut_off",
    "lacks_another",
    "diverting",
];
const STOPPED: [&str; 1] = ["stopped"];
const CUT_OFF: [&str; 2] = ["replicate", "organisation"];

const SERVICES: &str = "services";
const DAYS: &str = "days";

/// No losses are counted over more days: what a file says must not fill the memory.
const MOST_DAYS: u32 = 366;

/// What a file says of them beside its tables.
pub(super) fn notes(losses: &LossPart) -> [(&'static str, String); 2] {
    [
        (SERVICES, losses.identity.services.to_string()),
        (DAYS, losses.identity.days.to_string()),
    ]
}

pub(super) fn tables(losses: &LossPart) -> [Table; 3] {
    let rows = &losses.rows;
    let own = [
        whole(rows, |row| row.replicate),
        whole(rows, |row| row.service),
        whole(rows, |row| u32::from(row.first_weekday)),
        whole(rows, |row| u32::from(row.is_infected)),
        whole(rows, |row| u32::from(row.is_cut_off)),
        whole(rows, |row| u32::from(row.lacks_another)),
        whole(rows, |row| row.diverting),
    ];
    let cut_off = [
        whole(&losses.cut_off, |(replicate, _)| *replicate),
        whole(&losses.cut_off, |(_, organisation)| *organisation),
    ];
    [
        Table::new("losses", LOSSES, own),
        Table::new("stopped", STOPPED, [Values::U32(losses.stopped.clone())]),
        Table::new("cut_off", CUT_OFF, cut_off),
    ]
}

/// What such tables of a part say; `None` where they do not fit together, or not to the part.
pub(super) fn losses(
    [losses, stopped, cut_off]: [Table; 3],
    said: &BTreeMap<&str, &str>,
    part: &Part,
) -> Option<LossPart> {
    let [Values::U32(stopped)] = stopped.into_columns(STOPPED)? else {
        return None;
    };
    let [Values::U32(replicate), Values::U32(organisation)] = cut_off.into_columns(CUT_OFF)? else {
        return None;
    };
    let losses = LossPart {
        identity: identity(said, &part.ensemble)?,
        replicates: part.replicates.iter().map(|row| row.replicate).collect(),
        rows: rows(losses)?,
        stopped,
        cut_off: replicate.into_iter().zip(organisation).collect(),
    };
    is_sound(&losses).then_some(losses)
}

fn identity(said: &BTreeMap<&str, &str>, ensemble: &EnsembleIdentity) -> Option<LossIdentity> {
    Some(LossIdentity {
        ensemble: ensemble.clone(),
        services: said.get(SERVICES)?.parse::<Digest>().ok()?,
        days: said.get(DAYS)?.parse().ok()?,
    })
}

fn rows(table: Table) -> Option<Vec<LossRow>> {
    let [
        Values::U32(replicate),
        Values::U32(service),
        Values::U32(first_weekday),
        Values::U32(infected),
        Values::U32(cut_off),
        Values::U32(lacks_another),
        Values::U32(diverting),
    ] = table.into_columns(LOSSES)?
    else {
        return None;
    };
    (0..replicate.len())
        .map(|at| {
            Some(LossRow {
                replicate: replicate[at],
                service: service[at],
                first_weekday: u8::try_from(first_weekday[at]).ok()?,
                is_infected: infected[at] > 0,
                is_cut_off: cut_off[at] > 0,
                lacks_another: lacks_another[at] > 0,
                diverting: diverting[at],
            })
        })
        .collect()
}

/// Whether counts and positions stay within what the ensemble is said to have. How many services there are only the
/// estate says.
fn is_sound(losses: &LossPart) -> bool {
    let LossIdentity { ensemble, days, .. } = &losses.identity;
    let is_sampled = |replicate: &u32| losses.replicates.binary_search(replicate).is_ok();
    let rows = &losses.rows;
    *days <= MOST_DAYS
        && rows.len().checked_mul(*days as usize) == Some(losses.stopped.len())
        && rows
            .iter()
            .all(|row| is_sampled(&row.replicate) && row.first_weekday < 7)
        && rows.is_sorted_by(|one, other| {
            (one.replicate, one.service) < (other.replicate, other.service)
        })
        && losses.cut_off.iter().all(|(replicate, organisation)| {
            is_sampled(replicate) && *organisation < ensemble.organisations
        })
        && losses.cut_off.is_sorted_by(|one, other| one < other)
}
