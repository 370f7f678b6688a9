//! Which hosts are alike: a *cell* is a number of hosts of one network and class of which any one may be next.
//!
//! A host that has several networks, contacts or no network is alone in its cell. Hosts that staff may patch have a second
//! cell to move to, and hosts that may become susceptible again have one for those that have.

use crate::grouped::Grouped;
use crate::{Class, Input, Opening};

/// No network, cell or pool.
pub(crate) const NONE: u32 = u32::MAX;

/// What the loop asks of a cell, in twenty bytes: there are many.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Cell {
    /// [`Host::network`](crate::Host::network), or [`NONE`].
    pub(crate) network: u32,
    /// How many of its hosts are susceptible.
    pub(crate) left: u32,
    /// How many of its hosts count as sources, where these are counted generously.
    pub(crate) sources: u32,
    /// How many of these are known to be gone for good.
    pub(crate) gone: u32,
    pub(crate) class: u16,
    /// Whether its hosts had been infected before.
    pub(crate) is_returned: bool,
    pub(crate) hosts: Hosts,
}

/// How its hosts differ from the others of their network and class.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Hosts {
    /// Not at all.
    Alike,
    /// It has one, which is told apart from all others.
    Single,
    /// It has one, which has several networks.
    Bridge,
}

impl Cell {
    /// Whether its one host is told apart from all others.
    pub(crate) fn is_single(self) -> bool {
        self.hosts != Hosts::Alike
    }

    /// Whether its one host has several networks.
    #[inline]
    pub(crate) fn is_bridge(self) -> bool {
        self.hosts == Hosts::Bridge
    }
}

/// What the loop seldom asks of a cell.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Kin {
    /// The hosts that its own are among, by their group.
    pub(crate) group: u32,
    /// The cell that its hosts are in once patched, or [`NONE`].
    pub(crate) patched: u32,
    /// The cell that its hosts are in once they are susceptible again, or [`NONE`].
    pub(crate) returned: u32,
}

/// The cells of an input.
#[derive(Clone, Debug)]
pub(crate) struct Cells {
    pub(crate) cells: Vec<Cell>,
    pub(crate) kin: Vec<Kin>,
    /// The cells of network n are from `first_of_network[n]` to `first_of_network[n + 1]`, but for those that hosts come to be
    /// in once nothing can happen to them any more; these, and those of hosts without a network, come last.
    pub(crate) first_of_network: Vec<u32>,
    pub(crate) has_guests: bool,
    /// The cells in each network of hosts that have it as a further one.
    pub(crate) guests: Grouped<u32>,
    /// The hosts of each group.
    pub(crate) hosts: Grouped<u32>,
    /// The cell of each host, at first.
    pub(crate) of_host: Vec<u32>,
}

impl Cells {
    pub(crate) fn new(input: &Input) -> Self {
        let alone = alone(input);
        let networks = input.networks.len();
        let may_return = input.kill_switch.is_some();
        let may_patch = |network: u32| {
            let organisation = input
                .networks
                .get(network as usize)
                .map(|network| network.organisation);
            organisation.is_some_and(|organisation| {
                let response = &input.organisations[organisation as usize].response;
                response
                    .as_ref()
                    .is_some_and(|response| response.patches_per_hour > 0.0)
            })
        };
        let mut cells = Self {
            cells: Vec::new(),
            kin: Vec::new(),
            first_of_network: Vec::with_capacity(networks + 1),
            has_guests: !input.further.is_empty(),
            guests: guests(input),
            hosts: Grouped::new(),
            of_host: vec![NONE; input.hosts.len()],
        };
        let mut network_done = 0;
        let mut patched_later = Vec::new();
        let mut closed_later = Vec::new();
        for members in by_network_and_class(input).chunk_by(|one, other| {
            let key = |id: u32| {
                let host = input.hosts[id as usize];
                (host.network, host.class)
            };
            key(*one) == key(*other) && !alone[*one as usize] && !alone[*other as usize]
        }) {
            let host = input.hosts[members[0] as usize];
            let network = host.network.unwrap_or(networks as u32);
            if network_done <= network {
                cells.add_patched(&mut patched_later);
            }
            while network_done <= network {
                cells.first_of_network.push(cells.cells.len() as u32);
                network_done += 1;
            }
            let class = &input.classes[usize::from(host.class)];
            let may_return = may_return && class.answers_kill_switch && class.schedule.is_some();
            let hosts = if input.networks_of(members[0]).nth(1).is_some() {
                Hosts::Bridge
            } else if alone[members[0] as usize] {
                Hosts::Single
            } else {
                Hosts::Alike
            };
            let group = cells.hosts.count();
            for &host in members {
                cells.of_host[host as usize] = cells.cells.len() as u32;
                cells.hosts.push(host);
            }
            cells.hosts.end_group();
            let home = host.network.unwrap_or(NONE);
            let first = cells.add(home, host.class, hosts, group, may_return);
            cells.cells[first as usize].left = members.len() as u32;
            if let Some(class) = class.patched.filter(|_| may_patch(network)) {
                if is_closed(&input.classes[usize::from(class)]) {
                    closed_later.push((first, class));
                } else {
                    patched_later.push((first, class));
                }
            }
        }
        cells.add_patched(&mut patched_later);
        while cells.first_of_network.len() <= networks {
            cells.first_of_network.push(cells.cells.len() as u32);
        }
        cells.add_patched(&mut closed_later);
        cells.name_guests(input);
        cells
    }

    /// A cell of hosts of a group, and one for those of them that returned; the first of both.
    fn add(&mut self, network: u32, class: u16, hosts: Hosts, group: u32, may_return: bool) -> u32 {
        let first = self.cells.len() as u32;
        for is_returned in [false, true].into_iter().take(1 + usize::from(may_return)) {
            self.cells.push(Cell {
                network,
                left: 0,
                sources: 0,
                gone: 0,
                class,
                is_returned,
                hosts,
            });
            self.kin.push(Kin {
                group,
                patched: NONE,
                returned: if may_return { first + 1 } else { NONE },
            });
        }
        first
    }

    /// Cells for the patched hosts of others, in their new class. They come last in a network, or, if nothing can happen to
    /// them any more, after all networks: nobody looks for them there, and they are not in the way of those that are.
    fn add_patched(&mut self, later: &mut Vec<(u32, u16)>) {
        for (first, class) in later.drain(..) {
            let Cell { network, hosts, .. } = self.cells[first as usize];
            let Kin {
                group, returned, ..
            } = self.kin[first as usize];
            let patched = self.add(network, class, hosts, group, returned != NONE);
            for cell in patched..self.cells.len() as u32 {
                self.kin[(first + cell - patched) as usize].patched = cell;
            }
        }
    }

    /// Guests were listed by host; all cells that the host may come to be in are meant.
    fn name_guests(&mut self, input: &Input) {
        if input.further.is_empty() {
            return;
        }
        let mut named = Grouped::new();
        for network in 0..input.networks.len() as u32 {
            for &host in self.guests.of(network) {
                let first = self.of_host[host as usize];
                let patched = self.kin[first as usize].patched;
                for cell in [first, patched].into_iter().filter(|&cell| cell != NONE) {
                    named.push(cell);
                    let returned = self.kin[cell as usize].returned;
                    if returned != NONE {
                        named.push(returned);
                    }
                }
            }
            named.end_group();
        }
        self.guests = named;
    }

    /// The cells whose hosts have this network as their first, if anything can ever happen to these.
    #[inline]
    pub(crate) fn of_network(&self, network: u32) -> std::ops::Range<usize> {
        let first = self.first_of_network[network as usize] as usize;
        first..self.first_of_network[network as usize + 1] as usize
    }
}

/// Whether no probe does anything to hosts of a class.
fn is_closed(class: &Class) -> bool {
    class.openings.iter().all(|it| *it == Opening::CLOSED)
}

/// Hosts in order of network, class and position; those without a network last.
fn by_network_and_class(input: &Input) -> Vec<u32> {
    let networks = input.networks.len();
    let mut starts = vec![0_u32; networks + 2];
    let place = |host: u32| {
        let network = input.hosts[host as usize].network;
        network.map_or(networks, |network| network as usize)
    };
    let count = input.hosts.len() as u32;
    for host in 0..count {
        starts[place(host) + 1] += 1;
    }
    for place in 1..starts.len() {
        starts[place] += starts[place - 1];
    }
    let ends = starts.clone();
    let mut sorted = vec![0_u32; input.hosts.len()];
    for host in 0..count {
        let next = &mut starts[place(host)];
        sorted[*next as usize] = host;
        *next += 1;
    }
    for pair in ends.windows(2) {
        let members = &mut sorted[pair[0] as usize..pair[1] as usize];
        members.sort_by_key(|&host| (input.hosts[host as usize].class, host));
    }
    sorted
}

/// Which hosts are not exchangeable with any other.
fn alone(input: &Input) -> Vec<bool> {
    let mut alone: Vec<bool> = input
        .hosts
        .iter()
        .map(|host| host.network.is_none())
        .collect();
    for more in &input.further {
        alone[more.host as usize] = true;
    }
    for contact in &input.contacts {
        alone[contact.from as usize] = true;
        alone[contact.to as usize] = true;
    }
    alone
}

/// The hosts that have each network as a further one.
fn guests(input: &Input) -> Grouped<u32> {
    let mut lists = vec![Vec::new(); input.networks.len()];
    for more in &input.further {
        lists[more.network as usize].push(more.host);
    }
    let mut guests = Grouped::new();
    for list in lists {
        list.into_iter().for_each(|host| guests.push(host));
        guests.end_group();
    }
    guests
}
