//! A folder of segments of evidence, one for each source, with its history.

mod draft;
mod forget;
mod latest;
mod layout;
mod list;
mod open;
mod tombstone;
mod verify;

pub use draft::{Draft, Kept};
pub use forget::{Forgotten, Selection};
pub use layout::is_store;
pub(crate) use list::check_segment;
pub use list::{Contents, Listed};
pub(crate) use open::private_folder;
pub use open::{Access, EvidenceStore};
pub use tombstone::Tombstone;
pub use verify::{Flawed, Verified};
