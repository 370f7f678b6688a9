//! Chances and speeds as small integers, so that rates can be summed without rounding.
//!
//! A number is rounded up to a multiple of a unit, and what is drawn for it is kept with the share that it really is: that
//! is exact whatever the unit, which decides only how much is drawn in vain.

use crate::plain::fast::reach::{NONE, Pools};
use crate::plain::fast::{Cells, FastError};

/// How open the classes are, in units of the most open one's part.
#[derive(Clone, Debug)]
pub(crate) struct Openness {
    /// How many units each class has, 1 to 256.
    pub(crate) units: Vec<u32>,
    /// The share of its units that each class really has, above 0 and at most 1.
    pub(crate) shares: Vec<f64>,
    /// The chance of success of one unit.
    pub(crate) unit: f64,
}

impl Openness {
    pub(crate) fn new(successes: &[f32]) -> Self {
        let highest = successes.iter().copied().fold(0.0_f32, f32::max);
        let scale = if successes.iter().all(|&success| success == highest) {
            1.0
        } else {
            256.0
        };
        let unit = f64::from(highest) / scale;
        let exact: Vec<f64> = successes.iter().map(|&s| f64::from(s) / unit).collect();
        let units = exact.iter().map(|units| units.ceil().max(1.0) as u32);
        Self {
            units: units.clone().collect(),
            shares: exact
                .iter()
                .zip(units)
                .map(|(exact, units)| exact / f64::from(units))
                .collect(),
            unit,
        }
    }
}

/// How fast the pools are.
#[derive(Clone, Debug)]
pub(crate) struct Speeds {
    /// How many units each pool has; 0 where nothing can happen.
    pub(crate) units: Vec<u32>,
    /// The share of its units that each pool really has, above 0 and at most 1.
    pub(crate) shares: Vec<f64>,
    /// All shares are at least 1 - 2⁻ᵃ for this a.
    pub(crate) precise_bits: u32,
    /// Infections per hour of one unit, for one source and one unit of openness.
    pub(crate) unit: f64,
}

/// The sum of all weights stays below 2⁶²: half of it for exact rates, half for rounding up.
const LARGEST_TOTAL: f64 = (1_u64 << 61) as f64;
/// The most units that a pool has.
const MOST_UNITS: f64 = (1_u64 << 31) as f64;
/// The least share: a pool of fewer would draw too much in vain.
const LEAST_SHARE: f64 = 1.0 / 256.0;

impl Speeds {
    pub(crate) fn new(
        cells: &Cells,
        pools: &Pools,
        openness: &Openness,
    ) -> Result<Self, FastError> {
        let most = most_weights(cells, pools, openness);
        let exact: Vec<f64> = pools
            .probes_per_hour
            .iter()
            .zip(&most)
            .map(|(probes, &most)| {
                if most > 0.0 {
                    probes * openness.unit
                } else {
                    0.0
                }
            })
            .collect();
        let total: f64 = exact
            .iter()
            .zip(&most)
            .map(|(speed, most)| speed * most)
            .sum();
        let fastest = exact.iter().copied().fold(0.0, f64::max);
        let unit = (total / LARGEST_TOTAL)
            .max(fastest / MOST_UNITS)
            .max(f64::MIN_POSITIVE);

        let units: Vec<u32> = exact.iter().map(|&speed| units_of(speed, unit)).collect();
        let shares: Vec<f64> = exact
            .iter()
            .zip(&units)
            .map(|(speed, &units)| (speed / unit / f64::from(units.max(1))).min(1.0))
            .collect();
        let used = || shares.iter().zip(&units).filter(|&(_, &units)| units > 0);
        let least = used().map(|(&share, _)| share).fold(1.0, f64::min);
        if least < LEAST_SHARE {
            return Err(FastError::Unsupported {
                feature: "address spaces or rates that differ by more than some hundred-thousand-million-fold",
            });
        }
        Ok(Self {
            units,
            shares,
            precise_bits: (-libm::log2(1.0 - least)).floor().clamp(0.0, 60.0) as u32,
            unit,
        })
    }
}

/// At least one where there is any speed at all.
fn units_of(speed: f64, unit: f64) -> u32 {
    if speed > 0.0 {
        (speed / unit).ceil().max(1.0) as u32
    } else {
        0
    }
}

/// For each pool, the most that sources × openness of targets can be.
fn most_weights(cells: &Cells, pools: &Pools, openness: &Openness) -> Vec<f64> {
    let count = cells.networks.len();
    let mut sources = vec![0.0; pools.probes_per_hour.len()];
    let mut targets = vec![0.0; pools.probes_per_hour.len()];
    for network in 0..count {
        let hosts = cells.hosts_of(network);
        let open: f64 = hosts
            .iter()
            .zip(&openness.units)
            .map(|(&hosts, &units)| f64::from(hosts) * f64::from(units))
            .sum();
        sources[network] += hosts.iter().copied().map(f64::from).sum::<f64>();
        targets[network] = open;
        let reach = pools.reaches[pools.reach_of_network[network] as usize];
        for pool in reach.targets.into_iter().filter(|&pool| pool != NONE) {
            targets[pool as usize] += open;
        }
    }
    for entry in cells.entries.all() {
        sources[entry.network as usize] += f64::from(u8::from(entry.class.is_none()));
    }
    for network in 0..count {
        let hosts = sources[network];
        let reach = pools.reaches[pools.reach_of_network[network] as usize];
        for pool in reach.sources.into_iter().filter(|&pool| pool != NONE) {
            sources[pool as usize] += hosts;
        }
    }
    sources
        .iter()
        .zip(targets)
        .map(|(sources, targets)| sources * targets)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn units_and_shares_give_the_chances_back() {
        let successes = [1.0_f32, 0.3, 0.001, 0.25];
        let openness = Openness::new(&successes);
        for (class, &success) in successes.iter().enumerate() {
            let back = f64::from(openness.units[class]) * openness.shares[class] * openness.unit;
            assert!((back - f64::from(success)).abs() < 1e-15);
        }
        assert_eq!(openness.units, [256, 77, 1, 64]);
        assert_eq!(Openness::new(&[0.3, 0.3]).units, [1, 1]);
    }
}
