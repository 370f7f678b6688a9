//! Is the SMB flaw of MS17-010 closed? From a test, the build, the updates, or the system being out of scope.

use std::collections::BTreeSet;

use jiff::Timestamp;
use wardround_evidence::{
    Fact, FlawState, Kb, ListExtent, Method, ObservationId, SourceExtent, System, Truth, UpdateList,
};

use super::decide::{Hearing, observations};
use super::{Finding, Gap};
use crate::estate::{Estate, HostId};
use crate::{Catalogue, Product};

pub(super) fn assess(estate: &Estate, host: HostId) -> Finding {
    let mut patch = Patch {
        catalogue: Catalogue::built_in(),
        product: estate.host(host).product,
        hearing: Hearing::new(estate, host),
        estate,
        inventoried: false,
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
            _ => {}
        }
    }
    patch.note_changes();
    let gap = patch.gap();
    patch.hearing.decide(gap)
}

struct Patch<'a> {
    catalogue: &'static Catalogue,
    product: Product,
    estate: &'a Estate,
    hearing: Hearing<'a>,
    inventoried: bool,
    cut: bool,
    tables_end: bool,
    log_in_failed: bool,
    /// When each list of updates was taken, and which fixes it held.
    lists: Vec<(Option<Timestamp>, BTreeSet<Kb>)>,
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
        let sure = system
            .confidence_percent
            .is_none_or(|confidence| confidence >= self.estate.options.guess_confidence_percent);
        let product = Product::of(system);
        if !sure || product == Product::Unknown {
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
        let fixes: BTreeSet<Kb> = list
            .updates
            .iter()
            .map(|update| update.kb)
            .filter(|kb| self.catalogue.closes_ms17_010(*kb, self.product))
            .collect();
        if let Some(kb) = fixes.last() {
            let why = self
                .catalogue
                .why_closes(*kb, self.product)
                .unwrap_or_else(|| format!("{kb} closes it"));
            self.hearing
                .hear_as(id, moment, Method::Inventoried, Truth::Holds, why);
        } else if let Some(gap) = self.why_no_refutation(id, list) {
            self.cut |= gap == Gap::ListCut;
            self.tables_end |= gap == Gap::TablesEnd;
        } else {
            let why =
                "its whole list of updates holds neither the fix nor anything that supersedes it";
            self.hearing
                .hear_as(id, moment, Method::Inventoried, Truth::Fails, why)
                .speaks_for = Some(self.estate.options.missing_speaks_for);
        }
        self.lists.push((moment, fixes));
    }

    /// What keeps a list without a fix from refuting: it is cut, its system is not in scope or not known, or it holds
    /// updates that are newer than the tables.
    fn why_no_refutation(&self, id: ObservationId, list: &UpdateList) -> Option<Gap> {
        let source_cut =
            self.estate.readings[id.reading as usize].source.extent != SourceExtent::Whole;
        if source_cut || matches!(list.extent, ListExtent::Cut { .. }) {
            return Some(Gap::ListCut);
        }
        if !self.product.is_windows() {
            return Some(Gap::SystemUnknown);
        }
        let newest_known = self.catalogue.newest_number(self.product);
        let beyond = list.updates.iter().any(|update| {
            newest_known.is_none_or(|newest| update.kb > newest)
                && self.catalogue.is_cumulative(update.kb).is_none()
        });
        beyond.then_some(Gap::TablesEnd)
    }

    /// Only the fixes of March 2017 themselves: a newer rollup that is missing does not mean that an older one is.
    fn is_a_first_fix(&self, kb: Kb) -> bool {
        self.catalogue.is_march_2017_fix(kb)
    }

    /// A fix that a later list holds and an earlier one does not was put on in between: what was seen before is over.
    fn note_changes(&mut self) {
        let mut dated: Vec<_> = self
            .lists
            .iter()
            .filter_map(|(moment, fixes)| Some(((*moment)?, fixes.is_empty())))
            .collect();
        dated.sort_unstable();
        let changes: Vec<Timestamp> = dated
            .windows(2)
            .filter(|pair| pair[0].1 != pair[1].1)
            .map(|pair| pair[1].0)
            .collect();
        for change in changes {
            self.hearing.changed(change);
        }
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
        } else if self.inventoried {
            Gap::NothingSaid
        } else {
            Gap::NotInventoried
        }
    }
}
