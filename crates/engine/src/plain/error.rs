//! Why an input is refused.

use thiserror::Error;

/// What is wrong with an [`Input`](crate::plain::Input), naming the thing by its position.
#[derive(Clone, Debug, PartialEq, Error)]
#[non_exhaustive]
pub enum InputError {
    /// More of something than the engine can number.
    #[error("the input has too many {what}: {count}, at most {limit}")]
    TooMany {
        /// What there are too many of.
        what: &'static str,
        /// How many there are.
        count: usize,
        /// How many there may be.
        limit: usize,
    },
    /// The number of addresses is not a number of at least 1.
    #[error("{what} {index} has {addresses} addresses, which is not a finite number of at least 1")]
    Addresses {
        /// `realm` or `network`.
        what: &'static str,
        /// Which one.
        index: usize,
        /// What it says.
        addresses: f64,
    },
    /// A network has fewer addresses than hosts attached to it.
    #[error("network {network} has {addresses} addresses for {hosts} hosts")]
    NetworkTooSmall {
        /// Which network.
        network: usize,
        /// What it says.
        addresses: f64,
        /// How many hosts are attached.
        hosts: u32,
    },
    /// A realm has fewer addresses than its networks together.
    #[error("realm {realm} has {addresses} addresses, its networks together {held}")]
    RealmTooSmall {
        /// Which realm.
        realm: usize,
        /// What it says.
        addresses: f64,
        /// How many its networks hold.
        held: f64,
    },
    /// Something names a thing that does not exist.
    #[error("{by} {index} names {what} {named}, but there are only {count}")]
    Unknown {
        /// What names it.
        by: &'static str,
        /// Which one.
        index: usize,
        /// What is named.
        what: &'static str,
        /// The position named.
        named: u32,
        /// How many there are.
        count: usize,
    },
    /// A host is attached to the same network twice.
    #[error("host {host} is attached to network {network} twice")]
    AttachedTwice {
        /// Which host.
        host: usize,
        /// Which network.
        network: u32,
    },
    /// A chance is not between 0 and 1.
    #[error("the chance of {what} of host {host} is {value}, not between 0 and 1")]
    Chance {
        /// `success` or `crash`.
        what: &'static str,
        /// Which host.
        host: usize,
        /// What it says.
        value: f32,
    },
    /// A rate is negative, not a number, or too high.
    #[error("stream {stream} makes {probes_per_hour} probes per hour, not between 0 and {limit}")]
    Rate {
        /// Which stream.
        stream: usize,
        /// What it says.
        probes_per_hour: f64,
        /// The fastest that is accepted.
        limit: f64,
    },
    /// A delay has numbers that no duration can have.
    #[error("the {which} delay is negative, not finite, or its bounds are in the wrong order")]
    Delay {
        /// `latency` or `removal`.
        which: &'static str,
    },
    /// The time from which the kill switch is live is not a number.
    #[error("the kill switch is live from {hours} hours, which is not a finite number")]
    KillSwitch {
        /// What it says.
        hours: f64,
    },
    /// Nobody is infected at time 0.
    #[error("the entries name no host")]
    NoEntry,
    /// A host is an entry twice.
    #[error("the entries name host {host} twice")]
    EntryTwice {
        /// Which host.
        host: u32,
    },
    /// The horizon is not in its range.
    #[error("the horizon is {hours} hours, not above 0 and at most {limit}")]
    Horizon {
        /// What it says.
        hours: f64,
        /// The longest that is accepted.
        limit: f64,
    },
}
