//! What organisations do once they notice, as the engine wants it.

use wardround_engine::{Delay, Organisation, Response, Schedule};

use super::Population;
use crate::scenario::Scenario;

impl Population<'_> {
    /// The organisations with the scenario's response, whose staff work by the schedule that is added for them.
    pub(super) fn organisations(
        &self,
        scenario: &Scenario,
        schedules: &mut Vec<Schedule>,
    ) -> Vec<Organisation> {
        let count = self.estate.organisations.len();
        let Some(rule) = &scenario.response else {
            return vec![Organisation::default(); count];
        };
        let staff_schedule = rule.works_by_day.then(|| {
            schedules.push(Schedule {
                is_on: std::array::from_fn(|hour| hour / 24 < 5 && (8..18).contains(&(hour % 24))),
            });
            schedules.len() as u16 - 1
        });
        let mut machines = vec![0u32; count];
        for host in &self.estate.hosts {
            machines[host.organisation.0 as usize] += 1;
        }
        machines
            .into_iter()
            .map(|machines| {
                // A small organisation has a pair of hands too, but no more machines than it has.
                let thousands = f64::from(machines) / 1000.0;
                Organisation {
                    response: Some(Response {
                        after_infections: Some(rule.after_infections),
                        delay: Delay::Fixed(rule.delay_hours),
                        at_hours: rule.warned_at_hours,
                        isolates: rule.isolates,
                        patches_per_hour: rule.patches_per_hour_and_thousand * thousands,
                        rebuilds_per_hour: rule.rebuilds_per_hour_and_thousand * thousands,
                        staff_schedule,
                    }),
                }
            })
            .collect()
    }
}
