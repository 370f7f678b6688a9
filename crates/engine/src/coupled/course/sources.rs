//! What a host adds to the clocks while it probes.

use crate::Watch;
use crate::coupled::course::Course;
use crate::coupled::prepare::NONE;

/// What special hosts add at the addresses of a network.
#[derive(Clone, Copy, Debug, Default)]
pub(in crate::coupled) struct NetExtra {
    net: f64,
    pub(in crate::coupled) same_network: f64,
    pub(in crate::coupled) same_organisation: f64,
    /// From how many; at none the sums are exactly 0 again.
    count: u32,
}

/// What special hosts add to the clock of a realm.
#[derive(Clone, Copy, Debug, Default)]
pub(in crate::coupled) struct RealmExtra {
    sum: f64,
    count: u32,
}

impl<W: Watch> Course<'_, W> {
    /// A host begins or ceases to probe.
    #[inline]
    pub(in crate::coupled) fn probe(&mut self, host: u32, begins: bool) {
        let prepared = self.prepared;
        if W::WANTS_SOURCES {
            self.keep_probing(host, begins);
        }
        let profile = prepared.profiles.of_host[host as usize];
        if profile == NONE {
            return;
        }
        let class = self.scratch.classes[host as usize];
        let networks = prepared.ground.places.len() as u32;
        for &vector in &prepared.carried[usize::from(class)] {
            if profile < networks {
                self.probe_plainly(profile, vector, begins);
            } else {
                self.probe_specially(profile - networks, vector, begins);
            }
        }
    }

    fn keep_probing(&mut self, host: u32, begins: bool) {
        let scratch = &mut *self.scratch;
        if begins {
            scratch.probing_at[host as usize] = scratch.probing.len() as u32;
            scratch.probing.push(host);
        } else {
            let at = scratch.probing_at[host as usize] as usize;
            scratch.probing.swap_remove(at);
            if let Some(&moved) = scratch.probing.get(at) {
                scratch.probing_at[moved as usize] = at as u32;
            }
        }
    }

    #[inline]
    fn probe_plainly(&mut self, network: u32, vector: u32, begins: bool) {
        let prepared = self.prepared;
        let vectors = prepared.ground.vectors;
        let place = &prepared.ground.places[network as usize];
        let of = |id: u32| id as usize * vectors + vector as usize;
        let scratch = &mut *self.scratch;
        step(&mut scratch.of_network[of(network)], begins);
        let is_isolated = scratch.is_isolated[place.organisation as usize];
        if place.leaves {
            step(&mut scratch.of_organisation[of(place.organisation)], begins);
            step(&mut scratch.of_group[of(place.group)], begins);
            if !place.leaves_far {
                step(&mut scratch.of_group_bound[of(place.group)], begins);
            } else if place.realm != NONE && !is_isolated {
                step(&mut scratch.of_realm[of(place.realm)], begins);
                self.set_realm_rate(place.realm, vector);
            }
            self.set_group_rates(place.organisation, vector);
        }
        self.set_net_rate(network, vector);
    }

    /// What plain hosts add at the addresses of their own network, apart from what all clocks count.
    fn set_net_rate(&mut self, network: u32, vector: u32) {
        let prepared = self.prepared;
        let ground = &prepared.ground;
        let place = &ground.places[network as usize];
        let at = network as usize * ground.vectors + vector as usize;
        let mut weight = ground.of_network(network, vector);
        if !(place.leaves && place.enters) {
            weight += ground.of_organisation(place.organisation, vector);
            weight += ground.of_realm(place.realm, vector);
        }
        let extra = self.scratch.net_extras.get(at).map_or(0.0, |it| it.net);
        let rate = f64::from(self.scratch.of_network[at]) * weight + extra;
        self.set_rate(prepared.clocks.net(network, vector), rate);
    }

    /// What an organisation's hosts add for its networks in each realm.
    fn set_group_rates(&mut self, organisation: u32, vector: u32) {
        let prepared = self.prepared;
        let ground = &prepared.ground;
        let of = |id: u32| id as usize * ground.vectors + vector as usize;
        let near = f64::from(self.scratch.of_organisation[of(organisation)])
            * ground.of_organisation(organisation, vector);
        let is_isolated = self.scratch.is_isolated[organisation as usize];
        let first = ground.first_group[organisation as usize];
        let end = ground.first_group[organisation as usize + 1];
        for group in first..end {
            let realm = ground.groups[group as usize].1;
            let weight = ground.of_realm(realm, vector);
            let all = near + f64::from(self.scratch.of_group[of(group)]) * weight;
            let bound = near + f64::from(self.scratch.of_group_bound[of(group)]) * weight;
            // The realm's clock counts those whose network may be left for other organisations.
            let wide = if is_isolated { all } else { bound };
            self.set_rate(prepared.clocks.wide(group, vector), wide);
            self.set_rate(prepared.clocks.narrow(group, vector), all);
        }
    }

    fn set_realm_rate(&mut self, realm: u32, vector: u32) {
        let prepared = self.prepared;
        let at = realm as usize * prepared.ground.vectors + vector as usize;
        let extra = self.scratch.realm_extras.get(at).map_or(0.0, |it| it.sum);
        let weight = prepared.ground.of_realm(realm, vector);
        let rate = f64::from(self.scratch.of_realm[at]) * weight + extra;
        self.set_rate(prepared.clocks.realm(realm, vector), rate);
    }

    fn probe_specially(&mut self, special: u32, vector: u32, begins: bool) {
        let at = special as usize * self.prepared.ground.vectors + vector as usize;
        step(&mut self.scratch.of_special[at], begins);
        self.add_shares(special, vector, if begins { 1 } else { -1 });
    }

    /// So many special hosts more add their shares.
    fn add_shares(&mut self, special: u32, vector: u32, more: i32) {
        let prepared = self.prepared;
        let ground = &prepared.ground;
        let it = &prepared.profiles.specials[special as usize];
        let scratch = &mut *self.scratch;
        let isolated = &scratch.is_isolated;
        let shares = scratch.shares[special as usize].take();
        let shares = shares.unwrap_or_else(|| it.shares(ground, isolated));
        for share in shares.iter().filter(|share| share.vector == vector) {
            let at = share.network as usize * ground.vectors + vector as usize;
            let extra = &mut self.scratch.net_extras[at];
            extra.count = extra.count.wrapping_add_signed(more);
            if extra.count == 0 {
                *extra = NetExtra::default();
            } else {
                extra.net += f64::from(more) * share.net;
                extra.same_network += f64::from(more) * share.same_network;
                extra.same_organisation += f64::from(more) * share.same_organisation;
            }
            self.set_net_rate(share.network, vector);
        }
        self.scratch.shares[special as usize] = Some(shares);
        let mut realms: Vec<u32> = Vec::new();
        for &network in &it.networks {
            let realm = ground.places[network as usize].realm;
            if realm != NONE && !realms.contains(&realm) {
                realms.push(realm);
            }
        }
        for realm in realms {
            let share = it.of_realm(ground, realm, vector, &self.scratch.is_isolated);
            if share > 0.0 {
                let at = realm as usize * ground.vectors + vector as usize;
                let extra = &mut self.scratch.realm_extras[at];
                extra.count = extra.count.wrapping_add_signed(more);
                if extra.count == 0 {
                    extra.sum = 0.0;
                } else {
                    extra.sum += f64::from(more) * share;
                }
                self.set_realm_rate(realm, vector);
            }
        }
    }

    /// Cuts an organisation off.
    pub(in crate::coupled) fn isolate(&mut self, organisation: u32) {
        let prepared = self.prepared;
        let ground = &prepared.ground;
        let vectors = ground.vectors as u32;
        let touching = prepared.profiles.touching.of(organisation);
        let count_of = |course: &Self, special: u32, vector: u32| {
            let at = special as usize * ground.vectors + vector as usize;
            course.scratch.of_special[at] as i32
        };
        for &special in touching {
            for vector in 0..vectors {
                let count = count_of(self, special, vector);
                if count > 0 {
                    self.add_shares(special, vector, -count);
                }
            }
            self.scratch.shares[special as usize] = None;
        }
        self.scratch.is_isolated[organisation as usize] = true;
        for &special in touching {
            for vector in 0..vectors {
                let count = count_of(self, special, vector);
                if count > 0 {
                    self.add_shares(special, vector, count);
                }
            }
        }
        let first = ground.first_group[organisation as usize];
        let end = ground.first_group[organisation as usize + 1];
        for vector in 0..vectors {
            for group in first..end {
                let realm = ground.groups[group as usize].1;
                if realm != NONE {
                    let at = group as usize * ground.vectors + vector as usize;
                    let left = self.scratch.of_group[at] - self.scratch.of_group_bound[at];
                    let at = realm as usize * ground.vectors + vector as usize;
                    self.scratch.of_realm[at] -= left;
                    self.set_realm_rate(realm, vector);
                }
            }
            self.set_group_rates(organisation, vector);
        }
        for &listener in prepared.listeners.of_organisation.of(organisation) {
            self.attend(listener);
        }
    }
}

#[inline]
fn step(count: &mut u32, begins: bool) {
    if begins {
        *count += 1;
    } else {
        *count -= 1;
    }
}
