//! Chances and speeds as small integers, so that rates can be summed without rounding.
//!
//! A number is rounded up to a multiple of a unit, and what is drawn for it is kept with the share that it really is: that
//! is exact whatever the unit, which decides only how much is drawn in vain.

use crate::fast::reach::ByVector;
use crate::{Class, Input, InputError};

/// How open a class is to the probes of one vector, in units.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(crate) struct Open {
    /// 0 to 256; 0 where nothing can happen.
    pub(crate) units: u32,
    /// The share of its units that it really is, above 0 and at most 1.
    pub(crate) share: f64,
    /// Of what happens, the share that is an infection; the rest are crashes.
    pub(crate) infects: f64,
}

/// How open the classes are.
#[derive(Clone, Debug)]
pub(crate) struct Openness {
    /// For each class, while the kill switch does not answer it and while it does.
    pub(crate) classes: Vec<[ByVector<Open>; 2]>,
    /// The chances that a probe infects and that it crashes a host that is free of the kill switch, by class.
    pub(crate) chances: Vec<ByVector<[f64; 2]>>,
    /// The chance that one unit is worth, by vector.
    pub(crate) unit: ByVector<f64>,
}

impl Openness {
    pub(crate) fn new(input: &Input) -> Self {
        let mut unit = ByVector::default();
        for (vector, unit) in unit.iter_mut().enumerate() {
            let chances = || {
                let classes = input.classes.iter();
                classes
                    .flat_map(move |class| chances(class, vector))
                    .map(|(infects, crashes)| infects + crashes)
                    .filter(|&chance| chance > 0.0)
            };
            let highest = chances().fold(0.0, f64::max);
            let scale = if chances().all(|chance| chance == highest) {
                1.0
            } else {
                256.0
            };
            *unit = highest / scale;
        }
        let open = |class: &Class, is_answered: bool, vector: usize| {
            let [free, answered] = chances(class, vector);
            let (infects, crashes) = if is_answered { answered } else { free };
            let chance = infects + crashes;
            if chance > 0.0 {
                let exact = chance / unit[vector];
                let units = exact.ceil().max(1.0);
                Open {
                    units: units as u32,
                    share: (exact / units).min(1.0),
                    infects: infects / chance,
                }
            } else {
                Open::default()
            }
        };
        let classes = input.classes.iter().map(|class| {
            [false, true]
                .map(|is_answered| std::array::from_fn(|vector| open(class, is_answered, vector)))
        });
        let free = |class: &Class| {
            std::array::from_fn(|vector| {
                let [(infects, crashes), _] = chances(class, vector);
                [infects, crashes]
            })
        };
        Self {
            classes: classes.collect(),
            chances: input.classes.iter().map(free).collect(),
            unit,
        }
    }
}

/// The chances that one probe infects and that it crashes: of a free host and of one that the kill switch answers.
fn chances(class: &Class, vector: usize) -> [(f64, f64); 2] {
    let Some(opening) = class.openings.get(vector) else {
        return [(0.0, 0.0); 2];
    };
    let crashes = opening.crash_chance();
    let answered = if class.answers_kill_switch {
        (0.0, crashes)
    } else {
        (opening.success.into(), crashes)
    };
    [(opening.success.into(), crashes), answered]
}

/// A speed and the most that it is ever multiplied with.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Bound {
    /// Effects per hour from one source to one unit of openness.
    pub(crate) speed: f64,
    /// The most that sources × units of openness can be.
    pub(crate) most: f64,
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
    /// Effects per hour of one unit, for one source and one unit of openness.
    pub(crate) unit: f64,
}

/// The sum of all weights stays below 2⁶²: half of it for exact rates, half for rounding up.
const LARGEST_TOTAL: f64 = (1_u64 << 61) as f64;
/// The most units that a pool has.
const MOST_UNITS: f64 = (1_u64 << 31) as f64;
/// The least share: a pool of fewer would draw too much in vain.
const LEAST_SHARE: f64 = 1.0 / 256.0;

impl Speeds {
    pub(crate) fn new(bounds: &[Bound]) -> Result<Self, InputError> {
        let speed = |bound: &Bound| if bound.most > 0.0 { bound.speed } else { 0.0 };
        let total: f64 = bounds.iter().map(|bound| speed(bound) * bound.most).sum();
        let fastest = bounds.iter().map(speed).fold(0.0, f64::max);
        let unit = (total / LARGEST_TOTAL)
            .max(fastest / MOST_UNITS)
            .max(f64::MIN_POSITIVE);

        let units: Vec<u32> = bounds
            .iter()
            .map(|bound| units_of(speed(bound), unit))
            .collect();
        let shares: Vec<f64> = bounds
            .iter()
            .zip(&units)
            .map(|(bound, &units)| (speed(bound) / unit / f64::from(units.max(1))).min(1.0))
            .collect();
        let used = shares.iter().zip(&units).filter(|&(_, &units)| units > 0);
        let least = used.map(|(&share, _)| share).fold(1.0, f64::min);
        if least < LEAST_SHARE {
            return Err(InputError::Unsupported {
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Opening;

    #[test]
    fn units_and_shares_give_the_chances_back() {
        let class = |success: f32, crash: f32| Class {
            openings: vec![Opening { success, crash }],
            carries: vec![true],
            answers_kill_switch: true,
            is_exposed: false,
            schedule: None,
            patched: None,
        };
        let classes = [
            class(1.0, 0.0),
            class(0.3, 0.0),
            class(0.001, 0.0),
            class(0.25, 0.5),
        ];
        let mut input = crate::fast::tests::nothing();
        input.classes = classes.to_vec();
        let openness = Openness::new(&input);
        for (class, open) in classes.iter().zip(&openness.classes) {
            for (open, (infects, crashes)) in open.iter().zip(chances(class, 0)) {
                let chance = f64::from(open[0].units) * open[0].share * openness.unit[0];
                assert!((chance - infects - crashes).abs() < 1e-15);
                assert!((chance * open[0].infects - infects).abs() < 1e-15);
            }
        }
        assert_eq!(openness.classes[1][0][0].units, 77);
        assert_eq!(openness.classes[0][1][0].units, 0);
    }
}
