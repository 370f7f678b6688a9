//! How machines come back into service.

/// A law by which the share of machines that are back grows with the time since they went.
///
/// None are back for a delay; then they come back at a constant pace until most are; the rest come back at a constant, slower
/// pace. The shape is that of the one recovery whose days are known (95 % by day 7, all by day 10).
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Recovery {
    /// Hours before the first is back.
    pub delay_hours: f64,
    /// Hours until most are.
    pub most_by_hours: f64,
    /// How many most are: a share.
    pub most_share: f64,
    /// Hours until all are.
    pub all_by_hours: f64,
}

impl Recovery {
    /// The same law in a share of its times.
    #[must_use]
    pub fn within(self, factor: f64) -> Self {
        Self {
            delay_hours: self.delay_hours * factor,
            most_by_hours: self.most_by_hours * factor,
            most_share: self.most_share,
            all_by_hours: self.all_by_hours * factor,
        }
    }

    /// The share of machines that are still out so many hours after they went.
    #[must_use]
    pub fn still_out(&self, hours: f64) -> f64 {
        if hours <= self.delay_hours {
            1.0
        } else if hours < self.most_by_hours {
            let passed = (hours - self.delay_hours) / (self.most_by_hours - self.delay_hours);
            1.0 - self.most_share * passed
        } else if hours < self.all_by_hours {
            let left = (self.all_by_hours - hours) / (self.all_by_hours - self.most_by_hours);
            (1.0 - self.most_share) * left
        } else {
            0.0
        }
    }

    /// The hours that one machine is out, on average, until so many hours after it went: the integral of
    /// [`Recovery::still_out`].
    #[must_use]
    pub fn hours_out(&self, hours: f64) -> f64 {
        if hours <= 0.0 {
            return 0.0;
        }
        let knots = [
            self.delay_hours,
            self.most_by_hours.max(self.delay_hours),
            self.all_by_hours.max(self.most_by_hours),
        ];
        let mut from = 0.0;
        let mut sum = 0.0;
        for knot in knots {
            let to = knot.min(hours);
            if to > from {
                // The law is straight between its knots, so the middle tells the mean.
                sum += (to - from) * self.still_out(f64::midpoint(from, to));
                from = to;
            }
        }
        sum
    }
}

#[cfg(test)]
mod tests {
    use super::Recovery;

    const KNOWN: Recovery = Recovery {
        delay_hours: 24.0,
        most_by_hours: 168.0,
        most_share: 0.95,
        all_by_hours: 240.0,
    };

    #[test]
    fn most_are_back_by_day_seven_and_all_by_day_ten() {
        assert!((KNOWN.still_out(24.0) - 1.0).abs() < 1e-12);
        assert!((KNOWN.still_out(168.0) - 0.05).abs() < 1e-12);
        assert!(KNOWN.still_out(240.0).abs() < 1e-12);
    }

    #[test]
    fn hours_out_are_the_integral() {
        for until in [10.0, 24.0, 100.0, 168.0, 200.0, 240.0, 400.0] {
            let steps = 100_000;
            let step = until / f64::from(steps);
            let sum: f64 = (0..steps)
                .map(|number| KNOWN.still_out((f64::from(number) + 0.5) * step) * step)
                .sum();
            assert!((KNOWN.hours_out(until) - sum).abs() < 1e-3, "{until}");
        }
    }
}
