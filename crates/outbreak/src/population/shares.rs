//! The share of machines whose safeguard is missing, learnt from those that are settled.

use std::collections::BTreeMap;

use rand_distr::{Beta, Distribution};
use wardround_estate::{Family, Gap, OrganisationId};
use wardround_evidence::Truth;

use super::member::Member;
use super::unknowns::UnknownRules;
use crate::draws::{Decides, generator};

/// Settled machines: how many safeguards fail of how many.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct Counted {
    pub(super) fails: f64,
    pub(super) settled: f64,
}

/// For each condition, what settled machines say, for the estate and for each administrator, by family of system.
#[derive(Clone, Debug)]
pub(super) struct Shares {
    estate: Vec<BTreeMap<Family, Counted>>,
    own: Vec<BTreeMap<(OrganisationId, Family), Counted>>,
    keys: BTreeMap<(OrganisationId, Family), u64>,
}

impl Shares {
    pub(super) fn count(members: &[Member], conditions: usize) -> Self {
        let mut estate = vec![BTreeMap::<Family, Counted>::new(); conditions];
        let mut own = vec![BTreeMap::<_, Counted>::new(); conditions];
        let mut keys = BTreeMap::new();
        for member in members {
            keys.insert((member.administrator, member.family), 0);
            for (condition, (truth, gap)) in member.conditions.iter().enumerate() {
                // A source that lists only what is missing settles only failures; those that it spares belong to the
                // count, or the share would be of failures among failures.
                if !truth.is_settled() && *gap != Some(Gap::NoComplaint) {
                    continue;
                }
                let fails = f64::from(u8::from(*truth == Truth::Fails));
                let all = estate[condition].entry(member.family).or_default();
                let mine = own[condition]
                    .entry((member.administrator, member.family))
                    .or_default();
                for counted in [all, mine] {
                    counted.fails += fails;
                    counted.settled += 1.0;
                }
            }
        }
        for (number, key) in (0..).zip(keys.values_mut()) {
            *key = number;
        }
        Self { estate, own, keys }
    }

    /// The probability that a safeguard is missing, drawn for each administrator and family in one world.
    ///
    /// Beta with the administrator's own counts and a prior of `shrinkage_machines` machines at the estate's mean for that
    /// family; families that nobody settled take the mean over all families, and an estate that settles nothing takes one half.
    pub(super) fn draw(&self, seed: u64, world: u64, rules: &UnknownRules) -> Drawn {
        let mut drawn = Vec::with_capacity(self.own.len());
        for (number, (estate, own)) in (0u64..).zip(self.estate.iter().zip(&self.own)) {
            let overall = estate
                .values()
                .fold(Counted::default(), |sum, counted| Counted {
                    fails: sum.fails + counted.fails,
                    settled: sum.settled + counted.settled,
                });
            let mut shares = BTreeMap::new();
            for (key, key_number) in &self.keys {
                let mean = mean(
                    estate.get(&key.1).copied().unwrap_or_default(),
                    mean(overall, 0.5),
                );
                let mine = own.get(key).copied().unwrap_or_default();
                let a = mine.fails + mean * rules.shrinkage_machines;
                let b = mine.settled - mine.fails + (1.0 - mean) * rules.shrinkage_machines;
                let share = Beta::new(a.max(1e-3), b.max(1e-3)).map_or(mean, |beta| {
                    beta.sample(&mut generator(
                        seed,
                        world,
                        Decides::Share,
                        &[number, *key_number],
                    ))
                });
                shares.insert(*key, share);
            }
            drawn.push(shares);
        }
        Drawn { shares: drawn }
    }
}

/// The mean of a family, with two machines' worth of the wider mean so that no share is exactly 0 or 1.
fn mean(counted: Counted, wider: f64) -> f64 {
    (counted.fails + 2.0 * wider) / (counted.settled + 2.0)
}

/// Shares drawn for one world.
pub(super) struct Drawn {
    shares: Vec<BTreeMap<(OrganisationId, Family), f64>>,
}

impl Drawn {
    /// The probability that a machine's unknown safeguard is missing.
    pub(super) fn missing(&self, condition: usize, member: &Member, odds_ratio: f64) -> f64 {
        let share = self.shares[condition]
            .get(&(member.administrator, member.family))
            .copied()
            .unwrap_or(0.5);
        let odds = odds_ratio * share / (1.0 - share).max(1e-12);
        odds / (1.0 + odds)
    }
}
