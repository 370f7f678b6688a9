//! `wardround diff`: what changed between two moments.

use std::collections::BTreeMap;
use std::path::PathBuf;

use clap::{Parser, ValueEnum};
use jiff::Timestamp;
use serde::Serialize;
use wardround_estate::{
    ChainLink, ChangeKind, Comparison, Estate, Finding, HostId, Options, chain, compare,
};
use wardround_evidence::{Audience, Disclosure, Truth};
use wardround_report::{BYTE_ORDER_MARK, Cell, csv_row};

use super::origin::now;
use super::rows::{audience, json, put};
use crate::round::{Round, Settings};
use crate::terminal::{Bars, width, wrapped};
use crate::{ExitCode, Failure, Origin, questions, subject};

/// Tell what changed between two moments: machines that came and went, and verdicts that are others now, each with the evidence
/// that decided it then and now.
///
/// BEFORE and AFTER are two folders of exports; or one folder or one store is asked at two moments. A verdict that turned into
/// its opposite is `fixed` or `opened` where newer evidence says so, and `changed mind` where nothing shows that the machine
/// itself changed.
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

    /// Words for people, a table for spreadsheets, or data.
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,

    /// How many changes of each kind to show as text; 0 for all.
    #[arg(long, default_value_t = 10)]
    most: usize,

    /// Begin CSV with a byte-order mark, for spreadsheets that take UTF-8 for something else without one.
    #[arg(long)]
    bom: bool,

    /// Where to write, for its owner only; `-` for standard output, the default.
    #[arg(short, long)]
    output: Option<PathBuf>,

    /// For whom: `team` sees every name; `board` organisations only; `share` pseudonyms.
    #[arg(long = "for", alias = "audience", default_value = "team", value_parser = audience)]
    audience: Audience,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Format {
    Text,
    Csv,
    Json,
}

/// One change, told to one audience.
#[derive(Debug, Serialize)]
struct Row {
    change: &'static str,
    machine: String,
    organisation: Option<String>,
    question: Option<String>,
    before: Option<String>,
    after: Option<String>,
}

#[derive(Serialize)]
struct Document<'a> {
    schema: &'static str,
    from: String,
    to: String,
    machines_in_both: usize,
    changes: &'a [Row],
}

/// The words of machines that came and went, in data and for people.
const NEW: (&str, &str) = ("new", "new machines");
const GONE: (&str, &str) = ("gone", "machines that nothing speaks of any more");

pub(super) fn run(args: &Args, bars: bool) -> Result<(), Failure> {
    let origins = match (&args.before, &args.after, &args.store) {
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
    let [before, after] = [
        opened(&origins[0], args.from, bars)?,
        opened(&origins[1], args.to, bars)?,
    ];
    let asked = questions(&after.estate)?;
    let found = compare(&before.estate, &after.estate, &asked);
    // One disclosure for both, so that a machine has one pseudonym.
    let names = after.disclosure(args.audience);
    let rows = rows(&before.estate, &after.estate, &found, &names);
    let (from, to) = (before.estate.as_of, after.estate.as_of);
    let text = match args.format {
        Format::Text => text(&rows, (from, to), found.matched, args.most),
        Format::Csv => csv(&rows, args.bom),
        Format::Json => json(&Document {
            schema: "wardround-diff/1",
            from: from.to_string(),
            to: to.to_string(),
            machines_in_both: found.matched,
            changes: &rows,
        })?,
    };
    put(args.output.as_deref(), &text)
}

fn opened(origin: &Origin, as_of: Option<Timestamp>, bars: bool) -> Result<Round, Failure> {
    let settings = Settings {
        options: Options {
            as_of,
            ..Options::default()
        },
        read_at: now(),
        ..Settings::default()
    };
    let progress = Bars::new(bars);
    let round = Round::of(origin, &settings, &progress);
    progress.finish();
    round
}

/// All changes, the most pressing kind first, then by organisation and machine.
fn rows(before: &Estate, after: &Estate, found: &Comparison, names: &Disclosure) -> Vec<Row> {
    let mut rows = Vec::new();
    for kind in ChangeKind::ALL {
        let from = rows.len();
        for change in found.changes.iter().filter(|change| change.kind == kind) {
            rows.push(Row {
                question: Some(change.question.words()),
                before: Some(why(before, change.before, &change.found_before, names)),
                after: Some(why(after, change.after, &change.found_after, names)),
                ..bare(kind.key(), after, change.after, names)
            });
        }
        sort(&mut rows[from..]);
    }
    for (key, estate, hosts) in [(NEW.0, after, &found.new), (GONE.0, before, &found.gone)] {
        let from = rows.len();
        rows.extend(hosts.iter().map(|host| bare(key, estate, *host, names)));
        sort(&mut rows[from..]);
    }
    rows
}

fn sort(rows: &mut [Row]) {
    let key = |row: &Row| {
        (
            row.organisation.clone(),
            row.machine.clone(),
            row.question.clone(),
        )
    };
    rows.sort_by_cached_key(key);
}

fn bare(change: &'static str, estate: &Estate, host: HostId, names: &Disclosure) -> Row {
    let machine = subject(estate, host);
    let known_as = machine
        .name
        .map(|name| name.show(names))
        .or(machine.address.map(|address| address.show(names)));
    let otherwise = || {
        let identifiers = &estate.host(host).identifiers;
        identifiers.first().map(|it| it.show(names))
    };
    Row {
        change,
        machine: known_as.or_else(otherwise).unwrap_or_default(),
        organisation: machine.organisation.map(|name| name.show(names)),
        question: None,
        before: None,
        after: None,
    }
}

/// A verdict with what decided it: `fails: tested on 2025-06-03, by scan.xml`.
fn why(estate: &Estate, host: HostId, finding: &Finding, names: &Disclosure) -> String {
    let verdict = match finding.verdict.truth {
        Truth::Holds => "holds",
        Truth::Fails => "fails",
        Truth::Unknown => {
            let gap = finding.gap.map(|gap| format!(": {}", gap.words()));
            return format!("unknown{}", gap.unwrap_or_default());
        }
    };
    let links = chain(estate, host, finding);
    let deciding = links.first().map(|link| told(link, names));
    format!("{verdict}{}", deciding.unwrap_or_default())
}

fn told(link: &ChainLink<'_>, names: &Disclosure) -> String {
    let when = link.when.map_or_else(
        || "at an unknown time".to_owned(),
        |moment| format!("on {}", moment.strftime("%Y-%m-%d")),
    );
    format!(
        ": {}, {} {when}, by {}",
        link.what,
        link.method.word(),
        link.path.show(names)
    )
}

fn text(rows: &[Row], (from, to): (Timestamp, Timestamp), both: usize, most: usize) -> String {
    let most = if most == 0 { usize::MAX } else { most };
    let width = width();
    let lead = format!("From {from} to {to}; {both} machines are in both.");
    let mut text = wrapped("", &lead, width, 0);
    if rows.is_empty() {
        text.push_str("Nothing changed.\n");
        return text;
    }
    let verdicts = ChangeKind::ALL.map(|kind| (kind.key(), kind.words()));
    let kinds = verdicts.into_iter().chain([NEW, GONE]);
    for (key, words) in kinds {
        let of_kind: Vec<&Row> = rows.iter().filter(|row| row.change == key).collect();
        if of_kind.is_empty() {
            continue;
        }
        text.push_str(&format!(
            "\n{}{}: {}\n",
            words[..1].to_uppercase(),
            &words[1..],
            of_kind.len()
        ));
        for (what, count) in counts(&of_kind) {
            text.push_str(&wrapped(&format!("{count:>6}  "), &what, width, 8));
        }
        for row in of_kind.iter().take(most) {
            let question = row.question.as_deref().map(|words| format!(": {words}"));
            let head = format!("{}{}", row.machine, question.unwrap_or_default());
            text.push_str(&wrapped("  - ", &head, width, 4));
            for (name, why) in [("was  ", &row.before), ("now  ", &row.after)] {
                if let Some(why) = why {
                    text.push_str(&wrapped(&format!("      {name}"), why, width, 11));
                }
            }
        }
        if of_kind.len() > most {
            let more = of_kind.len() - most;
            text.push_str(&format!("  … and {more} more (--most 0 shows all)\n"));
        }
    }
    text
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

fn csv(rows: &[Row], mark: bool) -> String {
    let mut text = if mark {
        BYTE_ORDER_MARK.to_owned()
    } else {
        String::new()
    };
    let heads = [
        "change",
        "organisation",
        "machine",
        "question",
        "before",
        "after",
    ];
    text.push_str(&csv_row(&heads.map(Cell::text)));
    let cell = |words: &Option<String>| words.as_ref().map_or(Cell::Absent, Cell::text);
    for row in rows {
        text.push_str(&csv_row(&[
            Cell::text(row.change),
            cell(&row.organisation),
            Cell::text(&row.machine),
            cell(&row.question),
            cell(&row.before),
            cell(&row.after),
        ]));
    }
    text
}
