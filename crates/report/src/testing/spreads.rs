//! Made-up distributions.

use crate::{FanPoint, Interval, Spread};

/// A spread in an estate of 3,040 machines that takes between `low` and `high`.
pub(crate) fn spread(dies_out: f64, low: f64, median: f64, high: f64) -> Spread {
    Spread {
        replicates: 1_000,
        hosts: 3_040,
        dies_out_below: 16,
        dies_out,
        dies_out_error: 0.016,
        taken: Some(Interval { low, median, high }),
        mean_taken: median * (1.0 - dies_out),
        mean_taken_error: 21.0,
        fan: fan(low, median, high),
    }
}

/// A spread that always dies out.
pub(crate) fn died_out() -> Spread {
    Spread {
        dies_out: 1.0,
        dies_out_error: 0.0,
        taken: None,
        mean_taken: 1.4,
        mean_taken_error: 0.1,
        fan: Vec::new(),
        ..spread(1.0, 0.0, 0.0, 0.0)
    }
}

fn fan(low: f64, median: f64, high: f64) -> Vec<FanPoint> {
    (0..=48)
        .map(|index| {
            let hour = f64::from(index) / 2.0;
            let by = |end: f64, half_time: f64| end / (1.0 + ((half_time - hour) * 0.9).exp());
            FanPoint {
                hour,
                quantiles: [
                    by(low, 9.0),
                    by((low + median) / 2.0, 7.0),
                    by(median, 6.0),
                    by((median + high) / 2.0, 5.0),
                    by(high, 4.0),
                ],
            }
        })
        .collect()
}
