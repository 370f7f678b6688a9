//! What makes an ensemble the one that it is, so that parts of two are never taken for parts of one.

use wardround_estate::{Gap, Passage};
use wardround_evidence::{Digest, Truth};

use super::part::PAIRS_UP_TO;
use crate::population::{Effect, Population, Settle};
use crate::scenario::Scenario;
use crate::threat::ContactKind;

/// Which ensemble a part belongs to. It holds digests and counts, and no name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EnsembleIdentity {
    /// The program that sampled: another version may draw otherwise.
    pub program: String,
    /// The threat's profile.
    pub threat: Digest,
    /// All that the outbreaks take from the estate.
    pub estate: Digest,
    /// Entry, start, horizon, response and kill switch; how unknowns are settled; and the effects.
    pub circumstances: Digest,
    /// The random seed.
    pub seed: u64,
    /// How many worlds.
    pub worlds: u32,
    /// How many outbreaks in each.
    pub repeats: u32,
    /// How many machines.
    pub hosts: u32,
    /// How many organisations.
    pub organisations: u32,
}

impl Default for EnsembleIdentity {
    fn default() -> Self {
        let none = Digest::from_bytes([0; 32]);
        Self {
            program: String::new(),
            threat: none,
            estate: none,
            circumstances: none,
            seed: 0,
            worlds: 0,
            repeats: 0,
            hosts: 0,
            organisations: 0,
        }
    }
}

impl EnsembleIdentity {
    /// The identity of an ensemble that is about to be sampled.
    #[must_use]
    pub fn of(
        population: &Population<'_>,
        scenario: &Scenario,
        settle: Settle,
        effects: &[Effect],
    ) -> Self {
        let estate = population.estate();
        let count = |count: usize| u32::try_from(count).unwrap_or(u32::MAX);
        // What has fields of its own above stays out, so that a difference is told by its own name.
        let rest = Scenario {
            seed: 0,
            worlds: 1,
            repeats: 1,
            ..scenario.clone()
        };
        let circumstances = format!("{rest:?} {settle:?} {effects:?} {:?}", population.rules());
        let profile = format!("{:?}", population.profile());
        Self {
            program: format!("wardround {}", env!("CARGO_PKG_VERSION")),
            threat: Digest::of(profile.as_bytes()),
            estate: estate_digest(population),
            circumstances: Digest::of(circumstances.as_bytes()),
            seed: scenario.seed,
            worlds: scenario.worlds,
            repeats: scenario.repeats,
            hosts: count(estate.hosts.len()),
            organisations: count(estate.organisations.len()),
        }
    }

    /// Outbreaks in all.
    #[must_use]
    pub const fn replicates(&self) -> u32 {
        self.worlds.saturating_mul(self.repeats)
    }

    /// In what it is another ensemble than `other`, in words; empty where both are one.
    #[must_use]
    pub fn differs_from(&self, other: &Self) -> Vec<&'static str> {
        [
            (self.program != other.program, "the version of wardround"),
            (self.threat != other.threat, "the threat's profile"),
            (
                (self.hosts, self.organisations, self.estate)
                    != (other.hosts, other.organisations, other.estate),
                "the estate",
            ),
            (self.circumstances != other.circumstances, "the scenario"),
            (self.seed != other.seed, "the seed"),
            (self.worlds != other.worlds, "the number of worlds"),
            (self.repeats != other.repeats, "the number of repeats"),
        ]
        .into_iter()
        .filter_map(|(differs, words)| differs.then_some(words))
        .collect()
    }

    /// The scenario's numbers that a summary needs.
    #[must_use]
    pub fn scenario(&self) -> Scenario {
        Scenario {
            seed: self.seed,
            worlds: self.worlds,
            repeats: self.repeats,
            ..Scenario::default()
        }
    }
}

/// A digest over what a population takes from its estate. Names, paths and moments have no part in it: the same exports in
/// another folder are the same estate.
fn estate_digest(population: &Population<'_>) -> Digest {
    let estate = population.estate();
    let mut bytes: Vec<u8> = Vec::with_capacity(16 * estate.hosts.len());
    let mut number = |number: u32| bytes.extend_from_slice(&number.to_le_bytes());
    let of_truth = |truth: Truth, gap: Option<Gap>| truth as u32 | gap_number(gap) << 8;
    for (host, member) in estate.hosts.iter().zip(population.members()) {
        number(host.organisation.0);
        number(host.networks.len() as u32);
        host.networks.iter().for_each(|network| number(network.0));
        number(host.role.map_or(0, |role| role as u32 + 1));
        number(u32::from(host.may_be_a_workstation()));
        number(member.family as u32);
        number(u32::from(member.faces_internet));
        for (truth, gap) in &member.conditions {
            number(of_truth(*truth, *gap));
        }
    }
    for organisation in &estate.organisations {
        number(organisation.administrator.0);
    }
    let passage = |passage: Passage| passage as u32;
    for (network, rules) in estate.networks.iter().zip(&population.reach().networks) {
        number(network.organisation.0);
        number(network.realm.map_or(0, |realm| realm + 1));
        number(network.kind as u32);
        number(network.blocks.len() as u32);
        for block in &network.blocks {
            number(u32::from(block.prefix_len()));
            number(u32::from(block.max_prefix_len()));
        }
        number(passage(rules.leaves));
        number(passage(rules.enters));
        number(passage(rules.leaves_organisation));
        number(passage(rules.enters_organisation));
    }
    for link in &population.reach().links {
        number(link.from.0);
        number(link.to.0);
    }
    for kind in [ContactKind::Conversations, ContactKind::LogOns] {
        for pair in population.acquaintances(kind) {
            number(pair.from);
            number(pair.to);
            number(u32::from(pair.proven) << 1 | u32::from(kind == ContactKind::LogOns));
        }
    }
    number(PAIRS_UP_TO as u32);
    Digest::of(&bytes)
}

fn gap_number(gap: Option<Gap>) -> u32 {
    gap.map_or(0, |gap| gap as u32 + 1)
}
