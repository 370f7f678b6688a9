//! wardround-engine.
