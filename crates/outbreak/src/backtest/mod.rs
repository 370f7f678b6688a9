//! Trying wardround on the past: what it would have said of May 2017, from what was known before the outcome.

pub mod calibrate;
pub mod england;
mod lan;
mod open_internet;
mod parameters;
mod scores;

pub use lan::{Laboratory, laboratory};
pub use open_internet::{OpenInternet, open_internet};
pub use parameters::{Parameters, Prior, Range};
pub use scores::{Forecast, Scores, five_quantiles, quantile};
