//! A ledger of what really happened, set against a forecast: what it has cost so far, and what it will have cost.

mod account;
mod doubts;
mod forecast;
mod missing;
mod rows;
mod what;

pub use account::{
    Account, ActivityAccount, Compared, CountSoFar, DayLine, DayStanding, GbpSoFar, HoursOnDay,
    HoursSoFar, Learnt, LearntActivity, LearntWorth, LedgerGbp, SetAgainst, SightingsOnDay,
    SightingsSoFar, SpendOnDay, Three, ThreeGbp, Unlearnt, account,
};
pub use doubts::Doubt;
pub use forecast::{Forecast, ForecastError, ReportDay, ReportDays, ReportOutbreak, ReportTaken};
pub use missing::{Missing, MissingKind, Span};
pub use rows::{Ledger, LedgerEntry, LedgerRow, Placed, Repeated, Standing};
