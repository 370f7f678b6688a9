//! How many hours of a span something is on by a weekly schedule.

use crate::Schedule;

/// Hours of a week.
pub(crate) const WEEK: f64 = 168.0;

/// A schedule with its running total.
#[derive(Clone, Debug)]
pub(crate) struct OnHours {
    pub(crate) is_on: [bool; 168],
    /// The hours that are on before each hour of the week, and in the whole of it.
    before: [f64; 169],
}

impl OnHours {
    pub(crate) fn new(schedule: &Schedule) -> Self {
        let mut before = [0.0; 169];
        for (hour, &is_on) in schedule.is_on.iter().enumerate() {
            before[hour + 1] = before[hour] + f64::from(u8::from(is_on));
        }
        Self {
            is_on: schedule.is_on,
            before,
        }
    }

    /// Hours that are on between two moments, counted from Monday 00:00 of some week, not negative.
    pub(crate) fn between(&self, from: f64, to: f64) -> f64 {
        if to > from {
            self.until(to) - self.until(from)
        } else {
            0.0
        }
    }

    fn until(&self, hours: f64) -> f64 {
        let weeks = (hours / WEEK).floor();
        let rest = hours - weeks * WEEK;
        let hour = (rest as usize).min(167);
        let within = if self.is_on[hour] {
            rest - hour as f64
        } else {
            0.0
        };
        weeks * self.before[168] + self.before[hour] + within
    }
}

/// When the hours of the week change: moments since time 0.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Clock {
    /// The hour of the week at time 0.
    start: f64,
}

impl Clock {
    pub(crate) fn new(start_hour_of_week: f64) -> Self {
        Self {
            start: start_hour_of_week,
        }
    }

    /// The hour of the week at time 0, whole.
    pub(crate) fn first_hour(self) -> usize {
        self.start as usize
    }

    /// When the hour of the week changes for the nth time, from 0 on.
    pub(crate) fn change_hours(self, number: u32) -> f64 {
        self.start.floor() - self.start + f64::from(number + 1)
    }

    /// Which hour of the week begins then.
    pub(crate) fn hour_after(self, number: u32) -> usize {
        (self.first_hour() + 1 + number as usize) % 168
    }

    /// A moment since time 0, counted from Monday 00:00.
    pub(crate) fn of_week(self, hours: f64) -> f64 {
        self.start + hours
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hours_on_are_counted_within_and_across_weeks() {
        let mut is_on = [false; 168];
        is_on[9..17].fill(true);
        let office = OnHours::new(&Schedule { is_on });
        assert_eq!(office.between(0.0, 9.5), 0.5);
        assert_eq!(office.between(16.25, 168.0), 0.75);
        assert_eq!(office.between(10.0, 10.0 + 168.0 * 3.0), 24.0);
        assert_eq!(office.between(5.0, 4.0), 0.0);
    }

    #[test]
    fn the_clock_changes_at_whole_hours_of_the_week() {
        let clock = Clock::new(167.25);
        assert_eq!(clock.change_hours(0), 0.75);
        assert_eq!((clock.hour_after(0), clock.hour_after(24)), (0, 24));
        assert_eq!(Clock::new(5.0).change_hours(0), 1.0);
    }
}
