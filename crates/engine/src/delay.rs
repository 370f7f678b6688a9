//! How long something takes.

use crate::draws::Draws;

/// The law of a duration, in hours.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Delay {
    /// Always this many hours, 0 or more.
    Fixed(f64),
    /// Exponential: no memory.
    Exponential {
        /// The mean in hours, 0 or more.
        mean: f64,
    },
    /// Any duration between two bounds alike.
    Uniform {
        /// The shortest, in hours, 0 or more.
        from: f64,
        /// The longest, in hours, not less than `from`.
        to: f64,
    },
}

impl Delay {
    /// Whether its numbers are finite, not negative and in order.
    pub(crate) fn is_valid(self) -> bool {
        let hours = |value: f64| value.is_finite() && value >= 0.0;
        match self {
            Self::Fixed(value) => hours(value),
            Self::Exponential { mean } => hours(mean),
            Self::Uniform { from, to } => hours(from) && hours(to) && from <= to,
        }
    }

    /// Draws one duration, in hours.
    #[inline]
    pub(crate) fn draw(self, draws: &mut Draws) -> f64 {
        match self {
            Self::Fixed(hours) => hours,
            Self::Exponential { mean } => mean * draws.exponential(),
            Self::Uniform { from, to } => from + (to - from) * draws.unit(),
        }
    }
}
