//! A ledger of what really happened, set against a forecast: what it has cost so far, and what it will have cost.

mod account;
mod forecast;
mod missing;
mod rows;

pub use account::{
    Account, ActivityAccount, Compared, CountSoFar, DayLine, DayStanding, GbpSoFar, HoursSoFar,
    Learnt, LearntActivity, LedgerGbp, SetAgainst, SightingsSoFar, Three, ThreeGbp, Unlearnt,
    account,
};
pub use forecast::{Forecast, ForecastError, ReportDay, ReportDays, ReportOutbreak};
pub use missing::{Missing, Span};
pub use rows::{Ledger, LedgerEntry, LedgerRow, Placed, Repeated, Standing};
