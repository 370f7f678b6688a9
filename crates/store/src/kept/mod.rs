//! A folder of segments of evidence, one for each source, with its history.

mod draft;
mod forget;
mod layout;
mod list;
mod open;
mod tombstone;
mod verify;

pub use draft::{Draft, Kept};
pub use forget::{Forgotten, Selection};
pub use layout::is_store;
pub use list::{Listed, Listing};
pub use open::{Access, EvidenceStore};
pub use tombstone::Tombstone;
pub use verify::{Flawed, Verified};
