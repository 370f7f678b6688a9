//! When machines are switched on: the share of each role by hour of the week.
//!
//! Each machine has a number between 0 and 1, drawn once for a world, and is on in the hours whose share is above it. So a
//! role has as many kinds of machine as its shares have levels, and each kind has a fixed schedule.

use wardround_engine::Schedule;
use wardround_evidence::Role;

use crate::scenario::Scenario;

/// The shares of workstations that are on: in working hours, at other times of working days, and at weekends. Assumed.
const WORKSTATIONS: [(f64, Hours); 3] = [
    (0.10, Hours::Always),
    (0.20, Hours::WorkingDays),
    (0.90, Hours::AtWork),
];

/// The hours in which so many are on at least.
#[derive(Clone, Copy, PartialEq)]
enum Hours {
    Always,
    WorkingDays,
    AtWork,
    Never,
}

impl Hours {
    fn schedule(self) -> Schedule {
        let is_on = |hour: usize| {
            let (day, hour) = (hour / 24, hour % 24);
            match self {
                Self::Always => true,
                Self::WorkingDays => day < 5,
                Self::AtWork => day < 5 && (8..18).contains(&hour),
                Self::Never => false,
            }
        };
        Schedule {
            is_on: std::array::from_fn(is_on),
        }
    }
}

const KINDS: [Hours; 4] = [
    Hours::Always,
    Hours::WorkingDays,
    Hours::AtWork,
    Hours::Never,
];

/// Whether and how machines are switched off.
pub(super) struct Presence {
    is_modelled: bool,
}

impl Presence {
    pub(super) const fn new(scenario: &Scenario) -> Self {
        Self {
            is_modelled: scenario.presence,
        }
    }

    /// Which of the schedules a machine has; its number is asked for only where it matters.
    pub(super) fn stratum(&self, role: Option<Role>, number: impl FnOnce() -> f64) -> u8 {
        if !self.is_modelled || role != Some(Role::Workstation) {
            return 0;
        }
        let number = number();
        let level = WORKSTATIONS.iter().position(|&(share, _)| number < share);
        level.unwrap_or(WORKSTATIONS.len()) as u8
    }

    /// The schedules by stratum; none where nothing is ever switched off.
    pub(super) fn schedules(&self) -> Vec<Schedule> {
        if self.is_modelled {
            KINDS.iter().map(|kind| kind.schedule()).collect()
        } else {
            Vec::new()
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_shares_that_are_on_are_those_that_are_stated() {
        let presence = Presence { is_modelled: true };
        let schedules = presence.schedules();
        let count = 10_000;
        let share_on = |hour: usize| {
            let is_on = |number: u32| {
                let unit = (f64::from(number) + 0.5) / f64::from(count);
                let stratum = presence.stratum(Some(Role::Workstation), || unit);
                schedules[usize::from(stratum)].is_on[hour]
            };
            f64::from((0..count).filter(|&number| is_on(number)).count() as u32) / f64::from(count)
        };
        assert_eq!(share_on(24 + 9), 0.9);
        assert_eq!(share_on(24 + 3), 0.2);
        assert_eq!(share_on(6 * 24 + 12), 0.1);
        assert_eq!(presence.stratum(Some(Role::Server), || 0.99), 0);
    }
}
