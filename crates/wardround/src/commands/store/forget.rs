//! `wardround store forget`.

use std::fmt::Write as _;
use std::path::PathBuf;

use clap::{ArgGroup, Parser};
use jiff::Timestamp;
use serde_json::{Value, json};
use wardround_evidence::{Disclosure, visible};
use wardround_store::{Access, EvidenceStore, Forgotten, Listed, Selected, Selection};

use super::super::origin::now;
use super::{Format, line, open, with_lines};
use crate::gather::unusable;
use crate::terminal::say;
use crate::{ExitCode, Failure};

/// Forget sources: whole files, each leaving a tombstone with its digest, the date and the reason.
///
/// A source that was forgotten is not read into the store again. All sources with the same contents go together.
///
/// Example: wardround store forget estate.store --source wards/scan.xml --reason "left the estate"
#[derive(Debug, Parser)]
#[command(group = ArgGroup::new("which").required(true))]
pub(super) struct Args {
    /// The store.
    store: PathBuf,

    /// The source at this path, all below this folder, or the one with this digest (12 digits are enough).
    #[arg(long, group = "which", value_name = "PATH|DIGEST")]
    source: Option<String>,

    /// The source at this path, or all below this folder, as of files that were moved and were added where they lie now: what
    /// the store holds at another path too goes from this one, without a tombstone; nothing else goes.
    #[arg(long, group = "which", value_name = "PATH")]
    moved: Option<String>,

    /// All sources that speak of nothing since this moment.
    #[arg(long, group = "which", value_name = "TIME")]
    before: Option<Timestamp>,

    /// Why, in a few words that name nobody; it is kept.
    #[arg(long)]
    reason: String,

    /// Only say what would be forgotten.
    #[arg(long)]
    dry_run: bool,

    /// Words for people, or data.
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
}

pub(super) fn run(args: &Args) -> Result<String, Failure> {
    let selection = selection(args)?;
    let reason = args.reason.trim();
    if reason.is_empty() {
        let words = "a reason is kept with what is forgotten, and this one is empty";
        return Err(Failure::new(ExitCode::Usage, words));
    }
    let access = if args.dry_run {
        Access::Read
    } else {
        Access::Write
    };
    let store = open(&args.store, access)?;
    let forgotten = if args.dry_run {
        let Selected { going, staying } = store.selected(&selection).map_err(unusable)?;
        Forgotten {
            gone: going,
            staying,
            tombstones: Vec::new(),
        }
    } else {
        let forgotten = store.forget(&selection, reason, now());
        forgotten.map_err(unusable)?
    };
    told(args, &store, &forgotten)
}

fn selection(args: &Args) -> Result<Selection, Failure> {
    match (&args.source, &args.moved, args.before) {
        (Some(source), ..) => Ok(Selection::Source(source.clone())),
        (None, Some(path), _) => Ok(Selection::Moved(path.clone())),
        (None, None, Some(moment)) => Ok(Selection::Before(moment)),
        (None, None, None) => {
            let words = "`--source`, `--moved` or `--before` says what to forget";
            Err(Failure::new(ExitCode::Usage, words))
        }
    }
}

/// What went, what stayed, and what may hold what was to go.
fn told(args: &Args, store: &EvidenceStore, forgotten: &Forgotten) -> Result<String, Failure> {
    let unreadable = store.list(None).map_err(unusable)?.flawed;
    let unreadable: Vec<String> = unreadable.iter().map(ToString::to_string).collect();
    let text = match args.format {
        Format::Text => words(args, forgotten, &unreadable),
        Format::Json => format!("{:#}\n", data(args, forgotten, &unreadable)),
    };
    if !forgotten.gone.is_empty() {
        return Ok(text);
    }
    let failure = if forgotten.staying.is_empty() {
        let words = "the store holds no such source";
        Failure::new(ExitCode::InputUnreadable, words)
            .hint("`wardround store status` lists what it holds")
    } else {
        let words = "nothing was forgotten: the store holds none of this anywhere else";
        Failure::new(ExitCode::InputUnreadable, words)
            .hint(
                "first `store add` the folder in which the files lie now, then say `--moved` again",
            )
            .hint("what was not moved and must go is forgotten with `--source`")
    };
    match args.format {
        Format::Json => say(&text).and(Err(failure)),
        Format::Text => Err(with_lines(failure, &text)),
    }
}

fn words(args: &Args, forgotten: &Forgotten, unreadable: &[String]) -> String {
    let verb = if args.dry_run {
        "Would be forgotten"
    } else {
        "Forgotten"
    };
    let mut text = String::new();
    for listed in &forgotten.gone {
        let _ = writeln!(text, "{verb}: {}", line(listed));
    }
    for listed in &forgotten.staying {
        let _ = writeln!(
            text,
            "Stays, for the store holds it nowhere else: {}",
            line(listed)
        );
    }
    for flawed in unreadable {
        let _ = writeln!(
            text,
            "CANNOT BE READ, and may hold what was to be forgotten: {}",
            visible(flawed)
        );
    }
    text
}

fn data(args: &Args, forgotten: &Forgotten, unreadable: &[String]) -> Value {
    let sources = |sources: &[Listed]| -> Vec<Value> {
        let named = sources.iter().map(|listed| {
            let source = &listed.notes.source;
            json!({
                "path": source.path.show(&Disclosure::team()).to_string(),
                "digest": source.digest.to_string(),
            })
        });
        named.collect()
    };
    let tombstones = forgotten.tombstones.iter();
    let tombstones = tombstones.map(|it| it.digest.to_string());
    json!({
        "schema": "wardround-store-forget/1",
        "dry_run": args.dry_run,
        "forgotten": sources(&forgotten.gone),
        "staying": sources(&forgotten.staying),
        "tombstones": tombstones.collect::<Vec<_>>(),
        "unreadable": unreadable,
    })
}
