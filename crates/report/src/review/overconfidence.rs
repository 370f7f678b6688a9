//! What claims that do not stand would be worth.

use super::{Saved, Spared, Spread};

/// What claims that do not stand would be worth on the leading threat, were they true.
#[derive(Clone, Debug)]
pub struct Overconfidence {
    /// The answer that the evidence supports, on the draws of the others.
    pub evidenced: Spread,
    /// Claims that the evidence refutes.
    pub refuted: PricedClaims,
    /// Claims that it does not bear out: what they would spare beyond the refuted ones.
    pub unsupported: PricedClaims,
    /// Claims that do not stand and have no price, for the threat does not depend on their control.
    pub not_priced: u32,
}

/// What some claims would be worth, were they true.
#[derive(Clone, Debug)]
pub struct PricedClaims {
    /// How many claims.
    pub claims: u32,
    /// Machines of which they say something that the evidence does not.
    pub hosts: u32,
    /// Borders of which they do.
    pub borders: u32,
    /// The answer were they true.
    pub were_true: Spread,
    /// Machines spared over all outbreaks.
    pub spared: Spared,
    /// What would not be lost.
    pub saved: Option<Saved>,
}
