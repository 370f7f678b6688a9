//! Departments that send patients elsewhere.

use super::HOURS_OF_DAY;

/// The activity of which a service is a department that may divert.
pub const DIVERTS: &str = "ae_attendances";

/// When a department counts as diverting on a day: impaired above a threshold for a share of the day.
///
/// It is read off the impairment of a service and takes no activity by itself.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Diversion {
    /// The impairment above which an hour counts.
    pub impaired_above: f64,
    /// The share of the day's hours that must count.
    pub share_of_day: f64,
}

impl Diversion {
    /// For each whole day of hourly impairments, whether the department diverts.
    #[must_use]
    pub fn days(&self, impairment: &[f64]) -> Vec<bool> {
        impairment
            .chunks_exact(HOURS_OF_DAY)
            .map(|day| {
                let hours = day.iter().filter(|hour| **hour > self.impaired_above);
                let share = hours.count() as f64 / HOURS_OF_DAY as f64;
                share > 0.0 && share >= self.share_of_day
            })
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::Diversion;

    #[test]
    fn a_department_diverts_on_days_that_are_bad_for_long_enough() {
        let rule = Diversion {
            impaired_above: 0.5,
            share_of_day: 0.25,
        };
        let mut hours = vec![0.0; 72];
        hours[10..15].fill(0.9);
        hours[30..36].fill(0.9);
        hours[48..72].fill(0.5);
        assert_eq!(rule.days(&hours), [false, true, false]);
    }
}
