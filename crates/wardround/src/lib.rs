//! wardround.
