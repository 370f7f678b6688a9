//! How outbreaks come to be: where they get in, where they began, and what makes them differ.

use wardround_evidence::{NetworkName, OrganisationName};

use super::Interval;

/// What an organisation's first infection comes through, over the outbreaks that reach it; shares (0 to 1) that add up to 1.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct WaysIn {
    /// Nothing: the outbreak began there.
    pub began: f64,
    /// From outside all organisations, by the internet.
    pub outside: f64,
    /// Along an explicit contact, such as a log-on.
    pub contact: f64,
    /// Inside a network that it shares with another organisation.
    pub shared: f64,
    /// From another organisation, out through that one's border and in through its own.
    pub border: f64,
    /// From another organisation by a link between two networks, where no border would let it pass.
    pub link: f64,
    /// The other organisation that it comes from most often, with the share (0 to 1) of the outbreaks that reach it; none where
    /// it never does, or that one has no name.
    pub from: Option<(OrganisationName, f64)>,
    /// Between which networks it comes from another organisation most often; none where it never does.
    pub gate: Option<Gate>,
}

/// Where the first infection of an organisation passes from another into it.
#[derive(Clone, Debug, PartialEq)]
pub struct Gate {
    /// The network that it leaves.
    pub from: NetworkName,
    /// The network that it comes into.
    pub to: NetworkName,
    /// The share (0 to 1) of the outbreaks that reach the organisation.
    pub share: f64,
    /// Whether evidence, rather than a draw, lets traffic pass there.
    pub is_evidenced: bool,
}

/// What outbreaks that began in one kind of network of one organisation took.
#[derive(Clone, Debug)]
pub struct EntryLine {
    /// Whose network; none for machines that no organisation claims.
    pub organisation: Option<OrganisationName>,
    /// What kind of network: `office network`.
    pub kind: String,
    /// How many outbreaks began there.
    pub outbreaks: u32,
    /// The share (0 to 1) of them that did not die out.
    pub grows: f64,
    /// Machines taken in them.
    pub taken: Interval,
}

/// What makes outbreaks take different numbers of machines: shares (0 to 1) of the variance that add up to 1, each with its
/// standard error.
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
