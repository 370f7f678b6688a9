//! From rows by replicate to distributions.

use std::collections::BTreeMap;

use super::curve::{Events, LossCurve, shares};
use super::distribution::Distribution;
use super::rows::{DayCount, HUNDREDTHS, LossPart};
use super::summary::{
    ActivityLosses, Losses, OUTBREAKS_TOLD, OrganisationLosses, OutbreakLosses, ServiceLosses,
};
use super::sums::{ActivitySums, Befallen, Sums};
use crate::harm::{Activity, DrawnServices, EstateServices, Gbp, Service};

/// Sums up losses.
#[must_use]
pub fn summarise_losses(part: &LossPart, services: &EstateServices) -> Losses {
    let outbreaks = part.replicates.len();
    // One service after another, those of an organisation together, so that only one organisation is in memory beside the
    // sums by activity.
    let row = |position: u32| part.rows[position as usize];
    let owner = |position: u32| services.services()[row(position).service as usize].organisation;
    // Half of what positions of any size would take; so many rows as it cannot count would fill 190 GB.
    let mut order: Vec<u32> = (0..).take(part.rows.len()).collect();
    order.sort_unstable_by_key(|&position| {
        (
            owner(position),
            row(position).service,
            row(position).replicate,
        )
    });
    let mut summing = Summing::new(part, services);
    let mut of_services = Vec::new();
    let mut organisations: Vec<OrganisationLosses> = Vec::new();
    for own in order.chunk_by(|one, other| owner(*one) == owner(*other)) {
        let organisation = owner(own[0]);
        let mut befallen = Befallen::new(part.identity.days as usize);
        let same = |one: &u32, other: &u32| row(*one).service == row(*other).service;
        for rows in own.chunk_by(same) {
            of_services.push(summing.service(rows, &mut befallen));
        }
        let all = services.working(organisation.0);
        organisations.push(befallen.sum(organisation, all, outbreaks));
    }
    of_services.sort_by_key(|row: &ServiceLosses| row.service);
    summing.finish(of_services, organisations)
}

/// What is summed over organisations.
struct Summing<'a> {
    part: &'a LossPart,
    services: &'a EstateServices,
    worlds: BTreeMap<u32, DrawnServices>,
    by_activity: BTreeMap<usize, ActivitySums>,
    worth: Sums,
    precautions: Sums,
    /// For each day and replicate, departments that divert.
    diverting: Vec<BTreeMap<u32, u32>>,
}

impl<'a> Summing<'a> {
    fn new(part: &'a LossPart, services: &'a EstateServices) -> Self {
        Self {
            part,
            services,
            worlds: BTreeMap::new(),
            by_activity: BTreeMap::new(),
            worth: Sums::default(),
            precautions: Sums::default(),
            diverting: vec![BTreeMap::new(); part.identity.days as usize],
        }
    }

    /// Sums up the rows of one service, which ascend by replicate, and adds them to its organisation's.
    fn service(&mut self, rows: &[u32], befallen: &mut Befallen) -> ServiceLosses {
        let (part, services) = (self.part, self.services);
        let (outbreaks, days) = (part.replicates.len(), part.identity.days as usize);
        let repeats = part.identity.ensemble.repeats.max(1);
        let seed = part.identity.ensemble.seed;
        let number = part.rows[rows[0] as usize].service;
        let activity = services.services()[number as usize].activity;
        let mut sums = Sums::default();
        let mut by_day: Vec<Vec<f64>> = vec![Vec::new(); days];
        let of_activity = self.by_activity.entry(activity);
        let of_activity = of_activity.or_insert_with(|| ActivitySums::new(days));
        let mut settled: Option<(u32, Service)> = None;
        let mut counts: Vec<DayCount> = Vec::with_capacity(days);
        for position in rows.iter().map(|position| *position as usize) {
            let row = part.rows[position];
            let replicate = row.replicate;
            let world = replicate / repeats;
            let drawn = self.worlds.entry(world);
            let drawn = drawn.or_insert_with(|| services.rules().draw(seed, u64::from(world)));
            // Rows of one world follow each other.
            let service = match settled.take() {
                Some((of, service)) if of == world => service,
                _ => services.settled(number, drawn),
            };
            counts.clear();
            counts.extend(part.days(position, &service));
            sums.add(replicate, &counts);
            of_activity.add(replicate, &counts);
            for (day, count) in counts.iter().enumerate() {
                by_day[day].push(count.not_done() as f64 / HUNDREDTHS);
                if row.diverts_on(day) {
                    *self.diverting[day].entry(replicate).or_default() += 1;
                }
            }
            let not_done: u64 = counts.iter().map(DayCount::not_done).sum();
            settled = Some((world, service));
            befallen.add(replicate, row.is_infected, &counts);
            of_activity.fell_to[0] += not_done;
            of_activity.fell_to[1] += if row.is_infected { 0 } else { not_done };
            if row.is_precaution() {
                *of_activity.by_precaution.entry(replicate).or_default() += not_done;
            }
            of_activity.fell_to[2] += if row.lacks_another { not_done } else { 0 };
            if let Some(Gbp(price)) = price(&drawn.activities, activity) {
                of_activity.price(replicate, price);
                let pounds = not_done as f64 / HUNDREDTHS * price;
                let into = [
                    &mut sums.worth,
                    &mut of_activity.whole.worth,
                    &mut self.worth.worth,
                    &mut befallen.sums.worth,
                ];
                for into in into {
                    *into.entry(replicate).or_default() += pounds;
                }
                if row.is_precaution() {
                    *self.precautions.worth.entry(replicate).or_default() += pounds;
                }
            }
        }
        ServiceLosses {
            service: number,
            befallen: sums.units.len() as f64 / outbreaks.max(1) as f64,
            units: sums.units(outbreaks),
            worth: self.is_priced(activity).then(|| sums.worth(outbreaks)),
            by_day: by_day
                .into_iter()
                .map(|values| Distribution::of(values, outbreaks))
                .collect(),
        }
    }

    fn finish(
        self,
        services: Vec<ServiceLosses>,
        organisations: Vec<OrganisationLosses>,
    ) -> Losses {
        let outbreaks = self.part.replicates.len();
        let days = self.part.identity.days as usize;
        let told = shares(outbreaks);
        let repeats = self.part.identity.ensemble.repeats;
        let events = Events::new(&self.part.replicates, repeats);
        let mut worth_by_day = vec![BTreeMap::new(); days];
        let mut befallen: Vec<u32> = Vec::new();
        for row in &self.part.rows {
            if befallen.last() != Some(&row.replicate) {
                befallen.push(row.replicate);
            }
        }
        let costly = befallen.len();
        let activities = self.by_activity.iter().map(|(activity, sums)| {
            let is_priced = self.is_priced(*activity);
            let [all, spared, lacking] = sums.fell_to;
            ActivityLosses {
                activity: *activity,
                units: sums.whole.units(outbreaks),
                spared_share: share(spared, all),
                lacking_share: share(lacking, all),
                by_precaution: Distribution::of(
                    (sums.by_precaution.values())
                        .map(|units| *units as f64 / HUNDREDTHS)
                        .collect(),
                    outbreaks,
                ),
                worth: is_priced.then(|| sums.whole.worth(outbreaks)),
                by_day: sums.by_day([outbreaks, costly], is_priced, &mut worth_by_day),
                curve: events.reached(&sums.whole.not_done(), &told),
            }
        });
        let is_told = |line: &ActivityLosses| {
            let rules = &self.services.rules().activities;
            !rules[line.activity].is_mixed
        };
        let mut activities: Vec<ActivityLosses> = activities.collect();
        activities.retain(is_told);
        let outbreaks_told = (0..costly.min(OUTBREAKS_TOLD)).map(|place| {
            let replicate = befallen[place * costly / costly.min(OUTBREAKS_TOLD)];
            OutbreakLosses {
                world: replicate / repeats.max(1),
                not_done: activities
                    .iter()
                    .map(|line| self.by_activity[&line.activity].days_of(replicate))
                    .collect(),
            }
        });
        let outbreaks_told = outbreaks_told.collect();
        let by_day = |outbreaks: usize| {
            let days = worth_by_day.iter();
            let values = days.map(|day: &BTreeMap<u32, f64>| day.values().copied().collect());
            values
                .map(|values| Distribution::of(values, outbreaks))
                .collect()
        };
        Losses {
            days: self.part.identity.days,
            first_weekday: self.part.rows.first().map(|row| row.first_weekday),
            replicates: u32::try_from(outbreaks).unwrap_or(u32::MAX),
            services,
            organisations,
            activities,
            worth: self.worth.worth(outbreaks),
            worth_by_day: by_day(outbreaks),
            worth_by_day_if_any: by_day(costly),
            worth_of_precautions: self.precautions.worth(outbreaks),
            curve: LossCurve {
                nothing: (outbreaks - costly) as f64 / outbreaks.max(1) as f64,
                worth: events.reached(&self.worth.worth, &told),
                shares: told,
            },
            outbreaks: outbreaks_told,
            diverting: self
                .diverting
                .into_iter()
                .map(|by_replicate| {
                    let counts = by_replicate.into_values().map(f64::from);
                    Distribution::of(counts.collect(), outbreaks)
                })
                .collect(),
        }
    }

    fn is_priced(&self, activity: usize) -> bool {
        let rules = self.services.rules().activities.get(activity);
        rules.is_some_and(|rules| rules.price_gbp.is_some())
    }
}

fn share(of: u64, all: u64) -> f64 {
    if all == 0 {
        0.0
    } else {
        of as f64 / all as f64
    }
}

fn price(activities: &[Activity], activity: usize) -> Option<Gbp> {
    activities.get(activity).and_then(|activity| activity.price)
}
