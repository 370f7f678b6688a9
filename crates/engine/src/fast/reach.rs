//! Which hosts probe which, as pools: every source of a pool probes every address of its targets equally often.
//!
//! For each vector, each network has a pool into itself; and the pairs of networks that reach each other through
//! boundaries fall into few *shared* pools, the same for all vectors:
//!
//! - *organisation*: its networks that may be left, into those that may be entered, for probes of that scope;
//! - *realm*: its networks that are open to other organisations outwards, into those that are inwards, own ones included;
//! - *inner* and *outer*, an organisation's part of a realm, for what the realm's pool leaves: networks that may be left,
//!   but not for other organisations, into all that may be entered; and those that are open outwards, into those that may
//!   be entered, but not from other organisations;
//! - *closed*: the organisation's and the inner one in one, where both have the same sources and targets: all its networks are in
//!   one realm, and none may be left for other organisations.
//!
//! Networks of one organisation and realm with the same boundaries share a [`Reach`]. Isolation gives each network of an
//! organisation another one, as if its borders denied everything.

use std::collections::BTreeMap;

use crate::fast::cells::NONE;
use crate::grouped::Grouped;
use crate::{Input, Network, Scope, StreamKind};

/// One number for each vector.
pub(crate) type ByVector<T> = [T; Input::MAX_VECTORS as usize];

/// The shared pools that the hosts of a network are sources and targets of, in half a cache line.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[repr(align(32))]
pub(crate) struct Reach {
    /// The organisation's or the closed one, one of inner and outer, the realm's; or [`NONE`].
    pub(crate) sources: [u32; 3],
    /// The organisation's or the closed one, the inner, and the outer or the realm's; or [`NONE`].
    pub(crate) targets: [u32; 3],
    pub(crate) organisation: u32,
    /// The shared pool that has as many sources as the organisation has in the realm's, or [`NONE`].
    pub(crate) siblings: u32,
}

/// The shared pools, and every network's part in them.
#[derive(Clone, Debug)]
pub(crate) struct Reaches {
    pub(crate) reaches: Vec<Reach>,
    /// The number of each network's reach: while its organisation is not isolated, and while it is.
    pub(crate) of_network: Vec<[u32; 2]>,
    /// For each shared pool the networks that are ever among its targets, ascending.
    pub(crate) targets: Grouped<u32>,
    /// Whether the targets of each shared pool may change.
    pub(crate) is_fluid: Vec<bool>,
    /// Whether each shared pool is a realm's.
    pub(crate) is_realm: Vec<bool>,
    /// Probes per hour from one source to one address of each shared pool, by vector.
    pub(crate) shared: Vec<ByVector<f64>>,
    /// The same of each network's pool into itself.
    pub(crate) alone: Vec<ByVector<f64>>,
}

/// What a shared pool is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Key {
    Organisation(u32),
    Closed { organisation: u32, realm: u32 },
    Inner { organisation: u32, realm: u32 },
    Outer { organisation: u32, realm: u32 },
    Realm(u32),
}

impl Key {
    /// The organisation whose pool it is; [`NONE`] for a realm's, which come last.
    fn owner(self) -> u32 {
        match self {
            Self::Organisation(organisation)
            | Self::Closed { organisation, .. }
            | Self::Inner { organisation, .. }
            | Self::Outer { organisation, .. } => organisation,
            Self::Realm(_) => NONE,
        }
    }
}

#[derive(Default)]
struct Ends {
    /// Whether it has sources, and how many targets, while its organisation is not isolated and while it is.
    has_source: [bool; 2],
    targets_in: [usize; 2],
    /// Those that are targets in either state.
    targets: Vec<u32>,
}

impl Ends {
    /// Whether some of its targets are none while others are. A realm's organisations are in either state at the same time; all
    /// networks of one organisation are in one.
    fn is_fluid(&self, key: Key) -> bool {
        let is_part = |&count: &usize| {
            count < self.targets.len() && (count > 0 || matches!(key, Key::Realm(_)))
        };
        self.targets_in.iter().any(is_part)
    }
}

impl Reaches {
    pub(crate) fn new(input: &Input, speed: &Speed<'_>) -> Self {
        let mut ends: BTreeMap<Key, Ends> = BTreeMap::new();
        let closed = closed_in(input);
        for (network, id) in input.networks.iter().zip(0_u32..) {
            for (state, variant) in variants(input, network).iter().enumerate() {
                let closed = closed[variant.organisation as usize][state];
                for key in sources(variant, closed).into_iter().flatten() {
                    ends.entry(key).or_default().has_source[state] = true;
                }
                for key in targets(variant, closed).into_iter().flatten() {
                    let ends = ends.entry(key).or_default();
                    ends.targets_in[state] += 1;
                    if ends.targets.last() != Some(&id) {
                        ends.targets.push(id);
                    }
                }
            }
        }
        let mut reaches = Self {
            reaches: Vec::new(),
            of_network: Vec::new(),
            targets: Grouped::new(),
            is_fluid: Vec::new(),
            is_realm: Vec::new(),
            shared: Vec::new(),
            alone: input.networks.iter().map(|n| speed.alone(n)).collect(),
        };
        let mut numbers = BTreeMap::new();
        // What belongs to one organisation is needed at one time, so it stands together.
        let mut ends: Vec<(Key, Ends)> = ends.into_iter().collect();
        ends.sort_by_key(|(key, _)| key.owner());
        for (key, ends) in ends {
            let probes = speed.shared(key);
            // An organisation is in one state at a time; a realm's pool is there in the first.
            let is_used = (0..2).any(|state| ends.has_source[state] && ends.targets_in[state] > 0);
            if is_used && probes.iter().any(|&probes| probes > 0.0) {
                numbers.insert(key, reaches.shared.len() as u32);
                reaches.shared.push(probes);
                reaches.is_fluid.push(ends.is_fluid(key));
                reaches.is_realm.push(matches!(key, Key::Realm(_)));
                let targets = ends.targets.into_iter();
                targets.for_each(|id| reaches.targets.push(id));
                reaches.targets.end_group();
            }
        }
        reaches.number(input, &closed, &numbers);
        reaches
    }

    fn number(&mut self, input: &Input, closed: &[[Option<u32>; 2]], numbers: &BTreeMap<Key, u32>) {
        let number =
            |key: Option<Key>| key.map_or(NONE, |key| numbers.get(&key).copied().unwrap_or(NONE));
        let mut known: BTreeMap<Reach, u32> = BTreeMap::new();
        let open_realm = open_realm(input);
        self.of_network.resize(input.networks.len(), [0; 2]);
        // What is true of most networks most of the time stands together.
        for state in 0..2 {
            for (network, ids) in input.networks.iter().zip(&mut self.of_network) {
                let variant = &variants(input, network)[state];
                let closed = closed[variant.organisation as usize][state];
                let own = sources(variant, closed).map(number);
                let is_open = open_realm[variant.organisation as usize].is_some();
                let reach = Reach {
                    sources: own,
                    targets: targets(variant, closed).map(number),
                    organisation: variant.organisation,
                    siblings: if is_open { own[0] } else { NONE },
                };
                let next = known.len() as u32;
                ids[state] = *known.entry(reach).or_insert(next);
                if ids[state] == next {
                    self.reaches.push(reach);
                }
            }
        }
    }
}

/// The realm of organisations all of whose networks that may be left are open to it outwards.
fn open_realm(input: &Input) -> Vec<Option<u32>> {
    let mut realms = vec![None; input.organisations.len()];
    for network in input.networks.iter().filter(|network| network.leaves) {
        let own = network.realm.filter(|_| network.leaves_organisation);
        agree(&mut realms[network.organisation as usize], own);
    }
    realms.into_iter().map(Option::flatten).collect()
}

/// The realm in which each organisation is closed, as it is and once it is isolated: all its networks that may be left or entered
/// are in that one, and none may be left for other organisations.
fn closed_in(input: &Input) -> Vec<[Option<u32>; 2]> {
    let mut realms = vec![[None; 2]; input.organisations.len()];
    for network in input.networks.iter().filter(|it| it.leaves || it.enters) {
        for (state, variant) in variants(input, network).iter().enumerate() {
            let is_closed = !(variant.leaves && variant.leaves_organisation);
            let own = variant.realm.filter(|_| is_closed);
            agree(&mut realms[variant.organisation as usize][state], own);
        }
    }
    let realms = realms.into_iter();
    realms.map(|both| both.map(Option::flatten)).collect()
}

/// What all have that were asked so far: none, unless it is the same for each.
fn agree(known: &mut Option<Option<u32>>, own: Option<u32>) {
    let known = known.get_or_insert(own);
    if *known != own {
        *known = None;
    }
}

/// A network as it is, and as it is once its organisation is isolated.
fn variants(input: &Input, network: &Network) -> [Network; 2] {
    let response = &input.organisations[network.organisation as usize].response;
    let isolates = response.as_ref().is_some_and(|response| response.isolates);
    let isolated = Network {
        leaves_organisation: network.leaves_organisation && !isolates,
        enters_organisation: network.enters_organisation && !isolates,
        ..*network
    };
    [*network, isolated]
}

/// What a network's hosts may be sources of, in the order of [`Reach::sources`].
fn sources(network: &Network, closed: Option<u32>) -> [Option<Key>; 3] {
    let organisation = network.organisation;
    if !network.leaves {
        return [None; 3];
    }
    let within = Some(within(organisation, closed));
    match network.realm {
        None => [within, None, None],
        Some(realm) if network.leaves_organisation => [
            within,
            Some(Key::Outer {
                organisation,
                realm,
            }),
            Some(Key::Realm(realm)),
        ],
        Some(realm) => [within, inner(organisation, realm, closed), None],
    }
}

/// What a network's hosts may be targets of, in the order of [`Reach::targets`].
fn targets(network: &Network, closed: Option<u32>) -> [Option<Key>; 3] {
    let organisation = network.organisation;
    if !network.enters {
        return [None; 3];
    }
    let within = Some(within(organisation, closed));
    match network.realm {
        None => [within, None, None],
        Some(realm) => {
            let last = if network.enters_organisation {
                Key::Realm(realm)
            } else {
                Key::Outer {
                    organisation,
                    realm,
                }
            };
            [within, inner(organisation, realm, closed), Some(last)]
        }
    }
}

/// The pool of an organisation that may be closed in a realm.
fn within(organisation: u32, closed: Option<u32>) -> Key {
    closed.map_or(Key::Organisation(organisation), |realm| Key::Closed {
        organisation,
        realm,
    })
}

/// Its inner pool, if it has one beside that.
fn inner(organisation: u32, realm: u32, closed: Option<u32>) -> Option<Key> {
    closed.is_none().then_some(Key::Inner {
        organisation,
        realm,
    })
}

/// How often one host probes one address by uniform streams.
pub(crate) struct Speed<'a> {
    input: &'a Input,
    /// Probes per hour by scope (network, organisation, realm) and vector.
    probes: [ByVector<f64>; 3],
    addresses_of_organisation: Vec<f64>,
}

impl<'a> Speed<'a> {
    pub(crate) fn new(input: &'a Input) -> Self {
        let mut probes = [ByVector::default(); 3];
        for stream in &input.streams {
            if let StreamKind::Uniform(scope) = stream.kind {
                probes[scope as usize][usize::from(stream.vector)] += stream.probes_per_hour;
            }
        }
        let mut addresses_of_organisation = vec![0.0; input.organisations.len()];
        for network in &input.networks {
            addresses_of_organisation[network.organisation as usize] += network.addresses;
        }
        Self {
            input,
            probes,
            addresses_of_organisation,
        }
    }

    /// From a network into one address of the space that a scope covers.
    pub(crate) fn in_scope(&self, scope: Scope, from: &Network) -> ByVector<f64> {
        let addresses = match scope {
            Scope::Network => from.addresses,
            Scope::Organisation => self.addresses_of_organisation[from.organisation as usize],
            Scope::Realm => from.realm.map_or(f64::INFINITY, |realm| {
                self.input.realms[realm as usize].addresses
            }),
        };
        self.probes[scope as usize].map(|probes| probes / addresses)
    }

    fn shared(&self, key: Key) -> ByVector<f64> {
        match key {
            Key::Organisation(organisation) => {
                let addresses = self.addresses_of_organisation[organisation as usize];
                self.probes[Scope::Organisation as usize].map(|probes| probes / addresses)
            }
            Key::Inner { realm, .. } | Key::Outer { realm, .. } | Key::Realm(realm) => {
                let addresses = self.input.realms[realm as usize].addresses;
                self.probes[Scope::Realm as usize].map(|probes| probes / addresses)
            }
            Key::Closed {
                organisation,
                realm,
            } => {
                let both = [Key::Organisation(organisation), Key::Realm(realm)];
                let [within, inner] = both.map(|key| self.shared(key));
                std::array::from_fn(|vector| within[vector] + inner[vector])
            }
        }
    }

    /// Into the own network, by scopes that do not come back to it through a shared pool.
    fn alone(&self, network: &Network) -> ByVector<f64> {
        let own = self.in_scope(Scope::Network, network);
        if network.leaves && network.enters {
            own
        } else {
            let organisation = self.in_scope(Scope::Organisation, network);
            let realm = self.in_scope(Scope::Realm, network);
            std::array::from_fn(|vector| own[vector] + organisation[vector] + realm[vector])
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fast::tests::nothing;
    use crate::{Delay, Organisation, Realm, Response, Stream};

    /// Two organisations of two networks in one realm; the first isolates itself.
    fn isolating() -> Input {
        let mut input = nothing();
        input.realms = vec![Realm { addresses: 64.0 }; 2];
        input.organisations = vec![Organisation::default(); 2];
        input.organisations[0].response = Some(Response {
            after_infections: Some(1),
            counts_disabled: false,
            delay: Delay::Fixed(0.0),
            at_hours: None,
            isolates: true,
            patches_per_hour: 0.0,
            rebuilds_per_hour: 0.0,
            staff_schedule: None,
        });
        let network = |organisation| Network {
            organisation,
            realm: Some(0),
            addresses: 16.0,
            leaves: true,
            enters: true,
            leaves_organisation: true,
            enters_organisation: true,
        };
        input.networks = [0, 0, 1, 1].map(network).to_vec();
        let scopes = [(Scope::Organisation, 3.0), (Scope::Realm, 2.0)];
        let streams = scopes.map(|(scope, probes_per_hour)| Stream {
            vector: 0,
            kind: StreamKind::Uniform(scope),
            probes_per_hour,
        });
        input.streams = streams.to_vec();
        input
    }

    fn reaches(input: &Input) -> (Reaches, impl Fn(usize, usize) -> Reach + use<>) {
        let reaches = Reaches::new(input, &Speed::new(input));
        let of = reaches.clone();
        let reach =
            move |network: usize, state: usize| of.reaches[of.of_network[network][state] as usize];
        (reaches, reach)
    }

    #[test]
    fn an_isolated_organisation_in_one_realm_has_one_pool() {
        let (reaches, reach) = reaches(&isolating());
        let [within, _, realm] = reach(0, 0).sources;
        let [closed, ..] = reach(0, 1).sources;
        for network in [0, 1] {
            let [open, isolated] = [reach(network, 0), reach(network, 1)];
            assert_eq!(open.sources, [within, NONE, realm]);
            assert_eq!(open.targets, [within, NONE, realm]);
            assert_eq!(isolated.sources, [closed, NONE, NONE]);
            assert_eq!(isolated.targets, [closed, NONE, NONE]);
        }
        let speed = |pool: u32| reaches.shared[pool as usize][0];
        assert_eq!(speed(within), 3.0 / 32.0);
        assert_eq!(speed(realm), 2.0 / 64.0);
        assert_eq!(speed(closed), speed(within) + speed(realm));
        let fluid = [within, closed, realm].map(|pool| reaches.is_fluid[pool as usize]);
        assert_eq!(fluid, [false, false, true]);
        // Who isolates itself from nothing stays what it is.
        assert_eq!(reach(2, 0), reach(2, 1));
        assert_eq!(reach(2, 1).sources[2], realm);
    }

    #[test]
    fn an_isolated_organisation_in_several_realms_keeps_two() {
        for other in [None, Some(1)] {
            let mut input = isolating();
            input.networks[1].realm = other;
            let (_, reach) = reaches(&input);
            let [open, isolated] = [reach(0, 0), reach(0, 1)];
            assert_eq!(open.sources[0], isolated.sources[0]);
            assert_ne!(isolated.sources[1], NONE);
            assert_eq!(isolated.sources[1], isolated.targets[1]);
        }
    }
}
