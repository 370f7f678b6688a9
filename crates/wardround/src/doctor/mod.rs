//! What evidence is missing, what it would settle, and which export would give it; and what is wrong with the input.
//!
//! It advises and sends nothing. What touches a network with medical devices or unknown machines says in the same sentence
//! who must agree first.

mod agreement;
mod claims;
mod cures;
mod described;
mod export;
mod held;
mod input;
mod missing;

pub use missing::{Lack, Need};

use serde::Serialize;
use wardround_estate::Question;
use wardround_evidence::Disclosure;

use crate::Round;

/// Everything that a check of an estate's evidence found, disclosed to one audience.
#[derive(Clone, Debug, Serialize)]
pub struct Checkup {
    /// How many verdicts there are: each question of each machine.
    pub verdicts: u64,
    /// How many of them are unknown.
    pub unknown: u64,
    /// What to get, by how many verdicts it could settle. Each unknown verdict stands in one of them.
    pub needs: Vec<Need>,
    /// Claims that the evidence does not bear out or cannot decide.
    pub claims: Vec<Remark>,
    /// What the description leaves open.
    pub description: Vec<Remark>,
    /// Files and records that were not used, or not as they could be; identifiers in doubt.
    pub input: Vec<Remark>,
}

/// One thing that was noticed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Remark {
    /// How much it concerns: machines, networks, files or records, as the sentence says.
    pub count: u64,
    /// In a sentence or two.
    pub words: String,
    /// Some of what it concerns: files, or places in them.
    pub examples: Vec<String>,
}

/// So many examples are kept.
const EXAMPLES: usize = 3;

impl Remark {
    fn new(count: usize, words: impl Into<String>) -> Self {
        Self {
            count: count as u64,
            words: words.into(),
            examples: Vec::new(),
        }
    }

    /// With the first few of these.
    fn such_as(mut self, examples: impl IntoIterator<Item = String>) -> Self {
        self.examples = examples.into_iter().take(EXAMPLES).collect();
        self
    }
}

/// Most first; equal counts in the order of the words.
fn most_first(mut remarks: Vec<Remark>) -> Vec<Remark> {
    remarks.sort_by(|one, other| {
        (std::cmp::Reverse(one.count), &one.words)
            .cmp(&(std::cmp::Reverse(other.count), &other.words))
    });
    remarks
}

/// `1 machine`, `2 machines`.
fn counted(count: usize, one: &str, many: &str) -> String {
    format!("{count} {}", if count == 1 { one } else { many })
}

/// Examines the evidence of a round.
#[must_use]
pub fn examine(round: &Round, questions: &[Question], names: &Disclosure) -> Checkup {
    let needs = missing::needs(&round.estate, questions, names);
    Checkup {
        verdicts: (round.estate.hosts.len() * questions.len()) as u64,
        unknown: needs.iter().map(|need| need.verdicts).sum(),
        needs,
        claims: claims::remarks(&round.estate, names),
        description: described::remarks(&round.estate, names),
        input: input::remarks(round, names),
    }
}

#[cfg(test)]
mod tests;
