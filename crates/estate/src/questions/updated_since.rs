//! Does a machine have a cumulative update released on or after a day? From its build, its updates, or its support having
//! ended before.

use jiff::civil::Date;
use jiff::tz::TimeZone;
use jiff::{Span, Timestamp};
use wardround_evidence::{
    Build, Fact, Kb, ListExtent, Method, ObservationId, SourceExtent, System, Truth, UpdateList,
};

use super::Gap;
use super::decide::{Heard, Hearing, Observation, observations};
use super::other_system::other_system;
use super::restart::Waiting;
use crate::estate::{Estate, HostId};
use crate::{BuildDate, Catalogue, Product};

pub(super) fn assess(estate: &Estate, host: HostId, day: Date) -> Heard {
    let start = day
        .to_zoned(TimeZone::UTC)
        .map_or(Timestamp::MIN, |moment| moment.timestamp());
    let mut hearing = Hearing::new(estate, host);
    if let Some(moment) = other_system(estate, host) {
        hearing.rebuilt_at(moment);
    }
    let waiting = Waiting::of(estate, host, hearing.rebuilt());
    let mut since = Since {
        catalogue: Catalogue::built_in(),
        product: estate.host(host).product,
        hearing,
        estate,
        host,
        day,
        start,
        newest_build: None,
        inventoried: false,
        seen_too_early: false,
        cut: false,
        tables_end: false,
        log_in_failed: false,
        waiting,
    };
    for observation in observations(estate, host) {
        let (id, moment, observed) = observation;
        match &observed.fact {
            Fact::System(system) => since.system(id, moment, observed.method, system),
            Fact::Updates(list) => since.updates(observation, list),
            Fact::UpdateMissing(kb) => {
                since.inventoried = true;
                let released = since.catalogue.released(*kb);
                if released.is_some_and(|released| released < day)
                    && since.catalogue.is_cumulative(*kb) == Some(true)
                {
                    let why = format!("its agent lists {kb}, an older update, as missing");
                    since.fails(id, moment, observed.method, why);
                }
            }
            Fact::LogInFailed => since.log_in_failed = true,
            _ => {}
        }
    }
    let is_newer = |kb| {
        since
            .catalogue
            .released(kb)
            .is_some_and(|released| released >= day)
    };
    if let Some((id, start)) = since.waiting.took_effect(is_newer) {
        since.hearing.mended(id, start);
    }
    if let Some((_, moment, id)) = since.newest_build {
        since.hearing.mended(id, moment);
    }
    let gap = since.gap();
    since.hearing.decide(gap)
}

struct Since<'a> {
    catalogue: &'static Catalogue,
    product: Product,
    estate: &'a Estate,
    host: HostId,
    hearing: Hearing<'a>,
    day: Date,
    start: Timestamp,
    /// The highest build seen, and when first: an older one seen before is over.
    newest_build: Option<(Build, Timestamp, ObservationId)>,
    inventoried: bool,
    seen_too_early: bool,
    cut: bool,
    tables_end: bool,
    log_in_failed: bool,
    waiting: Waiting,
}

impl Since<'_> {
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
        if product == Product::NotWindows {
            self.hearing
                .hear_as(id, moment, method, Truth::Holds, "it does not run Windows");
            return;
        }
        let ended = self.catalogue.end_of_support(product, system.build);
        // Paid extended updates go on after the end of support: then only what is installed can tell. Where the tables
        // end before the day, a line that had updates in their last weeks is taken to have more.
        let known = self.catalogue.covers_until(product);
        let weeks_before = known.and_then(|known| known.checked_sub(Span::new().days(40)).ok());
        let since = weeks_before.map_or(self.day, |before| before.min(self.day));
        let newest = self.catalogue.newest_released(product);
        let extended = newest.is_some_and(|newest| newest >= since);
        if let Some(ended) = ended.filter(|ended| *ended < self.day && !extended) {
            let why = format!(
                "support for {} ended on {ended}, so no fix exists for it",
                product.words()
            );
            self.hearing.hear_as(id, moment, method, Truth::Fails, why);
            return;
        }
        let Some(build) = system.build.filter(|build| build.revision.is_some()) else {
            return;
        };
        self.inventoried = true;
        self.note_build(id, build, moment);
        let (is_new, when) = match self.catalogue.build_released(product, build) {
            BuildDate::On(day) => (day >= self.day, format!("on {day}")),
            BuildDate::Between(after, _) if after >= self.day => (true, format!("after {after}")),
            BuildDate::After(after) if after >= self.day => (true, format!("after {after}")),
            BuildDate::Between(_, before) if before < self.day => {
                (false, format!("before {before}"))
            }
            BuildDate::Between(..) | BuildDate::After(_) | BuildDate::Unknown => {
                self.tables_end = true;
                return;
            }
        };
        let why = format!("build {build} was released {when}");
        if is_new {
            self.holds(id, moment, method, why);
        } else {
            self.fails(id, moment, method, why);
        }
    }

    /// Several builds of one machine: the highest is the newest, and what was seen before it first appeared is over.
    fn note_build(&mut self, id: ObservationId, build: Build, moment: Option<Timestamp>) {
        let Some(moment) = moment else { return };
        if !self.hearing.may_speak(id) {
            return;
        }
        let stays = self
            .newest_build
            .is_some_and(|(held, first, _)| held > build || held == build && first <= moment);
        if !stays {
            self.newest_build = Some((build, moment, id));
        }
    }

    fn updates(&mut self, observation: Observation<'_>, list: &UpdateList) {
        self.inventoried = true;
        let newest_of = |waiting: bool| {
            let updates = list.updates.iter().map(|update| update.kb);
            updates
                .filter(|kb| self.catalogue.is_cumulative(*kb) == Some(true))
                .filter(|kb| !self.catalogue.is_for_others(*kb, self.product))
                .filter(|kb| self.waiting.holds(*kb) == waiting)
                .filter_map(|kb| Some((self.catalogue.released(kb)?, kb)))
                .max()
        };
        let (newest, waiting) = (newest_of(false), newest_of(true));
        if let Some((released, kb)) = newest.filter(|(released, _)| *released >= self.day) {
            let why = format!("{kb} of {released} is on");
            self.hearing.hear(observation, Truth::Holds, why);
            return;
        }
        if let Some((_, kb)) = waiting.filter(|(released, _)| *released >= self.day) {
            let why = format!("{kb} is on once the machine has been restarted");
            self.hearing.hear(observation, Truth::Holds, why).lacks = Some(Gap::RestartPending);
            return;
        }
        self.no_newer(observation, list, newest);
    }

    /// A list without an update of the day or later: a whole one refutes by the newest that it holds.
    fn no_newer(
        &mut self,
        observation: Observation<'_>,
        list: &UpdateList,
        newest: Option<(Date, Kb)>,
    ) {
        let (id, moment, observed) = observation;
        let source_cut =
            self.estate.readings[id.reading as usize].source.extent != SourceExtent::Whole;
        if source_cut || list.extent != ListExtent::Whole {
            self.cut = true;
            return;
        }
        let newest_known = self.catalogue.newest_number(self.product);
        let beyond = list
            .updates
            .iter()
            .any(|update| newest_known.is_none_or(|newest| update.kb > newest));
        let covered = self
            .catalogue
            .covers_until(self.product)
            .is_some_and(|until| until >= self.day);
        let is_unknown = self.product == Product::Unknown;
        if beyond || !covered && !is_unknown {
            self.tables_end = true;
            return;
        }
        let lacks = match newest {
            _ if is_unknown => Gap::SystemUnknown,
            // Some get the same fixes singly, month by month.
            None => Gap::NothingSaid,
            Some((released, kb)) => {
                let why =
                    format!("the newest cumulative update on its whole list is {kb} of {released}");
                self.fails(id, moment, observed.method, why);
                return;
            }
        };
        let why = "its whole list holds no cumulative update of the day or later";
        let voice = self.hearing.hear(observation, Truth::Fails, why);
        voice.lacks = Some(lacks);
        voice.unsettles = Some(Gap::Disputed);
    }

    fn holds(&mut self, id: ObservationId, moment: Option<Timestamp>, method: Method, why: String) {
        self.hearing.hear_as(id, moment, method, Truth::Holds, why);
    }

    /// What was seen before the day cannot say what was put on after it.
    fn fails(&mut self, id: ObservationId, moment: Option<Timestamp>, method: Method, why: String) {
        if moment.is_some_and(|moment| moment < self.start) {
            self.seen_too_early = true;
            return;
        }
        self.hearing
            .hear_as(id, moment, method, Truth::Fails, why)
            .speaks_for = Some(self.estate.options.missing_speaks_for);
    }

    fn gap(&self) -> Gap {
        if self.tables_end {
            Gap::TablesEnd
        } else if self.seen_too_early {
            Gap::Stale
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
