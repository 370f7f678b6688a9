//! Cells, checked and indexed once, from which any number of courses can be drawn.

use crate::plain::fast::check::check;
use crate::plain::fast::density::{Openness, Speeds};
use crate::plain::fast::reach::{NONE, Pools, Reach};
use crate::plain::fast::urn::Urn;
use crate::plain::fast::{Cells, FastError};
use crate::plain::prepare::Grouped;

/// Cells that were found good, with what is worth working out once for all their courses.
#[derive(Clone, Debug)]
pub struct Prepared<'a> {
    pub(crate) cells: &'a Cells,
    pub(crate) openness: Openness,
    pub(crate) speeds: Speeds,
    pub(crate) reaches: Vec<Reach>,
    /// The pools as they are before anything has happened: first each network's own, then the others.
    pub(crate) pools: Vec<Pool>,
    /// Where each of the others leads.
    pub(crate) leads: Vec<Lead>,
    /// The networks of the leads that are not consecutive.
    pub(crate) members: Vec<u32>,
    /// The urns of large leads, as they are before anything has happened.
    pub(crate) urns: Vec<Urn>,
    /// For each place in [`Reach::targets`], each network's position in the urn of that pool; empty where no pool has
    /// one.
    pub(crate) positions: [Vec<u32>; 3],
}

/// All probes from some hosts into some networks. One cache line holds four.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Pool {
    /// Its active hosts.
    pub(crate) sources: u32,
    /// The units of openness of its targets.
    pub(crate) open: u32,
    /// Its units of speed.
    pub(crate) units: u32,
    /// For a network's own pool, the number of its reach.
    pub(crate) reach: u32,
}

impl Pool {
    /// Its rate, as a whole number of units.
    #[inline]
    pub(crate) fn weight(self) -> u64 {
        u64::from(self.sources) * u64::from(self.open) * u64::from(self.units)
    }
}

/// The networks that a pool leads to.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Lead {
    /// If they are consecutive the first, otherwise [`LISTED`] plus where they begin in [`Prepared::members`].
    pub(crate) first: u32,
    pub(crate) count: u32,
    /// The urn in which they are, or [`NONE`]: then they are few and are looked through.
    pub(crate) urn: u32,
}

/// The highest bit of [`Lead::first`]. There are fewer networks, and fewer memberships.
pub(crate) const LISTED: u32 = 1 << 31;

/// So many networks are looked through faster than they are kept in an urn.
const FEW: usize = 48;

impl<'a> Prepared<'a> {
    /// Checks cells and indexes them.
    ///
    /// # Errors
    ///
    /// If a position names nothing, a number is out of the range that its field states, a network or realm has fewer
    /// addresses than it holds, an entry is not there, or address spaces and rates differ so much (more than
    /// 10¹¹-fold) that most of what is drawn would be in vain.
    pub fn new(cells: &'a Cells) -> Result<Self, FastError> {
        check(cells)?;
        let openness = Openness::new(&cells.successes);
        let reach = Pools::new(cells);
        let speeds = Speeds::new(cells, &reach, &openness)?;
        let mut prepared = Self {
            cells,
            openness,
            pools: Vec::with_capacity(speeds.units.len()),
            speeds,
            leads: Vec::new(),
            members: Vec::new(),
            urns: Vec::new(),
            positions: [const { Vec::new() }; 3],
            reaches: Vec::new(),
        };
        prepared.fill_pools(&reach);
        for pool in 0..reach.probes_per_hour.len() - cells.networks.len() {
            prepared.add_lead(pool as u32, &reach.targets, &reach);
        }
        prepared.reaches = reach.reaches;
        Ok(prepared)
    }

    /// The cells.
    pub fn cells(&self) -> &'a Cells {
        self.cells
    }

    fn fill_pools(&mut self, reach: &Pools) {
        let cells = self.cells;
        for &units in &self.speeds.units {
            self.pools.push(Pool {
                sources: 0,
                open: 0,
                units,
                reach: 0,
            });
        }
        for (network, &number) in reach.reach_of_network.iter().enumerate() {
            let counts = cells.hosts_of(network).iter().zip(&self.openness.units);
            let open = counts.map(|(hosts, units)| hosts * units).sum();
            self.pools[network].open = open;
            self.pools[network].reach = number;
            let targets = reach.reaches[number as usize].targets;
            for pool in targets.into_iter().filter(|&pool| pool != NONE) {
                self.pools[pool as usize].open += open;
            }
        }
    }

    fn add_lead(&mut self, lead: u32, targets: &Grouped<u32>, reach: &Pools) {
        let members = targets.of(lead);
        let count = members.len() as u32;
        let is_consecutive = members.windows(2).all(|pair| pair[0] + 1 == pair[1]);
        let first = if is_consecutive {
            members[0]
        } else {
            let listed = self.members.len() as u32;
            self.members.extend_from_slice(members);
            LISTED + listed
        };
        let urn = if members.len() <= FEW {
            NONE
        } else {
            self.add_urn(lead, members, reach)
        };
        self.leads.push(Lead { first, count, urn });
    }

    fn add_urn(&mut self, lead: u32, members: &[u32], reach: &Pools) -> u32 {
        let networks = self.cells.networks.len();
        let pool = networks as u32 + lead;
        let targets = reach.reaches[reach.reach_of_network[members[0] as usize] as usize].targets;
        // All members have the pool at the same place, which `Reach::targets` keeps by kind.
        let place = targets
            .iter()
            .position(|&target| target == pool)
            .unwrap_or(0);
        let positions = &mut self.positions[place];
        positions.resize(networks, 0);
        let mut urn = Urn::new();
        for &network in members {
            let open = u64::from(self.pools[network as usize].open);
            urn.change(network, 0, open, positions);
        }
        self.urns.push(urn);
        self.urns.len() as u32 - 1
    }
}
