//! What was said, by whom, when.
//!
//! Evidence is only ever added to: nothing here changes, drops or judges an observation. Every text that names a machine,
//! a person's workplace or a place on a network is a type without `Display`; it becomes text only through a
//! [`Disclosure`].

mod declaration;
mod digest;
mod disclosure;
mod fact;
mod identifiers;
mod method;
mod provenance;
mod reading;
mod statement;
mod system;
mod text;
mod verdict;

pub use crate::declaration::{
    Border, Boundary, Claim, ClaimStatus, Declaration, DeclaredService, Direction, Link, LinkEnd,
    LogOn, Network, NetworkKind, Organisation, OrganisationKind, RuleState, Site,
};
pub use crate::digest::Digest;
pub use crate::disclosure::{Audience, Disclosure, UnknownAudience};
pub use crate::fact::{
    Conversation, Fact, FlawState, InstalledUpdate, ListExtent, PortState, Role, Side, Signing,
    UpdateList,
};
pub use crate::identifiers::{
    Address, AgentId, Cve, Excerpt, HardwareId, HostName, Identifier, IdentifierKind, Kb, Mac,
    NetworkName, OrganisationName, ParseIdentifierError, Port, Protocol, ServiceName, SiteName,
    SourcePath,
};
pub use crate::method::Method;
pub use crate::provenance::{Position, Source, SourceExtent};
pub use crate::reading::{Reading, Skipped};
pub use crate::statement::{Observed, Statement, When};
pub use crate::system::{Build, System};
pub use crate::text::visible;
pub use crate::verdict::{ObservationId, Truth, Verdict};
