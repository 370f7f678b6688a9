//! Who hears the clocks: at one network, the hosts for which the same force counts at all times.

use std::collections::BTreeMap;

use crate::coupled::prepare::{ClockIds, Ground, Grouped, NONE};
use crate::{Class, Input, StreamKind};

/// What makes a listener deaf for a while, apart from its schedule.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(in crate::coupled) enum Gate {
    /// Nothing.
    Open,
    /// The kill switch, once live.
    Live,
    /// The kill switch, once live, while this organisation is not isolated.
    Answered(u32),
}

/// Hosts of one network, or all that the outside presses on, that hear the same force.
#[derive(Clone, Copy, Debug)]
pub(in crate::coupled) struct Listener {
    /// [`NONE`]: the outside.
    pub(in crate::coupled) network: u32,
    pub(in crate::coupled) vector: u32,
    /// Whether a hit crashes or infects.
    pub(in crate::coupled) is_crash: bool,
    pub(in crate::coupled) schedule: Option<u16>,
    pub(in crate::coupled) gate: Gate,
    /// The clocks that it hears while its organisation is not isolated.
    pub(in crate::coupled) clocks: [u32; 3],
}

impl Listener {
    pub(in crate::coupled) fn is_outside(&self) -> bool {
        self.network == NONE
    }
}

/// All listeners and where they are found.
#[derive(Clone, Debug)]
pub(in crate::coupled) struct Listeners {
    pub(in crate::coupled) all: Vec<Listener>,
    /// The hosts of each.
    pub(in crate::coupled) hosts: Grouped<u32>,
    /// The listeners of each clock, those of a network's next to one another.
    pub(in crate::coupled) of_clock: Grouped<u32>,
    /// The listeners of each schedule.
    pub(in crate::coupled) of_schedule: Grouped<u32>,
    /// The listeners that an organisation's isolation changes.
    pub(in crate::coupled) of_organisation: Grouped<u32>,
    /// The listeners that a host can be hit by, if it can become susceptible again.
    pub(in crate::coupled) of_host: Option<Grouped<u32>>,
}

type Kind = (u32, u32, bool, Option<u16>, Gate);

impl Listeners {
    pub(in crate::coupled) fn new(
        input: &Input,
        ground: &Ground,
        clocks: ClockIds,
        members: &Grouped<u32>,
    ) -> Self {
        let mut all = Vec::new();
        let mut pairs = Vec::new();
        let mut add = |of_kind: BTreeMap<Kind, Vec<u32>>| {
            for ((network, vector, is_crash, schedule, gate), hosts) in of_kind {
                pairs.extend(hosts.into_iter().map(|host| (all.len() as u32, host)));
                all.push(Listener {
                    network,
                    vector,
                    is_crash,
                    schedule,
                    gate,
                    clocks: heard(ground, clocks, network, vector),
                });
            }
        };
        let vectors: Vec<u32> = (0..u32::from(input.vectors))
            .filter(|&vector| is_probed(input, vector))
            .collect();
        for network in 0..input.networks.len() as u32 {
            let mut of_kind: BTreeMap<Kind, Vec<u32>> = BTreeMap::new();
            for &host in members.of(network) {
                for &vector in &vectors {
                    for (is_crash, gate) in ways(input, host, vector, false) {
                        let kind = (network, vector, is_crash, class(input, host).schedule, gate);
                        of_kind.entry(kind).or_default().push(host);
                    }
                }
            }
            add(of_kind);
        }
        if let Some(outside) = &input.outside {
            let vector = u32::from(outside.vector);
            let mut of_kind: BTreeMap<Kind, Vec<u32>> = BTreeMap::new();
            for host in 0..input.hosts.len() as u32 {
                let class = class(input, host);
                if class.is_exposed && input.hosts[host as usize].network.is_some() {
                    for (is_crash, gate) in ways(input, host, vector, true) {
                        let kind = (NONE, vector, is_crash, class.schedule, gate);
                        of_kind.entry(kind).or_default().push(host);
                    }
                }
            }
            add(of_kind);
        }
        Self::found(input, ground, clocks, all, pairs)
    }

    fn found(
        input: &Input,
        ground: &Ground,
        clocks: ClockIds,
        all: Vec<Listener>,
        pairs: Vec<(u32, u32)>,
    ) -> Self {
        let numbered = || (0..).zip(&all);
        let of_clock = numbered().flat_map(|(id, it)| {
            let heard = it.clocks.into_iter();
            heard
                .filter(|&clock| clock != clocks.silent())
                .map(move |clock| (clock, id))
        });
        let of_clock = Grouped::new(clocks.count(), of_clock);
        let of_schedule =
            numbered().filter_map(|(id, it)| it.schedule.map(|schedule| (schedule.into(), id)));
        let of_schedule = Grouped::new(input.schedules.len(), of_schedule);
        let of_organisation = numbered().flat_map(|(id, it)| {
            let place = ground.places.get(it.network as usize);
            let own = place.map(|place| place.organisation);
            let gate = match it.gate {
                Gate::Answered(organisation) if own != Some(organisation) => Some(organisation),
                _ => None,
            };
            own.into_iter().chain(gate).map(move |it| (it, id))
        });
        let of_organisation = Grouped::new(input.organisations.len(), of_organisation);
        let of_host = input.kill_switch.is_some().then(|| {
            let turned = pairs.iter().map(|&(listener, host)| (host, listener));
            Grouped::new(input.hosts.len(), turned)
        });
        Self {
            hosts: Grouped::new(all.len(), pairs.into_iter()),
            of_clock,
            of_schedule,
            of_organisation,
            of_host,
            all,
        }
    }
}

fn class(input: &Input, host: u32) -> &Class {
    &input.classes[usize::from(input.hosts[host as usize].class)]
}

/// Whether any uniform stream uses a vector.
pub(in crate::coupled) fn is_probed(input: &Input, vector: u32) -> bool {
    let mut streams = input.streams.iter();
    streams.any(|it| {
        u32::from(it.vector) == vector
            && matches!(it.kind, StreamKind::Uniform(_))
            && it.probes_per_hour > 0.0
    })
}

/// Whether a hit can crash and infect a host, and what shields it from that.
fn ways(
    input: &Input,
    host: u32,
    vector: u32,
    is_outside: bool,
) -> impl Iterator<Item = (bool, Gate)> {
    let class = class(input, host);
    let opening = class.openings[vector as usize];
    let gate = match input.organisation_of(host) {
        _ if input.kill_switch.is_none() || !class.answers_kill_switch => Gate::Open,
        // Nothing presses from outside on who is isolated.
        Some(organisation) if !is_outside => Gate::Answered(organisation),
        _ => Gate::Live,
    };
    let infects = (opening.success > 0.0).then_some((false, gate));
    let crashes = (opening.crash_chance() > 0.0).then_some((true, Gate::Open));
    infects.into_iter().chain(crashes)
}

fn heard(ground: &Ground, clocks: ClockIds, network: u32, vector: u32) -> [u32; 3] {
    let silent = clocks.silent();
    let Some(place) = ground.places.get(network as usize) else {
        return [clocks.outside(), silent, silent];
    };
    let net = clocks.net(network, vector);
    if !place.enters {
        [net, silent, silent]
    } else if place.enters_far && place.realm != NONE {
        let realm = clocks.realm(place.realm, vector);
        [net, clocks.wide(place.group, vector), realm]
    } else {
        [net, clocks.narrow(place.group, vector), silent]
    }
}
