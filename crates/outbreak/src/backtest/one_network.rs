//! One network with nothing around it: a laboratory, or the internet as one space of addresses.

use wardround_engine::{
    Class, Delay, Entries, Event, Host, Input, KillSwitch, Network, Opening, Organisation, Stream,
    StreamKind, Watch,
};

use super::Parameters;
use super::england::Clock;

/// What tells one such network from another.
pub(super) struct OneNetwork {
    /// How many addresses it has.
    pub(super) addresses: f64,
    /// How many open machines there are.
    pub(super) machines: u32,
    /// How many of them look names up directly.
    pub(super) answering: u32,
    /// Which are infected at the start.
    pub(super) entries: Entries,
    /// How an infected machine looks for others.
    pub(super) kind: StreamKind,
    /// Tries per hour.
    pub(super) probes_per_hour: f64,
    /// When the kill switch is live.
    pub(super) kill_switch_hours: Option<f64>,
}

impl OneNetwork {
    /// As the engine takes it: all machines run Windows 7 and are open; they are followed for a day.
    pub(super) fn input(&self, parameters: &Parameters) -> Input {
        let class = |answers_kill_switch| Class {
            openings: vec![Opening {
                success: parameters.success_seven as f32,
                crash: 0.0,
            }],
            carries: vec![true],
            answers_kill_switch,
            is_exposed: false,
            schedule: None,
            patched: None,
        };
        let kill_switch = self.kill_switch_hours;
        Input {
            realms: Vec::new(),
            organisations: vec![Organisation::default()],
            networks: vec![Network {
                organisation: 0,
                realm: None,
                addresses: self.addresses,
                leaves: true,
                enters: true,
                leaves_organisation: true,
                enters_organisation: true,
            }],
            links: Vec::new(),
            vectors: 1,
            classes: vec![class(false), class(true)],
            schedules: Vec::new(),
            hosts: (0..self.machines)
                .map(|host| Host {
                    network: Some(0),
                    class: u16::from(host >= self.machines - self.answering),
                })
                .collect(),
            further: Vec::new(),
            contacts: Vec::new(),
            streams: vec![Stream {
                vector: 0,
                kind: self.kind,
                probes_per_hour: self.probes_per_hour,
            }],
            latency: Delay::Fixed(parameters.latency_hours),
            dormancy: None,
            removal_mean_hours: None,
            payload: None,
            kill_switch: kill_switch.map(|live_from_hours| KillSwitch { live_from_hours }),
            outside: None,
            start_hour_of_week: Clock::START_HOUR_OF_WEEK,
            entries: self.entries.clone(),
            horizon_hours: 24.0,
        }
    }
}

/// When machines were infected for the first time, ascending.
pub(super) struct Moments(pub(super) Vec<f64>);

impl Watch for Moments {
    const WANTS_ACROSS: bool = false;

    fn note(&mut self, hours: f64, event: Event) {
        if matches!(
            event,
            Event::Infected {
                is_repeat: false,
                ..
            }
        ) {
            self.0.push(hours);
        }
    }
}
