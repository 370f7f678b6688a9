//! What changed, as text for people and as a table for spreadsheets.

use std::collections::BTreeMap;

use jiff::Timestamp;
use wardround_estate::{ChangeKind, ClaimChangeKind};
use wardround_report::{Cell, csv_row};

use super::rows::{ClaimRow, GONE, JOINED, NEW, Row, SPLIT};
use crate::terminal::{width, wrapped};

pub(super) fn text(
    claims: &[ClaimRow],
    rows: &[Row],
    (from, to): (Timestamp, Timestamp),
    both: usize,
    most: usize,
) -> String {
    let most = if most == 0 { usize::MAX } else { most };
    let width = width();
    let lead = format!("From {from} to {to}; {both} machines are in both.");
    let mut text = wrapped("", &lead, width, 0);
    if rows.is_empty() && claims.is_empty() {
        text.push_str("Nothing changed.\n");
        return text;
    }
    for kind in ClaimChangeKind::ALL {
        let of_kind = claims.iter().filter(|row| row.change == kind.key());
        let of_kind: Vec<&ClaimRow> = of_kind.collect();
        section(&mut text, kind.words(), &of_kind, most, |row| {
            claim_words(row, width)
        });
    }
    let verdicts = ChangeKind::ALL.map(|kind| (kind.key(), kind.words()));
    for (key, words) in verdicts.into_iter().chain([NEW, GONE, JOINED, SPLIT]) {
        let of_kind: Vec<&Row> = rows.iter().filter(|row| row.change == key).collect();
        if of_kind.is_empty() {
            continue;
        }
        head(&mut text, words, of_kind.len());
        for (what, count) in counts(&of_kind) {
            text.push_str(&wrapped(&format!("{count:>6}  "), &what, width, 8));
        }
        list(&mut text, &of_kind, most, |row| row_words(row, width));
    }
    text
}

fn section<R>(
    text: &mut String,
    words: &str,
    rows: &[R],
    most: usize,
    row_words: impl Fn(&R) -> String,
) {
    if !rows.is_empty() {
        head(text, words, rows.len());
        list(text, rows, most, row_words);
    }
}

fn head(text: &mut String, words: &str, count: usize) {
    text.push_str(&format!(
        "\n{}{}: {count}\n",
        words[..1].to_uppercase(),
        &words[1..],
    ));
}

fn list<R>(text: &mut String, rows: &[R], most: usize, row_words: impl Fn(&R) -> String) {
    for row in rows.iter().take(most) {
        text.push_str(&row_words(row));
    }
    if rows.len() > most {
        let more = rows.len() - most;
        text.push_str(&format!("  … and {more} more (--most 0 shows all)\n"));
    }
}

fn row_words(row: &Row, width: usize) -> String {
    let question = row.question.as_deref().map(|words| format!(": {words}"));
    let whole = row.other.as_deref().map(|other| match row.change {
        change if change == SPLIT.0 => format!(": split from {other}"),
        change if change == JOINED.0 => format!(": joined with {other}"),
        change if change == NEW.0 => format!(": its address was that of {other}"),
        _ => format!(": its address is that of {other} now"),
    });
    let about = question.or(whole).unwrap_or_default();
    let mut text = wrapped("  - ", &format!("{}{about}", row.machine), width, 4);
    // A question that moves with the moment was another one then.
    let then = row.question_before.as_deref().zip(row.before.as_deref());
    let before = then.map(|(asked, before)| format!("({asked}) {before}"));
    text.push_str(&turn(
        before.as_deref().or(row.before.as_deref()),
        row.after.as_deref(),
        width,
    ));
    text
}

fn claim_words(row: &ClaimRow, width: usize) -> String {
    let about = format!("{}: {}", row.organisation, row.claim);
    let mut text = wrapped("  - ", &about, width, 4);
    text.push_str(&turn(row.before.as_deref(), row.after.as_deref(), width));
    text
}

fn turn(before: Option<&str>, after: Option<&str>, width: usize) -> String {
    let lines = [("was  ", before), ("now  ", after)].into_iter();
    lines
        .filter_map(|(name, why)| Some(wrapped(&format!("      {name}"), why?, width, 11)))
        .collect()
}

/// How many changes of each question and organisation.
fn counts(rows: &[&Row]) -> Vec<(String, usize)> {
    let mut counts: BTreeMap<String, usize> = BTreeMap::new();
    for row in rows {
        let whose = row
            .organisation
            .as_deref()
            .unwrap_or("no named organisation");
        let question = row.question.as_deref().map(|words| format!("{words}, "));
        *counts
            .entry(format!("{}{whose}", question.unwrap_or_default()))
            .or_default() += 1;
    }
    let mut counts: Vec<_> = counts.into_iter().collect();
    counts.sort_by(|one, other| other.1.cmp(&one.1).then_with(|| one.0.cmp(&other.0)));
    counts
}

pub(super) fn csv(claims: &[ClaimRow], rows: &[Row], mark: &str) -> String {
    let mut text = mark.to_owned();
    let heads = [
        "change",
        "organisation",
        "machine",
        "question",
        "question_before",
        "before",
        "after",
        "other",
    ];
    text.push_str(&csv_row(&heads.map(Cell::text)));
    let cell = |words: &Option<String>| words.as_ref().map_or(Cell::Absent, Cell::text);
    for row in claims {
        text.push_str(&csv_row(&[
            Cell::text(row.change),
            Cell::text(&row.organisation),
            Cell::Absent,
            Cell::text(&row.claim),
            Cell::Absent,
            cell(&row.before),
            cell(&row.after),
            Cell::Absent,
        ]));
    }
    for row in rows {
        text.push_str(&csv_row(&[
            Cell::text(row.change),
            cell(&row.organisation),
            Cell::text(&row.machine),
            cell(&row.question),
            cell(&row.question_before),
            cell(&row.before),
            cell(&row.after),
            cell(&row.other),
        ]));
    }
    text
}
