//! The summary of an ensemble, in words and as data. Machines, networks and organisations have positions, and no names.

use std::ops::Range;

use serde_json::{Value, json};
use wardround_outbreak::{Across, Ensemble, Interval, Part};

use super::arguments::Format;
use super::lost::Lost;
use crate::{ExitCode, Failure};

/// How many of the most used crossings and the machines that fall most are listed.
const MOST: usize = 20;

/// Ranges as they are asked for: `0..500, 700..1000`.
pub(super) fn plain_ranges(ranges: &[Range<u32>]) -> String {
    let words = ranges
        .iter()
        .map(|range| format!("{}..{}", range.start, range.end));
    match words.collect::<Vec<_>>() {
        none if none.is_empty() => "none".to_owned(),
        some => some.join(", "),
    }
}

pub(super) fn show(
    part: &Part,
    ensemble: &Ensemble,
    lost: Option<&Lost>,
    format: Format,
) -> Result<String, Failure> {
    match format {
        Format::Text => {
            let mut text = words(part, ensemble);
            text.push_str(&lost.map_or_else(String::new, Lost::words));
            Ok(text)
        }
        Format::Json => {
            let mut data = as_data(part, ensemble);
            if let Some(lost) = lost {
                data["losses"] = lost.as_data();
            }
            let text = serde_json::to_string_pretty(&data);
            let text = text.map_err(|error| {
                Failure::new(ExitCode::Internal, "the summary cannot be written").because(error)
            })?;
            Ok(format!("{text}\n"))
        }
    }
}

fn words(part: &Part, ensemble: &Ensemble) -> String {
    let spread = &ensemble.spread;
    let (died, died_error) = spread.dies_out;
    let (mean, mean_error) = spread.mean_taken;
    let mut text = format!(
        "{} outbreaks, {} in each of {} worlds, among {} machines of {} organisations\n",
        spread.replicates,
        part.ensemble.repeats,
        part.ensemble.worlds,
        spread.hosts,
        part.ensemble.organisations
    );
    text.push_str(&format!(
        "dies out (below {} machines)  {:.1} % of outbreaks, ± {:.1}\n",
        spread.dies_out_below,
        100.0 * died,
        100.0 * died_error
    ));
    if let Some(taken) = spread.taken {
        text.push_str(&format!(
            "otherwise takes                {:.0} to {:.0} machines in nine of ten, median {:.0}\n",
            taken.low, taken.high, taken.median
        ));
    }
    text.push_str(&format!(
        "takes on the average           {mean:.1} machines, ± {mean_error:.1}\n"
    ));
    if let Some(share) = ensemble.world_variance_share {
        text.push_str(&format!(
            "between worlds lies            {:.0} % of the variance; the rest is chance\n",
            100.0 * share
        ));
    }
    if let Some(share) = ensemble.assumed_share {
        text.push_str(&format!(
            "open by a draw only were       {:.0} % of the machines taken, entries apart\n",
            100.0 * share
        ));
    }
    text.push_str(&format!(
        "organisations ever reached     {}\n",
        ensemble.organisations.len()
    ));
    text
}

fn interval(interval: Interval) -> Value {
    json!({ "low": interval.low, "median": interval.median, "high": interval.high })
}

fn as_data(part: &Part, ensemble: &Ensemble) -> Value {
    let own = &part.ensemble;
    let spread = &ensemble.spread;
    let with_error = |(value, error): (f64, f64)| json!({ "value": value, "error": error });
    let fan: Vec<Value> = spread
        .fan
        .iter()
        .map(|point| json!({ "hour": point.hour, "quantiles": point.quantiles }))
        .collect();
    let organisations: Vec<Value> = ensemble
        .organisations
        .iter()
        .map(|of| {
            let through = Across::ALL.iter().zip(of.through);
            let through = through.map(|(across, share)| (format!("{across:?}"), json!(share)));
            json!({
                "organisation": of.organisation.0,
                "reached": of.reached,
                "taken": interval(of.taken),
                "first_hour": of.first_hour,
                "through": through.collect::<serde_json::Map<_, _>>(),
                "from": of.from.map(|(from, share)| json!({ "organisation": from.0, "share": share })),
                "by_link": of.by_link,
                "gate": of.gate.map(|gate| json!({
                    "from_network": gate.from.0, "to_network": gate.to.0, "share": gate.share,
                })),
            })
        })
        .collect();
    let crossings: Vec<Value> = ensemble
        .crossings
        .iter()
        .take(MOST)
        .map(|of| json!({ "from_network": of.from.0, "to_network": of.to.0, "used": of.used }))
        .collect();
    let mut hosts: Vec<_> = ensemble.hosts.iter().filter(|of| of.falls > 0.0).collect();
    hosts.sort_by(|one, other| other.falls.total_cmp(&one.falls));
    let hosts: Vec<Value> = hosts
        .into_iter()
        .take(MOST)
        .map(|of| json!({
            "host": of.host.0, "falls": of.falls, "mean_hour": of.mean_hour, "passes_on": of.passes_on,
        }))
        .collect();
    json!({
        "schema": "wardround-ensemble/1",
        "ensemble": {
            "program": own.program,
            "threat": own.threat.to_string(),
            "estate": own.estate.to_string(),
            "circumstances": own.circumstances.to_string(),
            "seed": own.seed,
            "worlds": own.worlds,
            "repeats": own.repeats,
            "hosts": own.hosts,
            "organisations": own.organisations,
        },
        "replicates": spread.replicates,
        "dies_out_below": spread.dies_out_below,
        "dies_out": with_error(spread.dies_out),
        "taken": spread.taken.map(interval),
        "mean_taken": with_error(spread.mean_taken),
        "world_variance_share": ensemble.world_variance_share,
        "assumed_share": ensemble.assumed_share,
        "fan": fan,
        "organisations": organisations,
        "most_crossed": crossings,
        "falls_most": hosts,
    })
}
