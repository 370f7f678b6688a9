//! `wardround store add`.

use std::fmt::Write as _;
use std::path::PathBuf;

use clap::Parser;
use serde_json::{Value, json};
use wardround_evidence::{Disclosure, SourcePath, visible};
use wardround_store::Access;

use super::super::origin::now;
use super::{Format, open, with_lines};
use crate::folder::Folder;
use crate::kept::StoreKeeper;
use crate::terminal::{Bars, say};
use crate::unknown_tables::unrecognised;
use crate::{ExitCode, Failure, KeptCounts, Progress, can_be_listed, read_folder};

/// Read a folder of exports into a store, which is made if it is not there.
///
/// What the store holds already adds nothing, and reading again completes what was interrupted. Sources are known by their
/// path below the folder: give the same folder each time.
#[derive(Debug, Parser)]
pub(super) struct Args {
    /// The store.
    store: PathBuf,

    /// The folder with the exports.
    folder: PathBuf,

    /// Words for people, or data.
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
}

pub(super) fn run(args: &Args, bars: bool) -> Result<String, Failure> {
    can_be_listed(&args.folder)?;
    let store = open(&args.store, Access::Write)?;
    let keeper = StoreKeeper::new(&store, now());
    let progress = Bars::new(bars);
    let limits = wardround_sources::Limits::default();
    let read = read_folder(&args.folder, limits, Some(&keeper), &|total| {
        progress.file(total);
    });
    progress.finish();
    let read = read?;
    let counts = keeper.finish()?;
    let text = match args.format {
        Format::Text => words(&counts, &read),
        Format::Json => format!("{:#}\n", data(&counts, &read)),
    };
    if counts.all() > 0 {
        return Ok(text);
    }
    let words = format!("nothing in `{}` could be kept", args.folder.display());
    let failure = Failure::new(ExitCode::InputUnreadable, words);
    match args.format {
        Format::Text => Err(with_lines(failure, &text)),
        Format::Json => say(&text).and(Err(failure)),
    }
}

fn words(counts: &KeptCounts, read: &Folder) -> String {
    let mut text = format!(
        "{} of {} sources are new in the store; it held {} already.\n",
        counts.added,
        counts.all(),
        counts.known
    );
    for (count, what) in [
        (counts.mended, "were damaged in it and are whole again"),
        (
            counts.read_anew,
            "had been read by an earlier version of wardround and are read anew",
        ),
        (counts.forgotten, "were forgotten once and not read again"),
    ] {
        if count > 0 {
            let _ = writeln!(text, "{count} {what}.");
        }
    }
    beside(counts, &mut text);
    for store in &read.stores {
        let store = visible(store);
        let _ = writeln!(text, "Passed over, for it is a store itself: {store}");
    }
    for file in &read.outcome.unrecognised {
        let what = unrecognised(&read.outcome, file);
        let _ = writeln!(text, "Not used: {}: {what}", shown(&file.path));
    }
    for file in &read.outcome.refused {
        let reason = visible(&file.reason);
        let _ = writeln!(text, "Not used: {}: {reason}", shown(&file.path));
    }
    text
}

/// How many paths are named.
const NAMED: usize = 3;

/// What of the store is not heard any more, or is heard twice, since it was read from other places.
fn beside(counts: &KeptCounts, text: &mut String) {
    if !counts.replaced.is_empty() {
        let _ = writeln!(
            text,
            "{} took the place of others that were read at the same path before, whose descriptions and undated words are not \
             heard any more: {}.",
            counts.replaced.len(),
            some(counts.replaced.iter().map(shown)),
        );
    }
    if !counts.copies.is_empty() {
        let copies = counts.copies.iter();
        let named = copies.map(|(new, old)| format!("{} (as {})", shown(new), shown(old)));
        let _ = writeln!(
            text,
            "{} of the new ones have the same contents as sources that it holds at other paths: {}. If they were moved, \
             `store forget --moved` takes the old ones out.",
            counts.copies.len(),
            some(named),
        );
    }
}

/// The first few, and that there are more.
fn some(mut words: impl ExactSizeIterator<Item = String>) -> String {
    let left = words.len().saturating_sub(NAMED);
    let named: Vec<String> = words.by_ref().take(NAMED).collect();
    let more = if left > 0 {
        format!(" and {left} more")
    } else {
        String::new()
    };
    named.join(", ") + &more
}

fn shown(path: &SourcePath) -> String {
    path.show(&Disclosure::team()).to_string()
}

fn data(counts: &KeptCounts, read: &Folder) -> Value {
    let copies = counts.copies.iter();
    let copies = copies.map(|(new, old)| json!({ "path": shown(new), "held_at": shown(old) }));
    let refused = read.outcome.refused.iter();
    let refused = refused.map(|it| json!({ "path": shown(&it.path), "reason": it.reason }));
    let unrecognised = read.outcome.unrecognised.iter().map(|it| shown(&it.path));
    json!({
        "schema": "wardround-store-add/1",
        "added": counts.added,
        "known": counts.known,
        "mended": counts.mended,
        "read_anew": counts.read_anew,
        "forgotten": counts.forgotten,
        "replaced": counts.replaced.iter().map(shown).collect::<Vec<_>>(),
        "copies": copies.collect::<Vec<_>>(),
        "stores": read.stores,
        "unrecognised": unrecognised.collect::<Vec<_>>(),
        "refused": refused.collect::<Vec<_>>(),
    })
}
