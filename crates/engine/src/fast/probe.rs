//! Where a probe of a uniform stream arrives, and where it came from.

use crate::draws::Draws;
use crate::fast::cells::NONE;
use crate::fast::pools::{Kind, LISTED, Lead};
use crate::fast::run::Run;
use crate::fast::{Prepared, Scratch};
use crate::{Across, Watch};

impl<W: Watch> Run<'_, W> {
    /// A probe of a pool has come to a network.
    #[inline]
    pub(crate) fn probe_network(&mut self, pool: u32, vector: usize, network: u32) {
        let cell = self.draw_cell(vector, network);
        let open = self.open(cell, vector);
        if open.share < 1.0 && self.draws.unit() >= open.share {
            return;
        }
        let (across, from) = if W::WANTS_ACROSS || W::WANTS_SOURCES {
            self.origin(pool, vector, network)
        } else {
            (Across::SameNetwork, None)
        };
        self.take_effect(cell, open.infects, across, from);
    }

    /// One of a network's cells, in proportion to openness.
    #[inline]
    pub(crate) fn draw_cell(&mut self, vector: usize, network: u32) -> u32 {
        let cells = &self.prepared.cells;
        let own = cells.of_network(network);
        let guests = if cells.has_guests {
            cells.guests.of(network)
        } else {
            &[]
        };
        if own.len() == 1 && guests.is_empty() {
            return own.start as u32;
        }
        let place = vector * self.prepared.pools.networks as usize + network as usize;
        let mut rest = self.draws.below(self.scratch.pools[place].open);
        let row = self.row(network);
        let mut last = own.start as u32;
        let own = (own.start as u32..own.end as u32).map(|cell| (cell, row));
        let cells = &self.scratch.cells;
        let guests = guests
            .iter()
            .map(|&cell| (cell, self.row(cells[cell as usize].network)));
        for (cell, row) in own.chain(guests) {
            let open = self.open_in(cell, row, vector);
            if rest < open {
                return cell;
            }
            if open > 0 {
                rest -= open;
                last = cell;
            }
        }
        // Not reached: the openness of a network is the sum over its cells.
        last
    }

    /// A bridge probes a space: the probe counts if it leaves from this start, and arrives if any of the bridge's networks
    /// reaches.
    pub(crate) fn bridge_probe(&mut self, pool: u32, lead: &Lead) {
        let sources = &self.scratch.bridges[(pool - self.prepared.pools.own) as usize];
        let source = sources[self.draws.below(sources.len() as u32) as usize];
        let input = self.prepared.input;
        let host = self.prepared.host_of(source);
        let starts = input.networks_of(host).count();
        if self.draws.below(starts as u32) != 0 {
            return;
        }
        let network = draw_network(self.prepared, self.scratch, pool, lead, &mut self.draws);
        let is_reached = input
            .networks_of(host)
            .any(|from| self.reaches(from, network));
        if !is_reached {
            return;
        }
        let vector = usize::from(lead.vector);
        let cell = self.draw_cell(vector, network);
        let open = self.open(cell, vector);
        if self.draws.unit() >= open.share {
            return;
        }
        let organisation = |network: u32| input.networks[network as usize].organisation;
        let across = if input.networks_of(host).any(|from| from == network) {
            Across::SameNetwork
        } else if input
            .networks_of(host)
            .any(|from| organisation(from) == organisation(network))
        {
            Across::SameOrganisation
        } else {
            Across::BetweenOrganisations
        };
        let from = W::WANTS_SOURCES.then_some(source);
        self.take_effect(cell, open.infects, across, from);
    }

    /// Whether a probe from one network arrives in another now.
    pub(crate) fn reaches(&self, from: u32, to: u32) -> bool {
        let plan = &self.prepared.plan;
        let [a, b] = [from, to].map(|network| plan.organisation_of_network[network as usize]);
        let isolated = |organisation: u32| {
            self.scratch.organisations[organisation as usize].isolated_hours <= self.now
        };
        if a != b && (isolated(a) || isolated(b)) {
            return false;
        }
        let link = (from, to);
        from == to
            || self.prepared.input.boundaries_allow(from, to)
            || plan
                .links
                .binary_search_by_key(&link, |link| (link.from, link.to))
                .is_ok()
    }

    /// A probe from outside arrives at an exposed host, or where one was if these are not counted anew.
    pub(crate) fn outside_probe(&mut self) {
        let pool = self.prepared.pools.outside;
        let vector = self.prepared.pools.lead(pool).map_or(0, |lead| lead.vector);
        let vector = usize::from(vector);
        if self.draws.unit() >= self.pressure {
            return;
        }
        let exposed = &self.scratch.exposed;
        let weight = |network: u32| u64::from(exposed[network as usize]);
        let (network, _) = self.scratch.exposed_urn.draw(&mut self.draws, weight);
        let mut rest = self.draws.below(exposed[network as usize]);
        if self.is_cut_off(network) {
            return;
        }
        for cell in self.prepared.cells.of_network(network) {
            let cell = cell as u32;
            let class = self.prepared.cells.cells[cell as usize].class;
            if !self.prepared.plan.kinds[usize::from(class)].is_exposed {
                continue;
            }
            let open = self.open_now(cell, vector);
            if rest < open {
                let open = self.open(cell, vector);
                if self.draws.unit() < open.share {
                    self.take_effect(cell, open.infects, Across::Outside, None);
                }
                return;
            }
            rest -= open;
        }
    }

    /// What a probe of a pool crossed to come to a network, and a unit that it may have come from.
    #[inline]
    fn origin(&mut self, pool: u32, vector: usize, to: u32) -> (Across, Option<u32>) {
        let prepared = self.prepared;
        let plan = &prepared.plan;
        let organisation = |network: u32| plan.organisation_of_network[network as usize];
        let (across, network) = match prepared.pools.lead(pool) {
            None => (Across::SameNetwork, to),
            Some(lead) if lead.kind == Kind::Link => {
                if organisation(lead.from) == organisation(to) {
                    (Across::SameOrganisation, lead.from)
                } else {
                    (Across::BetweenOrganisations, lead.from)
                }
            }
            Some(&lead) => self.origin_of_shared(pool, &lead, vector, to),
        };
        let from = if W::WANTS_SOURCES {
            self.active_cell(vector, network)
        } else {
            None
        };
        (across, from)
    }

    fn origin_of_shared(
        &mut self,
        pool: u32,
        lead: &Lead,
        vector: usize,
        to: u32,
    ) -> (Across, u32) {
        let prepared = self.prepared;
        let plan = &prepared.plan;
        let pools = &self.scratch.pools;
        let mut rest = self.origins.below(pools[pool as usize].sources);
        let place = vector * prepared.pools.networks as usize + to as usize;
        let reach = prepared.reaches.reaches[pools[place].reach as usize];
        let shared = prepared.pools.own + vector as u32 * prepared.pools.shared;
        if reach.sources.contains(&(pool - shared)) {
            let own = pools[place].sources;
            if rest < own {
                return (Across::SameNetwork, to);
            }
            rest -= own;
            if !W::WANTS_SOURCES && lead.kind == Kind::Realm && reach.siblings != NONE {
                let siblings = pools[(shared + reach.siblings) as usize].sources - own;
                let is_between = rest >= siblings;
                return if is_between {
                    (Across::BetweenOrganisations, to)
                } else {
                    (Across::SameOrganisation, to)
                };
            }
        }
        let organisation = reach.organisation;
        for &network in plan.networks_of_organisation.of(organisation) {
            if network != to {
                let sources = self.sources_in(pool, vector, network);
                if rest < sources {
                    return (Across::SameOrganisation, network);
                }
                rest -= sources;
            }
        }
        debug_assert_eq!(
            lead.kind,
            Kind::Realm,
            "all sources are of one organisation"
        );
        if !W::WANTS_SOURCES {
            return (Across::BetweenOrganisations, to);
        }
        loop {
            let network = self.scratch.senders[vector].draw(&mut self.sources);
            if plan.organisation_of_network[network as usize] != organisation
                && self.sources_in(pool, vector, network) > 0
            {
                return (Across::BetweenOrganisations, network);
            }
        }
    }

    /// How many sources a network has in a shared pool.
    #[inline]
    pub(crate) fn sources_in(&self, pool: u32, vector: usize, network: u32) -> u32 {
        let pools = &self.prepared.pools;
        let own = self.scratch.pools[vector * pools.networks as usize + network as usize];
        let shared = pool - pools.own - vector as u32 * pools.shared;
        let reach = &self.prepared.reaches.reaches[own.reach as usize];
        if reach.sources.contains(&shared) {
            own.sources
        } else {
            0
        }
    }

    /// A cell of a network of which a host is active, on, and carries a vector; drawn evenly by host.
    fn active_cell(&mut self, vector: usize, network: u32) -> Option<u32> {
        let prepared = self.prepared;
        let stages = &self.scratch.stages;
        let classes = &self.scratch.classes;
        let count = |cell: usize| {
            let it = prepared.cells.cells[cell];
            let class = usize::from(it.class);
            if !it.is_bridge() && classes[class].carries >> vector & 1 == 1 {
                stages[cell].active_count()
            } else {
                0
            }
        };
        let cells = prepared.cells.of_network(network);
        let total: u32 = cells.clone().map(count).sum();
        draw_by(
            &mut self.sources,
            total,
            cells.map(|cell| (cell as u32, count(cell))),
        )
    }
}

/// One of the networks that a pool leads to, in proportion to openness.
#[inline]
pub(crate) fn draw_network(
    prepared: &Prepared<'_>,
    scratch: &Scratch,
    pool: u32,
    lead: &Lead,
    draws: &mut Draws,
) -> u32 {
    let vector = usize::from(lead.vector);
    let first = vector * prepared.pools.networks as usize;
    let pools = &scratch.pools;
    let open = |network: u32| pools[first + network as usize].open;
    if lead.urn != NONE {
        let urn = &scratch.urns[lead.urn as usize];
        return urn.draw(draws, |network| u64::from(open(network))).0;
    }
    let mut rest = draws.below(pools[pool as usize].open);
    let mut place = 0;
    loop {
        let network = if lead.first < LISTED {
            lead.first + place
        } else {
            prepared.pools.members[(lead.first - LISTED + place) as usize]
        };
        place += 1;
        if rest < open(network) || place == lead.count {
            return network;
        }
        rest -= open(network);
    }
}

/// One of several in proportion to their counts, which have this total.
pub(crate) fn draw_by(
    draws: &mut Draws,
    total: u32,
    counts: impl Iterator<Item = (u32, u32)>,
) -> Option<u32> {
    if total == 0 {
        return None;
    }
    let mut rest = draws.below(total);
    for (member, count) in counts {
        if rest < count {
            return Some(member);
        }
        rest -= count;
    }
    None
}
