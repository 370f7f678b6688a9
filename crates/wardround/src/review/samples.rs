//! Verdicts shown with their whole chains.

use wardround_estate::{Finding, Gap, HostId, Question, chain};
use wardround_evidence::{Method, Truth};
use wardround_outbreak::Open;
use wardround_report::{ChainLink, SampleVerdict};

use super::machines::subject;
use super::tally::Findings;
use crate::round::{Round, ThreatRound};

/// The chain that is shown: as many observations at most.
const LINKS: usize = 8;

/// What a machine and a question serve to show.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Example {
    Tested,
    Contradicted,
    Stale,
    CutShort,
    OwnAccount,
}

impl Example {
    /// All, in the order in which they are chosen.
    pub(super) const ALL: [Self; 5] = [
        Self::Tested,
        Self::Contradicted,
        Self::Stale,
        Self::CutShort,
        Self::OwnAccount,
    ];

    /// Whether a finding shows it.
    pub(super) fn fits(self, finding: &Finding) -> bool {
        let verdict = &finding.verdict;
        match self {
            Self::Tested => verdict.truth == Truth::Fails && verdict.method == Some(Method::Tested),
            Self::Contradicted => {
                verdict.truth == Truth::Holds
                    && !verdict.supporting.is_empty()
                    && !verdict.opposing.is_empty()
            }
            Self::Stale => finding.gap == Some(Gap::Stale),
            Self::CutShort => finding.gap == Some(Gap::ListCut),
            Self::OwnAccount => verdict.truth == Truth::Holds && verdict.self_reported,
        }
    }

    const fn words(self) -> &'static str {
        match self {
            Self::Tested => "a test over the network found the flaw",
            Self::Contradicted => "sources contradicted each other and the better one decided",
            Self::Stale => "it cannot be settled: what was said is too old",
            Self::CutShort => "it cannot be settled: its list of updates is not known to be whole",
            Self::OwnAccount => "it holds by the machine's own account",
        }
    }
}

pub(super) fn samples(
    round: &Round,
    leading: Option<&ThreatRound<'_>>,
    findings: &Findings,
) -> Vec<SampleVerdict> {
    let most = leading
        .and_then(infects_most)
        .zip(findings.questions().next());
    let mut chosen: Vec<(HostId, Question, &str)> = Vec::new();
    if let Some((host, question)) = most {
        chosen.push((
            host,
            question,
            "it is the open machine that infects most others",
        ));
    }
    for example in Example::ALL {
        let is_new = |(host, _): &(HostId, Question)| chosen.iter().all(|(used, ..)| used != host);
        if let Some((host, question)) = findings.examples(example).find(is_new) {
            chosen.push((host, question, example.words()));
        }
    }
    chosen
        .into_iter()
        .take(5)
        .map(|(host, question, why)| {
            let finding = round.estate.assess(host, question);
            sample(round, host, question, &finding, why)
        })
        .collect()
}

/// The open machine that infects most others.
fn infects_most(threat: &ThreatRound<'_>) -> Option<HostId> {
    let hosts = threat.drawn.hosts.iter();
    let open = hosts.filter(|host| threat.population.open(host.host) == Open::Yes);
    let most = open.max_by(|one, other| {
        one.passes_on
            .total_cmp(&other.passes_on)
            .then_with(|| other.host.cmp(&one.host))
    });
    most.map(|host| host.host)
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
        chain: chain(&round.estate, host, question, finding)
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
