//! What an ensemble's losses come to: distributions by service, by day and by activity, and money apart.

use std::collections::BTreeMap;

use wardround_estate::OrganisationId;

use super::rows::{DayCount, HUNDREDTHS, LossPart};
use crate::ensemble::quantile;
use crate::harm::{Activity, EstateServices, Gbp, Service};

/// The losses of an ensemble. A replicate in which nothing befell a service counts as none.
#[derive(Clone, Debug, PartialEq)]
pub struct Losses {
    /// Days counted.
    pub days: u32,
    /// Outbreaks.
    pub replicates: u32,
    /// Services that anything befell in some outbreak, by position.
    pub services: Vec<ServiceLosses>,
    /// Organisations of which any service was befallen in some outbreak, ascending.
    pub organisations: Vec<OrganisationLosses>,
    /// Activities, each summed over the organisations that do it, but for those whose units are unlike.
    pub activities: Vec<ActivityLosses>,
    /// What all activity not done that is priced is worth, in pounds.
    pub worth: Distribution,
    /// Of that, what organisations lost by cutting themselves off without having been infected.
    pub worth_of_precautions: Distribution,
}

/// One service's losses over all days.
#[derive(Clone, Debug, PartialEq)]
pub struct ServiceLosses {
    /// Which, by position among [`EstateServices::services`].
    pub service: u32,
    /// The share of outbreaks in which anything befell it.
    pub befallen: f64,
    /// Units.
    pub units: UnitLosses,
    /// Units not done, by day.
    pub by_day: Vec<Distribution>,
    /// What units not done are worth in pounds; none where they are not priced.
    pub worth: Option<Distribution>,
}

/// What one organisation's services lost, which have only money in common.
#[derive(Clone, Debug, PartialEq)]
pub struct OrganisationLosses {
    /// Which.
    pub organisation: OrganisationId,
    /// The share of outbreaks in which anything befell a service of its.
    pub befallen: f64,
    /// The share of outbreaks in which anything did and no machine of its was taken.
    pub befallen_uninfected: f64,
    /// What its units not done that are priced are worth, in pounds.
    pub worth: Distribution,
}

/// Units that were not done as planned.
#[derive(Clone, Debug, PartialEq)]
pub struct UnitLosses {
    /// What was planned where anything befell it, on average.
    pub planned: f64,
    /// Done on paper instead.
    pub on_paper: Distribution,
    /// Done later.
    pub postponed: Distribution,
    /// Not done.
    pub lost: Distribution,
    /// Postponed and lost.
    pub not_done: Distribution,
}

/// One activity's losses, summed over organisations: each counts what it does itself, so no unit counts twice.
#[derive(Clone, Debug, PartialEq)]
pub struct ActivityLosses {
    /// Which, by position among the rules' activities.
    pub activity: usize,
    /// Units.
    pub units: UnitLosses,
    /// The share of the mean not done that fell to organisations of which no machine was taken: by precautions and by
    /// services of others.
    pub spared_share: f64,
    /// The share of the mean not done that fell to services that lacked another one.
    pub lacking_share: f64,
    /// What units not done are worth in pounds; none where they are not priced.
    pub worth: Option<Distribution>,
}

/// A distribution over outbreaks.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Distribution {
    /// Its mean.
    pub mean: f64,
    /// The 5 % quantile.
    pub low: f64,
    /// The median.
    pub median: f64,
    /// The 95 % quantile.
    pub high: f64,
    /// The mean of the worst 5 %.
    pub worst_twentieth: f64,
}

impl Distribution {
    /// Of values that stand for some of so many outbreaks; the others had none.
    fn of(mut values: Vec<f64>, outbreaks: usize) -> Self {
        values.resize(outbreaks.max(values.len()), 0.0);
        if values.is_empty() {
            return Self::default();
        }
        values.sort_by(f64::total_cmp);
        let count = values.len();
        let worst = &values[count - count.div_ceil(20)..];
        Self {
            mean: values.iter().sum::<f64>() / count as f64,
            low: quantile(&values, 0.05),
            median: quantile(&values, 0.5),
            high: quantile(&values, 0.95),
            worst_twentieth: worst.iter().sum::<f64>() / worst.len() as f64,
        }
    }
}

/// Sums by replicate, for one thing.
#[derive(Default)]
struct Sums {
    /// Planned, on paper, postponed and lost, in hundredths.
    units: BTreeMap<u32, [u64; 4]>,
    by_day: Vec<Vec<f64>>,
    worth: BTreeMap<u32, f64>,
}

impl Sums {
    fn add(&mut self, replicate: u32, day: &DayCount) {
        let sums = self.units.entry(replicate).or_default();
        let parts = [day.planned, day.on_paper, day.postponed, day.lost];
        sums.iter_mut()
            .zip(parts)
            .for_each(|(sum, part)| *sum += part);
    }

    fn units(&self, outbreaks: usize) -> UnitLosses {
        let of = |of: &dyn Fn(&[u64; 4]) -> u64| {
            let values = self.units.values().map(|sums| of(sums) as f64 / HUNDREDTHS);
            Distribution::of(values.collect(), outbreaks)
        };
        let planned: f64 = self.units.values().map(|sums| sums[0] as f64).sum();
        UnitLosses {
            planned: planned / HUNDREDTHS / self.units.len().max(1) as f64,
            on_paper: of(&|sums| sums[1]),
            postponed: of(&|sums| sums[2]),
            lost: of(&|sums| sums[3]),
            not_done: of(&|sums| sums[2] + sums[3]),
        }
    }

    fn worth(&self, outbreaks: usize) -> Distribution {
        Distribution::of(self.worth.values().copied().collect(), outbreaks)
    }
}

/// What befell one organisation.
#[derive(Default)]
struct Befallen {
    sums: Sums,
    /// The replicates in which anything did, and whether a machine was taken.
    replicates: BTreeMap<u32, bool>,
}

impl Befallen {
    fn sum(self, organisation: OrganisationId, outbreaks: usize) -> OrganisationLosses {
        let share = |count: usize| count as f64 / outbreaks.max(1) as f64;
        let uninfected = self.replicates.values().filter(|infected| !**infected);
        OrganisationLosses {
            organisation,
            befallen: share(self.replicates.len()),
            befallen_uninfected: share(uninfected.count()),
            worth: self.sums.worth(outbreaks),
        }
    }
}

/// Sums up losses.
#[must_use]
pub fn summarise_losses(part: &LossPart, services: &EstateServices) -> Losses {
    let outbreaks = part.replicates.len();
    let days = part.identity.days as usize;
    let repeats = part.identity.ensemble.repeats.max(1);
    let seed = part.identity.ensemble.seed;
    let mut worlds: BTreeMap<u32, crate::harm::DrawnServices> = BTreeMap::new();
    // One service after another, those of an organisation together, so that only one organisation is in memory beside the
    // sums by activity.
    let owner = |row: usize| services.services()[part.rows[row].service as usize].organisation;
    let mut order: Vec<usize> = (0..part.rows.len()).collect();
    order.sort_unstable_by_key(|&row| {
        (owner(row), part.rows[row].service, part.rows[row].replicate)
    });
    let mut by_activity: BTreeMap<usize, (Sums, [u64; 3])> = BTreeMap::new();
    let (mut worth, mut precautions) = (Sums::default(), Sums::default());
    let mut of_services = Vec::new();
    let mut organisations: Vec<OrganisationLosses> = Vec::new();
    let mut of_owner = Befallen::default();
    let mut last = None;
    for rows in order.chunk_by(|one, other| part.rows[*one].service == part.rows[*other].service) {
        let number = part.rows[rows[0]].service;
        if let Some(organisation) = last.replace(owner(rows[0]))
            && organisation != owner(rows[0])
        {
            organisations.push(std::mem::take(&mut of_owner).sum(organisation, outbreaks));
        }
        let activity = services.services()[number as usize].activity;
        let mut sums = Sums {
            by_day: vec![Vec::new(); days],
            ..Sums::default()
        };
        let (of_activity, fell_to) = by_activity.entry(activity).or_default();
        let mut settled: Option<(u32, Service)> = None;
        for row in rows {
            let position = *row;
            let row = part.rows[position];
            let world = row.replicate / repeats;
            let drawn = worlds
                .entry(world)
                .or_insert_with(|| services.rules().draw(seed, u64::from(world)));
            // Rows of one world follow each other.
            let service = match settled.take() {
                Some((of, service)) if of == world => service,
                _ => services.settled(number, drawn),
            };
            let mut not_done = 0;
            for (day, count) in part.days(position, &service).enumerate() {
                sums.add(row.replicate, &count);
                of_activity.add(row.replicate, &count);
                sums.by_day[day].push(count.not_done() as f64 / HUNDREDTHS);
                not_done += count.not_done();
            }
            settled = Some((world, service));
            of_owner.replicates.insert(row.replicate, row.is_infected);
            fell_to[0] += not_done;
            fell_to[1] += if row.is_infected { 0 } else { not_done };
            fell_to[2] += if row.lacks_another { not_done } else { 0 };
            if let Some(Gbp(price)) = price(&drawn.activities, activity) {
                let pounds = not_done as f64 / HUNDREDTHS * price;
                let into = [
                    &mut sums.worth,
                    &mut of_activity.worth,
                    &mut worth.worth,
                    &mut of_owner.sums.worth,
                ];
                for into in into {
                    *into.entry(row.replicate).or_default() += pounds;
                }
                if row.is_precaution() {
                    *precautions.worth.entry(row.replicate).or_default() += pounds;
                }
            }
        }
        of_services.push(ServiceLosses {
            service: number,
            befallen: sums.units.len() as f64 / outbreaks.max(1) as f64,
            units: sums.units(outbreaks),
            worth: is_priced(services, activity).then(|| sums.worth(outbreaks)),
            by_day: sums
                .by_day
                .into_iter()
                .map(|values| Distribution::of(values, outbreaks))
                .collect(),
        });
    }
    if let Some(organisation) = last {
        organisations.push(of_owner.sum(organisation, outbreaks));
    }
    of_services.sort_by_key(|row: &ServiceLosses| row.service);
    let share = |of: u64, all: u64| {
        if all == 0 {
            0.0
        } else {
            of as f64 / all as f64
        }
    };
    Losses {
        days: part.identity.days,
        replicates: u32::try_from(outbreaks).unwrap_or(u32::MAX),
        services: of_services,
        organisations,
        activities: by_activity
            .into_iter()
            .filter(|(activity, _)| !services.rules().activities[*activity].is_mixed)
            .map(
                |(activity, (sums, [all, spared, lacking]))| ActivityLosses {
                    activity,
                    units: sums.units(outbreaks),
                    spared_share: share(spared, all),
                    lacking_share: share(lacking, all),
                    worth: is_priced(services, activity).then(|| sums.worth(outbreaks)),
                },
            )
            .collect(),
        worth: worth.worth(outbreaks),
        worth_of_precautions: precautions.worth(outbreaks),
    }
}

fn price(activities: &[Activity], activity: usize) -> Option<Gbp> {
    activities.get(activity).and_then(|activity| activity.price)
}

fn is_priced(services: &EstateServices, activity: usize) -> bool {
    let rules = services.rules().activities.get(activity);
    rules.is_some_and(|rules| rules.price_gbp.is_some())
}

#[cfg(test)]
mod tests {
    use super::Distribution;

    #[test]
    fn outbreaks_without_losses_count_as_none() {
        let of = Distribution::of(vec![20.0, 40.0], 40);
        assert!((of.mean - 1.5).abs() < 1e-12 && of.median.abs() < 1e-12);
        assert!((of.worst_twentieth - 30.0).abs() < 1e-12);
    }
}
