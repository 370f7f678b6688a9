//! Tests of the estate as its users see it.

mod builder;
mod corpus_patch;
mod decide;
mod ms17_010;
mod updated_since;
