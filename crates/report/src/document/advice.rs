//! What to do and what to find out.

use schemars::JsonSchema;
use serde::Serialize;

use super::{Door, Listing, Machine, Shown, Spread};
use crate::review;

/// One thing to do or to find out.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub(crate) struct Advice {
    /// What, as an instruction.
    pub(crate) what: Shown,
    /// The team that owns it.
    pub(crate) owner: Option<Shown>,
    /// Machines concerned.
    pub(crate) hosts: u32,
    /// The first of them.
    pub(crate) examples: Listing<Machine>,
    /// The answer on the leading threat with it done, or settled in our favour.
    pub(crate) with_it: Option<Spread>,
    /// Mean machines spared over all outbreaks.
    pub(crate) spared: Option<f64>,
    /// Its standard error.
    pub(crate) spared_error: Option<f64>,
    /// A caution.
    pub(crate) caution: Option<Shown>,
}

impl Advice {
    pub(crate) fn new(advice: &review::Advice, door: &Door<'_>) -> Self {
        Self {
            what: door.text(&advice.what),
            owner: advice.owner.as_ref().map(|name| door.organisation(name)),
            hosts: advice.hosts,
            examples: Listing::new(
                &advice.examples,
                door,
                |subject| subject.organisation.as_ref(),
                Machine::new,
            ),
            with_it: advice.with_it.as_ref().map(Spread::new),
            spared: advice.spared.map(|(mean, _)| mean),
            spared_error: advice.spared.map(|(_, error)| error),
            caution: advice.caution.as_deref().map(|text| door.text(text)),
        }
    }
}
