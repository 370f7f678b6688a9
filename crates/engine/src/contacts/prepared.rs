//! A graph and a spread, checked and put into ticks once, from which any number of outbreaks can be drawn.

use crate::contacts::exponential::LONGEST;
use crate::contacts::{Graph, Period, Spread, SpreadError};

/// A graph and what spreads on it, found good.
#[derive(Clone, Debug)]
pub struct Prepared<'a> {
    pub(crate) graph: &'a Graph,
    pub(crate) spread: &'a Spread,
    /// Hours in a tick, a power of two, so that times convert exactly.
    pub(crate) tick_hours: f64,
    /// The first tick behind the horizon; at most 2³⁰.
    pub(crate) never: u32,
    /// The mean time to transmission along one contact, in ticks.
    pub(crate) transmission: f32,
    pub(crate) latency: Ticks,
    pub(crate) active: Ticks,
    /// A slot of the queue has 2 to this power ticks.
    pub(crate) slot_shift: u32,
}

/// A [`Period`] in ticks: at least `fixed`, and an exponential time more.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Ticks {
    pub(crate) fixed: u32,
    pub(crate) mean: f32,
}

/// So many transmissions per contact until the horizon leave the mean time to one with at least 2⁹ ticks.
const MOST_TRANSMISSIONS: f64 = (1 << 20) as f64;

/// How many hosts one host infects during a slot, roughly, while everyone is open. More makes batches longer and takes
/// more hosts twice: three times as much costs 0.94, 1.07 and 1.12 times the time on 10⁴, 10⁵ and 10⁶ hosts, a third
/// as much 1.03 to 1.06 times.
const INFECTIONS_PER_SLOT: f64 = 0.15;

impl<'a> Prepared<'a> {
    /// Checks what spreads on a graph and puts it into ticks.
    ///
    /// # Errors
    ///
    /// If a number is out of the range that its field states, an entry does not exist or is named twice, there is none,
    /// or contacts would transmit more than 2²⁰ times until the horizon.
    pub fn new(graph: &'a Graph, spread: &'a Spread) -> Result<Self, SpreadError> {
        check_numbers(spread)?;
        spread.entries.check(graph.hosts())?;
        let shortest = graph.stretches.iter().copied().fold(1.0_f32, f32::min);
        let transmissions =
            spread.transmissions_per_hour * spread.horizon_hours / f64::from(shortest);
        if transmissions > MOST_TRANSMISSIONS {
            return Err(SpreadError::TooFast {
                transmissions,
                limit: MOST_TRANSMISSIONS,
            });
        }
        let tick_hours = tick_hours(spread.horizon_hours);
        let per_hour = 1.0 / tick_hours;
        let never = (spread.horizon_hours * per_hour) as u32 + 1;
        let transmission = per_hour / spread.transmissions_per_hour;
        let slot = INFECTIONS_PER_SLOT * transmission / infections_per_transmission(graph);
        Ok(Self {
            graph,
            spread,
            tick_hours,
            never,
            transmission: transmission as f32,
            latency: Ticks::new(spread.latency, per_hour, never),
            active: spread.active.map_or(
                Ticks {
                    fixed: LONGEST + 1,
                    mean: 0.0,
                },
                |active| Ticks::new(active, per_hour, LONGEST + 1),
            ),
            slot_shift: (slot as u32).max(1).ilog2(),
        })
    }

    /// The graph.
    pub fn graph(&self) -> &'a Graph {
        self.graph
    }

    /// What spreads.
    pub fn spread(&self) -> &'a Spread {
        self.spread
    }
}

impl Ticks {
    fn new(period: Period, per_hour: f64, longest: u32) -> Self {
        match period {
            Period::Fixed(hours) => Self {
                fixed: (hours * per_hour).min(f64::from(longest)) as u32,
                mean: 0.0,
            },
            Period::Exponential { mean_hours } => Self {
                fixed: 0,
                // A conversion of something longer than any number of ticks is capped where it is made.
                mean: (mean_hours * per_hour) as f32,
            },
        }
    }
}

fn check_numbers(spread: &Spread) -> Result<(), SpreadError> {
    let positive = |what, value: f64| {
        if value.is_finite() && value > 0.0 {
            return Ok(());
        }
        Err(SpreadError::Range {
            what,
            value,
            range: "a finite number above 0",
        })
    };
    positive("transmissions per hour", spread.transmissions_per_hour)?;
    positive("the horizon in hours", spread.horizon_hours)?;
    let periods = [
        ("the latency in hours", Some(spread.latency)),
        ("the active time in hours", spread.active),
    ];
    for (what, period) in periods {
        let value = match period {
            None => continue,
            Some(Period::Fixed(hours)) => hours,
            Some(Period::Exponential { mean_hours }) => mean_hours,
        };
        if !(value.is_finite() && value >= 0.0) {
            return Err(SpreadError::Range {
                what,
                value,
                range: "a finite number of at least 0",
            });
        }
    }
    Ok(())
}

/// The largest power of two of which the horizon has at least 2²⁹.
fn tick_hours(horizon_hours: f64) -> f64 {
    let mut tick = 2_f64.powi(-1000);
    // Powers of two are exact, so this is too; a thousand steps once cost nothing.
    while horizon_hours / tick >= (1 << 30) as f64 {
        tick *= 2.0;
    }
    tick
}

/// How many contacts a host has that was reached along a contact, on average and weighted by multiplier.
fn infections_per_transmission(graph: &Graph) -> f64 {
    let degrees = graph
        .starts
        .windows(2)
        .map(|row| f64::from(row[1] - row[0]));
    let (sum, squares) = degrees.fold((0.0, 0.0), |(sum, squares), degree| {
        (sum + degree, squares + degree * degree)
    });
    let multipliers: f64 = graph
        .stretches
        .iter()
        .map(|&stretch| 1.0 / f64::from(stretch))
        .sum();
    let multiplier = if graph.stretches.is_empty() {
        1.0
    } else {
        multipliers / graph.stretches.len() as f64
    };
    // At least one, so that a graph without contacts has slots too.
    (multiplier * squares / sum).max(1.0)
}
