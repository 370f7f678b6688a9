//! Results to page, JSON and terminal. It shows and never computes.
//!
//! A [`Review`] becomes a [`Document`] through a `Disclosure`, once; everything that people or programs read is rendered
//! from the document, so nothing can leak beside it.

mod chart;
mod document;
mod export;
mod frame;
mod numbers;
mod page;
mod review;
mod sections;
mod sheet;
mod table;
#[cfg(test)]
mod testing;
#[cfg(test)]
mod tests;
mod theme;
mod words;

pub use crate::document::Document;
pub use crate::export::{json_schema, render_json, summary};
pub use crate::numbers::thousands_apart;
pub use crate::page::render_html;
pub use crate::review::{
    ActivityLosses, Advice, Amount, Answer, Assumption, Attribution, Basis, ChainLink, ClaimLine,
    ClaimWord, Confidence, Crossing, CurvePoint, DayLosses, EndAmounts, EntryLine, FanPoint, Gate,
    GroupFate, HostLine, InCommon, Interval, LossEnds, Losses, Made, OrganisationLine,
    OrganisationLosses, OutbreakLosses, Overconfidence, PairFate, PricedClaims, Reconciliation,
    Refusal, Review, SampleVerdict, Saved, SavedUnits, ServiceLosses, Settled, SourceCount,
    SourceLine, Spared, Spread, Struck, Subject, Tally, UnrecognisedLine, UnsurePair,
    VarianceSplit, VerdictCount, WaysIn, WholeService,
};
pub use crate::sheet::{Sheet, SheetPart, SheetTable, render_sheet};
pub use crate::table::{BYTE_ORDER_MARK, Cell, Column, TextTable, csv_row};
