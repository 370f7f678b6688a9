//! `wardround why`: from a verdict to file and line.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use clap::{Parser, ValueEnum};
use jiff::Timestamp;
use serde_json::{Value, json};
use wardround_estate::{Estate, HostId, Question, chain};
use wardround_evidence::{Disclosure, Truth, visible};
use wardround_outbreak::{Open, Population, default_threats};

use super::opened::open;
use super::origin::StoreArgs;
use crate::{ExitCode, Failure};

/// Show, for one machine, each verdict and the observations behind it, down to file and line.
///
/// Example: wardround why nri-img0795 --folder examples/northmere
#[derive(Debug, Parser)]
pub(super) struct Args {
    /// The machine: its name, with or without the domain, or an address.
    host: String,

    /// The folder with the exports. Default: the one that this is started in, unless a store is given.
    #[arg(long)]
    folder: Option<PathBuf>,

    #[command(flatten)]
    store: StoreArgs,

    /// The moment to speak of. Default: the newest observation's.
    #[arg(long)]
    as_of: Option<Timestamp>,

    /// Words for people, or data.
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Format {
    Text,
    Json,
}

pub(super) fn run(args: &Args, bars: bool) -> Result<String, Failure> {
    let here = (!args.store.is_there()).then_some(Path::new("."));
    let origin = args.store.with(args.folder.as_deref().or(here));
    let round = open(&origin, args.as_of, bars)?;
    let estate = &round.estate;
    let found = estate.find(&args.host);
    if found.is_empty() {
        return Err(Failure::new(
            ExitCode::TooThin,
            format!("no source in {origin} speaks of `{}`", args.host),
        )
        .hint("give its name with or without the domain, or one of its addresses"));
    }
    let profiles = default_threats().map_err(|error| {
        Failure::new(ExitCode::Internal, "a built-in threat cannot be read").because(error)
    })?;
    let mut text = format!("As of {}.\n", estate.as_of);
    let mut questions: BTreeSet<Question> = BTreeSet::new();
    let populations: Vec<Population<'_>> = profiles
        .iter()
        .map(|profile| Population::new(estate, profile))
        .collect();
    for population in &populations {
        questions.extend(population.questions());
    }
    if args.format == Format::Json {
        let machines: Vec<Value> = found
            .into_iter()
            .map(|host| machine_json(estate, host, &populations, &questions))
            .collect();
        let whole = json!({
            "schema": "wardround-why/1",
            "as_of": estate.as_of.to_string(),
            "machines": machines,
        });
        return serde_json::to_string_pretty(&whole)
            .map(|text| text + "\n")
            .map_err(|error| {
                Failure::new(
                    ExitCode::Internal,
                    "the verdicts could not be written as JSON",
                )
                .because(error)
            });
    }
    for host in found {
        text.push_str(&about(estate, host));
        for population in &populations {
            let word = match population.open(host) {
                Open::Yes => "open",
                Open::No => "not open",
                Open::Unknown => "nobody can tell",
            };
            text.push_str(&format!("  to {}: {word}\n", population.profile().id));
        }
        for question in &questions {
            text.push_str(&verdict(estate, host, *question));
        }
    }
    Ok(text)
}

fn about(estate: &Estate, id: HostId) -> String {
    let names = Disclosure::team();
    let host = estate.host(id);
    let identifiers: Vec<String> = host
        .identifiers
        .iter()
        .map(|identifier| format!("{} {}", identifier.kind().words(), identifier.show(&names)))
        .collect();
    let networks: Vec<String> = host
        .networks
        .iter()
        .map(|network| estate.network(*network).name.show(&names))
        .collect();
    format!(
        "\n{}\n  known by: {}\n  runs: {}; organisation: {}; networks: {}; last seen: {}\n",
        host.name().map_or_else(
            || "a machine without a name".to_owned(),
            |name| name.show(&names)
        ),
        identifiers.join(", "),
        host.product.words(),
        estate
            .organisation(host.organisation)
            .name
            .as_ref()
            .map_or_else(|| "none named".to_owned(), |name| name.show(&names)),
        if networks.is_empty() {
            "unknown".to_owned()
        } else {
            networks.join(", ")
        },
        host.last_seen
            .map_or_else(|| "undated".to_owned(), |moment| moment.to_string()),
    )
}

fn verdict(estate: &Estate, host: HostId, question: Question) -> String {
    let names = Disclosure::team();
    let finding = estate.assess(host, question);
    let mut text = format!(
        "\n  Is it so that {}? {}: {}.\n",
        question.words(),
        finding.verdict.truth.word(),
        visible(&finding.verdict.reason)
    );
    for link in chain(estate, host, question, &finding) {
        let side = match link.speaks_for {
            Truth::Holds => "for    ",
            Truth::Fails => "against",
            Truth::Unknown => "beside ",
        };
        text.push_str(&format!(
            "    {side} {} ({}, about {} of 100 such are wrong; {}): {}, {}{}\n",
            visible(&link.what),
            link.method.word(),
            (link.method.stated_error_rate() * 100.0).round(),
            link.when
                .map_or_else(|| "undated".to_owned(), |moment| moment.to_string()),
            link.path.show(&names),
            link.position.words(),
            if link.authorised {
                ""
            } else {
                "; this file has no authority over the machine"
            },
        ));
    }
    text
}

fn machine_json(
    estate: &Estate,
    id: HostId,
    populations: &[Population<'_>],
    questions: &BTreeSet<Question>,
) -> Value {
    let names = Disclosure::team();
    let host = estate.host(id);
    let organisation = estate.organisation(host.organisation).name.as_ref();
    json!({
        "name": host.name().map(|name| name.show(&names)),
        "identifiers": host.identifiers.iter().map(|identifier| json!({
            "kind": identifier.kind().words(), "value": identifier.show(&names),
        })).collect::<Vec<_>>(),
        "system": host.product.words(),
        "organisation": organisation.map(|name| name.show(&names)),
        "networks": host.networks.iter()
            .map(|network| estate.network(*network).name.show(&names)).collect::<Vec<_>>(),
        "last_seen": host.last_seen.map(|moment| moment.to_string()),
        "threats": populations.iter().map(|population| json!({
            "threat": population.profile().id,
            "open": match population.open(id) {
                Open::Yes => "yes",
                Open::No => "no",
                Open::Unknown => "unknown",
            },
        })).collect::<Vec<_>>(),
        "verdicts": questions.iter().map(|question| verdict_json(estate, id, *question)).collect::<Vec<_>>(),
    })
}

fn verdict_json(estate: &Estate, host: HostId, question: Question) -> Value {
    let names = Disclosure::team();
    let finding = estate.assess(host, question);
    json!({
        "question": question.key(),
        "words": question.words(),
        "truth": finding.verdict.truth.word(),
        "reason": visible(&finding.verdict.reason),
        "disputed": finding.verdict.disputed,
        "chain": chain(estate, host, question, &finding).into_iter().map(|link| json!({
            "what": visible(&link.what),
            "speaks_for": link.speaks_for.word(),
            "method": link.method.word(),
            "when": link.when.map(|moment| moment.to_string()),
            "path": link.path.show(&names),
            "line": link.position.line,
            "record": link.position.record,
            "sha256": link.digest.to_string(),
            "authorised": link.authorised,
        })).collect::<Vec<_>>(),
    })
}
