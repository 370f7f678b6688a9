//! What of an input the loop looks up besides cells and pools: rates, sweeps, contacts, schedules, who patches what.

use crate::fast::cells::{Cells, NONE};
use crate::fast::scratch::State;
use crate::fast::waiting::Latency;
use crate::fast::weights::Openness;
use crate::grouped::Grouped;
use crate::hours::OnHours;
use crate::{Class, Contact, Delay, Input, Link, StreamKind};

/// Looked up, never changed.
#[derive(Clone, Debug)]
pub(crate) struct Plan {
    pub(crate) latency: Latency,
    /// Removals, falls and wakes per hour of one host, and strikes of the payload that do not come at once.
    pub(crate) removal_rate: f64,
    pub(crate) falls_rate: f64,
    pub(crate) wakes_rate: f64,
    pub(crate) payload_rate: f64,
    pub(crate) strikes_at_once: bool,
    pub(crate) ends_spread: bool,
    /// Whether the loop has to know how many hosts of a cell are in which stage.
    pub(crate) counts_stages: bool,
    /// Whether it also has to know how many are latent: so that one of them starts, or that all become susceptible.
    pub(crate) counts_latent: bool,
    /// Whether sources are counted generously (`generous`).
    pub(crate) is_generous: bool,
    /// The vector and probes per hour of each sweep.
    pub(crate) sweeps: Vec<(u8, f64)>,
    pub(crate) organisation_of_network: Vec<u32>,
    pub(crate) networks_of_organisation: Grouped<u32>,
    pub(crate) has_responses: bool,
    /// Whether anybody notices by hosts disabled.
    pub(crate) counts_disabled: bool,
    /// Whether any staff patch.
    pub(crate) has_patching: bool,
    /// How the organisations stand before anything has happened.
    pub(crate) organisations: Vec<State>,
    /// The contacts that start from each host, if there are any.
    pub(crate) contacts: Option<Grouped<Call>>,
    /// The networks of the hosts that have several, by host.
    pub(crate) links: Vec<Link>,
    pub(crate) kinds: Vec<Kind>,
    pub(crate) hours: Vec<OnHours>,
    /// The cells of hosts that are switched off at times.
    pub(crate) scheduled: Vec<u32>,
    /// Whether anything but infections happens without memory.
    pub(crate) has_clocks: bool,
    /// Whether any class is switched off at times, or any staff goes home.
    pub(crate) has_schedules: bool,
    /// The most rebuilds per hour of any staff.
    pub(crate) most_rebuilds: f64,
}

/// What the loop often asks of a class.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Kind {
    /// A bit for each vector.
    pub(crate) carries: u8,
    pub(crate) answers_kill_switch: bool,
    pub(crate) is_exposed: bool,
    pub(crate) is_patchable: bool,
}

impl Kind {
    fn new(class: &Class) -> Self {
        let vectors = class.carries.iter().enumerate();
        Self {
            carries: vectors.fold(0, |carries, (vector, &is)| carries | u8::from(is) << vector),
            answers_kill_switch: class.answers_kill_switch,
            is_exposed: class.is_exposed,
            is_patchable: class.patched.is_some(),
        }
    }
}

/// One contact, seen from the host that calls.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Call {
    pub(crate) from: u32,
    pub(crate) to: u32,
    pub(crate) vector: u8,
    /// How open the other host ever is, in units.
    pub(crate) most: f64,
    /// How often it would succeed if the other host were that open.
    pub(crate) per_hour: f64,
}

impl Plan {
    pub(crate) fn new(input: &Input, cells: &Cells, openness: &Openness) -> Self {
        let responses = || {
            let organisations = input.organisations.iter();
            organisations.filter_map(|organisation| organisation.response.as_ref())
        };
        let removal_rate = input.removal_mean_hours.map_or(0.0, |mean| 1.0 / mean);
        let (falls_rate, wakes_rate) = input.dormancy.map_or((0.0, 0.0), |dormancy| {
            (dormancy.falls_per_hour, dormancy.wakes_per_hour)
        });
        let payload = input.payload;
        let latency = Latency::new(input.latency);
        let rebuilds = responses().map(|response| response.rebuilds_per_hour);
        let most_rebuilds = rebuilds.fold(0.0, f64::max);
        let classes = || input.classes.iter();
        let has_schedules = classes().any(|class| class.schedule.is_some())
            || responses().any(|response| response.staff_schedule.is_some());
        let sweeps: Vec<(u8, f64)> = input
            .streams
            .iter()
            .filter(|stream| stream.kind == StreamKind::Sweep && stream.probes_per_hour > 0.0)
            .map(|stream| (stream.vector, stream.probes_per_hour))
            .collect();
        let organisation_of_network: Vec<u32> = input
            .networks
            .iter()
            .map(|network| network.organisation)
            .collect();
        let mut organisations: Vec<State> = input.organisations.iter().map(State::new).collect();
        for cell in &cells.cells {
            let is_patchable = input.classes[usize::from(cell.class)].patched.is_some();
            let organisation = organisation_of_network.get(cell.network as usize);
            if let Some(&organisation) = organisation
                && is_patchable
            {
                organisations[organisation as usize].patchable += cell.left;
            }
        }
        let mut links = input.links.clone();
        links.sort_unstable_by_key(|link| (link.from, link.to));
        Self {
            latency,
            removal_rate,
            falls_rate,
            wakes_rate,
            payload_rate: payload.map_or(0.0, |payload| {
                if payload.mean_hours > 0.0 {
                    (1.0 / payload.mean_hours).min(1e300)
                } else {
                    0.0
                }
            }),
            strikes_at_once: payload.is_some_and(|payload| payload.mean_hours == 0.0),
            ends_spread: payload.is_some_and(|payload| payload.ends_spread),
            counts_stages: removal_rate + falls_rate > 0.0
                || payload.is_some()
                || most_rebuilds > 0.0
                || classes().any(|class| class.schedule.is_some())
                || !sweeps.is_empty()
                || !input.contacts.is_empty()
                || !input.further.is_empty(),
            is_generous: is_generous(input),
            counts_latent: matches!(latency, Latency::Rate(_))
                || cells.kin.iter().any(|kin| kin.returned != NONE),
            sweeps,
            networks_of_organisation: networks_of_organisation(input),
            organisation_of_network,
            has_patching: responses().any(|response| response.patches_per_hour > 0.0),
            has_responses: responses().next().is_some(),
            counts_disabled: responses().any(|response| response.counts_disabled),
            organisations,
            contacts: (!input.contacts.is_empty()).then(|| calls(input, cells, openness)),
            links,
            kinds: input.classes.iter().map(Kind::new).collect(),
            hours: input.schedules.iter().map(OnHours::new).collect(),
            scheduled: (0..)
                .zip(&cells.cells)
                .filter(|(_, cell)| input.classes[usize::from(cell.class)].schedule.is_some())
                .map(|(cell, _)| cell)
                .collect(),
            has_schedules,
            has_clocks: removal_rate + falls_rate > 0.0
                || payload.is_some()
                || matches!(latency, Latency::Rate(_)),
            most_rebuilds,
        }
    }
}

/// How many probes a host may draw in vain while it is latent, if sources are counted generously.
const MOST_IN_VAIN: f64 = 4.0;

/// Whether sources are counted generously: where there are ends of activity to be saved, nobody has to be told apart, and
/// most of the sources are active.
fn is_generous(input: &Input) -> bool {
    let is_simple = input.contacts.is_empty()
        && input.further.is_empty()
        && !input.streams.iter().any(|it| it.kind == StreamKind::Sweep);
    let falls = input.dormancy.map_or(0.0, |it| it.falls_per_hour);
    let wakes = input.dormancy.map_or(0.0, |it| it.wakes_per_hour);
    let ends = input.removal_mean_hours.is_some() || falls > 0.0;
    let latency_hours = match input.latency {
        Delay::Fixed(hours) | Delay::Exponential { mean: hours } => hours,
        Delay::Uniform { from, to } => (from + to) / 2.0,
    };
    let probes: f64 = input.streams.iter().map(|it| it.probes_per_hour).sum();
    is_simple && ends && falls <= wakes && probes * latency_hours <= MOST_IN_VAIN
}

fn networks_of_organisation(input: &Input) -> Grouped<u32> {
    let mut lists = vec![Vec::new(); input.organisations.len()];
    for (id, network) in (0..).zip(&input.networks) {
        lists[network.organisation as usize].push(id);
    }
    let mut grouped = Grouped::new();
    for list in lists {
        list.into_iter().for_each(|network| grouped.push(network));
        grouped.end_group();
    }
    grouped
}

fn calls(input: &Input, cells: &Cells, openness: &Openness) -> Grouped<Call> {
    let call = |contact: &Contact| {
        let vector = usize::from(contact.vector);
        let class = input.hosts[contact.to as usize].class;
        let patched = input.classes[usize::from(class)].patched;
        // The kill switch makes nobody more open.
        let most = std::iter::once(class)
            .chain(patched)
            .fold(0.0, |most, class| {
                let open = openness.classes[usize::from(class)][0][vector];
                f64::max(most, f64::from(open.units) * open.share)
            });
        Call {
            from: contact.from,
            to: contact.to,
            vector: contact.vector,
            most,
            per_hour: f64::from(contact.attempts_per_hour) * most * openness.unit[vector],
        }
    };
    let calls = input.contacts.iter().map(call);
    let mut calls: Vec<Call> = calls.filter(|call| call.per_hour > 0.0).collect();
    calls.sort_by_key(|call| (call.from, call.to, call.vector));
    let mut grouped = Grouped::new();
    let mut rest = calls.as_slice();
    for host in 0..cells.of_host.len() as u32 {
        let count = rest.iter().take_while(|call| call.from == host).count();
        rest[..count].iter().for_each(|call| grouped.push(*call));
        rest = &rest[count..];
        grouped.end_group();
    }
    grouped
}
