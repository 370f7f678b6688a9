//! What resolving an estate may assume, as data with its basis.

use jiff::{SignedDuration, Timestamp};
use wardround_evidence::System;

/// How evidence is resolved. Every duration here is *assumed* and printed on the page.
#[derive(Clone, Debug, PartialEq)]
pub struct Options {
    /// The moment to speak of; none means the newest observation, or what the description says.
    pub as_of: Option<Timestamp>,
    /// How long an address binds to one machine (a common default lease of DHCP servers is between 8 hours and 8 days).
    pub lease_window: SignedDuration,
    /// How long *this update is missing* goes on speaking. An installed update does not expire.
    pub missing_speaks_for: SignedDuration,
    /// How long *listening*, *not listening* and settings go on speaking.
    pub setting_speaks_for: SignedDuration,
    /// How long *the agent stops attacks* goes on speaking: one that has not reported for a week is not counted on.
    pub agent_speaks_for: SignedDuration,
    /// The least confidence, in per cent, at which a guessed system counts.
    pub guess_confidence_percent: u8,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            as_of: None,
            lease_window: SignedDuration::from_hours(24),
            missing_speaks_for: SignedDuration::from_hours(24 * 45),
            setting_speaks_for: SignedDuration::from_hours(24 * 90),
            agent_speaks_for: SignedDuration::from_hours(24 * 7),
            guess_confidence_percent: 90,
        }
    }
}

impl Options {
    /// Whether a system is stated, or guessed with enough stated confidence to count.
    pub(crate) fn is_sure(&self, system: &System) -> bool {
        match system.confidence_percent {
            Some(confidence) => confidence >= self.guess_confidence_percent,
            None => !system.is_guess,
        }
    }
}
