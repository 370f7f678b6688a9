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
use super::restart::awaiting_restart;
use super::upgrade::upgraded;
use crate::estate::{Estate, HostId};
use crate::{Catalogue, Product};

/// The day of the fixes: every cumulative update from then on may hold them.
const FIXED_ON: Date = date(2017, 3, 14);

pub(super) fn assess(estate: &Estate, host: HostId) -> Heard {
    let mut hearing = Hearing::new(estate, host);
    if let Some(moment) = upgraded(estate, host) {
        hearing.rebuilt_at(moment);
    }
    let mut patch = Patch {
        catalogue: Catalogue::built_in(),
        product: estate.host(host).product,
        hearing,
        estate,
        host,
        awaiting_restart: awaiting_restart(estate, host),
        systems: systems(estate, host),
        inventoried: false,
        system_unknown: false,
        cut: false,
        tables_end: false,
        log_in_failed: false,
        lists: Vec::new(),
    };
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
                    patch
                        .hearing
                        .hear_as(id, moment, Method::Inferred, Truth::Fails, why)
                        .speaks_for = Some(estate.options.missing_speaks_for);
                }
                FlawState::Absent => {
                    patch.hearing.hear(
                        observation,
                        Truth::Holds,
                        "the flaw was looked for and is not there",
                    );
                }
            },
            Fact::System(system) => patch.system(id, moment, observed.method, system),
            Fact::Updates(list) => patch.updates(id, moment, list),
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
            Fact::UpdateAwaitingRestart(kb) => patch.waiting(observation, *kb),
            _ => {}
        }
    }
    patch.note_fixes_put_on();
    let gap = patch.gap();
    patch.hearing.decide(gap)
}

/// What a machine ran: by the statement that says so, and the newest of it.
#[derive(Default)]
struct Systems {
    by_statement: BTreeMap<(u32, u32), RanSystem>,
    newest: Option<(Option<Timestamp>, RanSystem)>,
}

type RanSystem = (Product, Option<Build>);

fn systems(estate: &Estate, host: HostId) -> Systems {
    let mut systems = Systems::default();
    for (id, moment, observed) in observations(estate, host) {
        let Fact::System(system) = &observed.fact else {
            continue;
        };
        let ran = (estate.products.of(system), system.build);
        if !estate.options.is_sure(system) || ran.0 == Product::Unknown {
            continue;
        }
        systems
            .by_statement
            .entry((id.reading, id.statement))
            .or_insert(ran);
        let is_newest = systems.newest.is_none_or(|(newest, _)| moment >= newest);
        if ran.0 == estate.host(host).product && is_newest {
            systems.newest = Some((moment, ran));
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
    /// Updates that are on and have no effect yet.
    awaiting_restart: BTreeSet<Kb>,
    systems: Systems,
    inventoried: bool,
    system_unknown: bool,
    cut: bool,
    tables_end: bool,
    log_in_failed: bool,
    /// Dated lists of updates that settle it: when each was taken, who gave it, and whether it held a fix.
    lists: Vec<(Timestamp, ObservationId, bool)>,
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

    /// A list that holds a fix, or a whole one that does not.
    fn updates(&mut self, id: ObservationId, moment: Option<Timestamp>, list: &UpdateList) {
        self.inventoried = true;
        let (product, build) = self.system_of_list(id);
        let fixes: BTreeSet<Kb> = list
            .updates
            .iter()
            .map(|update| update.kb)
            .filter(|kb| self.catalogue.closes_ms17_010(*kb, product))
            .collect();
        let waits = fixes.iter().all(|kb| self.awaiting_restart.contains(kb));
        if let Some(kb) = fixes.last().filter(|_| waits) {
            let why = format!("{kb} closes it once the machine has been restarted");
            self.hearing
                .hear_as(id, moment, Method::Inventoried, Truth::Holds, why)
                .lacks = Some(Gap::RestartPending);
            return;
        }
        if let Some(kb) = fixes
            .iter()
            .rev()
            .find(|kb| !self.awaiting_restart.contains(kb))
        {
            let why = self
                .catalogue
                .why_closes(*kb, product)
                .unwrap_or_else(|| format!("{kb} closes it"));
            self.hearing
                .hear_as(id, moment, Method::Inventoried, Truth::Holds, why);
            self.note_day_of_fix(id, moment, list, &fixes);
            self.lists.extend(moment.map(|moment| (moment, id, true)));
            return;
        }
        if self.closed_whatever_is_on(product, build) {
            return;
        }
        match self.why_no_refutation(id, list, product, build) {
            Some(gap) => {
                self.cut |= gap == Gap::ListCut;
                self.tables_end |= gap == Gap::TablesEnd;
                self.system_unknown |= gap == Gap::SystemUnknown;
            }
            None => {
                let why = "its whole list of updates holds neither the fix nor anything that supersedes it";
                self.hearing
                    .hear_as(id, moment, Method::Inventoried, Truth::Fails, why)
                    .speaks_for = Some(self.estate.options.missing_speaks_for);
                self.lists.extend(moment.map(|moment| (moment, id, false)));
            }
        }
    }

    /// A fix that waits for a restart: it is shown against, and decides nothing, for another fix may be in effect.
    fn waiting(&mut self, observation: Observation<'_>, kb: Kb) {
        if self.awaiting_restart.contains(&kb) && self.catalogue.closes_ms17_010(kb, self.product) {
            let why = format!("{kb} waits for a restart");
            self.hearing.hear(observation, Truth::Fails, why).lacks = Some(Gap::RestartPending);
        }
    }

    /// The system that a list of updates belongs to: the one of its own statement, else the newest that was seen.
    fn system_of_list(&self, id: ObservationId) -> RanSystem {
        let own = self.systems.by_statement.get(&(id.reading, id.statement));
        let newest = self.systems.newest.map(|(_, ran)| ran);
        own.copied().or(newest).unwrap_or((self.product, None))
    }

    fn closed_whatever_is_on(&self, product: Product, build: Option<Build>) -> bool {
        self.catalogue.ms17_010_in_scope(product, build) == Some(false)
            || build.and_then(|build| self.catalogue.build_closes_ms17_010(product, build))
                == Some(true)
    }

    /// What keeps a list without a fix from refuting: nothing says that it is whole, its system may not be in scope, or it
    /// holds updates of which the tables do not know whether they hold the fix.
    fn why_no_refutation(
        &self,
        id: ObservationId,
        list: &UpdateList,
        product: Product,
        build: Option<Build>,
    ) -> Option<Gap> {
        let source = &self.estate.readings[id.reading as usize].source;
        if source.extent != SourceExtent::Whole || list.extent != ListExtent::Whole {
            return Some(Gap::ListCut);
        }
        if self.catalogue.ms17_010_in_scope(product, build) != Some(true) {
            return Some(Gap::SystemUnknown);
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
        unsettled.then_some(Gap::TablesEnd)
    }

    /// Only the fixes of March 2017 themselves: a newer rollup that is missing does not mean that an older one is.
    fn is_a_first_fix(&self, kb: Kb) -> bool {
        self.catalogue.is_march_2017_fix(kb)
    }

    /// A list that names the day on which it got a fix: that the flaw was there before is over.
    fn note_day_of_fix(
        &mut self,
        id: ObservationId,
        moment: Option<Timestamp>,
        list: &UpdateList,
        fixes: &BTreeSet<Kb>,
    ) {
        let first = list
            .updates
            .iter()
            .filter(|update| fixes.contains(&update.kb))
            .filter_map(|update| update.installed_on)
            .min();
        let start = first
            .and_then(|day| day.to_zoned(TimeZone::UTC).ok())
            .map(|start| start.timestamp());
        // A day after the list itself was misread.
        let start = start.filter(|start| moment.is_none_or(|moment| *start <= moment));
        if let Some(start) = start {
            self.hearing.mended(id, start);
        }
    }

    /// A fix that a list holds and the whole one before it did not was put on in between.
    fn note_fixes_put_on(&mut self) {
        let mut lists = std::mem::take(&mut self.lists);
        lists.sort_unstable();
        for pair in lists.windows(2) {
            if let [(_, _, false), (moment, id, true)] = pair {
                self.hearing.mended(*id, *moment);
            }
        }
    }

    fn gap(&self) -> Gap {
        if self.tables_end {
            Gap::TablesEnd
        } else if self.cut {
            Gap::ListCut
        } else if self.log_in_failed {
            Gap::LogInFailed
        } else if self.system_unknown || self.product == Product::Unknown {
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
