//! A folder of segments of evidence, one for each source, with its history.

mod draft;
mod forget;
mod held;
mod index;

mod layout;
mod list;
mod open;
mod tombstone;
mod verify;

pub use draft::{Draft, Kept, KeptSource, ReadAs};
pub use forget::{Forgotten, Selected, Selection};
pub use held::Offered;
pub use layout::is_store;
pub(crate) use list::check_segment;
pub use list::{Contents, Listed};
pub use open::{Access, EvidenceStore};
pub use tombstone::Tombstone;
pub use verify::{Flawed, Verified};
