//! Every number that no evidence gave.

use wardround_estate::Gap;
use wardround_outbreak::harm::{EstateServices, ServiceNumber};
use wardround_outbreak::{
    self as outbreak, ContactKind, EntryKind, GapRule, KillSwitchState, PassagePrior, Profile,
    Quantity, Scenario, SharePrior, StreamProfile,
};
use wardround_report::{Assumption, Basis};

use crate::round::{Round, Settings, ThreatRound};

pub(super) fn assumptions(
    round: &Round,
    settings: &Settings,
    threats: &[ThreatRound<'_>],
) -> Vec<Assumption> {
    let mut lines = Vec::new();
    for threat in threats {
        lines.extend(of_threat(threat, &settings.scenario));
    }
    if let Some(threat) = threats.first() {
        lines.extend(of_unknowns(threat));
        lines.extend(of_scenario(threat, threats, &settings.scenario));
    }
    lines.extend(of_behaviour(settings));
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

/// The numbers that bear on some service of the estate.
pub(super) fn of_services(services: &EstateServices) -> Vec<Assumption> {
    let line = |number: ServiceNumber| Assumption {
        what: number.what,
        value: number.value,
        basis: shown(number.basis),
        source: number.source,
    };
    services.numbers().into_iter().map(line).collect()
}

fn of_threat(threat: &ThreatRound<'_>, scenario: &Scenario) -> Vec<Assumption> {
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
    lines.extend(of_course(profile, scenario));
    lines
}

/// Numbers that only some threats have: who carries what, rest, end, payload, and what presses in.
fn of_course(profile: &Profile, scenario: &Scenario) -> Vec<Assumption> {
    let mut named: Vec<(String, &Quantity)> = Vec::new();
    for vector in &profile.vectors {
        let by = &vector.id;
        let credentials = vector.credentials.as_ref().map(|held| &held.share);
        named.extend(
            [
                (
                    format!("share of machines that hold credentials for {by}"),
                    credentials,
                ),
                (
                    format!("share of machines that run what {by} attacks"),
                    vector.service_share.as_ref(),
                ),
            ]
            .into_iter()
            .filter_map(|(what, quantity)| Some((what, quantity?))),
        );
    }
    let dormancy = profile.dormancy.as_ref();
    let some = [
        (
            "times an hour that it falls silent",
            dormancy.map(|dormancy| &dormancy.to_dormant_per_hour),
        ),
        (
            "times an hour that a silent one wakes",
            dormancy.map(|dormancy| &dormancy.to_active_per_hour),
        ),
        (
            "hours until it ends by itself on a machine (mean)",
            profile.removal_mean_hours.as_ref(),
        ),
        (
            "hours inside before spread begins",
            profile.dwell.as_ref().map(|dwell| &dwell.hours),
        ),
        (
            "hours from the first probe until a machine is out of service (mean)",
            profile.payload.as_ref().map(|payload| &payload.mean_hours),
        ),
    ];
    let some = some.into_iter();
    named.extend(some.filter_map(|(what, quantity)| Some((what.to_owned(), quantity?))));
    if scenario.outside {
        for row in &profile.outside {
            named.push((
                "hours until probes press in from the internet".to_owned(),
                &row.from_hour,
            ));
            named.push((
                "probes from the internet an hour at each machine that faces it".to_owned(),
                &row.probes_per_hour,
            ));
        }
    }
    named
        .into_iter()
        .map(|(what, quantity)| from_quantity(format!("{}: {what}", profile.id), quantity))
        .collect()
}

/// Shares that only matter under some scenarios or threats.
fn of_scenario(
    threat: &ThreatRound<'_>,
    threats: &[ThreatRound<'_>],
    scenario: &Scenario,
) -> Vec<Assumption> {
    let rules = threat.population.rules();
    let profiles = || threats.iter().map(|threat| threat.population.profile());
    let mut lines = Vec::new();
    let is_live = scenario.kill_switch != KillSwitchState::Never
        && profiles().any(|profile| profile.kill_switch.is_some());
    if is_live {
        lines.push(share(
            "share of machines that reach the internet directly, so that a kill switch can answer them",
            rules.direct_egress,
        ));
    }
    let begins = |kind| profiles().any(|profile| scenario.entry.kind(profile) == Some(kind));
    if begins(EntryKind::InternetExposed)
        || scenario.outside && profiles().any(|profile| !profile.outside.is_empty())
    {
        lines.push(share(
            "share of machines that face the internet, where nothing says",
            rules.faces_internet,
        ));
    }
    if begins(EntryKind::Supplier) {
        lines.push(share(
            "share of machines that take the updates of the supplier that the threat comes from",
            rules.supplier_clients,
        ));
    }
    for (kind, what, prior, ground) in [
        (
            ContactKind::Conversations,
            "machines that one machine speaks with, of which nothing is known",
            rules.conversations,
            "listings of ports show one moment, and no survey was found",
        ),
        (
            ContactKind::LogOns,
            "machines that the users of one machine may log on to, of which nothing is known",
            rules.log_ons,
            "no export that is read says, and no survey was found",
        ),
    ] {
        let goes_along = |stream: &StreamProfile| matches!(stream, StreamProfile::Contacts { along, .. } if *along == kind);
        if profiles().any(|profile| profile.streams.iter().any(goes_along)) {
            lines.push(assumed(
                what,
                &format!(
                    "{} to {} in each world, within its organisation{}",
                    prior.machines_each_low,
                    prior.machines_each_high,
                    known_contacts(threats, kind)
                ),
                ground,
            ));
        }
    }
    if scenario.presence {
        let rules = threat.population.presence();
        for (what, shares) in [
            ("workstations", rules.workstation),
            ("medical devices", rules.clinical),
        ] {
            let percent = |share: f64| (share * 100.0).round();
            lines.push(assumed(
                &format!("of 100 {what} switched on"),
                &format!(
                    "{} in office hours, {} in the evening and early morning, {} at night, {} at weekends",
                    percent(shares.office),
                    percent(shares.evening),
                    percent(shares.night),
                    percent(shares.weekend)
                ),
                "no survey was found",
            ));
        }
    }
    lines
}

/// What is known of contacts of a kind, as a further sentence; nothing where no evidence speaks of it.
fn known_contacts(threats: &[ThreatRound<'_>], kind: ContactKind) -> String {
    let Some(threat) = threats.first() else {
        return String::new();
    };
    let contacts = &threat.population.estate().contacts;
    let most = threats
        .iter()
        .map(|threat| threat.population.known_contacts(kind))
        .max()
        .unwrap_or_default();
    let count = contacts.count;
    match kind {
        ContactKind::Conversations if count.seen > 0 => format!(
            "; besides, of {} conversations seen in listings {} are used and {} left out, which gives {most} ways from one machine to another",
            count.seen,
            count.used,
            count.dropped()
        ),
        ContactKind::LogOns if most > 0 => {
            format!("; besides, the description lists {most} ways from one machine to another")
        }
        _ => String::new(),
    }
}

fn share(what: &str, prior: SharePrior) -> Assumption {
    assumed(
        what,
        &format!(
            "{} of 100 on average, with the certainty of {} machines, drawn once for each organisation",
            prior.mean_share * 100.0,
            prior.certainty_machines
        ),
        "no survey was found",
    )
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
            "share of machines on which an endpoint agent that stops what it sees stops the worm",
            &format!(
                "{} to {} of 100, drawn once for each world",
                rules.agent_stops.share_low * 100.0,
                rules.agent_stops.share_high * 100.0
            ),
            "it may not know the threat; no survey was found",
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

/// What was fitted to one's own incidents, and what of it this scenario has no use for.
fn of_behaviour(settings: &Settings) -> Vec<Assumption> {
    let Some(chosen) = &settings.behaviour else {
        return Vec::new();
    };
    let (rules, fitted) = (&chosen.rules, |name| chosen.behaviour.fitted(name));
    let mut named: Vec<(String, &Quantity)> = Vec::new();
    for (name, what, quantity) in [
        (
            "rebuild_delay",
            "hours until the first machine is back",
            &rules.recovery.delay_hours,
        ),
        (
            "rebuild_most_by",
            "hours until most machines are back",
            &rules.recovery.most_by_hours,
        ),
    ] {
        named.extend(fitted(name).map(|_| (what.to_owned(), quantity)));
    }
    for activity in &rules.activities {
        let name = format!("kept_on_paper.{}", activity.id);
        if chosen.behaviour.fitted(&name).is_some() {
            let what = format!("share of {} kept up on paper", activity.name);
            named.push((what, &activity.kept_on_paper));
        }
    }
    let mut lines: Vec<Assumption> = named
        .into_iter()
        .map(|(what, quantity)| from_quantity(what, quantity))
        .collect();
    if let Some(delay) = fitted("response_delay") {
        let value = format!(
            "{:.1} hours, nine in ten {:.1} to {:.1}",
            delay.median, delay.low, delay.high
        );
        lines.push(Assumption {
            what: "hours from noticing to acting, fitted to one's own incidents".to_owned(),
            value,
            basis: Basis::Derived,
            source: if settings.scenario.response.is_some() {
                "the scenario's own delay is used in its place"
            } else {
                "not used here: in this scenario nobody intervenes"
            }
            .to_owned(),
        });
    }
    if lines.is_empty() {
        lines.push(assumed(
            "behaviour that was to be calibrated",
            "as built in",
            "no incident or exercise in the file speaks of it",
        ));
    }
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
            "`its agent stops attacks` goes on speaking",
            &format!("for {}", days(options.agent_speaks_for)),
            "an agent that has not reported for a week is not counted on",
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
        basis: shown(quantity.basis),
        source: quantity.source.clone(),
    }
}

const fn shown(basis: outbreak::Basis) -> Basis {
    match basis {
        outbreak::Basis::Sourced => Basis::Sourced,
        outbreak::Basis::Derived => Basis::Derived,
        outbreak::Basis::Assumed => Basis::Assumed,
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
