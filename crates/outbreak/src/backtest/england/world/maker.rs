//! From bodies and parameters to networks, machines and people.

use rand::RngExt;
use rand_distr::{Beta, Binomial, Distribution, Exp1, Normal, Poisson};
use rand_pcg::Pcg64Mcg;
use wardround_engine::{
    Delay, Entries, Host, Input, KillSwitch, Network, Organisation, Outside, Payload, Realm,
    Response, Schedule, Scope, Stream, StreamKind,
};

use super::classes::{CLASSES, Family, SCHEDULES, class_of, classes, schedules};
use super::internet::{INTERNET_ADDRESSES, SCANS_FOR_HOURS, pressure};
use super::{Clock, People, SERVER_2008, SEVEN, WayIn, WhatIf, World, XP};
use crate::backtest::Parameters;
use crate::backtest::england::bodies::{Body, Kind, PRACTICE_MACHINES, Region};
use crate::draws::{Decides, generator};

/// A share of machines in an inner boundary's prior, in machines' worth of certainty: as in `data/unknowns.toml`.
const BOUNDARY_CERTAINTY: f64 = 4.0;
const EGRESS_CERTAINTY: f64 = 4.0;
/// Which share of a network's addresses stand for machines: assumed.
const FILLED: f64 = 0.4;
/// Machines of the partner that brings it into the national network.
const PARTNER_MACHINES: u32 = 50;

/// What the machines of one body have in common.
pub(super) struct Habits {
    lacks_update: f64,
    egress: f64,
}

/// What passes a body's borders.
pub(super) struct Borders {
    /// Whether some of its networks are reached from the national network.
    pub(super) enters: bool,
    leaves: bool,
    /// Whether some of its machines are reached from the internet.
    pub(super) is_facing: bool,
}

/// A machine that the internet reaches: where among its body's networks, 0 to 1, and what it is.
pub(super) struct Exposed {
    place: f64,
    family: Family,
    answers: bool,
}

pub(super) struct Maker<'a> {
    bodies: &'a [Body],
    parameters: &'a Parameters,
    what_if: &'a WhatIf,
    alert_hours: Option<f64>,
    still_lacks_update: f64,
    seed: u64,
    draw: u64,
    levels: Vec<f64>,
    schedules: Vec<Schedule>,
    networks: Vec<Network>,
    practice_of_network: Vec<u16>,
    machines_of_network: Vec<u32>,
    never_on_of_network: Vec<u32>,
    hosts: Vec<Host>,
}

impl<'a> Maker<'a> {
    pub(super) fn new(
        bodies: &'a [Body],
        parameters: &'a Parameters,
        what_if: &'a WhatIf,
        alert_hours: Option<f64>,
        seed: u64,
        draw: u64,
    ) -> Self {
        let (levels, schedules) = schedules();
        Self {
            bodies,
            parameters,
            what_if,
            alert_hours,
            still_lacks_update: what_if.still_lacks_update_in(parameters),
            seed,
            draw,
            levels,
            schedules,
            networks: Vec::new(),
            practice_of_network: Vec::new(),
            machines_of_network: Vec::new(),
            never_on_of_network: Vec::new(),
            hosts: Vec::new(),
        }
    }

    fn random(&self, what: Draws, of: u64) -> Pcg64Mcg {
        generator(self.seed, self.draw, Decides::Backtest, &[what as u64, of])
    }

    pub(super) fn make(mut self) -> World {
        let parameters = self.parameters;
        let way = parameters.way();
        let mut organisations = Vec::new();
        let mut everybody = Vec::new();
        let mut lacks_update = Vec::new();
        for (number, body) in (0u64..).zip(self.bodies) {
            let habits = self.habits(body);
            lacks_update.push(habits.lacks_update * self.still_lacks_update);
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
            let (response, people) = self.response(number, body);
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
            never_on_of_network: std::mem::take(&mut self.never_on_of_network),
            lacks_update,
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
    pub(super) fn borders(&self, body: &Body) -> Borders {
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

    pub(super) fn habits(&self, body: &Body) -> Habits {
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
        let mut never_on = 0;
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
                let lacks = thinned.random::<f64>() < self.still_lacks_update
                    || matches!(family, Family::Xp);
                let Some(schedule) = self.schedule(on) else {
                    never_on += u32::from(lacks);
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
        self.never_on_of_network.push(never_on);
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
    pub(super) fn exposed(&self, body: u64, habits: &Habits) -> Vec<Exposed> {
        let parameters = self.parameters;
        let mut random = self.random(Draws::Facing, body);
        let more = Poisson::new((parameters.internet_machines - 1.0).max(1e-9));
        let more: f64 = more.expect("the mean is positive").sample(&mut random);
        let mut exposed = Vec::new();
        for _ in 0..1 + more as u32 {
            let [place, open, server, answers, lacks]: [f64; 5] =
                std::array::from_fn(|_| random.random());
            let is_server = server < SERVER_2008 / (SEVEN + SERVER_2008);
            if open < habits.lacks_update * (SEVEN + SERVER_2008) && lacks < self.still_lacks_update
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
        self.never_on_of_network.push(0);
        for machine in 0..PARTNER_MACHINES {
            self.hosts.push(Host {
                network: Some(network),
                class: class_of(Family::Seven, 0, false, machine == 0),
            });
        }
    }

    fn response(&self, number: u64, body: &Body) -> (Response, People) {
        let parameters = self.parameters;
        let mut random = self.random(Draws::People, number);
        let isolates = random.random::<f64>() < parameters.isolates_share;
        let is_careful = random.random::<f64>() < parameters.precaution_share;
        let wait: f64 = random.sample(Exp1);
        let report: f64 = random.sample(Exp1);
        let shuts_down = random.random::<f64>() < parameters.shuts_down_share;
        let notices_after = notices_after(parameters, body);
        // What is switched off is cut off.
        let isolates = isolates || is_careful || shuts_down;
        let precaution = self
            .alert_hours
            .filter(|_| is_careful)
            .map(|alert| alert + parameters.precaution_delay_hours * wait);
        let response = Response {
            after_infections: Some(notices_after),
            counts_disabled: true,
            delay: Delay::Exponential {
                mean: parameters.acts_after_hours * self.what_if.acting,
            },
            at_hours: precaution,
            isolates,
            // Within three days hands are too few for it to tell: a trial with 2 to 30 machines an hour for each thousand
            // changed the number infected by a twentieth and the time taken threefold.
            patches_per_hour: 0.0,
            rebuilds_per_hour: 0.0,
            staff_schedule: None,
        };
        let people = People {
            notices_after,
            precaution_hours: precaution,
            report_delay: parameters.reports_after_hours * report,
            isolates,
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
            latency: Delay::Exponential {
                mean: parameters.latency_hours,
            },
            dormancy: None,
            // A machine of the service stops looking for others after a day on the average: here without memory.
            removal_mean_hours: Some(SCANS_FOR_HOURS),
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

/// Machines with a ransom note until a body notices: whoever sits in a surgery sees it before half of its machines show one.
fn notices_after(parameters: &Parameters, body: &Body) -> u32 {
    let machines = parameters.notices_after.round().max(1.0) as u32;
    match body.kind {
        Kind::SurgeryGroup => machines.min(PRACTICE_MACHINES.0 / 2),
        _ => machines,
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
