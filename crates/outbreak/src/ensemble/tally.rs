//! What is kept of each outbreak: counts by what the engine tells apart, so that no event costs work for each machine.

use std::collections::{BTreeMap, BTreeSet};

use wardround_engine::fast::Prepared;
use wardround_engine::{Across, Entries, Event, Watch};

use super::part::{
    HostSum, ONE, OrganisationRow, PAIRS_UP_TO, Part, ReplicateRow, TICK, TICKS_PER_HOUR,
};

/// Points in time at which machines taken are counted: this many per hour.
pub(super) const POINTS_PER_HOUR: f64 = 4.0;

/// Watches one world's outbreaks.
pub(super) struct Tally<'a> {
    prepared: &'a Prepared<'a>,
    units: Vec<Unit>,
    part: Part,
    points: usize,
    keeps_pairs: bool,
    /// Whether each machine may be an entry.
    may_enter: Vec<bool>,
    /// The outbreak under way, and the unit of its entry.
    row: ReplicateRow,
    entry: Option<u32>,
    organisations: BTreeMap<u32, OrganisationRow>,
    crossed: BTreeSet<(u32, u32)>,
}

/// Machines that are alike.
#[derive(Clone, Copy)]
struct Unit {
    network: Option<u32>,
    organisation: Option<u32>,
    size: u64,
    /// How many of its machines may be entries.
    may_enter: u64,
    /// Whether they are open by a draw only: machines of one class all are, or none.
    is_drawn: bool,
    /// Falls in outbreaks that began elsewhere; entries; and other falls in outbreaks that began here.
    falls: u64,
    entries: u64,
    beside_entries: u64,
    /// Ticks from the beginning to these falls, summed up; to entries there are none.
    fall_ticks: u64,
    beside_ticks: u64,
    passes: u64,
}

impl<'a> Tally<'a> {
    pub(super) fn new(prepared: &'a Prepared<'a>, drawn_open: &[bool]) -> Self {
        let input = prepared.input();
        let mut may_enter = vec![false; input.hosts.len()];
        if let Entries::OneOf(hosts) | Entries::These(hosts) = &input.entries {
            hosts
                .iter()
                .for_each(|host| may_enter[*host as usize] = true);
        }
        let unit = |unit: u32| {
            let it = prepared.unit(unit);
            let size = it.hosts.len().max(1) as u64;
            let entries = it.hosts.iter().filter(|host| may_enter[**host as usize]);
            Unit {
                network: it.network,
                organisation: it
                    .network
                    .map(|network| input.networks[network as usize].organisation),
                size,
                may_enter: entries.count() as u64,
                is_drawn: it.hosts.iter().all(|host| drawn_open[*host as usize]),
                falls: 0,
                entries: 0,
                beside_entries: 0,
                fall_ticks: 0,
                beside_ticks: 0,
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
            may_enter,
            entry: None,
            prepared,
            part: Part::default(),
            keeps_pairs: input.networks.len() <= PAIRS_UP_TO,
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
        self.entry = None;
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
            if unit.falls + unit.entries + unit.passes == 0 {
                continue;
            }
            let even = ONE / unit.size;
            // Where an outbreak began here, its entry was one of those that may be, and the others that fell were among
            // the rest.
            let enters = ONE / unit.may_enter.max(1);
            let others = unit.size.saturating_sub(1).max(1);
            for host in self.prepared.unit(id).hosts {
                let sum = &mut sums[*host as usize];
                sum.falls += unit.falls * even;
                sum.falls += if self.may_enter[*host as usize] {
                    unit.entries * enters + unit.beside_entries * ((ONE - enters) / others)
                } else {
                    unit.beside_entries * (ONE / others)
                };
                sum.hours += unit.fall_ticks * (TICK / unit.size);
                sum.hours += if self.may_enter[*host as usize] {
                    unit.beside_ticks * ((TICK - TICK / unit.may_enter.max(1)) / others)
                } else {
                    unit.beside_ticks * (TICK / others)
                };
                sum.passes += unit.passes * even;
            }
        }
        self.part
    }

    fn infected(&mut self, hours: f64, id: u32, across: Across, from: Option<u32>) {
        let is_entry = across == Across::Entry;
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "hours are not negative, and at most a year's"
        )]
        let ticks = (hours * TICKS_PER_HOUR as f64).round() as u64;
        let unit = &mut self.units[id as usize];
        let is_first = self.entry.is_none();
        if is_entry {
            unit.entries += 1;
            self.entry = Some(id);
        } else if self.entry == Some(id) {
            unit.beside_entries += 1;
            unit.beside_ticks += ticks;
        } else {
            unit.falls += 1;
            unit.fall_ticks += ticks;
        }
        let Unit {
            network,
            organisation,
            is_drawn,
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
        if is_entry {
            // Several machines that one supplier serves begin in no one network.
            self.row.entry_network = network.filter(|_| is_first);
        }
        let source = from.map(|from| self.units[from as usize]);
        if let Some(organisation) = organisation {
            let replicate = self.row.replicate;
            let input = self.prepared.input();
            let row = self.organisations.entry(organisation).or_insert_with(|| {
                let gate = (across == Across::BetweenOrganisations)
                    .then(|| source?.network.zip(network))
                    .flatten();
                let from = source.and_then(|source| source.organisation);
                OrganisationRow {
                    replicate,
                    organisation,
                    taken: 0,
                    disabled: 0,
                    first_hours: hours,
                    through: across,
                    from: from.filter(|from| *from != organisation),
                    gate,
                    by_link: gate.is_some_and(|(from, to)| !input.boundaries_allow(from, to)),
                }
            });
            row.taken += 1;
        }
        if !is_entry {
            self.part.spread_taken += 1;
            self.part.drawn_taken += u64::from(is_drawn);
        }
        if let Some(from) = from {
            self.units[from as usize].passes += 1;
            if let (Some(from), Some(to)) = (self.units[from as usize].network, network)
                && self.keeps_pairs
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
