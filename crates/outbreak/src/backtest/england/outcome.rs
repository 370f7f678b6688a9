//! What became of each body in one sampled outbreak.

use wardround_engine::fast::{Prepared, Scratch};
use wardround_engine::{Event, InputError, Watch};

use super::bodies::{Body, Kind, Region};
use super::world::{Clock, WhatIf, world};
use crate::backtest::Parameters;

/// What became of one body.
#[derive(Clone, Debug, PartialEq)]
pub struct Fate {
    /// Different machines infected.
    pub infected: u32,
    /// Windows XP machines crashed.
    pub crashed: u32,
    /// When its first machine was infected, in hours.
    pub first_hours: f64,
    /// When it noticed.
    pub noticed_hours: f64,
    /// When it acted.
    pub acted_hours: f64,
    /// Whether it cut itself off when it acted.
    pub isolates: bool,
    /// Hours from noticing to reporting.
    pub report_delay: f64,
    /// When it cut itself off as a precaution, if it did so at all.
    pub precaution_hours: Option<f64>,
    /// Machines put out of service in each hour.
    pub disabled: Vec<u32>,
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
    let prepared = Prepared::new(&world.input)?;
    let body_of_unit: Vec<(u32, u32)> = (0..prepared.units())
        .map(|unit| match prepared.unit(unit).network {
            Some(network) => (world.input.networks[network as usize].organisation, network),
            None => (u32::MAX, u32::MAX),
        })
        .collect();
    let fates = bodies.iter().enumerate().map(|(number, _)| Fate {
        infected: 0,
        crashed: 0,
        first_hours: f64::INFINITY,
        noticed_hours: f64::INFINITY,
        acted_hours: f64::INFINITY,
        isolates: response(&world.input, number).is_some_and(|response| response.isolates),
        report_delay: world.report_delay[number],
        precaution_hours: world.precaution_hours[number],
        disabled: Vec::new(),
        practices: 0,
    });
    let mut watcher = Watcher {
        bodies,
        body_of_unit,
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

fn response(input: &wardround_engine::Input, number: usize) -> Option<&wardround_engine::Response> {
    input.organisations[number].response.as_ref()
}

struct Watcher<'a> {
    bodies: &'a [Body],
    /// The body and the network of each unit.
    body_of_unit: Vec<(u32, u32)>,
    /// 0 once a practice was counted.
    practice_of_network: Vec<u16>,
    notices_after: u32,
    trusts: u32,
    most_trusts: u32,
    fates: Vec<Fate>,
}

impl Watcher<'_> {
    fn fate(&mut self, unit: u32) -> Option<&mut Fate> {
        let (body, _) = self.body_of_unit[unit as usize];
        self.fates.get_mut(body as usize)
    }

    fn infected(&mut self, hours: f64, unit: u32) {
        let notices_after = self.notices_after;
        let (body, network) = self.body_of_unit[unit as usize];
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
            Event::Crashed { unit } => {
                if let Some(fate) = self.fate(unit) {
                    fate.crashed += 1;
                }
            }
            Event::Disabled { unit } => {
                if let Some(fate) = self.fate(unit) {
                    if fate.disabled.is_empty() {
                        fate.disabled = vec![0; Clock::HORIZON_HOURS as usize + 1];
                    }
                    fate.disabled[hours as usize] += 1;
                }
            }
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
