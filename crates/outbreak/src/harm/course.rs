//! What became of one organisation in one outbreak: machines out of service by group, and times of being cut off.

use super::{Clock, Recovery};

/// The place of users' machines among a course's groups, as default services have them.
pub const USERS: usize = 0;

/// The place of servers.
pub const SERVERS: usize = 1;

/// The place of medical devices and what drives them.
pub const CLINICAL: usize = 2;

/// What became of one organisation.
///
/// Hours count from the beginning of the outbreak. Nothing here need be sorted.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Course {
    /// Its machines by what depends on them: [`USERS`], [`SERVERS`], [`CLINICAL`], then any others. A machine may be in
    /// several.
    pub groups: Vec<Group>,
    /// When it was cut off from everybody else, by itself, whether it was infected or took precautions.
    pub cuts: Vec<Cut>,
    /// The hour from which machines come back by the law of their group: 0 where each does from its own failure; the
    /// horizon where the outbreak itself tells of machines rebuilt until then, as changes below zero.
    pub recovers_from_hours: f64,
}

/// Machines that are one thing to those who depend on them.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Group {
    /// How many there are.
    pub machines: u32,
    /// How their number out of service changed.
    pub changes: Vec<Change>,
    /// How they come back; `None`: not at all.
    pub recovery: Option<Recovery>,
}

/// More machines out of service, or fewer.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Change {
    /// When.
    pub hours: f64,
    /// How many more are out; below zero they are back, which only changes before [`Course::recovers_from_hours`] may be.
    pub machines: i32,
}

/// A time of being cut off.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Cut {
    /// Its beginning.
    pub from_hours: f64,
    /// Its end.
    pub until_hours: f64,
}

/// What a course comes to in each hour that a clock counts.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct OutShares {
    /// For each group, the share of its machines that are out, as a mean of the hour.
    pub groups: Vec<Vec<f64>>,
    /// The share of the hour for which it is cut off.
    pub cut_off: Vec<f64>,
}

impl Course {
    /// Whether nothing became of it.
    #[must_use]
    pub fn is_untouched(&self) -> bool {
        self.groups.iter().all(|group| group.changes.is_empty()) && self.cuts.is_empty()
    }

    /// Its course hour by hour.
    #[must_use]
    pub fn shares(&self, clock: &Clock) -> OutShares {
        let groups = self.groups.iter();
        OutShares {
            groups: groups
                .map(|group| group.shares(clock, self.recovers_from_hours))
                .collect(),
            cut_off: self.cut_off(clock),
        }
    }

    /// Cuts may overlap: an hour is cut off where any of them covers it.
    fn cut_off(&self, clock: &Clock) -> Vec<f64> {
        let mut cuts = self.cuts.clone();
        cuts.sort_by(|one, other| one.from_hours.total_cmp(&other.from_hours));
        let mut apart: Vec<Cut> = Vec::new();
        for cut in cuts {
            match apart.last_mut() {
                Some(last) if cut.from_hours <= last.until_hours => {
                    last.until_hours = last.until_hours.max(cut.until_hours);
                }
                _ => apart.push(cut),
            }
        }
        let mut shares = vec![0.0; clock.hours()];
        for cut in apart {
            for (share, from) in shares.iter_mut().zip(hours_from(clock)) {
                let overlap = cut.until_hours.min(from + 1.0) - cut.from_hours.max(from);
                *share += overlap.clamp(0.0, 1.0);
            }
        }
        shares.iter_mut().for_each(|share| *share = share.min(1.0));
        shares
    }
}

impl Group {
    /// The share of its machines that are out in each hour, as a mean of the hour; machines that failed together come back
    /// as their law says on average.
    pub(super) fn shares(&self, clock: &Clock, recovers_from_hours: f64) -> Vec<f64> {
        let mut out = vec![0.0; clock.hours()];
        if self.machines == 0 || self.changes.is_empty() {
            return out;
        }
        for change in &self.changes {
            let machines = f64::from(change.machines);
            let from = recovers_from_hours.max(change.hours);
            // Machine-hours out until some hour, of one machine: all until recovery begins, then as the law says.
            let until = |hours: f64| {
                let whole = hours.min(from) - change.hours;
                let later = (hours - from).max(0.0);
                whole.max(0.0)
                    + self
                        .recovery
                        .map_or(later, |recovery| recovery.hours_out(later))
            };
            let mut before = 0.0;
            for (sum, hour) in out.iter_mut().zip(hours_from(clock)) {
                if hour + 1.0 > change.hours {
                    let after = until(hour + 1.0);
                    *sum += machines * (after - before);
                    before = after;
                }
            }
        }
        let all = f64::from(self.machines);
        out.iter_mut()
            .for_each(|machines| *machines = (*machines / all).clamp(0.0, 1.0));
        out
    }
}

/// When each hour of the clock begins, counted from the beginning of the outbreak.
fn hours_from(clock: &Clock) -> impl Iterator<Item = f64> {
    let start = clock.start_hour_of_day();
    (0..clock.hours()).map(move |hour| hour as f64 - start)
}

#[cfg(test)]
mod tests {
    use super::{Change, Course, Cut, Group};
    use crate::harm::{Clock, Recovery};

    const SLOW: Recovery = Recovery {
        delay_hours: 10.0,
        most_by_hours: 20.0,
        most_share: 1.0,
        all_by_hours: 20.0,
    };

    #[test]
    fn an_hour_counts_the_part_of_it_for_which_machines_were_out() {
        // It begins at 09:30; half of the machines go a quarter of an hour later.
        let clock = Clock::week(9.5);
        let course = Course {
            groups: vec![Group {
                machines: 10,
                changes: vec![Change {
                    hours: 0.25,
                    machines: 5,
                }],
                recovery: Some(SLOW),
            }],
            ..Course::default()
        };
        let out = &course.shares(&clock).groups[0];
        assert!(out[..9].iter().all(|share| *share == 0.0));
        assert!((out[9] - 0.125).abs() < 1e-12);
        assert!((out[10] - 0.5).abs() < 1e-12);
        assert!((out.iter().sum::<f64>() - 0.5 * 15.0).abs() < 1e-9);
    }

    #[test]
    fn machines_that_the_outbreak_saw_rebuilt_are_not_brought_back_twice() {
        let clock = Clock::week(0.0);
        let change = |hours, machines| Change { hours, machines };
        let course = Course {
            groups: vec![Group {
                machines: 10,
                changes: vec![change(0.0, 4), change(12.0, -3)],
                recovery: Some(SLOW),
            }],
            recovers_from_hours: 24.0,
            ..Course::default()
        };
        let out = &course.shares(&clock).groups[0];
        assert!((out[11] - 0.4).abs() < 1e-12 && (out[30] - 0.1).abs() < 1e-12);
        assert!(out[44..].iter().all(|share| share.abs() < 1e-12));
    }

    #[test]
    fn overlapping_cuts_count_once() {
        let clock = Clock::week(0.0);
        let cut = |from_hours, until_hours| Cut {
            from_hours,
            until_hours,
        };
        let course = Course {
            cuts: vec![cut(5.0, 6.5), cut(2.0, 5.5)],
            ..Course::default()
        };
        let cut_off = course.shares(&clock).cut_off;
        assert!((cut_off.iter().sum::<f64>() - 4.5).abs() < 1e-12);
    }
}
