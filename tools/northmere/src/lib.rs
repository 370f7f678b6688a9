//! wardround-northmere.
