//! Three-valued truth, and verdicts with the observations behind them.

use crate::Method;

/// Whether a safeguard is in place, as far as the evidence goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Truth {
    /// The safeguard is there: closed, off, denied.
    Holds,
    /// It is not.
    Fails,
    /// Nothing settles it. Absence of evidence is this, always.
    Unknown,
}

impl Truth {
    /// The word for it in prose.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Holds => "holds",
            Self::Fails => "fails",
            Self::Unknown => "unknown",
        }
    }

    /// Whether evidence settles the question.
    #[must_use]
    pub fn is_settled(self) -> bool {
        self != Self::Unknown
    }

    /// Any one safeguard suffices: holds if one holds, fails only if all fail (Kleene's strong disjunction).
    #[must_use]
    pub fn any(truths: impl IntoIterator<Item = Self>) -> Self {
        let mut all_fail = true;
        for truth in truths {
            match truth {
                Self::Holds => return Self::Holds,
                Self::Unknown => all_fail = false,
                Self::Fails => {}
            }
        }
        if all_fail { Self::Fails } else { Self::Unknown }
    }

    /// Every safeguard is needed: fails if one fails, holds only if all hold (Kleene's strong conjunction).
    #[must_use]
    pub fn all(truths: impl IntoIterator<Item = Self>) -> Self {
        let mut all_hold = true;
        for truth in truths {
            match truth {
                Self::Fails => return Self::Fails,
                Self::Unknown => all_hold = false,
                Self::Holds => {}
            }
        }
        if all_hold { Self::Holds } else { Self::Unknown }
    }
}

/// One observation, named by where it stands in the evidence of a round.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ObservationId {
    /// Index of the reading.
    pub reading: u32,
    /// Index of the statement within the reading.
    pub statement: u32,
    /// Index of the observed fact within the statement.
    pub fact: u16,
}

/// What the evidence supports on one question about one host.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Verdict {
    /// The answer.
    pub truth: Truth,
    /// Why, in one plain sentence that names no host.
    pub reason: String,
    /// The method of the deciding observation, where one decided.
    pub method: Option<Method>,
    /// Observations that speak for *holds*, deciding one first.
    pub supporting: Vec<ObservationId>,
    /// Observations that speak for *fails*, deciding one first.
    pub opposing: Vec<ObservationId>,
    /// Whether observations contradict each other: equally good ones, or a weaker one that is newer.
    pub disputed: bool,
    /// Whether it rests only on the machine's word about itself.
    pub self_reported: bool,
}

impl Verdict {
    /// A verdict that nothing speaks to.
    #[must_use]
    pub fn unknown(reason: impl Into<String>) -> Self {
        Self {
            truth: Truth::Unknown,
            reason: reason.into(),
            method: None,
            supporting: Vec::new(),
            opposing: Vec::new(),
            disputed: false,
            self_reported: false,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Truth as T;
    use super::Truth::{Fails, Holds, Unknown};

    #[test]
    fn one_safeguard_that_holds_is_enough() {
        assert_eq!(T::any([Fails, Unknown, Holds]), Holds);
        assert_eq!(T::any([Fails, Fails]), Fails);
        assert_eq!(T::any([Fails, Unknown]), Unknown);
    }

    #[test]
    fn all_needs_every_one() {
        assert_eq!(T::all([Holds, Unknown, Fails]), Fails);
        assert_eq!(T::all([Holds, Unknown]), Unknown);
        assert_eq!(T::all([Holds, Holds]), Holds);
    }
}
