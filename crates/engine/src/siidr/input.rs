//! What spreads by SIIDR, in plain terms.

use thiserror::Error;

use crate::contacts::{Entries, EntriesError};

/// What spreads, from where and for how many steps.
#[derive(Clone, Debug, PartialEq)]
pub struct Siidr {
    /// The chances of one step.
    pub rates: Rates,
    /// How an infected host leaves its state.
    pub rule: Rule,
    /// Who is infected before the first step.
    pub entries: Entries,
    /// The most steps that are taken.
    pub steps: u32,
}

/// The chances of one step, each from 0 to 1.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Rates {
    /// β: that an infected host infects one given susceptible neighbour.
    pub infection: f64,
    /// μ: of recovery.
    pub recovery: f64,
    /// γ₁: of going dormant.
    pub dormancy: f64,
    /// γ₂: that a dormant host wakes and is infected again.
    pub waking: f64,
}

/// How an infected host leaves its state in a step. The authors' program changed from the one to the other in June 2023.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Rule {
    /// Dormancy is drawn first with chance γ₁, and recovery with chance μ among the rest.
    DormancyFirst2022,
    /// It leaves with chance μ + γ₁, which is at most 1, and the two share that by their sizes.
    OneExit2023,
}

/// What is wrong with a [`Siidr`].
#[derive(Clone, Debug, PartialEq, Error)]
#[non_exhaustive]
pub enum SiidrError {
    /// A number is not a chance.
    #[error("the chance of {what} is {value}, which is not from 0 to 1")]
    Chance {
        /// Which chance.
        what: &'static str,
        /// What it says.
        value: f64,
    },
    /// Under the rule of 2023 the chances of recovery and dormancy have a sum.
    #[error("the chances of recovery and dormancy are {sum} together, which is above 1")]
    Exits {
        /// Their sum.
        sum: f64,
    },
    /// Its entries cannot be infected.
    #[error(transparent)]
    Entries(#[from] EntriesError),
}
