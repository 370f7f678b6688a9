//! `wardround bundle`: a store, or pages to share, in one signed file.

use std::path::{Path, PathBuf};

use clap::{Parser, Subcommand, ValueEnum};
use jiff::Timestamp;
use serde_json::{Value, json};
use wardround_estate::Options;
use wardround_evidence::{Audience, visible};
use wardround_outbreak::Scenario;
use wardround_report::{Document, render_html, render_json};
use wardround_store::{
    Access, BundleKind, EvidenceStore, Fault, Manifest, SecretKey, SharedPages, StoreError,
    pack_pages, pack_store,
};

use super::super::origin::now;
use super::super::store::Format;
use super::{key, key_files};
use crate::round::{Round, Settings};
use crate::terminal::Bars;
use crate::{ExitCode, Failure, Origin};

/// Pack a store, or pages made from it that name nobody, into one file and sign it.
///
/// `wardround verify` tells whoever trusts the key that the file is what was signed, and names what is wrong where it is not
/// (see docs/bundles.md). A bundle of a store is not encrypted and names every machine.
///
/// Example: wardround bundle estate.store --key north-2026.key -o estate.bundle
#[derive(Debug, Parser)]
#[command(args_conflicts_with_subcommands = true, subcommand_negates_reqs = true)]
pub(in super::super) struct Args {
    #[command(subcommand)]
    command: Option<Command>,

    /// The store.
    #[arg(required = true)]
    store: Option<PathBuf>,

    /// The private key that signs (see `wardround bundle key`).
    #[arg(long, value_name = "FILE", required = true)]
    key: Option<PathBuf>,

    /// Where to write; for its owner only.
    #[arg(short, long, required = true)]
    output: Option<PathBuf>,

    /// For whom: `team` gets the store itself, with every name in it; `share` the page and its data with pseudonyms only.
    #[arg(long = "for", value_enum, default_value_t = For::Team)]
    audience: For,

    /// The moment that is written down as that of packing; the same store, key and moment give the same bytes. Default: now.
    #[arg(long, value_name = "TIME")]
    created: Option<Timestamp>,

    /// For `share`: the moment to speak of. Default: the newest observation's.
    #[arg(long, value_name = "TIME")]
    as_of: Option<Timestamp>,

    /// For `share`: a line that the page bears, such as a protective marking.
    #[arg(long)]
    handling: Option<String>,

    /// For `share`: how many outbreaks to sample of each kind; a multiple of 10, at most 1,000,000.
    #[arg(long, default_value_t = 1000, value_parser = super::super::report::replicates)]
    replicates: u32,

    /// Words for people, or data.
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
}

#[derive(Debug, Subcommand)]
enum Command {
    Key(key::Args),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum For {
    Team,
    Share,
}

pub(in super::super) fn run(args: &Args, bars: bool) -> Result<String, Failure> {
    if let Some(Command::Key(args)) = &args.command {
        return key::run(args);
    }
    let (Some(store), Some(key), Some(output)) = (&args.store, &args.key, &args.output) else {
        let words = "a store, `--key` and `--output` are needed";
        return Err(Failure::new(ExitCode::Usage, words));
    };
    if std::fs::canonicalize(key).ok() == std::fs::canonicalize(output).ok() && output.exists() {
        let words = "the bundle would be written over the key that signs it";
        return Err(Failure::new(ExitCode::Usage, words));
    }
    let key = key_files::secret(key)?;
    let created = args.created.unwrap_or_else(now);
    let manifest = match args.audience {
        For::Team => whole(store, created, &key, output),
        For::Share => shared(args, store, created, &key, output, bars),
    }?;
    let public = key.public().map_err(key_files::unmade)?;
    Ok(match args.format {
        Format::Text => format!(
            "{} in {}, signed by the key {}.\n",
            holds(&manifest),
            visible(&output.display().to_string()),
            public.id()
        ),
        Format::Json => {
            let packed = json!({
                "schema": "wardround-bundle-packed/1",
                "file": output.display().to_string(),
                "key": public.id().to_string(),
                "manifest": data(&manifest),
            });
            format!("{packed:#}\n")
        }
    })
}

fn whole(
    store: &Path,
    created: Timestamp,
    key: &SecretKey,
    output: &Path,
) -> Result<Manifest, Failure> {
    let store = EvidenceStore::open(store, Access::Read).map_err(unpacked)?;
    pack_store(&store, created, key, output).map_err(unpacked)
}

fn unpacked(error: StoreError) -> Failure {
    let damaged = matches!(error.fault, Fault::Damaged(_));
    let failure = Failure::new(ExitCode::InputUnreadable, "nothing was packed").because(error);
    if damaged {
        failure.hint("`wardround store verify` names all that is wrong with a store")
    } else {
        failure
    }
}

fn shared(
    args: &Args,
    store: &Path,
    created: Timestamp,
    key: &SecretKey,
    output: &Path,
    bars: bool,
) -> Result<Manifest, Failure> {
    let settings = Settings {
        audience: Audience::Share,
        scenario: Scenario {
            worlds: args.replicates.div_ceil(Scenario::default().repeats),
            ..Scenario::default()
        },
        options: Options {
            as_of: args.as_of,
            ..Options::default()
        },
        handling: args.handling.clone(),
        ..Settings::default()
    };
    let progress = Bars::new(bars);
    let round = Round::of(&Origin::store(store), &settings, &progress)?;
    let review = round.review(&settings, &progress)?;
    progress.finish();
    let document = Document::new(&review, &round.disclosure(Audience::Share));
    let (html, json) = (render_html(&document), render_json(&document));
    let pages = SharedPages {
        html: &html,
        json: &json,
    };
    pack_pages(pages, created, key, output).map_err(unpacked)
}

/// What a bundle holds, or says that it holds, in a few words.
pub(super) fn holds(manifest: &Manifest) -> String {
    let what = match manifest.kind {
        BundleKind::Store => format!(
            "A store with {} segments and {} tombstones",
            count(manifest, "segments/"),
            count(manifest, "forgotten/")
        ),
        BundleKind::Share => "A page to share and its data".to_owned(),
    };
    format!(
        "{what}, {} bytes, packed at {}, digest {}",
        bytes(manifest),
        manifest.created,
        manifest.digest
    )
}

/// The same as data.
pub(super) fn data(manifest: &Manifest) -> Value {
    json!({
        "kind": manifest.kind.word(),
        "created": manifest.created.to_string(),
        "digest": manifest.digest.to_string(),
        "segments": count(manifest, "segments/"),
        "tombstones": count(manifest, "forgotten/"),
        "bytes": bytes(manifest),
    })
}

fn count(manifest: &Manifest, folder: &str) -> usize {
    let members = manifest.members.iter();
    members.filter(|it| it.name.starts_with(folder)).count()
}

fn bytes(manifest: &Manifest) -> u64 {
    let members = manifest.members.iter();
    members.fold(0, |sum, member| sum.saturating_add(member.length))
}
