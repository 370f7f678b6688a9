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
    /// The same outbreaks without it, or where it turns out badly.
    pub(crate) without_it: Option<Spread>,
    /// Mean machines spared over all outbreaks.
    pub(crate) spared: Option<f64>,
    /// Its standard error.
    pub(crate) spared_error: Option<f64>,
    /// The low end of its 95 % interval.
    pub(crate) spared_low: Option<f64>,
    /// The high end of its 95 % interval.
    pub(crate) spared_high: Option<f64>,
    /// How many times as many outbreaks would be needed for the same error, were both worlds drawn independently; none where
    /// the difference never varies.
    pub(crate) variance_reduction: Option<f64>,
    /// What is not lost after all, over the days that losses are counted; none where it was not measured.
    pub(crate) saved: Option<Saved>,
    /// A caution.
    pub(crate) caution: Option<Shown>,
}

/// What is not lost after all, on average over all outbreaks.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub(crate) struct Saved {
    /// Units by activity.
    pub(crate) units: Vec<SavedUnits>,
    /// What units that are priced are worth, in pounds.
    pub(crate) worth_gbp: f64,
    /// Its standard error.
    pub(crate) worth_gbp_error: f64,
}

/// Units of one activity that are not lost after all.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub(crate) struct SavedUnits {
    /// The units, in the plural.
    pub(crate) activity: Shown,
    /// How many on average.
    pub(crate) units: f64,
    /// Its standard error.
    pub(crate) units_error: f64,
}

impl Saved {
    pub(super) fn new(saved: &review::Saved, door: &Door<'_>) -> Self {
        Self {
            units: door.each(&saved.units, |line, door| SavedUnits {
                activity: door.text(&line.activity),
                units: line.units.0,
                units_error: line.units.1,
            }),
            worth_gbp: saved.worth_gbp.0,
            worth_gbp_error: saved.worth_gbp.1,
        }
    }
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
            without_it: advice.without_it.as_ref().map(Spread::new),
            spared: advice.spared.map(|spared| spared.mean),
            spared_error: advice.spared.map(|spared| spared.error),
            spared_low: advice.spared.map(|spared| spared.interval.0),
            spared_high: advice.spared.map(|spared| spared.interval.1),
            variance_reduction: (advice.spared).and_then(|spared| spared.variance_reduction),
            saved: advice.saved.as_ref().map(|saved| Saved::new(saved, door)),
            caution: advice.caution.as_deref().map(|text| door.text(text)),
        }
    }
}
