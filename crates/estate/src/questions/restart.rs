//! What is on a machine and without effect until it starts anew.
//!
//! A source may name an update that waits for a restart, or say of the machine that it waits for one and not on account of which
//! update. Then each update that may have been on by that time may be the one; see
//! `docs/decisions/0032-a-machine-that-waits-for-a-restart.md`.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;
use jiff::tz::TimeZone;
use jiff::{Timestamp, ToSpan as _};
use wardround_evidence::{Fact, Kb, Method, ObservationId};

use super::decide::{may_contradict, observations};
use crate::Catalogue;
use crate::estate::{Estate, HostId};

/// What waits for a restart on a machine, as far as anybody says so and nothing says that it came.
///
/// It came where the machine started later. Where an update was named it came too where the same family of sources later counts
/// it as installed: a list of what is on, such as Windows' own, does not tell the two apart. Where the machine was said to wait, it
/// came where the same family later says that it does not. Until then it waits, however long ago that was said: some servers run
/// for years.
pub(super) struct Waiting {
    /// Updates that are on, and may have no effect yet.
    updates: BTreeSet<Kb>,
    /// When the machine itself was said to wait.
    machine: Vec<Wait>,
}

/// That a machine waits for a restart, said at a moment; none is any time.
struct Wait {
    moment: Option<Timestamp>,
    /// The last moment before at which nothing waited: a start, or the same family's word.
    nothing_waited: Option<Timestamp>,
}

impl Wait {
    /// Whether what was on at the latest since then may be what waits.
    fn may_be_for(&self, on_since: Option<Timestamp>) -> bool {
        on_since.is_none_or(|on_since| self.nothing_waited < Some(on_since))
    }
}

/// Since when an update is on: the first list that names it, or the end of the day on which it was put on.
#[derive(Default)]
struct On {
    since: Option<Timestamp>,
    /// The day on which it was put on, where each list that names it says so: then the earliest.
    day: Option<Date>,
    without_a_day: bool,
}

impl Waiting {
    /// What waits on a machine that was last installed anew at `rebuilt`.
    pub(super) fn of(estate: &Estate, host: HostId, rebuilt: Option<Timestamp>) -> Self {
        let mut waiting = Self {
            updates: named(estate, host),
            machine: machine_waits(estate, host, rebuilt),
        };
        if !waiting.machine.is_empty() {
            for (kb, on) in updates_on(estate, host, rebuilt) {
                if waiting.machine.iter().any(|wait| wait.may_hold(kb, &on)) {
                    waiting.updates.insert(kb);
                }
            }
        }
        waiting
    }

    /// Whether an update may be without effect.
    pub(super) fn holds(&self, kb: Kb) -> bool {
        self.updates.contains(&kb)
    }

    /// Whether something that was on at the latest since a moment may be without effect, because the machine waits.
    pub(super) fn holds_what_is_on_since(&self, since: Option<Timestamp>) -> bool {
        self.machine.iter().any(|wait| wait.may_be_for(since))
    }
}

impl Wait {
    /// What was released, or put on, on a later day than that of the wait is not what it is for.
    fn may_hold(&self, kb: Kb, on: &On) -> bool {
        let is_later = |day: Date| self.moment.is_some_and(|moment| day > day_of(moment));
        let released = Catalogue::built_in().released(kb);
        let put_on = on.day.filter(|_| !on.without_a_day);
        !released.is_some_and(is_later)
            && !put_on.is_some_and(is_later)
            && self.may_be_for(on.since)
    }
}

/// The updates that some source names as waiting.
fn named(estate: &Estate, host: HostId) -> BTreeSet<Kb> {
    let family = |id: ObservationId| &estate.readings[id.reading as usize].source.family;
    let mut waiting = Vec::new();
    for (id, moment, observed) in observations(estate, host) {
        if let Fact::UpdateAwaitingRestart(kb) = observed.fact {
            waiting.push((kb, moment, id, observed.method));
        }
    }
    if waiting.is_empty() {
        return BTreeSet::new();
    }
    let started = starts(estate, host).max();
    let mut installed = BTreeSet::new();
    for (id, moment, observed) in observations(estate, host) {
        if let Fact::Updates(list) = &observed.fact {
            let updates = list.updates.iter();
            installed
                .extend(updates.map(|update| (update.kb, family(id), moment, observed.method)));
        }
    }
    let waits = |(kb, moment, id, method): &(Kb, Option<_>, ObservationId, Method)| {
        let Some(moment) = *moment else { return true };
        let on_later = installed.iter().any(|(on, source, seen, told_by)| {
            on == kb
                && *source == family(*id)
                && *seen > Some(moment)
                && may_contradict(*told_by, *method)
        });
        !on_later && started.is_none_or(|start| start <= moment)
    };
    waiting
        .into_iter()
        .filter(waits)
        .map(|(kb, ..)| kb)
        .collect()
}

/// The words that the machine itself waits, of which nothing says that the restart came.
fn machine_waits(estate: &Estate, host: HostId, rebuilt: Option<Timestamp>) -> Vec<Wait> {
    let said: Vec<_> = observations(estate, host)
        .filter_map(|(id, moment, observed)| match observed.fact {
            Fact::RestartPending(waits) => Some((waits, moment, id, observed.method)),
            _ => None,
        })
        .collect();
    if said.iter().all(|(waits, ..)| !waits) {
        return Vec::new();
    }
    let starts: Vec<Timestamp> = starts(estate, host).chain(rebuilt).collect();
    let family = |id: ObservationId| &estate.readings[id.reading as usize].source.family;
    let waits = said.iter().filter(|(waits, ..)| *waits);
    waits
        .filter_map(|(_, moment, id, method)| {
            let denied = said.iter().filter_map(|(waits, moment, by, told_by)| {
                let counts = !waits
                    && family(*by) == family(*id)
                    && estate.may_speak(*by, host)
                    && may_contradict(*told_by, *method);
                moment.filter(|_| counts)
            });
            let nothing_waited: Vec<_> = denied.chain(starts.iter().copied()).collect();
            let came = |at: &Timestamp| moment.is_some_and(|moment| *at > moment);
            let before = |at: &Timestamp| moment.is_some_and(|moment| *at < moment);
            (!nothing_waited.iter().any(came)).then(|| Wait {
                moment: *moment,
                nothing_waited: nothing_waited.into_iter().filter(before).max(),
            })
        })
        .collect()
}

/// All updates that lists name, with since when they are on; what was said before the machine was installed anew is over.
fn updates_on(estate: &Estate, host: HostId, rebuilt: Option<Timestamp>) -> BTreeMap<Kb, On> {
    let mut all: BTreeMap<Kb, On> = BTreeMap::new();
    for (_, moment, observed) in observations(estate, host) {
        let Fact::Updates(list) = &observed.fact else {
            continue;
        };
        if moment.is_some() && moment < rebuilt {
            continue;
        }
        for update in &list.updates {
            let on = all.entry(update.kb).or_default();
            let put_on = update.installed_on.and_then(end_of);
            let since = moment.into_iter().chain(put_on).min();
            on.since = on.since.into_iter().chain(since).min();
            on.day = on.day.into_iter().chain(update.installed_on).min();
            on.without_a_day |= update.installed_on.is_none();
        }
    }
    all
}

/// When the machine is known to have started, or to have been installed.
fn starts(estate: &Estate, host: HostId) -> impl Iterator<Item = Timestamp> {
    observations(estate, host).filter_map(move |(id, _, observed)| match observed.fact {
        Fact::StartedAt(start) | Fact::InstalledAt(start)
            if start <= estate.as_of
                && observed.method.is_direct()
                && estate.may_speak(id, host) =>
        {
            Some(start)
        }
        _ => None,
    })
}

/// The first start that gave an update its effect, of those that `counts` and were said to wait for one, or were on a machine that
/// was; and who tells of it.
pub(super) fn took_effect(
    estate: &Estate,
    host: HostId,
    counts: impl Fn(Kb) -> bool,
) -> Option<(ObservationId, Timestamp)> {
    let seen = |tells: &dyn Fn(&Fact) -> bool| {
        observations(estate, host)
            .filter(|(.., observed)| observed.method.is_direct() && tells(&observed.fact))
            .filter_map(|(_, moment, _)| moment)
            .min()
    };
    let named = seen(&|fact| matches!(fact, Fact::UpdateAwaitingRestart(kb) if counts(*kb)));
    let on = seen(&|fact| match fact {
        Fact::Updates(list) => list.updates.iter().any(|update| counts(update.kb)),
        _ => false,
    });
    let machine = seen(&|fact| matches!(fact, Fact::RestartPending(true)));
    let unnamed = machine.zip(on).map(|(waited, on)| waited.max(on));
    let waited = named.into_iter().chain(unnamed).min()?;
    let starts = observations(estate, host).filter_map(|(id, _, observed)| match observed.fact {
        Fact::StartedAt(start) if start > waited => Some((start, id)),
        _ => None,
    });
    let (start, id) = starts.filter(|(_, id)| estate.may_speak(*id, host)).min()?;
    Some((id, start))
}

fn day_of(moment: Timestamp) -> Date {
    moment.to_zoned(TimeZone::UTC).date()
}

fn end_of(day: Date) -> Option<Timestamp> {
    let next = day.checked_add(1.day()).ok()?;
    Some(next.to_zoned(TimeZone::UTC).ok()?.timestamp())
}
