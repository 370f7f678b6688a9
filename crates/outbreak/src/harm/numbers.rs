//! Every number behind services, by its name, in words, with what it stands on.

use wardround_evidence::OrganisationKind;

use super::rules::{ActivityRules, KINDS, KindRules, ServiceRules, Weights};
use crate::threat::{Basis, Quantity};

/// A number, or a list of them, of the [`ServiceRules`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ServiceNumber {
    /// Its name, by which [`ServiceRules::draw_with`] asks for it: `activity gp_appointments: postponed`. What a kind of
    /// organisation does and the weights of days and hours have names of their own, since they are not drawn one by one.
    pub name: String,
    /// What it is.
    pub what: String,
    /// Its value or range.
    pub value: String,
    /// On what it stands.
    pub basis: Basis,
    /// The reference or the reason.
    pub source: String,
    /// The activity that it speaks of, by position among the rules' activities; none: of all.
    pub activity: Option<usize>,
    /// The kind of organisation that it speaks of; none: of all.
    pub kind: Option<OrganisationKind>,
}

impl ServiceRules {
    /// Every number and list of weights.
    #[must_use]
    pub fn numbers(&self) -> Vec<ServiceNumber> {
        let mut numbers: Vec<ServiceNumber> = self.of_all().into();
        for (position, activity) in self.activities.iter().enumerate() {
            numbers.extend(of_activity(position, activity));
        }
        for kind in &self.kinds {
            numbers.extend(self.of_kind(kind));
        }
        numbers
    }

    fn of_all(&self) -> [ServiceNumber; 11] {
        let (curve, recovery) = (&self.response, &self.recovery);
        [
            (
                "response.users_spare_share",
                "share of users' machines that can be out before anything is",
                &curve.users_spare_share,
            ),
            (
                "response.users_full_share",
                "share of users' machines at which nothing goes on electronically",
                &curve.users_full_share,
            ),
            (
                "response.servers_needed",
                "servers that a service needs at once",
                &curve.servers_needed,
            ),
            (
                "recovery.delay_hours",
                "hours until the first machine is back",
                &recovery.delay_hours,
            ),
            (
                "recovery.most_by_hours",
                "hours until most machines are back",
                &recovery.most_by_hours,
            ),
            (
                "recovery.most_share",
                "share of machines that are most of them",
                &recovery.most_share,
            ),
            (
                "recovery.all_by_factor",
                "how many times as long until all are back",
                &recovery.all_by_factor,
            ),
            (
                "recovery.servers_factor",
                "share of these times that servers take",
                &recovery.servers_factor,
            ),
            (
                "cut_off.hours",
                "hours for which an organisation that cut itself off stays so",
                &self.cut_off.hours,
            ),
            (
                "diversion.impaired_above",
                "impaired share above which a department diverts",
                &self.diversion.impaired_above,
            ),
            (
                "diversion.share_of_day",
                "share of a day for which it must be so",
                &self.diversion.share_of_day,
            ),
        ]
        .map(|(name, what, quantity)| number(name.to_owned(), what.to_owned(), quantity, None))
    }

    fn of_kind<'a>(&'a self, kind: &'a KindRules) -> impl Iterator<Item = ServiceNumber> + 'a {
        kind.does.iter().map(|does| {
            let position = self.activity(&does.activity);
            let units = position.map_or(&*does.activity, |at| &*self.activities[at].name);
            let what = format!(
                "{units} a day for each 1,000 machines of an organisation of kind `{}`",
                kind.id
            );
            let named = KINDS.iter().find(|(word, _)| *word == kind.id);
            ServiceNumber {
                kind: named.map(|(_, kind)| *kind),
                ..number(
                    format!("kind {}: {}", kind.id, does.activity),
                    what,
                    &does.units_per_day_per_1000_machines,
                    position,
                )
            }
        })
    }
}

fn of_activity(position: usize, rules: &ActivityRules) -> Vec<ServiceNumber> {
    let units = &rules.name;
    let share = |field: &str, what: String, quantity: &Quantity| {
        number(
            format!("activity {}: {field}", rules.id),
            what,
            quantity,
            Some(position),
        )
    };
    let weights = |field: &str, what: String, weights: &Weights| {
        let of = weights.weights.iter().map(ToString::to_string);
        ServiceNumber {
            name: format!("activity {}: {field}", rules.id),
            what,
            value: of.collect::<Vec<_>>().join(", "),
            basis: weights.basis,
            source: weights.source.clone(),
            activity: Some(position),
            kind: None,
        }
    };
    let price = rules.price_gbp.as_ref();
    let price = price.map(|price| share("price_gbp", format!("pounds for one of {units}"), price));
    price
        .into_iter()
        .chain([
            share(
                "kept_on_paper",
                format!("share of {units} kept up on paper"),
                &rules.kept_on_paper,
            ),
            share(
                "postponed",
                format!("share of {units} not done that are done later"),
                &rules.postponed,
            ),
            share(
                "cut_off_weight",
                format!("share of {units} that stops while an organisation is cut off"),
                &rules.cut_off_weight,
            ),
            share(
                "clinical_weight",
                format!("share of {units} that stops where all medical devices are out"),
                &rules.clinical_weight,
            ),
            share(
                "shared_weight",
                format!("share of {units} that stops where a service is out that they need"),
                &rules.shared_weight,
            ),
            weights(
                "by_weekday",
                format!("{units} by weekday from Monday, in proportion"),
                &rules.by_weekday,
            ),
            weights(
                "by_hour",
                format!("{units} by hour from 00:00, in proportion"),
                &rules.by_hour,
            ),
        ])
        .collect()
}

fn number(
    name: String,
    what: String,
    quantity: &Quantity,
    activity: Option<usize>,
) -> ServiceNumber {
    ServiceNumber {
        name,
        what,
        value: quantity.words(),
        basis: quantity.basis,
        source: quantity.source.clone(),
        activity,
        kind: None,
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::ServiceRules;

    #[test]
    fn every_number_that_is_drawn_is_told_by_its_name_and_none_twice() {
        let rules = ServiceRules::built_in();
        let numbers = rules.numbers();
        let names: BTreeSet<&str> = numbers.iter().map(|number| &*number.name).collect();
        assert_eq!(names.len(), numbers.len());
        let mut drawn = 0;
        let _ = rules.draw_with(|name| {
            // What kinds of organisation do is drawn together.
            if !name.starts_with("kind ") {
                assert!(names.contains(name), "{name}");
                drawn += 1;
            }
            0.5
        });
        // Each but the length of a cut, which is drawn for each organisation, and what is not drawn by itself.
        let of = |what: fn(&str) -> bool| names.iter().filter(|name| what(name)).count();
        let apart = of(|name| name.starts_with("kind "))
            + of(|name| name.ends_with(": by_weekday") || name.ends_with(": by_hour"))
            + of(|name| name == "cut_off.hours");
        assert_eq!(drawn + apart, numbers.len());
    }

    #[test]
    fn every_number_stands_on_something_and_says_so() {
        for number in ServiceRules::built_in().numbers() {
            assert!(!number.source.is_empty(), "{}", number.name);
            assert!(
                !number.value.is_empty() && !number.what.is_empty(),
                "{}",
                number.name
            );
        }
    }
}
