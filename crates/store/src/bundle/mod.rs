//! Signed bundles: a store, or pages to share, in one file whose every byte a signature speaks for.
//!
//! `docs/bundles.md` describes the format for whoever wants to write or check one without wardround.

mod bounds;
mod compare;
mod contents;
mod envelope;
mod fault;
mod header;
mod inspect;
mod keys;
mod manifest;
mod members;
mod pack;
mod scan;
mod section;
mod unpack;

pub use bounds::BundleBounds;
pub use fault::BundleFault;
pub use inspect::{Inspected, RefusedBundle, SoundBundle, inspect_bundle};
pub use keys::{KeyFault, KeyId, PublicKey, SecretKey};
pub use manifest::{BundleKind, Manifest, Member};
pub use pack::{SharedPages, pack_pages, pack_store};
