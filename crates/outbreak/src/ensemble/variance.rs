//! How much of what outbreaks differ by is unknown estate, how much the threat's numbers, how much chance.
//!
//! Every one of E estates (what is unknown of it, drawn) meets every one of P draws of the threat's numbers, R outbreaks
//! each: a balanced two-way crossed design with random effects. The components come from its mean squares (Searle, Casella
//! and McCulloch, *Variance Components*, 1992, chapter 4), not below 0; standard errors from leaving out each estate and each
//! draw in turn (jackknife).

use rayon::prelude::*;
use wardround_engine::Totals;
use wardround_engine::fast::{Prepared, Scratch};

use super::run::RunError;
use crate::draws::{Decides, key};
use crate::population::Population;
use crate::scenario::Scenario;

/// How many estates, draws of the threat's numbers, and outbreaks of each pair.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Split {
    /// At least 3.
    pub estates: u32,
    /// At least 3.
    pub parameters: u32,
    /// At least 2.
    pub repeats: u32,
}

impl Split {
    /// As many as an estate of so many machines can be asked with in reasonable time: 8 by 8 up to 100,000 machines, and no
    /// fewer than 4 by 4.
    #[must_use]
    pub fn for_machines(hosts: usize) -> Self {
        let side = 8.0 * (1e5 / hosts.max(100_000) as f64).sqrt();
        let side = side.max(4.0) as u32;
        Self {
            estates: side,
            parameters: side,
            repeats: 2,
        }
    }
}

/// The shares of the variance of machines taken, each with its standard error.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct VarianceSplit {
    /// What is unknown of the estate.
    pub estate: (f64, f64),
    /// The threat's numbers.
    pub parameters: (f64, f64),
    /// What the two make together and not apart.
    pub together: (f64, f64),
    /// Chance.
    pub chance: (f64, f64),
}

/// Draws of the threat's numbers of this design have numbers that no world of an ensemble has.
const PARAMETERS_FROM: u64 = 1 << 40;

/// Splits the variance of machines taken; `None` where all outbreaks take as many.
///
/// # Errors
/// When there are no machines, or the engine refuses a world.
pub fn split_variance(
    population: &Population<'_>,
    scenario: &Scenario,
    split: Split,
) -> Result<Option<VarianceSplit>, RunError> {
    if population.estate().hosts.is_empty() {
        return Err(RunError::NoHosts);
    }
    let (estates, parameters) = (split.estates.max(3), split.parameters.max(3));
    let cells: Vec<Vec<f64>> = (0..estates * parameters)
        .into_par_iter()
        .map(|cell| {
            let (estate, numbers) = (u64::from(cell / parameters), u64::from(cell % parameters));
            let numbers = PARAMETERS_FROM + numbers;
            let world = population.world_with_parameters(scenario, estate, numbers);
            let prepared = Prepared::new(&world.input)?;
            let seed = key(scenario.seed, estate, Decides::Replicate, &[numbers]);
            let mut scratch = Scratch::new();
            let taken = (0..u64::from(split.repeats.max(2))).map(|repeat| {
                let mut totals = Totals::default();
                prepared.sample(seed, repeat, &mut scratch, &mut totals);
                f64::from(totals.infected)
            });
            Ok(taken.collect())
        })
        .collect::<Result<_, RunError>>()?;
    let rows: Vec<Vec<Vec<f64>>> = cells
        .chunks(parameters as usize)
        .map(<[Vec<f64>]>::to_vec)
        .collect();
    Ok(shares_with_errors(&rows))
}

/// Shares of the components, in the order of [`VarianceSplit`].
fn shares(rows: &[Vec<Vec<f64>>]) -> Option<[f64; 4]> {
    let (e, p) = (rows.len() as f64, rows[0].len() as f64);
    let r = rows[0][0].len() as f64;
    let mean = |values: &[f64]| values.iter().sum::<f64>() / values.len() as f64;
    let cells: Vec<Vec<f64>> = rows
        .iter()
        .map(|row| row.iter().map(|cell| mean(cell)).collect())
        .collect();
    let estates: Vec<f64> = cells.iter().map(|row| mean(row)).collect();
    let column = |at: usize| mean(&cells.iter().map(|row| row[at]).collect::<Vec<f64>>());
    let parameters: Vec<f64> = (0..rows[0].len()).map(column).collect();
    let grand = mean(&estates);
    let spread = |means: &[f64]| -> f64 { means.iter().map(|it| (it - grand).powi(2)).sum() };
    let ms_estate = p * r * spread(&estates) / (e - 1.0);
    let ms_parameters = e * r * spread(&parameters) / (p - 1.0);
    let mut together = 0.0;
    let mut within = 0.0;
    for (row, (cells, estate)) in rows.iter().zip(cells.iter().zip(&estates)) {
        for ((outbreaks, cell), parameter) in row.iter().zip(cells).zip(&parameters) {
            together += (cell - estate - parameter + grand).powi(2);
            within += outbreaks.iter().map(|it| (it - cell).powi(2)).sum::<f64>();
        }
    }
    let ms_together = r * together / ((e - 1.0) * (p - 1.0));
    let ms_within = within / (e * p * (r - 1.0));
    let components = [
        ((ms_estate - ms_together) / (p * r)).max(0.0),
        ((ms_parameters - ms_together) / (e * r)).max(0.0),
        ((ms_together - ms_within) / r).max(0.0),
        ms_within,
    ];
    let total: f64 = components.iter().sum();
    (total > 0.0).then(|| components.map(|component| component / total))
}

fn shares_with_errors(rows: &[Vec<Vec<f64>>]) -> Option<VarianceSplit> {
    let all = shares(rows)?;
    let without_estate = (0..rows.len()).filter_map(|left_out| {
        let mut rows = rows.to_vec();
        rows.remove(left_out);
        shares(&rows)
    });
    let without_parameters = (0..rows[0].len()).filter_map(|left_out| {
        let mut rows = rows.to_vec();
        rows.iter_mut().for_each(|row| {
            row.remove(left_out);
        });
        shares(&rows)
    });
    let samples = [
        without_estate.collect::<Vec<_>>(),
        without_parameters.collect(),
    ];
    let error = |component: usize| {
        let variance = |sample: &Vec<[f64; 4]>| {
            let n = sample.len() as f64;
            let mean = sample.iter().map(|it| it[component]).sum::<f64>() / n;
            let squares = sample.iter().map(|it| (it[component] - mean).powi(2));
            (n - 1.0) / n * squares.sum::<f64>()
        };
        samples.iter().map(variance).sum::<f64>().sqrt()
    };
    let of = |component: usize| (all[component], error(component));
    Some(VarianceSplit {
        estate: of(0),
        parameters: of(1),
        together: of(2),
        chance: of(3),
    })
}

#[cfg(test)]
mod tests {
    use rand::SeedableRng;
    use rand_distr::{Distribution, StandardNormal};
    use rand_pcg::Pcg64Mcg;

    use super::shares_with_errors;

    #[test]
    fn a_split_that_is_known_is_found_again() {
        let mut random = Pcg64Mcg::seed_from_u64(5);
        let mut normal = |deviation: f64| -> f64 {
            let z: f64 = StandardNormal.sample(&mut random);
            deviation * z
        };
        // Variances 4, 9, 0 and 3: shares of a quarter, 9/16, nothing and 3/16.
        let parameters: Vec<f64> = (0..40).map(|_| normal(3.0)).collect();
        let rows: Vec<Vec<Vec<f64>>> = (0..40)
            .map(|_| {
                let estate = normal(2.0);
                parameters
                    .iter()
                    .map(|it| {
                        (0..3)
                            .map(|_| estate + it + normal(3.0f64.sqrt()))
                            .collect()
                    })
                    .collect()
            })
            .collect();
        let split = shares_with_errors(&rows).unwrap();
        for (found, expected) in [
            (split.estate, 4.0 / 16.0),
            (split.parameters, 9.0 / 16.0),
            (split.together, 0.0),
            (split.chance, 3.0 / 16.0),
        ] {
            let (share, error) = found;
            assert!((share - expected).abs() < 3.0 * error + 0.01, "{split:?}");
            assert!(error < 0.12, "{split:?}");
        }
    }

    #[test]
    fn outbreaks_that_are_all_alike_have_nothing_to_split() {
        assert_eq!(shares_with_errors(&vec![vec![vec![2.0; 2]; 3]; 3]), None);
    }
}
