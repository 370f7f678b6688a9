//! What a table of services may hold beyond its shape.

use super::rules::{ActivityRules, KINDS, ServiceRules, ServiceRulesError, Weights};
use crate::threat::Quantity;

const YEAR_HOURS: f64 = 8_760.0;

type Sound = Result<(), ServiceRulesError>;

/// Refuses the first thing that is wrong.
pub(super) fn all(rules: &ServiceRules) -> Sound {
    let curve = &rules.response;
    within(
        "response.users_spare_share",
        &curve.users_spare_share,
        0.0,
        1.0,
    )?;
    within(
        "response.users_full_share",
        &curve.users_full_share,
        0.0,
        1.0,
    )?;
    above(
        "response.users_full_share",
        &curve.users_full_share,
        &curve.users_spare_share,
    )?;
    within("response.servers_needed", &curve.servers_needed, 1.0, 100.0)?;
    let recovery = &rules.recovery;
    within(
        "recovery.delay_hours",
        &recovery.delay_hours,
        0.0,
        YEAR_HOURS,
    )?;
    within(
        "recovery.most_by_hours",
        &recovery.most_by_hours,
        0.0,
        YEAR_HOURS,
    )?;
    above(
        "recovery.most_by_hours",
        &recovery.most_by_hours,
        &recovery.delay_hours,
    )?;
    within("recovery.most_share", &recovery.most_share, 0.0, 1.0)?;
    within("recovery.all_by_factor", &recovery.all_by_factor, 1.0, 10.0)?;
    within(
        "recovery.servers_factor",
        &recovery.servers_factor,
        0.01,
        1.0,
    )?;
    within("cut_off.hours", &rules.cut_off.hours, 0.0, YEAR_HOURS)?;
    within(
        "diversion.impaired_above",
        &rules.diversion.impaired_above,
        0.0,
        1.0,
    )?;
    within(
        "diversion.share_of_day",
        &rules.diversion.share_of_day,
        0.0,
        1.0,
    )?;
    for (index, activity) in rules.activities.iter().enumerate() {
        if rules.activity(&activity.id) != Some(index) {
            return wrong(format!("activity {}", activity.id), "stands twice");
        }
        self::activity(activity)?;
    }
    kinds(rules)
}

fn activity(activity: &ActivityRules) -> Sound {
    let at = |field: &str| format!("activity {}: {field}", activity.id);
    for (field, text) in [("id", &activity.id), ("name", &activity.name)] {
        if text.trim().is_empty() {
            return wrong(at(field), "is empty");
        }
    }
    if let Some(price) = &activity.price_gbp {
        within(&at("price_gbp"), price, 0.0, 1e6)?;
    }
    for (field, share) in [
        ("kept_on_paper", &activity.kept_on_paper),
        ("postponed", &activity.postponed),
        ("cut_off_weight", &activity.cut_off_weight),
        ("clinical_weight", &activity.clinical_weight),
        ("shared_weight", &activity.shared_weight),
    ] {
        within(&at(field), share, 0.0, 1.0)?;
    }
    weights(&at("by_weekday"), &activity.by_weekday, 7)?;
    weights(&at("by_hour"), &activity.by_hour, 24)
}

fn kinds(rules: &ServiceRules) -> Sound {
    for kind in &rules.kinds {
        let at = format!("kind {}", kind.id);
        if !KINDS.iter().any(|(word, _)| *word == kind.id) {
            return wrong(at, "is no kind of organisation");
        }
        if rules
            .kinds
            .iter()
            .filter(|other| other.id == kind.id)
            .count()
            > 1
        {
            return wrong(at, "stands twice");
        }
        for does in &kind.does {
            let at = format!("{at}: {}", does.activity);
            if rules.activity(&does.activity).is_none() {
                return wrong(at, "is no activity of this table");
            }
            let pace = &does.units_per_day_per_1000_machines;
            within(
                &format!("{at}: units_per_day_per_1000_machines"),
                pace,
                0.0,
                1e6,
            )?;
        }
    }
    let missing = KINDS
        .iter()
        .find(|(word, _)| !rules.kinds.iter().any(|kind| kind.id == *word));
    missing.map_or(Ok(()), |(word, _)| {
        wrong(format!("kind {word}"), "is missing")
    })
}

fn within(at: &str, quantity: &Quantity, least: f64, most: f64) -> Sound {
    if !quantity.is_within(least, most) {
        return wrong(at, format!("is not a range within {least} and {most}"));
    }
    said(at, &quantity.source)
}

fn above(at: &str, quantity: &Quantity, other: &Quantity) -> Sound {
    if quantity.low > other.high {
        return Ok(());
    }
    wrong(at, "begins below the end of the range before it")
}

fn weights(at: &str, weights: &Weights, count: usize) -> Sound {
    let numbers = &weights.weights;
    if numbers.len() != count {
        return wrong(at, format!("has {} weights, not {count}", numbers.len()));
    }
    let sound = |weight: &f64| (0.0..=1e9).contains(weight);
    if !numbers.iter().all(sound) || numbers.iter().sum::<f64>() <= 0.0 {
        return wrong(
            at,
            "has a weight that is no number above 0, or none above 0",
        );
    }
    said(at, &weights.source)
}

fn said(at: &str, source: &str) -> Sound {
    if source.trim().is_empty() {
        return wrong(at, "does not say where it comes from");
    }
    Ok(())
}

fn wrong(at: impl Into<String>, what: impl Into<String>) -> Sound {
    Err(ServiceRulesError::Unsound {
        at: at.into(),
        what: what.into(),
    })
}

#[cfg(test)]
mod tests {
    use crate::harm::ServiceRules;

    const BUILT_IN: &str = include_str!("../../data/services.toml");

    #[test]
    fn every_message_names_the_place() {
        let broken = [
            (
                "low = 0.7, high = 0.98",
                "low = 0.7, high = 1.98",
                "the table of services: activity emergency_admissions: kept_on_paper is not a range within 0 and 1",
            ),
            (
                "weights = [1, 1, 1, 1, 1, 1, 1]",
                "weights = [1, 1, 1]",
                "the table of services: activity ambulance_responses: by_weekday has 3 weights, not 7",
            ),
            (
                "activity = \"gp_appointments\"",
                "activity = \"visits\"",
                "the table of services: kind surgery: visits is no activity of this table",
            ),
            (
                "id = \"provider\"",
                "id = \"supplier\"",
                "the table of services: kind supplier is no kind of organisation",
            ),
            (
                "[cut_off]\nhours = { low = 24.0",
                "[cut_off]\nhours = { low = 240.0",
                "the table of services: cut_off.hours is not a range within 0 and 8760",
            ),
        ];
        for (from, to, message) in broken {
            assert!(BUILT_IN.contains(from), "{from}");
            let error = ServiceRules::parse(&BUILT_IN.replacen(from, to, 1)).unwrap_err();
            assert_eq!(error.to_string(), message);
        }
    }

    #[test]
    fn what_is_not_known_is_refused() {
        let text = BUILT_IN.replacen("[cut_off]", "[cut_off]\nminutes = 3", 1);
        assert!(ServiceRules::parse(&text).is_err());
    }
}
