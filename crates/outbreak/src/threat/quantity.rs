//! A number with the ground that it stands on.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// On what a number stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Basis {
    /// A source states it.
    Sourced,
    /// It follows from sourced numbers; the working is shown.
    Derived,
    /// Neither: a range, sampled.
    Assumed,
}

/// A range from which a number is drawn anew in each world; a point where both ends are equal.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Quantity {
    /// The least it may be.
    pub low: f64,
    /// The most it may be.
    pub high: f64,
    /// On what it stands.
    pub basis: Basis,
    /// The reference or the working.
    pub source: String,
}

impl Quantity {
    /// The number at `unit` (0 to 1) of its range: on a logarithmic scale where the range spans a factor of three or more
    /// above zero, else on a linear one.
    #[must_use]
    pub fn at(&self, unit: f64) -> f64 {
        if spans_three(self.low, self.high) {
            self.low * (self.high / self.low).powf(unit)
        } else {
            self.low + (self.high - self.low) * unit
        }
    }

    /// Whether it is a sound range within `least..=most`.
    pub(crate) fn is_within(&self, least: f64, most: f64) -> bool {
        self.low.is_finite()
            && self.high.is_finite()
            && least <= self.low
            && self.low <= self.high
            && self.high <= most
    }

    /// The range in words: `3,600 to 36,000`.
    #[must_use]
    pub fn words(&self) -> String {
        if (self.high - self.low).abs() < f64::EPSILON {
            plain(self.low)
        } else {
            format!("{} to {}", plain(self.low), plain(self.high))
        }
    }
}

/// Whether a range spans a factor of three or more above zero; exactly three counts, whatever binary fractions make of it.
pub(crate) fn spans_three(low: f64, high: f64) -> bool {
    low > 0.0 && high >= 3.0 * low * (1.0 - 1e-9)
}

/// A number without needless digits, thousands apart.
pub(crate) fn plain(value: f64) -> String {
    if value.abs() < 1000.0 {
        return format!("{value}");
    }
    let digits = format!("{value:.0}");
    let mut grouped = String::new();
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index) % 3 == 0 {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    grouped
}

#[cfg(test)]
mod tests {
    use super::{Basis, Quantity};

    fn range(low: f64, high: f64) -> Quantity {
        Quantity {
            low,
            high,
            basis: Basis::Assumed,
            source: String::new(),
        }
    }

    #[test]
    fn wide_ranges_are_drawn_on_a_logarithmic_scale() {
        assert!((range(1.0, 100.0).at(0.5) - 10.0).abs() < 1e-9);
        // 3 × 0.2 is a little more than 0.6 in binary fractions.
        assert!((range(0.2, 0.6).at(0.5) - 0.2 * 3f64.sqrt()).abs() < 1e-9);
        assert!((range(0.2, 0.5).at(0.5) - 0.35).abs() < 1e-9);
        assert!((range(0.0, 1.0).at(0.25) - 0.25).abs() < 1e-9);
    }

    #[test]
    fn words_have_no_needless_digits() {
        assert_eq!(range(3600.0, 36000.0).words(), "3,600 to 36,000");
        assert_eq!(range(0.0, 0.0).words(), "0");
    }
}
