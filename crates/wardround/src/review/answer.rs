//! What one threat would do, as the page tells it.

use std::collections::BTreeMap;

use wardround_estate::{NetworkId, OrganisationId, Passage};
use wardround_evidence::{NetworkKind, NetworkName, OrganisationName, Truth};
use wardround_outbreak::harm::EstateServices;
use wardround_outbreak::{self as outbreak, Across, EntryClass, Open, Population};
use wardround_report::{
    Answer, Attribution, Confidence, Crossing, EntryLine, FanPoint, Gate, HostLine, Interval,
    OrganisationLine, Settled, Spread, VarianceSplit, WaysIn,
};

use super::machines::subject;
use super::{losses, whole_service};
use crate::round::{Round, Settings, ThreatRound};

/// How many crossings and machines a page lists.
const LISTED: usize = 10;

pub(super) fn answer(
    round: &Round,
    settings: &Settings,
    services: &EstateServices,
    threat: &ThreatRound<'_>,
) -> Answer {
    let profile = threat.population.profile();
    Answer {
        threat: profile.id.clone(),
        title: profile.title.clone(),
        hypothetical: profile.hypothetical,
        about: profile.about.clone(),
        open: open_in_all(round, &threat.population),
        drawn: spread(&threat.drawn.spread),
        against: spread(&threat.against.ensemble.spread),
        in_favour: spread(&threat.in_favour.ensemble.spread),
        assumed_share: threat.drawn.assumed_share,
        world_variance_share: threat.drawn.world_variance_share,
        variance: threat.variance.map(variance),
        organisations: organisations(round, threat),
        entries: threat
            .entries
            .iter()
            .map(|class| entry(round, class))
            .collect(),
        crossings: crossings(round, threat),
        hosts: hosts(round, threat),
        losses: losses::losses(round, settings, services, threat),
        whole_service: whole_service::whole_service(round, services, threat),
        attributions: profile.attributions.iter().map(attribution).collect(),
        references: references(profile),
    }
}

/// An outbreak's distribution in the report's own shape.
pub(super) fn spread(spread: &outbreak::Spread) -> Spread {
    Spread {
        replicates: spread.replicates,
        hosts: spread.hosts,
        dies_out_below: spread.dies_out_below,
        dies_out: spread.dies_out.0,
        dies_out_error: spread.dies_out.1,
        taken: spread.taken.map(interval),
        mean_taken: spread.mean_taken.0,
        mean_taken_error: spread.mean_taken.1,
        fan: spread
            .fan
            .iter()
            .map(|point| FanPoint {
                hour: point.hour,
                quantiles: point.quantiles,
            })
            .collect(),
    }
}

const fn interval(interval: outbreak::Interval) -> Interval {
    Interval {
        low: interval.low,
        median: interval.median,
        high: interval.high,
    }
}

/// A machine that is open fails to have a safeguard.
const fn truth(open: Open) -> Truth {
    match open {
        Open::Yes => Truth::Fails,
        Open::No => Truth::Holds,
        Open::Unknown => Truth::Unknown,
    }
}

fn open_in_all(round: &Round, population: &Population<'_>) -> Settled {
    let mut settled = Settled::default();
    for (id, _) in round.estate.hosts() {
        super::tally::count(&mut settled, truth(population.open(id)));
    }
    settled
}

fn organisations(round: &Round, threat: &ThreatRound<'_>) -> Vec<OrganisationLine> {
    let estate = &round.estate;
    let mut machines: BTreeMap<OrganisationId, (u32, Settled)> = BTreeMap::new();
    for (id, host) in estate.hosts() {
        let (hosts, open) = machines.entry(host.organisation).or_default();
        *hosts += 1;
        super::tally::count(open, truth(threat.population.open(id)));
    }
    // In the order of their numbers.
    let reached = &threat.drawn.organisations;
    let mut lines: Vec<(OrganisationId, OrganisationLine)> = machines
        .into_iter()
        .map(|(id, (hosts, open))| {
            let used = reached.binary_search_by_key(&id, |line| line.organisation);
            let used = used.ok().map(|place| &reached[place]);
            let line = OrganisationLine {
                organisation: estate.organisation(id).name.clone(),
                hosts,
                open,
                reached: used.map_or(0.0, |used| used.reached),
                taken: used.map(|used| interval(used.taken)),
                first_hour: used.map(|used| used.first_hour),
                ways_in: used.map(|used| ways_in(round, threat, used)),
            };
            (id, line)
        })
        .collect();
    lines.sort_by(|(one_id, one), (other_id, other)| {
        let mean =
            |line: &OrganisationLine| line.reached * line.taken.map_or(0.0, |taken| taken.median);
        mean(other)
            .total_cmp(&mean(one))
            .then_with(|| one_id.cmp(other_id))
    });
    lines.into_iter().map(|(_, line)| line).collect()
}

fn ways_in(round: &Round, threat: &ThreatRound<'_>, used: &outbreak::OrganisationUse) -> WaysIn {
    let mut ways = WaysIn::default();
    for (across, share) in Across::ALL.iter().zip(used.through) {
        let way = match across {
            Across::Entry => &mut ways.began,
            Across::Outside => &mut ways.outside,
            Across::Contact => &mut ways.contact,
            Across::SameNetwork | Across::SameOrganisation => &mut ways.shared,
            Across::BetweenOrganisations => &mut ways.border,
        };
        *way += share;
    }
    ways.border -= used.by_link;
    ways.link = used.by_link;
    ways.gate = used.gate.map(|gate| Gate {
        from: network_place(round, gate.from).0,
        to: network_place(round, gate.to).0,
        share: gate.share,
        is_evidenced: is_evidenced(round, &threat.population, gate.from, gate.to),
    });
    ways.from = used.from.and_then(|(id, share)| {
        let name = round.estate.organisation(id).name.clone();
        Some((name?, share))
    });
    ways
}

fn entry(round: &Round, class: &EntryClass) -> EntryLine {
    let kind = match class.kind {
        NetworkKind::User => "office network",
        NetworkKind::Server => "server network",
        NetworkKind::Clinical => "network of medical devices",
        NetworkKind::Guest => "visitors' network",
        NetworkKind::Management => "management network",
        NetworkKind::Other => "other network",
    };
    EntryLine {
        organisation: round.estate.organisation(class.organisation).name.clone(),
        kind: kind.to_owned(),
        outbreaks: class.outbreaks,
        grows: class.grows,
        taken: interval(class.taken),
    }
}

const fn variance(split: outbreak::VarianceSplit) -> VarianceSplit {
    VarianceSplit {
        estate: split.estate,
        parameters: split.parameters,
        together: split.together,
        chance: split.chance,
    }
}

/// What a network is called, and its organisation.
fn network_place(round: &Round, id: NetworkId) -> (NetworkName, Option<OrganisationName>) {
    match round.estate.networks.get(id.0 as usize) {
        Some(network) => (
            network.name.clone(),
            round.estate.organisation(network.organisation).name.clone(),
        ),
        None => (
            NetworkName::new("machines whose network nobody knows"),
            None,
        ),
    }
}

fn crossings(round: &Round, threat: &ThreatRound<'_>) -> Vec<Crossing> {
    let place = |id| network_place(round, id);
    threat
        .drawn
        .crossings
        .iter()
        .take(LISTED)
        .map(|crossing| {
            let (from, from_organisation) = place(crossing.from);
            let (to, to_organisation) = place(crossing.to);
            Crossing {
                from,
                from_organisation,
                to,
                to_organisation,
                used: crossing.used,
                evidenced: is_evidenced(round, &threat.population, crossing.from, crossing.to),
            }
        })
        .collect()
}

/// Whether evidence, rather than a draw, lets traffic pass from one network to the other.
fn is_evidenced(
    round: &Round,
    population: &Population<'_>,
    from: NetworkId,
    to: NetworkId,
) -> bool {
    let reach = population.reach();
    if reach
        .links
        .iter()
        .any(|link| link.from == from && link.to == to)
    {
        return true;
    }
    let (Some(out), Some(into)) = (
        reach.networks.get(from.0 as usize),
        reach.networks.get(to.0 as usize),
    ) else {
        return false;
    };
    let inside = out.leaves == Passage::Allowed && into.enters == Passage::Allowed;
    let same = round.estate.network(from).organisation == round.estate.network(to).organisation;
    inside
        && (same
            || out.leaves_organisation == Passage::Allowed
                && into.enters_organisation == Passage::Allowed)
}

/// Machines that infect most others, then those that fall most often.
fn hosts(round: &Round, threat: &ThreatRound<'_>) -> Vec<HostLine> {
    let mut uses: Vec<_> = threat
        .drawn
        .hosts
        .iter()
        .filter(|host| host.falls > 0.0)
        .collect();
    uses.sort_by(|one, other| {
        other
            .passes_on
            .total_cmp(&one.passes_on)
            .then_with(|| other.falls.total_cmp(&one.falls))
            .then_with(|| one.host.cmp(&other.host))
    });
    uses.into_iter()
        .take(LISTED)
        .map(|host| HostLine {
            subject: subject(&round.estate, host.host),
            truth: truth(threat.population.open(host.host)),
            falls: host.falls,
            passes_on: host.passes_on,
            mean_hour: host.mean_hour,
        })
        .collect()
}

fn attribution(row: &outbreak::Attribution) -> Attribution {
    Attribution {
        date: row.date.map(|date| date.to_string()),
        who: row.who.clone(),
        to: row.to.clone(),
        confidence: match row.confidence {
            outbreak::Confidence::High => Confidence::High,
            outbreak::Confidence::Moderate => Confidence::Moderate,
            outbreak::Confidence::Low => Confidence::Low,
            outbreak::Confidence::Stated => Confidence::Stated,
            outbreak::Confidence::Charged => Confidence::Charged,
            outbreak::Confidence::Convicted => Confidence::Convicted,
            outbreak::Confidence::Denied => Confidence::Denied,
        },
        words: row.words.clone(),
        source: row.source.clone(),
    }
}

/// Where the numbers come from, each reference once.
fn references(profile: &outbreak::Profile) -> Vec<String> {
    let mut references: Vec<String> = Vec::new();
    let mut add = |source: &str| {
        if !references.iter().any(|held| held == source) {
            references.push(source.to_owned());
        }
    };
    for stream in &profile.streams {
        add(&stream.per_hour().source);
    }
    for vector in &profile.vectors {
        for (_, _, quantity) in vector.success.named() {
            add(&quantity.source);
        }
    }
    references
}
