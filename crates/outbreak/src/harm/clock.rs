//! Days and hours of an outbreak as the calendar has them.

/// Hours of a day.
pub const HOURS_OF_DAY: usize = 24;

/// When an outbreak begins in the week, and for how many days its losses are counted.
///
/// Losses are counted by whole days from the midnight before the outbreak begins: what is done on the first day before it
/// counts as done. A week that changes its clocks is not told apart.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Clock {
    /// The hour of the week at which the outbreak begins: Monday 00:00 is 0.
    pub start_hour_of_week: f64,
    /// Days counted, that of the beginning first.
    pub days: u32,
}

impl Clock {
    /// A week from the day on which the outbreak begins.
    #[must_use]
    pub const fn week(start_hour_of_week: f64) -> Self {
        Self {
            start_hour_of_week,
            days: 7,
        }
    }

    /// Hours counted.
    #[must_use]
    pub const fn hours(&self) -> usize {
        self.days as usize * HOURS_OF_DAY
    }

    /// How long the first day is old when the outbreak begins, in hours.
    #[must_use]
    pub fn start_hour_of_day(&self) -> f64 {
        self.start_hour_of_week.rem_euclid(HOURS_OF_DAY as f64)
    }

    /// The weekday of a day that is counted: Monday is 0.
    #[must_use]
    pub fn weekday(&self, day: usize) -> usize {
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "a day of the week lies between 0 and 6"
        )]
        let first = (self.start_hour_of_week.rem_euclid(168.0) / HOURS_OF_DAY as f64) as usize;
        (first + day) % 7
    }
}

#[cfg(test)]
mod tests {
    use super::Clock;

    #[test]
    fn a_friday_morning_is_the_first_of_days_that_go_on_with_a_saturday() {
        let clock = Clock::week(4.0 * 24.0 + 8.4);
        assert!((clock.start_hour_of_day() - 8.4).abs() < 1e-9);
        let weekdays: Vec<usize> = (0..7).map(|day| clock.weekday(day)).collect();
        assert_eq!(weekdays, [4, 5, 6, 0, 1, 2, 3]);
    }
}
