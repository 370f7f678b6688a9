//! What a ledger comes to, and what it says of a forecast.

mod against;
mod figures;
mod learnt;
mod sorted;
#[cfg(test)]
mod tests;
mod told;

pub use figures::{
    Account, ActivityAccount, CountSoFar, DayLine, DayStanding, GbpSoFar, HoursOnDay, HoursSoFar,
    LedgerGbp, SetAgainst, SightingsOnDay, SightingsSoFar, SpendOnDay, Three, ThreeGbp,
};
pub use learnt::{Compared, Learnt, LearntActivity, LearntWorth, Unlearnt};
pub use told::account;
