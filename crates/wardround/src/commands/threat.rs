//! `wardround threat`: the worms that a round can be told of, and profiles of one's own.

use std::path::{Path, PathBuf};

use clap::{Args as ClapArgs, Parser, Subcommand, ValueEnum};
use serde_json::{Value, json};
use wardround_evidence::visible;
use wardround_outbreak::{
    Bundles, DEFAULT_THREATS, Grounds, Identity, Profile, ProfileError, built_in, catalogue,
    explain,
};

use crate::threats::{profile_text, read_at_most, refusal, threat};
use crate::{ExitCode, Failure};

/// List, show and check threat profiles, and take names and attributions from STIX bundles.
///
/// A profile is a file of rates, conditions and references. It holds no command, payload, credential or address.
#[derive(Debug, Parser)]
pub(super) struct Args {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    List(List),
    Show(Show),
    Check(Check),
    Import(Import),
}

/// List the threats that come with wardround.
///
/// Example: wardround threat list
#[derive(Debug, ClapArgs)]
struct List {
    /// Words for people, or data.
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
}

/// Show what a profile says: ways in, pace, rest, who is said to be behind it, each number with its ground.
///
/// Example: wardround threat show notpetya
#[derive(Debug, ClapArgs)]
struct Show {
    /// One that comes with wardround, or a file.
    #[arg(value_name = "NAME|FILE")]
    threat: String,

    /// Words for people, or data.
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,

    /// Print the profile's own text, to copy and change; for threats that come with wardround.
    #[arg(long, conflicts_with_all = ["format", "references"])]
    source: bool,

    /// Print where each number comes from; for threats that come with wardround.
    #[arg(long, conflicts_with = "format")]
    references: bool,
}

/// Check profiles of your own: every fault with its line and column, what is allowed there, and an example.
///
/// Example: wardround threat check my-worm.toml
#[derive(Debug, ClapArgs)]
struct Check {
    /// The files.
    #[arg(required = true, value_name = "FILE")]
    files: Vec<PathBuf>,

    /// Words for people, or data.
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
}

/// Take names, aliases, references and attributions of malware from STIX 2.0 or 2.1 bundles, as rows for a profile.
///
/// Nothing else is taken: not how the malware works, and no indicator. Several bundles are read as one.
///
/// Example: wardround threat import enterprise-attack.json --name WannaCry
#[derive(Debug, ClapArgs)]
struct Import {
    /// The bundles.
    #[arg(required = true, value_name = "BUNDLE")]
    bundles: Vec<PathBuf>,

    /// Which malware, by its name or an alias; needed where the bundles name several.
    #[arg(long)]
    name: Option<String>,

    /// Rows of a profile (TOML), or data.
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Format {
    Text,
    Json,
}

pub(super) fn run(args: &Args, say: &dyn Fn(&str) -> Result<(), Failure>) -> Result<(), Failure> {
    match &args.command {
        Command::List(args) => say(&list(args)?),
        Command::Show(args) => say(&show(args)?),
        Command::Check(args) => check(args, say),
        Command::Import(args) => say(&import(args)?),
    }
}

fn list(args: &List) -> Result<String, Failure> {
    let profiles = built_in().map_err(|error| {
        Failure::new(ExitCode::Internal, "a built-in threat cannot be read").because(error)
    })?;
    if args.format == Format::Json {
        let threats: Vec<Value> = profiles.iter().map(summary).collect();
        return pretty(&json!({ "schema": "wardround-threats/1", "threats": threats }));
    }
    let mut lines = String::new();
    for profile in &profiles {
        let mut marks: Vec<&str> = Vec::new();
        if profile.hypothetical {
            marks.push("hypothetical");
        }
        if DEFAULT_THREATS.contains(&profile.id.as_str()) {
            marks.push("in every round unless others are chosen");
        }
        let marks = match marks.join("; ") {
            none if none.is_empty() => none,
            some => format!(" ({some})"),
        };
        let port = profile.port.to_string();
        lines.push_str(&format!(
            "{:<16} {port:<9} {}{marks}\n",
            profile.id, profile.title
        ));
    }
    lines.push_str(
        "\n`wardround threat show NAME` says what each does, and on what its numbers stand.\n",
    );
    Ok(lines)
}

fn show(args: &Show) -> Result<String, Failure> {
    if args.source || args.references {
        let built_in = catalogue().find(|built_in| built_in.name == args.threat);
        let built_in = built_in.ok_or_else(|| {
            Failure::new(
                ExitCode::Usage,
                format!("`{}` does not come with wardround", args.threat),
            )
            .hint("`--source` and `--references` print the files of a threat that does; see `wardround threat list`")
        })?;
        let text = if args.source {
            built_in.profile
        } else {
            built_in.sources
        };
        return Ok(text.to_owned());
    }
    let chosen = threat(&args.threat)?;
    let profile = &chosen.profile;
    match args.format {
        Format::Text => Ok(explain(profile)),
        Format::Json => pretty(&json!({
            "schema": "wardround-threat/1",
            "profile": profile,
        })),
    }
}

fn check(args: &Check, say: &dyn Fn(&str) -> Result<(), Failure>) -> Result<(), Failure> {
    let mut outcomes: Vec<(&Path, Result<Profile, ProfileError>)> = Vec::new();
    for file in &args.files {
        outcomes.push((file, Profile::parse(&profile_text(file)?)));
    }
    match args.format {
        Format::Text => {
            for (file, outcome) in &outcomes {
                if let Ok(profile) = outcome {
                    say(&sound(file, profile))?;
                }
            }
        }
        Format::Json => {
            let files: Vec<Value> = outcomes
                .iter()
                .map(|(file, outcome)| outcome_json(file, outcome))
                .collect();
            say(&pretty(
                &json!({ "schema": "wardround-threat-check/1", "files": files }),
            )?)?;
        }
    }
    let faulty: Vec<(&Path, ProfileError)> = outcomes
        .into_iter()
        .filter_map(|(file, outcome)| Some((file, outcome.err()?)))
        .collect();
    if faulty.is_empty() {
        Ok(())
    } else {
        Err(refusal(&faulty))
    }
}

/// A file that is a profile, in a line or two.
fn sound(file: &Path, profile: &Profile) -> String {
    let Grounds {
        sourced,
        derived,
        assumed,
    } = profile.grounds();
    format!(
        "{}: {}, {}\n  ways in: {}; streams: {}; numbers: {sourced} sourced, {derived} derived, {assumed} assumed\n",
        visible(&file.display().to_string()),
        profile.id,
        visible(&profile.title),
        profile.vectors.len(),
        profile.streams.len(),
    )
}

fn outcome_json(file: &Path, outcome: &Result<Profile, ProfileError>) -> Value {
    let path = visible(&file.display().to_string());
    match outcome {
        Ok(profile) => json!({ "path": path, "threat": summary(profile), "faults": [] }),
        Err(error) => json!({
            "path": path,
            "threat": null,
            "faults": error.faults.iter().map(|fault| json!({
                "line": fault.line,
                "column": fault.column,
                "what": visible(&fault.what),
                "hints": fault.hints.iter().map(|hint| visible(hint)).collect::<Vec<_>>(),
            })).collect::<Vec<_>>(),
        }),
    }
}

fn summary(profile: &Profile) -> Value {
    let Grounds {
        sourced,
        derived,
        assumed,
    } = profile.grounds();
    json!({
        "id": profile.id,
        "title": visible(&profile.title),
        "hypothetical": profile.hypothetical,
        "in_every_round": DEFAULT_THREATS.contains(&profile.id.as_str()),
        "port": profile.port.to_string(),
        "vectors": profile.vectors.iter().map(|vector| &vector.id).collect::<Vec<_>>(),
        "numbers": { "sourced": sourced, "derived": derived, "assumed": assumed },
        "attributions": profile.attributions.len(),
    })
}

fn import(args: &Import) -> Result<String, Failure> {
    let mut bundles = Bundles::default();
    for path in &args.bundles {
        let bytes = read_at_most(path, Bundles::LONGEST_BYTES + 1)?;
        bundles.read(&bytes).map_err(|error| {
            Failure::new(
                ExitCode::InputUnreadable,
                format!("cannot read the bundle `{}`", path.display()),
            )
            .because(error)
            .hint("a STIX bundle is JSON with \"type\": \"bundle\" and a list \"objects\"; MITRE publishes ATT&CK as such")
        })?;
    }
    let mut identities = bundles.identities();
    if let Some(name) = &args.name {
        let lower = name.to_lowercase();
        let is_it = |identity: &Identity| {
            std::iter::once(&identity.title)
                .chain(&identity.aliases)
                .any(|known| known.to_lowercase() == lower)
        };
        let (found, others): (Vec<Identity>, Vec<Identity>) =
            identities.into_iter().partition(is_it);
        if found.is_empty() {
            return Err(Failure::new(
                ExitCode::InputUnreadable,
                format!("no malware in these bundles is called `{name}`"),
            )
            .hint(names(&others)));
        }
        identities = found;
    }
    if args.format == Format::Json {
        return pretty(&json!({
            "schema": "wardround-threat-import/1",
            "objects": bundles.objects(),
            "skipped": bundles.skipped(),
            "threats": identities,
        }));
    }
    match &identities[..] {
        [] => Err(Failure::new(
            ExitCode::InputUnreadable,
            format!("none of the {} objects in these bundles is malware", bundles.objects()),
        )
        .hint("malware, groups and the relationships between them may lie in several files; name them all")),
        [one] => rows(one, &bundles),
        several => Err(Failure::new(
            ExitCode::Usage,
            format!("these bundles name {} malware", several.len()),
        )
        .hint("say which with `--name`, or take all with `--format json`")
        .hint(names(several))),
    }
}

/// One identity as rows of a profile.
fn rows(identity: &Identity, bundles: &Bundles) -> Result<String, Failure> {
    let rows = identity
        .to_toml()
        .ok_or_else(|| Failure::new(ExitCode::Internal, "the rows could not be written as TOML"))?;
    Ok(format!(
        "# From {} STIX objects, {} of them unreadable. `id`, `title` and `aliases` belong at the head of a profile,\n\
         # the rows at its end. Dates of attributions are those of their records. Read them before you use them.\n{rows}",
        bundles.objects(),
        bundles.skipped()
    ))
}

/// Some of the names that could be meant.
fn names(identities: &[Identity]) -> String {
    let shown: Vec<&str> = identities
        .iter()
        .take(20)
        .map(|identity| identity.title.as_str())
        .collect();
    match (shown.len(), identities.len() - shown.len()) {
        (0, _) => "they name no malware".to_owned(),
        (_, 0) => format!("they name {}", shown.join(", ")),
        (_, more) => format!("they name {} and {more} more", shown.join(", ")),
    }
}

fn pretty(value: &Value) -> Result<String, Failure> {
    serde_json::to_string_pretty(value)
        .map(|text| text + "\n")
        .map_err(|error| {
            Failure::new(ExitCode::Internal, "it could not be written as JSON").because(error)
        })
}
