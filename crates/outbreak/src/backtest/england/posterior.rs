//! Fitted draws as a table: what is committed, so that predicting needs no fitting.

use super::fit::{FittedDraw, Posterior, point};
use crate::backtest::Prior;

/// The seed under which the draws that come with wardround were fitted.
pub const FITTED_SEED: u64 = 2017;

/// Why a table of draws cannot be read.
#[derive(Debug, thiserror::Error)]
#[error("line {line} of the fitted draws: {wrong}")]
pub struct PosteriorError {
    /// The line, from 1.
    pub line: usize,
    /// What is wrong with it.
    pub wrong: &'static str,
}

impl Posterior {
    /// The draws that come with wardround.
    ///
    /// # Panics
    /// Never: a test reads them.
    #[must_use]
    pub fn built_in() -> Self {
        let text = include_str!("../../../backtests/england_2017/posterior.csv");
        Self::parse(text, FITTED_SEED).expect("a test reads the fitted draws")
    }

    /// The table: a draw's number, the trusts that were infected, and what each parameter comes to, for reading only.
    #[must_use]
    pub fn table(&self, prior: &Prior) -> String {
        let mut text = format!(
            "# {} proposed, {} fitted one machine and one network, {} sampled\n{}\n",
            self.proposed,
            self.fitted_alone,
            self.sampled,
            heading()
        );
        for draw in &self.draws {
            let values: Vec<String> = values(prior, &draw.point).collect();
            text.push_str(&format!(
                "{},{},{}\n",
                draw.number,
                draw.trusts,
                values.join(",")
            ));
        }
        text
    }

    /// Reads a table. The parameters of a draw follow from the seed and its number; what the table says of them must agree, or it
    /// was fitted under another prior.
    ///
    /// # Errors
    /// Where a line has no number of a draw or of trusts, and where columns or values are not those of the prior.
    pub fn parse(text: &str, seed: u64) -> Result<Self, PosteriorError> {
        let prior = Prior::england_2017();
        let heading = heading();
        let mut posterior = Self::default();
        for (line, words) in (1..).zip(text.lines()) {
            let wrong = |wrong| PosteriorError { line, wrong };
            if let Some(words) = words.strip_prefix('#') {
                let numbers = words.split_whitespace();
                let numbers: Vec<u64> = numbers.filter_map(|word| word.parse().ok()).collect();
                let [proposed, fitted_alone, sampled] = numbers[..] else {
                    return Err(wrong("three counts are missing from the heading"));
                };
                posterior.proposed = proposed;
                posterior.fitted_alone = fitted_alone;
                posterior.sampled = sampled;
                continue;
            }
            if words.starts_with("draw,") {
                if words != heading {
                    return Err(wrong(
                        "the columns are not the parameters of the prior: fit anew",
                    ));
                }
                continue;
            }
            let mut cells = words.split(',');
            let mut next = |what| {
                let cell = cells.next().and_then(|cell| cell.parse::<u64>().ok());
                cell.ok_or_else(|| wrong(what))
            };
            let number = next("the number of the draw is missing")?;
            let trusts = next("the number of trusts is missing")?;
            let point = point(seed, number);
            if !cells.eq(values(&prior, &point)) {
                return Err(wrong(
                    "the values are not those of the prior at this draw: fit anew",
                ));
            }
            posterior.draws.push(FittedDraw {
                number,
                point,
                trusts: u32::try_from(trusts).unwrap_or(u32::MAX),
            });
        }
        Ok(posterior)
    }
}

/// The names of the columns.
fn heading() -> String {
    format!("draw,trusts_infected,{}", Prior::NAMES.join(","))
}

/// The values of the parameters at a point as the table has them.
fn values(prior: &Prior, point: &[f64]) -> impl Iterator<Item = String> {
    let values = prior.at(point).values();
    values.into_iter().map(|value| format!("{value:.4e}"))
}
