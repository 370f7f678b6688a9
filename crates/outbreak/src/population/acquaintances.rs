//! Pairs of machines that are known to deal with each other, as one threat's contacts.

use std::collections::BTreeMap;

use wardround_estate::Estate;
use wardround_evidence::Port;

use crate::threat::{ContactKind, Profile, StreamProfile};

/// One machine that another is known to deal with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Acquaintance {
    pub(crate) from: u32,
    pub(crate) to: u32,
    /// Whether it was seen to speak to it on the threat's port, so that the port passes whatever the boundaries say.
    pub(crate) proven: bool,
}

/// What is known of each kind of contact; nothing of one that the threat does not go along.
#[derive(Clone, Debug, Default)]
pub(super) struct Acquaintances {
    conversations: Vec<Acquaintance>,
    log_ons: Vec<Acquaintance>,
}

impl Acquaintances {
    pub(super) fn new(estate: &Estate, profile: &Profile) -> Self {
        let goes = |kind| {
            let mut streams = profile.streams.iter();
            streams.any(
                |stream| matches!(stream, StreamProfile::Contacts { along, .. } if *along == kind),
            )
        };
        let mut all = Self::default();
        if goes(ContactKind::Conversations) {
            all.conversations = conversations(estate, profile.port);
        }
        if goes(ContactKind::LogOns) {
            let pairs = estate.contacts.log_ons.iter();
            all.log_ons = pairs
                .map(|(from, to)| Acquaintance {
                    from: from.0,
                    to: to.0,
                    proven: false,
                })
                .collect();
        }
        all
    }

    /// All of one kind, in the order of `from`, then `to`, each pair once.
    pub(super) fn along(&self, kind: ContactKind) -> &[Acquaintance] {
        match kind {
            ContactKind::Conversations => &self.conversations,
            ContactKind::LogOns => &self.log_ons,
        }
    }
}

/// Both ends of a conversation know each other's address, so a threat that looks at open connections may go either way; only
/// the way in which it was begun, on the threat's own port, is proven to pass; not where that is guessed.
fn conversations(estate: &Estate, port: Port) -> Vec<Acquaintance> {
    let mut pairs: BTreeMap<(u32, u32), bool> = BTreeMap::new();
    for spoke in &estate.contacts.conversations {
        let (from, to) = (spoke.from.0, spoke.to.0);
        *pairs.entry((from, to)).or_default() |= spoke.port == port && !spoke.is_guess;
        pairs.entry((to, from)).or_default();
    }
    pairs
        .into_iter()
        .map(|((from, to), proven)| Acquaintance { from, to, proven })
        .collect()
}
