//! What people should look at: what is missing, what may be a slip, what stands there twice.

use wardround_outbreak::harm::ledger::{Account, Doubt, Ledger, MissingKind};
use wardround_report::{SheetPart, SheetTable};

use super::words::{counted, exact, span};
use crate::commands::rows::MOST_ON_PAGE;

/// So many spans of missing days are named for one organisation and kind.
const MOST_SPANS: usize = 6;

/// What people should look at; none where there is nothing.
pub(super) fn slips(doubts: &[Doubt]) -> Option<SheetPart> {
    let rows = doubts.iter().take(MOST_ON_PAGE).map(|doubt| {
        let lines: Vec<String> = doubt.lines.iter().map(u64::to_string).collect();
        vec![lines.join(", "), doubt.what.clone()]
    });
    (!doubts.is_empty()).then(|| SheetPart {
        title: "What may be a slip".to_owned(),
        words: first_on_page(doubts.len()),
        table: Some(SheetTable {
            caption: "It counts as it stands".to_owned(),
            columns: vec![("lines", false), ("what", false)],
            rows: rows.collect(),
        }),
    })
}

/// Rows that are there twice; none where there are none.
pub(super) fn repeated(ledger: &Ledger) -> Option<SheetPart> {
    let rows = ledger.repeated.iter().take(MOST_ON_PAGE).map(|one| {
        let (line, of_line) = (one.line.to_string(), one.of_line.to_string());
        vec![line, of_line, one.words.clone()]
    });
    (!ledger.repeated.is_empty()).then(|| SheetPart {
        title: "Rows that repeat another".to_owned(),
        words: first_on_page(ledger.repeated.len()),
        table: Some(SheetTable {
            caption: "Alike in every column, so that they are one row and count once. Two things that are alike in everything are \
                      told apart by their notes"
                .to_owned(),
            columns: vec![("line", true), ("repeats line", true), ("row", false)],
            rows: rows.collect(),
        }),
    })
}

fn first_on_page(all: usize) -> Vec<String> {
    let words = (all > MOST_ON_PAGE).then(|| format!("The first {MOST_ON_PAGE} of {all}."));
    words.into_iter().collect()
}

pub(super) fn missing(account: &Account) -> SheetPart {
    let rows = account.missing.iter().map(|one| {
        let mut spans: Vec<String> = one
            .spans
            .iter()
            .take(MOST_SPANS)
            .map(|of| span(*of))
            .collect();
        if one.spans.len() > MOST_SPANS {
            let more = one.spans.len() - MOST_SPANS;
            spans.push(format!("and {}", counted(more, "more span", "more spans")));
        }
        let what = match &one.what {
            MissingKind::Activity(id) => {
                let units = account.activities.iter().find(|of| of.activity == *id);
                units.map_or_else(|| id.clone(), |of| of.units.clone())
            }
            MissingKind::Cancelled => "cancelled units of any activity".to_owned(),
            MissingKind::Spend => "money spent".to_owned(),
            MissingKind::Hours => "hours of staff".to_owned(),
            MissingKind::Sightings => "infected machines seen".to_owned(),
        };
        vec![
            one.organisation
                .clone()
                .unwrap_or_else(|| "nobody enters it".to_owned()),
            what,
            exact(one.days as f64),
            spans.join("; "),
        ]
    });
    SheetPart {
        title: "What is missing".to_owned(),
        words: vec![
            "Days from the first to the last of the ledger of which an organisation entered nothing. Nothing happened on a day \
             only where a row with the amount 0 says so."
                .to_owned(),
        ],
        table: Some(SheetTable {
            caption: "Missing days".to_owned(),
            columns: vec![
                ("organisation", false),
                ("what", false),
                ("days", true),
                ("which", false),
            ],
            rows: rows.collect(),
        }),
    }
}
