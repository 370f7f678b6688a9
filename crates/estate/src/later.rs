//! What undated statements tell of when they were made: they cannot name what was not there yet.

use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use wardround_evidence::{Fact, Kb, Statement, System};

use crate::{BuildDate, Catalogue, Product};

/// Whether a statement names an update, a build or an event of a day after a moment's, so that it was made later.
pub(crate) fn is_made_later_than(statement: &Statement, moment: Timestamp) -> bool {
    let day = moment.to_zoned(TimeZone::UTC).date();
    let came_later = |kb: Kb| {
        let released = Catalogue::built_in().released(kb);
        released.is_some_and(|released| released > day)
    };
    statement
        .observed
        .iter()
        .any(|observed| match &observed.fact {
            Fact::Updates(list) => list.updates.iter().any(|update| {
                update.installed_on.is_some_and(|on| on > day) || came_later(update.kb)
            }),
            Fact::UpdateMissing(kb) | Fact::UpdateAwaitingRestart(kb) => came_later(*kb),
            Fact::UpdatesUnknown(updates) | Fact::UpdatesNotApplicable(updates) => {
                updates.iter().any(|kb| came_later(*kb))
            }
            Fact::System(system) => is_built_later(system, day),
            Fact::InstalledAt(at) | Fact::StartedAt(at) => *at > moment,
            _ => false,
        })
}

fn is_built_later(system: &System, day: Date) -> bool {
    let Some(build) = system.build else {
        return false;
    };
    match Catalogue::built_in().build_released(Product::of(system), build) {
        BuildDate::On(released) => released > day,
        BuildDate::Between(after, _) | BuildDate::After(after) => after >= day,
        BuildDate::Unknown => false,
    }
}
