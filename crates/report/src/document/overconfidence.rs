//! What claims that do not stand would be worth.

use schemars::JsonSchema;
use serde::Serialize;

use super::{Door, Saved, Spread};
use crate::review;

/// What claims that do not stand would be worth on the leading threat, were they true.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub(crate) struct Overconfidence {
    /// The answer that the evidence supports, on the draws of the others.
    pub(crate) evidenced: Spread,
    /// Claims that the evidence refutes.
    pub(crate) refuted: PricedClaims,
    /// Claims that it does not bear out: what they would spare beyond the refuted ones.
    pub(crate) unsupported: PricedClaims,
    /// Claims that do not stand and have no price, for the threat does not depend on their control.
    pub(crate) not_priced: u32,
}

/// What some claims would be worth, were they true.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub(crate) struct PricedClaims {
    /// How many claims.
    pub(crate) claims: u32,
    /// Machines of which they say something that the evidence does not.
    pub(crate) hosts: u32,
    /// Borders of which they do.
    pub(crate) borders: u32,
    /// The answer were they true.
    pub(crate) were_true: Spread,
    /// Mean machines spared over all outbreaks.
    pub(crate) spared: f64,
    /// Its standard error.
    pub(crate) spared_error: f64,
    /// The low end of its 95 % interval.
    pub(crate) spared_low: f64,
    /// The high end of its 95 % interval.
    pub(crate) spared_high: f64,
    /// How many times as many outbreaks would be needed for the same error, were both worlds drawn independently; none where
    /// the difference never varies.
    pub(crate) variance_reduction: Option<f64>,
    /// What would not be lost, over the days that losses are counted; none where it was not measured.
    pub(crate) saved: Option<Saved>,
}

impl Overconfidence {
    pub(crate) fn new(found: &review::Overconfidence, door: &Door<'_>) -> Self {
        Self {
            evidenced: Spread::new(&found.evidenced),
            refuted: PricedClaims::new(&found.refuted, door),
            unsupported: PricedClaims::new(&found.unsupported, door),
            not_priced: found.not_priced,
        }
    }
}

impl PricedClaims {
    fn new(priced: &review::PricedClaims, door: &Door<'_>) -> Self {
        Self {
            claims: priced.claims,
            hosts: priced.hosts,
            borders: priced.borders,
            were_true: Spread::new(&priced.were_true),
            spared: priced.spared.mean,
            spared_error: priced.spared.error,
            spared_low: priced.spared.interval.0,
            spared_high: priced.spared.interval.1,
            variance_reduction: priced.spared.variance_reduction,
            saved: priced.saved.as_ref().map(|saved| Saved::new(saved, door)),
        }
    }
}
