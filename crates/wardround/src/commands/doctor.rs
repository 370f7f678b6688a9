//! `wardround doctor`: what evidence is missing, and what it would settle.

use clap::Parser;
use jiff::Timestamp;
use serde::Serialize;
use wardround_report::{Cell, csv_row};

use super::opened::EvidenceArgs;
use super::rows::{json, lines, put};
use super::shown::{Format, ShownArgs};
use crate::doctor::{Checkup, Lack, Need, Remark, examine};
use crate::terminal::{width, wrapped};
use crate::{Failure, questions};

/// Tell what evidence is missing, what it would settle, which export would give it and whether one is held already; and what
/// is wrong with the files.
///
/// Each unknown verdict stands under one export, the most verdicts first. It reads files and gives advice: nothing is sent.
/// Where advice touches a network with medical devices or unknown machines, it says who must agree first.
///
/// Example: wardround doctor examples/northmere
#[derive(Debug, Parser)]
pub(super) struct Args {
    #[command(flatten)]
    evidence: EvidenceArgs,

    /// How much of each kind to show as text; 0 for all.
    #[arg(long, default_value_t = 8)]
    most: usize,

    #[command(flatten)]
    shown: ShownArgs,
}

#[derive(Serialize)]
struct Document<'a> {
    schema: &'static str,
    as_of: String,
    #[serde(flatten)]
    checkup: &'a Checkup,
}

pub(super) fn run(args: &Args, bars: bool) -> Result<(), Failure> {
    let round = args.evidence.open(bars)?;
    let asked = questions(&round.estate)?;
    let checkup = examine(&round, &asked, &round.disclosure(args.shown.audience));
    let as_of = round.estate.as_of;
    let text = match args.shown.format {
        Format::Text => text(&checkup, as_of, round.estate.hosts.len(), args.most),
        Format::Csv => csv(&checkup, args.shown.mark()),
        Format::Json => json(&Document {
            schema: "wardround-doctor/1",
            as_of: as_of.to_string(),
            checkup: &checkup,
        })?,
        Format::Ndjson => {
            let remarks = [&checkup.claims, &checkup.description, &checkup.input];
            let mut text = lines(&checkup.needs)?;
            for remarks in remarks {
                text.push_str(&lines(remarks)?);
            }
            text
        }
    };
    put(args.shown.output.as_deref(), &text)
}

fn text(checkup: &Checkup, as_of: Timestamp, machines: usize, most: usize) -> String {
    let most = if most == 0 { usize::MAX } else { most };
    let width = width();
    let lead = format!(
        "As of {as_of}, {} of {} verdicts on {machines} machines are unknown.",
        checkup.unknown, checkup.verdicts
    );
    let mut text = wrapped("", &lead, width, 0);
    if !checkup.needs.is_empty() {
        text.push_str("\nWhat to get, by how many verdicts it could settle\n");
    }
    for (number, need) in (1..).zip(checkup.needs.iter().take(most)) {
        text.push_str(&need_words(number, need, width));
    }
    more(&mut text, checkup.needs.len(), most);
    for (title, remarks) in [
        ("Claims", &checkup.claims),
        ("The estate's description", &checkup.description),
        ("The files", &checkup.input),
    ] {
        if remarks.is_empty() {
            continue;
        }
        text.push_str(&format!("\n{title}\n"));
        for remark in remarks.iter().take(most) {
            text.push_str(&wrapped("  - ", &remark.words, width, 4));
            for example in &remark.examples {
                text.push_str(&wrapped("      ", example, width, 8));
            }
        }
        more(&mut text, remarks.len(), most);
    }
    text
}

fn more(text: &mut String, all: usize, most: usize) {
    if all > most {
        text.push_str(&format!(
            "  … and {} more (--most 0 shows all)\n",
            all - most
        ));
    }
}

fn need_words(number: usize, need: &Need, width: usize) -> String {
    let whose = need
        .organisation
        .as_deref()
        .unwrap_or("machines of no named organisation");
    let verdicts = if need.verdicts == 1 {
        "verdict"
    } else {
        "verdicts"
    };
    let machines = if need.machines == 1 {
        "machine"
    } else {
        "machines"
    };
    let head = format!(
        "{whose}: {} {verdicts} on {} {machines}",
        need.verdicts, need.machines
    );
    let mut text = wrapped(&format!("\n{number:>3}. "), &head, width, 5);
    let mut part = |name: &str, words: &str| {
        text.push_str(&wrapped(&format!("     {name:<5}"), words, width, 10));
    };
    part("get", &need.get);
    part("held", &need.held);
    for words in lacks_words(&need.lacks) {
        part("for", &words);
    }
    if !need.instead.is_empty() {
        part("or", &need.instead.join("; "));
    }
    text
}

/// Each question once: of how many machines it is open, and why.
fn lacks_words(lacks: &[Lack]) -> Vec<String> {
    let mut questions: Vec<&str> = Vec::new();
    for lack in lacks {
        if !questions.contains(&lack.words.as_str()) {
            questions.push(&lack.words);
        }
    }
    questions
        .into_iter()
        .map(|question| {
            let of: Vec<&Lack> = lacks.iter().filter(|lack| lack.words == question).collect();
            let all: u64 = of.iter().map(|lack| lack.machines).sum();
            let machines = if all == 1 { "machine" } else { "machines" };
            if let [only] = of.as_slice() {
                return format!("{question}: unknown of {all} {machines}: {}", only.why);
            }
            let whys = of
                .iter()
                .map(|lack| format!("{}: {}", lack.machines, lack.why));
            let whys: Vec<String> = whys.collect();
            format!(
                "{question}: unknown of {all} {machines}, of {}",
                whys.join("; of ")
            )
        })
        .collect()
}

fn csv(checkup: &Checkup, mark: &str) -> String {
    let mut text = mark.to_owned();
    let heads = [
        "about",
        "count",
        "organisation",
        "question",
        "why",
        "words",
        "held",
        "instead",
        "examples",
    ];
    text.push_str(&csv_row(&heads.map(Cell::text)));
    let count = |count: u64| Cell::Number(i64::try_from(count).unwrap_or(i64::MAX));
    for need in &checkup.needs {
        for lack in &need.lacks {
            text.push_str(&csv_row(&[
                Cell::text("evidence"),
                count(lack.machines),
                need.organisation.as_ref().map_or(Cell::Absent, Cell::text),
                Cell::text(&lack.question),
                Cell::text(&lack.why),
                Cell::text(&need.get),
                Cell::text(&need.held),
                Cell::List(need.instead.clone()),
                Cell::Absent,
            ]));
        }
    }
    let sections: [(&str, &Vec<Remark>); 3] = [
        ("claim", &checkup.claims),
        ("description", &checkup.description),
        ("file", &checkup.input),
    ];
    for (about, remarks) in sections {
        for remark in remarks {
            text.push_str(&csv_row(&[
                Cell::text(about),
                count(remark.count),
                Cell::Absent,
                Cell::Absent,
                Cell::Absent,
                Cell::text(&remark.words),
                Cell::Absent,
                Cell::Absent,
                Cell::List(remark.examples.clone()),
            ]));
        }
    }
    text
}
