//! `wardround verify`: whether a bundle is what a trusted key signed.

use std::path::PathBuf;

use clap::Parser;
use serde_json::{Value, json};
use wardround_evidence::visible;
use wardround_store::{
    BundleBounds, BundleFault, Inspected, PublicKey, RefusedBundle, SoundBundle, StoreError,
    inspect_bundle,
};

use super::super::store::Format;
use super::key_files::public;
use super::pack::{data, holds};
use crate::terminal::say;
use crate::{ExitCode, Failure};

/// Say whether a bundle is what a trusted key signed; where it is not, name all that is wrong with it and end with 3.
///
/// Without `--trusted` it says what the bundle holds, and that nothing vouches for it.
///
/// Example: wardround verify estate.bundle --trusted north-2026.pub --into estate.store
#[derive(Debug, Parser)]
pub(in super::super) struct Args {
    /// The bundle.
    bundle: PathBuf,

    /// A public key of somebody whose signature is trusted; may be given several times.
    #[arg(long, value_name = "FILE")]
    trusted: Vec<PathBuf>,

    /// Unpack into this folder, which must not be there yet, once all of the bundle is verified.
    #[arg(long, value_name = "DIR", requires = "trusted")]
    into: Option<PathBuf>,

    /// Words for people, or data.
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
}

pub(in super::super) fn run(args: &Args) -> Result<String, Failure> {
    let keys = args.trusted.iter().map(|path| public(path));
    let keys: Vec<PublicKey> = keys.collect::<Result<_, _>>()?;
    let inspected = inspect_bundle(&args.bundle, &keys, BundleBounds::default());
    match inspected.map_err(unreadable)? {
        Inspected::Sound(sound) => {
            unpack(args, &sound)?;
            Ok(match args.format {
                Format::Text => told(args, &keys, &sound),
                Format::Json => format!("{:#}\n", sound_data(args, &sound)),
            })
        }
        Inspected::Refused(refused) => {
            if args.format == Format::Json {
                say(&format!("{:#}\n", refused_data(args, &refused)))?;
            }
            Err(refusal(args, &refused))
        }
    }
}

fn unpack(args: &Args, sound: &SoundBundle) -> Result<(), Failure> {
    let Some(into) = &args.into else {
        return Ok(());
    };
    let words = "the bundle is sound and was not unpacked";
    let unpacked = sound.unpack(into);
    unpacked.map_err(|error| Failure::new(ExitCode::InputUnreadable, words).because(error))
}

fn sound_data(args: &Args, sound: &SoundBundle) -> Value {
    let into = args.into.as_ref().map(|into| into.display().to_string());
    json!({
        "schema": "wardround-verify/1",
        "bundle": args.bundle.display().to_string(),
        "sound": true,
        "key": sound.signer.to_string(),
        "manifest": data(&sound.manifest),
        "faults": [],
        "unlisted": 0,
        "unpacked_into": into,
    })
}

/// What it says of itself stands under another name than what was verified, so that nobody takes one for the other.
fn refused_data(args: &Args, refused: &RefusedBundle) -> Value {
    let faults = refused.faults.iter().map(ToString::to_string);
    json!({
        "schema": "wardround-verify/1",
        "bundle": args.bundle.display().to_string(),
        "sound": false,
        "says_of_itself": refused.said.as_ref().map(data),
        "faults": faults.collect::<Vec<_>>(),
        "unlisted": refused.unlisted,
    })
}

fn unreadable(error: StoreError) -> Failure {
    Failure::new(ExitCode::InputUnreadable, "the bundle cannot be read").because(error)
}

fn told(args: &Args, keys: &[PublicKey], sound: &SoundBundle) -> String {
    let known = keys.iter().zip(&args.trusted);
    let file = known
        .filter(|(key, _)| key.id() == sound.signer)
        .map(|it| it.1);
    let file: Vec<String> = file
        .take(1)
        .map(|path| visible(&path.display().to_string()))
        .collect();
    let mut text = format!(
        "{}.\nEvery byte is what the key {} ({}) signed.\n",
        holds(&sound.manifest),
        sound.signer,
        file.concat()
    );
    if let Some(into) = &args.into {
        let into = visible(&into.display().to_string());
        text.push_str(&format!("Unpacked into {into}.\n"));
    }
    text
}

fn refusal(args: &Args, refused: &RefusedBundle) -> Failure {
    let bundle = args.bundle.display();
    let untold = |fault: &BundleFault| matches!(fault, BundleFault::NobodyTrusted { .. });
    let words = if args.trusted.is_empty() && refused.faults.iter().all(untold) {
        format!("nothing vouches for `{bundle}`")
    } else {
        format!("`{bundle}` is not what a trusted key signed")
    };
    let mut failure = Failure::new(ExitCode::InputUnreadable, words);
    for fault in &refused.faults {
        failure = failure.detail(fault.to_string());
    }
    if refused.unlisted > 0 {
        failure = failure.detail(format!("and {} more like these", refused.unlisted));
    }
    if let Some(said) = &refused.said {
        failure = failure.detail(format!("It says of itself: {}.", holds(said)));
    }
    if args.trusted.is_empty() {
        failure = failure.hint("`--trusted` names the public key of somebody whom you trust");
    }
    failure
}
