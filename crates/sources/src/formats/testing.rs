//! What the tests of every format share: a sample beside the readable text that came of it.

use std::fmt::Write as _;
use std::io::Cursor;
use std::path::{Path, PathBuf};

use wardround_evidence::{
    Declaration, Disclosure, Fact, Identifier, LinkEnd, ListExtent, Reading, SourceExtent,
    Statement, UpdateList, When, visible,
};

use crate::{Limits, Outcome, read};

/// Reads `sample`, e.g. `nmap_xml/ordinary.xml`, and compares what came of it with
/// `nmap_xml/snapshots/ordinary.xml.snap`.
pub(crate) fn check(sample: &str) {
    let (format, file) = sample.split_once('/').expect("a sample is `format/file`");
    let outcome = read_sample(&folder(format).join("samples").join(file));
    let mut settings = insta::Settings::clone_current();
    settings.set_snapshot_path(folder(format).join("snapshots"));
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    settings.bind(|| insta::assert_snapshot!(file, render(&outcome)));
}

/// The folder of a format.
pub(crate) fn folder(format: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("src/formats")
        .join(format)
}

/// Reads a file as the public API does, under its own file name.
pub(crate) fn read_sample(path: &Path) -> Outcome {
    let bytes = std::fs::read(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    let name = path.file_name().expect("a sample has a name");
    read(
        &name.to_string_lossy(),
        &mut Cursor::new(bytes),
        Limits::DEFAULT,
    )
}

/// All that came of one file, as text for people, with every name shown.
pub(crate) fn render(outcome: &Outcome) -> String {
    let team = Disclosure::team();
    let mut text = String::new();
    for reading in &outcome.readings {
        render_reading(&mut text, reading, &team);
    }
    for file in &outcome.unrecognised {
        say(
            &mut text,
            format!("{}: not recognised", file.path.show(&team)),
        );
    }
    for file in &outcome.refused {
        say(&mut text, format!("{}: refused", file.path.show(&team)));
        say(&mut text, format!("  {}", visible(&file.reason)));
    }
    text
}

fn render_reading(text: &mut String, reading: &Reading, team: &Disclosure) {
    let source = &reading.source;
    say(
        text,
        format!(
            "{}: {} ({})",
            source.path.show(team),
            source.title,
            source.reader
        ),
    );
    let tool = source.tool.as_deref().unwrap_or("not stated");
    say(text, format!("  tool: {}", visible(tool)));
    match source.taken_at {
        Some(moment) => say(text, format!("  taken at: {moment}")),
        None => say(text, "  taken at: not stated"),
    }
    match &source.extent {
        SourceExtent::Whole => say(text, "  extent: whole"),
        SourceExtent::Cut(reason) => say(text, format!("  extent: cut: {}", visible(reason))),
    }
    for (name, count) in &reading.counts {
        say(text, format!("  count: {name} = {count}"));
    }
    for note in &reading.notes {
        say(text, format!("  note: {}", visible(note)));
    }
    for skipped in &reading.skipped {
        let place = skipped.position;
        say(
            text,
            format!(
                "  skipped: line {}, record {}: {}",
                place.line,
                place.record,
                visible(&skipped.reason)
            ),
        );
    }
    if reading.skipped_unlisted > 0 {
        say(
            text,
            format!("  skipped: {} more", reading.skipped_unlisted),
        );
    }
    for statement in &reading.statements {
        render_statement(text, statement, team);
    }
    for (place, declaration) in &reading.declarations {
        let shown = render_declaration(declaration, team);
        say(
            text,
            format!("  line {}, record {}: {shown}", place.line, place.record),
        );
    }
}

fn render_statement(text: &mut String, statement: &Statement, team: &Disclosure) {
    let place = statement.position;
    let when = match statement.when {
        When::Undated => "undated".to_owned(),
        When::Unknown => "of an unknown time".to_owned(),
        When::NoEarlierThan(moment) => format!("no earlier than {moment}"),
        When::At(moment) => format!("at {moment}"),
    };
    say(
        text,
        format!("\n  line {}, record {}, {when}", place.line, place.record),
    );
    for identifier in &statement.subject {
        let kind = match identifier {
            Identifier::Agent(_) => "agent",
            other => other.kind().words(),
        };
        say(text, format!("    {kind}: {}", identifier.show(team)));
    }
    for observed in &statement.observed {
        say(
            text,
            format!(
                "    {}: {}",
                observed.method.word(),
                render_fact(&observed.fact)
            ),
        );
    }
}

fn render_fact(fact: &Fact) -> String {
    match fact {
        Fact::Port(port, state) => format!("Port {port} {state:?}"),
        Fact::Conversation(it) => {
            let peer = it.peer.show(&Disclosure::team());
            format!("Conversation {:?} {} with {peer}", it.side, it.port)
        }
        Fact::Flaw(cve, state) => format!("Flaw {cve} {state:?}"),
        Fact::UpdateMissing(kb) => format!("UpdateMissing {kb}"),
        Fact::UpdateAwaitingRestart(kb) => format!("UpdateAwaitingRestart {kb}"),
        Fact::RestartPending(waits) => format!("RestartPending {waits}"),
        Fact::InstalledAt(moment) => format!("InstalledAt {moment}"),
        Fact::StartedAt(moment) => format!("StartedAt {moment}"),
        Fact::Setting(name, passed) => format!("Setting {} {passed}", visible(name)),
        Fact::Updates(list) => render_updates(list),
        Fact::System(system) => {
            let mut shown = format!("System `{}`", visible(&system.name));
            if let Some(build) = system.build {
                let _ = write!(shown, ", build {build}");
            }
            if let Some(pack) = system.service_pack {
                let _ = write!(shown, ", service pack {pack}");
            }
            if let Some(percent) = system.confidence_percent {
                let _ = write!(shown, ", confidence {percent}%");
            } else if system.is_guess {
                shown.push_str(", a guess of unstated confidence");
            }
            shown
        }
        other => format!("{other:?}"),
    }
}

fn render_updates(list: &UpdateList) -> String {
    let extent = match list.extent {
        ListExtent::Whole => "whole".to_owned(),
        ListExtent::Cut { stated } => format!("cut, {stated} stated"),
        ListExtent::Unstated => "length unstated".to_owned(),
    };
    let mut shown = format!("Updates, {} of them, {extent}:", list.updates.len());
    for update in &list.updates {
        let _ = write!(shown, " {}", update.kb);
        if let Some(day) = update.installed_on {
            let _ = write!(shown, " ({day})");
        }
    }
    shown
}

fn render_declaration(declaration: &Declaration, team: &Disclosure) -> String {
    match declaration {
        Declaration::AsOf(moment) => format!("as of {moment}"),
        Declaration::Organisation(it) => format!(
            "organisation {}, name {}, {:?}, administrator {}, domains {}, region {}",
            it.id.show(team),
            shown(it.name.as_ref(), |name| name.show(team)),
            it.kind,
            shown(it.administrator.as_ref(), |name| name.show(team)),
            list(&it.domains, |name| name.show(team)),
            shown(it.region.as_ref(), |region| visible(region)),
        ),
        Declaration::Site(it) => format!(
            "site {}, of {}, name {}",
            it.id.show(team),
            it.organisation.show(team),
            shown(it.name.as_ref(), |name| name.show(team)),
        ),
        Declaration::Network(it) => format!(
            "network {}, of {}, blocks {}, realm {}, site {}, name {}, {:?}",
            it.id.show(team),
            it.organisation.show(team),
            list(&it.blocks, ToString::to_string),
            shown(it.realm.as_ref(), |realm| visible(realm)),
            shown(it.site.as_ref(), |site| site.show(team)),
            shown(it.name.as_ref(), |name| name.show(team)),
            it.kind,
        ),
        Declaration::Border(it) => format!(
            "border of {}, realm {}, {:?}, {}, {:?}, checked {}",
            it.organisation.show(team),
            shown(it.realm.as_ref(), |realm| visible(realm)),
            it.direction,
            it.port,
            it.state,
            shown(it.checked_on.as_ref(), ToString::to_string),
        ),
        Declaration::Boundary(it) => format!(
            "boundary of {}, {:?}, {}, {:?}, checked {}",
            it.network.show(team),
            it.direction,
            it.port,
            it.state,
            shown(it.checked_on.as_ref(), ToString::to_string),
        ),
        Declaration::Link(it) => {
            let (LinkEnd::Named(from), LinkEnd::Named(to)) = (&it.from, &it.to);
            format!(
                "link {} to {}, {}, {:?}",
                from.show(team),
                to.show(team),
                it.port,
                it.state
            )
        }
        Declaration::LogOn(it) => {
            format!(
                "log-ons from {} to {}",
                it.from.show(team),
                it.to.show(team)
            )
        }
        Declaration::Service(it) => format!(
            "service {}, of {}, name {}, networks {}, hosts {}, services {}, activity {}{}{}{}",
            it.id.show(team),
            it.organisation.show(team),
            shown(it.name.as_ref(), |name| name.show(team)),
            list(&it.networks, |name| name.show(team)),
            list(&it.hosts, |name| name.show(team)),
            list(&it.services, |name| name.show(team)),
            shown(it.activity_per_weekday.as_ref(), ToString::to_string),
            it.activity
                .as_ref()
                .map_or_else(String::new, |kind| format!(" of {}", visible(kind))),
            percent("kept on paper", it.kept_on_paper_percent),
            percent("postponed", it.postponed_percent),
        ),
        Declaration::Claim(it) => format!(
            "claim {}, by {}, {}, {:?}, on {}, signed by {}, threshold {}",
            visible(&it.id),
            it.organisation.show(team),
            visible(&it.control),
            it.status,
            it.claimed_on,
            shown(it.signed_by_role.as_ref(), |role| visible(role)),
            shown(it.threshold_percent.as_ref(), ToString::to_string),
        ),
        Declaration::Authority(path, organisations) => format!(
            "{} speaks for {}",
            path.show(team),
            list(organisations, |name| name.show(team)),
        ),
        Declaration::Vantage(path, network) => {
            format!("{} seen from {}", path.show(team), network.show(team))
        }
        Declaration::Collected(path, moment) => {
            format!("{} collected {moment}", path.show(team))
        }
    }
}

fn shown<T>(value: Option<&T>, show: impl Fn(&T) -> String) -> String {
    value.map_or_else(|| "none".to_owned(), show)
}

fn list<T>(values: &[T], show: impl Fn(&T) -> String) -> String {
    format!(
        "[{}]",
        values.iter().map(show).collect::<Vec<_>>().join(", ")
    )
}

fn say(text: &mut String, line: impl AsRef<str>) {
    text.push_str(line.as_ref());
    text.push('\n');
}

fn percent(what: &str, percent: Option<f64>) -> String {
    percent.map_or_else(String::new, |percent| format!(", {what} {percent} %"))
}
