//! What a probe may do: one *opening* for each address of a host and each thing that a probe to it can end in.
//!
//! Most hosts have one opening for each of their addresses; one that a probe may also crash has two.

use crate::plain::prepare::grouped::Grouped;
use crate::plain::{Host, Input};

/// One thing that a probe to one address may do.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Opening {
    pub(crate) host: u32,
    /// The network that the address is in.
    pub(crate) network: u32,
    /// The chance that a probe to the address does this.
    pub(crate) chance: f64,
    /// The chance that a probe to the address does anything: infects or crashes.
    pub(crate) any_chance: f64,
    pub(crate) ends: Ends,
    /// Openings of the same level have similar chances.
    pub(crate) level: u32,
}

/// What becomes of the host.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Ends {
    Infected,
    Crashed,
}

/// The openings of each host, and how many levels they have.
pub(crate) fn openings(input: &Input) -> (Grouped<Opening>, u32) {
    let mut is_present = [false; LEVELS];
    for host in &input.hosts {
        for (chance, _) in chances(host) {
            is_present[raw_level(chance)] |= chance > 0.0;
        }
    }
    let mut numbers = [0; LEVELS];
    let mut count = 0;
    for (number, is_present) in numbers.iter_mut().zip(is_present) {
        *number = count;
        count += u32::from(is_present);
    }

    let mut openings = Grouped::new();
    for (host, id) in input.hosts.iter().zip(0..) {
        let any_chance = chances(host).iter().map(|(chance, _)| chance).sum();
        for (chance, ends) in chances(host) {
            if chance > 0.0 {
                let level = numbers[raw_level(chance)];
                for &network in &host.networks {
                    openings.push(Opening {
                        host: id,
                        network,
                        chance,
                        any_chance,
                        ends,
                        level,
                    });
                }
            }
        }
        openings.end_group();
    }
    (openings, count)
}

/// What one probe to the host may do, with its chance.
fn chances(host: &Host) -> [(f64, Ends); 2] {
    let infects = f64::from(host.success);
    let crashes = (1.0 - infects) * f64::from(host.crash);
    [(infects, Ends::Infected), (crashes, Ends::Crashed)]
}

/// Below 2⁻³⁹ chances are too small for their differences to cost anything.
const LEVELS: usize = 41;

/// How often a chance must be doubled to pass 1: those of one level differ by less than a factor of two.
fn raw_level(chance: f64) -> usize {
    (-libm::log2(chance)).ceil().clamp(0.0, (LEVELS - 1) as f64) as usize
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn chances_of_one_level_are_within_a_factor_of_two() {
        let mut ranges = [(1.0_f64, 0.0_f64); LEVELS];
        for step in 0..20_000 {
            let chance = libm::exp2(-f64::from(step) / 512.0);
            let (low, high) = &mut ranges[raw_level(chance)];
            (*low, *high) = (low.min(chance), high.max(chance));
        }
        assert!(ranges.iter().all(|(low, high)| *high < 2.0 * low));
        assert_eq!((raw_level(0.0), raw_level(1.0)), (LEVELS - 1, 0));
    }
}
