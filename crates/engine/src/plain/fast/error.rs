//! Why the fast engine refuses an input.

use thiserror::Error;

use crate::plain::InputError;

/// What is wrong with [`Cells`](crate::plain::fast::Cells), or what in an [`Input`](crate::plain::Input) the fast engine cannot do.
#[derive(Clone, Debug, PartialEq, Error)]
#[non_exhaustive]
pub enum FastError {
    /// The plain engine would refuse it too.
    #[error(transparent)]
    Input(#[from] InputError),
    /// The plain engine can simulate it, this one cannot.
    #[error("the fast engine does not support {feature}")]
    Unsupported {
        /// What it does not support, in the plural.
        feature: &'static str,
    },
    /// The number of classes is not in its range.
    #[error("there are {count} classes of hosts, not between 1 and {limit}")]
    Classes {
        /// How many there are.
        count: usize,
        /// How many there may be.
        limit: usize,
    },
    /// A class's chance of success is not above 0 and at most 1.
    #[error("the chance of success of class {class} is {value}, not above 0 and at most 1")]
    Success {
        /// Which class.
        class: usize,
        /// What it says.
        value: f32,
    },
    /// There is not one count for each class of each network.
    #[error("there are {count} counts of hosts for {networks} networks with {classes} classes")]
    Counts {
        /// How many counts there are.
        count: usize,
        /// How many networks.
        networks: usize,
        /// How many classes.
        classes: usize,
    },
    /// More hosts than this engine can count.
    #[error("there are {count} hosts, at most {limit}")]
    Hosts {
        /// How many there are.
        count: u64,
        /// How many there may be.
        limit: u32,
    },
    /// An entry names a cell that does not exist, or that has fewer hosts than enter.
    #[error("entry {index} names a host of network {network} that is not there")]
    Entry {
        /// Which entry.
        index: usize,
        /// The network it names.
        network: u32,
    },
}
