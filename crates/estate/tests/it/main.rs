//! Tests of the estate as its users see it.

mod builder;
mod claims;
mod compare;
mod contacts;
mod corpus_patch;
mod decide;
mod identity;
mod later;
mod laws;
mod ms17_010;
mod place;
mod reach;
mod true_worlds;
mod updated_since;
