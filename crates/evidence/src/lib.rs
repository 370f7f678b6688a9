//! wardround-evidence.
