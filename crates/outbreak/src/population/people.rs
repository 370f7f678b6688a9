//! What organisations do once they notice.

use wardround_engine::{Delay, Organisation, Response, Schedule};

use super::Population;
use crate::scenario::ResponseRule;

/// Monday to Friday, 08:00 to 18:00.
pub(super) fn office_hours() -> Schedule {
    Schedule {
        is_on: std::array::from_fn(|hour| hour / 24 < 5 && (8..18).contains(&(hour % 24))),
    }
}

impl Population<'_> {
    /// Every organisation with its response; staff work by the schedule that stands at `office`.
    pub(super) fn organisations(
        &self,
        rule: Option<&ResponseRule>,
        office: u16,
    ) -> Vec<Organisation> {
        let mut machines = vec![0u32; self.estate.organisations.len()];
        for (member, count) in &self.census.kinds {
            machines[member.organisation.0 as usize] += count;
        }
        let respond = |machines: u32| {
            rule.map(|rule| {
                let thousands = f64::from(machines) / 1000.0;
                Response {
                    after_infections: Some(rule.after_infections),
                    counts_disabled: rule.counts_disabled,
                    delay: Delay::Fixed(rule.delay_hours),
                    at_hours: rule.warned_at_hours,
                    isolates: rule.isolates,
                    patches_per_hour: rule.patches_per_hour_and_thousand * thousands,
                    rebuilds_per_hour: rule.rebuilds_per_hour_and_thousand * thousands,
                    staff_schedule: rule.works_by_day.then_some(office),
                }
            })
        };
        machines
            .into_iter()
            .map(|machines| Organisation {
                response: respond(machines),
            })
            .collect()
    }
}
