//! Updates that are on a machine and without effect until it starts anew.

use std::collections::BTreeSet;

use jiff::Timestamp;
use wardround_evidence::{Fact, Kb, ObservationId};

use super::decide::observations;
use crate::estate::{Estate, HostId};

/// The updates that some source says wait for a restart, and of which nothing says that it came.
///
/// It came where the machine started later, or where the same family of sources later counts the update as installed: a list
/// of what is on, such as Windows' own, does not tell the two apart. Until then it waits, however long ago that was said: some
/// servers run for years.
pub(super) fn awaiting_restart(estate: &Estate, host: HostId) -> BTreeSet<Kb> {
    let family = |id: ObservationId| &estate.readings[id.reading as usize].source.family;
    let mut waiting = Vec::new();
    for (id, moment, observed) in observations(estate, host) {
        if let Fact::UpdateAwaitingRestart(kb) = observed.fact {
            waiting.push((kb, moment, id));
        }
    }
    if waiting.is_empty() {
        return BTreeSet::new();
    }
    let mut started = None;
    let mut installed = BTreeSet::new();
    for (id, moment, observed) in observations(estate, host) {
        match &observed.fact {
            Fact::StartedAt(start) | Fact::InstalledAt(start)
                if *start <= estate.as_of && estate.may_speak(id, host) =>
            {
                started = started.max(Some(*start));
            }
            Fact::Updates(list) => {
                let updates = list.updates.iter();
                installed.extend(updates.map(|update| (update.kb, family(id), moment)));
            }
            _ => {}
        }
    }
    let waits = |(kb, moment, id): &(Kb, Option<_>, ObservationId)| {
        let Some(moment) = *moment else { return true };
        let on_later = installed
            .iter()
            .any(|(on, source, seen)| on == kb && *source == family(*id) && *seen > Some(moment));
        !on_later && started.is_none_or(|start| start <= moment)
    };
    waiting
        .into_iter()
        .filter(waits)
        .map(|(kb, ..)| kb)
        .collect()
}

/// The first start that gave an update its effect, of those that `counts` and were said to wait for one; and who tells of it.
pub(super) fn took_effect(
    estate: &Estate,
    host: HostId,
    counts: impl Fn(Kb) -> bool,
) -> Option<(ObservationId, Timestamp)> {
    let waited = observations(estate, host).filter_map(|(_, moment, observed)| {
        let Fact::UpdateAwaitingRestart(kb) = observed.fact else {
            return None;
        };
        moment.filter(|_| counts(kb))
    });
    let waited = waited.min()?;
    let starts = observations(estate, host).filter_map(|(id, _, observed)| match observed.fact {
        Fact::StartedAt(start) if start > waited => Some((start, id)),
        _ => None,
    });
    let (start, id) = starts.filter(|(_, id)| estate.may_speak(*id, host)).min()?;
    Some((id, start))
}
