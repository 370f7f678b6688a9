//! `wardround calibrate`: behaviour, as an organisation's own incidents show it.

use std::ffi::OsStr;
use std::path::{Path, PathBuf};

use clap::{Parser, ValueEnum};
use serde_json::json;
use wardround_outbreak::Basis;
use wardround_outbreak::backtest::Prior;
use wardround_outbreak::backtest::calibrate::{
    Behaviour, Calibration, Fitted, Incidents, Middle, calibrate,
};
use wardround_outbreak::harm::ServiceRules;
use wardround_report::{Sheet, SheetPart, SheetTable, render_sheet};

use super::backtest::words::three;
use super::rows::{first_of, json, left_out_part, put, tell_left_out, text_of, unusable};
use crate::{ExitCode, Failure};

/// Fit how fast an organisation acts, rebuilds and falls back on paper to its own incidents and exercises.
///
/// The file is CSV, a row for each incident: incident,noticed_at,acted_at,machines_out,machines_back_by,planned_units,
/// cancelled_units,activity. What is not known is left empty. `machines_back_by` is 2:300; 7:1156 for 300 back by day 2 and
/// 1,156 by day 7. The built-in cases are the prior; what the incidents did not move is said.
///
/// With `--format toml`, or into a file that is called so, what was fitted is written for `wardround report --calibrated`.
///
/// Example: wardround calibrate incidents.csv -o behaviour.toml
#[derive(Debug, Parser)]
pub(super) struct Args {
    /// The incidents and exercises.
    #[arg(value_name = "INCIDENTS.csv")]
    incidents: PathBuf,

    /// A page for people, the same content as data, or what other commands take up. Default: as the output's name ends, else a
    /// page.
    #[arg(long, value_enum)]
    format: Option<Format>,

    /// Where to write; `-` for standard output. Default: standard output.
    #[arg(short, long)]
    output: Option<PathBuf>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Format {
    Html,
    Json,
    Toml,
}

/// A format, by how a file's name ends.
fn format_of(path: Option<&Path>) -> Format {
    match path.and_then(Path::extension).and_then(OsStr::to_str) {
        Some("toml") => Format::Toml,
        Some("json") => Format::Json,
        _ => Format::Html,
    }
}

pub(super) fn run(args: &Args) -> Result<(), Failure> {
    let rules = ServiceRules::built_in();
    let text = text_of(&args.incidents)?;
    let incidents =
        Incidents::parse(&text, &rules).map_err(|error| unusable(&args.incidents, error))?;
    if incidents.names.is_empty() {
        let path = args.incidents.display();
        let words = format!("`{path}` has no incident that can be used");
        let mut failure = Failure::new(ExitCode::InputUnreadable, words);
        let faults: Vec<String> = incidents.faults.iter().map(ToString::to_string).collect();
        for line in first_of(&faults) {
            failure = failure.detail(line);
        }
        return Err(failure);
    }
    tell_left_out(&args.incidents, &incidents.faults);
    let fitted = calibrate(&incidents, &rules, &Prior::england_2017());
    let format = args.format;
    let text = match format.unwrap_or_else(|| format_of(args.output.as_deref())) {
        Format::Toml => Behaviour::of(&fitted).text().map_err(|error| {
            Failure::new(ExitCode::Internal, "behaviour cannot be written").because(error)
        })?,
        Format::Html => render_sheet(&sheet(&fitted, &incidents), env!("CARGO_PKG_VERSION")),
        Format::Json => json(&json!({
            "calibration": fitted,
            "rows_left_out": incidents.faults,
            "columns_ignored": incidents.ignored_columns,
        }))?,
    };
    put(args.output.as_deref(), &text)
}

fn sheet(fitted: &Calibration, incidents: &Incidents) -> Sheet {
    let still: Vec<&str> = fitted
        .parameters
        .iter()
        .filter(|one| !one.is_moved)
        .map(|one| one.name.as_str())
        .collect();
    let mut lead = vec![
        format!("{} incidents or exercises.", fitted.incidents.len()),
        if still.is_empty() {
            "They moved every parameter.".to_owned()
        } else {
            format!("They did not move {}.", still.join(", "))
        },
        "A parameter is moved if its middle went, or the width of its nine in ten changed, by more than a tenth of that width \
         before. `wardround report --calibrated` takes up those that any incident speaks of, from a file that this command writes \
         as behaviour.toml."
            .to_owned(),
    ];
    if !incidents.ignored_columns.is_empty() {
        let columns = incidents.ignored_columns.join(", ");
        lead.push(format!("Columns that mean nothing here: {columns}."));
    }
    let rows = fitted.parameters.iter().map(row).collect();
    let sources = fitted.parameters.iter().map(|one| {
        let basis = match one.basis {
            Basis::Sourced => "sourced",
            Basis::Derived => "derived",
            Basis::Assumed => "assumed",
        };
        vec![
            one.name.clone(),
            basis.to_owned(),
            one.source.clone(),
            one.method.to_owned(),
        ]
    });
    let mut parts = vec![
        SheetPart {
            title: "Before and after".to_owned(),
            words: Vec::new(),
            table: Some(SheetTable {
                caption: "Middle, and nine in ten".to_owned(),
                columns: vec![
                    ("parameter", false),
                    ("what", false),
                    ("unit", false),
                    ("before", true),
                    ("after", true),
                    ("incidents", true),
                    ("moved", false),
                ],
                rows,
            }),
        },
        SheetPart {
            title: "What it stands on".to_owned(),
            words: Vec::new(),
            table: Some(SheetTable {
                caption: "Where each prior comes from, and how it was fitted".to_owned(),
                columns: vec![
                    ("parameter", false),
                    ("basis", false),
                    ("source", false),
                    ("method", false),
                ],
                rows: sources.collect(),
            }),
        },
    ];
    parts.extend(left_out_part("Rows left out", &incidents.faults));
    Sheet {
        title: "How this organisation acts".to_owned(),
        lead,
        parts,
    }
}

fn row(one: &Fitted) -> Vec<String> {
    let words = |of: Middle| three([of.low, of.median, of.high]);
    let moved = match (one.is_moved, one.is_beyond_prior) {
        (false, _) => "not moved",
        (true, false) => "moved",
        (true, true) => "moved, beyond what was believed",
    };
    vec![
        one.name.clone(),
        one.about.clone(),
        one.unit.to_owned(),
        words(one.prior),
        words(one.posterior),
        one.incidents.to_string(),
        moved.to_owned(),
    ]
}
