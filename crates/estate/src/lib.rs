//! What the evidence supports at one moment.
//!
//! The estate reads no file, knows no tool's name, and never treats silence as *holds*. It keeps the evidence, so that
//! every verdict can name the observations behind it.

mod as_of;
mod claims;
mod compare;
mod contacts;
mod description;
mod estate;
mod identity;
mod later;
mod options;
mod owners;
mod patch;
mod place;
mod questions;
mod reach;
mod resolve;
mod silence;
mod why;

pub use crate::claims::{AssessedClaim, ClaimWord, DecidedBy, Subjects};
pub use crate::compare::{
    Alone, Change, ChangeKind, ClaimChange, ClaimChangeKind, Comparison, compare, compare_claims,
};
pub use crate::contacts::{Contacts, ConversationCount, ConversationPair};
pub use crate::description::{Authority, Description};
pub use crate::estate::{
    Estate, Host, HostId, Network, NetworkId, Organisation, OrganisationId, StatementId,
};
pub use crate::identity::{Disqualified, Reconciliation, SourceCount, Unsure, unseen};
pub use crate::options::Options;
pub use crate::patch::{BuildDate, Catalogue, Family, Product};
pub use crate::questions::{Finding, Gap, Question};
pub use crate::reach::{Link, Passage, PortReach, Reach, Rules};
pub use crate::why::{ChainLink, chain, fact_words};
