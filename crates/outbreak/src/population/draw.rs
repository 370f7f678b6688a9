//! One world's draws.

use rand_distr::{Beta, Distribution};

use super::Population;
use super::unknowns::SharePrior;
use super::world::Settle;
use crate::draws::{Decides, generator, unit};
use crate::threat::Quantity;

/// The numbers of a world: by one the unknowns of the estate are drawn, by the other the threat's parameters, so that each can
/// change while the other stays.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Worlds {
    pub(crate) unknowns: u64,
    pub(crate) parameters: u64,
}

impl Worlds {
    /// The world of a number: both.
    pub(crate) const fn both(number: u64) -> Self {
        Self {
            unknowns: number,
            parameters: number,
        }
    }
}

/// What every draw of a world starts from.
#[derive(Clone, Copy)]
pub(super) struct Draw<'a> {
    pub(super) population: &'a Population<'a>,
    pub(super) seed: u64,
    pub(super) worlds: Worlds,
    pub(super) settle: Settle,
}

/// The number of a parameter: part of its key. A profile has at most 4 vectors and 8 streams.
#[derive(Clone, Copy, Debug)]
pub(super) enum Parameter {
    Latency,
    Stream(u64),
    Success { vector: u64, family: u64 },
    Crash { vector: u64, family: u64 },
    ServiceShare(u64),
    CredentialShare(u64),
    ContactsEach(u64),
    Payload,
    Removal,
    FallsDormant,
    Wakes,
    Dwell,
    AgentStops,
    Addresses(u64),
    OutsideFrom(u64),
    OutsidePace(u64),
}

impl Parameter {
    const fn number(self) -> u64 {
        match self {
            Self::Latency => 0,
            Self::Stream(number) => 1 + number,
            Self::Success { vector, family } => 100 + 1000 * vector + family,
            Self::Crash { vector, family } => 200 + 1000 * vector + family,
            Self::ServiceShare(vector) => 300 + 1000 * vector,
            Self::CredentialShare(vector) => 301 + 1000 * vector,
            Self::ContactsEach(stream) => 50 + stream,
            Self::Addresses(stream) => 80 + stream,
            Self::Payload => 70,
            Self::Removal => 71,
            Self::FallsDormant => 72,
            Self::Wakes => 73,
            Self::Dwell => 74,
            Self::AgentStops => 75,
            Self::OutsideFrom(row) => 10_000 + 2 * row,
            Self::OutsidePace(row) => 10_001 + 2 * row,
        }
    }
}

impl Draw<'_> {
    pub(super) fn parameter(&self, parameter: Parameter, quantity: &Quantity) -> f64 {
        quantity.at(self.parameter_unit(parameter))
    }

    pub(super) fn parameter_unit(&self, parameter: Parameter) -> f64 {
        let key = [parameter.number()];
        unit(self.seed, self.worlds.parameters, Decides::Parameter, &key)
    }

    /// The share of machines whose agent stops what it sees on which it stops the threat.
    pub(super) fn agent_stops(&self) -> f64 {
        let range = self.population.rules.agent_stops;
        let unit = self.parameter_unit(Parameter::AgentStops);
        range.share_low + unit * (range.share_high - range.share_low)
    }

    /// The share of each organisation's machines that are so where nothing says; `number` tells what is asked.
    pub(super) fn organisation_shares(&self, number: u64, prior: SharePrior) -> Vec<f64> {
        let SharePrior {
            mean_share,
            certainty_machines,
        } = prior;
        let organisations = self.population.estate.organisations.len() as u64;
        let law = Beta::new(
            mean_share * certainty_machines,
            (1.0 - mean_share) * certainty_machines,
        );
        let of = |organisation| {
            law.as_ref().map_or(mean_share, |beta| {
                beta.sample(&mut generator(
                    self.seed,
                    self.worlds.unknowns,
                    Decides::OrganisationShare,
                    &[number, organisation],
                ))
            })
        };
        (0..organisations).map(of).collect()
    }
}
