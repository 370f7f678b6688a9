//! What is kept of each outbreak: counts by what the engine tells apart, so that no event costs work for each machine.

use std::collections::{BTreeMap, BTreeSet};

use wardround_engine::fast::Prepared;
use wardround_engine::{Across, Event, Watch};

use super::part::{HostSum, ONE, OrganisationRow, Part, ReplicateRow};

/// Points in time at which machines taken are counted: this many per hour.
pub(super) const POINTS_PER_HOUR: f64 = 4.0;

/// Watches one world's outbreaks.
pub(super) struct Tally<'a> {
    prepared: &'a Prepared<'a>,
    units: Vec<Unit>,
    part: Part,
    points: usize,
    /// The outbreak under way.
    row: ReplicateRow,
    organisations: BTreeMap<u32, OrganisationRow>,
    crossed: BTreeSet<(u32, u32)>,
}

/// Machines that are alike.
#[derive(Clone, Copy)]
struct Unit {
    network: Option<u32>,
    organisation: Option<u32>,
    /// The part of one machine, in units of [`ONE`].
    share: u64,
    /// How much of a machine is open by a draw only, in units of [`ONE`].
    drawn: u64,
    falls: u32,
    passes: u32,
}

impl<'a> Tally<'a> {
    pub(super) fn new(prepared: &'a Prepared<'a>, drawn_open: &[bool]) -> Self {
        let input = prepared.input();
        let unit = |unit: u32| {
            let it = prepared.unit(unit);
            let share = ONE / it.hosts.len().max(1) as u64;
            let drawn = it.hosts.iter().filter(|host| drawn_open[**host as usize]);
            Unit {
                network: it.network,
                organisation: it
                    .network
                    .map(|network| input.networks[network as usize].organisation),
                share,
                drawn: share * drawn.count() as u64,
                falls: 0,
                passes: 0,
            }
        };
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "horizons are at most a year"
        )]
        let points = (input.horizon_hours * POINTS_PER_HOUR).ceil() as usize + 1;
        Self {
            units: (0..prepared.units()).map(unit).collect(),
            prepared,
            part: Part::default(),
            points,
            row: ReplicateRow::default(),
            organisations: BTreeMap::new(),
            crossed: BTreeSet::new(),
        }
    }

    /// Another outbreak begins.
    pub(super) fn begin(&mut self, replicate: u32) {
        self.row = ReplicateRow {
            replicate,
            curve: vec![0; self.points],
            ..ReplicateRow::default()
        };
        self.organisations.clear();
        self.crossed.clear();
    }

    /// The outbreak is over.
    pub(super) fn end(&mut self) {
        let mut running = 0;
        for count in &mut self.row.curve {
            running += *count;
            *count = running;
        }
        self.part.replicates.push(std::mem::take(&mut self.row));
        self.part.organisations.extend(self.organisations.values());
        for pair in &self.crossed {
            *self.part.crossings.entry(*pair).or_default() += 1;
        }
    }

    /// Adds every machine's part to the sums, and gives the rest.
    pub(super) fn finish(self, sums: &mut [HostSum]) -> Part {
        for (id, unit) in (0..).zip(&self.units) {
            if unit.falls == 0 && unit.passes == 0 {
                continue;
            }
            for host in self.prepared.unit(id).hosts {
                let sum = &mut sums[*host as usize];
                sum.falls += u64::from(unit.falls) * unit.share;
                sum.passes += u64::from(unit.passes) * unit.share;
            }
        }
        self.part
    }

    fn infected(&mut self, hours: f64, id: u32, across: Across, from: Option<u32>) {
        let unit = &mut self.units[id as usize];
        unit.falls += 1;
        let Unit {
            network,
            organisation,
            drawn,
            ..
        } = *unit;
        self.row.taken += 1;
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "hours are not negative"
        )]
        let point = (hours * POINTS_PER_HOUR).ceil() as usize;
        self.row.curve[point.min(self.points - 1)] += 1;
        if across == Across::Entry {
            self.row.entry_network = network;
        }
        let source = from.map(|from| self.units[from as usize]);
        if let Some(organisation) = organisation {
            let from = source.and_then(|source| source.organisation);
            let row = self
                .organisations
                .entry(organisation)
                .or_insert(OrganisationRow {
                    replicate: self.row.replicate,
                    organisation,
                    taken: 0,
                    disabled: 0,
                    first_hours: hours,
                    through: across,
                    from: from.filter(|from| *from != organisation),
                });
            row.taken += 1;
        }
        if across != Across::Entry {
            self.part.spread_taken += ONE;
            self.part.drawn_taken += drawn;
        }
        if let Some(from) = from {
            self.units[from as usize].passes += 1;
            if let (Some(from), Some(to)) = (self.units[from as usize].network, network)
                && from != to
                && across != Across::SameNetwork
            {
                self.crossed.insert((from, to));
            }
        }
    }
}

impl Watch for Tally<'_> {
    const WANTS_SOURCES: bool = true;

    fn note(&mut self, hours: f64, event: Event) {
        match event {
            Event::Infected {
                unit,
                across,
                from,
                is_repeat: false,
            } => self.infected(hours, unit, across, from),
            Event::Disabled { unit } => {
                self.row.disabled += 1;
                let organisation = self.units[unit as usize].organisation;
                if let Some(row) = organisation.and_then(|id| self.organisations.get_mut(&id)) {
                    row.disabled += 1;
                }
            }
            Event::Crashed { .. } => self.row.crashed += 1,
            Event::Rebuilt { .. } => self.row.rebuilt += 1,
            Event::Acted { .. } => self.row.acted += 1,
            Event::Infected { .. } | Event::Answered { .. } | Event::Patched { .. } => {}
        }
    }
}
