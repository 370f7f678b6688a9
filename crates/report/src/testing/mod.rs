//! An example review of a made-up estate, and hostile variants of it, for the tests of this crate.

mod answers;
mod example;
mod losses;
mod spreads;
mod texts;

use wardround_evidence::{Audience, Disclosure};

pub(crate) use self::example::example;
pub(crate) use self::texts::{for_each_text, plant, spread_names};

/// A disclosure to `audience` under a fixed key.
pub(crate) fn disclosure(audience: Audience) -> Disclosure {
    Disclosure::new(audience, [7; 32])
}
