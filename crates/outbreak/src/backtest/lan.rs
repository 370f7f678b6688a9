//! The laboratory: one network of machines that are all open, and one infected among them.

use wardround_engine::fast::{Prepared, Scratch};
use wardround_engine::{
    Class, Delay, Entries, Event, Host, Input, Network, Opening, Organisation, Stream, StreamKind,
    Watch,
};

use super::Parameters;

/// Machines of the laboratory (OpenReview iPgbMzGHEf).
const MACHINES: u32 = 50;
/// Its addresses: a /24 without its two ends, assumed.
const ADDRESSES: f64 = 254.0;

/// How many machines of a laboratory network of 50 are infected in its busiest 100 seconds, in one sampled outbreak.
#[must_use]
pub fn busiest_hundred_seconds(parameters: &Parameters, seed: u64) -> u32 {
    let input = Input {
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
        hosts: vec![
            Host {
                network: Some(0),
                class: 0
            };
            MACHINES as usize
        ],
        further: Vec::new(),
        contacts: Vec::new(),
        streams: vec![Stream {
            vector: 0,
            kind: StreamKind::Sweep,
            probes_per_hour: parameters.sweep_probes_per_hour,
        }],
        latency: Delay::Fixed(parameters.latency_hours),
        dormancy: None,
        removal_mean_hours: None,
        payload: None,
        kill_switch: None,
        outside: None,
        start_hour_of_week: 0.0,
        entries: Entries::OneOf(vec![0]),
        horizon_hours: 24.0,
    };
    let Ok(prepared) = Prepared::new(&input) else {
        return 0;
    };
    let mut infections = Infections(Vec::new());
    prepared.sample(seed, 0, &mut Scratch::new(), &mut infections);
    busiest(&infections.0, 100.0 / 3600.0)
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

struct Infections(Vec<f64>);

impl Watch for Infections {
    const WANTS_ACROSS: bool = false;

    fn note(&mut self, hours: f64, event: Event) {
        if matches!(event, Event::Infected { .. }) {
            self.0.push(hours);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::busiest;

    #[test]
    fn the_busiest_span_may_begin_anywhere() {
        assert_eq!(busiest(&[0.0, 1.0, 1.1, 1.2, 3.0], 0.5), 3);
        assert_eq!(busiest(&[], 1.0), 0);
    }
}
