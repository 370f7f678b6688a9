//! How each question is settled over all machines.

use std::collections::{BTreeMap, BTreeSet};

use rayon::prelude::*;
use wardround_estate::{Finding, HostId, Question};
use wardround_evidence::Truth;
use wardround_report::{Interval, Settled, Tally, VerdictCount};

use super::samples::Example;
use crate::round::{Round, ThreatRound};

/// Every question that the threats ask, with what the findings of all machines come to. No finding is kept: at 1.5 million
/// machines they would hold more memory than the estate.
pub(super) struct Findings {
    by_question: Vec<(Question, Counted)>,
}

/// What the findings on one question come to, over some machines.
#[derive(Default)]
struct Counted {
    settled: Settled,
    disputed: u32,
    self_reported: u32,
    reasons: BTreeMap<&'static str, u32>,
    /// The first machines that serve each end as examples.
    examples: BTreeMap<Example, Vec<HostId>>,
}

impl Findings {
    pub(super) fn of(round: &Round, threats: &[ThreatRound<'_>]) -> Self {
        let questions: BTreeSet<Question> = threats
            .iter()
            .flat_map(|threat| threat.population.questions().iter().copied())
            .collect();
        let hosts = u32::try_from(round.estate.hosts.len()).unwrap_or(u32::MAX);
        let by_question = questions
            .into_iter()
            .map(|question| {
                let ask = |mut counted: Counted, host| {
                    let host = HostId(host);
                    counted.take(host, &round.estate.assess(host, question));
                    counted
                };
                // What is folded is joined in the order of machines, so that threads change nothing.
                let machines = (0..hosts).into_par_iter();
                let folded = machines.fold(Counted::default, ask);
                (question, folded.reduce(Counted::default, Counted::then))
            })
            .collect();
        Self { by_question }
    }

    /// Machines that may serve as an example, question by question, the first ones only.
    pub(super) fn examples(&self, example: Example) -> impl Iterator<Item = (HostId, Question)> {
        self.by_question
            .iter()
            .flat_map(move |(question, counted)| {
                let hosts = counted.examples.get(&example).into_iter().flatten();
                hosts.map(|host| (*host, *question))
            })
    }

    /// The questions, in their order.
    pub(super) fn questions(&self) -> impl Iterator<Item = Question> {
        self.by_question.iter().map(|(question, _)| *question)
    }
}

impl Counted {
    fn take(&mut self, host: HostId, finding: &Finding) {
        let verdict = &finding.verdict;
        count(&mut self.settled, verdict.truth);
        self.disputed += u32::from(verdict.disputed);
        self.self_reported += u32::from(verdict.truth == Truth::Holds && verdict.self_reported);
        if let Some(gap) = finding.gap {
            *self.reasons.entry(gap.words()).or_default() += 1;
        }
        for example in Example::ALL {
            if example.fits(finding) {
                let hosts = self.examples.entry(example).or_default();
                if hosts.len() < Example::ALL.len() + 1 {
                    hosts.push(host);
                }
            }
        }
    }

    /// This, and then what later machines come to.
    fn then(mut self, later: Self) -> Self {
        self.settled.holds += later.settled.holds;
        self.settled.fails += later.settled.fails;
        self.settled.unknown += later.settled.unknown;
        self.disputed += later.disputed;
        self.self_reported += later.self_reported;
        for (words, machines) in later.reasons {
            *self.reasons.entry(words).or_default() += machines;
        }
        for (example, hosts) in later.examples {
            let all = self.examples.entry(example).or_default();
            all.extend(hosts);
            all.truncate(Example::ALL.len() + 1);
        }
        self
    }
}

/// Adds one verdict to a count.
pub(super) fn count(settled: &mut Settled, truth: Truth) {
    match truth {
        Truth::Holds => settled.holds += 1,
        Truth::Fails => settled.fails += 1,
        Truth::Unknown => settled.unknown += 1,
    }
}

pub(super) fn tally(round: &Round, findings: &Findings) -> Tally {
    let estate = &round.estate;
    let number = |count: usize| u32::try_from(count).unwrap_or(u32::MAX);
    let (mut holds, mut alone) = (0, 0);
    for (_, counted) in &findings.by_question {
        holds += counted.settled.holds;
        alone += counted.self_reported;
    }
    let peopled: BTreeSet<_> = estate.hosts.iter().map(|host| host.organisation).collect();
    Tally {
        hosts: number(estate.hosts.len()),
        organisations: number(peopled.len()),
        networks: number(estate.networks.len()),
        networks_assumed: number(
            estate
                .networks
                .iter()
                .filter(|network| network.assumed)
                .count(),
        ),
        seen_twice: estate.reconciliation.seen_twice,
        unseen_estimate: estate
            .reconciliation
            .unseen
            .map(|(low, median, high)| Interval { low, median, high }),
        verdicts: findings
            .by_question
            .iter()
            .map(|(question, counted)| verdict_count(*question, counted))
            .collect(),
        holds_self_reported: (holds > 0).then(|| f64::from(alone) / f64::from(holds)),
    }
}

fn verdict_count(question: Question, counted: &Counted) -> VerdictCount {
    let reasons = counted.reasons.iter();
    let mut unknown_reasons: Vec<_> = reasons
        .map(|(words, machines)| ((*words).to_owned(), *machines))
        .collect();
    unknown_reasons.sort_by(|(one, one_count), (other, other_count)| {
        other_count.cmp(one_count).then_with(|| one.cmp(other))
    });
    VerdictCount {
        question: question.words(),
        settled: counted.settled,
        disputed: counted.disputed,
        unknown_reasons,
    }
}
