//! The outbreak simulated literally: every address, every probe, every attempt, every clock, hit or miss.
//!
//! Slow, and written from the documentation of `Input` alone: of the engine it uses the public types and nothing else.
//! Where the documentation left a choice a comment says which reading this is.

mod probes;
mod staff;

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use wardround_engine::{Across, Delay, Entries, Event, Input, StreamKind};

use super::random::Random;

/// Simulates one outbreak; units are the positions of hosts. The input's numbers of addresses have to be whole.
pub(crate) fn simulate(input: &Input, seed: u64, replicate: u64) -> Vec<(f64, Event)> {
    let mut literal = Literal::new(input, Random::new(seed, replicate));
    literal.begin();
    while let Some(Reverse((bits, _, position))) = literal.due.pop() {
        literal.now = f64::from_bits(bits);
        let happening = literal.happenings[position];
        literal.happen(happening);
    }
    literal.history
}

#[derive(Clone, Copy, Debug, PartialEq)]
enum Status {
    Susceptible,
    Latent,
    Active,
    Dormant,
    Removed,
    Crashed,
    Rebuilt,
}

struct HostNow {
    status: Status,
    class: usize,
    is_disabled: bool,
    was_infected: bool,
    /// When it last became susceptible again.
    susceptible_since: f64,
    /// Counts infections; what belongs to an earlier one is void.
    infection: u32,
    /// Counts changes of status; clocks of an earlier one are void.
    phase: u32,
    /// Counts sweeps begun and cut short; probes of an earlier one are void.
    sweep: u32,
    /// Hours of activity left until removal, as of `active_since`.
    removal_in: f64,
    active_since: f64,
}

#[derive(Clone, Copy)]
enum Happening {
    Acts {
        organisation: usize,
    },
    /// The next hour of the week begins.
    Hour {
        of_week: usize,
    },
    LatencyEnds {
        host: usize,
        infection: u32,
    },
    FallsDormant {
        host: usize,
        phase: u32,
    },
    Wakes {
        host: usize,
        phase: u32,
    },
    IsRemoved {
        host: usize,
        phase: u32,
    },
    PayloadStrikes {
        host: usize,
        infection: u32,
    },
    UniformProbe {
        host: usize,
        stream: usize,
        infection: u32,
    },
    SweepProbe {
        host: usize,
        stream: usize,
        network: usize,
        address: usize,
        /// When the sweep came to the network.
        came: f64,
        sweep: u32,
    },
    Attempt {
        contact: usize,
        infection: u32,
    },
    PressureStep {
        step: usize,
    },
    OutsideProbe {
        host: usize,
        step: usize,
    },
    Patch {
        organisation: usize,
    },
    Rebuild {
        organisation: usize,
    },
}

struct Literal<'a> {
    input: &'a Input,
    random: Random,
    /// Who is at each address of each network.
    occupants: Vec<Vec<Option<usize>>>,
    /// The networks of each host.
    attached: Vec<Vec<usize>>,
    hosts: Vec<HostNow>,
    is_on: Vec<bool>,
    infections: Vec<u32>,
    has_acted: Vec<bool>,
    is_isolated: Vec<bool>,
    pressure_step: Option<usize>,
    /// Times (their bits order like they do, none being negative), order at one moment, positions in `happenings`.
    due: BinaryHeap<Reverse<(u64, u8, usize)>>,
    happenings: Vec<Happening>,
    history: Vec<(f64, Event)>,
    now: f64,
}

impl<'a> Literal<'a> {
    fn new(input: &'a Input, random: Random) -> Self {
        let mut occupants: Vec<Vec<Option<usize>>> = input
            .networks
            .iter()
            .map(|network| vec![None; network.addresses as usize])
            .collect();
        let attached: Vec<Vec<usize>> = (0..input.hosts.len() as u32)
            .map(|host| input.networks_of(host).map(|id| id as usize).collect())
            .collect();
        for (host, networks) in attached.iter().enumerate() {
            for &network in networks {
                let free = occupants[network].iter_mut().find(|who| who.is_none());
                *free.expect("a network has room for its hosts") = Some(host);
            }
        }
        let host_now = |class: u16| HostNow {
            status: Status::Susceptible,
            class: class.into(),
            is_disabled: false,
            was_infected: false,
            susceptible_since: f64::NEG_INFINITY,
            infection: 0,
            phase: 0,
            sweep: 0,
            removal_in: f64::INFINITY,
            active_since: 0.0,
        };
        let hour = input.start_hour_of_week as usize;
        let organisations = input.organisations.len();
        Self {
            input,
            random,
            occupants,
            attached,
            hosts: input
                .hosts
                .iter()
                .map(|host| host_now(host.class))
                .collect(),
            is_on: input.schedules.iter().map(|on| on.is_on[hour]).collect(),
            infections: vec![0; organisations],
            has_acted: vec![false; organisations],
            is_isolated: vec![false; organisations],
            pressure_step: None,
            due: BinaryHeap::new(),
            happenings: Vec::new(),
            history: Vec::new(),
            now: 0.0,
        }
    }

    fn begin(&mut self) {
        let first = self.input.start_hour_of_week as usize + 1;
        for hour in first.. {
            let hours = hour as f64 - self.input.start_hour_of_week;
            if hours > self.input.horizon_hours {
                break;
            }
            let of_week = hour % 168;
            self.at(hours, Happening::Hour { of_week });
        }
        if let Some(outside) = &self.input.outside {
            for (step, pressure) in outside.pressure.iter().enumerate() {
                // Steps of the past follow one another at time 0, the last one stays.
                let hours = pressure.from_hours.max(0.0) + 0.0;
                self.at(hours, Happening::PressureStep { step });
            }
        }
        for organisation in 0..self.input.organisations.len() {
            match self.response(organisation).and_then(|it| it.at_hours) {
                // Reading: who acts at hour 0 has acted before the entries.
                Some(hours) if hours <= 0.0 => self.act(organisation),
                Some(hours) => self.at(hours, Happening::Acts { organisation }),
                None => {}
            }
        }
        let entries = match &self.input.entries {
            Entries::OneOf(hosts) => vec![self.random.pick(hosts)],
            Entries::These(hosts) => hosts.clone(),
            Entries::Nobody => Vec::new(),
        };
        for host in entries {
            self.infect(host as usize, Across::Entry, None);
        }
    }

    fn happen(&mut self, happening: Happening) {
        match happening {
            Happening::Acts { organisation } => self.act(organisation),
            Happening::Hour { of_week } => self.hour(of_week),
            Happening::LatencyEnds { host, infection } => {
                let now = &self.hosts[host];
                if now.infection == infection && now.status == Status::Latent {
                    self.start(host);
                }
            }
            Happening::FallsDormant { host, phase } => {
                if self.hosts[host].phase == phase {
                    let now = &mut self.hosts[host];
                    now.removal_in -= self.now - now.active_since;
                    self.become_(host, Status::Dormant);
                    let phase = self.hosts[host].phase;
                    let wakes = self.input.dormancy.map_or(0.0, |it| it.wakes_per_hour);
                    self.after_wait(wakes, Happening::Wakes { host, phase });
                }
            }
            Happening::Wakes { host, phase } => {
                if self.hosts[host].phase == phase {
                    self.become_active(host);
                }
            }
            Happening::IsRemoved { host, phase } => {
                if self.hosts[host].phase == phase {
                    self.become_(host, Status::Removed);
                }
            }
            Happening::PayloadStrikes { host, infection } => {
                let now = &self.hosts[host];
                if now.infection == infection
                    && matches!(now.status, Status::Active | Status::Dormant)
                {
                    self.disable(host);
                }
            }
            Happening::UniformProbe {
                host,
                stream,
                infection,
            } => self.uniform_probe(host, stream, infection),
            Happening::SweepProbe {
                host,
                stream,
                network,
                address,
                came,
                sweep,
            } => {
                if self.hosts[host].sweep == sweep {
                    let vector = self.input.streams[stream].vector;
                    self.sweep_probe(host, vector, network, address, came);
                }
            }
            Happening::Attempt { contact, infection } => self.attempt(contact, infection),
            Happening::PressureStep { step } => self.pressure_begins(step),
            Happening::OutsideProbe { host, step } => self.outside_probe(host, step),
            Happening::Patch { organisation } => self.patch(organisation),
            Happening::Rebuild { organisation } => self.rebuild(organisation),
        }
    }

    // The worm on a host.

    /// The name is looked up; if it is not answered the host is infected.
    fn infect(&mut self, host: usize, across: Across, from: Option<usize>) {
        if self.is_answered(host) {
            return;
        }
        let is_repeat = std::mem::replace(&mut self.hosts[host].was_infected, true);
        self.note(Event::Infected {
            unit: host as u32,
            across,
            from: from.map(|source| source as u32),
            is_repeat,
        });
        self.hosts[host].infection += 1;
        self.become_(host, Status::Latent);
        self.notice(host, false);
        let infection = self.hosts[host].infection;
        let latency = self.delay(self.input.latency);
        self.at(
            self.now + latency,
            Happening::LatencyEnds { host, infection },
        );
    }

    /// The latency is over.
    fn start(&mut self, host: usize) {
        let infection = self.hosts[host].infection;
        self.hosts[host].removal_in = self
            .input
            .removal_mean_hours
            .map_or(f64::INFINITY, |mean| self.random.wait(1.0 / mean));
        self.become_active(host);
        if let Some(payload) = self.input.payload {
            if payload.mean_hours == 0.0 {
                self.disable(host);
            } else {
                let strikes = Happening::PayloadStrikes { host, infection };
                self.after_wait(1.0 / payload.mean_hours, strikes);
            }
        }
        for (stream, it) in self.input.streams.iter().enumerate() {
            if matches!(it.kind, StreamKind::Uniform(_)) && self.carries(host, stream) {
                let probe = Happening::UniformProbe {
                    host,
                    stream,
                    infection,
                };
                self.after_wait(it.probes_per_hour, probe);
            }
        }
        // Reading: `carries` is of streams; who has contacts uses them all.
        for (contact, it) in self.input.contacts.iter().enumerate() {
            if it.from as usize == host {
                let attempt = Happening::Attempt { contact, infection };
                self.after_wait(it.attempts_per_hour.into(), attempt);
            }
        }
        if self.is_on(host) && self.hosts[host].status == Status::Active {
            self.sweep(host);
        }
    }

    fn become_active(&mut self, host: usize) {
        self.become_(host, Status::Active);
        self.hosts[host].active_since = self.now;
        let phase = self.hosts[host].phase;
        let falls = self.input.dormancy.map_or(0.0, |it| it.falls_per_hour);
        self.after_wait(falls, Happening::FallsDormant { host, phase });
        let removed = self.now + self.hosts[host].removal_in;
        self.at(removed, Happening::IsRemoved { host, phase });
    }

    /// Any change of status ends the sweep.
    fn become_(&mut self, host: usize, status: Status) {
        let now = &mut self.hosts[host];
        now.status = status;
        now.phase += 1;
        now.sweep += 1;
    }

    fn disable(&mut self, host: usize) {
        self.hosts[host].is_disabled = true;
        self.note(Event::Disabled { unit: host as u32 });
        self.notice(host, true);
        if self.input.payload.is_some_and(|it| it.ends_spread) {
            self.become_(host, Status::Removed);
        }
    }

    // The name.

    fn is_answered(&self, host: usize) -> bool {
        let is_live = self
            .input
            .kill_switch
            .is_some_and(|switch| self.now >= switch.live_from_hours);
        let class = &self.input.classes[self.hosts[host].class];
        let is_isolated = self
            .organisation(host)
            .is_some_and(|it| self.is_isolated[it]);
        is_live && class.answers_kill_switch && !is_isolated
    }

    /// An infected host is switched on and looks the name up; whether that ended the infection.
    fn ends_at_switch_on(&mut self, host: usize) {
        if !self.is_answered(host) {
            return;
        }
        let was_disabled = self.hosts[host].is_disabled;
        self.note(Event::Answered {
            unit: host as u32,
            was_disabled,
        });
        if was_disabled {
            self.become_(host, Status::Removed);
        } else {
            self.become_(host, Status::Susceptible);
            self.hosts[host].susceptible_since = self.now;
        }
    }

    /// Switches on and off what the week says.
    fn hour(&mut self, of_week: usize) {
        let before = std::mem::take(&mut self.is_on);
        let now = |on: &wardround_engine::Schedule| on.is_on[of_week];
        self.is_on = self.input.schedules.iter().map(now).collect();
        let mut switched_on = Vec::new();
        for host in 0..self.hosts.len() {
            let schedule = self.input.classes[self.hosts[host].class].schedule;
            let was_on = schedule.is_none_or(|it| before[usize::from(it)]);
            if was_on && !self.is_on(host) {
                self.hosts[host].sweep += 1;
            } else if !was_on && self.is_on(host) {
                switched_on.push(host);
            }
        }
        // Reading: of all that is switched on at one moment, names are looked up before sweeps begin. So a host that is
        // answered at the moment when another's sweep begins was susceptible again before it.
        for &host in &switched_on {
            let status = self.hosts[host].status;
            if matches!(status, Status::Latent | Status::Active | Status::Dormant) {
                self.ends_at_switch_on(host);
            }
        }
        for &host in &switched_on {
            if self.hosts[host].status == Status::Active {
                self.sweep(host);
            }
        }
    }

    // What holds now.

    fn organisation(&self, host: usize) -> Option<usize> {
        let network = self.input.hosts[host].network?;
        Some(self.input.networks[network as usize].organisation as usize)
    }

    fn is_on(&self, host: usize) -> bool {
        let schedule = self.input.classes[self.hosts[host].class].schedule;
        schedule.is_none_or(|it| self.is_on[usize::from(it)])
    }

    fn is_spreading(&self, host: usize) -> bool {
        self.hosts[host].status == Status::Active && self.is_on(host)
    }

    fn carries(&self, host: usize, stream: usize) -> bool {
        let vector = usize::from(self.input.streams[stream].vector);
        self.input.classes[self.hosts[host].class].carries[vector]
    }

    /// Reading: reach is between networks. A host with networks of two organisations bridges them, isolated or not.
    fn reaches_now(&self, from: usize, to: usize) -> bool {
        let organisation = |id: usize| self.input.networks[id].organisation as usize;
        let (a, b) = (organisation(from), organisation(to));
        let is_cut = a != b && (self.is_isolated[a] || self.is_isolated[b]);
        !is_cut && reaches(self.input, from, to)
    }

    // Time.

    fn note(&mut self, event: Event) {
        self.history.push((self.now, event));
    }

    fn after_wait(&mut self, per_hour: f64, happening: Happening) {
        let hours = self.now + self.random.wait(per_hour);
        self.at(hours, happening);
    }

    /// What would come after the horizon does not come.
    ///
    /// Reading: of what comes at one moment, organisations act first, then the week goes on, then the rest.
    fn at(&mut self, hours: f64, happening: Happening) {
        if hours > self.input.horizon_hours || hours.is_nan() {
            return;
        }
        let order = match happening {
            Happening::Acts { .. } => 0,
            Happening::Hour { .. } => 1,
            _ => 2,
        };
        self.due
            .push(Reverse((hours.to_bits(), order, self.happenings.len())));
        self.happenings.push(happening);
    }

    fn delay(&mut self, delay: Delay) -> f64 {
        match delay {
            Delay::Fixed(hours) => hours,
            Delay::Exponential { mean } => mean * self.random.wait(1.0),
            Delay::Uniform { from, to } => self.random.between(from, to),
        }
    }
}

/// Whether a network reaches another while nobody is isolated, word by word as `Network` and `Link` say.
pub(crate) fn reaches(input: &Input, from: usize, to: usize) -> bool {
    let (a, b) = (&input.networks[from], &input.networks[to]);
    let same_organisation = a.organisation == b.organisation;
    let same_realm = a.realm.is_some() && a.realm == b.realm;
    from == to
        || (same_organisation && a.leaves && b.enters)
        || (!same_organisation
            && same_realm
            && a.leaves
            && a.leaves_organisation
            && b.enters_organisation
            && b.enters)
        || input
            .links
            .iter()
            .any(|link| link.from as usize == from && link.to as usize == to)
}
