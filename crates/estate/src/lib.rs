//! wardround-estate.
