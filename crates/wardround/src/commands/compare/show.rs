//! Two worlds and their difference, in words and as data. Machines and organisations have no names here but those that the
//! user said.

use std::collections::BTreeSet;

use jiff::Timestamp;
use serde_json::{Value, json as data};
use wardround_estate::HostId;
use wardround_evidence::visible;
use wardround_outbreak::{Alternative, Comparison, Effect, Profile, Scenario, Spread};
use wardround_report::thousands_apart;

use crate::{ExitCode, Failure};

/// All that is told of a comparison.
pub(super) struct Compared<'a> {
    pub(super) words: [&'a [String]; 2],
    pub(super) told: &'a [Alternative; 2],
    pub(super) scenario: &'a Scenario,
    pub(super) threat: &'a Profile,
    pub(super) as_of: Timestamp,
    pub(super) found: &'a Comparison,
}

/// Of how many machines, and borders and boundaries, a world says something beyond the evidence.
fn touched(told: &Alternative) -> (usize, usize) {
    let (mut machines, mut points) = (BTreeSet::<HostId>::new(), BTreeSet::new());
    for effect in &told.effects {
        match effect {
            Effect::Close(hosts) | Effect::Hold(_, hosts) | Effect::Settle(hosts, _) => {
                machines.extend(hosts);
            }
            Effect::Set(point, _) => {
                points.insert(*point);
            }
        }
    }
    (machines.len(), points.len())
}

fn whole(number: impl TryInto<u64>) -> String {
    thousands_apart(&number.try_into().unwrap_or(u64::MAX).to_string())
}

fn counted(number: usize, one: &str, many: &str) -> String {
    format!("{} {}", whole(number), if number == 1 { one } else { many })
}

/// The same in words; nothing where nothing is said beyond the evidence.
fn scope(told: &Alternative) -> Option<String> {
    if told.effects.is_empty() {
        return None;
    }
    let (machines, points) = touched(told);
    let mut of = Vec::new();
    if machines > 0 || points == 0 {
        of.push(counted(machines, "machine", "machines"));
    }
    if points > 0 {
        of.push(counted(
            points,
            "border or boundary",
            "borders or boundaries",
        ));
    }
    Some(format!("said of {}", of.join(" and ")))
}

pub(super) fn text(compared: &Compared<'_>) -> String {
    let (found, scenario) = (compared.found, compared.scenario);
    let difference = &found.difference;
    let mut text = format!(
        "{} outbreaks of {} in each of two worlds of {}: {} in each of {} draws of what is unknown, with the same draws in both.\n",
        whole(found.first.replicates),
        visible(&compared.threat.id),
        counted(found.first.hosts as usize, "machine", "machines"),
        whole(scenario.repeats),
        whole(scenario.worlds),
    );
    let worlds = ["first", "second"].into_iter().zip(compared.words);
    for ((name, words), told) in worlds.zip(compared.told) {
        let words: Vec<String> = words.iter().map(|word| visible(word)).collect();
        text.push_str(&format!("{name:<20}{}", words.join(", ")));
        if let Some(scope) = scope(told) {
            text.push_str(&format!(" ({scope})"));
        }
        text.push('\n');
    }
    for (name, spread) in [
        ("first takes", &found.first),
        ("second takes", &found.second),
    ] {
        let (mean, error) = spread.mean_taken;
        text.push_str(&format!(
            "{name:<20}{} machines on average (standard error {}); dies out in {:.1} % of outbreaks\n",
            figure(mean, error),
            figure(error, error),
            100.0 * spread.dies_out.0
        ));
    }
    let error = difference.standard_error;
    let (low, high) = difference.interval_95();
    let (side, low, high) = if difference.mean < 0.0 {
        ("more", -high, -low)
    } else {
        ("fewer", low, high)
    };
    text.push_str(&format!(
        "{:<20}{} machines {side} in the second (standard error {})\n{:<20}{} to {}\n{:<20}{}\n",
        "difference",
        figure(difference.mean.abs(), error),
        figure(error, error),
        "95 % interval",
        figure(low, error),
        figure(high, error),
        "variance reduction",
        reduced(difference.variance_reduction),
    ));
    text.push_str(verdict(found));
    text
}

/// A number of machines to the digits that its standard error leaves.
fn figure(number: f64, error: f64) -> String {
    let decimals = match error {
        small if small < 0.1 => 2,
        middling if middling < 1.0 => 1,
        _ => 0,
    };
    let text = format!("{:.decimals$}", number.abs());
    let (whole, parts) = text.split_once('.').unwrap_or((&text, ""));
    let is_nought = text.bytes().all(|byte| matches!(byte, b'0' | b'.'));
    let sign = if number < 0.0 && !is_nought { "-" } else { "" };
    let point = if parts.is_empty() { "" } else { "." };
    format!("{sign}{}{point}{parts}", thousands_apart(whole))
}

fn reduced(reduction: f64) -> String {
    if reduction.is_finite() {
        let times = if reduction < 10.0 {
            format!("{reduction:.1}")
        } else {
            thousands_apart(&format!("{reduction:.0}"))
        };
        format!(
            "{times}: worlds drawn apart would need {times} times as many outbreaks for this error"
        )
    } else {
        "without end: the difference is the same in every draw".to_owned()
    }
}

fn verdict(found: &Comparison) -> &'static str {
    let difference = &found.difference;
    if difference.mean == 0.0 && difference.variance == 0.0 {
        "No draw makes any difference between the two worlds.\n"
    } else if difference.is_told() {
        "The difference is more than its error.\n"
    } else {
        "The difference is within its error: so many outbreaks cannot tell the two worlds apart.\n"
    }
}

pub(super) fn json(compared: &Compared<'_>) -> Result<String, Failure> {
    let (found, scenario) = (compared.found, compared.scenario);
    let with_error = |(value, error): (f64, f64)| data!({ "value": value, "error": error });
    let world = |number: usize, spread: &Spread| -> Value {
        let (machines, points) = touched(&compared.told[number]);
        data!({
            "world": compared.words[number],
            "machines_said_of": machines,
            "borders_and_boundaries_said_of": points,
            "mean_taken": with_error(spread.mean_taken),
            "dies_out": with_error(spread.dies_out),
            "taken": spread.taken.map(|taken| data!({
                "low": taken.low, "median": taken.median, "high": taken.high,
            })),
        })
    };
    let difference = &found.difference;
    let (low, high) = difference.interval_95();
    let reduction = difference.variance_reduction;
    let text = serde_json::to_string_pretty(&data!({
        "schema": "wardround-comparison/1",
        "threat": compared.threat.id,
        "as_of": compared.as_of.to_string(),
        "seed": scenario.seed,
        "worlds": scenario.worlds,
        "repeats": scenario.repeats,
        "replicates": found.first.replicates,
        "hosts": found.first.hosts,
        "same_draws": true,
        "first": world(0, &found.first),
        "second": world(1, &found.second),
        // The first less the second.
        "difference": {
            "value": difference.mean,
            "error": difference.standard_error,
            "low": low,
            "high": high,
            "is_told": difference.is_told(),
        },
        // None where the difference never varies.
        "variance_reduction": reduction.is_finite().then_some(reduction),
    }));
    let text = text.map_err(|error| {
        Failure::new(ExitCode::Internal, "the comparison cannot be written").because(error)
    })?;
    Ok(format!("{text}\n"))
}

#[cfg(test)]
mod tests {
    use super::figure;

    #[test]
    fn a_number_has_the_digits_that_its_error_leaves() {
        for (number, error, shown) in [
            (19.87, 7.9, "20"),
            (1_234_567.8, 345.6, "1,234,568"),
            (-3.4, 1.0, "-3"),
            (-0.2, 1.0, "0"),
            (19.87, 0.3, "19.9"),
            (1_200.345, 0.04, "1,200.35"),
            (-0.004, 0.0, "0.00"),
        ] {
            assert_eq!(figure(number, error), shown, "{number} {error}");
        }
    }
}
