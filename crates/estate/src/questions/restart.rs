//! Updates that are on a machine and without effect until it starts anew.

use std::collections::BTreeSet;

use wardround_evidence::{Fact, Kb, ObservationId};

use super::decide::observations;
use crate::estate::{Estate, HostId};

/// The updates that some source says wait for a restart, and of which nothing says that it came.
///
/// It came where the machine started later, or where the same family of sources later counts the update as installed: a list
/// of what is on, such as Windows' own, does not tell the two apart. What was said expires as what is missing does.
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
        let expired = estate.as_of.duration_since(moment) > estate.options.missing_speaks_for;
        let on_later = installed
            .iter()
            .any(|(on, source, seen)| on == kb && *source == family(*id) && *seen > Some(moment));
        !expired && !on_later && started.is_none_or(|start| start <= moment)
    };
    waiting
        .into_iter()
        .filter(waits)
        .map(|(kb, ..)| kb)
        .collect()
}
