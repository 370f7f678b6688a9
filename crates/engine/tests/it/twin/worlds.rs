//! Random small worlds: in five of six every feature of the input is on, in the others some.

use wardround_engine::{
    Attachment, Class, Contact, Delay, Dormancy, Entries, Host, Input, KillSwitch, Link, Network,
    Opening, Organisation, Outside, Payload, Pressure, Realm, Response, Schedule, Scope, Stream,
    StreamKind,
};

use super::observed::{hosts_open_to_something, literal};
use super::random::Random;
use super::simpler::{FEATURES, without};

/// How many worlds the comparisons are made in.
pub(crate) const WORLDS: u64 = 60;

/// The world of a number, always the same: the first that is drawn in which outbreaks are neither trivial nor take all.
pub(crate) fn world(number: u64) -> Input {
    let mut maker = Maker {
        random: Random::new(2017, number),
        on: if has_everything(number) { 1.0 } else { 0.6 },
        horizon_hours: 0.0,
        vectors: 0,
    };
    // Answers and repeats need several things at once: every second world has the former, every fourth the latter.
    let least_answered = if number.is_multiple_of(2) { 0.3 } else { 0.0 };
    let least_repeats = if number.is_multiple_of(4) { 0.3 } else { 0.0 };
    loop {
        let world = maker.world(number);
        if has_everything(number) && !has_every_feature(&world) {
            continue;
        }
        let has_schedules = world.classes.iter().any(|it| it.schedule.is_some());
        if least_answered > 0.0 && !(world.kill_switch.is_some() && has_schedules) {
            continue;
        }
        let outbreaks = literal(&world, number, 0..60);
        let of = |name: usize| outbreaks.iter().map(|it| it[name]).sum::<f64>() / 60.0;
        let (infected, repeats, answered) = (of(0), of(1), of(4));
        let share = infected / f64::from(hosts_open_to_something(&world));
        let is_middling = infected >= 5.0 && (0.15..0.85).contains(&share);
        if is_middling && answered >= least_answered && repeats >= least_repeats {
            return world;
        }
    }
}

/// Whether the world of a number has every feature.
fn has_everything(number: u64) -> bool {
    number % 6 != 3
}

/// Whether a world changes whichever feature is taken from it.
pub(crate) fn has_every_feature(world: &Input) -> bool {
    FEATURES
        .iter()
        .all(|feature| without(world, feature) != *world)
}

struct Maker {
    random: Random,
    on: f64,
    horizon_hours: f64,
    vectors: u8,
}

impl Maker {
    fn world(&mut self, number: u64) -> Input {
        self.horizon_hours = self.random.between(12.0, 40.0);
        self.vectors = self.random.pick(&[1, 1, 2, 2, 3]);
        let organisation_count = self.random.pick(&[1, 2, 2, 3, 3, 4]);
        let schedules = (0..1 + self.random.below(3))
            .map(|_| self.schedule())
            .collect::<Vec<_>>();
        let organisations = (0..organisation_count)
            .map(|_| Organisation {
                response: self.response(schedules.len()),
            })
            .collect();
        let realm_count = self.random.pick(&[1, 1, 2]);
        let mut networks = self.networks(organisation_count, realm_count);
        let (classes, of_hosts) = self.classes(schedules.len());
        let host_count = if number % 6 == 5 {
            40 + self.random.below(21)
        } else {
            10 + self.random.below(21)
        };
        let hosts = self.hosts(host_count, networks.len(), of_hosts);
        let further = self.further(&hosts, networks.len());
        for (id, network) in (0..).zip(&mut networks) {
            let attached = hosts.iter().filter(|it| it.network == Some(id)).count()
                + further.iter().filter(|it| it.network == id).count();
            network.addresses = (attached + 1 + self.random.below(attached + 3)) as f64;
        }
        let realms = (0..realm_count)
            .map(|id| self.realm(id as u32, &networks))
            .collect();
        let links = self.links(networks.len());
        let contacts = self.contacts(host_count);
        let mut input = Input {
            realms,
            organisations,
            networks,
            links,
            vectors: self.vectors,
            classes,
            schedules,
            hosts,
            further,
            contacts,
            streams: self.streams(),
            latency: self.latency(),
            dormancy: None,
            removal_mean_hours: None,
            payload: None,
            kill_switch: None,
            outside: None,
            start_hour_of_week: self.random.between(0.0, 168.0),
            entries: Entries::Nobody,
            horizon_hours: self.horizon_hours,
        };
        self.worm(&mut input);
        input
    }

    fn is_on(&mut self) -> bool {
        self.random.chance(self.on)
    }

    fn worm(&mut self, input: &mut Input) {
        let horizon = self.horizon_hours;
        if self.is_on() {
            input.dormancy = Some(Dormancy {
                falls_per_hour: self.random.between(0.05, 0.4),
                wakes_per_hour: self.random.between(0.1, 1.0),
            });
        }
        if self.is_on() {
            input.removal_mean_hours = Some(horizon * self.random.between(0.3, 1.5));
        }
        if self.is_on() {
            input.payload = Some(Payload {
                mean_hours: horizon * self.random.pick(&[0.0, 0.15, 0.4, 0.8, 1.5]),
                ends_spread: self.random.chance(0.6),
            });
            // A payload that strikes at once and ends the spread leaves no outbreak.
            if let Some(payload) = &mut input.payload {
                payload.ends_spread &= payload.mean_hours > 0.0;
            }
        }
        if self.is_on() {
            input.kill_switch = Some(KillSwitch {
                live_from_hours: horizon * self.random.pick(&[-0.1, 0.05, 0.1, 0.2, 0.3, 0.5]),
            });
        }
        if self.random.chance(0.5) {
            self.cut_after_the_switch(input);
        }
        if self.is_on() {
            let mut from_hours = self.random.pick(&[-2.0, 0.0, 0.15 * horizon]);
            let mut pressure = Vec::new();
            for _ in 0..1 + self.random.below(3) {
                pressure.push(Pressure {
                    from_hours,
                    probes_per_hour: self.random.pick(&[0.0, 0.05, 0.3, 0.6]) / horizon,
                });
                from_hours += horizon * self.random.between(0.1, 0.4);
            }
            pressure[0].probes_per_hour += 0.2 / horizon;
            input.outside = Some(Outside {
                vector: self.vector(),
                pressure,
            });
        }
        let count = input.hosts.len();
        let mut ids: Vec<u32> = (0..count as u32).collect();
        for from in 0..count {
            ids.swap(from, from + self.random.below(count - from));
        }
        input.entries = match self.random.below(10) {
            0 | 1 if input.outside.is_some() => Entries::Nobody,
            0..=5 => {
                ids.truncate(1 + self.random.below(3));
                Entries::These(ids)
            }
            _ => {
                ids.truncate(2 + self.random.below(count - 2));
                Entries::OneOf(ids)
            }
        };
    }

    /// Everybody who responds cuts itself off a while after the switch is live, and but for one not before: hosts that it saved
    /// fall again.
    fn cut_after_the_switch(&mut self, input: &mut Input) {
        let Some(switch) = &mut input.kill_switch else {
            return;
        };
        let horizon = self.horizon_hours;
        switch.live_from_hours = horizon * self.random.between(0.05, 0.3);
        let live = switch.live_from_hours;
        let responses = input.organisations.iter_mut();
        for (place, response) in responses.filter_map(|it| it.response.as_mut()).enumerate() {
            response.isolates = true;
            response.after_infections = response.after_infections.filter(|_| place == 0);
            response.at_hours = Some(live + horizon * self.random.between(0.1, 0.4));
        }
    }

    fn vector(&mut self) -> u8 {
        self.random.below(self.vectors.into()) as u8
    }

    /// Hours on and hours off, like shifts.
    fn schedule(&mut self) -> Schedule {
        let mut is_on = [false; 168];
        let mut hour = 0;
        while hour < 168 {
            let on = 3 + self.random.below(9);
            is_on[hour..168.min(hour + on)].fill(true);
            hour += on + 1 + self.random.below(6);
        }
        Schedule { is_on }
    }

    fn response(&mut self, schedules: usize) -> Option<Response> {
        if !self.is_on() {
            return None;
        }
        let horizon = self.horizon_hours;
        let notices = self.random.chance(0.85);
        let after_infections = notices.then(|| 1 + self.random.below(7) as u32);
        let warned = !notices || self.random.chance(0.3);
        Some(Response {
            after_infections,
            counts_disabled: after_infections.is_some_and(|after| after % 3 == 0),
            delay: self.delay(horizon * 0.15),
            at_hours: warned.then(|| horizon * self.random.between(0.2, 0.9)),
            isolates: self.random.chance(0.65),
            patches_per_hour: self.random.pick(&[0.0, 2.0, 5.0, 12.0]) / horizon,
            rebuilds_per_hour: self.random.pick(&[0.0, 2.0, 5.0, 12.0]) / horizon,
            staff_schedule: self.schedule_of(schedules),
        })
    }

    fn schedule_of(&mut self, schedules: usize) -> Option<u16> {
        let has_one = self.random.chance(0.8 * self.on);
        has_one.then(|| self.random.below(schedules) as u16)
    }

    fn delay(&mut self, scale: f64) -> Delay {
        match self.random.below(3) {
            0 => Delay::Fixed(scale * self.random.between(0.5, 1.5)),
            1 => Delay::Exponential { mean: scale },
            _ => Delay::Uniform {
                from: scale * self.random.pick(&[0.0, 0.5]),
                to: scale * self.random.between(1.0, 2.0),
            },
        }
    }

    fn latency(&mut self) -> Delay {
        if self.is_on() {
            let scale = self.horizon_hours * self.random.pick(&[0.02, 0.06, 0.12]);
            self.delay(scale)
        } else {
            Delay::Fixed(0.0)
        }
    }

    fn networks(&mut self, organisations: usize, realms: usize) -> Vec<Network> {
        let count = (organisations + self.random.below(5)).clamp(2, 8);
        let mut networks = Vec::new();
        for id in 0..count {
            let organisation = if id < organisations {
                id
            } else {
                self.random.below(organisations)
            };
            let has_realm = self.random.chance(0.88);
            networks.push(Network {
                organisation: organisation as u32,
                realm: has_realm.then(|| self.random.below(realms) as u32),
                addresses: 1.0,
                leaves: self.random.chance(0.85),
                enters: self.random.chance(0.8),
                leaves_organisation: self.random.chance(0.85),
                enters_organisation: self.random.chance(0.8),
            });
        }
        networks
    }

    /// Some of the space is empty.
    fn realm(&mut self, id: u32, networks: &[Network]) -> Realm {
        let of_realm = networks.iter().filter(|it| it.realm == Some(id));
        let held: f64 = of_realm.map(|it| it.addresses).sum();
        let empty = self.random.below(1 + held as usize / 3) as f64;
        Realm {
            addresses: (held + empty).max(1.0),
        }
    }

    /// Classes, and how many of them, the first ones, hosts have at the beginning.
    fn classes(&mut self, schedules: usize) -> (Vec<Class>, usize) {
        let mut classes = Vec::new();
        for _ in 0..2 + self.random.below(4) {
            let mut openings: Vec<Opening> = (0..self.vectors).map(|_| self.opening()).collect();
            if openings.iter().all(|it| it.success == 0.0) && self.random.chance(0.6) {
                openings[0].success = 1.0;
            }
            let carries = (0..self.vectors).map(|_| self.random.chance(0.85));
            let carries = carries.collect();
            classes.push(Class {
                openings,
                carries,
                answers_kill_switch: self.random.chance(0.65),
                is_exposed: self.random.chance(0.4),
                schedule: self.schedule_of(schedules),
                patched: None,
            });
        }
        let base = classes.len();
        for class in 0..base {
            if !self.random.chance(0.75) {
                continue;
            }
            let mut patched = classes[class].clone();
            let closed = self.random.below(self.vectors.into());
            for (vector, opening) in patched.openings.iter_mut().enumerate() {
                if vector == closed || self.random.chance(0.5) {
                    *opening = Opening::CLOSED;
                }
            }
            classes[class].patched = Some(classes.len() as u16);
            classes.push(patched);
        }
        let of_hosts = (base + self.random.below(2)).min(classes.len());
        (classes, of_hosts)
    }

    fn opening(&mut self) -> Opening {
        let has_crash = self.random.chance(0.5 * self.on);
        Opening {
            success: self
                .random
                .pick(&[0.0, 0.05, 0.15, 0.3, 0.5, 0.7, 0.9, 1.0, 1.0]),
            crash: if has_crash {
                self.random.pick(&[0.03, 0.1, 0.3, 1.0])
            } else {
                0.0
            },
        }
    }

    fn hosts(&mut self, count: usize, networks: usize, classes: usize) -> Vec<Host> {
        let mut hosts = Vec::new();
        for _ in 0..count {
            let has_network = !self.random.chance(0.05 * self.on);
            hosts.push(Host {
                network: has_network.then(|| self.random.below(networks) as u32),
                class: self.random.below(classes) as u16,
            });
        }
        hosts
    }

    fn further(&mut self, hosts: &[Host], networks: usize) -> Vec<Attachment> {
        let mut further = Vec::new();
        if !self.is_on() {
            return further;
        }
        for (host, it) in (0..).zip(hosts) {
            let Some(first) = it.network else {
                continue;
            };
            for network in 0..networks as u32 {
                if network != first && self.random.chance(0.15 / networks as f64) {
                    further.push(Attachment { host, network });
                }
            }
        }
        further
    }

    fn links(&mut self, networks: usize) -> Vec<Link> {
        let count = if self.is_on() {
            self.random.below(5)
        } else {
            0
        };
        (0..count)
            .map(|_| Link {
                from: self.random.below(networks) as u32,
                to: self.random.below(networks) as u32,
            })
            .collect()
    }

    fn contacts(&mut self, hosts: usize) -> Vec<Contact> {
        if !self.is_on() {
            return Vec::new();
        }
        let mut contacts = Vec::new();
        for _ in 0..hosts {
            let (from, to) = (self.random.below(hosts), self.random.below(hosts));
            if from != to {
                contacts.push(Contact {
                    from: from as u32,
                    to: to as u32,
                    vector: self.vector(),
                    attempts_per_hour: (self.random.between(0.5, 10.0) / self.horizon_hours) as f32,
                });
            }
        }
        contacts
    }

    /// Rates at which one host alone would infect a few others by the horizon.
    fn streams(&mut self) -> Vec<Stream> {
        let count = 1 + self.random.below(4);
        let pace = self.random.between(15.0, 90.0) / self.horizon_hours / count as f64;
        let mut streams = Vec::new();
        for _ in 0..count {
            let kind = self.random.pick(&[
                StreamKind::Uniform(Scope::Network),
                StreamKind::Uniform(Scope::Organisation),
                StreamKind::Uniform(Scope::Realm),
                StreamKind::Uniform(Scope::Realm),
                StreamKind::Sweep,
                StreamKind::Sweep,
            ]);
            streams.push(Stream {
                vector: self.vector(),
                kind,
                probes_per_hour: pace * self.random.between(0.6, 1.8),
            });
        }
        streams
    }
}
