//! `wardround hosts`: the machines, a row each.

use clap::Parser;
use jiff::Timestamp;
use serde_json::{Map, Value, json};
use wardround_estate::Question;
use wardround_evidence::Truth;
use wardround_report::{Cell, TextTable, csv_row, thousands_apart};

use super::opened::EvidenceArgs;
use super::shown::{Format, ShownArgs};
use crate::hosts::{Field, Filter, HostTable, Order, Part, Pattern, Wanted, fields};
use crate::terminal::{columns, say_aside};
use crate::{ExitCode, Failure, Outlet, questions};

/// List the machines of an estate, one row each: whose, where, what, each question's verdict with the method and age of the
/// evidence that decides it, and when anything last saw it.
///
/// In the text table `holds t 20d` means: it holds, as tested 20 days ago (t tested, i inventoried, g inferred, d declared).
/// `wardround why MACHINE` shows the evidence behind a row. On a terminal a line is as wide as the terminal (or as COLUMNS says);
/// in a file or a pipe nothing is cut or left out.
///
/// Columns: organisation, site, network, network_kind, name, addresses, role, system, last_seen, last_seen_days, sources;
/// and for each question (ms17_010_closed, smb1_off, not_listening_445_tcp, updated_since) the verdict itself and, with
/// _method, _seen, _age_days, _why or _source behind its name, what decided it.
///
/// Example: wardround hosts examples/northmere --organisation Infirmary --where ms17_010=fails --sort last_seen
#[derive(Debug, Parser)]
pub(super) struct Args {
    #[command(flatten)]
    evidence: EvidenceArgs,

    /// Only machines of this organisation: letters of its name or identifier, or a pattern with * and ?; may be repeated.
    #[arg(long, value_name = "NAME")]
    organisation: Vec<String>,

    /// Only machines in this network, written in the same way.
    #[arg(long, value_name = "NAME")]
    network: Vec<String>,

    /// Only machines of which a name or address fits.
    #[arg(long, value_name = "NAME")]
    name: Vec<String>,

    /// Only machines of this role: workstation, server, domain controller, appliance, clinical or unknown.
    #[arg(long)]
    role: Vec<String>,

    /// Only machines that run this, such as "Windows 7".
    #[arg(long)]
    system: Vec<String>,

    /// Only machines with this verdict, e.g. ms17_010=unknown or smb1=fails,unknown; repeated, each must be so.
    #[arg(long = "where", value_name = "QUESTION=VERDICT")]
    verdicts: Vec<String>,

    /// The column to sort by; verdicts begin with what fails. Default: organisation, network, name.
    #[arg(long, value_name = "COLUMN")]
    sort: Option<String>,

    /// Sort from the last to the first.
    #[arg(long)]
    reverse: bool,

    /// Show at most so many machines.
    #[arg(long, value_name = "COUNT")]
    limit: Option<usize>,

    /// The columns and their order, with commas between. Default: those that fit the terminal; in data all but a few.
    #[arg(long, value_name = "COLUMNS", value_delimiter = ',')]
    columns: Vec<String>,

    #[command(flatten)]
    shown: ShownArgs,
}

pub(super) fn run(args: &Args, quiet: bool, bars: bool) -> Result<(), Failure> {
    let round = args.evidence.open(bars)?;
    let estate = &round.estate;
    let asked = questions(estate)?;
    let names = round.disclosure(args.shown.audience);
    let order = Order {
        by: match &args.sort {
            Some(word) => Some(field(word, &asked)?),
            None => None,
        },
        backwards: args.reverse,
    };
    let machines = HostTable::new(
        estate,
        &asked,
        &names,
        chosen(args, &asked, estate.organisations.len() > 1)?,
        &filter(args, &asked)?,
        &order,
        args.limit.unwrap_or(usize::MAX),
    );
    let mut to = Outlet::new(args.shown.output.as_deref())?;
    match args.shown.format {
        Format::Text => write_text(&machines, quiet, &mut to)?,
        Format::Csv => write_csv(&machines, args.shown.mark(), &mut to)?,
        Format::Json => write_json(&machines, &asked, estate.as_of, estate.hosts.len(), &mut to)?,
        Format::Ndjson => write_lines(&machines, &mut to)?,
    }
    to.close()?;
    if !quiet {
        let number = |count: usize| thousands_apart(&count.to_string());
        say_aside(&format!(
            "{} of {} machines, as of {}.",
            number(machines.len()),
            number(estate.hosts.len()),
            estate.as_of
        ));
        if machines.len() < machines.found() {
            say_aside(&format!(
                "{} more fit and are not shown (--limit).",
                number(machines.found() - machines.len())
            ));
        }
    }
    Ok(())
}

fn field(word: &str, asked: &[Question]) -> Result<Field, Failure> {
    Field::named(word, asked).map_err(|error| {
        Failure::new(ExitCode::Usage, format!("`{word}` is no column")).hint(error.to_string())
    })
}

/// The columns that were asked for, or those that are usual for the format. Nobody reads whose machines they are where no
/// organisation is described.
fn chosen(args: &Args, asked: &[Question], is_described: bool) -> Result<Vec<Field>, Failure> {
    if !args.columns.is_empty() {
        return args.columns.iter().map(|word| field(word, asked)).collect();
    }
    let is_usual = |field: &Field| match field {
        Field::Organisation => is_described || args.shown.format != Format::Text,
        Field::Verdict(_, Part::Truth) => true,
        Field::Verdict(_, part) => args.shown.format != Format::Text && *part != Part::Source,
        Field::NetworkKind | Field::LastSeenDays | Field::Sources | Field::Site => {
            args.shown.format != Format::Text
        }
        _ => true,
    };
    Ok(fields(asked).into_iter().filter(is_usual).collect())
}

fn filter(args: &Args, asked: &[Question]) -> Result<Filter, Failure> {
    let patterns = |words: &[String]| words.iter().map(|word| Pattern::new(word)).collect();
    Ok(Filter {
        organisations: patterns(&args.organisation),
        networks: patterns(&args.network),
        names: patterns(&args.name),
        roles: patterns(&args.role),
        systems: patterns(&args.system),
        verdicts: args
            .verdicts
            .iter()
            .map(|word| wanted(word, asked))
            .collect::<Result<_, _>>()?,
    })
}

/// `ms17_010=unknown,fails`.
fn wanted(text: &str, asked: &[Question]) -> Result<Wanted, Failure> {
    let failure = || {
        Failure::new(ExitCode::Usage, format!("`{text}` asks for no verdict"))
            .hint("write a question, an equals sign, and holds, fails or unknown: ms17_010=unknown")
    };
    let (question, truths) = text.split_once('=').ok_or_else(failure)?;
    let Field::Verdict(question, Part::Truth) = field(question, asked)? else {
        return Err(failure());
    };
    let truths = truths
        .split(',')
        .map(|word| match word.trim().to_lowercase().as_str() {
            "holds" => Ok(Truth::Holds),
            // What the words for claims call it.
            "fails" | "refuted" => Ok(Truth::Fails),
            "unknown" => Ok(Truth::Unknown),
            _ => Err(failure()),
        })
        .collect::<Result<_, _>>()?;
    Ok(Wanted { question, truths })
}

fn write_text(machines: &HostTable<'_>, quiet: bool, to: &mut Outlet) -> Result<(), Failure> {
    let mut table = TextTable::new(machines.columns());
    for row in machines.rows(true) {
        table.measure(&row);
    }
    // In a file or a pipe a line may be as long as it is.
    let room = columns().filter(|_| !to.is_file()).unwrap_or(usize::MAX);
    let left_out = table.fit(room);
    to.write(&table.head())?;
    for row in machines.rows(true) {
        to.write(&table.row(&row))?;
    }
    if !quiet {
        if machines.tells_verdicts() {
            say_aside(
                "holds t 20d: it holds, as tested (t), inventoried (i), inferred (g) or declared (d) 20 days before.",
            );
        }
        if table.shortens() {
            say_aside("Ages that found no room are left out, or in years.");
        }
        if table.cuts() {
            say_aside(
                "Cells that end in … are cut: --columns shows fewer of them, -o FILE and --format csv all of each.",
            );
        }
        if !left_out.is_empty() {
            say_aside(&format!(
                "Left out for want of room: {}.",
                left_out.join(", ")
            ));
        }
    }
    Ok(())
}

fn write_csv(machines: &HostTable<'_>, mark: &str, to: &mut Outlet) -> Result<(), Failure> {
    to.write(mark)?;
    let heads: Vec<Cell> = machines
        .columns()
        .into_iter()
        .map(|column| Cell::Text(column.key))
        .collect();
    to.write(&csv_row(&heads))?;
    for row in machines.rows(false) {
        to.write(&csv_row(&row))?;
    }
    Ok(())
}

/// Written row by row, so that a million machines take no room.
fn write_json(
    machines: &HostTable<'_>,
    asked: &[Question],
    as_of: Timestamp,
    in_all: usize,
    to: &mut Outlet,
) -> Result<(), Failure> {
    let questions: Vec<Value> = asked
        .iter()
        .map(|question| json!({"key": question.key(), "words": question.words()}))
        .collect();
    to.write(&format!(
        "{{\n\"schema\": \"wardround-hosts/1\",\n\"as_of\": {},\n\"questions\": {},\n\"machines_total\": {in_all},\n\"machines_found\": {},\n\"machines\": [",
        Value::from(as_of.to_string()),
        Value::from(questions),
        machines.found(),
    ))?;
    for (number, machine) in machines_json(machines).enumerate() {
        let before = if number == 0 { "\n" } else { ",\n" };
        to.write(&format!("{before}{machine}"))?;
    }
    to.write("\n]\n}\n")
}

/// One machine to a line.
fn write_lines(machines: &HostTable<'_>, to: &mut Outlet) -> Result<(), Failure> {
    for machine in machines_json(machines) {
        to.write(&format!("{machine}\n"))?;
    }
    Ok(())
}

fn machines_json<'a>(machines: &'a HostTable<'_>) -> impl Iterator<Item = Value> + 'a {
    let columns = machines.columns();
    machines.rows(false).map(move |row| {
        let machine: Map<String, Value> = columns
            .iter()
            .zip(&row)
            .map(|(column, cell)| (column.key.clone(), cell.json()))
            .collect();
        Value::Object(machine)
    })
}
