//! Scales with round ticks.

/// Maps values from nought to `top` onto a line of the drawing.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Axis {
    /// The greatest value, at `end`.
    pub(crate) top: f64,
    /// The distance between ticks.
    pub(crate) step: f64,
    /// Where nought lies.
    pub(crate) start: f64,
    /// Where `top` lies.
    pub(crate) end: f64,
}

impl Axis {
    /// An axis whose ticks are 1, 2 or 5 times a power of ten and whose end is a tick.
    pub(crate) fn counts(most: f64, start: f64, end: f64) -> Self {
        let most = if most.is_finite() { most.max(1.0) } else { 1.0 };
        let step = round_step(most / 5.0).max(1.0);
        Self {
            top: (most / step).ceil() * step,
            step,
            start,
            end,
        }
    }

    /// An axis of hours, with ticks where clocks have them.
    pub(crate) fn hours(most: f64, start: f64, end: f64) -> Self {
        let most = if most.is_finite() && most > 0.0 {
            most
        } else {
            1.0
        };
        let step = [0.25, 0.5, 1.0, 2.0, 3.0, 6.0, 12.0, 24.0, 48.0, 168.0]
            .into_iter()
            .find(|step| most / step <= 6.0)
            .unwrap_or_else(|| round_step(most / 5.0));
        Self {
            top: most,
            step,
            start,
            end,
        }
    }

    /// The same axis ending at `top` exactly.
    pub(crate) fn ending_at(self, top: f64) -> Self {
        Self {
            top: top.max(1.0),
            ..self
        }
    }

    /// Where `value` lies; values outside lie at the ends.
    pub(crate) fn place(&self, value: f64) -> f64 {
        let share = if value.is_finite() {
            (value / self.top).clamp(0.0, 1.0)
        } else {
            0.0
        };
        self.start + share * (self.end - self.start)
    }

    /// The values that get a tick, from nought.
    pub(crate) fn ticks(&self) -> Vec<f64> {
        (0..=12)
            .map(|index| f64::from(index) * self.step)
            .take_while(|tick| *tick <= self.top * 1.000_001)
            .collect()
    }
}

/// The least 1, 2 or 5 times a power of ten that is not below `raw`.
fn round_step(raw: f64) -> f64 {
    let power = 10f64.powf(raw.log10().floor());
    [1.0, 2.0, 5.0, 10.0]
        .into_iter()
        .map(|factor| factor * power)
        .find(|step| *step >= raw * 0.999_999)
        .unwrap_or(10.0 * power)
}

#[cfg(test)]
mod tests {
    use super::Axis;

    #[test]
    fn ticks_are_round_and_the_last_one_ends_the_axis() {
        let axis = Axis::counts(2_871.0, 0.0, 100.0);
        assert_eq!(axis.ticks(), [0.0, 1_000.0, 2_000.0, 3_000.0], "{axis:?}");
        assert_eq!(axis.place(3_000.0), 100.0);
        assert_eq!(Axis::counts(4.0, 0.0, 1.0).ticks().last(), Some(&4.0));
        assert_eq!(Axis::counts(f64::NAN, 0.0, 1.0).top, 1.0);
    }

    #[test]
    fn a_day_has_a_tick_every_six_hours() {
        assert_eq!(
            Axis::hours(24.0, 0.0, 1.0).ticks(),
            [0.0, 6.0, 12.0, 18.0, 24.0]
        );
    }
}
