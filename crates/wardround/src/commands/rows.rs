//! Tables that people keep: reading them, telling what was left out, and writing what comes of them.

use std::path::Path;

use serde::Serialize;
use wardround_evidence::{Audience, visible};
use wardround_outbreak::RowFault;
use wardround_report::{Sheet, SheetPart, SheetTable};

use crate::terminal::{say, say_aside};
use crate::threats::read_at_most;
use crate::{ExitCode, Failure, write_privately};

/// No table of rows made by hand is longer, in bytes.
const LONGEST: usize = 64 << 20;
/// So many rows that were left out are told on a terminal, and so many on a page.
const MOST_TOLD: usize = 20;
pub(super) const MOST_ON_PAGE: usize = 200;

/// The text of a file.
pub(super) fn text_of(path: &Path) -> Result<String, Failure> {
    let refused = |words: &str| {
        let path = path.display();
        Failure::new(ExitCode::InputUnreadable, format!("`{path}` {words}"))
    };
    let bytes = read_at_most(path, LONGEST + 1)?;
    if bytes.len() > LONGEST {
        return Err(refused("has more than 64 MiB"));
    }
    String::from_utf8(bytes).map_err(|error| {
        let good = &error.as_bytes()[..error.utf8_error().valid_up_to()];
        let line = good.iter().filter(|byte| **byte == b'\n').count() + 1;
        refused(&format!("is not UTF-8: line {line}"))
            .hint("a spreadsheet writes it as `CSV UTF-8 (comma delimited)`")
    })
}

/// A failure over a file of which nothing can be used.
pub(super) fn unusable(
    path: &Path,
    error: impl std::error::Error + Send + Sync + 'static,
) -> Failure {
    let words = format!("cannot use `{}`", path.display());
    Failure::new(ExitCode::InputUnreadable, words).because(error)
}

/// Lines for a terminal, the first of many and how many more there are.
pub(super) fn first_of(lines: &[String]) -> Vec<String> {
    let mut told: Vec<String> = lines.iter().take(MOST_TOLD).cloned().collect();
    if lines.len() > MOST_TOLD {
        told.push(format!("and {} more", lines.len() - MOST_TOLD));
    }
    told
}

/// Says which rows of a file were left out. It is said even where nothing else is: a row that is not counted is no talk.
pub(super) fn tell_left_out(path: &Path, faults: &[RowFault]) {
    let lines: Vec<String> = faults.iter().map(ToString::to_string).collect();
    tell(path, "left out of", &lines);
}

/// Says what became of rows of a file.
pub(super) fn tell(path: &Path, what: &str, lines: &[String]) {
    if lines.is_empty() {
        return;
    }
    let path = path.display().to_string();
    let rows = if lines.len() == 1 { "row" } else { "rows" };
    let mut text = format!("{} {rows} {what} {}", lines.len(), visible(&path));
    for line in first_of(lines) {
        text.push_str("\n  ");
        text.push_str(&visible(&line));
    }
    say_aside(&text);
}

/// The part of a page that says which rows are in no figure; none where there are none.
pub(super) fn left_out_part(title: &str, faults: &[RowFault]) -> Option<SheetPart> {
    (!faults.is_empty()).then(|| SheetPart {
        title: title.to_owned(),
        words: (faults.len() > MOST_ON_PAGE)
            .then(|| format!("The first {MOST_ON_PAGE} of {}.", faults.len()))
            .into_iter()
            .collect(),
        table: Some(SheetTable {
            caption: "Rows that could not be read; they are in no figure".to_owned(),
            columns: vec![("line", true), ("column", false), ("what is wrong", false)],
            rows: faults
                .iter()
                .take(MOST_ON_PAGE)
                .map(|fault| {
                    vec![
                        fault.line.to_string(),
                        fault.column.clone().unwrap_or_default(),
                        fault.what.clone(),
                    ]
                })
                .collect(),
        }),
    })
}

/// Rows as data, one object to a line.
pub(super) fn lines<T: Serialize>(rows: &[T]) -> Result<String, Failure> {
    let mut text = String::new();
    for row in rows {
        let line = serde_json::to_string(row).map_err(|error| {
            Failure::new(ExitCode::Internal, "a row could not be written as JSON").because(error)
        })?;
        text.push_str(&line);
        text.push('\n');
    }
    Ok(text)
}

/// Indented JSON.
pub(super) fn json(of: &impl Serialize) -> Result<String, Failure> {
    let mut text = serde_json::to_string_pretty(of).map_err(|error| {
        Failure::new(ExitCode::Internal, "the answer cannot be written as JSON").because(error)
    })?;
    text.push('\n');
    Ok(text)
}

/// Writes to a file, or to standard output.
pub(super) fn put(output: Option<&Path>, text: &str) -> Result<(), Failure> {
    match output {
        Some(path) if path.as_os_str() != "-" => write_privately(path, text.as_bytes()),
        _ => say(text),
    }
}

/// A page as plain text: its sentences, and each table with its columns under each other.
pub(super) fn plain(sheet: &Sheet) -> String {
    let mut text = format!("{}\n\n", sheet.title);
    for line in &sheet.lead {
        text.push_str(&format!("{line}\n"));
    }
    for part in &sheet.parts {
        text.push_str(&format!("\n{}\n", part.title));
        for line in &part.words {
            text.push_str(&format!("  {line}\n"));
        }
        if let Some(table) = &part.table {
            text.push_str(&plain_table(table));
        }
    }
    text
}

fn plain_table(table: &SheetTable) -> String {
    let heads: Vec<String> = table
        .columns
        .iter()
        .map(|(head, _)| (*head).to_owned())
        .collect();
    let length = |cell: &String| cell.chars().count();
    let widths: Vec<usize> = (0..heads.len())
        .map(|column| {
            let cells = table.rows.iter().filter_map(|row| row.get(column));
            cells.chain([&heads[column]]).map(length).max().unwrap_or(0)
        })
        .collect();
    let mut text = String::new();
    for row in std::iter::once(&heads).chain(&table.rows) {
        let mut line = String::from(" ");
        for ((cell, width), (_, is_number)) in row.iter().zip(&widths).zip(&table.columns) {
            if *is_number {
                line.push_str(&format!(" {cell:>width$} "));
            } else {
                line.push_str(&format!(" {cell:<width$} "));
            }
        }
        text.push_str(line.trim_end());
        text.push('\n');
    }
    text
}

/// Who is to read what is written.
pub(super) fn audience(word: &str) -> Result<Audience, String> {
    word.parse()
        .map_err(|error: wardround_evidence::UnknownAudience| error.to_string())
}
