//! `wardround ledger show`.

use std::path::{Path, PathBuf};

use clap::{Args as ClapArgs, ValueEnum};
use jiff::civil::Date;
use serde_json::json;
use wardround_outbreak::RowFault;
use wardround_outbreak::harm::ServiceRules;
use wardround_outbreak::harm::ledger::{Forecast, account};
use wardround_report::render_sheet;

use super::super::rows::{json, plain, put, tell, tell_left_out, text_of, unusable};
use super::page::{Read, sheet};
use super::{parsed, repeat_words};
use crate::Failure;

/// Show what a ledger comes to, beside a forecast if there is one.
///
/// A forecast is a CSV file, day,activity,median,low,high, with a column organisation where it tells them apart; or the JSON
/// of a report, whose days are counted from that on which the outbreak began, and of which only the outbreaks that cost
/// anything speak; what was entered weighs them.
///
/// Example: wardround ledger show ledger.csv --forecast report.json --began 2017-05-12
#[derive(Debug, ClapArgs)]
pub(super) struct Args {
    /// The ledger.
    #[arg(value_name = "LEDGER.csv")]
    ledger: PathBuf,

    /// What was forecast: a CSV file, or the JSON of a report.
    #[arg(long, value_name = "FILE")]
    forecast: Option<PathBuf>,

    /// Of a report's answers, that on this threat. Default: the first.
    #[arg(long, value_name = "NAME", requires = "forecast")]
    threat: Option<String>,

    /// The day on which the outbreak began, for a report's first day: 2017-05-12. Default: the first of the ledger.
    #[arg(long, value_name = "DAY", requires = "forecast")]
    began: Option<Date>,

    /// Words for a terminal, a page, or data.
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,

    /// Where to write; `-` for standard output. Default: standard output.
    #[arg(short, long)]
    output: Option<PathBuf>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Format {
    Text,
    Html,
    Json,
}

pub(super) fn run(args: &Args) -> Result<(), Failure> {
    let rules = ServiceRules::built_in();
    let ledger = parsed(&args.ledger, &text_of(&args.ledger)?, &rules)?;
    let forecast = match &args.forecast {
        Some(path) => {
            let began = args.began.or_else(|| ledger.first_day());
            Some(forecast(path, args.threat.as_deref(), began, &rules)?)
        }
        None => None,
    };
    let nothing: &[RowFault] = &[];
    let forecast_faults = match &forecast {
        Some(Forecast::Daily { faults, .. }) => faults,
        _ => nothing,
    };
    tell_left_out(&args.ledger, &ledger.faults);
    let repeats = ledger.repeated.iter();
    let repeats: Vec<String> = repeats
        .map(|one| repeat_words(one, "the same file"))
        .collect();
    tell(&args.ledger, "not counted again, of", &repeats);
    if let Some(path) = &args.forecast {
        tell_left_out(path, forecast_faults);
    }
    let account = account(&ledger, forecast.as_ref(), &rules);
    let mut doubts = ledger.doubts(&rules, 0);
    if let Some(forecast) = &forecast {
        doubts.extend(forecast.doubts(&ledger, &rules));
    }
    let text = match args.format {
        Format::Json => json(&json!({
            "account": account,
            "rows_left_out": ledger.faults,
            "rows_repeated": ledger.repeated,
            "doubts": doubts,
            "columns_ignored": ledger.ignored_columns,
            "forecast_rows_left_out": forecast_faults,
        }))?,
        Format::Html | Format::Text => {
            let sheet = sheet(&Read {
                account: &account,
                ledger: &ledger,
                doubts: &doubts,
                forecast: forecast.as_ref(),
                forecast_faults,
            });
            if args.format == Format::Html {
                render_sheet(&sheet, env!("CARGO_PKG_VERSION"))
            } else {
                plain(&sheet)
            }
        }
    };
    put(args.output.as_deref(), &text)
}

/// A report begins as JSON does, and no header of a table does.
fn forecast(
    path: &Path,
    threat: Option<&str>,
    began: Option<Date>,
    rules: &ServiceRules,
) -> Result<Forecast, Failure> {
    let text = text_of(path)?;
    let read = if text.trim_start().starts_with('{') {
        Forecast::of_report(&text, threat, began, rules)
    } else {
        Forecast::parse(&text, rules)
    };
    read.map_err(|error| unusable(path, error))
}
