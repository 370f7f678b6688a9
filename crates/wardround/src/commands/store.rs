//! `wardround store`: what is kept, whether it is whole, and forgetting.

use std::fmt::Write as _;
use std::path::PathBuf;

use clap::{ArgGroup, Args as ClapArgs, Parser, Subcommand, ValueEnum};
use jiff::Timestamp;
use serde_json::{Value, json};
use wardround_evidence::{Disclosure, visible};
use wardround_store::{Access, Contents, EvidenceStore, Listed, Selection};

use super::origin::now;
use crate::gather::unusable;
use crate::kept::StoreKeeper;
use crate::terminal::Bars;
use crate::{ExitCode, Failure, Progress, can_be_listed, read_folder};

/// Keep evidence with its history, look after it, and forget what must not be kept.
///
/// A store is a folder with one Parquet file for each source that was read into it; any engine that reads Parquet can ask it
/// (see docs/store.md). `report`, `why`, `outbreak`, `hosts`, `doctor` and `diff` read a store with `--store`.
///
/// Example: wardround store add estate.store examples/northmere
#[derive(Debug, Parser)]
pub(super) struct Args {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    Add(Add),
    Status(Status),
    Verify(Verify),
    Forget(Forget),
}

/// Read a folder of exports into a store, which is made if it is not there.
///
/// What the store holds already adds nothing, and reading again completes what was interrupted.
#[derive(Debug, ClapArgs)]
struct Add {
    /// The store.
    store: PathBuf,

    /// The folder with the exports.
    folder: PathBuf,
}

/// Say what a store holds.
#[derive(Debug, ClapArgs)]
struct Status {
    /// The store.
    store: PathBuf,

    /// Words for people, or data.
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
}

/// Read every file of a store to its end and name each that is not what was put there.
#[derive(Debug, ClapArgs)]
struct Verify {
    /// The store.
    store: PathBuf,
}

/// Forget sources: whole files, each leaving a tombstone with its digest, the date and the reason.
///
/// A source that was forgotten is not read into the store again. All sources with the same contents go together.
///
/// Example: wardround store forget estate.store --source wards/scan.xml --reason "left the estate"
#[derive(Debug, ClapArgs)]
#[command(group = ArgGroup::new("which").required(true))]
struct Forget {
    /// The store.
    store: PathBuf,

    /// The source at this path, all below this folder, or the one with this digest (12 digits are enough).
    #[arg(long, group = "which", value_name = "PATH|DIGEST")]
    source: Option<String>,

    /// The source at this path, or all below this folder, as of files that were moved or taken away: the same contents at
    /// another place stay, and leave no tombstone.
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
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Format {
    Text,
    Json,
}

pub(super) fn run(args: &Args, bars: bool) -> Result<String, Failure> {
    match &args.command {
        Command::Add(args) => add(args, bars),
        Command::Status(args) => status(args),
        Command::Verify(args) => verify(args),
        Command::Forget(args) => forget(args),
    }
}

fn open(folder: &std::path::Path, access: Access) -> Result<EvidenceStore, Failure> {
    EvidenceStore::open(folder, access).map_err(unusable)
}

fn add(args: &Add, bars: bool) -> Result<String, Failure> {
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
    let mut text = format!(
        "{} of {} sources are new in the store; it held {} already.\n",
        counts.added,
        counts.all(),
        counts.known
    );
    if counts.mended > 0 {
        let _ = writeln!(
            text,
            "{} were damaged in it and are whole again.",
            counts.mended
        );
    }
    if counts.forgotten > 0 {
        let _ = writeln!(
            text,
            "{} were forgotten once and not read again.",
            counts.forgotten
        );
    }
    for store in &read.stores {
        let _ = writeln!(
            text,
            "Passed over, for it is a store itself: {}",
            visible(store)
        );
    }
    let unread = &read.outcome;
    for file in &unread.unrecognised {
        let path = file.path.show(&Disclosure::team());
        let _ = writeln!(text, "Not recognised: {path}");
    }
    for file in &unread.refused {
        let path = file.path.show(&Disclosure::team());
        let _ = writeln!(text, "Not used: {path}: {}", visible(&file.reason));
    }
    if counts.all() == 0 {
        let words = format!("nothing in `{}` could be kept", args.folder.display());
        return Err(Failure::new(ExitCode::InputUnreadable, words).detail(text.trim_end()));
    }
    Ok(text)
}

fn status(args: &Status) -> Result<String, Failure> {
    let store = open(&args.store, Access::Read)?;
    let contents = store.list(None).map_err(unusable)?;
    Ok(match args.format {
        Format::Text => words(&contents),
        Format::Json => format!("{:#}\n", data(&contents)),
    })
}

fn words(contents: &Contents) -> String {
    let segments = &contents.segments;
    let statements: u64 = segments.iter().map(|it| it.notes.statements).sum();
    let bytes: u64 = segments.iter().map(|it| it.file_bytes).sum();
    let read_bytes: u64 = segments.iter().map(|it| it.notes.source.bytes).sum();
    let mut text = format!(
        "{} sources with {statements} statements of machines, {} on disk for {} that were read.\n",
        segments.len(),
        size(bytes),
        size(read_bytes)
    );
    let spans = || segments.iter().filter_map(|it| it.notes.span);
    if let (Some(oldest), Some(newest)) =
        (spans().map(|it| it.0).min(), spans().map(|it| it.1).max())
    {
        let _ = writeln!(text, "They speak of {oldest} to {newest}.");
    }
    for listed in segments {
        let _ = writeln!(text, "{}", line(listed));
    }
    for tombstone in &contents.tombstones {
        let _ = writeln!(
            text,
            "forgotten {}  {}: {}",
            tombstone.forgotten_at.strftime("%Y-%m-%d"),
            short(&tombstone.digest.to_string()),
            visible(&tombstone.reason)
        );
    }
    for error in &contents.flawed {
        let _ = writeln!(text, "CANNOT BE USED: {}", visible(&error.to_string()));
    }
    text
}

fn line(listed: &Listed) -> String {
    let notes = &listed.notes;
    let older = if listed.current {
        ""
    } else {
        "  (replaced by a later one)"
    };
    format!(
        "read {}  {}  {}, {} statements: {}{older}",
        notes.read_at.strftime("%Y-%m-%d"),
        short(&notes.source.digest.to_string()),
        visible(&notes.source.title),
        notes.statements,
        notes.source.path.show(&Disclosure::team()),
    )
}

fn short(digest: &str) -> &str {
    digest.get(..12).unwrap_or(digest)
}

fn size(bytes: u64) -> String {
    // Only for people: three digits are enough.
    let megabytes = bytes as f64 / 1e6;
    if megabytes < 10.0 {
        format!("{megabytes:.1} MB")
    } else {
        format!("{megabytes:.0} MB")
    }
}

fn data(contents: &Contents) -> Value {
    let sources: Vec<Value> = contents
        .segments
        .iter()
        .map(|listed| {
            let notes = &listed.notes;
            json!({
                "path": notes.source.path.show(&Disclosure::team()),
                "digest": notes.source.digest.to_string(),
                "reader": notes.source.reader,
                "read_at": notes.read_at.to_string(),
                "current": listed.current,
                "statements": notes.statements,
                "oldest": notes.span.map(|(oldest, _)| oldest.to_string()),
                "newest": notes.span.map(|(_, newest)| newest.to_string()),
                "source_bytes": notes.source.bytes,
                "segment_bytes": listed.file_bytes,
                "segment": listed.path().file_name().map(|name| name.to_string_lossy().into_owned()),
            })
        })
        .collect();
    let tombstones: Vec<Value> = contents
        .tombstones
        .iter()
        .map(|tombstone| {
            json!({
                "digest": tombstone.digest.to_string(),
                "forgotten_at": tombstone.forgotten_at.to_string(),
                "reason": tombstone.reason,
            })
        })
        .collect();
    let flawed: Vec<String> = contents.flawed.iter().map(ToString::to_string).collect();
    json!({
        "schema": "wardround-store-status/1",
        "sources": sources,
        "tombstones": tombstones,
        "unusable": flawed,
    })
}

fn verify(args: &Verify) -> Result<String, Failure> {
    let store = open(&args.store, Access::Read)?;
    let verified = store.verify().map_err(unusable)?;
    let mut text = format!("{} segments are whole and unchanged.\n", verified.sound);
    if verified.unfinished > 0 {
        let _ = writeln!(
            text,
            "{} files are not finished: a process is writing them, or was stopped; they hold nothing that was ever kept.",
            verified.unfinished
        );
    }
    if verified.flawed.is_empty() {
        return Ok(text);
    }
    let count = verified.flawed.len();
    let words = format!("{count} files of the store are not what was put there");
    let mut failure = Failure::new(ExitCode::InputUnreadable, words).detail(text.trim_end());
    for flawed in &verified.flawed {
        failure = failure.detail(format!("`{}`: {}", flawed.path.display(), flawed.reason));
    }
    Err(failure.hint("read the sources again: `store add` mends a damaged segment; every other segment is still good"))
}

fn forget(args: &Forget) -> Result<String, Failure> {
    let selection = match (&args.source, &args.moved, args.before) {
        (Some(source), ..) => Selection::Source(source.clone()),
        (None, Some(path), _) => Selection::Here(path.clone()),
        (None, None, Some(moment)) => Selection::Before(moment),
        (None, None, None) => {
            let words = "`--source`, `--moved` or `--before` says what to forget";
            return Err(Failure::new(ExitCode::Usage, words));
        }
    };
    if args.reason.trim().is_empty() {
        let words = "a reason is kept with what is forgotten, and this one is empty";
        return Err(Failure::new(ExitCode::Usage, words));
    }
    let access = if args.dry_run {
        Access::Read
    } else {
        Access::Write
    };
    let store = open(&args.store, access)?;
    let (verb, gone): (&str, Vec<Listed>) = if args.dry_run {
        let selected = store.selected(&selection).map_err(unusable)?;
        ("Would be forgotten", selected)
    } else {
        let forgotten = store
            .forget(&selection, args.reason.trim(), now())
            .map_err(unusable)?;
        let segments = forgotten.into_iter().map(|it| it.segment);
        ("Forgotten", segments.collect())
    };
    if gone.is_empty() {
        let words = "the store holds no such source";
        return Err(Failure::new(ExitCode::InputUnreadable, words)
            .hint("`wardround store status` lists what it holds"));
    }
    let mut text = String::new();
    for listed in &gone {
        let _ = writeln!(text, "{verb}: {}", line(listed));
    }
    for flawed in &store.list(None).map_err(unusable)?.flawed {
        let _ = writeln!(
            text,
            "CANNOT BE READ, and may hold what was to be forgotten: {}",
            visible(&flawed.to_string())
        );
    }
    Ok(text)
}
