//! What may speak to what: rules at borders and boundaries, exceptions, and pairs that a scan or a conversation proved.

mod rules;

pub use rules::{Link, Passage, PortReach, Reach, Rules};
