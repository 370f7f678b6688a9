//! All pools of an input, in one numbering.
//!
//! For n networks and k shared pools: vector v's pool of network i into itself is v·n + i; of shared pool j it is
//! V·n + v·k + j, for V vectors; then come the pools of links, those of *bridges* (hosts with several networks, which
//! probe from each into all of a space and are held back where none of their networks reaches), and the one from
//! outside.

use std::collections::BTreeMap;

use crate::fast::cells::{Cells, NONE};
use crate::fast::reach::{Reaches, Speed};
use crate::fast::urn::{Positions, Urn};
use crate::fast::weights::{Bound, Openness, Speeds};
use crate::grouped::Grouped;
use crate::{Input, Link, Scope};

/// All probes from some hosts into some networks, and for a network's own pool what else is asked of it at the same time. One
/// cache line holds two.
#[derive(Clone, Copy, Debug, Default)]
#[repr(align(32))]
pub(crate) struct Pool {
    /// Its active hosts.
    pub(crate) sources: u32,
    /// The units of openness of its targets.
    pub(crate) open: u32,
    /// Its units of speed.
    pub(crate) units: u32,
    /// For a network's own pool, the number of its reach.
    pub(crate) reach: u32,
    /// For a network's own pool, its organisation.
    pub(crate) organisation: u32,
    /// Its position in the urn of all pools; for a network's own, also [`OPEN`] and [`SOURCES`].
    pub(crate) positions: [u32; 3],
}

/// The positions of pools in the urn of all.
pub(crate) const OF_ALL: usize = 0;
/// The positions of networks in the urns of the outer pools or the realms', by openness.
pub(crate) const OPEN: usize = 1;
/// The positions of networks in the urns of the realms' pools, by sources.
pub(crate) const SOURCES: usize = 2;

/// One kind of the positions that pools, or networks' own pools of a vector, keep in themselves.
pub(crate) struct Kept<'a, const KIND: usize>(pub(crate) &'a mut [Pool]);

impl<const KIND: usize> Positions for Kept<'_, KIND> {
    #[inline]
    fn of(&mut self, member: u32) -> &mut u32 {
        &mut self.0[member as usize].positions[KIND]
    }
}

impl Pool {
    /// Its rate, as a whole number of units.
    #[inline]
    pub(crate) fn weight(self) -> u64 {
        u64::from(self.sources) * u64::from(self.open) * u64::from(self.units)
    }
}

/// What a pool is, beyond the networks' own.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Lead {
    /// If its targets are consecutive networks the first, otherwise [`LISTED`] plus where they begin in
    /// [`Pools::members`].
    pub(crate) first: u32,
    pub(crate) count: u32,
    /// The urn in which they are, or [`NONE`]: then they are few and are looked through.
    pub(crate) urn: u32,
    /// For a realm the urn of the networks that its sources are in, where one is kept, or [`NONE`].
    pub(crate) senders: u32,
    /// For a link the network that it starts in.
    pub(crate) from: u32,
    pub(crate) vector: u8,
    pub(crate) kind: Kind,
}

/// Whose probes a pool holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    /// Shared by networks of one organisation.
    Within,
    /// Shared by the networks of a realm.
    Realm,
    Link,
    Bridge,
    Outside,
}

/// The highest bit of [`Lead::first`]. There are fewer networks, and fewer memberships.
pub(crate) const LISTED: u32 = 1 << 31;

/// So many networks are looked through faster than they are kept in an urn.
const FEW: usize = 48;

/// So many probes from outside to each exposed host are few: who is no longer open costs that many in vain at most.
const SELDOM: f64 = 0.25;

/// The places at which a network's openness may stand in an urn: three for shared pools, two for bridges' spaces.
const SLOTS: usize = 5;

/// Where the positions of networks in an urn by openness are.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Slot {
    /// In a list of [`Pools::positions`].
    Listed(usize),
    /// In the networks' own pools, from this one on: those in the urns of outer pools and realms' change most often.
    Kept { first: usize },
}

/// The pools as they are before anything has happened.
#[derive(Clone, Debug)]
pub(crate) struct Pools {
    pub(crate) pools: Vec<Pool>,
    pub(crate) bounds: Vec<Bound>,
    pub(crate) networks: u32,
    pub(crate) shared: u32,
    /// Where the own pools end and the leads begin.
    pub(crate) own: u32,
    pub(crate) leads: Vec<Lead>,
    /// The networks of the leads that are not consecutive.
    pub(crate) members: Vec<u32>,
    /// The urns of large leads.
    pub(crate) urns: Vec<Urn>,
    /// Each network's position in the urn at each slot that is listed; empty where no pool has one.
    pub(crate) positions: Vec<Vec<u32>>,
    /// The link pools that start in each network, and those that end in it; for all vectors.
    pub(crate) links_from: Grouped<u32>,
    pub(crate) links_to: Grouped<u32>,
    /// The link pools between two organisations, by the organisations that they touch.
    pub(crate) links_across: Vec<Vec<u32>>,
    /// The pools of bridges into each network, its organisation and its realm, by vector and network; or [`NONE`].
    /// Empty where no host has several networks.
    pub(crate) bridges: Vec<[u32; 3]>,
    /// The pool from outside.
    pub(crate) outside: u32,
    /// The greatest pressure from outside.
    pub(crate) most_pressure: f64,
    /// Whether those who are open to the outside are counted anew as that changes. Where few probes come from there it costs
    /// less to count them once: then some probes are in vain.
    pub(crate) counts_exposed: bool,
    /// For each network, the openness to the outside.
    pub(crate) exposed: Vec<u32>,
    pub(crate) exposed_urn: Urn,
    pub(crate) exposed_positions: Vec<u32>,
}

impl Pools {
    pub(crate) fn new(
        input: &Input,
        cells: &Cells,
        reaches: &Reaches,
        speed: &Speed<'_>,
        openness: &Openness,
    ) -> Self {
        let making = Making::new(input, cells, openness);
        let vectors = usize::from(input.vectors);
        let networks = input.networks.len();
        let mut pools = Self {
            pools: Vec::new(),
            bounds: Vec::new(),
            networks: networks as u32,
            shared: reaches.shared.len() as u32,
            own: (vectors * networks) as u32,
            leads: Vec::new(),
            members: Vec::new(),
            urns: Vec::new(),
            positions: vec![Vec::new(); vectors * SLOTS],
            links_from: Grouped::new(),
            links_to: Grouped::new(),
            links_across: vec![Vec::new(); input.organisations.len()],
            bridges: Vec::new(),
            outside: NONE,
            most_pressure: 0.0,
            counts_exposed: false,
            exposed: Vec::new(),
            exposed_urn: Urn::new(),
            exposed_positions: Vec::new(),
        };
        for vector in 0..vectors {
            for network in 0..networks {
                let open = making.open[vector][network];
                pools.pools.push(Pool {
                    open,
                    reach: reaches.of_network[network][0],
                    organisation: input.networks[network].organisation,
                    ..Pool::default()
                });
                pools.bounds.push(Bound {
                    speed: reaches.alone[network][vector] * openness.unit[vector],
                    most: f64::from(making.sources[network])
                        * f64::from(making.most[vector][network]),
                });
            }
        }
        for vector in 0..vectors {
            pools.add_shared(vector, reaches, openness, &making);
        }
        pools.add_links(input, speed, openness, &making);
        if !input.further.is_empty() {
            pools.add_bridges(input, cells, speed, openness, &making);
        }
        pools.add_outside(input, cells, openness);
        pools
    }

    /// Keeps the networks of each realm's sources in an urn. How many there are.
    pub(crate) fn name_senders(&mut self) -> u32 {
        let realms = self
            .leads
            .iter_mut()
            .filter(|lead| lead.kind == Kind::Realm);
        let mut senders = 0;
        for lead in realms {
            lead.senders = senders;
            senders += 1;
        }
        senders
    }

    pub(crate) fn set_units(&mut self, speeds: &Speeds) {
        for (pool, &units) in self.pools.iter_mut().zip(&speeds.units) {
            pool.units = units;
        }
    }

    fn add_shared(
        &mut self,
        vector: usize,
        reaches: &Reaches,
        openness: &Openness,
        making: &Making,
    ) {
        // Sums of sources and targets, in either state of every network.
        let mut sources = vec![0.0; reaches.shared.len()];
        let mut targets = vec![0.0; reaches.shared.len()];
        let mut open = vec![0_u32; reaches.shared.len()];
        for (network, variants) in reaches.of_network.iter().enumerate() {
            let [as_it_is, isolated] = variants.map(|id| reaches.reaches[id as usize]);
            for place in 0..3 {
                let mut from = vec![as_it_is.sources[place], isolated.sources[place]];
                from.dedup();
                for key in from.into_iter().filter(|&key| key != NONE) {
                    sources[key as usize] += f64::from(making.sources[network]);
                }
                let mut into = vec![as_it_is.targets[place], isolated.targets[place]];
                into.dedup();
                for key in into.into_iter().filter(|&key| key != NONE) {
                    targets[key as usize] += f64::from(making.most[vector][network]);
                }
                if let Some(open) = open.get_mut(as_it_is.targets[place] as usize) {
                    *open += making.open[vector][network];
                }
            }
        }
        for key in 0..reaches.shared.len() {
            let members = reaches.targets.of(key as u32);
            let kind = if reaches.is_realm[key] {
                Kind::Realm
            } else {
                Kind::Within
            };
            let pool = self.add(vector, kind, members);
            self.pools[pool as usize].open = open[key];
            self.bounds[pool as usize] = Bound {
                speed: reaches.shared[key][vector] * openness.unit[vector],
                most: sources[key] * targets[key],
            };
            if members.len() > FEW || reaches.is_fluid[key] {
                let target = |network: u32| {
                    let reach = reaches.of_network[network as usize][0];
                    reaches.reaches[reach as usize].targets
                };
                let both = members.iter().flat_map(|&network| {
                    reaches.of_network[network as usize]
                        .map(|reach| reaches.reaches[reach as usize].targets)
                });
                // All members have the pool at the same place, which `Reach::targets` keeps by kind.
                let place = both
                    .into_iter()
                    .find_map(|targets| targets.iter().position(|&target| target == key as u32))
                    .unwrap_or(0);
                let now = members
                    .iter()
                    .copied()
                    .filter(|&network| target(network)[place] == key as u32);
                let slot = self.slot(vector, place, false);
                self.add_urn(pool, slot, now, &making.open[vector]);
            }
        }
    }

    fn add_links(
        &mut self,
        input: &Input,
        speed: &Speed<'_>,
        openness: &Openness,
        making: &Making,
    ) {
        let mut links: Vec<Link> = input.links.clone();
        links.sort_unstable_by_key(|link| (link.from, link.to));
        links.dedup();
        // What boundaries allow anyway adds nothing, also once isolated: isolation ends both.
        links.retain(|link| link.from != link.to && !input.boundaries_allow(link.from, link.to));
        let mut from = vec![Vec::new(); input.networks.len()];
        let mut to = vec![Vec::new(); input.networks.len()];
        for link in links {
            let ends = [link.from, link.to].map(|end| input.networks[end as usize]);
            let is_within = ends[0].organisation == ends[1].organisation;
            let is_realm = ends[0].realm.is_some() && ends[0].realm == ends[1].realm;
            let scopes = [(Scope::Organisation, is_within), (Scope::Realm, is_realm)];
            for vector in 0..usize::from(input.vectors) {
                let covering = scopes.iter().filter(|(_, covers)| *covers);
                let probes: f64 = covering
                    .map(|(scope, _)| speed.in_scope(*scope, &ends[0])[vector])
                    .sum();
                if probes == 0.0 {
                    continue;
                }
                let pool = self.add(vector, Kind::Link, &[link.to]);
                self.leads[(pool - self.own) as usize].from = link.from;
                self.pools[pool as usize].open = making.open[vector][link.to as usize];
                self.bounds[pool as usize] = Bound {
                    speed: probes * openness.unit[vector],
                    most: f64::from(making.sources[link.from as usize])
                        * f64::from(making.most[vector][link.to as usize]),
                };
                from[link.from as usize].push(pool);
                to[link.to as usize].push(pool);
                if !is_within {
                    for end in ends {
                        self.links_across[end.organisation as usize].push(pool);
                    }
                }
            }
        }
        for (grouped, lists) in [(&mut self.links_from, from), (&mut self.links_to, to)] {
            for list in lists {
                list.into_iter().for_each(|pool| grouped.push(pool));
                grouped.end_group();
            }
        }
    }

    fn add_bridges(
        &mut self,
        input: &Input,
        cells: &Cells,
        speed: &Speed<'_>,
        openness: &Openness,
        making: &Making,
    ) {
        let networks = input.networks.len();
        self.bridges = vec![[NONE; 3]; usize::from(input.vectors) * networks];
        // How many (host, network) pairs may start probes in each network.
        let mut pairs = vec![0.0; networks];
        let mut last = NONE;
        for more in &input.further {
            if more.host != last {
                last = more.host;
                let first = cells.cells[cells.of_host[last as usize] as usize].network;
                pairs[first as usize] += 1.0;
            }
            pairs[more.network as usize] += 1.0;
        }
        for (place, scope) in [Scope::Network, Scope::Organisation, Scope::Realm]
            .into_iter()
            .enumerate()
        {
            let mut spaces: BTreeMap<u32, Vec<u32>> = BTreeMap::new();
            for (id, network) in (0_u32..).zip(&input.networks) {
                let space = match scope {
                    Scope::Network => Some(id),
                    Scope::Organisation => Some(network.organisation),
                    Scope::Realm => network.realm,
                };
                if let Some(space) = space {
                    spaces.entry(space).or_default().push(id);
                }
            }
            for members in spaces.values() {
                let sources: f64 = members.iter().map(|&id| pairs[id as usize]).sum();
                let probes = speed.in_scope(scope, &input.networks[members[0] as usize]);
                let vectors = usize::from(input.vectors);
                for (vector, probes) in probes.into_iter().enumerate().take(vectors) {
                    if sources == 0.0 || probes == 0.0 {
                        continue;
                    }
                    let pool = self.add(vector, Kind::Bridge, members);
                    let opens = members.iter().map(|&id| making.open[vector][id as usize]);
                    self.pools[pool as usize].open = opens.sum();
                    let most = members.iter().map(|&id| making.most[vector][id as usize]);
                    self.bounds[pool as usize] = Bound {
                        speed: probes * openness.unit[vector],
                        most: sources * most.map(f64::from).sum::<f64>(),
                    };
                    for &id in members {
                        self.bridges[vector * networks + id as usize][place] = pool;
                    }
                    if members.len() > FEW {
                        let slot = self.slot(vector, place, true);
                        let now = members.iter().copied();
                        self.add_urn(pool, slot, now, &making.open[vector]);
                    }
                }
            }
        }
    }

    fn add_outside(&mut self, input: &Input, cells: &Cells, openness: &Openness) {
        let Some(outside) = &input.outside else {
            return;
        };
        let vector = usize::from(outside.vector);
        let steps = outside.pressure.iter();
        self.most_pressure = steps.map(|step| step.probes_per_hour).fold(0.0, f64::max);
        if self.most_pressure == 0.0 {
            return;
        }
        self.counts_exposed = self.most_pressure * input.horizon_hours > SELDOM;
        self.exposed = vec![0; input.networks.len()];
        self.exposed_positions = vec![0; input.networks.len()];
        self.outside = self.add(vector, Kind::Outside, &[]);
        let mut most = 0.0;
        for cell in &cells.cells {
            let left = cell.left;
            let class = &input.classes[usize::from(cell.class)];
            if class.is_exposed && cell.network != NONE {
                let open = left * openness.classes[usize::from(cell.class)][0][vector].units;
                most += f64::from(open);
                self.exposed[cell.network as usize] += open;
            }
        }
        for (network, &open) in (0..).zip(&self.exposed) {
            let positions = &mut self.exposed_positions;
            self.exposed_urn.change(network, 0, open.into(), positions);
        }
        let pool = &mut self.pools[self.outside as usize];
        pool.open = self.exposed.iter().sum();
        self.bounds[self.outside as usize] = Bound {
            speed: self.most_pressure * openness.unit[vector],
            most,
        };
    }

    fn add(&mut self, vector: usize, kind: Kind, members: &[u32]) -> u32 {
        let is_consecutive = members.windows(2).all(|pair| pair[0] + 1 == pair[1]);
        let first = match members.first() {
            Some(&first) if is_consecutive => first,
            _ => {
                let listed = self.members.len() as u32;
                self.members.extend_from_slice(members);
                LISTED + listed
            }
        };
        self.leads.push(Lead {
            first,
            count: members.len() as u32,
            urn: NONE,
            senders: NONE,
            from: NONE,
            vector: vector as u8,
            kind,
        });
        self.pools.push(Pool::default());
        self.bounds.push(Bound {
            speed: 0.0,
            most: 0.0,
        });
        self.pools.len() as u32 - 1
    }

    fn add_urn(&mut self, pool: u32, slot: Slot, members: impl Iterator<Item = u32>, open: &[u32]) {
        let mut urn = Urn::new();
        let members = members.map(|network| (network, u64::from(open[network as usize])));
        match slot {
            Slot::Listed(slot) => {
                let positions = &mut self.positions[slot];
                positions.resize(self.networks as usize, 0);
                members.for_each(|(network, open)| urn.change(network, 0, open, positions));
            }
            Slot::Kept { first } => {
                let positions = &mut Kept::<OPEN>(&mut self.pools[first..]);
                members.for_each(|(network, open)| urn.change(network, 0, open, positions));
            }
        }
        self.leads[(pool - self.own) as usize].urn = self.urns.len() as u32;
        self.urns.push(urn);
    }

    /// Where networks' positions in the urn of a shared pool at this place are, or of a bridge's at this place.
    #[inline]
    pub(crate) fn slot(&self, vector: usize, place: usize, is_bridge: bool) -> Slot {
        match (place, is_bridge) {
            (2, false) => Slot::Kept {
                first: vector * self.networks as usize,
            },
            _ => Slot::Listed(vector * SLOTS + place + if is_bridge { 2 } else { 0 }),
        }
    }

    /// What a pool beyond the networks' own is.
    #[inline]
    pub(crate) fn lead(&self, pool: u32) -> Option<&Lead> {
        let lead = pool.checked_sub(self.own)?;
        Some(&self.leads[lead as usize])
    }
}

/// Sums over hosts by network.
struct Making {
    /// Units of openness at first, by vector and network; all hosts count as on.
    open: Vec<Vec<u32>>,
    /// The most that it can become: all hosts free of the kill switch.
    most: Vec<Vec<u32>>,
    /// Hosts that may be sources, in each network.
    sources: Vec<u32>,
}

impl Making {
    fn new(input: &Input, cells: &Cells, openness: &Openness) -> Self {
        let networks = input.networks.len();
        let vectors = usize::from(input.vectors);
        let mut making = Self {
            open: vec![vec![0; networks]; vectors],
            most: Vec::new(),
            sources: vec![0; networks],
        };
        for (id, cell) in (0_u32..).zip(&cells.cells) {
            let left = cell.left;
            let host = cells.hosts.of(cells.kin[id as usize].group)[0];
            if left == 0 || cells.of_host[host as usize] != id {
                continue;
            }
            for network in input.networks_of(host) {
                making.sources[network as usize] += left;
                for (vector, open) in making.open.iter_mut().enumerate() {
                    let units = openness.classes[usize::from(cell.class)][0][vector].units;
                    open[network as usize] += left * units;
                }
            }
        }
        making.most.clone_from(&making.open);
        making
    }
}
