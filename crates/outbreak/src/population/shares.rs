//! The share of machines whose safeguard is missing, learnt from those that are settled.

use std::collections::{BTreeMap, BTreeSet};

use rand_distr::{Beta, Distribution, StandardNormal};
use wardround_estate::{Family, Gap, OrganisationId};
use wardround_evidence::Truth;

use super::census::Census;
use super::member::Member;
use super::unknowns::{GapRule, UnknownRules};
use crate::draws::{Decides, generator};

/// Settled machines: how many safeguards fail of how many.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
struct Counted {
    fails: f64,
    settled: f64,
}

/// Whose machines share a share: an administrator's of one family of system.
type Group = (OrganisationId, Family);

/// For each condition, what settled machines say, for the estate and for each administrator, by family of system.
#[derive(Clone, Debug)]
pub(super) struct Shares {
    estate: Vec<BTreeMap<Family, Counted>>,
    own: Vec<BTreeMap<Group, Counted>>,
    groups: Vec<Group>,
}

impl Shares {
    /// Counts settled machines. Those of which silence tells something count by their assumed share: a source that lists
    /// only what is missing settles only failures, so without them the share would be of failures among failures.
    pub(super) fn count(census: &Census, conditions: usize, rules: &UnknownRules) -> Self {
        let mut estate = vec![BTreeMap::<Family, Counted>::new(); conditions];
        let mut own = vec![BTreeMap::<Group, Counted>::new(); conditions];
        let mut groups = BTreeSet::new();
        for (member, machines) in &census.kinds {
            let group = group(member);
            groups.insert(group);
            let machines = f64::from(*machines);
            for (condition, (truth, gap)) in member.conditions.iter().enumerate() {
                let fails = match (truth, gap.map(|gap| rules.of(gap))) {
                    (Truth::Holds, _) => 0.0,
                    (Truth::Fails, _) => 1.0,
                    (Truth::Unknown, Some(GapRule::Share(prior))) => prior.mean_missing,
                    (Truth::Unknown, _) => continue,
                };
                let all = estate[condition].entry(member.family).or_default();
                let mine = own[condition].entry(group).or_default();
                for counted in [all, mine] {
                    counted.fails += fails * machines;
                    counted.settled += machines;
                }
            }
        }
        Self {
            estate,
            own,
            groups: groups.into_iter().collect(),
        }
    }

    /// What is drawn once for a world: the share for each administrator and family, and how far each gap's odds are off.
    ///
    /// A share is Beta with the administrator's own counts and a prior of `shrinkage_machines` machines at the estate's mean
    /// for that family; families that nobody settled take the mean over all families, and an estate that settles nothing
    /// takes one half. Odds are log-normal around the stated ones.
    pub(super) fn draw(&self, seed: u64, world: u64, rules: &UnknownRules) -> Drawn<'_> {
        let beta = |mean: f64, weight: f64, key: &[u64]| {
            let (a, b) = (mean * weight, (1.0 - mean) * weight);
            Beta::new(a.max(1e-3), b.max(1e-3)).map_or(mean, |beta| {
                beta.sample(&mut generator(seed, world, Decides::Share, key))
            })
        };
        let mut shares = Vec::with_capacity(self.own.len());
        for (condition, (estate, own)) in (0u64..).zip(self.estate.iter().zip(&self.own)) {
            let overall = estate
                .values()
                .fold(Counted::default(), |sum, counted| Counted {
                    fails: sum.fails + counted.fails,
                    settled: sum.settled + counted.settled,
                });
            let of_group = |(number, group): (u64, &Group)| {
                let wider = mean(overall, 0.5);
                let prior = mean(estate.get(&group.1).copied().unwrap_or_default(), wider);
                let mine = own.get(group).copied().unwrap_or_default();
                let weight = mine.settled + rules.shrinkage_machines;
                let centre = (mine.fails + prior * rules.shrinkage_machines) / weight;
                beta(centre, weight, &[condition, number])
            };
            shares.push((0..).zip(&self.groups).map(of_group).collect());
        }
        let gaps = (0u64..)
            .zip(Gap::ALL)
            .map(|(number, gap)| {
                let key = [u64::MAX, number];
                let drawn = match rules.of(gap) {
                    GapRule::Odds(odds) => {
                        let z: f64 = StandardNormal.sample(&mut generator(
                            seed,
                            world,
                            Decides::Share,
                            &key,
                        ));
                        GapDraw::Odds(odds * (z * rules.odds_uncertainty_factor.ln()).exp())
                    }
                    GapRule::Share(prior) => {
                        GapDraw::Share(beta(prior.mean_missing, prior.certainty_machines, &key))
                    }
                };
                (gap, drawn)
            })
            .collect();
        Drawn {
            groups: &self.groups,
            shares,
            gaps,
        }
    }
}

const fn group(member: &Member) -> Group {
    (member.administrator, member.family)
}

/// The mean of a family, with two machines' worth of the wider mean so that no share is exactly 0 or 1.
fn mean(counted: Counted, wider: f64) -> f64 {
    (counted.fails + 2.0 * wider) / (counted.settled + 2.0)
}

/// What was drawn for one world.
pub(super) struct Drawn<'a> {
    groups: &'a [Group],
    /// For each condition, the share of each group.
    shares: Vec<Vec<f64>>,
    gaps: BTreeMap<Gap, GapDraw>,
}

#[derive(Clone, Copy)]
enum GapDraw {
    Odds(f64),
    Share(f64),
}

impl Drawn<'_> {
    /// The probability that a machine's unknown safeguard is missing.
    pub(super) fn missing(&self, condition: usize, member: &Member, gap: Option<Gap>) -> f64 {
        let odds_ratio = match gap.and_then(|gap| self.gaps.get(&gap)) {
            Some(GapDraw::Share(share)) => return *share,
            Some(GapDraw::Odds(odds)) => *odds,
            None => 1.0,
        };
        let place = self.groups.binary_search(&group(member));
        let share = place.map_or(0.5, |place| self.shares[condition][place]);
        let odds = odds_ratio * share / (1.0 - share).max(1e-12);
        odds / (1.0 + odds)
    }
}
