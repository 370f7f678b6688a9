//! One draw of England in May 2017: the bodies, a value for each parameter and a what-if become the engine's input.

use rand::RngExt;
use rand_distr::{Beta, Binomial, Distribution, Exp1, Normal, Poisson};
use rand_pcg::Pcg64Mcg;
use wardround_engine::{
    Class, Delay, Entries, Host, Input, KillSwitch, Network, Opening, Organisation, Outside,
    Payload, Pressure, Realm, Response, Schedule, Scope, Stream, StreamKind,
};

use super::bodies::{Body, Region};
use crate::backtest::Parameters;
use crate::draws::{Decides, generator};
use crate::population::PresenceRules;

/// The moments of 12 May 2017, in hours after the first activity at 07:24 UTC (Financial Times, by ABC News).
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Clock;

impl Clock {
    /// 08:24 British summer time on a Friday, as an hour of the week.
    pub const START_HOUR_OF_WEEK: f64 = 4.0 * 24.0 + 8.4;
    /// NHS England declares a major incident at 15:00 UTC (Public Accounts Committee, HC 787).
    pub const ALERT_HOURS: f64 = 7.6;
    /// The kill switch is registered at 15:08 UTC (Wired, taken as UTC: a stamp to the second is a registry's).
    pub const KILL_SWITCH_HOURS: f64 = 7.0 + 44.0 / 60.0;
    /// Outbreaks are followed until Monday morning.
    pub const HORIZON_HOURS: f64 = 72.0;

    /// Hours after the first activity of an hour of that Friday in British summer time.
    #[must_use]
    pub fn of_bst(hour: f64) -> f64 {
        hour - 8.4
    }
}

/// By which way it came in: what the data do not settle.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum WayIn {
    /// From the internet into each body; nothing passes between bodies.
    Internet,
    /// From the internet into bodies, and over the national network.
    Both,
    /// Over the national network, into which a partner brought it.
    National,
}

impl Parameters {
    /// The way in.
    #[must_use]
    pub fn way(&self) -> WayIn {
        match self.way_in {
            at if at < 1.0 / 3.0 => WayIn::Internet,
            at if at > 2.0 / 3.0 => WayIn::National,
            _ => WayIn::Both,
        }
    }

    /// Infected machines on the internet after so many hours: logistic growth, by probes at addresses drawn evenly, until the
    /// kill switch keeps new ones from starting.
    #[must_use]
    pub fn internet_infected(&self, hours: f64, kill_switch_hours: Option<f64>) -> f64 {
        let grown = kill_switch_hours.map_or(hours, |live| hours.min(live));
        let open = self.internet_open;
        let first = self.internet_first.min(open);
        let growth = self.uniform_probes_per_hour * self.success_seven * open / INTERNET_ADDRESSES;
        let odds = first / (open - first).max(1.0) * (growth * grown).exp();
        open * odds / (1.0 + odds)
    }
}

/// IPv4 below 224.0.0.0 without 127.0.0.0/8.
pub(crate) const INTERNET_ADDRESSES: f64 = 3_741_319_168.0;

/// What is otherwise than it was.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct WhatIf {
    /// When the kill switch is live, in hours; none: never.
    pub kill_switch_hours: Option<f64>,
    /// The share of machines without the update that still lack it.
    pub still_lacks_update: f64,
    /// Whether the port is denied between bodies.
    pub denied_between: bool,
    /// Whether no body lets the internet reach a machine on the port.
    pub internet_closed: bool,
    /// How long acting takes, in proportion.
    pub acting: f64,
}

impl Default for WhatIf {
    fn default() -> Self {
        Self {
            kill_switch_hours: Some(Clock::KILL_SWITCH_HOURS),
            still_lacks_update: 1.0,
            denied_between: false,
            internet_closed: false,
            acting: 1.0,
        }
    }
}

/// Shares of systems. Windows XP: NHS Digital, May 2017. Windows 7: above the 76 % of June 2019. Servers: assumed.
pub(super) const SEVEN: f64 = 0.86;
pub(super) const SERVER_2008: f64 = 0.04;
pub(super) const XP: f64 = 0.047;

/// A share of machines in an inner boundary's prior, in machines' worth of certainty: as in `data/unknowns.toml`.
const BOUNDARY_CERTAINTY: f64 = 4.0;
const EGRESS_CERTAINTY: f64 = 4.0;
/// Which share of a network's addresses stand for machines: assumed.
const FILLED: f64 = 0.4;
/// Machines of the partner that brings it into the national network.
const PARTNER_MACHINES: u32 = 50;

/// One draw, ready for the engine.
pub(super) struct World {
    pub(super) input: Input,
    /// The body of each engine organisation is the one at its position; the partner is the last, where there is one.
    /// The practice of each network: its number among all of its body's, from 1; 0: the body's own.
    pub(super) practice_of_network: Vec<u16>,
    /// How many machines each network has, with those that nothing can happen to.
    pub(super) machines_of_network: Vec<u32>,
    /// Whether a class is of servers.
    pub(super) is_server: Vec<bool>,
    /// The people of each body.
    pub(super) people: Vec<People>,
}

/// What the people of one body do.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct People {
    /// When they cut it off as a precaution, if they would.
    pub(super) precaution_hours: Option<f64>,
    /// Hours from noticing to reporting.
    pub(super) report_delay: f64,
    /// Whether they cut it off when they act.
    pub(super) isolates: bool,
    /// Whether they switch everything off when they act.
    pub(super) shuts_down: bool,
}

#[derive(Clone, Copy)]
enum Family {
    Seven = 0,
    Server = 1,
    Xp = 2,
}

/// Places of a class in the table: three families, the schedules, answering the kill switch or not, exposed or not.
fn class_of(family: Family, schedule: usize, answers: bool, exposed: bool) -> u16 {
    let place = (family as usize * SCHEDULES + schedule) * 4
        + usize::from(answers) * 2
        + usize::from(exposed);
    place as u16
}

/// One for each level of presence; the machines of the lowest are always on.
const SCHEDULES: usize = 4;
const CLASSES: usize = 3 * SCHEDULES * 4;

/// What the machines of one body have in common.
struct Habits {
    lacks_update: f64,
    egress: f64,
}

/// What passes a body's borders.
struct Borders {
    /// Whether some of its networks are reached from the national network.
    enters: bool,
    leaves: bool,
    /// Whether some of its machines are reached from the internet.
    is_facing: bool,
}

/// A machine that the internet reaches: where among its body's networks, 0 to 1, and what it is.
struct Exposed {
    place: f64,
    family: Family,
    answers: bool,
}

/// The most trusts that could be infected in a draw, told without sampling it: those that something outside them reaches.
pub(super) fn trusts_within_reach(
    bodies: &[Body],
    parameters: &Parameters,
    what_if: &WhatIf,
    seed: u64,
    draw: u64,
) -> u32 {
    let maker = Maker::new(bodies, parameters, what_if, seed, draw);
    let trusts = (0u64..).zip(bodies).filter(|(number, body)| {
        let borders = maker.borders(body);
        body.kind.is_trust()
            && (borders.enters
                || borders.is_facing && !maker.exposed(*number, &maker.habits(body)).is_empty())
    });
    trusts.count() as u32
}

pub(super) fn world(
    bodies: &[Body],
    parameters: &Parameters,
    what_if: &WhatIf,
    seed: u64,
    draw: u64,
) -> World {
    Maker::new(bodies, parameters, what_if, seed, draw).make()
}

struct Maker<'a> {
    bodies: &'a [Body],
    parameters: &'a Parameters,
    what_if: &'a WhatIf,
    seed: u64,
    draw: u64,
    levels: Vec<f64>,
    schedules: Vec<Schedule>,
    networks: Vec<Network>,
    practice_of_network: Vec<u16>,
    machines_of_network: Vec<u32>,
    hosts: Vec<Host>,
}

impl<'a> Maker<'a> {
    fn new(
        bodies: &'a [Body],
        parameters: &'a Parameters,
        what_if: &'a WhatIf,
        seed: u64,
        draw: u64,
    ) -> Self {
        let (levels, schedules) = schedules();
        Self {
            bodies,
            parameters,
            what_if,
            seed,
            draw,
            levels,
            schedules,
            networks: Vec::new(),
            practice_of_network: Vec::new(),
            machines_of_network: Vec::new(),
            hosts: Vec::new(),
        }
    }

    fn random(&self, what: Draws, of: u64) -> Pcg64Mcg {
        generator(self.seed, self.draw, Decides::Backtest, &[what as u64, of])
    }

    fn make(mut self) -> World {
        let parameters = self.parameters;
        let way = parameters.way();
        let mut organisations = Vec::new();
        let mut everybody = Vec::new();
        for (number, body) in (0u64..).zip(self.bodies) {
            let habits = self.habits(body);
            let Borders {
                enters,
                leaves,
                is_facing,
            } = self.borders(body);
            let networks = self.networks.len();
            self.networks_of(number, body, &habits, enters, leaves);
            if is_facing {
                self.facing(number, networks, &habits);
            }
            let (response, people) = self.response(number);
            organisations.push(Organisation {
                response: Some(response),
            });
            everybody.push(people);
        }
        if way != WayIn::Internet {
            organisations.push(Organisation::default());
            self.partner(organisations.len() as u32 - 1);
        }
        World {
            input: self.input(organisations),
            practice_of_network: std::mem::take(&mut self.practice_of_network),
            machines_of_network: std::mem::take(&mut self.machines_of_network),
            is_server: (0..CLASSES)
                .map(|class| class / (SCHEDULES * 4) == Family::Server as usize)
                .collect(),
            people: everybody,
        }
    }

    /// How far the log odds of a body's region are shifted: of lacking the update, of a border open to the national network,
    /// of one open to the internet.
    fn regional(&self, region: Region) -> [f64; 3] {
        let normal = Normal::new(0.0, self.parameters.region_spread.max(1e-9));
        let normal = normal.expect("the spread is finite");
        let mut random = self.random(Draws::Region, region as u64);
        std::array::from_fn(|_| normal.sample(&mut random))
    }

    /// What an administrator lets pass at the borders of its bodies.
    fn borders(&self, body: &Body) -> Borders {
        let (parameters, what_if) = (self.parameters, self.what_if);
        let way = parameters.way();
        let [_, inwards, outside] = self.regional(body.region);
        let mut random = self.random(Draws::Border, u64::from(body.administrator));
        let draws: [f64; 3] = std::array::from_fn(|_| random.random());
        Borders {
            enters: way != WayIn::Internet
                && !what_if.denied_between
                && draws[0] < shifted(parameters.national_border_open, inwards),
            leaves: !what_if.denied_between && draws[1] < parameters.national_border_leaves,
            is_facing: way != WayIn::National
                && !what_if.internet_closed
                && draws[2] < shifted(parameters.internet_border_open, outside),
        }
    }

    fn habits(&self, body: &Body) -> Habits {
        let parameters = self.parameters;
        let [lacks, ..] = self.regional(body.region);
        let mut random = self.random(Draws::Administrator, u64::from(body.administrator));
        let mean = shifted(parameters.lacks_update_mean, lacks);
        Habits {
            lacks_update: share(&mut random, mean, parameters.lacks_update_certainty),
            egress: share(&mut random, parameters.direct_egress_mean, EGRESS_CERTAINTY),
        }
    }

    fn networks_of(
        &mut self,
        number: u64,
        body: &Body,
        habits: &Habits,
        enters: bool,
        leaves: bool,
    ) {
        let parameters = self.parameters;
        let mut random = self.random(Draws::Boundaries, number);
        let open = share(
            &mut random,
            parameters.inner_boundary_open,
            BOUNDARY_CERTAINTY,
        );
        let addresses = parameters.network_addresses.round();
        let each = ((addresses * FILLED) as u32).max(1);
        let mut left = body.machines;
        while left > 0 {
            let some = left.min(each);
            left -= some;
            self.network(
                number,
                &mut random,
                some,
                addresses,
                0,
                open,
                [enters, leaves],
                habits,
            );
        }
        for (practice, machines) in (1u16..).zip(&body.practices) {
            self.network(
                number,
                &mut random,
                *machines,
                254.0,
                practice,
                open,
                [enters, leaves],
                habits,
            );
        }
    }

    #[expect(clippy::too_many_arguments, reason = "all of it is one network's")]
    fn network(
        &mut self,
        body: u64,
        random: &mut Pcg64Mcg,
        machines: u32,
        addresses: f64,
        practice: u16,
        open: f64,
        [enters, leaves]: [bool; 2],
        habits: &Habits,
    ) {
        let id = self.networks.len() as u32;
        let behind = random.random::<f64>() < self.parameters.national_networks_behind;
        let is_open = random.random::<f64>() < open;
        self.networks.push(Network {
            organisation: body as u32,
            realm: Some(0),
            addresses: addresses.max(f64::from(machines) + 16.0),
            leaves: is_open,
            enters: is_open,
            leaves_organisation: leaves,
            enters_organisation: enters && behind,
        });
        self.practice_of_network.push(practice);
        self.machines_of_network.push(machines);
        self.machines(id, machines, habits);
    }

    /// The machines of a network that the worm can take or crash; others are addresses that do not answer.
    fn machines(&mut self, network: u32, machines: u32, habits: &Habits) {
        let parameters = self.parameters;
        let mut random = self.random(Draws::Machines, u64::from(network));
        let mut thinned = self.random(Draws::Patched, u64::from(network));
        let open = habits.lacks_update * parameters.answers_share;
        for (family, of_all) in [
            (Family::Seven, SEVEN * open),
            (Family::Server, SERVER_2008 * open),
            (Family::Xp, XP * parameters.answers_share),
        ] {
            let drawn = binomial(&mut random, machines, of_all);
            for _ in 0..drawn {
                let on = match family {
                    Family::Server => 0.0,
                    Family::Seven | Family::Xp => random.random::<f64>(),
                };
                let answers = random.random::<f64>() < habits.egress;
                let lacks = thinned.random::<f64>() < self.what_if.still_lacks_update
                    || matches!(family, Family::Xp);
                let Some(schedule) = self.schedule(on) else {
                    continue;
                };
                if lacks {
                    self.hosts.push(Host {
                        network: Some(network),
                        class: class_of(family, schedule, answers, false),
                    });
                }
            }
        }
    }

    /// The hours that a machine keeps, by its number between 0 and 1; none: it is never on.
    fn schedule(&self, on: f64) -> Option<usize> {
        let place = self.levels.iter().position(|level| on < *level)?;
        Some(place)
    }

    /// Machines of a body that the internet reaches: they stand in its networks and are always on.
    fn facing(&mut self, body: u64, first_network: usize, habits: &Habits) {
        let networks = self.networks.len() - first_network;
        for Exposed {
            place,
            family,
            answers,
        } in self.exposed(body, habits)
        {
            let network = first_network + ((place * networks as f64) as usize).min(networks - 1);
            self.hosts.push(Host {
                network: Some(network as u32),
                class: class_of(family, 0, answers, true),
            });
        }
    }

    /// Those of a body's machines that the internet reaches and that are open to the worm.
    fn exposed(&self, body: u64, habits: &Habits) -> Vec<Exposed> {
        let parameters = self.parameters;
        let mut random = self.random(Draws::Facing, body);
        let more = Poisson::new((parameters.internet_machines - 1.0).max(1e-9));
        let more: f64 = more.expect("the mean is positive").sample(&mut random);
        let mut exposed = Vec::new();
        for _ in 0..1 + more as u32 {
            let [place, open, server, answers, lacks]: [f64; 5] =
                std::array::from_fn(|_| random.random());
            let is_server = server < SERVER_2008 / (SEVEN + SERVER_2008);
            if open < habits.lacks_update * (SEVEN + SERVER_2008)
                && lacks < self.what_if.still_lacks_update
            {
                exposed.push(Exposed {
                    place,
                    family: if is_server {
                        Family::Server
                    } else {
                        Family::Seven
                    },
                    answers: answers < habits.egress,
                });
            }
        }
        exposed
    }

    /// Someone outside the service who is connected to the national network, and whom the internet reaches.
    fn partner(&mut self, organisation: u32) {
        let network = self.networks.len() as u32;
        self.networks.push(Network {
            organisation,
            realm: Some(0),
            addresses: 254.0,
            leaves: true,
            enters: true,
            leaves_organisation: true,
            enters_organisation: true,
        });
        self.practice_of_network.push(0);
        self.machines_of_network.push(PARTNER_MACHINES);
        for machine in 0..PARTNER_MACHINES {
            self.hosts.push(Host {
                network: Some(network),
                class: class_of(Family::Seven, 0, false, machine == 0),
            });
        }
    }

    fn response(&self, number: u64) -> (Response, People) {
        let parameters = self.parameters;
        let mut random = self.random(Draws::People, number);
        let isolates = random.random::<f64>() < parameters.isolates_share;
        let is_careful = random.random::<f64>() < parameters.precaution_share;
        let wait: f64 = random.sample(Exp1);
        let report: f64 = random.sample(Exp1);
        let shuts_down = random.random::<f64>() < parameters.shuts_down_share;
        let precaution =
            is_careful.then_some(Clock::ALERT_HOURS + parameters.precaution_delay_hours * wait);
        let response = Response {
            after_infections: Some(parameters.notices_after.round().max(1.0) as u32),
            delay: Delay::Exponential {
                mean: parameters.acts_after_hours * self.what_if.acting,
            },
            at_hours: precaution,
            isolates: isolates || is_careful,
            // Within three days hands are too few for it to tell: a trial with 2 to 30 machines an hour for each thousand
            // changed the number infected by a twentieth and the time taken threefold.
            patches_per_hour: 0.0,
            rebuilds_per_hour: 0.0,
            staff_schedule: None,
        };
        let people = People {
            precaution_hours: precaution,
            report_delay: parameters.reports_after_hours * report,
            isolates: isolates || is_careful,
            shuts_down,
        };
        (response, people)
    }

    fn input(&mut self, organisations: Vec<Organisation>) -> Input {
        let parameters = self.parameters;
        let kill_switch = self.what_if.kill_switch_hours;
        // Machines of one network and class stand together.
        self.hosts.sort_by_key(|host| (host.network, host.class));
        Input {
            realms: vec![Realm {
                addresses: INTERNET_ADDRESSES,
            }],
            organisations,
            networks: std::mem::take(&mut self.networks),
            links: Vec::new(),
            vectors: 1,
            classes: classes(parameters),
            schedules: std::mem::take(&mut self.schedules),
            hosts: std::mem::take(&mut self.hosts),
            further: Vec::new(),
            contacts: Vec::new(),
            streams: vec![
                Stream {
                    vector: 0,
                    kind: StreamKind::Sweep,
                    probes_per_hour: parameters.sweep_probes_per_hour,
                },
                Stream {
                    vector: 0,
                    kind: StreamKind::Uniform(Scope::Realm),
                    probes_per_hour: parameters.uniform_probes_per_hour,
                },
            ],
            latency: Delay::Fixed(parameters.latency_hours),
            dormancy: None,
            removal_mean_hours: None,
            payload: Some(Payload {
                mean_hours: parameters.payload_mean_hours,
                ends_spread: false,
            }),
            kill_switch: kill_switch.map(|live_from_hours| KillSwitch { live_from_hours }),
            outside: Some(Outside {
                vector: 0,
                pressure: pressure(parameters, kill_switch),
            }),
            start_hour_of_week: Clock::START_HOUR_OF_WEEK,
            entries: Entries::Nobody,
            horizon_hours: Clock::HORIZON_HOURS,
        }
    }
}

/// What a generator is for.
#[derive(Clone, Copy)]
enum Draws {
    Region = 1,
    Administrator,
    Border,
    Boundaries,
    Machines,
    Patched,
    Facing,
    People,
}

/// The levels of presence of workstations, ascending, and the hours that machines below each keep.
pub(super) fn schedules() -> (Vec<f64>, Vec<Schedule>) {
    let shares = PresenceRules::built_in().workstation;
    let mut levels = vec![shares.office, shares.evening, shares.night, shares.weekend];
    levels.sort_by(f64::total_cmp);
    levels.dedup();
    debug_assert!(levels.len() <= SCHEDULES, "each has its classes");
    let schedules = levels.iter().map(|level| Schedule {
        is_on: std::array::from_fn(|hour| shares.at(hour) >= *level),
    });
    let schedules = schedules.collect();
    (levels, schedules)
}

fn classes(parameters: &Parameters) -> Vec<Class> {
    let class = |place: usize| {
        let (family, rest) = (place / (SCHEDULES * 4), place % (SCHEDULES * 4));
        let schedule = rest / 4;
        let (success, crash) = match family {
            0 => (parameters.success_seven, 0.0),
            1 => (parameters.success_2008, 0.0),
            _ => (0.0, parameters.crash_xp),
        };
        Class {
            openings: vec![Opening {
                success: success as f32,
                crash: crash as f32,
            }],
            carries: vec![true],
            answers_kill_switch: rest & 2 != 0,
            is_exposed: rest & 1 != 0,
            schedule: (schedule > 0).then_some(schedule as u16),
            patched: None,
        }
    };
    (0..CLASSES).map(class).collect()
}

/// Probes per hour at one address that the internet reaches, a quarter of an hour each.
fn pressure(parameters: &Parameters, kill_switch: Option<f64>) -> Vec<Pressure> {
    const STEP: f64 = 0.25;
    let steps = (24.0 / STEP) as u32;
    (0..=steps)
        .map(|step| {
            let hours = STEP * f64::from(step);
            let infected = parameters.internet_infected(hours + STEP / 2.0, kill_switch);
            Pressure {
                from_hours: hours,
                probes_per_hour: infected * parameters.uniform_probes_per_hour / INTERNET_ADDRESSES,
            }
        })
        .collect()
}

/// A share with its log odds shifted.
fn shifted(share: f64, by: f64) -> f64 {
    let odds = share / (1.0 - share) * by.exp();
    odds / (1.0 + odds)
}

fn share(random: &mut Pcg64Mcg, mean: f64, certainty: f64) -> f64 {
    let (a, b) = (mean * certainty, (1.0 - mean) * certainty);
    let beta = Beta::new(a.max(1e-3), b.max(1e-3)).expect("both are positive");
    beta.sample(random)
}

fn binomial(random: &mut Pcg64Mcg, n: u32, chance: f64) -> u32 {
    let law = Binomial::new(u64::from(n), chance.clamp(0.0, 1.0)).expect("it is a chance");
    law.sample(random) as u32
}
