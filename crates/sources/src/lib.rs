//! wardround-sources.
