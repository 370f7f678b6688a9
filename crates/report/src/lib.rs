//! wardround-report.
