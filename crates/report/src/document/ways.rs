//! How outbreaks come to be.

use schemars::JsonSchema;
use serde::Serialize;

use super::{Door, Interval, Shown};
use crate::review;

/// What an organisation's first infection comes through, over the outbreaks that reach it; shares (0 to 1) that add up to 1.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub(crate) struct WaysIn {
    /// Nothing: the outbreak began there.
    pub(crate) began: f64,
    /// From outside all organisations, by the internet.
    pub(crate) outside: f64,
    /// Along an explicit contact, such as a log-on.
    pub(crate) contact: f64,
    /// Inside a network that it shares with another organisation.
    pub(crate) shared: f64,
    /// From another organisation, out through that one's border and in through its own.
    pub(crate) border: f64,
    /// From another organisation by a link between two networks, where no border would let it pass.
    pub(crate) link: f64,
    /// The other organisation that it comes from most often; for the team only.
    pub(crate) from: Option<Shown>,
    /// In which share (0 to 1) of the outbreaks that reach it that one is where it comes from.
    pub(crate) from_share: Option<f64>,
    /// Between which networks it comes from another organisation most often; for the team only.
    pub(crate) gate: Option<Gate>,
}

/// Where the first infection of an organisation passes from another into it.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub(crate) struct Gate {
    /// The network that it leaves.
    pub(crate) from: Option<Shown>,
    /// The network that it comes into.
    pub(crate) to: Option<Shown>,
    /// The share (0 to 1) of the outbreaks that reach the organisation.
    pub(crate) share: f64,
    /// Whether evidence, rather than a draw, lets traffic pass there.
    pub(crate) evidenced: bool,
}

/// What outbreaks that began in one kind of network of one organisation took.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub(crate) struct EntryLine {
    /// Whose network; none for machines that no organisation claims.
    pub(crate) organisation: Option<Shown>,
    /// What kind of network.
    pub(crate) kind: Shown,
    /// How many outbreaks began there.
    pub(crate) outbreaks: u32,
    /// The share (0 to 1) of them that did not die out.
    pub(crate) grows: f64,
    /// Machines taken in them.
    pub(crate) taken: Interval,
}

/// A share (0 to 1) of the variance of machines taken.
#[derive(Clone, Copy, Debug, Serialize, JsonSchema)]
pub(crate) struct VariancePart {
    /// The share.
    pub(crate) share: f64,
    /// Its standard error.
    pub(crate) error: f64,
}

/// What makes outbreaks take different numbers of machines; the shares add up to 1.
#[derive(Clone, Copy, Debug, Serialize, JsonSchema)]
pub(crate) struct VarianceSplit {
    /// What is unknown of the estate.
    pub(crate) estate: VariancePart,
    /// The threat's numbers.
    pub(crate) parameters: VariancePart,
    /// What the two make together and not apart.
    pub(crate) together: VariancePart,
    /// Chance.
    pub(crate) chance: VariancePart,
}

impl WaysIn {
    pub(crate) fn new(ways: &review::WaysIn, door: &Door<'_>) -> Self {
        // From whom to whom is a route.
        let from = ways.from.as_ref().filter(|_| door.names_hosts());
        let gate = ways.gate.as_ref().filter(|_| door.names_hosts());
        Self {
            began: ways.began,
            outside: ways.outside,
            contact: ways.contact,
            shared: ways.shared,
            border: ways.border,
            link: ways.link,
            from: from.map(|(name, _)| door.organisation(name)),
            from_share: from.map(|(_, share)| *share),
            gate: gate.map(|gate| Gate {
                from: door.network(&gate.from),
                to: door.network(&gate.to),
                share: gate.share,
                evidenced: gate.is_evidenced,
            }),
        }
    }
}

impl EntryLine {
    pub(crate) fn new(line: &review::EntryLine, door: &Door<'_>) -> Self {
        Self {
            organisation: (line.organisation.as_ref()).map(|name| door.organisation(name)),
            kind: door.text(&line.kind),
            outbreaks: line.outbreaks,
            grows: line.grows,
            taken: Interval::new(line.taken),
        }
    }
}

impl VarianceSplit {
    pub(crate) const fn new(split: review::VarianceSplit) -> Self {
        Self {
            estate: VariancePart::new(split.estate),
            parameters: VariancePart::new(split.parameters),
            together: VariancePart::new(split.together),
            chance: VariancePart::new(split.chance),
        }
    }
}

impl VariancePart {
    const fn new((share, error): (f64, f64)) -> Self {
        Self { share, error }
    }
}
