//! Tests of the estate as its users see it.

mod corpus_patch;
