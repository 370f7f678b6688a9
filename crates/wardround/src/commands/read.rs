//! `wardround read`: what one file says.

use std::path::PathBuf;

use clap::{Parser, ValueEnum};
use serde_json::{Value, json};
use wardround_estate::fact_words;
use wardround_evidence::{Disclosure, Reading, SourceExtent, Statement, When, visible};
use wardround_sources::{Limits, Outcome};

use crate::unknown_tables::{column_names, unrecognised};
use crate::{ExitCode, Failure, read_file};

/// Show what files say, and what of them was skipped and why.
///
/// Example: wardround read scan.xml defender.csv.gz
#[derive(Debug, Parser)]
pub(super) struct Args {
    /// The files.
    #[arg(required = true)]
    files: Vec<PathBuf>,

    /// Words for people, or data.
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,

    /// How many statements of each file to show; 0 for all.
    #[arg(long, default_value_t = 10)]
    most: usize,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Format {
    Text,
    Json,
}

pub(super) fn run(args: &Args) -> Result<String, Failure> {
    let mut outcome = Outcome::default();
    for file in &args.files {
        outcome.append(read_file(file, Limits::default())?);
    }
    let most = if args.most == 0 {
        usize::MAX
    } else {
        args.most
    };
    let text = match args.format {
        Format::Text => text(&outcome, most),
        Format::Json => {
            serde_json::to_string_pretty(&json(&outcome, most)).map_err(|error| {
                Failure::new(
                    ExitCode::Internal,
                    "what was read could not be written as JSON",
                )
                .because(error)
            })? + "\n"
        }
    };
    if outcome.readings.is_empty() {
        let names = Disclosure::team();
        let words = if outcome.refused.is_empty() {
            "no reader recognises any of these files"
        } else {
            "nothing in these files can be used"
        };
        let reasons = outcome.refused.iter().map(|refused| {
            let path = refused.path.show(&names);
            format!("`{path}`: {}", visible(&refused.reason))
        });
        let unknown = outcome.unrecognised.iter();
        let unknown = unknown.map(|file| {
            let path = file.path.show(&names);
            format!("`{path}`: {}", unrecognised(&outcome, file))
        });
        let failure = Failure::new(ExitCode::InputUnreadable, words);
        return Err(reasons.chain(unknown).fold(failure, Failure::detail));
    }
    Ok(text)
}

fn text(outcome: &Outcome, most: usize) -> String {
    let names = Disclosure::team();
    let mut lines = Vec::new();
    for reading in &outcome.readings {
        let source = &reading.source;
        lines.push(format!(
            "{}: {}{}, {} bytes, SHA-256 {}",
            source.path.show(&names),
            source.title,
            source
                .tool
                .as_ref()
                .map_or_else(String::new, |tool| format!(" by {}", visible(tool))),
            source.bytes,
            source.digest
        ));
        if let Some(moment) = source.taken_at {
            lines.push(format!("  taken at {moment}"));
        }
        if let SourceExtent::Cut(reason) = &source.extent {
            lines.push(format!("  not whole: {}", visible(reason)));
        }
        for (what, count) in &reading.counts {
            lines.push(format!("  {what}: {count}"));
        }
        for note in &reading.notes {
            lines.push(format!("  note: {}", visible(note)));
        }
        let unread = unread_columns(outcome, reading);
        if !unread.is_empty() {
            lines.push(format!("  columns that are ignored: {}", unread.join(", ")));
        }
        lines.push(format!(
            "  {} statements about machines, {} rows of a description",
            reading.statements.len(),
            reading.declarations.len()
        ));
        for statement in reading.statements.iter().take(most) {
            lines.push(format!(
                "  {}: {}",
                statement.position.words(),
                subject(statement, &names)
            ));
            lines.push(format!("    {}", when(statement.when)));
            for observed in &statement.observed {
                let fact = visible(&fact_words(&observed.fact));
                lines.push(format!("    {}: {fact}", observed.method.word()));
            }
        }
        if reading.statements.len() > most {
            lines.push(format!(
                "  … and {} more (--most 0 shows all)",
                reading.statements.len() - most
            ));
        }
        lines.push(format!("  {} records skipped", skipped_count(reading)));
        for skipped in &reading.skipped {
            lines.push(format!(
                "    {}: {}",
                skipped.position.words(),
                visible(&skipped.reason)
            ));
        }
    }
    for file in &outcome.unrecognised {
        let path = file.path.show(&names);
        lines.push(format!("{path}: {}", unrecognised(outcome, file)));
    }
    for file in &outcome.refused {
        lines.push(format!(
            "{}: refused: {}",
            file.path.show(&names),
            visible(&file.reason)
        ));
    }
    lines.push(String::new());
    lines.join("\n")
}

fn subject(statement: &Statement, names: &Disclosure) -> String {
    let identifiers: Vec<String> = statement
        .subject
        .iter()
        .map(|identifier| format!("{} {}", identifier.kind().words(), identifier.show(names)))
        .collect();
    identifiers.join(", ")
}

fn when(when: When) -> String {
    match when {
        When::At(moment) => format!("seen at {moment}"),
        When::NoEarlierThan(moment) => format!("seen at {moment} or later"),
        When::Undated => "undated".to_owned(),
        When::Unknown => "at an unknown time".to_owned(),
    }
}

/// The columns of a table that are not read, by their own names.
fn unread_columns(outcome: &Outcome, reading: &Reading) -> Vec<String> {
    let of_file = outcome.unread_columns.iter();
    let of_file = of_file.filter(|unread| unread.path == reading.source.path);
    of_file
        .flat_map(|unread| &unread.names)
        .map(|name| visible(name))
        .collect()
}

const fn skipped_count(reading: &Reading) -> u64 {
    reading.skipped.len() as u64 + reading.skipped_unlisted
}

fn json(outcome: &Outcome, most: usize) -> Value {
    let names = Disclosure::team();
    let readings: Vec<Value> = outcome
        .readings
        .iter()
        .map(|reading| {
            let source = &reading.source;
            let statements: Vec<Value> = reading
                .statements
                .iter()
                .take(most)
                .map(|statement| statement_json(statement, &names))
                .collect();
            json!({
                "path": source.path.show(&names),
                "reader": source.reader,
                "title": source.title,
                "tool": source.tool.as_deref().map(visible),
                "sha256": source.digest.to_string(),
                "bytes": source.bytes,
                "taken_at": source.taken_at.map(|moment| moment.to_string()),
                "cut": match &source.extent {
                    SourceExtent::Whole => None,
                    SourceExtent::Cut(reason) => Some(visible(reason)),
                },
                "counts": reading.counts,
                "columns_ignored": unread_columns(outcome, reading),
                "notes": reading.notes.iter().map(|note| visible(note)).collect::<Vec<_>>(),
                "statements_total": reading.statements.len(),
                "declarations_total": reading.declarations.len(),
                "statements": statements,
                "skipped_total": skipped_count(reading),
                "skipped": reading.skipped.iter().map(|skipped| json!({
                    "line": skipped.position.line,
                    "record": skipped.position.record,
                    "reason": visible(&skipped.reason),
                })).collect::<Vec<_>>(),
            })
        })
        .collect();
    json!({
        "schema": "wardround-read/1",
        "readings": readings,
        "unrecognised": outcome.unrecognised.iter().map(|file| {
            let table = outcome.unknown_tables.iter().find(|table| table.path == file.path);
            json!({
                "path": file.path.show(&names), "sha256": file.digest.to_string(), "bytes": file.bytes,
                "columns": table.map(column_names),
                "column_count": table.map(|table| table.columns),
                "lack": table.map(|table| table.lack),
            })
        }).collect::<Vec<_>>(),
        "refused": outcome.refused.iter().map(|file| json!({
            "path": file.path.show(&names), "reason": visible(&file.reason),
        })).collect::<Vec<_>>(),
    })
}

fn statement_json(statement: &Statement, names: &Disclosure) -> Value {
    let (moment, basis) = match statement.when {
        When::At(moment) => (Some(moment.to_string()), "stated"),
        When::NoEarlierThan(moment) => (Some(moment.to_string()), "no earlier than"),
        When::Undated => (None, "undated"),
        When::Unknown => (None, "unknown"),
    };
    json!({
        "line": statement.position.line,
        "record": statement.position.record,
        "when": moment,
        "when_basis": basis,
        "subject": statement.subject.iter().map(|identifier| json!({
            "kind": identifier.kind().words(), "value": identifier.show(names),
        })).collect::<Vec<_>>(),
        "observed": statement.observed.iter().map(|observed| json!({
            "method": observed.method.word(), "fact": visible(&fact_words(&observed.fact)),
        })).collect::<Vec<_>>(),
    })
}
