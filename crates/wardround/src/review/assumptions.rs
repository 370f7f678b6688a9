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
        let (what, quantity) = match stream {
            StreamProfile::Sweep { probes_per_hour } => {
                ("sweep of its own networks", probes_per_hour)
            }
            StreamProfile::Uniform {
                probes_per_hour,
                scope,
                ..
            } => match scope {
                outbreak::ScopeName::Network => {
                    ("random addresses of its own network", probes_per_hour)
                }
                outbreak::ScopeName::Organisation => {
                    ("random addresses of its organisation", probes_per_hour)
                }
                outbreak::ScopeName::Realm => ("random addresses beyond", probes_per_hour),
            },
        };
        lines.push(from_quantity(
            format!("{}: {what}, probes per hour", profile.id),
            quantity,
        ));
    }
    for (family, quantity) in profile.success.named() {
        lines.push(from_quantity(
            format!("{}: chance that a probe infects {family}", profile.id),
            quantity,
        ));
    }
    for (family, quantity) in profile.crash.named() {
        lines.push(from_quantity(
            format!(
                "{}: chance that a probe that does not infect crashes {family}",
                profile.id
            ),
            quantity,
        ));
    }
    for stream in &profile.streams {
        if let StreamProfile::Uniform {
            addresses: Some(addresses),
            ..
        } = stream
        {
            lines.push(Assumption {
                what: format!(
                    "{}: addresses that random probes beyond are drawn from",
                    profile.id
                ),
                value: format!("{:.2} thousand million", addresses / 1e9),
                basis: Basis::Derived,
                source: "IPv4 without the blocks that are never probed".to_owned(),
            });
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
