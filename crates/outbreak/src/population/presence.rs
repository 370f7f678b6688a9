//! Which machines are switched on when: the numbers of `data/presence.toml`, as strata of machines.

use serde::Deserialize;
use wardround_engine::Schedule;
use wardround_evidence::Role;

/// The shares of machines that are switched on. All of them are assumed.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PresenceRules {
    /// Users' workstations and machines of unknown role.
    pub workstation: OnShares,
    /// Medical devices.
    pub clinical: OnShares,
}

/// The share that is on, 0 to 1, by time of the week.
#[derive(Clone, Copy, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct OnShares {
    /// 08:00 to 18:00 from Monday to Friday.
    pub office: f64,
    /// 06:00 to 08:00 and 18:00 to 22:00 on these days.
    pub evening: f64,
    /// The rest of these days.
    pub night: f64,
    /// Saturday and Sunday.
    pub weekend: f64,
}

impl OnShares {
    /// The share in an hour of the week, Monday 00:00 being 0.
    #[must_use]
    pub const fn at(&self, hour_of_week: usize) -> f64 {
        if hour_of_week / 24 >= 5 {
            return self.weekend;
        }
        match hour_of_week % 24 {
            8..18 => self.office,
            6..8 | 18..22 => self.evening,
            _ => self.night,
        }
    }

    /// The shares that occur, each once, ascending.
    fn levels(&self) -> Vec<f64> {
        let mut levels = vec![self.office, self.evening, self.night, self.weekend];
        levels.sort_by(f64::total_cmp);
        levels.dedup();
        levels
    }
}

impl PresenceRules {
    /// The shares that come with wardround.
    #[must_use]
    pub fn built_in() -> Self {
        toml::from_str(include_str!("../../data/presence.toml"))
            .expect("a test reads the built-in shares")
    }

    const fn of(&self, role: Option<Role>) -> Option<&OnShares> {
        match role {
            None | Some(Role::Workstation) => Some(&self.workstation),
            Some(Role::Clinical) => Some(&self.clinical),
            Some(Role::Server | Role::DomainController | Role::Appliance) => None,
        }
    }
}

/// The strata of each kind of role. A machine has one number between 0 and 1 and is on in the hours in which the share
/// exceeds it, so machines between two levels keep the same hours.
#[derive(Clone, Debug, Default)]
pub(super) struct Strata {
    /// Workstations', then medical devices': the levels, and the schedule of the stratum below each.
    rows: Vec<(Vec<f64>, u16)>,
    pub(super) schedules: Vec<Schedule>,
}

impl Strata {
    pub(super) fn new(rules: &PresenceRules) -> Self {
        let mut strata = Self::default();
        for shares in [&rules.workstation, &rules.clinical] {
            let levels = shares.levels();
            let first = u16::try_from(strata.schedules.len()).unwrap_or(u16::MAX);
            // A stratum lies below each level, and the last above all of them: its machines are never on.
            let least = levels.iter().copied().map(Some).chain([None]);
            strata.schedules.extend(least.map(|least| Schedule {
                is_on: std::array::from_fn(|hour| {
                    least.is_some_and(|least| shares.at(hour) >= least)
                }),
            }));
            strata.rows.push((levels, first));
        }
        strata
    }

    /// The row of a role; none for machines that are always on.
    pub(super) fn row(rules: &PresenceRules, role: Option<Role>) -> Option<usize> {
        let shares = rules.of(role)?;
        Some(usize::from(!std::ptr::eq(shares, &rules.workstation)))
    }

    /// The schedule of the stratum of a row in which a number lies.
    #[inline]
    pub(super) fn of(&self, row: usize, number: f64) -> u16 {
        let (levels, first) = &self.rows[row];
        let above = levels.partition_point(|level| *level <= number);
        first + u16::try_from(above).unwrap_or(u16::MAX)
    }
}

#[cfg(test)]
mod tests {
    use super::{PresenceRules, Strata};

    #[test]
    fn the_share_that_is_on_is_the_stated_one_in_every_hour() {
        let rules = PresenceRules::built_in();
        let strata = Strata::new(&rules);
        for (row, shares) in [&rules.workstation, &rules.clinical]
            .into_iter()
            .enumerate()
        {
            for hour in 0..168 {
                let machines = 10_000;
                let on = (0..machines)
                    .filter(|machine| {
                        let number = (f64::from(*machine) + 0.5) / f64::from(machines);
                        let schedule = strata.of(row, number);
                        strata.schedules[usize::from(schedule)].is_on[hour]
                    })
                    .count();
                let share = on as f64 / f64::from(machines);
                assert!(
                    (share - shares.at(hour)).abs() < 1e-3,
                    "{row} {hour}: {share}"
                );
            }
        }
    }
}
