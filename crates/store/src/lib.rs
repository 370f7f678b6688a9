//! Evidence kept: immutable Parquet files, and a folder of them with its history.
//!
//! A [`Segment`] is one Parquet file: a kind, notes, and tables. It is written whole under another name and then given its
//! own, so that nobody ever sees half of one; a digest over its contents tells when it was damaged. An [`EvidenceStore`] is a
//! folder with a segment for each source that was read into it; `docs/store.md` describes it for whoever wants to query it.
//! A bundle is a store, or pages to share, in one signed file; `docs/bundles.md` describes it. The store never interprets
//! what it keeps.

mod atomic;
mod bundle;
mod digest;
mod error;
mod evidence;
mod kept;
mod limits;
mod read;
mod segment;
mod shape;
mod write;

pub use crate::bundle::{
    BundleBounds, BundleFault, BundleKind, Inspected, KeyFault, KeyId, Manifest, Member, PublicKey,
    RefusedBundle, SecretKey, SharedPages, SoundBundle, inspect_bundle, pack_pages, pack_store,
};
pub use crate::error::{Fault, StoreError};
pub use crate::evidence::SegmentNotes;
pub use crate::kept::{
    Access, Contents, Draft, EvidenceStore, Flawed, Forgotten, Kept, KeptSource, Listed, Offered,
    ReadAs, Selected, Selection, Tombstone, Verified, is_store,
};
pub use crate::limits::Limits;
pub use crate::read::read;
pub use crate::segment::{Column, Segment, Table, Values};
pub use crate::write::{bytes, write};
