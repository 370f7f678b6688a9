//! What an infection crossed, and whom it came from: drawn from what added to the clocks at that moment.

use crate::coupled::course::names::{For, named};
use crate::coupled::course::{Course, Status};
use crate::coupled::prepare::{Listener, NONE, Special};
use crate::keys::Key;
use crate::{Across, Watch};

/// What is left over of sums by rounding, as a part of the whole.
const ROUNDING: f64 = 1e-12;

/// How many hosts are drawn before all are gone through.
const DRAWN: u32 = 64;

impl<W: Watch> Course<'_, W> {
    /// Where the hit came from that a host of a listener is infected by.
    #[inline]
    pub(in crate::coupled) fn origin(
        &mut self,
        listener: &Listener,
        host: u32,
    ) -> (Across, Option<u32>) {
        if listener.is_outside() {
            return (Across::Outside, None);
        }
        let ordinal = self.infections(host);
        let drawn = named(self.root, For::Across).of(host).of(ordinal).unit();
        let across = self.across(listener, drawn);
        let from = if W::WANTS_SOURCES {
            let key = named(self.root, For::Source).of(host).of(ordinal);
            self.source(listener, host, across, key)
        } else {
            None
        };
        (across, from)
    }

    #[inline]
    fn across(&self, listener: &Listener, drawn: f64) -> Across {
        let ground = &self.prepared.ground;
        let (network, vector) = (listener.network, listener.vector);
        let place = &ground.places[network as usize];
        let of = |id: u32| id as usize * ground.vectors + vector as usize;
        let ear = &self.scratch.ears[self.hearing as usize];
        let clocks = ear.clocks.iter();
        let total: f64 = clocks
            .map(|&clock| self.scratch.clocks[clock as usize].rate)
            .sum();
        let wider = ground.of_organisation(place.organisation, vector);
        let widest = ground.of_realm(place.realm, vector);
        let here = f64::from(self.scratch.of_network[of(network)]);
        let mut same_network = here * (ground.of_network(network, vector) + wider + widest);
        let mut same_organisation = 0.0;
        if place.enters {
            let own = if place.leaves { here } else { 0.0 };
            let all = f64::from(self.scratch.of_organisation[of(place.organisation)]);
            let group = f64::from(self.scratch.of_group[of(place.group)]);
            same_organisation = (all - own) * wider + (group - own) * widest;
        }
        if let Some(extra) = self.scratch.net_extras.get(of(network)) {
            same_network += extra.same_network;
            same_organisation += extra.same_organisation;
        }
        let mut between = total - same_network - same_organisation;
        if between < total * ROUNDING {
            between = 0.0;
        }
        let drawn = drawn * (same_network + same_organisation + between);
        if drawn < same_network {
            Across::SameNetwork
        } else if drawn < same_network + same_organisation {
            Across::SameOrganisation
        } else {
            Across::BetweenOrganisations
        }
    }

    /// A host that probes, in proportion to what it adds at the address that was hit.
    fn source(&self, listener: &Listener, target: u32, across: Across, key: Key) -> Option<u32> {
        let (network, vector) = (listener.network, listener.vector);
        if across == Across::SameNetwork {
            let members = self.prepared.members.of(network).iter();
            let probing = members.copied().filter(|&host| {
                host != target
                    && self.scratch.statuses[host as usize] == Status::Active
                    && self.is_on(host)
            });
            return self.drawn_of(probing, network, vector, across, key);
        }
        let ground = &self.prepared.ground;
        let place = &ground.places[network as usize];
        let most = ground.of_organisation(place.organisation, vector)
            + ground.of_realm(place.realm, vector);
        let probing = &self.scratch.probing;
        for turn in 0..DRAWN {
            let key = key.of(turn);
            let drawn = (u128::from(key.word()) * probing.len() as u128) >> 64;
            let host = probing[drawn as usize];
            if key.of(0).unit() * most < self.probes(host, network, vector, across) {
                return Some(host);
            }
        }
        let probing = probing.iter().copied();
        self.drawn_of(probing, network, vector, across, key.of(DRAWN))
    }

    fn drawn_of(
        &self,
        hosts: impl Iterator<Item = u32> + Clone,
        network: u32,
        vector: u32,
        across: Across,
        key: Key,
    ) -> Option<u32> {
        let weight = |host: u32| self.probes(host, network, vector, across);
        let total: f64 = hosts.clone().map(weight).sum();
        let mut drawn = key.unit() * total;
        let mut last = None;
        for host in hosts {
            let weight = weight(host);
            if weight > 0.0 {
                last = Some(host);
                drawn -= weight;
                if drawn <= 0.0 {
                    break;
                }
            }
        }
        last
    }

    /// How often a host probes one address of a network, if that would cross what it is asked for.
    fn probes(&self, host: u32, network: u32, vector: u32, across: Across) -> f64 {
        let prepared = self.prepared;
        let ground = &prepared.ground;
        let class = usize::from(self.scratch.classes[host as usize]);
        let profile = prepared.profiles.of_host[host as usize];
        if profile == NONE || !prepared.carried[class].contains(&vector) {
            return 0.0;
        }
        let networks = ground.places.len() as u32;
        let isolated = &self.scratch.is_isolated;
        if profile >= networks {
            let special = &prepared.profiles.specials[(profile - networks) as usize];
            return of_crossing(special, ground, network, across)
                * special.probes_per_hour(ground, network, vector, isolated);
        }
        let plain = Special::plain(profile);
        of_crossing(&plain, ground, network, across)
            * plain.probes_per_hour(ground, network, vector, isolated)
    }
}

/// 1 if probes of a host into a network cross this, otherwise 0.
fn of_crossing(
    special: &Special,
    ground: &crate::coupled::prepare::Ground,
    network: u32,
    across: Across,
) -> f64 {
    let organisation = |id: u32| ground.places[id as usize].organisation;
    let mut own = special.networks.iter();
    let crossed = if special.networks.contains(&network) {
        Across::SameNetwork
    } else if own.any(|&id| organisation(id) == organisation(network)) {
        Across::SameOrganisation
    } else {
        Across::BetweenOrganisations
    };
    f64::from(u8::from(crossed == across))
}
