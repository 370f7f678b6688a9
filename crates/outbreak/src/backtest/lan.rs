//! The laboratory: one network of machines that are all open, and one infected among them.

use wardround_engine::fast::{Prepared, Scratch};
use wardround_engine::{Entries, StreamKind};

use super::Parameters;
use super::one_network::{Moments, OneNetwork};

/// Machines of the laboratory (OpenReview iPgbMzGHEf).
const MACHINES: u32 = 50;
/// Its addresses: a /24 without its two ends, assumed.
const ADDRESSES: f64 = 254.0;

/// How many machines of a laboratory network of 50 are infected in its busiest 100 seconds, in one sampled outbreak.
#[must_use]
pub fn busiest_hundred_seconds(parameters: &Parameters, seed: u64) -> u32 {
    let input = OneNetwork {
        addresses: ADDRESSES,
        machines: MACHINES,
        answering: 0,
        entries: Entries::OneOf(vec![0]),
        kind: StreamKind::Sweep,
        probes_per_hour: parameters.sweep_probes_per_hour,
        kill_switch_hours: None,
    }
    .input(parameters);
    let Ok(prepared) = Prepared::new(&input) else {
        return 0;
    };
    let mut infections = Moments(Vec::new());
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

#[cfg(test)]
mod tests {
    use super::busiest;

    #[test]
    fn the_busiest_span_may_begin_anywhere() {
        assert_eq!(busiest(&[0.0, 1.0, 1.1, 1.2, 3.0], 0.5), 3);
        assert_eq!(busiest(&[], 1.0), 0);
    }
}
