//! Is the SMB flaw of MS17-010 closed? From a test, the build, the updates, or the system being out of scope.

use std::collections::{BTreeMap, BTreeSet};

use jiff::Timestamp;
use jiff::civil::{Date, date};
use jiff::tz::TimeZone;
use wardround_evidence::{
    Build, Fact, FlawState, Kb, ListExtent, Method, ObservationId, SourceExtent, System, Truth,
    UpdateList,
};

use super::Gap;
use super::decide::{Heard, Hearing, Observation, observations};
use super::other_system::other_system;
use super::restart::Waiting;
use crate::estate::{Estate, HostId};
use crate::{Catalogue, Product};

/// The day of the fixes: every cumulative update from then on may hold them.
const FIXED_ON: Date = date(2017, 3, 14);

pub(super) fn assess(estate: &Estate, host: HostId) -> Heard {
    let mut hearing = Hearing::new(estate, host);
    if let Some(moment) = other_system(estate, host) {
        hearing.rebuilt_at(moment);
    }
    let waiting = Waiting::of(estate, host, hearing.rebuilt());
    let mut patch = Patch {
        catalogue: Catalogue::built_in(),
        product: estate.host(host).product,
        hearing,
        estate,
        host,
        absent_since: BTreeMap::new(),
        waiting,
        systems: systems(estate, host),
        inventoried: false,
        cut: false,
        tables_end: false,
        log_in_failed: false,
        lists: Vec::new(),
    };
    patch.note_absent();
    for observation in observations(estate, host) {
        let (id, moment, observed) = observation;
        match &observed.fact {
            Fact::Flaw(cve, state) if Catalogue::is_ms17_010(*cve) => match state {
                FlawState::Present => {
                    patch
                        .hearing
                        .hear(observation, Truth::Fails, "the flaw was found")
                        .speaks_for = Some(estate.options.missing_speaks_for);
                }
                FlawState::Likely => {
                    let why = "the flaw is likely there";
                    let method = observed.method.max(Method::Inferred);
                    patch
                        .hearing
                        .hear_as(id, moment, method, Truth::Fails, why)
                        .speaks_for = Some(estate.options.missing_speaks_for);
                }
                FlawState::Absent => {
                    patch.absent(observation);
                }
                FlawState::AwaitsRestart => {
                    let why = "its fix waits for a restart";
                    patch.hearing.hear(observation, Truth::Holds, why).lacks =
                        Some(Gap::RestartPending);
                }
                FlawState::NotApplicable | FlawState::Unknown => {}
            },
            Fact::System(system) => patch.system(id, moment, observed.method, system),
            Fact::Updates(list) => patch.updates(observation, list),
            Fact::UpdateMissing(kb) => {
                patch.inventoried = true;
                if patch.catalogue.closes_ms17_010(*kb, patch.product) && patch.is_a_first_fix(*kb)
                {
                    let why = format!("its agent lists {kb}, which closes it, as missing");
                    patch
                        .hearing
                        .hear(observation, Truth::Fails, why)
                        .speaks_for = Some(estate.options.missing_speaks_for);
                }
            }
            Fact::LogInFailed => patch.log_in_failed = true,
            Fact::UpdateAwaitingRestart(kb) => patch.waits(observation, *kb),
            _ => {}
        }
    }
    patch.note_fixes_put_on();
    let closes = |kb| patch.catalogue.closes_ms17_010(kb, patch.product);
    if let Some((id, start)) = patch.waiting.took_effect(closes) {
        patch.hearing.mended(id, start);
    }
    let gap = patch.gap();
    patch.hearing.decide(gap)
}

/// What a machine ran: by the statement that says so, and the newest build that was told of what it runs now, where one was seen
/// rather than guessed or written down.
#[derive(Default)]
struct Systems {
    by_statement: BTreeMap<(u32, u32), RanSystem>,
    newest_build: Option<(bool, Option<Timestamp>, Build)>,
}

type RanSystem = (Product, Option<Build>);

fn systems(estate: &Estate, host: HostId) -> Systems {
    let mut systems = Systems::default();
    for (id, moment, observed) in observations(estate, host) {
        let Fact::System(system) = &observed.fact else {
            continue;
        };
        let product = estate.products.of(system);
        if !estate.options.is_sure(system) || product == Product::Unknown {
            continue;
        }
        let own = systems.by_statement.entry((id.reading, id.statement));
        let own = own.or_insert((product, system.build));
        own.1 = own.1.or(system.build.filter(|_| own.0 == product));
        // A newer word that names no build does not make an older one forgotten, nor a guess one that was seen.
        let seen = system
            .build
            .map(|build| (observed.method.is_direct(), moment, build));
        if product == estate.host(host).product {
            systems.newest_build = systems.newest_build.max(seen);
        }
    }
    systems
}

struct Patch<'a> {
    catalogue: &'static Catalogue,
    product: Product,
    estate: &'a Estate,
    host: HostId,
    hearing: Hearing<'a>,
    waiting: Waiting,
    /// Since when lists say that the flaw is not there, by each method that tells so; only where the machine waits for a restart.
    absent_since: BTreeMap<Method, Timestamp>,
    systems: Systems,
    inventoried: bool,
    cut: bool,
    tables_end: bool,
    log_in_failed: bool,
    /// Dated lists of updates: when each was taken, who gave it, and whether it held a fix; none where that waits for a restart.
    lists: Vec<(Timestamp, ObservationId, Option<bool>)>,
}

impl Patch<'_> {
    /// A system that the flaw never touched, or a build that holds the fix.
    fn system(
        &mut self,
        id: ObservationId,
        moment: Option<Timestamp>,
        method: Method,
        system: &System,
    ) {
        let product = self.estate.products.of(system);
        if !self.estate.options.is_sure(system) || product == Product::Unknown {
            return;
        }
        self.inventoried |= system.build.is_some_and(|build| build.revision.is_some());
        if self.catalogue.ms17_010_in_scope(product, system.build) == Some(false) {
            let why = if product == Product::NotWindows {
                "it does not run Windows".to_owned()
            } else {
                format!(
                    "{} of this level was released without the flaw",
                    product.words()
                )
            };
            self.hearing.hear_as(id, moment, method, Truth::Holds, why);
            return;
        }
        let Some(build) = system.build else { return };
        match self.catalogue.build_closes_ms17_010(product, build) {
            Some(true) => {
                self.hearing.hear_as(
                    id,
                    moment,
                    method,
                    Truth::Holds,
                    format!("build {build} holds the fix"),
                );
            }
            Some(false) => {
                let why = format!("build {build} is older than the fixed one");
                self.hearing
                    .hear_as(id, moment, method, Truth::Fails, why)
                    .speaks_for = Some(self.estate.options.missing_speaks_for);
            }
            None => {}
        }
    }

    /// Notes since when lists that may speak say that the flaw is not there.
    fn note_absent(&mut self) {
        if !self.waiting.is_machine_waiting() {
            return;
        }
        for (id, moment, observed) in observations(self.estate, self.host) {
            let Some(moment) = moment.filter(|moment| Some(*moment) >= self.hearing.rebuilt())
            else {
                continue;
            };
            let is_absent = matches!(observed.fact, Fact::Flaw(cve, FlawState::Absent) if Catalogue::is_ms17_010(cve));
            if is_absent && observed.method != Method::Tested && self.hearing.may_speak(id) {
                let since = self.absent_since.entry(observed.method).or_insert(moment);
                *since = moment.min(*since);
            }
        }
    }

    /// The flaw is not there. A test tells so of what runs; a list, of what is on: where its machine waits for a restart, that may
    /// be without effect.
    fn absent(&mut self, observation: Observation<'_>) {
        let method = observation.2.method;
        let waits = method != Method::Tested && self.waiting.is_machine_waiting() && {
            let knows = self.absent_since.range(..=method);
            let since = knows.map(|(_, since)| *since).min();
            self.waiting.holds_what_is_on_since(since)
        };
        let why = if waits {
            "its list says that the fix is on, and the machine waits for a restart"
        } else {
            "the flaw was looked for and is not there"
        };
        self.hearing.hear(observation, Truth::Holds, why).lacks =
            waits.then_some(Gap::RestartPending);
    }

    /// A list that holds a fix, or a whole one that does not.
    fn updates(&mut self, observation: Observation<'_>, list: &UpdateList) {
        let (id, moment, _) = observation;
        self.inventoried = true;
        let (product, _) = self.system_of_list(id);
        let fixes: BTreeSet<Kb> = list
            .updates
            .iter()
            .map(|update| update.kb)
            .filter(|kb| self.catalogue.closes_ms17_010(*kb, product))
            .collect();
        let waits = fixes.iter().all(|kb| self.waiting.holds(*kb));
        if let Some(kb) = fixes.last().filter(|_| waits) {
            let why = format!("{kb} closes it once the machine has been restarted");
            self.hearing.hear(observation, Truth::Holds, why).lacks = Some(Gap::RestartPending);
            self.lists.extend(moment.map(|moment| (moment, id, None)));
            if self.is_whole(id, list) {
                let why =
                    format!("its whole list holds no fix but {kb}, which waits for a restart");
                let voice = self.hearing.hear(observation, Truth::Fails, why);
                voice.lacks = Some(Gap::RestartPending);
                voice.unsettles = Some(Gap::RestartPending);
            }
            return;
        }
        if let Some(kb) = fixes.iter().rev().find(|kb| !self.waiting.holds(**kb)) {
            let why = self
                .catalogue
                .why_closes(*kb, product)
                .unwrap_or_else(|| format!("{kb} closes it"));
            let put_on = first_day_of(list, &fixes, moment);
            self.hearing.hear(observation, Truth::Holds, why).since = put_on.map(|(_, end)| end);
            if let Some((start, _)) = put_on {
                self.hearing.mended(id, start);
            }
            self.lists
                .extend(moment.map(|moment| (moment, id, Some(true))));
            return;
        }
        self.no_fix(observation, list);
    }

    /// A list without a fix: a whole one refutes where the system is known, and keeps an older word from settling where it is
    /// not, or where a build that holds the fix was read before.
    fn no_fix(&mut self, observation: Observation<'_>, list: &UpdateList) {
        let (id, moment, _) = observation;
        let (product, build) = self.system_of_list(id);
        if self.catalogue.ms17_010_in_scope(product, build) == Some(false) {
            return;
        }
        let holds_it = |build| self.catalogue.build_closes_ms17_010(product, build) == Some(true);
        let built_in = build.is_some_and(holds_it);
        let own = (id.reading, id.statement);
        if built_in && self.systems.by_statement.contains_key(&own) {
            return;
        }
        let lacks = match self.why_no_refutation(id, list, product, build) {
            None if built_in => Some(Gap::Disputed),
            None => None,
            Some(Gap::SystemUnknown) => Some(Gap::SystemUnknown),
            Some(gap) => {
                self.cut |= gap == Gap::ListCut;
                self.tables_end |= gap == Gap::TablesEnd;
                return;
            }
        };
        let why = "its whole list of updates holds neither the fix nor anything that supersedes it";
        let voice = self.hearing.hear(observation, Truth::Fails, why);
        voice.speaks_for = Some(self.estate.options.missing_speaks_for);
        voice.lacks = lacks;
        voice.unsettles = lacks;
        if lacks.is_none() {
            self.lists
                .extend(moment.map(|moment| (moment, id, Some(false))));
        }
    }

    /// Whether a list of updates is known to be whole, and so is its source.
    fn is_whole(&self, id: ObservationId, list: &UpdateList) -> bool {
        let source = &self.estate.readings[id.reading as usize].source;
        source.extent == SourceExtent::Whole && list.extent == ListExtent::Whole
    }

    /// A fix that waits for a restart: it is shown against, and decides nothing, for another fix may be in effect.
    fn waits(&mut self, observation: Observation<'_>, kb: Kb) {
        if self.waiting.holds(kb) && self.catalogue.closes_ms17_010(kb, self.product) {
            let why = format!("{kb} waits for a restart");
            self.hearing.hear(observation, Truth::Fails, why).lacks = Some(Gap::RestartPending);
        }
    }

    /// The system that a list of updates belongs to: the one of its own statement, else what is known of the machine.
    fn system_of_list(&self, id: ObservationId) -> RanSystem {
        let own = self.systems.by_statement.get(&(id.reading, id.statement));
        let newest = self.systems.newest_build.map(|(_, _, build)| build);
        own.copied().unwrap_or((self.product, newest))
    }

    /// What keeps a list without a fix from refuting: nothing says that it is whole, it holds updates of which the tables do not
    /// know whether they hold the fix, or its system may not be in scope.
    fn why_no_refutation(
        &self,
        id: ObservationId,
        list: &UpdateList,
        product: Product,
        build: Option<Build>,
    ) -> Option<Gap> {
        if !self.is_whole(id, list) {
            return Some(Gap::ListCut);
        }
        let newest_known = self.catalogue.newest_number(product);
        let beyond = |kb: Kb| newest_known.is_none_or(|newest| kb > newest);
        let may_hold_it = |kb: Kb| {
            self.catalogue.is_cumulative(kb) == Some(true)
                && self
                    .catalogue
                    .released(kb)
                    .is_some_and(|day| day >= FIXED_ON)
        };
        let unsettled = list
            .updates
            .iter()
            .any(|update| beyond(update.kb) || may_hold_it(update.kb));
        let of_others = |kb: Kb| self.catalogue.is_for_others(kb, product);
        let in_scope = self.catalogue.ms17_010_in_scope(product, build) == Some(true)
            && !list.updates.iter().any(|update| of_others(update.kb));
        if unsettled {
            Some(Gap::TablesEnd)
        } else {
            (!in_scope).then_some(Gap::SystemUnknown)
        }
    }

    /// Only the fixes of March 2017 themselves: a newer rollup that is missing does not mean that an older one is.
    fn is_a_first_fix(&self, kb: Kb) -> bool {
        self.catalogue.is_march_2017_fix(kb)
    }

    /// A fix that a list holds and the whole one before it did not was put on in between, as the weaker of the two tells. What
    /// others noted in between changes nothing of what two lists saw.
    fn note_fixes_put_on(&mut self) {
        let mut lists = std::mem::take(&mut self.lists);
        lists.sort_unstable();
        lists.retain(|(_, id, _)| self.hearing.may_speak(*id));
        self.note_put_on_between(&lists);
        lists.retain(|(_, id, _)| self.method(*id).is_direct());
        self.note_put_on_between(&lists);
    }

    fn note_put_on_between(&mut self, lists: &[(Timestamp, ObservationId, Option<bool>)]) {
        for pair in lists.windows(2) {
            if let [(_, without, Some(false)), (moment, with, Some(true))] = pair {
                let weaker = [*without, *with]
                    .into_iter()
                    .max_by_key(|id| self.method(*id));
                self.hearing.mended(weaker.unwrap_or(*with), *moment);
            }
        }
    }

    fn method(&self, id: ObservationId) -> Method {
        self.estate.statement(id.into()).observed[id.fact as usize].method
    }

    fn gap(&self) -> Gap {
        if self.tables_end {
            Gap::TablesEnd
        } else if self.cut {
            Gap::ListCut
        } else if self.log_in_failed {
            Gap::LogInFailed
        } else if self.product == Product::Unknown {
            Gap::SystemUnknown
        } else if self.estate.is_spared_complaints(self.host) {
            Gap::NoComplaint
        } else if self.inventoried {
            Gap::NothingSaid
        } else {
            Gap::NotInventoried
        }
    }
}

/// The beginning and the end of the day on which a list got the first of these updates, where it names one: that the flaw was
/// there before is over. A day after the list itself was misread.
fn first_day_of(
    list: &UpdateList,
    fixes: &BTreeSet<Kb>,
    moment: Option<Timestamp>,
) -> Option<(Timestamp, Timestamp)> {
    let day = list
        .updates
        .iter()
        .filter(|update| fixes.contains(&update.kb))
        .filter_map(|update| update.installed_on)
        .min()?;
    let midnight = |day: Date| Some(day.to_zoned(TimeZone::UTC).ok()?.timestamp());
    let (start, end) = (midnight(day)?, midnight(day.tomorrow().ok()?)?);
    moment
        .is_none_or(|moment| start <= moment)
        .then_some((start, end))
}
