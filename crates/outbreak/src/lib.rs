//! wardround-outbreak.
