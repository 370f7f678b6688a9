//! `wardround calibrate`: behaviour, as an organisation's own incidents show it.

use std::ffi::OsStr;
use std::path::{Path, PathBuf};

use clap::{Parser, ValueEnum};
use serde_json::json;
use wardround_outbreak::Basis;
use wardround_outbreak::backtest::Prior;
use wardround_outbreak::backtest::calibrate::{
    Behaviour, Calibration, Fitted, FromLedger, Incidents, Middle, calibrate,
};
use wardround_outbreak::harm::ServiceRules;
use wardround_outbreak::harm::ledger::Ledger;
use wardround_report::{Sheet, SheetPart, SheetTable, render_sheet};

use super::backtest::words::three;
use super::ledger;
use super::rows::{first_of, json, left_out_part, put, tell_left_out, text_of, unusable};
use crate::{ExitCode, Failure};

/// Fit how fast an organisation acts, rebuilds and falls back on paper to its own incidents and exercises.
///
/// The file is CSV, a row for each incident: incident,noticed_at,acted_at,machines_out,machines_back_by,planned_units,
/// cancelled_units,activity. What is not known is left empty. `machines_back_by` is 2:300; 7:1156 for 300 back by day 2 and
/// 1,156 by day 7. The built-in cases are the prior; what the incidents did not move is said.
///
/// With `--ledger`, cancelled_units that are left empty where planned_units are not are summed from the ledger, from the day of
/// noticed_at to the last of machines_back_by.
///
/// With `--format toml`, or into a file that is called so, what was fitted is written for `wardround report --calibrated`.
///
/// Example: wardround calibrate incidents.csv -o behaviour.toml
#[derive(Debug, Parser)]
pub(super) struct Args {
    /// The incidents and exercises.
    #[arg(value_name = "INCIDENTS.csv")]
    incidents: PathBuf,

    /// A ledger that holds the cancelled units which the incidents leave empty.
    #[arg(long, value_name = "LEDGER.csv")]
    ledger: Option<PathBuf>,

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
    let ledger = match &args.ledger {
        Some(path) => {
            let ledger = ledger::parsed(path, &text_of(path)?, &rules)?;
            tell_left_out(path, &ledger.faults);
            ledger::tell_doubts(path, &ledger.doubts(&rules, 0));
            Some(ledger)
        }
        None => None,
    };
    let incidents = Incidents::beside(&text, ledger.as_ref(), &rules).map_err(|error| {
        let failure = unusable(&args.incidents, error);
        if Ledger::parse(&text, &rules).is_err() {
            return failure;
        }
        let path = args.incidents.display();
        failure
            .hint("this is a ledger; incidents and exercises stand in a file of their own, a row for each")
            .hint(format!(
                "`wardround calibrate incidents.csv --ledger {path}` takes the cancelled units that it leaves empty from this ledger"
            ))
    })?;
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
            "from_ledger": incidents.from_ledger,
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
    let assumed = fitted.parameters.iter();
    let assumed = assumed.filter(|one| one.basis == Basis::Assumed);
    let assumed: Vec<&str> = assumed.map(|one| one.name.as_str()).collect();
    let mut lead = vec![
        match fitted.incidents.len() {
            1 => "1 incident or exercise.".to_owned(),
            several => format!("{several} incidents or exercises."),
        },
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
    if !assumed.is_empty() {
        lead.push(format!(
            "No case stands behind what was believed before of {}: these ranges are assumed.",
            assumed.join(", ")
        ));
    }
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
    parts.extend(summed_part(&incidents.from_ledger));
    parts.extend(left_out_part("Rows left out", &incidents.faults));
    Sheet {
        title: "How this organisation acts".to_owned(),
        lead,
        parts,
    }
}

/// Which cancelled units come from a ledger; none where none do.
fn summed_part(sums: &[FromLedger]) -> Option<SheetPart> {
    let rows = sums.iter().map(|sum| {
        vec![
            sum.incident.clone(),
            sum.activity.clone(),
            format!("{} to {}", sum.days.first, sum.days.last),
            sum.cancelled.to_string(),
            sum.rows.to_string(),
            if sum.is_estimated {
                "estimated"
            } else {
                "measured"
            }
            .to_owned(),
            sum.organisations.join(", "),
        ]
    });
    (!sums.is_empty()).then(|| SheetPart {
        title: "Taken from the ledger".to_owned(),
        words: vec![
            "Cancelled units that the incidents leave empty: from the day on which each was noticed to the last on which machines \
             came back, by all organisations that enter the activity. Days on which systems were back in part are among them."
                .to_owned(),
        ],
        table: Some(SheetTable {
            caption: "Cancelled units, summed".to_owned(),
            columns: vec![
                ("incident", false),
                ("activity", false),
                ("days", false),
                ("cancelled", true),
                ("rows", true),
                ("standing", false),
                ("organisations", false),
            ],
            rows: rows.collect(),
        }),
    })
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
