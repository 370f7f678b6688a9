//! Every number that no evidence gave.

use wardround_estate::Gap;
use wardround_outbreak::{self as outbreak, GapRule, PassagePrior, Quantity, StreamProfile};
use wardround_report::{Assumption, Basis};

use crate::round::{Round, Settings, ThreatRound};

pub(super) fn assumptions(
    round: &Round,
    settings: &Settings,
    threats: &[ThreatRound<'_>],
) -> Vec<Assumption> {
    let mut lines = Vec::new();
    for threat in threats {
        lines.extend(of_threat(threat));
    }
    if let Some(threat) = threats.first() {
        lines.extend(of_unknowns(threat));
    }
    lines.extend(of_evidence(settings));
    if round.estate.networks.iter().any(|network| network.assumed) {
        lines.push(assumed(
            "addresses that no description places share a network",
            "by /24 (IPv4) or /64 (IPv6)",
            "a common size for one floor or VLAN",
        ));
    }
    lines.push(assumed(
        "inside one network",
        "every machine can speak to every other",
        "switches seldom part them; a rule that does can be described as a boundary",
    ));
    lines
}

fn of_threat(threat: &ThreatRound<'_>) -> Vec<Assumption> {
    let profile = threat.population.profile();
    let mut lines = vec![from_quantity(
        format!(
            "{}: hours from infection to the first probe (mean)",
            profile.id
        ),
        &profile.latency_hours,
    )];
    for stream in &profile.streams {
        let pace = match stream {
            StreamProfile::Contacts { .. } => "attempts per hour along each",
            _ => "probes per hour",
        };
        lines.push(from_quantity(
            format!("{}: {}, {pace}", profile.id, stream.words()),
            stream.per_hour(),
        ));
    }
    for vector in &profile.vectors {
        // Where there is one way in, nobody need be told which.
        let by = if profile.vectors.len() > 1 {
            format!(" by {}", vector.id)
        } else {
            String::new()
        };
        for (_, family, quantity) in vector.success.named() {
            lines.push(from_quantity(
                format!("{}: chance that a probe{by} infects {family}", profile.id),
                quantity,
            ));
        }
        for (_, family, quantity) in vector.crash.named() {
            lines.push(from_quantity(
                format!(
                    "{}: chance that a probe{by} that does not infect crashes {family}",
                    profile.id
                ),
                quantity,
            ));
        }
    }
    for stream in &profile.streams {
        if let StreamProfile::Uniform {
            addresses: Some(addresses),
            ..
        } = stream
        {
            lines.push(from_quantity(
                format!(
                    "{}: addresses that random probes beyond are drawn from",
                    profile.id
                ),
                addresses,
            ));
        }
    }
    lines
}

fn of_unknowns(threat: &ThreatRound<'_>) -> Vec<Assumption> {
    let rules = threat.population.rules();
    let mut lines = vec![
        prior(
            "share of borders that let the port in or out, where nothing says",
            rules.border,
        ),
        prior(
            "share of internal boundaries that let the port pass, where nothing says",
            rules.boundary,
        ),
        assumed(
            "what is unknown of a machine is drawn like settled machines of its administrator and system",
            &format!(
                "drawn towards the whole estate by the weight of {} machines",
                rules.shrinkage_machines
            ),
            "a usual weight for small groups",
        ),
    ];
    for gap in Gap::ALL {
        match rules.of(gap) {
            GapRule::Odds(odds) if (odds - 1.0).abs() > f64::EPSILON => lines.push(assumed(
                &format!("odds that a safeguard is missing where {}", gap.words()),
                &format!("times {odds}"),
                "machines that are hard to see are worse kept; newer ones are better kept",
            )),
            GapRule::Odds(_) => {}
            GapRule::Share(prior) => lines.push(assumed(
                &format!("share of safeguards missing where {}", gap.words()),
                &format!(
                    "{} of 100 on average, with the certainty of {} machines",
                    (prior.mean_missing * 100.0).round(),
                    prior.certainty_machines
                ),
                "settled machines are no guide here, for their source settles one side only",
            )),
        }
    }
    lines.push(assumed(
        "these odds may themselves be off",
        &format!(
            "in two worlds of three by less than a factor of {}",
            rules.odds_uncertainty_factor
        ),
        "no survey was found",
    ));
    lines
}

fn of_evidence(settings: &Settings) -> Vec<Assumption> {
    let options = &settings.options;
    let days = |duration: jiff::SignedDuration| format!("{} days", duration.as_hours() / 24);
    vec![
        assumed(
            "an address stands for one machine",
            &format!("for {} hours", options.lease_window.as_hours()),
            "a common lease time of address servers",
        ),
        assumed(
            "`this update is missing` goes on speaking",
            &format!("for {}", days(options.missing_speaks_for)),
            "longer than one monthly cycle of updates",
        ),
        assumed(
            "`it listens` and settings go on speaking",
            &format!("for {}", days(options.setting_speaks_for)),
            "settings change more rarely than updates",
        ),
        assumed(
            "a system that was only guessed counts",
            &format!(
                "from {} % of the guesser's own confidence",
                options.guess_confidence_percent
            ),
            "below that scanners often name the wrong family",
        ),
        assumed(
            "times without a zone",
            "are taken as UTC",
            "the exports do not say",
        ),
    ]
}

fn prior(what: &str, prior: PassagePrior) -> Assumption {
    assumed(
        what,
        &format!(
            "{} of 100 on average, with the certainty of {} points, drawn once for each organisation",
            (prior.mean_allowed * 100.0).round(),
            prior.certainty_points
        ),
        "no survey was found",
    )
}

fn from_quantity(what: String, quantity: &Quantity) -> Assumption {
    Assumption {
        what,
        value: quantity.words(),
        basis: match quantity.basis {
            outbreak::Basis::Sourced => Basis::Sourced,
            outbreak::Basis::Derived => Basis::Derived,
            outbreak::Basis::Assumed => Basis::Assumed,
        },
        source: quantity.source.clone(),
    }
}

fn assumed(what: &str, value: &str, source: &str) -> Assumption {
    Assumption {
        what: what.to_owned(),
        value: value.to_owned(),
        basis: Basis::Assumed,
        source: source.to_owned(),
    }
}
