//! Verdicts shown with their whole chains.

use std::collections::BTreeSet;

use wardround_estate::{Finding, Gap, HostId, Question, chain};
use wardround_evidence::{Method, Truth};
use wardround_report::{ChainLink, SampleVerdict};

use super::machines::subject;
use super::tally::Findings;
use crate::round::{Round, ThreatRound};

/// The chain that is shown: as many observations at most.
const LINKS: usize = 8;

pub(super) fn samples(
    round: &Round,
    leading: Option<&ThreatRound<'_>>,
    findings: &Findings,
) -> Vec<SampleVerdict> {
    let mut chosen: Vec<(HostId, Question, &Finding, &str)> = Vec::new();
    let mut used: BTreeSet<HostId> = BTreeSet::new();
    let most = leading.and_then(|threat| {
        threat
            .drawn
            .hosts
            .iter()
            .filter(|host| threat.population.open(host.host) == wardround_outbreak::Open::Yes)
            .max_by(|one, other| {
                one.passes_on
                    .total_cmp(&other.passes_on)
                    .then_with(|| other.host.cmp(&one.host))
            })
            .map(|host| host.host)
    });
    let mut pick = |why: &'static str, fits: &dyn Fn(HostId, &Finding) -> bool| {
        let found = findings
            .by_question
            .iter()
            .find_map(|(question, findings)| {
                (0..)
                    .map(HostId)
                    .zip(findings)
                    .find(|(host, finding)| !used.contains(host) && fits(*host, finding))
                    .map(|(host, finding)| (host, *question, finding))
            });
        if let Some((host, question, finding)) = found {
            used.insert(host);
            chosen.push((host, question, finding, why));
        }
    };
    pick(
        "it is the open machine that infects most others",
        &|host, _| Some(host) == most,
    );
    pick("a test over the network found the flaw", &|_, finding| {
        finding.verdict.truth == Truth::Fails && finding.verdict.method == Some(Method::Tested)
    });
    pick(
        "sources contradicted each other and the better one decided",
        &|_, finding| {
            finding.verdict.truth == Truth::Holds
                && !finding.verdict.supporting.is_empty()
                && !finding.verdict.opposing.is_empty()
        },
    );
    pick(
        "it cannot be settled: what was said is too old",
        &|_, finding| finding.gap == Some(Gap::Stale),
    );
    pick(
        "it cannot be settled: its list of updates is cut short",
        &|_, finding| finding.gap == Some(Gap::ListCut),
    );
    pick("it holds by the machine's own account", &|_, finding| {
        finding.verdict.truth == Truth::Holds && finding.verdict.self_reported
    });
    chosen
        .into_iter()
        .take(5)
        .map(|(host, question, finding, why)| sample(round, host, question, finding, why))
        .collect()
}

fn sample(
    round: &Round,
    host: HostId,
    question: Question,
    finding: &Finding,
    why: &str,
) -> SampleVerdict {
    SampleVerdict {
        subject: subject(&round.estate, host),
        question: question.words(),
        truth: finding.verdict.truth,
        reason: finding.verdict.reason.clone(),
        chosen_because: why.to_owned(),
        chain: chain(&round.estate, host, finding)
            .into_iter()
            .take(LINKS)
            .map(|link| ChainLink {
                what: link.what,
                what_unquoted: link.what_unquoted,
                speaks_for: link.speaks_for,
                method: link.method.word(),
                when: link.when,
                path: link.path.clone(),
                position: link.position.words(),
                digest: link.digest,
                authorised: link.authorised,
            })
            .collect(),
    }
}
