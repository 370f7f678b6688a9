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
    /// That the machine itself waits, and nothing says that the restart came: of those before which nothing waited at one
    /// moment, the last.
    machine: Vec<Wait>,
    /// Waits that a start ended, as told by those who may speak and saw it.
    over: Vec<Over>,
    /// What lists name as on, as told by those who may speak.
    on: BTreeMap<Kb, On>,
}

/// That a machine waits for a restart, said at a moment; none is any time.
struct Wait {
    moment: Option<Timestamp>,
    /// The last moment at which nothing waited: a start, or the same family's word. It lies before the wait, if that has a time.
    nothing_waited: Option<Timestamp>,
}

/// A wait that was over with a start, and for which updates it may have been.
struct Over {
    wait: WaitFor,
    start: Timestamp,
    told_by: ObservationId,
}

enum WaitFor {
    One(Kb),
    Any(Wait),
}

impl Wait {
    /// Whether what was on at the latest since then may be what waits.
    fn may_be_for(&self, on_since: Option<Timestamp>) -> bool {
        on_since.is_none_or(|on_since| self.nothing_waited < Some(on_since))
    }

    /// What was released, or put on, on a later day than that of the wait is not what it is for.
    fn may_hold(&self, kb: Kb, on: &On) -> bool {
        let is_later = |day: Date| self.moment.is_some_and(|moment| day > day_of(moment));
        let released = Catalogue::built_in().released(kb);
        let put_on = on.day.filter(|_| !on.without_a_day);
        self.may_be_for(on.since)
            && !put_on.is_some_and(is_later)
            && !released.is_some_and(is_later)
    }
}

/// Since when an update is on, by the strongest method that lists it: the first list that names it, or the end of the day on which
/// it was put on.
struct On {
    told_by: Method,
    since: Option<Timestamp>,
    /// The day on which it was put on, where each list that names it says so: then the earliest.
    day: Option<Date>,
    without_a_day: bool,
}

impl On {
    /// That some list names it, and nobody who may speak says since when.
    const fn at_no_known_time(told_by: Method) -> Self {
        Self {
            told_by,
            since: None,
            day: None,
            without_a_day: false,
        }
    }
}

impl Waiting {
    /// What waits on a machine that was last installed anew at `rebuilt`.
    pub(super) fn of(estate: &Estate, host: HostId, rebuilt: Option<Timestamp>) -> Self {
        let mut waiting = Self {
            updates: BTreeSet::new(),
            machine: Vec::new(),
            over: Vec::new(),
            on: BTreeMap::new(),
        };
        let waits = observations(estate, host).any(|(.., observed)| {
            matches!(
                observed.fact,
                Fact::UpdateAwaitingRestart(_) | Fact::RestartPending(true)
            )
        });
        if waits {
            let starts = Starts::of(estate, host, rebuilt);
            waiting.on = updates_on(estate, host, rebuilt);
            waiting.hear_of_updates(estate, host, &starts);
            waiting.hear_of_the_machine(estate, host, &starts);
            waiting.hold_back(estate, host);
        }
        waiting
    }

    /// Whether an update may be without effect.
    pub(super) fn holds(&self, kb: Kb) -> bool {
        self.updates.contains(&kb)
    }

    /// Whether the machine waits for something of which nobody says what it is.
    pub(super) fn is_machine_waiting(&self) -> bool {
        !self.machine.is_empty()
    }

    /// Whether something that was on at the latest since a moment may be without effect, because the machine waits.
    pub(super) fn holds_what_is_on_since(&self, since: Option<Timestamp>) -> bool {
        self.machine.iter().any(|wait| wait.may_be_for(since))
    }

    /// The last start that gave an update its effect, of those that `counts` and were said to wait for one, or were on a machine
    /// that was; and who tells of it.
    ///
    /// It makes what was found before a thing of the past, so only those who may speak and saw it are heard, a wait explains
    /// nothing once its family has said that nothing waits, and the update was on by that start.
    pub(super) fn took_effect(
        &self,
        counts: impl Fn(Kb) -> bool,
    ) -> Option<(ObservationId, Timestamp)> {
        if self.over.is_empty() {
            return None;
        }
        let on: Vec<_> = self
            .on
            .iter()
            .filter(|(kb, on)| on.told_by.is_direct() && counts(**kb))
            .collect();
        let gave_effect = self.over.iter().filter(|over| match &over.wait {
            WaitFor::One(kb) => counts(*kb),
            WaitFor::Any(wait) => on.iter().any(|(kb, on)| {
                on.since.is_some_and(|since| since < over.start) && wait.may_hold(**kb, on)
            }),
        });
        gave_effect
            .map(|over| (over.start, over.told_by))
            .max()
            .map(|(start, told_by)| (told_by, start))
    }

    /// The updates that some source names as waiting.
    fn hear_of_updates(&mut self, estate: &Estate, host: HostId, starts: &Starts) {
        let mut installed: BTreeMap<(Kb, &str, Method), Vec<Timestamp>> = BTreeMap::new();
        let mut said = Vec::new();
        for (id, moment, observed) in observations(estate, host) {
            if let Fact::UpdateAwaitingRestart(kb) = observed.fact {
                let method = observed.method.max(Method::Inventoried);
                let key = (kb, family(estate, id), method);
                said.push((key, moment, id, observed.method));
                installed.entry(key).or_default();
            }
        }
        for (id, moment, observed) in observations(estate, host) {
            let (Fact::Updates(list), Some(moment)) = (&observed.fact, moment) else {
                continue;
            };
            if !estate.may_speak(id, host) {
                continue;
            }
            for update in &list.updates {
                for method in weaker_than(observed.method) {
                    let seen = installed.get_mut(&(update.kb, family(estate, id), method));
                    seen.into_iter().for_each(|seen| seen.push(moment));
                }
            }
        }
        installed.values_mut().for_each(|seen| seen.sort_unstable());
        for (key, moment, id, method) in said {
            let Some(moment) = moment else {
                self.updates.insert(key.0);
                continue;
            };
            let on_again = after(&installed[&key], moment);
            match starts.next(moment, on_again) {
                Ended::No => {
                    self.updates.insert(key.0);
                }
                Ended::By(start, told_by) if method.is_direct() && estate.may_speak(id, host) => {
                    self.over.push(Over {
                        wait: WaitFor::One(key.0),
                        start,
                        told_by,
                    });
                }
                Ended::By(..) | Ended::Otherwise => {}
            }
        }
    }

    /// The words that the machine itself waits.
    fn hear_of_the_machine(&mut self, estate: &Estate, host: HostId, starts: &Starts) {
        let mut denied: BTreeMap<(&str, Method), Vec<Timestamp>> = BTreeMap::new();
        for (id, moment, observed) in observations(estate, host) {
            if let (Fact::RestartPending(false), Some(moment)) = (&observed.fact, moment)
                && estate.may_speak(id, host)
            {
                for method in weaker_than(observed.method) {
                    let said = denied.entry((family(estate, id), method)).or_default();
                    said.push(moment);
                }
            }
        }
        denied.values_mut().for_each(|said| said.sort_unstable());
        // Of several, the one that may be for most: said last, or at a time that may be any.
        let mut waits: BTreeMap<Option<Timestamp>, Option<Timestamp>> = BTreeMap::new();
        for (id, moment, observed) in observations(estate, host) {
            if observed.fact != Fact::RestartPending(true) {
                continue;
            }
            let key = (family(estate, id), observed.method.max(Method::Inventoried));
            let denied = denied.get(&key).map_or(&[][..], Vec::as_slice);
            // What was on at a start took effect with it, or at the family's word had done so, whenever it is that the machine
            // was said to wait; a wait with a time is itself over with what came later.
            let nothing_waited = match moment {
                Some(moment) => before(denied, moment).max(before(&starts.all, moment)),
                None => denied.last().max(starts.all.last()).copied(),
            };
            let ended = moment.map_or(Ended::No, |moment| {
                starts.next(moment, after(denied, moment))
            });
            match ended {
                Ended::No => {
                    let last = waits.entry(nothing_waited).or_insert(moment);
                    *last = last.and_then(|last| moment.map(|moment| moment.max(last)));
                }
                Ended::By(start, told_by)
                    if observed.method.is_direct() && estate.may_speak(id, host) =>
                {
                    self.over.push(Over {
                        wait: WaitFor::Any(Wait {
                            moment,
                            nothing_waited,
                        }),
                        start,
                        told_by,
                    });
                }
                Ended::By(..) | Ended::Otherwise => {}
            }
        }
        let waits = waits.into_iter();
        self.machine = waits
            .map(|(nothing_waited, moment)| Wait {
                moment,
                nothing_waited,
            })
            .collect();
    }

    /// Holds back all updates that lists name, whoever gave them, for which the machine may wait.
    fn hold_back(&mut self, estate: &Estate, host: HostId) {
        if self.machine.is_empty() {
            return;
        }
        let mut named = BTreeMap::new();
        for (.., observed) in observations(estate, host) {
            if let Fact::Updates(list) = &observed.fact {
                named.extend(
                    list.updates
                        .iter()
                        .map(|update| (update.kb, observed.method)),
                );
            }
        }
        for (kb, method) in named {
            let unknown = On::at_no_known_time(method);
            let on = self.on.get(&kb).unwrap_or(&unknown);
            if self.machine.iter().any(|wait| wait.may_hold(kb, on)) {
                self.updates.insert(kb);
            }
        }
    }
}

/// The methods whose word one that tells by `method` may end, of those from [`Method::Inventoried`] on.
fn weaker_than(method: Method) -> impl Iterator<Item = Method> {
    Method::ALL
        .into_iter()
        .filter(move |other| *other >= Method::Inventoried && may_contradict(method, *other))
}

fn family(estate: &Estate, id: ObservationId) -> &str {
    &estate.readings[id.reading as usize].source.family
}

/// The first of sorted moments after one.
fn after(sorted: &[Timestamp], moment: Timestamp) -> Option<Timestamp> {
    let first = sorted.partition_point(|at| *at <= moment);
    sorted.get(first).copied()
}

/// The last of sorted moments before one.
fn before(sorted: &[Timestamp], moment: Timestamp) -> Option<Timestamp> {
    let end = sorted.partition_point(|at| *at < moment);
    end.checked_sub(1)
        .and_then(|last| sorted.get(last))
        .copied()
}

/// All updates that lists name, with since when they are on; what was said before the machine was installed anew is over. A list
/// without authority is not heard, nor one that knows it worse than another does: that an update has been on for long makes it
/// count where the machine waits.
fn updates_on(estate: &Estate, host: HostId, rebuilt: Option<Timestamp>) -> BTreeMap<Kb, On> {
    let mut all: BTreeMap<Kb, On> = BTreeMap::new();
    for (id, moment, observed) in observations(estate, host) {
        let Fact::Updates(list) = &observed.fact else {
            continue;
        };
        if moment.is_some() && moment < rebuilt || !estate.may_speak(id, host) {
            continue;
        }
        let told_by = observed.method.max(Method::Inventoried);
        for update in &list.updates {
            let new = On::at_no_known_time(told_by);
            let on = all.entry(update.kb).or_insert(new);
            if on.told_by < told_by {
                continue;
            }
            if on.told_by > told_by {
                *on = On::at_no_known_time(told_by);
            }
            let put_on = update.installed_on.and_then(end_of);
            let since = moment.into_iter().chain(put_on).min();
            on.since = on.since.into_iter().chain(since).min();
            on.day = on.day.into_iter().chain(update.installed_on).min();
            on.without_a_day |= update.installed_on.is_none();
        }
    }
    all
}

/// How a wait ended.
enum Ended {
    No,
    /// With a start that was told of.
    By(Timestamp, ObservationId),
    /// With a word that nothing waits, or with the machine's being installed anew.
    Otherwise,
}

/// When a machine is known to have started, sorted.
struct Starts {
    /// Or to have been installed.
    all: Vec<Timestamp>,
    told: Vec<(Timestamp, ObservationId)>,
}

impl Starts {
    fn of(estate: &Estate, host: HostId, rebuilt: Option<Timestamp>) -> Self {
        let mut told = Vec::new();
        let mut all = Vec::from_iter(rebuilt);
        for (id, _, observed) in observations(estate, host) {
            let (Fact::StartedAt(start) | Fact::InstalledAt(start)) = observed.fact else {
                continue;
            };
            let counts = start <= estate.as_of && observed.method.is_direct();
            if counts && estate.may_speak(id, host) {
                all.push(start);
                if matches!(observed.fact, Fact::StartedAt(_)) {
                    told.push((start, id));
                }
            }
        }
        all.sort_unstable();
        told.sort_unstable();
        Self { all, told }
    }

    /// What ended first a wait that was said at a moment, and denied next at another.
    fn next(&self, moment: Timestamp, denied: Option<Timestamp>) -> Ended {
        let start = after(&self.all, moment);
        let told = self.told.partition_point(|(at, _)| *at <= moment);
        match (start, denied, self.told.get(told)) {
            (None, None, _) => Ended::No,
            (Some(start), denied, Some((told, by)))
                if start == *told && denied.is_none_or(|denied| start < denied) =>
            {
                Ended::By(start, *by)
            }
            _ => Ended::Otherwise,
        }
    }
}

fn day_of(moment: Timestamp) -> Date {
    moment.to_zoned(TimeZone::UTC).date()
}

fn end_of(day: Date) -> Option<Timestamp> {
    let next = day.checked_add(1.day()).ok()?;
    Some(next.to_zoned(TimeZone::UTC).ok()?.timestamp())
}
