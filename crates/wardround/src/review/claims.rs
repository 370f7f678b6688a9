//! Claims against evidence.

use jiff::Span;
use jiff::tz::TimeZone;
use wardround_estate::{Estate, OrganisationId, Passage, Question};
use wardround_evidence::{Claim, ClaimStatus, Port, Truth};
use wardround_report::{ClaimLine, ClaimWord, Settled};

use crate::round::Round;

pub(super) fn lines(round: &Round) -> Vec<ClaimLine> {
    let estate = &round.estate;
    let mut lines: Vec<ClaimLine> = estate
        .claims
        .iter()
        .filter_map(|claim| line(estate, claim))
        .collect();
    let rank = |word: ClaimWord| match word {
        ClaimWord::Refuted => 0,
        ClaimWord::Unsupported => 1,
        ClaimWord::Attested => 2,
        ClaimWord::Verified => 3,
        ClaimWord::NotApplicable => 4,
    };
    lines.sort_by(|one, other| {
        (rank(one.word), &one.organisation, &one.claim).cmp(&(
            rank(other.word),
            &other.organisation,
            &other.claim,
        ))
    });
    lines
}

/// Only claims that a control is in place can be wrong about it.
fn line(estate: &Estate, claim: &Claim) -> Option<ClaimLine> {
    if claim.status != ClaimStatus::InPlace {
        return None;
    }
    let organisation = (0..)
        .map(OrganisationId)
        .zip(&estate.organisations)
        .find(|(_, organisation)| organisation.id.as_ref() == Some(&claim.organisation))
        .map(|(id, _)| id);
    let (words, settled) = match (claim.control.as_str(), organisation) {
        ("445_denied_at_border", Some(id)) => (
            "file sharing (445/tcp) is denied at the border".to_owned(),
            border(estate, id),
        ),
        (control, Some(id)) => match question(estate, control) {
            Some(question) => (question.words(), over_hosts(estate, id, question)),
            None => (control.replace('_', " "), None),
        },
        (control, None) => (control.replace('_', " "), None),
    };
    // What we cannot decide is named by the description's own word, whatever that holds.
    let unquoted = settled
        .is_none()
        .then(|| "a control that no evidence settles".to_owned());
    Some(ClaimLine {
        organisation: organisation
            .and_then(|id| estate.organisation(id).name.clone())
            .unwrap_or_else(|| claim.organisation.clone()),
        claim: words,
        claim_unquoted: unquoted,
        claimed_on: claim.claimed_on,
        word: settled.map_or(ClaimWord::Attested, |settled| {
            word(settled, claim.threshold_percent)
        }),
        settled: settled.unwrap_or_default(),
    })
}

/// The question that decides a control, for those that wardround can decide.
fn question(estate: &Estate, control: &str) -> Option<Question> {
    match control {
        "ms17_010_closed" => Some(Question::Ms17010Closed),
        "smb1_disabled" => Some(Question::Smb1Off),
        "patched_within_30_days" => {
            let today = estate.as_of.to_zoned(TimeZone::UTC).date();
            Some(Question::UpdatedSince(
                today.checked_sub(Span::new().days(30)).unwrap_or(today),
            ))
        }
        _ => None,
    }
}

fn over_hosts(
    estate: &Estate,
    organisation: OrganisationId,
    question: Question,
) -> Option<Settled> {
    let mut settled = Settled::default();
    for (id, host) in estate.hosts() {
        if host.organisation == organisation {
            super::tally::count(&mut settled, estate.assess(id, question).verdict.truth);
        }
    }
    Some(settled)
}

/// What the description itself says of an organisation's border; conversations that were seen through it refute.
fn border(estate: &Estate, organisation: OrganisationId) -> Option<Settled> {
    let port = Port::tcp(445);
    let reach = estate.reach.on(port, &estate.networks);
    let mut settled = Settled::default();
    for (network, rules) in estate.networks.iter().zip(&reach.networks) {
        if network.organisation != organisation || network.realm.is_none() {
            continue;
        }
        let truth = match rules.enters_organisation {
            Passage::Allowed => Truth::Fails,
            Passage::Denied => Truth::Holds,
            Passage::Unknown => Truth::Unknown,
        };
        super::tally::count(&mut settled, truth);
    }
    let seen_through = reach.links.iter().any(|link| {
        link.seen
            && estate.network(link.to).organisation == organisation
            && estate.network(link.from).organisation != organisation
    });
    if seen_through {
        settled.fails += 1;
    }
    Some(settled)
}

/// The word for a claim: at most the share that the claim leaves out may fail, or be unknown.
fn word(settled: Settled, threshold_percent: Option<f64>) -> ClaimWord {
    let all = f64::from(settled.holds + settled.fails + settled.unknown);
    if all == 0.0 {
        return ClaimWord::NotApplicable;
    }
    let allowed = all * (1.0 - threshold_percent.unwrap_or(100.0) / 100.0) + 1e-9;
    if f64::from(settled.fails) > allowed {
        ClaimWord::Refuted
    } else if f64::from(settled.fails + settled.unknown) <= allowed {
        ClaimWord::Verified
    } else {
        ClaimWord::Unsupported
    }
}
