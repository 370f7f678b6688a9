//! The laboratory: one network of machines that are all open, and one infected among them.

use wardround_engine::coupled::{Prepared, Scratch};
use wardround_engine::{
    Class, Delay, Entries, Event, Host, Input, Network, Opening, Organisation, Stream, StreamKind,
    Watch,
};

use super::Parameters;
use super::england::Clock;

/// Machines of the laboratory (OpenReview iPgbMzGHEf).
const MACHINES: u32 = 50;
/// Its addresses: a /24 without its two ends, assumed.
const ADDRESSES: f64 = 254.0;
/// What counts as quick, in hours.
const QUICK: f64 = 50.0 / 3600.0;

/// What one sampled outbreak in the laboratory shows.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Laboratory {
    /// Infections in its busiest 100 seconds.
    pub busiest_hundred_seconds: u32,
    /// The share of infections that came less than 50 seconds after the infection of the machine that they came from; 0 of none.
    pub quick_share: f64,
}

/// Samples one outbreak in a laboratory network of 50 machines. The sampler that tells machines apart is used, since who infected
/// whom is wanted.
#[must_use]
pub fn laboratory(parameters: &Parameters, seed: u64) -> Laboratory {
    let input = input(parameters);
    let mut infections = Infections {
        since: [f64::INFINITY; MACHINES as usize],
        moments: Vec::new(),
        quick: 0,
    };
    if let Ok(prepared) = Prepared::new(&input) {
        prepared.sample(seed, 0, &mut Scratch::new(), &mut infections);
    }
    let caused = infections.moments.len().saturating_sub(1);
    Laboratory {
        busiest_hundred_seconds: busiest(&infections.moments, 100.0 / 3600.0),
        quick_share: f64::from(infections.quick) / caused.max(1) as f64,
    }
}

/// As the engine takes it: all machines run Windows 7 and are open; they are followed for a day.
fn input(parameters: &Parameters) -> Input {
    Input {
        realms: Vec::new(),
        organisations: vec![Organisation::default()],
        networks: vec![Network {
            organisation: 0,
            realm: None,
            addresses: ADDRESSES,
            leaves: true,
            enters: true,
            leaves_organisation: true,
            enters_organisation: true,
        }],
        links: Vec::new(),
        vectors: 1,
        classes: vec![Class {
            openings: vec![Opening {
                success: parameters.success_seven as f32,
                crash: 0.0,
            }],
            carries: vec![true],
            answers_kill_switch: false,
            is_exposed: false,
            schedule: None,
            patched: None,
        }],
        schedules: Vec::new(),
        hosts: (0..MACHINES)
            .map(|_| Host {
                network: Some(0),
                class: 0,
            })
            .collect(),
        further: Vec::new(),
        contacts: Vec::new(),
        streams: vec![Stream {
            vector: 0,
            kind: StreamKind::Sweep,
            probes_per_hour: parameters.sweep_probes_per_hour,
        }],
        latency: Delay::Exponential {
            mean: parameters.latency_hours,
        },
        dormancy: None,
        removal_mean_hours: None,
        payload: None,
        kill_switch: None,
        outside: None,
        start_hour_of_week: Clock::START_HOUR_OF_WEEK,
        entries: Entries::OneOf(vec![0]),
        horizon_hours: 24.0,
    }
}

/// When machines were infected, and how many soon after those that they were infected from.
struct Infections {
    since: [f64; MACHINES as usize],
    /// Ascending.
    moments: Vec<f64>,
    quick: u32,
}

impl Watch for Infections {
    const WANTS_SOURCES: bool = true;
    const WANTS_ACROSS: bool = false;

    fn note(&mut self, hours: f64, event: Event) {
        if let Event::Infected { unit, from, .. } = event {
            self.moments.push(hours);
            self.since[unit as usize] = hours;
            if let Some(from) = from {
                self.quick += u32::from(hours - self.since[from as usize] < QUICK);
            }
        }
    }
}

/// The most moments within any span of so many hours; moments are ascending.
fn busiest(moments: &[f64], hours: f64) -> u32 {
    let mut first = 0;
    let mut most = 0;
    for (last, moment) in moments.iter().enumerate() {
        while moment - moments[first] > hours {
            first += 1;
        }
        most = most.max(last + 1 - first);
    }
    u32::try_from(most).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::{busiest, laboratory};
    use crate::backtest::Prior;

    #[test]
    fn infections_are_slower_where_machines_wait_longer() {
        let prior = Prior::england_2017();
        let mut parameters = prior.at(&vec![0.5; Prior::COUNT]);
        parameters.sweep_probes_per_hour = 10_000.0;
        let mut quick_share = |latency_hours: f64| {
            parameters.latency_hours = latency_hours;
            let sum: f64 = (0..40)
                .map(|seed| laboratory(&parameters, seed).quick_share)
                .sum();
            sum / 40.0
        };
        let (soon, late) = (quick_share(0.002), quick_share(0.1));
        assert!(late < soon / 2.0, "{soon} {late}");
    }

    #[test]
    fn the_busiest_span_may_begin_anywhere() {
        assert_eq!(busiest(&[0.0, 1.0, 1.1, 1.2, 3.0], 0.5), 3);
        assert_eq!(busiest(&[], 1.0), 0);
    }
}
