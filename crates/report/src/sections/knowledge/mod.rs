//! What was seen, what is settled, what is unknown, and how much of the answer is assumption.

use maud::{Markup, html};

use super::Section;
use crate::chart::{key, stacked};
use crate::document::{Answer, Document, Interval, Tally, VariancePart, VerdictCount};
use crate::numbers::{coarse_range, counted, estimated, length, whole};
use crate::theme::{MOST, cut_on_paper, left_out};
use crate::words::{share, title};

pub(crate) fn section(document: &Document) -> Option<Section> {
    let tally = &document.tally;
    Some(Section {
        id: "knowledge",
        title: "What we know, and what we do not",
        body: html! {
            (seen(tally))
            @if tally.verdicts.is_empty() {
                p { "No question was asked of the machines." }
            } @else {
                p {
                    "Each question was asked of every machine. Where nothing settles it the answer is "
                    em { "unknown" } ", which is neither yes nor no."
                }
                @for count in &tally.verdicts { (question(count)) }
            }
            @if let Some(reported) = tally.holds_self_reported {
                p {
                    "Of all answers “yes”, " (share(reported))
                    " rest on one machine’s word about itself, which a machine that is already taken could fake."
                }
            }
            (assumed(document))
            (notes(document))
        },
    })
}

fn seen(tally: &Tally) -> Markup {
    html! {
        p {
            "We see " b { (counted(tally.hosts, "machine", "machines")) } " of "
            (counted(tally.organisations, "organisation", "organisations")) " in "
            (counted(tally.networks, "network", "networks"))
            @if tally.networks_assumed > 0 {
                ", " (whole(tally.networks_assumed)) " of which were assumed because nobody described them"
            }
            ". Two or more kinds of source speak of " (whole(tally.seen_twice)) " of the machines. "
            @if let Some(unseen) = &tally.unseen_estimate {
                (unseen_floor(unseen))
            } @else {
                "The sources overlap too little to estimate how many machines are in none of them."
            }
        }
    }
}

/// Chao's estimate from the machines that one source alone knows: it never claims too many.
fn unseen_floor(unseen: &Interval) -> Markup {
    html! {
        @if unseen.median >= 0.5 {
            "At least about " b { (estimated(unseen.median, f64::MAX)) } " more are in no source at all ("
            (coarse_range(unseen, u32::MAX))
            ", nine in ten). That is a floor, reckoned from how many machines only one source knows; there may be more."
        } @else {
            "How the sources overlap gives no sign of machines that are in none of them, which does not mean that there are none."
        }
    }
}

fn assumed(document: &Document) -> Markup {
    let known = || (document.answers.iter()).filter(|answer| answer.assumed_share.is_some());
    html! {
        @if known().next().is_some() {
            h3 { "How much of the answer is assumption" }
            ul { @for answer in known() { li { (assumed_of(answer)) } } }
        }
    }
}

fn assumed_of(answer: &Answer) -> Markup {
    html! {
        b { (title(answer)) } ": of the machines that it takes in the drawn answer, "
        (share(answer.assumed_share.unwrap_or(f64::NAN)))
        " are in a state that we assumed, not one that evidence shows."
        @if let Some(worlds) = answer.world_variance_share {
            " Of the uncertainty in how many it takes, " (share(worlds))
            " parts come from not knowing the estate and the worm well enough; the rest is chance, which no evidence removes."
        }
        @if let Some(split) = &answer.variance {
            " Taken apart on outbreaks of their own: " (part_of(split.estate)) " what is not known of the estate, "
            (part_of(split.parameters)) " the worm’s own numbers, " (part_of(split.together))
            " the two together, " (part_of(split.chance)) " chance."
        }
    }
}

/// `42 of 100 (± 5)`.
fn part_of(part: VariancePart) -> String {
    let hundredths = |share: f64| format!("{:.0}", 100.0 * share);
    format!(
        "{} of 100 (± {})",
        hundredths(part.share),
        hundredths(part.error)
    )
}

fn question(count: &VerdictCount) -> Markup {
    let words = ["yes", "no", "unknown"];
    html! {
        div.question {
            h3 { (count.question) }
            (stacked(count.settled, words, count.question.as_str()))
            p { (key(count.settled, words)) }
            @if count.disputed > 0 {
                p.quiet {
                    "Disputed, among the unknown: " (whole(count.disputed))
                    ". There, evidence contradicts itself: as good, or weaker and newer."
                }
            }
            @if !count.unknown_reasons.is_empty() {
                details.printed {
                    summary { "Why unknown" }
                    ul {
                        @for reason in &count.unknown_reasons {
                            li { (whole(reason.count)) ": " (reason.reason) }
                        }
                    }
                }
            }
        }
    }
}

fn notes(document: &Document) -> Markup {
    let total = document.estate_notes_total;
    html! {
        @if !document.estate_notes.is_empty() {
            h3 { "Remarks on the estate’s description" }
            ul class=[cut_on_paper(total)] { @for note in document.estate_notes.iter().take(MOST) { li { (note) } } }
            (left_out(total))
        } @else if total > 0 {
            p.quiet {
                (counted(length(total), "remark", "remarks"))
                " on the estate’s description in the edition for the team."
            }
        }
    }
}
