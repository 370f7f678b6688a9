//! What became of each body in one sampled outbreak.

use wardround_engine::fast::{Prepared, Scratch};
use wardround_engine::{Event, InputError, Watch};

use super::bodies::{Body, Kind, Region};
use super::world::{Clock, WhatIf, World, world};
use crate::backtest::Parameters;

/// What became of one body.
#[derive(Clone, Debug, PartialEq)]
pub struct Fate {
    /// Different machines infected.
    pub infected: u32,
    /// When its first machine was infected, in hours.
    pub first_hours: f64,
    /// When it noticed.
    pub noticed_hours: f64,
    /// When it acted.
    pub acted_hours: f64,
    /// Whether it cut itself off when it acted.
    pub isolates: bool,
    /// Whether it switched everything off when it acted.
    pub shuts_down: bool,
    /// Hours from noticing to reporting.
    pub report_delay: f64,
    /// When it cut itself off as a precaution, if it did so at all.
    pub precaution_hours: Option<f64>,
    /// Users' machines and servers that the payload struck in each hour, and machines with Windows XP that crashed; empty where
    /// there were none.
    pub out: Vec<[u32; 3]>,
    /// Which practices had an infection.
    pub practices: u32,
}

impl Fate {
    /// Whether a machine of it was infected.
    #[must_use]
    pub const fn is_infected(&self) -> bool {
        self.infected > 0
    }

    /// When it reported that it was infected, or that it had cut itself off.
    #[must_use]
    pub fn reported_hours(&self) -> f64 {
        let noticed = self.noticed_hours + self.report_delay;
        let cut = self.precaution_hours.unwrap_or(f64::INFINITY) + self.report_delay;
        noticed.min(cut)
    }
}

/// What became of all bodies, in their order.
#[derive(Clone, Debug, PartialEq)]
pub struct Outcome {
    /// One for each.
    pub fates: Vec<Fate>,
    /// Whether it was given up because more trusts were infected than wanted.
    pub is_given_up: bool,
}

impl Outcome {
    /// Trusts infected.
    #[must_use]
    pub fn trusts_infected(&self, bodies: &[Body]) -> u32 {
        self.count(bodies, |body, fate| {
            body.kind.is_trust() && fate.is_infected()
        })
    }

    /// Trusts infected in a region.
    #[must_use]
    pub fn trusts_infected_in(&self, bodies: &[Body], region: Region) -> u32 {
        self.count(bodies, |body, fate| {
            body.kind.is_trust() && body.region == region && fate.is_infected()
        })
    }

    /// Trusts that were not infected and cut themselves off.
    #[must_use]
    pub fn trusts_cut_off_only(&self, bodies: &[Body]) -> u32 {
        self.count(bodies, |body, fate| {
            body.kind.is_trust() && !fate.is_infected() && fate.precaution_hours.is_some()
        })
    }

    /// Practices infected.
    #[must_use]
    pub fn practices_infected(&self) -> u32 {
        self.fates.iter().map(|fate| fate.practices).sum()
    }

    /// Machines infected in Wales.
    #[must_use]
    pub fn infected_in_wales(&self, bodies: &[Body]) -> u32 {
        let pairs = bodies.iter().zip(&self.fates);
        pairs
            .filter(|(body, _)| body.kind == Kind::Wales)
            .map(|(_, fate)| fate.infected)
            .sum()
    }

    fn count(&self, bodies: &[Body], which: impl Fn(&Body, &Fate) -> bool) -> u32 {
        let pairs = bodies.iter().zip(&self.fates);
        pairs.filter(|(body, fate)| which(body, fate)).count() as u32
    }
}

/// Samples one outbreak of one draw. It is given up once more than `most_trusts` trusts are infected.
///
/// # Errors
/// When the engine refuses the draw, which it never should.
pub fn sample(
    bodies: &[Body],
    parameters: &Parameters,
    what_if: &WhatIf,
    seed: u64,
    draw: u64,
    most_trusts: u32,
) -> Result<Outcome, InputError> {
    let world = world(bodies, parameters, what_if, seed, draw);
    sample_world(bodies, parameters, world, seed, draw, most_trusts)
}

/// The same of a world that is at hand.
pub(super) fn sample_world(
    bodies: &[Body],
    parameters: &Parameters,
    world: World,
    seed: u64,
    draw: u64,
    most_trusts: u32,
) -> Result<Outcome, InputError> {
    let prepared = Prepared::new(&world.input)?;
    let place = |unit: u32| {
        let unit = prepared.unit(unit);
        let network = unit.network.expect("every machine has one");
        let mut hosts = unit.hosts.iter();
        Place {
            body: world.input.networks[network as usize].organisation,
            network,
            is_server: hosts
                .any(|host| world.is_server[usize::from(world.input.hosts[*host as usize].class)]),
        }
    };
    let places: Vec<Place> = (0..prepared.units()).map(place).collect();
    let fates = bodies.iter().enumerate().map(|(number, _)| Fate {
        infected: 0,
        first_hours: f64::INFINITY,
        noticed_hours: f64::INFINITY,
        acted_hours: f64::INFINITY,
        isolates: world.people[number].isolates,
        shuts_down: world.people[number].shuts_down,
        report_delay: world.people[number].report_delay,
        precaution_hours: world.people[number].precaution_hours,
        out: Vec::new(),
        practices: 0,
    });
    let mut watcher = Watcher {
        bodies,
        places,
        practice_of_network: world.practice_of_network,
        notices_after: parameters.notices_after.round().max(1.0) as u32,
        trusts: 0,
        most_trusts,
        fates: fates.collect(),
    };
    prepared.sample(seed, draw, &mut Scratch::new(), &mut watcher);
    Ok(Outcome {
        is_given_up: watcher.is_done(),
        fates: watcher.fates,
    })
}

/// Where a unit stands.
#[derive(Clone, Copy)]
struct Place {
    body: u32,
    network: u32,
    is_server: bool,
}

struct Watcher<'a> {
    bodies: &'a [Body],
    /// Of each unit.
    places: Vec<Place>,
    /// 0 once a practice was counted.
    practice_of_network: Vec<u16>,
    notices_after: u32,
    trusts: u32,
    most_trusts: u32,
    fates: Vec<Fate>,
}

impl Watcher<'_> {
    /// Another machine is out of service.
    fn out(&mut self, hours: f64, unit: u32, which: Option<usize>) {
        let place = self.places[unit as usize];
        let Some(fate) = self.fates.get_mut(place.body as usize) else {
            return;
        };
        if fate.out.is_empty() {
            fate.out = vec![[0; 3]; Clock::HORIZON_HOURS as usize + 1];
        }
        fate.out[hours as usize][which.unwrap_or(usize::from(place.is_server))] += 1;
    }

    fn infected(&mut self, hours: f64, unit: u32) {
        let notices_after = self.notices_after;
        let Place { body, network, .. } = self.places[unit as usize];
        let Some(fate) = self.fates.get_mut(body as usize) else {
            return;
        };
        fate.infected += 1;
        if fate.infected == 1 {
            fate.first_hours = hours;
            self.trusts += u32::from(self.bodies[body as usize].kind.is_trust());
        }
        if fate.infected == notices_after {
            fate.noticed_hours = hours;
        }
        let practice = &mut self.practice_of_network[network as usize];
        if *practice > 0 {
            *practice = 0;
            fate.practices += 1;
        }
    }
}

impl Watch for Watcher<'_> {
    const WANTS_ACROSS: bool = false;

    fn note(&mut self, hours: f64, event: Event) {
        match event {
            Event::Infected {
                unit,
                is_repeat: false,
                ..
            } => self.infected(hours, unit),
            Event::Crashed { unit } => self.out(hours, unit, Some(2)),
            Event::Disabled { unit } => self.out(hours, unit, None),
            Event::Acted { organisation } => {
                if let Some(fate) = self.fates.get_mut(organisation as usize) {
                    fate.acted_hours = hours;
                    // A cut that was warned of came first, and nothing was infected yet: a precaution.
                    if fate.is_infected() {
                        fate.precaution_hours = None;
                    }
                }
            }
            Event::Infected { .. }
            | Event::Answered { .. }
            | Event::Patched { .. }
            | Event::Rebuilt { .. } => {}
        }
    }

    fn is_done(&self) -> bool {
        self.trusts > self.most_trusts
    }
}
