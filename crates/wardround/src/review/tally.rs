//! How each question is settled over all machines.

use std::collections::{BTreeMap, BTreeSet};

use wardround_estate::{Finding, HostId, Question};
use wardround_evidence::Truth;
use wardround_report::{Interval, Settled, Tally, VerdictCount};

use crate::round::{Round, ThreatRound};

/// Every question that the threats ask, with the finding for each machine.
pub(super) struct Findings {
    pub(super) by_question: Vec<(Question, Vec<Finding>)>,
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
                let findings = (0..hosts)
                    .map(|host| round.estate.assess(HostId(host), question))
                    .collect();
                (question, findings)
            })
            .collect();
        Self { by_question }
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
    let all = || {
        findings
            .by_question
            .iter()
            .flat_map(|(_, findings)| findings)
    };
    let holds = all()
        .filter(|finding| finding.verdict.truth == Truth::Holds)
        .count();
    let alone = all()
        .filter(|finding| finding.verdict.self_reported)
        .count();
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
            .map(|(question, findings)| verdict_count(*question, findings))
            .collect(),
        holds_self_reported: (holds > 0).then(|| alone as f64 / holds as f64),
    }
}

fn verdict_count(question: Question, findings: &[Finding]) -> VerdictCount {
    let mut settled = Settled::default();
    let mut disputed = 0;
    let mut reasons: BTreeMap<&'static str, u32> = BTreeMap::new();
    for finding in findings {
        count(&mut settled, finding.verdict.truth);
        disputed += u32::from(finding.verdict.disputed);
        if let Some(gap) = finding.gap {
            *reasons.entry(gap.words()).or_default() += 1;
        }
    }
    let mut unknown_reasons: Vec<_> = reasons
        .into_iter()
        .map(|(words, count)| (words.to_owned(), count))
        .collect();
    unknown_reasons.sort_by(|(one, one_count), (other, other_count)| {
        other_count.cmp(one_count).then_with(|| one.cmp(other))
    });
    VerdictCount {
        question: question.words(),
        settled,
        disputed,
        unknown_reasons,
    }
}
