//! What the page was made from, and what could not be used.

mod group;

use std::collections::BTreeMap;

use maud::{Markup, html};

use self::group::{Group, groups};
use super::Section;
use crate::document::{Document, Shown, SourceLine};
use crate::numbers::{counted, day, length, whole};
use crate::theme::{
    Cell, Column, MOST, cut_on_paper, digest, folded, left_out, organisation, records,
};

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
    let groups = groups(&document.sources);
    let columns = [
        Column::Text(if named { "File or archive" } else { "Kind" }),
        Column::Text(if named { "Kind and tool" } else { "Whole" }),
        Column::Text("Taken on"),
        Column::Number("Machines and rows"),
        Column::Number("Skipped"),
        Column::Text("May speak for"),
    ];
    html! {
        @if document.sources.is_empty() {
            p { "No file was understood." }
        } @else {
            p {
                (counted(length(document.sources.len()), "file was", "files were")) " understood."
                @if groups.len() < document.sources.len() {
                    " Files of one kind "
                    @if named { "in one archive " }
                    "share a line; the JSON form of this page lists each with its SHA-256."
                }
            }
            (records("Files that were understood", &columns, groups.iter().map(cells)))
        }
    }
}

fn cells(group: &Group<'_>) -> Vec<Cell> {
    let path = group.only().and_then(|line| line.path.as_ref());
    let named = path.is_some() || group.archive.is_some();
    let kind = html! { @if let Some(kind) = group.kind() { (kind) } };
    vec![
        html! {
            @if let Some(path) = path { bdi.name { (path) } }
            @else if let Some(archive) = group.archive { bdi.name { (archive) } }
            @else { (kind) }
            @match group.only() {
                Some(line) => (digest(&line.digest)),
                None => { " " span.quiet.nowrap { (whole(length(group.lines.len()))) " files" } }
            }
        },
        html! {
            @if named {
                (kind)
                @if let Some(tool) = group.tool() { ", " (tool) }
                @if group.cut() > 0 { "; " (wholeness(group)) }
            } @else { (wholeness(group)) }
        },
        taken(group),
        html! { (whole(group.records())) },
        html! { (whole(group.skipped())) },
        speaks_for(group),
    ]
}

fn wholeness(group: &Group<'_>) -> Markup {
    html! {
        @match (group.cut(), group.only()) {
            (0, _) => "whole",
            (_, Some(line)) => { b { "not whole" } @if let Some(why) = &line.cut { ": " (why) } }
            (cut, None) => b { (whole(length(cut))) " not whole" }
        }
    }
}

fn taken(group: &Group<'_>) -> Markup {
    html! {
        @match group.taken().map(|(oldest, newest)| (day(oldest), day(newest))) {
            None => "no date",
            Some((oldest, newest)) => {
                span.nowrap { (oldest) }
                @if oldest != newest { " to " span.nowrap { (newest) } }
            }
        }
    }
}

/// More names than this say less than their number does.
const MOST_NAMES: usize = 5;

fn speaks_for(group: &Group<'_>) -> Markup {
    html! {
        @match group.speaks_for() {
            None if group.lines.iter().any(|line| line.speaks_for.is_some()) => "some for everyone",
            None => "everyone",
            Some(names) if names.is_empty() => "nobody",
            Some(names) if names.len() > MOST_NAMES => {
                (counted(length(names.len()), "organisation", "organisations"))
            }
            Some(names) => {
                @for (index, name) in names.into_iter().enumerate() {
                    @if index > 0 { ", " }
                    (organisation(Some(name)))
                }
            }
        }
    }
}

fn skipped(document: &Document) -> Markup {
    let total: u64 = document.sources.iter().map(|line| line.skipped).sum();
    let with_examples: Vec<&SourceLine> = (document.sources.iter())
        .filter(|line| !line.skipped_examples.is_empty())
        .collect();
    let remarks = remarks(document);
    html! {
        @if total > 0 {
            p { (counted(total, "record", "records")) " could not be read and were skipped; the rest of each file was kept." }
        }
        @if !with_examples.is_empty() {
            (folded(
                "Skipped records",
                &format!(
                    "the first few in {}",
                    counted(length(with_examples.len()), "file", "files")
                ),
                &html! { @for line in with_examples.iter().take(MOST) { (examples(line)) } },
            ))
        }
        @if !remarks.is_empty() {
            (folded(
                "What the readers remarked",
                &counted(length(remarks.len()), "remark", "remarks"),
                &html! {
                    ul {
                        @for (remark, files) in remarks.iter().take(MOST) {
                            li { (counted(*files, "file", "files")) ": " (remark) }
                        }
                    }
                    (left_out(remarks.len()))
                },
            ))
        }
    }
}

fn examples(line: &SourceLine) -> Markup {
    html! {
        @if let Some(path) = &line.path { p { bdi.name { (path) } } }
        ul { @for example in &line.skipped_examples { li { (example) } } }
    }
}

/// Each remark with how many files it was made on, most first.
fn remarks(document: &Document) -> Vec<(&Shown, u64)> {
    let mut counts: BTreeMap<&Shown, u64> = BTreeMap::new();
    for remark in document.sources.iter().flat_map(|line| &line.notes) {
        *counts.entry(remark).or_default() += 1;
    }
    let mut remarks: Vec<_> = counts.into_iter().collect();
    remarks.sort_by_key(|(_, files)| std::cmp::Reverse(*files));
    remarks
}

fn unrecognised(document: &Document) -> Markup {
    html! {
        h3 { "Files that nobody recognised: " (whole(length(document.unrecognised.len()))) }
        @if document.unrecognised.is_empty() {
            p { "Every file was recognised." }
        } @else {
            ul class=[cut_on_paper(document.unrecognised.len())] {
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
            ul class=[cut_on_paper(document.refused.len())] {
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
