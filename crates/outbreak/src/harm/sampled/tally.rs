//! Watches an outbreak for what it does to services.

use std::collections::{BTreeMap, BTreeSet};

use wardround_engine::Event;

use super::rows::{LossPart, LossRow, hundredths};
use super::units::Units;
use crate::draws::{Decides, unit};
use crate::harm::{
    CLINICAL, Change, Clock, Course, Cut, DIVERTS, DrawnServices, EstateServices, Group, Need,
    OutShares, SERVERS, Service, USERS, impairment, losses,
};

/// Watches one world's outbreaks.
///
/// Which of several machines that were alike went out of service is drawn, evenly and keyed by replicate, only where
/// services tell them apart.
pub(crate) struct LossTally<'a> {
    services: &'a EstateServices,
    units: Units<'a>,
    drawn: DrawnServices,
    clock: Clock,
    seed: u64,
    world: u64,
    /// The hour from which machines come back by law.
    recovers_from_hours: f64,
    /// The activity whose services are departments that may divert.
    diverts: Option<usize>,
    /// For each unit the mix that it belongs to, from 1; 0 where nobody has asked yet.
    mix_of_unit: Vec<u32>,
    /// By the first of a unit's machines: units that differ in state only share them.
    mix_of_first: BTreeMap<u32, u32>,
    mixes: Vec<Mix>,
    /// Services with their numbers settled, as they are first needed.
    settled: BTreeMap<u32, Service>,
    /// The outbreak under way.
    replicate: u32,
    draws: u64,
    touched_mixes: Vec<u32>,
    groups: Vec<Vec<Change>>,
    touched_groups: BTreeSet<u32>,
    is_infected: Vec<bool>,
    infected: Vec<u32>,
    cut_hours: BTreeMap<u32, f64>,
    part: LossPart,
}

/// Machines that were alike, by the groups that they are in.
#[derive(Clone, Debug, Default)]
struct Mix {
    /// Sets of groups, with machines in service and out of it.
    sets: Vec<(u32, [u32; 2])>,
    is_touched: bool,
}

const IN_SERVICE: usize = 0;
const OUT: usize = 1;

impl<'a> LossTally<'a> {
    pub(crate) fn new(
        services: &'a EstateServices,
        units: Units<'a>,
        days: u32,
        seed: u64,
        world: u64,
    ) -> Self {
        let input = units.input();
        let rebuilds = input.organisations.iter().any(|organisation| {
            let response = organisation.response.as_ref();
            response.is_some_and(|response| response.rebuilds_per_hour > 0.0)
        });
        Self {
            drawn: services.rules().draw(seed, world),
            clock: Clock {
                start_hour_of_week: input.start_hour_of_week,
                days,
            },
            seed,
            world,
            recovers_from_hours: if rebuilds { input.horizon_hours } else { 0.0 },
            diverts: services.rules().activity(DIVERTS),
            mix_of_unit: vec![0; units.count() as usize],
            mix_of_first: BTreeMap::new(),
            mixes: Vec::new(),
            settled: BTreeMap::new(),
            replicate: 0,
            draws: 0,
            touched_mixes: Vec::new(),
            groups: vec![Vec::new(); services.group_count()],
            touched_groups: BTreeSet::new(),
            is_infected: vec![false; input.organisations.len()],
            infected: Vec::new(),
            cut_hours: BTreeMap::new(),
            part: LossPart::default(),
            services,
            units,
        }
    }

    /// Another outbreak begins.
    pub(crate) fn begin(&mut self, replicate: u32) {
        self.replicate = replicate;
        self.draws = 0;
        for mix in self.touched_mixes.drain(..) {
            let mix = &mut self.mixes[mix as usize];
            mix.is_touched = false;
            for (_, counts) in &mut mix.sets {
                counts[IN_SERVICE] += std::mem::take(&mut counts[OUT]);
            }
        }
        for group in std::mem::take(&mut self.touched_groups) {
            self.groups[group as usize].clear();
        }
        for organisation in self.infected.drain(..) {
            self.is_infected[organisation as usize] = false;
        }
        self.cut_hours.clear();
    }

    pub(crate) fn note(&mut self, hours: f64, event: Event) {
        match event {
            Event::Infected { unit, .. } => self.infected(unit),
            Event::Disabled { unit } => self.moves(hours, unit, IN_SERVICE, 1),
            Event::Rebuilt {
                unit,
                was_disabled: true,
            } => self.moves(hours, unit, OUT, -1),
            Event::Acted { organisation } => {
                let input = self.units.input();
                let response = &input.organisations[organisation as usize].response;
                if response.as_ref().is_some_and(|response| response.isolates) {
                    self.cut_hours.insert(organisation, hours);
                }
            }
            Event::Rebuilt { .. }
            | Event::Crashed { .. }
            | Event::Answered { .. }
            | Event::Patched { .. } => {}
        }
    }

    fn infected(&mut self, unit: u32) {
        let Some(network) = self.units.network(unit) else {
            return;
        };
        let organisation = self.units.input().networks[network as usize].organisation;
        if !std::mem::replace(&mut self.is_infected[organisation as usize], true) {
            self.infected.push(organisation);
        }
    }

    /// One of a unit's machines that are in service goes out of it, or the other way round.
    fn moves(&mut self, hours: f64, unit: u32, from: usize, more: i32) {
        let number = self.mix_of(unit);
        let set = {
            let mix = &self.mixes[number as usize];
            match mix.sets.as_slice() {
                [_] => 0,
                sets => {
                    let all: u32 = sets.iter().map(|(_, counts)| counts[from]).sum();
                    let Some(set) = self.draw(sets, from, all) else {
                        return;
                    };
                    self.draws += 1;
                    set
                }
            }
        };
        let mix = &mut self.mixes[number as usize];
        if !std::mem::replace(&mut mix.is_touched, true) {
            self.touched_mixes.push(number);
        }
        let (set, counts) = &mut mix.sets[set];
        if counts[from] == 0 {
            return;
        }
        counts[from] -= 1;
        counts[1 - from] += 1;
        // Times are told to the hour, by its middle: a group's course costs as many steps as it has hours with changes.
        let hours = hours.floor() + 0.5;
        for group in self.services.groups_in(*set) {
            let changes = &mut self.groups[*group as usize];
            match changes.last_mut() {
                Some(last) if last.hours >= hours => last.machines += more,
                _ => changes.push(Change {
                    hours,
                    machines: more,
                }),
            }
            self.touched_groups.insert(*group);
        }
    }

    fn draw(&self, sets: &[(u32, [u32; 2])], from: usize, all: u32) -> Option<usize> {
        let key = [u64::from(self.replicate), self.draws];
        let at = unit(self.seed, self.world, Decides::MachineOfUnit, &key) * f64::from(all);
        let mut below = 0.0;
        sets.iter().position(|(_, counts)| {
            below += f64::from(counts[from]);
            at < below
        })
    }

    fn mix_of(&mut self, unit: u32) -> u32 {
        let known = self.mix_of_unit[unit as usize];
        if known > 0 {
            return known - 1;
        }
        let hosts = self.units.hosts(&unit);
        let first = hosts.first().copied().unwrap_or(u32::MAX);
        let next = self.mixes.len() as u32;
        let number = *self.mix_of_first.entry(first).or_insert(next);
        if number == next {
            let mut counts: BTreeMap<u32, u32> = BTreeMap::new();
            for host in hosts {
                *counts.entry(self.services.set_of(*host)).or_default() += 1;
            }
            self.mixes.push(Mix {
                sets: counts
                    .into_iter()
                    .map(|(set, count)| (set, [count, 0]))
                    .collect(),
                is_touched: false,
            });
        }
        self.mix_of_unit[unit as usize] = number + 1;
        number
    }

    /// The outbreak is over.
    pub(crate) fn end(&mut self) {
        self.part.replicates.push(self.replicate);
        if self.touched_groups.is_empty() && self.cut_hours.is_empty() {
            return;
        }
        let out = self.traces();
        let cut_off = self.cuts();
        let rows_before = self.part.rows.len();
        let mut waiting: BTreeSet<u32> = BTreeSet::new();
        for group in out.keys() {
            waiting.extend(self.services.of_group(*group));
        }
        // Whoever is cut off loses what it needs of others, and others lose what they need of it.
        for organisation in cut_off.keys() {
            for service in self.services.of_organisation(*organisation) {
                waiting.insert(*service);
                waiting.extend(self.services.dependents(*service));
            }
        }
        let mut impaired: BTreeMap<u32, Vec<f64>> = BTreeMap::new();
        // A service stands after those that it needs, so the first that waits has all that it needs settled.
        while let Some(number) = waiting.pop_first() {
            let hours = self.one(number, &out, &cut_off, &impaired);
            if let Some(hours) = hours {
                let dependents = self.services.dependents(number);
                if !dependents.is_empty() {
                    waiting.extend(dependents);
                    impaired.insert(number, hours);
                }
            }
        }
        // Rows ascend by service.
        let rows = &self.part.rows[rows_before..];
        let has_row = |service: &u32| {
            rows.binary_search_by_key(service, |row| row.service)
                .is_ok()
        };
        let without = cut_off.keys().filter(|organisation| {
            let mut own = self.services.of_organisation(**organisation).iter();
            !self.is_infected[**organisation as usize] && !own.any(has_row)
        });
        let without = without.map(|organisation| (self.replicate, *organisation));
        self.part.cut_off.extend(without);
    }

    /// The shares of machines out of each touched group, by hour.
    fn traces(&self) -> BTreeMap<u32, Vec<f64>> {
        let trace = |group: u32| {
            let recovery = if self.services.holds_servers(group) {
                self.drawn.servers_recovery
            } else {
                self.drawn.recovery
            };
            let it = Group {
                machines: self.services.machines_of(group),
                changes: self.groups[group as usize].clone(),
                recovery: Some(recovery),
            };
            it.shares(&self.clock, self.recovers_from_hours)
        };
        let groups = self.touched_groups.iter();
        groups.map(|group| (*group, trace(*group))).collect()
    }

    /// The shares of hours for which each organisation that cut itself off is so.
    fn cuts(&self) -> BTreeMap<u32, Vec<f64>> {
        let cut = |organisation: u32, from_hours: f64| {
            let hours =
                self.services
                    .rules()
                    .cut_off_hours(self.seed, self.world, u64::from(organisation));
            let course = Course {
                cuts: vec![Cut {
                    from_hours,
                    until_hours: from_hours + hours,
                }],
                ..Course::default()
            };
            course.shares(&self.clock).cut_off
        };
        let cuts = self.cut_hours.iter();
        cuts.map(|(organisation, hours)| (*organisation, cut(*organisation, *hours)))
            .collect()
    }

    /// Settles one service: its row is kept, and its impairment given where there is any.
    fn one(
        &mut self,
        number: u32,
        out: &BTreeMap<u32, Vec<f64>>,
        cut_off: &BTreeMap<u32, Vec<f64>>,
        impaired: &BTreeMap<u32, Vec<f64>>,
    ) -> Option<Vec<f64>> {
        let services = self.services;
        let entry = &services.services()[number as usize];
        let of_group = |place: usize| entry.groups[place].and_then(|group| out.get(&group));
        let shares = OutShares {
            groups: [USERS, SERVERS, CLINICAL]
                .map(|place| of_group(place).cloned().unwrap_or_default())
                .to_vec(),
            cut_off: cut_off
                .get(&entry.organisation.0)
                .cloned()
                .unwrap_or_default(),
        };
        let machines = entry
            .groups
            .map(|group| group.map_or(0, |group| services.machines_of(group)));
        let weight = self.drawn.activities[entry.activity].shared_weight;
        let lacking: Vec<Vec<f64>> = entry
            .needs
            .iter()
            .filter_map(|need| {
                let owner = services.services()[*need as usize].organisation;
                let mut reasons: Vec<&[f64]> = Vec::new();
                reasons.extend(impaired.get(need).map(Vec::as_slice));
                if owner != entry.organisation {
                    for organisation in [owner, entry.organisation] {
                        reasons.extend(cut_off.get(&organisation.0).map(Vec::as_slice));
                    }
                }
                (!reasons.is_empty()).then(|| any_of(&reasons, self.clock.hours()))
            })
            .collect();
        let needs: Vec<Need<'_>> = lacking
            .iter()
            .map(|impairment| Need { impairment, weight })
            .collect();
        let service = self
            .settled
            .entry(number)
            .or_insert_with(|| services.settled(number, &self.drawn));
        let hours = impairment(
            service,
            &shares,
            &machines,
            &needs,
            &self.drawn.curve,
            &self.clock,
        );
        if hours.iter().all(|hour| *hour <= 0.0) {
            return None;
        }
        let days = losses(service, &hours, &self.clock);
        let stopped = days.iter().map(|day| {
            let stopped = hundredths(day.on_paper + day.not_done());
            u32::try_from(stopped).unwrap_or(u32::MAX)
        });
        let before = self.part.stopped.len();
        self.part.stopped.extend(stopped);
        if self.part.stopped[before..].iter().all(|day| *day == 0) {
            self.part.stopped.truncate(before);
            return Some(hours);
        }
        self.part.rows.push(LossRow {
            replicate: self.replicate,
            service: number,
            first_weekday: self.clock.weekday(0) as u8,
            is_infected: self
                .is_infected
                .get(entry.organisation.0 as usize)
                .is_some_and(|is_infected| *is_infected),
            is_cut_off: cut_off.contains_key(&entry.organisation.0),
            lacks_another: !needs.is_empty(),
            diverting: if self.diverts == Some(entry.activity) {
                let days = self.drawn.diversion.days(&hours).into_iter();
                let bits = (0..u32::BITS).zip(days);
                bits.map(|(day, diverts)| u32::from(diverts) << day).sum()
            } else {
                0
            },
        });
        Some(hours)
    }

    /// What all its outbreaks lost.
    pub(crate) fn finish(self) -> LossPart {
        self.part
    }
}

/// The chance that any of several independent things fails, by hour.
fn any_of(reasons: &[&[f64]], hours: usize) -> Vec<f64> {
    (0..hours)
        .map(|hour| {
            let of = |reason: &&[f64]| 1.0 - reason.get(hour).copied().unwrap_or(0.0);
            1.0 - reasons.iter().map(of).product::<f64>()
        })
        .collect()
}
