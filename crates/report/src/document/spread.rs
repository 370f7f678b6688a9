//! Distributions and counts, which hold no names.

use schemars::JsonSchema;
use serde::Serialize;

use crate::review;

/// A distribution of outbreaks under one scenario.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub(crate) struct Spread {
    /// Outbreaks simulated.
    pub(crate) replicates: u32,
    /// Machines in the estate.
    pub(crate) hosts: u32,
    /// An outbreak below this many machines has died out.
    pub(crate) dies_out_below: u32,
    /// Share (0 to 1) of outbreaks that died out.
    pub(crate) dies_out: f64,
    /// Its Monte Carlo standard error.
    pub(crate) dies_out_error: f64,
    /// Machines taken where it did not die out; none when all died out.
    pub(crate) taken: Option<Interval>,
    /// Mean machines taken over all outbreaks.
    pub(crate) mean_taken: f64,
    /// Its Monte Carlo standard error.
    pub(crate) mean_taken_error: f64,
    /// Machines taken by hour over the outbreaks that did not die out.
    pub(crate) fan: Vec<FanPoint>,
}

/// A 90 % predictive interval with its median.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, JsonSchema)]
pub(crate) struct Interval {
    /// The 5 % quantile.
    pub(crate) low: f64,
    /// The median.
    pub(crate) median: f64,
    /// The 95 % quantile.
    pub(crate) high: f64,
}

/// Machines taken by one hour.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, JsonSchema)]
pub(crate) struct FanPoint {
    /// Hours since the beginning of the outbreak: its first infection, once any dwell is over; where none is placed inside, when
    /// the internet begins to press in.
    pub(crate) hour: f64,
    /// 5, 25, 50, 75 and 95 % quantiles.
    pub(crate) quantiles: [f64; 5],
}

/// Counts of the three values.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub(crate) struct Settled {
    /// The safeguard is there.
    pub(crate) holds: u32,
    /// It is not.
    pub(crate) fails: u32,
    /// Nothing settles it.
    pub(crate) unknown: u32,
}

impl Spread {
    pub(crate) fn new(spread: &review::Spread) -> Self {
        Self {
            replicates: spread.replicates,
            hosts: spread.hosts,
            dies_out_below: spread.dies_out_below,
            dies_out: spread.dies_out,
            dies_out_error: spread.dies_out_error,
            taken: spread.taken.map(Interval::new),
            mean_taken: spread.mean_taken,
            mean_taken_error: spread.mean_taken_error,
            fan: (spread.fan.iter())
                .map(|point| FanPoint {
                    hour: point.hour,
                    quantiles: point.quantiles,
                })
                .collect(),
        }
    }
}

impl Interval {
    pub(crate) fn new(interval: review::Interval) -> Self {
        Self {
            low: interval.low,
            median: interval.median,
            high: interval.high,
        }
    }
}

impl Settled {
    pub(crate) fn new(settled: review::Settled) -> Self {
        Self {
            holds: settled.holds,
            fails: settled.fails,
            unknown: settled.unknown,
        }
    }

    pub(crate) fn total(self) -> u64 {
        u64::from(self.holds) + u64::from(self.fails) + u64::from(self.unknown)
    }
}
