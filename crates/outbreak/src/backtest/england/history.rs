//! What became of each body in one sampled outbreak.

use wardround_engine::fast::{Prepared, Scratch};
use wardround_engine::{Event, InputError, Watch};

use super::alert::{alert_hours, reported_before_alert};
use super::bodies::{Body, Kind, Region};
use super::world::{Clock, People, WhatIf, World, world};
use crate::backtest::Parameters;

/// What became of one body.
#[derive(Clone, Debug, PartialEq)]
pub struct Fate {
    /// Different machines infected.
    pub infected: u32,
    /// How many the payload struck.
    pub struck: u32,
    /// When its first machine was infected, in hours.
    pub first_hours: f64,
    /// When it noticed.
    pub noticed_hours: f64,
    /// When it acted.
    pub acted_hours: f64,
    /// When it switched everything off, which stays off beyond the horizon or is clean by then: nothing more befalls it.
    pub off_hours: f64,
    /// Whether it cut itself off when it acted.
    pub isolates: bool,
    /// Whether it switches everything off once it has noticed and acted.
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
    /// Nothing became of it yet.
    fn before(people: &People) -> Self {
        Self {
            infected: 0,
            struck: 0,
            first_hours: f64::INFINITY,
            noticed_hours: f64::INFINITY,
            acted_hours: f64::INFINITY,
            off_hours: f64::INFINITY,
            isolates: people.isolates,
            shuts_down: people.shuts_down,
            report_delay: people.report_delay,
            precaution_hours: people.precaution_hours,
            out: Vec::new(),
            practices: 0,
        }
    }

    /// It switches everything off, if it would and has both noticed and acted.
    fn switches_off(&mut self, hours: f64) {
        if self.shuts_down && self.noticed_hours.is_finite() && self.acted_hours.is_finite() {
            self.off_hours = self.off_hours.min(hours);
        }
    }

    /// Whether a machine of it was infected.
    #[must_use]
    pub const fn is_infected(&self) -> bool {
        self.infected > 0
    }

    /// Whether it knew that it was infected: it noticed by the horizon. Only such can have been counted.
    #[must_use]
    pub const fn is_known(&self) -> bool {
        self.is_infected() && self.noticed_hours.is_finite()
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
pub struct History {
    /// One for each.
    pub fates: Vec<Fate>,
    /// Whether it was given up because more trusts were infected than wanted.
    pub is_given_up: bool,
}

impl History {
    /// Trusts infected that knew it.
    #[must_use]
    pub fn trusts_infected(&self, bodies: &[Body]) -> u32 {
        self.count(bodies, |body, fate| body.kind.is_trust() && fate.is_known())
    }

    /// Trusts infected in a region that knew it.
    #[must_use]
    pub fn trusts_infected_in(&self, bodies: &[Body], region: Region) -> u32 {
        self.count(bodies, |body, fate| {
            body.kind.is_trust() && body.region == region && fate.is_known()
        })
    }

    /// Trusts that cut themselves off and knew of no infection.
    #[must_use]
    pub fn trusts_cut_off_only(&self, bodies: &[Body]) -> u32 {
        self.count(bodies, |body, fate| {
            body.kind.is_trust() && !fate.is_known() && fate.precaution_hours.is_some()
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

/// Samples one outbreak of one draw. It is given up once more than `most_trusts` trusts know that they are infected.
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
) -> Result<History, InputError> {
    let reported = if *what_if == WhatIf::default() {
        0
    } else {
        reported_before_alert(bodies, parameters, seed, draw)?
    };
    sample_after(
        bodies,
        parameters,
        what_if,
        reported,
        seed,
        draw,
        most_trusts,
    )
}

/// The same where it is known how many had reported in the draw, as it was, when the alert came; as it was that is not asked.
pub(super) fn sample_after(
    bodies: &[Body],
    parameters: &Parameters,
    what_if: &WhatIf,
    reported: usize,
    seed: u64,
    draw: u64,
    most_trusts: u32,
) -> Result<History, InputError> {
    let alert = alert_hours(bodies, parameters, what_if, reported, seed, draw)?;
    let world = world(bodies, parameters, what_if, alert, seed, draw);
    let seed = what_if.seed_of_outbreak(seed, draw);
    sample_world(bodies, world, seed, draw, Until::TrustsAbove(most_trusts))
}

/// When a sampled outbreak is told no further.
#[derive(Clone, Copy)]
pub(super) enum Until {
    /// More than so many trusts know that they are infected.
    TrustsAbove(u32),
    /// So many hours are over.
    Hours(f64),
    /// A body is infected.
    AnyInfected,
    /// So many of England's organisations have reported, and the hour of the alert is over.
    Reports(usize),
}

/// The same of a world that is at hand.
pub(super) fn sample_world(
    bodies: &[Body],
    world: World,
    seed: u64,
    draw: u64,
    until: Until,
) -> Result<History, InputError> {
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
    let fates = world.people.iter().map(Fate::before);
    let fates = fates.collect();
    let mut watcher = Watcher {
        bodies,
        places,
        practice_of_network: world.practice_of_network,
        people: world.people,
        trusts: 0,
        until,
        now: 0.0,
        is_any_infected: false,
        reports: Vec::new(),
        fates,
    };
    prepared.sample(seed, draw, &mut Scratch::new(), &mut watcher);
    Ok(History {
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
    people: Vec<People>,
    trusts: u32,
    until: Until,
    now: f64,
    is_any_infected: bool,
    /// When those of England that have noticed report, ascending.
    reports: Vec<f64>,
    fates: Vec<Fate>,
}

impl Watcher<'_> {
    /// Another machine is out of service: the payload struck it, or it crashed.
    fn out(&mut self, hours: f64, unit: u32, is_struck: bool) {
        let place = self.places[unit as usize];
        let Some(fate) = self.fates.get_mut(place.body as usize) else {
            return;
        };
        if fate.off_hours <= hours {
            return;
        }
        if fate.out.is_empty() {
            fate.out = vec![[0; 3]; Clock::HORIZON_HOURS as usize + 1];
        }
        let which = if is_struck {
            usize::from(place.is_server)
        } else {
            2
        };
        fate.out[hours as usize][which] += 1;
        if is_struck {
            fate.struck += 1;
            if fate.struck == self.people[place.body as usize].notices_after {
                fate.noticed_hours = hours;
                let body = &self.bodies[place.body as usize];
                self.trusts += u32::from(body.kind.is_trust());
                if body.is_of_england() {
                    let reports = hours + fate.report_delay;
                    let place = self.reports.partition_point(|other| *other <= reports);
                    self.reports.insert(place, reports);
                }
                fate.switches_off(hours);
            }
        }
    }

    fn infected(&mut self, hours: f64, unit: u32) {
        let Place { body, network, .. } = self.places[unit as usize];
        let Some(fate) = self.fates.get_mut(body as usize) else {
            return;
        };
        if fate.off_hours <= hours {
            return;
        }
        fate.infected += 1;
        self.is_any_infected = true;
        if fate.infected == 1 {
            fate.first_hours = hours;
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
        self.now = hours;
        match event {
            Event::Infected {
                unit,
                is_repeat: false,
                ..
            } => self.infected(hours, unit),
            Event::Crashed { unit } => self.out(hours, unit, false),
            Event::Disabled { unit } => self.out(hours, unit, true),
            Event::Acted { organisation } => {
                if let Some(fate) = self.fates.get_mut(organisation as usize) {
                    fate.acted_hours = hours;
                    // It acted on what it saw before any warning: no precaution is left to take.
                    if fate.precaution_hours.is_some_and(|warned| warned > hours) {
                        fate.precaution_hours = None;
                    }
                    fate.switches_off(hours);
                }
            }
            Event::Infected { .. }
            | Event::Answered { .. }
            | Event::Patched { .. }
            | Event::Rebuilt { .. } => {}
        }
    }

    fn is_done(&self) -> bool {
        match self.until {
            Until::TrustsAbove(most) => self.trusts > most,
            Until::Hours(hours) => self.now >= hours,
            Until::AnyInfected => self.is_any_infected,
            Until::Reports(wanted) => {
                let last = self.reports.get(wanted.saturating_sub(1));
                self.now >= Clock::ALERT_HOURS && last.is_some_and(|hours| *hours <= self.now)
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use wardround_engine::{Across, Event, Watch};

    use super::{Fate, Place, Until, Watcher};
    use crate::backtest::england::bodies::bodies;
    use crate::backtest::england::world::People;

    /// One trust of which the fourth machine struck is noticed.
    fn watcher(bodies: &[crate::backtest::england::Body], people: People) -> Watcher<'_> {
        Watcher {
            bodies,
            places: vec![Place {
                body: 0,
                network: 0,
                is_server: false,
            }],
            practice_of_network: vec![0],
            people: vec![people],
            trusts: 0,
            until: Until::TrustsAbove(10),
            now: 0.0,
            is_any_infected: false,
            reports: Vec::new(),
            fates: vec![Fate::before(&people)],
        }
    }

    const PEOPLE: People = People {
        notices_after: 4,
        precaution_hours: Some(9.0),
        report_delay: 0.5,
        isolates: true,
        shuts_down: true,
    };

    fn infected() -> Event {
        Event::Infected {
            unit: 0,
            across: Across::SameNetwork,
            from: None,
            is_repeat: false,
        }
    }

    #[test]
    fn a_ransom_note_is_noticed_and_what_is_switched_off_is_infected_no_further() {
        let bodies = bodies();
        let mut watcher = watcher(&bodies, PEOPLE);
        for hour in 1..=6 {
            watcher.note(f64::from(hour), infected());
        }
        assert!(!watcher.fates[0].is_known());
        for hour in [6.1, 6.2, 6.3, 6.4] {
            watcher.note(hour, Event::Disabled { unit: 0 });
        }
        assert!((watcher.fates[0].noticed_hours - 6.4).abs() < 1e-12);
        assert_eq!(watcher.trusts, 1);
        watcher.note(7.0, Event::Acted { organisation: 0 });
        watcher.note(7.5, infected());
        watcher.note(7.6, Event::Disabled { unit: 0 });
        let fate = &watcher.fates[0];
        assert_eq!((fate.infected, fate.struck), (6, 4));
        assert!(fate.is_known() && fate.precaution_hours.is_none());
        assert!((fate.reported_hours() - 6.9).abs() < 1e-12);
    }

    #[test]
    fn an_infected_body_that_cut_itself_off_unawares_reports_the_cut() {
        let bodies = bodies();
        let mut watcher = watcher(&bodies, PEOPLE);
        watcher.note(1.0, infected());
        watcher.note(9.0, Event::Acted { organisation: 0 });
        watcher.note(9.1, infected());
        let fate = &watcher.fates[0];
        assert!((fate.reported_hours() - 9.5).abs() < 1e-12);
        // It does not know, so it switches nothing off.
        assert_eq!(fate.infected, 2);
    }
}
