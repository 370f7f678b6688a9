//! How the page came to be.

use jiff::Timestamp;
use schemars::JsonSchema;
use serde::Serialize;
use wardround_evidence::Audience;

use super::{Door, Shown};
use crate::review;

/// How the page came to be.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub(crate) struct Made {
    /// The program's version.
    pub(crate) version: Shown,
    /// The random seed.
    pub(crate) seed: u64,
    /// For whom it is.
    pub(crate) audience: Reader,
    /// The command that makes it again.
    pub(crate) command: Shown,
    /// The moment it speaks of.
    pub(crate) as_of: Moment,
    /// Whether that moment is the newest observation's; else it was given.
    pub(crate) as_of_newest: bool,
    /// The oldest dated evidence.
    pub(crate) oldest_evidence: Option<Moment>,
    /// The newest dated evidence.
    pub(crate) newest_evidence: Option<Moment>,
    /// The user's own handling line.
    pub(crate) handling: Option<Shown>,
    /// The scenario in one sentence.
    pub(crate) scenario: Shown,
    /// The hour of the week at which its outbreaks begin, from 0 (Monday 00:00) to below 168; a threat whose people dwell inside
    /// begins to spread that much later.
    pub(crate) start_hour_of_week: f64,
    /// What is infected first, as the words that follow *If*.
    pub(crate) entry: Shown,
}

/// For whom a page is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Reader {
    /// Those who run the machines: every name, address and route.
    Team,
    /// The organisation's own board: organisations by name, nothing below them.
    Board,
    /// Anyone outside: pseudonyms only.
    Share,
}

/// A moment in time, as RFC 3339 text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, JsonSchema)]
#[serde(transparent)]
#[schemars(with = "String", extend("format" = "date-time"))]
pub(crate) struct Moment(pub(crate) Timestamp);

impl Made {
    pub(crate) fn new(made: &review::Made, door: &Door<'_>) -> Self {
        Self {
            version: door.text(&made.version),
            seed: made.seed,
            // What is disclosed decides, not what the review was told.
            audience: match door.disclosure().audience() {
                Audience::Team => Reader::Team,
                Audience::Board => Reader::Board,
                Audience::Share => Reader::Share,
            },
            command: door.text(&made.command),
            as_of: Moment(made.as_of),
            as_of_newest: made.as_of_newest,
            oldest_evidence: made.evidence_span.map(|(oldest, _)| Moment(oldest)),
            newest_evidence: made.evidence_span.map(|(_, newest)| Moment(newest)),
            handling: made.handling.as_deref().map(|line| door.text(line)),
            scenario: door.text(&made.scenario),
            start_hour_of_week: made.start_hour_of_week,
            entry: door.text(&made.entry),
        }
    }
}
