//! Which hosts probe which, as pools: every source of a pool probes every address of its targets equally often.
//!
//! The pairs of networks that reach each other fall into few pools, and into each pair one pool for each scope:
//!
//! - *alone*: a network, into itself;
//! - *organisation*: its networks that may be left, into those that may be entered, for probes of that scope;
//! - *realm*: its networks that are open to other organisations outwards, into those that are inwards, own ones included;
//! - *site*, an organisation's part of a realm, for what the realm's pool leaves: networks that may be left, but not for
//!   other organisations, into all that may be entered; and those that are open outwards, into those that may be entered,
//!   but not from other organisations.
//!
//! Networks of one organisation and realm with the same boundaries share a [`Reach`].

use std::collections::BTreeMap;

use crate::plain::fast::Cells;
use crate::plain::prepare::Grouped;
use crate::plain::{Network, Scope};

/// No pool.
pub(crate) const NONE: u32 = u32::MAX;

/// The pools, besides its own, that the hosts of a network are sources and targets of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Reach {
    /// The organisation's, one of the site's, the realm's; or [`NONE`].
    pub(crate) sources: [u32; 3],
    /// The organisation's, the site's first, and the site's second or the realm's; or [`NONE`].
    pub(crate) targets: [u32; 3],
}

/// All pools: network n's own is n, the others follow.
#[derive(Clone, Debug)]
pub(crate) struct Pools {
    /// Probes per hour from one host to one address.
    pub(crate) probes_per_hour: Vec<f64>,
    /// The networks that each of the pools after the networks' own leads to, ascending.
    pub(crate) targets: Grouped<u32>,
    /// What the hosts of a network reach, by its number in `reaches`.
    pub(crate) reach_of_network: Vec<u32>,
    pub(crate) reaches: Vec<Reach>,
}

/// What a pool is for. The order is that of their numbers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Key {
    Organisation(u32),
    Inner { organisation: u32, realm: u32 },
    Outer { organisation: u32, realm: u32 },
    Realm(u32),
}

#[derive(Default)]
struct Ends {
    has_source: bool,
    targets: Vec<u32>,
}

impl Pools {
    pub(crate) fn new(cells: &Cells) -> Self {
        let speed = Speed::new(cells);
        let mut ends: BTreeMap<Key, Ends> = BTreeMap::new();
        for (network, id) in cells.networks.iter().zip(0_u32..) {
            for key in sources(network).into_iter().flatten() {
                ends.entry(key).or_default().has_source = true;
            }
            for key in targets(network).into_iter().flatten() {
                ends.entry(key).or_default().targets.push(id);
            }
        }
        let mut pools = Self {
            probes_per_hour: cells.networks.iter().map(|n| speed.alone(n)).collect(),
            targets: Grouped::new(),
            reach_of_network: Vec::with_capacity(cells.networks.len()),
            reaches: Vec::new(),
        };
        let mut numbers = BTreeMap::new();
        for (key, ends) in ends {
            let probes_per_hour = speed.pool(key);
            if probes_per_hour > 0.0 && ends.has_source && !ends.targets.is_empty() {
                numbers.insert(key, pools.probes_per_hour.len() as u32);
                pools.probes_per_hour.push(probes_per_hour);
                ends.targets
                    .into_iter()
                    .for_each(|id| pools.targets.push(id));
                pools.targets.end_group();
            }
        }
        pools.number_reaches(cells, &numbers);
        pools
    }

    fn number_reaches(&mut self, cells: &Cells, numbers: &BTreeMap<Key, u32>) {
        let number =
            |key: Option<Key>| key.map_or(NONE, |key| numbers.get(&key).copied().unwrap_or(NONE));
        let mut known: BTreeMap<Reach, u32> = BTreeMap::new();
        for network in &cells.networks {
            let reach = Reach {
                sources: sources(network).map(number),
                targets: targets(network).map(number),
            };
            let next = known.len() as u32;
            let id = *known.entry(reach).or_insert(next);
            if id == next {
                self.reaches.push(reach);
            }
            self.reach_of_network.push(id);
        }
    }
}

/// What a network's hosts may be sources of, in the order of [`Reach::sources`].
fn sources(network: &Network) -> [Option<Key>; 3] {
    let organisation = network.organisation;
    if !network.leaves {
        return [None; 3];
    }
    let within = Some(Key::Organisation(organisation));
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
        Some(realm) => [
            within,
            Some(Key::Inner {
                organisation,
                realm,
            }),
            None,
        ],
    }
}

/// What a network's hosts may be targets of, in the order of [`Reach::targets`].
fn targets(network: &Network) -> [Option<Key>; 3] {
    let organisation = network.organisation;
    if !network.enters {
        return [None; 3];
    }
    let within = Some(Key::Organisation(organisation));
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
            [
                within,
                Some(Key::Inner {
                    organisation,
                    realm,
                }),
                Some(last),
            ]
        }
    }
}

/// How often one host probes one address.
struct Speed<'a> {
    cells: &'a Cells,
    /// Probes per hour by scope: network, organisation, realm.
    probes: [f64; 3],
    addresses_of_organisation: BTreeMap<u32, f64>,
}

impl<'a> Speed<'a> {
    fn new(cells: &'a Cells) -> Self {
        let mut probes = [0.0; 3];
        for stream in &cells.streams {
            let scope = match stream.scope {
                Scope::Network => 0,
                Scope::Organisation => 1,
                Scope::Realm => 2,
            };
            probes[scope] += stream.probes_per_hour;
        }
        let mut addresses_of_organisation = BTreeMap::new();
        for network in &cells.networks {
            *addresses_of_organisation
                .entry(network.organisation)
                .or_insert(0.0) += network.addresses;
        }
        Self {
            cells,
            probes,
            addresses_of_organisation,
        }
    }

    fn organisation(&self, organisation: u32) -> f64 {
        self.probes[1] / self.addresses_of_organisation[&organisation]
    }

    fn realm(&self, realm: u32) -> f64 {
        self.probes[2] / self.cells.realms[realm as usize].addresses
    }

    fn pool(&self, key: Key) -> f64 {
        match key {
            Key::Organisation(organisation) => self.organisation(organisation),
            Key::Inner { realm, .. } | Key::Outer { realm, .. } | Key::Realm(realm) => {
                self.realm(realm)
            }
        }
    }

    /// Into the own network, by scopes that do not come back to it through a larger pool.
    fn alone(&self, network: &Network) -> f64 {
        let own = self.probes[0] / network.addresses;
        if network.leaves && network.enters {
            own
        } else {
            let realm = network.realm.map_or(0.0, |realm| self.realm(realm));
            own + self.organisation(network.organisation) + realm
        }
    }
}
