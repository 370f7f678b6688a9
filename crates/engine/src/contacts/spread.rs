//! How an outbreak spreads along contacts, in plain terms.

use thiserror::Error;

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

/// Who is infected at time 0.
#[derive(Clone, Debug, PartialEq)]
pub enum Entries {
    /// These hosts, each once.
    These(Vec<u32>),
    /// So many different hosts, drawn anew for each replicate.
    Drawn(u32),
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
    /// Nobody is infected at time 0.
    #[error("the entries name no host")]
    NoEntry,
    /// More entries than hosts.
    #[error("{entries} entries are to be drawn from {hosts} hosts")]
    TooManyEntries {
        /// How many entries.
        entries: u32,
        /// How many hosts.
        hosts: u32,
    },
    /// An entry that does not exist.
    #[error("the entries name host {host}, but there are only {hosts}")]
    UnknownEntry {
        /// The host named.
        host: u32,
        /// How many there are.
        hosts: u32,
    },
    /// A host is an entry twice.
    #[error("the entries name host {host} twice")]
    EntryTwice {
        /// Which host.
        host: u32,
    },
}
