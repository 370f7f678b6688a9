//! England's health service in May 2017.

mod alert;
mod answer;
mod bodies;
mod fit;
mod harm;
mod history;
mod notpetya_like;
mod posterior;
mod predict;
mod world;

pub use answer::{
    AtEnd, Beside, CANNOT_BE_PATCHED, ComesOut, Conclusion, England2017, Fitted, Hangs, Learned,
    Otherwise, Predicted, Quantities, Unpredicted, england_2017, what_ifs,
};
pub use bodies::{Body, Kind, Region, bodies};
pub use fit::{Fit, FittedDraw, Posterior, fit};
pub use harm::{ACTIVITIES, LARGE, Toll, Usual, shares_in_large_trusts, toll};
pub use history::{Fate, History, sample};
pub use notpetya_like::{NotPetyaLike, notpetya_like, notpetya_like_assumptions};
pub use posterior::{FITTED_SEED, PosteriorError};
pub use predict::{Prediction, predict};
pub(super) use world::InternetCourse;
pub use world::{Clock, WayIn, WhatIf};

use super::Prior;

impl Prior {
    /// What was not known of England in May 2017.
    ///
    /// # Panics
    /// Never: a test reads the file that is built in.
    #[must_use]
    pub fn england_2017() -> Self {
        toml::from_str(include_str!("../../../backtests/england_2017/prior.toml"))
            .expect("a test reads the prior")
    }
}
