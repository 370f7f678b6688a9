//! `wardround report`: the main job.

use std::path::PathBuf;

use clap::{Parser, ValueEnum};
use jiff::Timestamp;
use wardround_estate::Options;
use wardround_evidence::{Audience, visible};
use wardround_outbreak::Scenario;
use wardround_report::{ClaimLine, ClaimWord, Document, render_html, render_json, summary};

use super::circumstances::ScenarioArgs;
use super::origin::{OriginArgs, now};
use super::rows::audience;
use crate::circumstances::pressure;
use crate::commands::threads::use_threads;
use crate::round::{Round, Settings};
use crate::terminal::{Bars, say, say_aside, width};
use crate::{ChosenThreat, ExitCode, Failure, KeptCounts, behaviour, threat, write_privately};

/// Read a folder of exports and write one page: which machines a worm could take, on what evidence, how far it would get.
///
/// Every file below FOLDER is read whatever its name, also inside .gz, .zst and .zip: nmap XML; Nessus scans (.nessus);
/// systeminfo, wmic qfe and Get-HotFix output; netstat listings; Microsoft Defender exports (advanced hunting as CSV or
/// JSON, API pages); lists of machines as CSV (Configuration Manager, Intune, WSUS, Defender portal, Active Directory,
/// home-made); and the estate's own description (estate.toml or CSV tables, see docs/estate-description.md). What nobody
/// recognises is listed on the page.
///
/// Example: wardround report examples/northmere -o northmere.html
#[derive(Debug, Parser)]
pub(super) struct Args {
    #[command(flatten)]
    evidence: OriginArgs,

    /// Where to write; `-` for standard output. Default: report.html for a page, standard output for JSON.
    #[arg(short, long)]
    output: Option<PathBuf>,

    /// A page for people, or the same content as data.
    #[arg(long, value_enum, default_value_t = Format::Html)]
    format: Format,

    /// For whom: `team` sees every name; `board` no host, address or route; `share` pseudonyms only.
    #[arg(long = "for", default_value = "team", value_parser = audience)]
    audience: Audience,

    /// A threat to sample: the name of one that comes with wardround (see `wardround threat list`), or a file; may be
    /// given several times. Default: next-worm and wannacry.
    #[arg(long = "threat", value_name = "NAME|FILE")]
    threats: Vec<String>,

    #[command(flatten)]
    circumstances: ScenarioArgs,

    /// Behaviour that `wardround calibrate` fitted to one's own incidents: how fast machines come back, and what is kept up on
    /// paper. It stands for every organisation.
    #[arg(long, value_name = "FILE")]
    calibrated: Option<PathBuf>,

    /// End with 1 where a claim of the description does not stand: the page is written all the same.
    #[arg(long, value_enum, value_name = "CLAIMS")]
    fail_on: Option<FailOn>,

    /// A line that every copy bears, such as a protective marking.
    #[arg(long)]
    handling: Option<String>,

    /// The moment to speak of, e.g. 2025-06-24T09:00:00Z. Default: the newest observation's.
    #[arg(long)]
    as_of: Option<Timestamp>,

    /// The random seed: the same evidence and seed give the same bytes.
    #[arg(long, default_value_t = 1)]
    seed: u64,

    /// How many outbreaks to sample of each kind; a multiple of 10, at most 1,000,000.
    #[arg(long, default_value_t = 1000, value_parser = replicates)]
    replicates: u32,

    /// How many threads to use; the result does not depend on it. Default: one for each processor.
    #[arg(long)]
    threads: Option<usize>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Format {
    Html,
    Json,
}

/// The claims that must not be.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum FailOn {
    /// Claims that the evidence refutes.
    Refuted,
    /// Claims that it refutes, and those that it does not bear out.
    Unsupported,
}

impl FailOn {
    /// A failure where some claims are as they must not be.
    fn check(self, claims: &[ClaimLine]) -> Result<(), Failure> {
        let count = |word| claims.iter().filter(|claim| claim.word == word).count();
        let refuted = count(ClaimWord::Refuted);
        let unsupported = match self {
            Self::Refuted => 0,
            Self::Unsupported => count(ClaimWord::Unsupported),
        };
        let named: Vec<String> = [(refuted, "refuted"), (unsupported, "unsupported")]
            .into_iter()
            .filter(|(claims, _)| *claims > 0)
            .map(|(claims, word)| format!("{claims} {word}"))
            .collect();
        if named.is_empty() {
            return Ok(());
        }
        Err(Failure::new(
            ExitCode::ThresholdCrossed,
            format!("claims do not stand: {}", named.join(", ")),
        ))
    }
}

pub(super) fn replicates(text: &str) -> Result<u32, String> {
    match text.parse::<u32>() {
        Ok(count) if (10..=1_000_000).contains(&count) && count % 10 == 0 => Ok(count),
        _ => Err("it must be a multiple of 10 from 10 to 1000000".to_owned()),
    }
}

/// The threats that were asked for, each once, and none that today's outbreaks would tell falsely.
fn chosen(words: &[String]) -> Result<Vec<ChosenThreat>, Failure> {
    let mut all: Vec<ChosenThreat> = Vec::new();
    for word in words {
        let chosen = threat(word)?;
        let id = &chosen.profile.id;
        if all.iter().any(|other| other.profile.id == *id) {
            return Err(Failure::new(
                ExitCode::Usage,
                format!("`--threat` names `{id}` twice"),
            ));
        }
        all.push(chosen);
    }
    Ok(all)
}

pub(super) fn run(args: &Args, quiet: bool, bars: bool) -> Result<(), Failure> {
    use_threads(args.threads);
    let mut settings = Settings {
        audience: args.audience,
        scenario: Scenario {
            seed: args.seed,
            worlds: args.replicates.div_ceil(Scenario::default().repeats),
            ..args.circumstances.scenario(None)?
        },
        options: Options {
            as_of: args.as_of,
            ..Options::default()
        },
        threats: chosen(&args.threats)?,
        place: args.circumstances.place().map(str::to_owned),
        behaviour: args.calibrated.as_deref().map(behaviour).transpose()?,
        handling: args.handling.clone(),
        read_at: now(),
        ..Settings::default()
    };
    pressure(&settings.scenario, &settings.profiles()?)?;
    let progress = Bars::new(bars);
    let round = Round::of(&args.evidence.origin(), &settings, &progress)?;
    if let Some(entry) = args.circumstances.entry_in(&round.estate)? {
        settings.scenario.entry = entry;
    }
    let review = round.review(&settings, &progress)?;
    progress.finish();
    if round.own_outputs > 0 && !quiet {
        say_aside(&format!(
            "Passed over as wardround's own outputs and stores: {}",
            round.own_outputs
        ));
    }
    if let Some(kept) = &round.kept
        && !quiet
    {
        say_aside(&kept_words(kept));
    }
    let document = Document::new(&review, &round.disclosure(args.audience));
    let (text, default_output) = match args.format {
        Format::Html => (render_html(&document), Some(PathBuf::from("report.html"))),
        Format::Json => (render_json(&document), None),
    };
    let output = args
        .output
        .clone()
        .or(default_output)
        .filter(|path| path.as_os_str() != "-");
    match output {
        None => {
            say(&text)?;
            if !quiet {
                say_aside(&summary(&document, width()));
            }
        }
        Some(path) => {
            write_privately(&path, text.as_bytes())?;
            if !quiet {
                say(&summary(&document, width()))?;
                let path = visible(&path.display().to_string());
                say_aside(&format!("Written to {path}"));
            }
        }
    }
    args.fail_on
        .map_or(Ok(()), |fail_on| fail_on.check(&review.claims))
}

fn kept_words(kept: &KeptCounts) -> String {
    let mut text = format!(
        "New in the store: {}; held already: {}; forgotten once and not read again: {}; mended: {}",
        kept.added, kept.known, kept.forgotten, kept.mended
    );
    for (count, what) in [
        (
            kept.read_anew,
            "read anew, as this version understands them",
        ),
        (
            kept.replaced.len(),
            "in the place of others at the same path",
        ),
        (
            kept.copies.len(),
            "with the contents of others at other paths",
        ),
    ] {
        if count > 0 {
            text.push_str(&format!("; {what}: {count}"));
        }
    }
    text
}
