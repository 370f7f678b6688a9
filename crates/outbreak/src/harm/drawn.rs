//! One world's numbers of services.

use wardround_evidence::OrganisationKind;

use super::rules::{ActivityRules, KINDS, ServiceRules, Weights};
use super::{CLINICAL, Diversion, Gbp, Recovery, ResponseCurve, SERVERS, Service, USERS};
use crate::draws::{Decides, unit};
use crate::threat::Quantity;

/// The numbers of [`ServiceRules`] in one world.
#[derive(Clone, Debug, PartialEq)]
pub struct DrawnServices {
    /// Activities, in the order of the rules.
    pub activities: Vec<Activity>,
    /// For each kind of organisation what it does: the activity and its units a day for each 1,000 machines.
    pub kinds: Vec<(OrganisationKind, Vec<(usize, f64)>)>,
    /// How machines out become a share of a service out.
    pub curve: ResponseCurve,
    /// How users' machines and devices come back.
    pub recovery: Recovery,
    /// How servers do.
    pub servers_recovery: Recovery,
    /// When a department diverts.
    pub diversion: Diversion,
}

/// An activity with its numbers settled.
#[derive(Clone, Debug, PartialEq)]
pub struct Activity {
    /// What one unit is worth; none where it is not priced.
    pub price: Option<Gbp>,
    /// The share of a week's units by weekday; they sum to 1.
    pub by_weekday: [f64; 7],
    /// The share of a day's units by hour; they sum to 1.
    pub by_hour: [f64; 24],
    /// See [`Service`].
    pub kept_on_paper: f64,
    /// See [`Service`].
    pub postponed: f64,
    /// See [`Service`].
    pub cut_off_weight: f64,
    /// How much goes where all medical devices are out.
    pub clinical_weight: f64,
    /// How much goes where a service is out that it needs.
    pub shared_weight: f64,
}

impl ServiceRules {
    /// The numbers of one world: each is drawn by its name, so that a number more changes none of the others.
    #[must_use]
    pub fn draw(&self, seed: u64, world: u64) -> DrawnServices {
        self.draw_with(|name| keyed(seed, world, name, 0))
    }

    /// The points (0 to 1) of their ranges at which one world's numbers are drawn, by their names.
    #[must_use]
    pub fn points(&self, seed: u64, world: u64) -> Vec<(String, f64)> {
        let mut points = Vec::new();
        let _ = self.draw_with(|name| {
            let point = keyed(seed, world, name, 0);
            points.push((name.to_owned(), point));
            point
        });
        points
    }

    /// For how many hours an organisation stays cut off in one world.
    #[must_use]
    pub fn cut_off_hours(&self, seed: u64, world: u64, organisation: u64) -> f64 {
        let at = keyed(seed, world, "cut_off.hours", 1 + organisation);
        self.cut_off.hours.at(at)
    }

    /// The numbers at chosen points (0 to 1) of their ranges, each asked for by its name: `activity gp_appointments:
    /// postponed`. What one kind of organisation does is asked for once, since its ranges share their denominator.
    #[must_use]
    pub fn draw_with(&self, mut unit: impl FnMut(&str) -> f64) -> DrawnServices {
        let mut at = |name: &str, quantity: &Quantity| quantity.at(unit(name));
        let (curve, recovery) = (&self.response, &self.recovery);
        let most_by_hours = at("recovery.most_by_hours", &recovery.most_by_hours);
        let back = Recovery {
            delay_hours: at("recovery.delay_hours", &recovery.delay_hours),
            most_by_hours,
            most_share: at("recovery.most_share", &recovery.most_share),
            all_by_hours: most_by_hours * at("recovery.all_by_factor", &recovery.all_by_factor),
        };
        DrawnServices {
            curve: ResponseCurve {
                users_spare_share: at("response.users_spare_share", &curve.users_spare_share),
                users_full_share: at("response.users_full_share", &curve.users_full_share),
                servers_needed: at("response.servers_needed", &curve.servers_needed),
            },
            servers_recovery: back.within(at("recovery.servers_factor", &recovery.servers_factor)),
            recovery: back,
            diversion: Diversion {
                impaired_above: at("diversion.impaired_above", &self.diversion.impaired_above),
                share_of_day: at("diversion.share_of_day", &self.diversion.share_of_day),
            },
            activities: self
                .activities
                .iter()
                .map(|rules| activity(rules, &mut at))
                .collect(),
            kinds: KINDS
                .iter()
                .map(|(word, kind)| {
                    let rows = self.kinds.iter().find(|row| row.id == *word);
                    let point = unit(&format!("kind {word}: units_per_day_per_1000_machines"));
                    let does = rows.map_or(&[][..], |row| row.does.as_slice());
                    let paces = does.iter().filter_map(|does| {
                        let pace = does.units_per_day_per_1000_machines.at(point);
                        Some((self.activity(&does.activity)?, pace))
                    });
                    (*kind, paces.collect())
                })
                .collect(),
        }
    }
}

/// A point of a range by the name of its number.
fn keyed(seed: u64, world: u64, name: &str, place: u64) -> f64 {
    let words: Vec<u64> = name.bytes().map(u64::from).chain([place]).collect();
    unit(seed, world, Decides::Harm, &words)
}

fn activity(rules: &ActivityRules, at: &mut impl FnMut(&str, &Quantity) -> f64) -> Activity {
    let mut share =
        |field: &str, quantity: &Quantity| at(&format!("activity {}: {field}", rules.id), quantity);
    Activity {
        price: rules
            .price_gbp
            .as_ref()
            .map(|price| Gbp(share("price_gbp", price))),
        kept_on_paper: share("kept_on_paper", &rules.kept_on_paper),
        postponed: share("postponed", &rules.postponed),
        cut_off_weight: share("cut_off_weight", &rules.cut_off_weight),
        clinical_weight: share("clinical_weight", &rules.clinical_weight),
        shared_weight: share("shared_weight", &rules.shared_weight),
        by_weekday: shares(&rules.by_weekday),
        by_hour: shares(&rules.by_hour),
    }
}

/// Weights as shares of their sum.
fn shares<const N: usize>(weights: &Weights) -> [f64; N] {
    let sum: f64 = weights.weights.iter().sum();
    std::array::from_fn(|place| {
        weights
            .weights
            .get(place)
            .map_or(0.0, |weight| weight / sum)
    })
}

impl DrawnServices {
    /// What an organisation of a kind with so many machines does by default, in the order of the rules.
    #[must_use]
    pub fn services_of(&self, kind: OrganisationKind, machines: u32) -> Vec<Service> {
        let does = self.kinds.iter().find(|(other, _)| *other == kind);
        let does = does.map_or(&[][..], |(_, does)| does.as_slice());
        let thousands = f64::from(machines) / 1000.0;
        does.iter()
            .map(|(activity, pace)| self.service(*activity, pace * thousands))
            .collect()
    }

    /// A service of an activity with so many units a day, on the default groups of machines.
    ///
    /// # Panics
    /// Where there is no such activity.
    #[must_use]
    pub fn service(&self, activity: usize, units_per_day: f64) -> Service {
        let it = &self.activities[activity];
        Service {
            activity,
            units_per_day,
            by_weekday: it.by_weekday,
            by_hour: it.by_hour,
            kept_on_paper: it.kept_on_paper,
            postponed: it.postponed,
            users: vec![USERS],
            servers: vec![SERVERS],
            devices: vec![(CLINICAL, it.clinical_weight)],
            cut_off_weight: it.cut_off_weight,
        }
    }
}

#[cfg(test)]
mod tests {
    use wardround_evidence::OrganisationKind;

    use crate::harm::ServiceRules;

    #[test]
    fn one_world_is_always_the_same_and_another_is_not() {
        let rules = ServiceRules::built_in();
        assert_eq!(rules.draw(1, 7), rules.draw(1, 7));
        assert_ne!(rules.draw(1, 7), rules.draw(1, 8));
        let hours = |organisation| rules.cut_off_hours(1, 7, organisation);
        assert!((hours(0) - hours(1)).abs() > 1e-9);
        assert!((24.0..=120.0).contains(&hours(0)));
    }

    #[test]
    fn the_ranges_of_one_kind_stand_at_one_point() {
        let rules = ServiceRules::built_in();
        let (low, high) = (rules.draw_with(|_| 0.0), rules.draw_with(|_| 1.0));
        let units = |drawn: &crate::harm::DrawnServices| -> Vec<f64> {
            drawn
                .services_of(OrganisationKind::Acute, 1000)
                .iter()
                .map(|service| service.units_per_day)
                .collect()
        };
        // 544 and 375 thousand machines are the ends that the table states.
        for (low, high) in units(&low).into_iter().zip(units(&high)) {
            assert!((high / low - 544.0 / 375.0).abs() < 0.01, "{low} {high}");
        }
        assert!(low.services_of(OrganisationKind::Provider, 1000).is_empty());
    }

    #[test]
    fn working_of_the_table_stands() {
        for (per_day, low, high) in [
            (155.0 * 1603.9 * (0.792 + 0.067), 392.6, 569.5),
            (155.0 * 120.4, 34.3, 49.8),
            (155.0 * 107.2, 30.5, 44.3),
            (369_257.0 / 7.0, 97.0, 140.7),
        ] {
            let per_day: f64 = per_day;
            assert!((per_day / 544.0 - low).abs() < 0.1 && (per_day / 375.0 - high).abs() < 0.1);
        }
        let attended: f64 = 120.0 * 0.792 / (0.792 + 0.067);
        assert!((attended - 110.6).abs() < 0.1);
        let elective: f64 = (127_038.0 * 738.0 + 25_170.0 * 3_684.0) / 152_208.0;
        assert!((elective - 1_225.0).abs() < 1.0, "{elective}");
    }
}
