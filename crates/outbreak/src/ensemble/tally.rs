//! What is kept of each outbreak: counts, so that merging in any cut gives the same numbers.

use std::collections::{BTreeMap, BTreeSet};

use wardround_engine::plain::{Across, History, Input};

/// Points in time at which machines taken are counted: this many per hour.
pub(super) const POINTS_PER_HOUR: f64 = 4.0;

/// What one world's outbreaks did.
#[derive(Debug, Default)]
pub(super) struct WorldTally {
    /// Machines taken, by outbreak.
    pub(super) finals: Vec<u32>,
    /// Machines taken by each point in time, by outbreak.
    pub(super) curves: Vec<Vec<u32>>,
    /// By outbreak: organisation, machines taken there, hour of the first.
    pub(super) organisations: Vec<Vec<(u32, u32, f64)>>,
    /// In how many outbreaks each pair of networks was crossed.
    pub(super) crossings: BTreeMap<(u32, u32), u32>,
    /// What became of each machine.
    pub(super) machines: Vec<MachineTally>,
    /// Machines taken that were open by a draw only, over all outbreaks.
    pub(super) drawn_taken: u64,
    /// Machines taken, entries apart, over all outbreaks.
    pub(super) spread_taken: u64,
}

/// What outbreaks did to one machine.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct MachineTally {
    /// In how many it fell.
    pub(super) falls: u64,
    /// How many machines it infected, over all of them.
    pub(super) passes: u64,
}

impl WorldTally {
    pub(super) fn new(hosts: usize) -> Self {
        Self {
            machines: vec![MachineTally::default(); hosts],
            ..Self::default()
        }
    }

    pub(super) fn add(&mut self, input: &Input, drawn_open: &[bool], history: &History) {
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "horizons are at most a year"
        )]
        let points = (input.horizon_hours * POINTS_PER_HOUR).ceil() as usize + 1;
        let mut curve = vec![0u32; points];
        let mut organisations: BTreeMap<u32, (u32, f64)> = BTreeMap::new();
        let mut crossed: BTreeSet<(u32, u32)> = BTreeSet::new();
        let mut taken = 0;
        for infection in history.lasting() {
            taken += 1;
            let host = infection.host as usize;
            #[expect(
                clippy::cast_possible_truncation,
                clippy::cast_sign_loss,
                reason = "hours are not negative"
            )]
            let point = (infection.hours * POINTS_PER_HOUR).ceil() as usize;
            curve[point.min(points - 1)] += 1;
            self.machines[host].falls += 1;
            if let Some(network) = input.hosts[host].networks.first() {
                let organisation = input.networks[*network as usize].organisation;
                let entry = organisations
                    .entry(organisation)
                    .or_insert((0, infection.hours));
                entry.0 += 1;
            }
            let Some(from) = infection.from else { continue };
            self.machines[from as usize].passes += 1;
            self.spread_taken += 1;
            self.drawn_taken += u64::from(drawn_open[host]);
            if infection.across != Across::SameNetwork
                && let (Some(from), Some(to)) = (
                    input.hosts[from as usize].networks.first(),
                    input.hosts[host].networks.first(),
                )
            {
                crossed.insert((*from, *to));
            }
        }
        let mut running = 0;
        for count in &mut curve {
            running += *count;
            *count = running;
        }
        self.finals.push(taken);
        self.curves.push(curve);
        self.organisations.push(
            organisations
                .into_iter()
                .map(|(id, (count, first))| (id, count, first))
                .collect(),
        );
        for pair in crossed {
            *self.crossings.entry(pair).or_default() += 1;
        }
    }
}
