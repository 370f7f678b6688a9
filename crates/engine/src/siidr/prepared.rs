//! A graph and a SIIDR, checked once, from which any number of outbreaks can be drawn.

use crate::contacts::Graph;
use crate::siidr::chance::Chance;
use crate::siidr::{Rates, Rule, Siidr, SiidrError};

/// A graph and what spreads on it, found good.
#[derive(Clone, Debug)]
pub struct Prepared<'a> {
    pub(crate) graph: &'a Graph,
    pub(crate) siidr: &'a Siidr,
    pub(crate) infection: Chance,
    pub(crate) waking: Chance,
    /// That an infected host goes dormant.
    pub(crate) dormant: f64,
    /// That it goes dormant or recovers.
    pub(crate) leaves: f64,
}

impl<'a> Prepared<'a> {
    /// Checks what spreads on a graph, whose multipliers do not matter.
    ///
    /// # Errors
    ///
    /// If a chance is none, the exits are more than certain together under the rule of 2023, an entry does not exist or is
    /// named twice, or there is none.
    pub fn new(graph: &'a Graph, siidr: &'a Siidr) -> Result<Self, SiidrError> {
        let Rates {
            infection,
            recovery,
            dormancy,
            waking,
        } = siidr.rates;
        for (what, value) in [
            ("infection", infection),
            ("recovery", recovery),
            ("dormancy", dormancy),
            ("waking", waking),
        ] {
            if !(0.0..=1.0).contains(&value) {
                return Err(SiidrError::Chance { what, value });
            }
        }
        let leaves = match siidr.rule {
            Rule::DormancyFirst2022 => dormancy + (1.0 - dormancy) * recovery,
            Rule::OneExit2023 => dormancy + recovery,
        };
        // Chances that are written with a few digits may have a sum a little above 1.
        if leaves > 1.0 + 1e-9 {
            return Err(SiidrError::Exits { sum: leaves });
        }
        siidr.entries.check(graph.hosts())?;
        Ok(Self {
            graph,
            siidr,
            infection: Chance::new(infection),
            waking: Chance::new(waking),
            dormant: dormancy,
            leaves,
        })
    }
}
