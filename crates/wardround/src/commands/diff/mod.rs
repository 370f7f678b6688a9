//! `wardround diff`: what changed between two moments.

mod rows;
mod show;

use std::path::PathBuf;

use clap::Parser;
use jiff::Timestamp;
use serde::Serialize;
use wardround_estate::{compare, compare_claims};

use self::rows::{ClaimRow, Row, claim_rows, rows};
use self::show::{csv, text};
use super::opened::open;
use super::rows::{json, lines, put};
use super::shown::{Format, ShownArgs};
use crate::round::Round;
use crate::{ExitCode, Failure, Origin, questions};

/// Tell what changed between two moments: claims that stand otherwise, verdicts that are others now, each with the evidence
/// that decided it then and now, and machines that came and went.
///
/// BEFORE and AFTER are two folders of exports; or one folder or one store is asked at two moments. A verdict that turned into
/// its opposite is `fixed` or `opened` where newer evidence says so and what said otherwise is silent or says so no more. It is
/// `changed mind` where nothing shows that the machine itself changed, and `changed with time alone` where nothing new is known:
/// the day that a question asks for moved on, or what spoke against is too old. Each moment is asked about its own last 30 days.
///
/// Example: wardround diff --store estate.store --from 2025-06-01T00:00:00Z
#[derive(Debug, Parser)]
pub(super) struct Args {
    /// The folder with the earlier exports, or the only one.
    #[arg(required_unless_present = "store")]
    before: Option<PathBuf>,

    /// The folder with the later exports.
    #[arg(conflicts_with = "store")]
    after: Option<PathBuf>,

    /// A store of evidence, asked at two moments.
    #[arg(long, value_name = "DIR", conflicts_with = "before", requires = "from")]
    store: Option<PathBuf>,

    /// The earlier moment. Default, of two folders: the newest observation of the first.
    #[arg(long, value_name = "TIME")]
    from: Option<Timestamp>,

    /// The later moment. Default: the newest observation's.
    #[arg(long, value_name = "TIME")]
    to: Option<Timestamp>,

    /// How many changes of each kind to show as text; 0 for all.
    #[arg(long, default_value_t = 10)]
    most: usize,

    #[command(flatten)]
    shown: ShownArgs,
}

#[derive(Serialize)]
struct Document<'a> {
    schema: &'static str,
    from: String,
    to: String,
    machines_in_both: usize,
    claims: &'a [ClaimRow],
    changes: &'a [Row],
}

pub(super) fn run(args: &Args, bars: bool) -> Result<(), Failure> {
    let [earlier, later] = match (&args.before, &args.after, &args.store) {
        (Some(before), Some(after), None) => [Origin::folder(before), Origin::folder(after)],
        (Some(folder), None, None) if args.from.is_some() => {
            [Origin::folder(folder), Origin::folder(folder)]
        }
        (None, None, Some(store)) => [Origin::store(store), Origin::store(store)],
        _ => {
            let words = "one folder is compared with itself at an earlier moment";
            return Err(
                Failure::new(ExitCode::Usage, words).hint("give `--from`, or a second folder")
            );
        }
    };
    let before = open(&earlier, args.from, bars)?;
    let after = open(&later, args.to, bars)?;
    let (from, to) = (before.estate.as_of, after.estate.as_of);
    if from > to {
        let words = format!(
            "the earlier moment, {from} ({}), is later than the later one, {to} ({})",
            whence(&before, &earlier, args.from.map(|_| "--from")),
            whence(&after, &later, args.to.map(|_| "--to")),
        );
        return Err(Failure::new(ExitCode::Usage, words)
            .hint("the earlier folder comes first; `--from` and `--to` set the moments"));
    }
    let found = compare(
        &before.estate,
        &questions(&before.estate)?,
        &after.estate,
        &questions(&after.estate)?,
    );
    // One disclosure for both, so that a machine has one pseudonym.
    let names = after.disclosure(args.shown.audience);
    let rows = rows(&before.estate, &after.estate, &found, &names);
    let claims = compare_claims(&before.estate, &after.estate);
    let claims = claim_rows(&before.estate, &after.estate, &claims, &names);
    let text = match args.shown.format {
        Format::Text => text(&claims, &rows, (from, to), found.matched, args.most),
        Format::Csv => csv(&claims, &rows, args.shown.mark()),
        Format::Json => json(&Document {
            schema: "wardround-diff/1",
            from: from.to_string(),
            to: to.to_string(),
            machines_in_both: found.matched,
            claims: &claims,
            changes: &rows,
        })?,
        Format::Ndjson => lines(&claims)? + &lines(&rows)?,
    };
    put(args.shown.output.as_deref(), &text)
}

/// Where the moment of an estate comes from.
fn whence(round: &Round, origin: &Origin, option: Option<&str>) -> String {
    match option {
        Some(option) => format!("given by `{option}`"),
        None if round.estate.as_of_newest => format!("the newest observation in {origin}"),
        None => format!("`as_of` in the description in {origin}"),
    }
}
