//! The same outbreak simulated literally: every probe of every host to every address, hit or miss.
//!
//! Slow, and written from the documentation of `Input` without anything of the engine but its public types.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use rand_pcg::Pcg64;
use rand_pcg::rand_core::Rng;
use wardround_engine::plain::{Delay, Entries, Input, Scope, Stream};

/// What one literal outbreak came to.
#[derive(Clone, Debug, Default)]
pub(crate) struct Outcome {
    /// Hosts and hours of infections that a history lists: first ones only.
    pub(crate) infections: Vec<(u32, f64)>,
    pub(crate) answered: Vec<u32>,
    pub(crate) crashes: Vec<(u32, f64)>,
    pub(crate) between_organisations: u32,
}

/// Whether a network reaches another, word by word as `Network` says.
pub(crate) fn reaches(input: &Input, from: u32, to: u32) -> bool {
    let (a, b) = (&input.networks[from as usize], &input.networks[to as usize]);
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
            .any(|link| link.from == from && link.to == to)
}

/// Simulates one outbreak. The input's numbers of addresses have to be whole.
pub(crate) fn simulate(input: &Input, seed: u64) -> Outcome {
    let mut occupants: Vec<Vec<Option<u32>>> = input
        .networks
        .iter()
        .map(|network| vec![None; network.addresses as usize])
        .collect();
    for (id, host) in (0..).zip(&input.hosts) {
        for &network in &host.networks {
            let free = occupants[network as usize]
                .iter_mut()
                .find(|address| address.is_none());
            *free.expect("a network has room for its hosts") = Some(id);
        }
    }
    let mut literal = Literal {
        input,
        random: Pcg64::new(u128::from(seed), 7),
        occupants,
        states: vec![State::Susceptible; input.hosts.len()],
        was_answered: vec![false; input.hosts.len()],
        due: BinaryHeap::new(),
        events: Vec::new(),
        outcome: Outcome::default(),
        now: 0.0,
    };
    literal.run();
    literal.outcome
}

#[derive(Clone, Copy, PartialEq)]
enum State {
    Susceptible,
    Latent,
    Active { until: f64 },
    Crashed,
}

#[derive(Clone, Copy)]
enum Event {
    Start {
        host: u32,
    },
    UniformProbe {
        host: u32,
        stream: usize,
    },
    SweepProbe {
        host: u32,
        network: u32,
        address: usize,
    },
}

struct Literal<'a> {
    input: &'a Input,
    random: Pcg64,
    occupants: Vec<Vec<Option<u32>>>,
    states: Vec<State>,
    was_answered: Vec<bool>,
    /// Times (their bits order like they do, none being negative) and positions in `events`.
    due: BinaryHeap<Reverse<(u64, usize)>>,
    events: Vec<Event>,
    outcome: Outcome,
    now: f64,
}

impl Literal<'_> {
    fn run(&mut self) {
        let entries = match &self.input.entries {
            Entries::OneOf(hosts) => vec![hosts[self.below(hosts.len())]],
            Entries::These(hosts) => hosts.clone(),
        };
        entries.into_iter().for_each(|host| self.infect(host));
        while let Some(Reverse((bits, position))) = self.due.pop() {
            self.now = f64::from_bits(bits);
            if self.now > self.input.horizon_hours {
                return;
            }
            match self.events[position] {
                Event::Start { host } => self.start(host),
                Event::UniformProbe { host, stream } => self.uniform_probe(host, stream),
                Event::SweepProbe {
                    host,
                    network,
                    address,
                } => {
                    if self.is_active(host) {
                        self.probe(host, network, address);
                    }
                }
            }
        }
    }

    fn start(&mut self, host: u32) {
        let answers = self.input.hosts[host as usize].answers_kill_switch;
        if self
            .input
            .kill_switch
            .is_some_and(|switch| answers && self.now >= switch.live_from_hours)
        {
            self.states[host as usize] = State::Susceptible;
            if !std::mem::replace(&mut self.was_answered[host as usize], true) {
                self.outcome.answered.push(host);
            }
            return;
        }
        let until = self
            .input
            .removal
            .map_or(f64::INFINITY, |delay| self.now + self.delay(delay));
        self.states[host as usize] = State::Active { until };
        for (stream, kind) in self.input.streams.iter().enumerate() {
            match *kind {
                Stream::Uniform {
                    probes_per_hour, ..
                } => self.wait_for_probe(host, stream, probes_per_hour),
                Stream::Sweep { probes_per_hour } => self.sweep(host, probes_per_hour),
            }
        }
    }

    fn sweep(&mut self, host: u32, probes_per_hour: f64) {
        let mut begins = self.now;
        for &network in &self.input.hosts[host as usize].networks {
            let addresses = self.occupants[network as usize].len();
            let takes = addresses as f64 / probes_per_hour;
            for address in 0..addresses {
                let hours = begins + takes * self.unit();
                self.at(
                    hours,
                    Event::SweepProbe {
                        host,
                        network,
                        address,
                    },
                );
            }
            begins += takes;
        }
    }

    fn wait_for_probe(&mut self, host: u32, stream: usize, probes_per_hour: f64) {
        let hours = self.now - (1.0 - self.unit()).ln() / probes_per_hour;
        self.at(hours, Event::UniformProbe { host, stream });
    }

    fn uniform_probe(&mut self, host: u32, stream: usize) {
        let Stream::Uniform {
            scope,
            probes_per_hour,
        } = self.input.streams[stream]
        else {
            unreachable!("the event is of a uniform stream")
        };
        if !self.is_active(host) {
            return;
        }
        self.wait_for_probe(host, stream, probes_per_hour);
        let attached = &self.input.hosts[host as usize].networks;
        if attached.is_empty() {
            return;
        }
        let start = attached[self.below(attached.len())];
        let network = |id: u32| &self.input.networks[id as usize];
        let is_in_scope = |id: u32| match scope {
            Scope::Network => id == start,
            Scope::Organisation => network(id).organisation == network(start).organisation,
            Scope::Realm => network(id).realm == network(start).realm,
        };
        let space: Vec<u32> = (0..self.input.networks.len() as u32)
            .filter(|&id| is_in_scope(id))
            .collect();
        let size = match (scope, network(start).realm) {
            (Scope::Realm, None) => return,
            (Scope::Realm, Some(realm)) => self.input.realms[realm as usize].addresses as usize,
            _ => space
                .iter()
                .map(|&id| self.occupants[id as usize].len())
                .sum(),
        };
        let mut address = self.below(size);
        for id in space {
            let addresses = self.occupants[id as usize].len();
            if address < addresses {
                self.probe(host, id, address);
                return;
            }
            address -= addresses;
        }
    }

    fn probe(&mut self, source: u32, network: u32, address: usize) {
        let Some(target) = self.occupants[network as usize][address] else {
            return;
        };
        let attached = &self.input.hosts[source as usize].networks;
        let is_reached = attached
            .iter()
            .any(|&from| reaches(self.input, from, network));
        if !is_reached || self.states[target as usize] != State::Susceptible {
            return;
        }
        let host = &self.input.hosts[target as usize];
        if self.unit() < f64::from(host.success) {
            let organisation = |id: u32| self.input.networks[id as usize].organisation;
            let is_repeat = self.was_answered[target as usize];
            if !is_repeat
                && attached
                    .iter()
                    .all(|&from| organisation(from) != organisation(network))
            {
                self.outcome.between_organisations += 1;
            }
            // That repeats change nothing is the engine's shortcut. Where the host can crash they are defined to be
            // over at once; elsewhere the shortcut is put to the test.
            if !is_repeat || host.crash == 0.0 {
                self.infect(target);
            }
        } else if self.unit() < f64::from(host.crash) {
            self.states[target as usize] = State::Crashed;
            self.outcome.crashes.push((target, self.now));
        }
    }

    fn infect(&mut self, host: u32) {
        self.states[host as usize] = State::Latent;
        if !self.was_answered[host as usize] {
            self.outcome.infections.push((host, self.now));
        }
        let hours = self.now + self.delay(self.input.latency);
        self.at(hours, Event::Start { host });
    }

    fn is_active(&self, host: u32) -> bool {
        matches!(self.states[host as usize], State::Active { until } if self.now < until)
    }

    fn at(&mut self, hours: f64, event: Event) {
        self.due.push(Reverse((hours.to_bits(), self.events.len())));
        self.events.push(event);
    }

    fn delay(&mut self, delay: Delay) -> f64 {
        match delay {
            Delay::Fixed(hours) => hours,
            Delay::Exponential { mean } => -mean * (1.0 - self.unit()).ln(),
            Delay::Uniform { from, to } => from + (to - from) * self.unit(),
        }
    }

    fn unit(&mut self) -> f64 {
        (self.random.next_u64() >> 11) as f64 / (1_u64 << 53) as f64
    }

    fn below(&mut self, count: usize) -> usize {
        (self.unit() * count as f64) as usize
    }
}
