//! What may speak to what: rules at borders and boundaries, exceptions, and conversations that a scan proved.

mod rules;

pub use rules::{Link, Passage, PortReach, Reach, Rules};
