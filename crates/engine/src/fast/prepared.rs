//! An input, checked and indexed once, from which any number of replicates can be drawn.

use crate::check::check;
use crate::fast::cells::{Cells, NONE};
use crate::fast::plan::Plan;
use crate::fast::pools::{Lead, Pool, Pools};
use crate::fast::reach::{Reaches, Speed};
use crate::fast::weights::{Openness, Speeds};
use crate::{Input, InputError, Response};

/// An input that was found good, with what is worth working out once for all its replicates.
#[derive(Clone, Debug)]
pub struct Prepared<'a> {
    pub(crate) input: &'a Input,
    pub(crate) vectors: usize,
    pub(crate) cells: Cells,
    pub(crate) openness: Openness,
    pub(crate) reaches: Reaches,
    pub(crate) pools: Pools,
    pub(crate) speeds: Speeds,
    /// How many urns of sources there are.
    pub(crate) senders: u32,
    pub(crate) plan: Plan,
}

/// Hosts that were alike when the replicates began: what an [`Event`](crate::Event)'s unit stands for.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Unit<'a> {
    /// Their first network.
    pub network: Option<u32>,
    /// The class that they are in now.
    pub class: u16,
    /// The hosts, of which any may be meant.
    pub hosts: &'a [u32],
}

impl<'a> Prepared<'a> {
    /// How many hosts there may be, each counted once for each of its networks.
    pub const MAX_HOSTS: u32 = (1 << 24) - 1;

    /// Checks an input and indexes it.
    ///
    /// # Errors
    ///
    /// If a position names nothing, a number is out of the range that its field states, a network or realm has fewer
    /// addresses than it holds, there are more than [`Prepared::MAX_HOSTS`] hosts, or address spaces and rates differ so
    /// much (more than 10¹¹-fold) that most of what is drawn would be in vain.
    pub fn new(input: &'a Input) -> Result<Self, InputError> {
        check(input)?;
        if input.hosts.len() + input.further.len() > Self::MAX_HOSTS as usize {
            return Err(InputError::Unsupported {
                feature: "more than 16,777,215 hosts",
            });
        }
        let speed = Speed::new(input);
        let openness = Openness::new(input);
        let reaches = Reaches::new(input, &speed);
        let cells = Cells::new(input);
        let plan = Plan::new(input, &cells, &openness);
        let mut pools = Pools::new(input, &cells, &reaches, &speed, &openness);
        let senders = if plan.is_generous {
            pools.name_senders()
        } else {
            0
        };
        let speeds = Speeds::new(&pools.bounds)?;
        pools.set_units(&speeds);
        Ok(Self {
            input,
            vectors: usize::from(input.vectors),
            cells,
            openness,
            reaches,
            pools,
            speeds,
            senders,
            plan,
        })
    }

    /// The input.
    pub fn input(&self) -> &'a Input {
        self.input
    }

    /// How many units there are.
    pub fn units(&self) -> u32 {
        self.cells.cells.len() as u32
    }

    /// What a unit stands for.
    ///
    /// # Panics
    ///
    /// If there is no such unit.
    pub fn unit(&self, unit: u32) -> Unit<'_> {
        let cell = self.cells.cells[unit as usize];
        Unit {
            network: (cell.network != NONE).then_some(cell.network),
            class: cell.class,
            hosts: self.cells.hosts.of(self.cells.kin[unit as usize].group),
        }
    }

    /// The first host of a cell: the only one, if it is single.
    #[inline]
    pub(crate) fn host_of(&self, cell: u32) -> u32 {
        let group = self.cells.kin[cell as usize].group;
        self.cells.hosts.of(group)[0]
    }

    /// What an organisation does once it has noticed.
    #[inline]
    pub(crate) fn response_of(&self, organisation: u32) -> Option<&Response> {
        let organisation = &self.input.organisations[organisation as usize];
        organisation.response.as_ref()
    }

    /// The vector and network of a network's pool into itself.
    #[inline]
    pub(crate) fn own_pool(&self, pool: u32) -> (usize, u32) {
        if self.vectors == 1 {
            return (0, pool);
        }
        let networks = self.pools.networks;
        ((pool / networks) as usize, pool % networks)
    }

    /// The bytes that the loop reads of this.
    pub(crate) fn bytes(&self) -> usize {
        let cells = self.cells.kin.len() * size_of::<crate::fast::cells::Kin>();
        cells
            + self.cells.first_of_network.len() * size_of::<u32>()
            + self.pools.leads.len() * size_of::<Lead>()
            + self.pools.pools.len() * size_of::<Pool>()
            + self.reaches.of_network.len() * size_of::<[u32; 2]>()
    }
}
