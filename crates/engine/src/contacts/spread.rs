//! How an outbreak spreads along contacts, in plain terms.

use thiserror::Error;

use crate::contacts::{Entries, EntriesError};

/// What spreads, from where and for how long.
#[derive(Clone, Debug, PartialEq)]
pub struct Spread {
    /// Transmissions per contact and hour while its host is active: finite, above 0.
    pub transmissions_per_hour: f64,
    /// From a host's infection to its first possible transmission.
    pub latency: Period,
    /// How long a host is active after that; `None` is for ever.
    pub active: Option<Period>,
    /// Who is infected at time 0.
    pub entries: Entries,
    /// When to stop: finite, above 0.
    pub horizon_hours: f64,
}

/// The law of a duration.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Period {
    /// Always this many hours: finite, 0 or more.
    Fixed(f64),
    /// Exponential, which has no memory.
    Exponential {
        /// The mean: finite, 0 or more.
        mean_hours: f64,
    },
}

/// What is wrong with a [`Spread`].
#[derive(Clone, Debug, PartialEq, Error)]
#[non_exhaustive]
pub enum SpreadError {
    /// A number is not in its range.
    #[error("{what} is {value}, which is not {range}")]
    Range {
        /// Which number.
        what: &'static str,
        /// What it says.
        value: f64,
        /// What it should be.
        range: &'static str,
    },
    /// The rate is so high beside the horizon that times would come out coarse.
    #[error(
        "{transmissions} transmissions per contact until the horizon are too many to tell apart, \
         at most {limit}: shorten the horizon"
    )]
    TooFast {
        /// The highest rate times the horizon.
        transmissions: f64,
        /// The most that is accepted.
        limit: f64,
    },
    /// Its entries cannot be infected.
    #[error(transparent)]
    Entries(#[from] EntriesError),
}
