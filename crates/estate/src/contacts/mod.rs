//! Which machines deal with which: conversations that were seen, and log-on rights that the description lists.
//!
//! The two are kept apart: whoever speaks with a machine may not be let in there. Neither is ever whole, so a pair that is
//! not among them is unknown.

mod around;
mod conversations;
mod count;
mod ends;
mod log_ons;
mod places;
mod stays;
mod viewpoint;

pub use conversations::ConversationPair;
pub(crate) use conversations::{Conversations, Listed};
pub use count::ConversationCount;
pub(crate) use log_ons::log_ons;

use crate::HostId;

/// Pairs of machines that are known to deal with each other.
#[derive(Clone, Debug, Default)]
pub struct Contacts {
    /// Conversations between two machines of the estate, in order, each once.
    pub conversations: Vec<ConversationPair>,
    /// What became of the conversations that exports list.
    pub count: ConversationCount,
    /// Log-on rights as described: from whose users, to where they may log on. In order, each pair once.
    pub log_ons: Vec<(HostId, HostId)>,
}
