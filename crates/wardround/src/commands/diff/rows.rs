//! What changed, told to one audience: a row for each verdict, machine and claim.

use serde::Serialize;
use wardround_estate::{
    AssessedClaim, ChainLink, ChangeKind, ClaimChange, Comparison, Estate, Finding, HostId,
    Question, chain,
};
use wardround_evidence::{Disclosure, Truth, visible};

use crate::subject;

/// A verdict that is another now, or a machine that came or went.
#[derive(Debug, Serialize)]
pub(super) struct Row {
    pub(super) change: &'static str,
    pub(super) machine: String,
    pub(super) organisation: Option<String>,
    pub(super) question: Option<String>,
    /// What was asked earlier, where it is not the same to the day.
    pub(super) question_before: Option<String>,
    pub(super) before: Option<String>,
    pub(super) after: Option<String>,
    /// The machine that this one was joined with, or split from; or that has its address, where no more is known of it.
    pub(super) other: Option<String>,
}

/// A claim that changed, or that stands otherwise.
#[derive(Debug, Serialize)]
pub(super) struct ClaimRow {
    pub(super) change: &'static str,
    pub(super) organisation: String,
    pub(super) claim: String,
    pub(super) before: Option<String>,
    pub(super) after: Option<String>,
}

/// What became of machines, in data and for people.
pub(super) const NEW: (&str, &str) = ("new", "new machines");
pub(super) const GONE: (&str, &str) = ("gone", "machines that nothing speaks of any more");
pub(super) const JOINED: (&str, &str) = (
    "joined",
    "machines that are counted as part of another one now",
);
pub(super) const SPLIT: (&str, &str) = (
    "split",
    "machines that were counted as part of another one before",
);

/// All changes, the most pressing kind first, then by organisation and machine.
pub(super) fn rows(
    before: &Estate,
    after: &Estate,
    found: &Comparison,
    names: &Disclosure,
) -> Vec<Row> {
    let mut rows = Vec::new();
    for kind in ChangeKind::ALL {
        let from = rows.len();
        for change in found.changes.iter().filter(|change| change.kind == kind) {
            let moved = change.question_before != change.question;
            rows.push(Row {
                question: Some(change.question.words()),
                question_before: moved.then(|| change.question_before.words()),
                before: Some(why(
                    before,
                    change.before,
                    change.question_before,
                    &change.found_before,
                    names,
                )),
                after: Some(why(
                    after,
                    change.after,
                    change.question,
                    &change.found_after,
                    names,
                )),
                ..bare(kind.key(), after, change.after, names)
            });
        }
        sort(&mut rows[from..]);
    }
    for (key, estate, other, alone) in [
        (NEW.0, after, before, &found.new),
        (GONE.0, before, after, &found.gone),
    ] {
        let from = rows.len();
        rows.extend(alone.iter().map(|alone| Row {
            other: alone.address_of.map(|holder| machine(other, holder, names)),
            ..bare(key, estate, alone.host, names)
        }));
        sort(&mut rows[from..]);
    }
    for (key, estate, other, parts) in [
        (JOINED.0, before, after, &found.joined),
        (SPLIT.0, after, before, &found.split),
    ] {
        let from = rows.len();
        rows.extend(parts.iter().map(|(part, whole)| Row {
            other: Some(machine(other, *whole, names)),
            ..bare(key, estate, *part, names)
        }));
        sort(&mut rows[from..]);
    }
    rows
}

fn sort(rows: &mut [Row]) {
    let key = |row: &Row| {
        (
            row.organisation.clone(),
            row.machine.clone(),
            row.question.clone(),
        )
    };
    rows.sort_by_cached_key(key);
}

fn bare(change: &'static str, estate: &Estate, host: HostId, names: &Disclosure) -> Row {
    Row {
        change,
        machine: machine(estate, host, names),
        organisation: subject(estate, host)
            .organisation
            .map(|name| name.show(names)),
        question: None,
        question_before: None,
        before: None,
        after: None,
        other: None,
    }
}

fn machine(estate: &Estate, host: HostId, names: &Disclosure) -> String {
    let machine = subject(estate, host);
    let known_as = machine
        .name
        .map(|name| name.show(names))
        .or(machine.address.map(|address| address.show(names)));
    let otherwise = || {
        let identifiers = &estate.host(host).identifiers;
        identifiers.first().map(|it| it.show(names))
    };
    known_as.or_else(otherwise).unwrap_or_default()
}

/// A verdict with what decided it: `fails: tested on 2025-06-03, by scan.xml`.
fn why(
    estate: &Estate,
    host: HostId,
    question: Question,
    finding: &Finding,
    names: &Disclosure,
) -> String {
    let verdict = match finding.verdict.truth {
        Truth::Holds => "holds",
        Truth::Fails => "fails",
        Truth::Unknown => {
            let gap = finding.gap.map(|gap| format!(": {}", gap.words()));
            return format!("unknown{}", gap.unwrap_or_default());
        }
    };
    let links = chain(estate, host, question, finding);
    let deciding = links.first().map(|link| told(link, names));
    format!("{verdict}{}", deciding.unwrap_or_default())
}

fn told(link: &ChainLink<'_>, names: &Disclosure) -> String {
    let when = link.when.map_or_else(
        || "at an unknown time".to_owned(),
        |moment| format!("on {}", moment.strftime("%Y-%m-%d")),
    );
    // What a file says in its own words stays among those who may read the file.
    let what = match &link.what_unquoted {
        Some(unquoted) if !names.names_hosts() => unquoted,
        _ => &link.what,
    };
    format!(
        ": {}, {} {when}, by {}",
        visible(what),
        link.method.word(),
        link.path.show(names)
    )
}

/// The claims that changed, the most pressing first.
pub(super) fn claim_rows(
    before: &Estate,
    after: &Estate,
    changes: &[ClaimChange<'_>],
    names: &Disclosure,
) -> Vec<ClaimRow> {
    let row = |change: &ClaimChange<'_>| {
        let (estate, claim) = match (&change.before, &change.after) {
            (_, Some(claim)) => (after, claim),
            (Some(claim), None) => (before, claim),
            (None, None) => return None,
        };
        let described = claim
            .organisation
            .and_then(|id| estate.organisation(id).name.as_ref());
        let words = match claim.words_unquoted() {
            Some(unquoted) if !names.names_hosts() => unquoted.to_owned(),
            _ => visible(&claim.words()),
        };
        Some(ClaimRow {
            change: change.kind.key(),
            organisation: described.unwrap_or(&claim.claim.organisation).show(names),
            claim: words,
            before: change.before.as_ref().map(stands),
            after: change.after.as_ref().map(stands),
        })
    };
    changes.iter().filter_map(row).collect()
}

/// `refuted (10 hold, 2 fail, 1 unknown), claimed on 2025-06-02`.
fn stands(assessed: &AssessedClaim<'_>) -> String {
    let subjects = assessed.subjects.map(|subjects| {
        format!(
            " ({} hold, {} fail, {} unknown)",
            subjects.holds, subjects.fails, subjects.unknown
        )
    });
    format!(
        "{}{}, claimed on {}",
        assessed.word.text(),
        subjects.unwrap_or_default(),
        assessed.claim.claimed_on.strftime("%Y-%m-%d")
    )
}
