//! Who is who, from STIX bundles: names, aliases, references and attributions of malware, and nothing of how it works.
//!
//! STIX 2.0 and 2.1 (OASIS, *STIX Version 2.1*, 10 June 2021) are read; a bundle is hostile until it has been read.

mod identities;
mod read;
#[cfg(test)]
mod tests;

pub use read::{Bundles, StixError};
