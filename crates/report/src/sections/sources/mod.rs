//! What the page was made from, and what could not be used.

use maud::{Markup, html};

use super::Section;
use crate::document::{Document, SourceLine};
use crate::numbers::{counted, day, length, whole};
use crate::theme::{Cell, Column, MOST, digest, left_out, organisation, table};

pub(crate) fn section(document: &Document) -> Option<Section> {
    Some(Section {
        id: "sources",
        title: "Sources",
        body: html! {
            (span(document))
            (understood(document))
            (skipped(document))
            (unrecognised(document))
            (refused(document))
        },
    })
}

fn span(document: &Document) -> Markup {
    let made = &document.made;
    html! {
        p {
            @if let (Some(oldest), Some(newest)) = (made.oldest_evidence, made.newest_evidence) {
                "The oldest evidence is of " b { (day(oldest)) } ", the newest of " b { (day(newest)) } "."
            } @else { "No evidence carries a date." }
        }
    }
}

fn understood(document: &Document) -> Markup {
    let named = document.names_hosts();
    let columns = [
        Column::Text(if named {
            "File and SHA-256"
        } else {
            "Kind and SHA-256"
        }),
        Column::Text(if named { "Kind and tool" } else { "Whole?" }),
        Column::Text("Taken on"),
        Column::Number("Records"),
        Column::Number("Skipped"),
        Column::Text("May speak for"),
    ];
    html! {
        @if document.sources.is_empty() {
            p { "No file was understood." }
        } @else {
            (table(
                "Files that were understood",
                &columns,
                document.sources.iter().map(|line| (None, cells(line))),
            ))
        }
    }
}

fn cells(line: &SourceLine) -> Vec<Cell> {
    let whole_or_cut = html! {
        @if line.whole { "whole" } @else {
            b { "not whole" } @if let Some(why) = &line.cut { ": " (why) }
        }
    };
    let (first, second) = match &line.path {
        Some(path) => (
            html! { bdi.name { (path) } (digest(&line.digest)) },
            html! {
                (line.kind)
                @if let Some(tool) = &line.tool { ", " (tool) }
                @if !line.whole { "; " (whole_or_cut) }
            },
        ),
        None => (html! { (line.kind) (digest(&line.digest)) }, whole_or_cut),
    };
    vec![
        first,
        second,
        html! {
            @if let Some(taken) = line.taken_at { span.nowrap { (day(taken)) } } @else { "no date" }
        },
        html! { (whole(line.records)) },
        html! { (whole(line.skipped)) },
        speaks_for(line),
    ]
}

/// More names than this say less than their number does.
const MOST_NAMES: usize = 5;

fn speaks_for(line: &SourceLine) -> Markup {
    html! {
        @match &line.speaks_for {
            None => "everyone",
            Some(names) if names.is_empty() => "nobody",
            Some(names) if names.len() > MOST_NAMES => {
                (counted(length(names.len()), "organisation", "organisations"))
            }
            Some(names) => {
                @for (index, name) in names.iter().enumerate() {
                    @if index > 0 { ", " }
                    (organisation(Some(name)))
                }
            }
        }
    }
}

fn skipped(document: &Document) -> Markup {
    let total: u64 = document.sources.iter().map(|line| line.skipped).sum();
    let speaking = || {
        let lines = document.sources.iter();
        lines.filter(|line| !line.skipped_examples.is_empty() || !line.notes.is_empty())
    };
    html! {
        @if total > 0 {
            p { (counted(total, "record", "records")) " could not be read and were skipped; the rest of each file was kept." }
        }
        @if speaking().next().is_some() {
            details {
                summary { "Skipped records and what the readers remarked" }
                @for line in speaking().take(MOST) {
                    @if let Some(path) = &line.path { p { bdi.name { (path) } } }
                    ul {
                        @for example in &line.skipped_examples { li { (example) } }
                        @for note in &line.notes { li { (note) } }
                    }
                }
            }
        }
    }
}

fn unrecognised(document: &Document) -> Markup {
    html! {
        h3 { "Files that nobody recognised: " (whole(length(document.unrecognised.len()))) }
        @if document.unrecognised.is_empty() {
            p { "Every file was recognised." }
        } @else {
            ul {
                @for line in document.unrecognised.iter().take(MOST) {
                    li {
                        @if let Some(path) = &line.path { bdi.name { (path) } ", " }
                        (counted(line.bytes, "byte", "bytes")) (digest(&line.digest))
                    }
                }
            }
            (left_out(document.unrecognised.len()))
        }
    }
}

fn refused(document: &Document) -> Markup {
    html! {
        h3 { "Files of which nothing could be used: " (whole(length(document.refused.len()))) }
        @if document.refused.is_empty() {
            p { "None." }
        } @else if !document.names_hosts() {
            p { "Which and why is in the edition for the team." }
        } @else {
            ul {
                @for refusal in document.refused.iter().take(MOST) {
                    li {
                        @if let Some(path) = &refusal.path { bdi.name { (path) } }
                        @if let Some(reason) = &refusal.reason { ": " (reason) }
                    }
                }
            }
            (left_out(document.refused.len()))
        }
    }
}
