//! What a person reads on the terminal: one screen, true without colour.

use crate::document::{Advice, Answer, Document, VerdictCount};
use crate::numbers::{amount_in_words, counted, length, minute, whole};
use crate::words::{
    audience, beyond, conditional, counts, hidden, in_sentence, outcome, title, worse,
};

/// Narrower than this, lines break where they must.
const NARROWEST: usize = 30;
/// Beside a label, text starts here.
const INDENT: usize = 10;
/// More questions than this would not leave one screen.
const MOST_QUESTIONS: usize = 4;
/// So many activities are told, those of which most is not done.
const MOST_ACTIVITIES: usize = 3;

/// The document in about one screen of plain text, wrapped at `width` columns.
#[must_use]
pub fn summary(document: &Document, width: usize) -> String {
    let mut lines = Lines {
        width: width.max(NARROWEST),
        text: String::new(),
    };
    if let Some(handling) = &document.made.handling {
        lines.plain(handling.as_str());
    }
    lines.plain(&format!(
        "As of {}. {}",
        minute(document.made.as_of),
        audience(document)
    ));
    lines.blank();
    answers(document, &mut lines);
    lines.blank();
    knowledge(document, &mut lines);
    costs(document, &mut lines);
    claimed(document, &mut lines);
    advice("Do first", &document.to_do, &mut lines);
    advice("Find out", &document.to_find_out, &mut lines);
    unread(document, &mut lines);
    lines.text
}

fn answers(document: &Document, lines: &mut Lines) {
    let Some((leading, others)) = document.answers.split_first() else {
        lines.plain("No threat was asked about.");
        return;
    };
    lines.plain(&format!("Threat that takes most: {}.", title(leading)));
    lines.plain(&conditional(&leading.drawn, &document.made));
    lines.item(
        "  Everything unknown against us: ",
        &format!("{}.", outcome(&leading.against)),
    );
    lines.item(
        "  Everything unknown for us: ",
        &format!("{}.", outcome(&leading.in_favour)),
    );
    for other in others {
        lines.plain(&format!("{}: {}.", title(other), outcome(&other.drawn)));
        if let Some(against) = worse(other) {
            lines.item("  Everything unknown against us: ", &format!("{against}."));
        }
    }
}

fn knowledge(document: &Document, lines: &mut Lines) {
    let tally = &document.tally;
    lines.labelled(
        "Seen",
        &format!(
            "{}, {}, {}.",
            counted(tally.hosts, "machine", "machines"),
            counted(tally.organisations, "organisation", "organisations"),
            counted(tally.networks, "network", "networks")
        ),
    );
    let counts = counts(&document.reconciliation);
    let mut parts = counts.sources;
    parts.push(format!(
        "we count {}: {}, {}.",
        counts.hosts, counts.merged, counts.unsure
    ));
    lines.labelled("Counted", &parts.join("; "));
    for (index, count) in tally.verdicts.iter().take(MOST_QUESTIONS).enumerate() {
        lines.labelled(if index == 0 { "Settled" } else { "" }, &question(count));
    }
    if tally.verdicts.len() > MOST_QUESTIONS {
        lines.labelled("", "More questions are on the page.");
    }
}

/// What outbreaks of the threat that costs most cost.
fn costs(document: &Document, lines: &mut Lines) {
    let worth = |answer: &&Answer| answer.losses.worth_gbp.mean;
    let most = |one: &&Answer, other: &&Answer| worth(one).total_cmp(&worth(other));
    // Of several that cost the same the first counts, which is the one that takes most.
    let Some(answer) = document.answers.iter().rev().max_by(most) else {
        return;
    };
    let losses = &answer.losses;
    if losses.described + losses.by_default == 0 {
        let text = "nothing can be said: no services are described, and no kind of organisation with usual ones.";
        return lines.labelled("Costs", text);
    }
    let mut activities: Vec<_> = losses
        .activities
        .iter()
        .filter(|line| line.not_done.high > 0.0)
        .collect();
    activities.sort_by(|one, other| other.not_done.mean.total_cmp(&one.not_done.mean));
    if activities.is_empty() {
        let text = "fewer than 1 in 20 outbreaks postpone any care, or lose it.";
        return lines.labelled("Costs", text);
    }
    let told = activities.iter().take(MOST_ACTIVITIES);
    let told: Vec<String> = told
        .map(|line| format!("{} {}", line.activity, amount_in_words(&line.not_done)))
        .collect();
    let text = format!(
        "{}, in {} and nine of ten outbreaks: {} postponed or lost; what is priced is worth {} pounds.",
        title(answer),
        counted(losses.days, "day", "days"),
        told.join(", "),
        amount_in_words(&losses.worth_gbp)
    );
    lines.labelled("Costs", &text);
}

fn claimed(document: &Document, lines: &mut Lines) {
    let Some(found) = &document.overconfidence else {
        return;
    };
    if let Some(machines) = hidden(&found.refuted) {
        let text = format!(
            "Believing what the evidence refutes ({}) makes outbreaks look smaller by {machines} on average.",
            beyond(&found.refuted)
        );
        lines.labelled("Claimed", &text);
    }
}

fn question(count: &VerdictCount) -> String {
    let settled = count.settled;
    format!(
        "{}: {} yes, {} no, {} unknown.",
        count.question,
        whole(settled.holds),
        whole(settled.fails),
        whole(settled.unknown)
    )
}

fn advice(label: &str, advice: &[Advice], lines: &mut Lines) {
    for (index, advice) in advice.iter().enumerate() {
        let number = index + 1;
        let text = match &advice.owner {
            Some(owner) => format!("{number}. {owner}: {}", in_sentence(advice.what.as_str())),
            None => format!("{number}. {}", advice.what),
        };
        lines.labelled(if index == 0 { label } else { "" }, &text);
    }
}

fn unread(document: &Document, lines: &mut Lines) {
    let skipped: u64 = document.sources.iter().map(|line| line.skipped).sum();
    let (unknown, refused) = (document.unrecognised.len(), document.refused.len());
    if skipped > 0 || unknown > 0 || refused > 0 {
        let text = format!(
            "{} not recognised, {} refused, {} skipped.",
            counted(length(unknown), "file", "files"),
            counted(length(refused), "file", "files"),
            counted(skipped, "record", "records")
        );
        lines.labelled("Not read", &text);
    }
}

/// Text that grows by wrapped lines.
struct Lines {
    width: usize,
    text: String,
}

impl Lines {
    fn blank(&mut self) {
        self.text.push('\n');
    }

    fn plain(&mut self, text: &str) {
        self.wrap("", text, 0);
    }

    fn item(&mut self, start: &str, text: &str) {
        self.wrap(start, text, 4);
    }

    fn labelled(&mut self, label: &str, text: &str) {
        self.wrap(&format!("{label:<INDENT$}"), text, INDENT);
    }

    /// Breaks at spaces; a word that is longer than the line stands alone on one.
    fn wrap(&mut self, start: &str, text: &str, indent: usize) {
        let mut column = start.chars().count();
        let mut fresh = true;
        self.text.push_str(start);
        for word in text.split_whitespace() {
            let length = word.chars().count();
            if !fresh && column + 1 + length > self.width {
                self.text.push('\n');
                self.text.push_str(&" ".repeat(indent));
                column = indent;
            } else if !fresh {
                self.text.push(' ');
                column += 1;
            }
            self.text.push_str(word);
            column += length;
            fresh = false;
        }
        self.text.push('\n');
    }
}
