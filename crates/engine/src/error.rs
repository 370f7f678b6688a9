//! Why an input is refused.

use thiserror::Error;

/// What is wrong with an [`Input`](crate::Input), naming the thing by its position.
#[derive(Clone, Debug, PartialEq, Error)]
#[non_exhaustive]
pub enum InputError {
    /// More of something than the engine can number, or fewer than it needs.
    #[error("the input has {count} {what}, not between {least} and {most}")]
    Count {
        /// What there are too many or too few of.
        what: &'static str,
        /// How many there are.
        count: usize,
        /// How many there must be.
        least: usize,
        /// How many there may be.
        most: usize,
    },
    /// A number is not in the range that its field states.
    #[error("{what} of {of} {index} is {value}, not between {least} and {most}")]
    Range {
        /// What the number is.
        what: &'static str,
        /// What it belongs to.
        of: &'static str,
        /// Which one.
        index: usize,
        /// What it says.
        value: f64,
        /// The least that is accepted.
        least: f64,
        /// The most that is accepted.
        most: f64,
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
        host: u32,
        /// Which network.
        network: u32,
    },
    /// Further attachments are not in order of their hosts, or a host has one and no network of its own.
    #[error(
        "further attachment {index} is out of order, or its host {host} has no network of its own"
    )]
    Attachment {
        /// Which one.
        index: usize,
        /// The host it names.
        host: u32,
    },
    /// A class does not say how open it is to each vector, or what it carries.
    #[error(
        "class {class} has {openings} openings and carries {carries} vectors; there are {vectors}"
    )]
    ClassVectors {
        /// Which class.
        class: usize,
        /// How many openings it has.
        openings: usize,
        /// For how many vectors it says whether they are carried.
        carries: usize,
        /// How many vectors there are.
        vectors: usize,
    },
    /// The class that a class is patched into differs in more than closed openings.
    #[error(
        "class {class} is patched into class {patched}, which differs in more than closed openings"
    )]
    Patched {
        /// Which class.
        class: usize,
        /// What it is patched into.
        patched: u16,
    },
    /// A contact leads from a host to itself.
    #[error("contact {contact} leads from host {host} to itself")]
    Itself {
        /// Which contact.
        contact: usize,
        /// The host.
        host: u32,
    },
    /// A delay has numbers that no duration can have.
    #[error("the {which} is negative, not finite, or its bounds are in the wrong order")]
    Delay {
        /// Which delay.
        which: &'static str,
    },
    /// Steps of pressure are not in order of time.
    #[error("step {step} of the pressure from outside is not after the one before")]
    PressureOrder {
        /// Which step.
        step: usize,
    },
    /// A host is an entry twice.
    #[error("the entries name host {host} twice")]
    EntryTwice {
        /// Which host.
        host: u32,
    },
    /// What an input asks for is more than this sampler can count.
    #[error("this sampler does not support {feature}")]
    Unsupported {
        /// What it does not support, in the plural.
        feature: &'static str,
    },
}
