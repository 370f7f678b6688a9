//! The fit itself: what is believed before, what incidents say, and what is believed after.

use std::collections::BTreeSet;

use serde::Serialize;

use super::super::Prior;
use super::grid::{Grid, Middle, middle};
use super::incidents::{Incidents, KeptOnPaper, MachinesBack};
use crate::harm::{Outage, Recovery, ServiceRules};
use crate::threat::{Basis, Quantity};

/// What one incident counts for at most, in machines or units that fare independently: assumed. Machines of one incident are
/// put right by the same people, so a thousand of them are no thousand trials.
pub const WORTH: f64 = 20.0;
/// Points of a grid with one parameter.
const POINTS: usize = 2_000;
/// Points each way of the grid of rebuilding.
const SIDE: usize = 160;
/// Where a law says that something cannot happen that did, its chance is taken to be this: no law of three straight lines is
/// that exact.
const LEAST_CHANCE: f64 = 1e-3;
/// Less of the prior's span than this is no movement.
const MOVES_BY: f64 = 0.1;

/// What was believed, and what is after an organisation's own incidents.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Calibration {
    /// The incidents used, by name.
    pub incidents: Vec<String>,
    /// Each parameter.
    pub parameters: Vec<Fitted>,
}

/// One parameter, before and after.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Fitted {
    /// Its name.
    pub name: String,
    /// What it is.
    pub about: String,
    /// Its unit.
    pub unit: &'static str,
    /// Before: 5 %, median, 95 %.
    pub prior: Middle,
    /// After.
    pub posterior: Middle,
    /// How many incidents say anything of it.
    pub incidents: usize,
    /// Whether its median went, or the width of its span changed, by more than a tenth of the width of the prior's span.
    pub is_moved: bool,
    /// Whether the median after lies outside nine in ten of what was believed before.
    pub is_beyond_prior: bool,
    /// On what the prior stands.
    pub basis: Basis,
    /// The prior's source.
    pub source: String,
    /// How it was fitted.
    pub method: &'static str,
}

/// Where a prior comes from, and what is said of it.
struct Told<'a> {
    name: String,
    about: String,
    unit: &'static str,
    basis: Basis,
    source: &'a str,
    method: &'static str,
    incidents: usize,
}

impl Told<'_> {
    fn fitted(self, prior: Middle, posterior: Middle) -> Fitted {
        let width = |of: Middle| of.high - of.low;
        let step = MOVES_BY * width(prior);
        Fitted {
            name: self.name,
            about: self.about,
            unit: self.unit,
            prior,
            posterior,
            incidents: self.incidents,
            is_moved: (posterior.median - prior.median).abs() > step
                || (width(posterior) - width(prior)).abs() > step,
            is_beyond_prior: posterior.median < prior.low || posterior.median > prior.high,
            basis: self.basis,
            source: self.source.to_owned(),
            method: self.method,
        }
    }
}

/// Fits response, rebuilding and paper to incidents, with the built-in cases as the prior.
#[must_use]
pub fn calibrate(incidents: &Incidents, rules: &ServiceRules, prior: &Prior) -> Calibration {
    let mut parameters = vec![response(&incidents.delays_hours, prior)];
    parameters.extend(rebuilding(&incidents.machines, rules));
    let mut ids: BTreeSet<&str> = incidents
        .kept
        .iter()
        .map(|kept| kept.activity.as_str())
        .collect();
    // What the built-in outage speaks of is shown whether anything was entered or not.
    ids.insert("outpatient_appointments");
    parameters.extend(ids.into_iter().filter_map(|id| {
        let activity = &rules.activities[rules.activity(id)?];
        let own: Vec<&KeptOnPaper> = incidents
            .kept
            .iter()
            .filter(|kept| kept.activity == id)
            .collect();
        Some(paper(id, &activity.name, &activity.kept_on_paper, &own))
    }));
    Calibration {
        incidents: incidents.names.clone(),
        parameters,
    }
}

/// Delays are exponential about their mean, as outbreaks draw them; the mean is normal in the logarithm before.
fn response(delays_hours: &[f64], prior: &Prior) -> Fitted {
    let range = &prior.acts_after_hours;
    let before = Grid::nine_in_ten(range.low, range.high, POINTS);
    let (count, sum) = (delays_hours.len() as f64, delays_hours.iter().sum::<f64>());
    let after = before.after(|mean| -count * mean.ln() - sum / mean);
    Told {
        name: "response_delay".to_owned(),
        about: range.about.clone(),
        unit: "hours",
        basis: range.basis,
        source: &range.source,
        method: "delays exponential about their mean; the mean log-normal, the built-in range being nine in ten",
        incidents: delays_hours.len(),
    }
    .fitted(before.middle(), after.middle())
}

/// The delay and the length of the built-in law of recovery, together; and the pace that follows from them.
fn rebuilding(machines: &[MachinesBack], rules: &ServiceRules) -> [Fitted; 3] {
    let recovery = &rules.recovery;
    let (delay, most_by) = (&recovery.delay_hours, &recovery.most_by_hours);
    let delays = Grid::nine_in_ten(delay.low, delay.high, SIDE);
    let lengths = Grid::nine_in_ten(most_by.low, most_by.high, SIDE);
    let most_share = recovery.most_share.at(0.5);
    let all_by_factor = recovery.all_by_factor.at(0.5);
    let mut cells: Vec<(Recovery, f64, f64)> = Vec::new();
    for (delay_hours, of_delay) in delays.points.iter().zip(&delays.log_weights) {
        for (most_by_hours, of_length) in lengths.points.iter().zip(&lengths.log_weights) {
            // The law needs them in this order.
            if delay_hours >= most_by_hours {
                continue;
            }
            let law = Recovery {
                delay_hours: *delay_hours,
                most_by_hours: *most_by_hours,
                most_share,
                all_by_hours: most_by_hours * all_by_factor,
            };
            let says: f64 = machines.iter().map(|back| log_likelihood(&law, back)).sum();
            let before = of_delay + of_length;
            cells.push((law, before, before + says));
        }
    }
    let most = cells.iter().map(|cell| cell.2).fold(f64::MIN, f64::max);
    let of = |what: &dyn Fn(&Recovery) -> f64| {
        let before = cells.iter().map(|cell| (what(&cell.0), cell.1.exp()));
        let after = cells
            .iter()
            .map(|cell| (what(&cell.0), (cell.2 - most).exp()));
        (middle(before.collect()), middle(after.collect()))
    };
    let told = |name: &str, about: String, unit, from: &Quantity| {
        let (basis, source) = (from.basis, from.source.clone());
        let name = name.to_owned();
        move |(before, after): (Middle, Middle)| {
            Told {
                name,
                about,
                unit,
                basis,
                source: &source,
                method: "the built-in law of recovery on a grid of its delay and length, each log-normal with the built-in \
                         range as nine in ten; an incident counts as at most 20 machines",
                incidents: machines.len(),
            }
            .fitted(before, after)
        }
    };
    let percent = 100.0 * most_share;
    [
        told(
            "rebuild_delay",
            "Hours until the first machine is back".to_owned(),
            "hours",
            delay,
        )(of(&|law| law.delay_hours)),
        told(
            "rebuild_most_by",
            format!("Hours until {percent:.0} % of machines are back"),
            "hours",
            most_by,
        )(of(&|law| law.most_by_hours)),
        told(
            "rebuild_pace",
            "Machines back in a day, of each 100 that were out, from the first on".to_owned(),
            "machines of each 100 a day",
            most_by,
        )(of(&|law| {
            2_400.0 * most_share / (law.most_by_hours - law.delay_hours)
        })),
    ]
}

/// How likely these machines came back as they did, as so many independent ones as an incident counts for: multinomial over
/// the spans between the days that were told.
fn log_likelihood(law: &Recovery, machines: &MachinesBack) -> f64 {
    let weight = (WORTH / machines.out).min(1.0);
    let (mut back, mut out_before) = (0.0, 1.0);
    let mut sum = 0.0;
    for (day, count) in &machines.back_by {
        let out = law.still_out(24.0 * day);
        sum += (count - back) * (out_before - out).max(LEAST_CHANCE).ln();
        back = *count;
        out_before = out;
    }
    sum += (machines.out - back) * out_before.max(LEAST_CHANCE).ln();
    weight * sum
}

/// The share kept is Beta; of an incident's units so many were kept, binomial.
fn paper(id: &str, units: &str, range: &Quantity, own: &[&KeptOnPaper]) -> Fitted {
    let outage = Outage::NORTHERN_LINCOLNSHIRE_2016;
    // The outage's own distribution where the range is the outage's, else an even one.
    let at = |unit: f64| {
        if outage.agrees_with(range) {
            outage.kept_on_paper(unit)
        } else {
            range.low + (range.high - range.low) * unit
        }
    };
    let steps: Vec<f64> = (0..POINTS)
        .map(|place| at((place as f64 + 0.5) / POINTS as f64))
        .collect();
    let mean = steps.iter().sum::<f64>() / POINTS as f64;
    let squares = steps.iter().map(|share| (share - mean).powi(2));
    let variance = squares.sum::<f64>() / POINTS as f64;
    let before = Grid::beta(mean, variance, POINTS);
    let (mut kept, mut cancelled) = (0.0, 0.0);
    for one in own {
        let weight = (WORTH / one.planned).min(1.0);
        kept += weight * (one.planned - one.cancelled);
        cancelled += weight * one.cancelled;
    }
    let after = before.after(|share| kept * share.ln() + cancelled * (1.0 - share).ln());
    Told {
        name: format!("kept_on_paper.{id}"),
        about: format!("Share of {units} kept up on paper while systems are out"),
        unit: "share",
        basis: range.basis,
        source: &range.source,
        method: "Beta with the mean and variance of the built-in range, conjugate to kept and cancelled units; an incident \
                 counts as at most 20 units",
        incidents: own.len(),
    }
    .fitted(before.middle(), after.middle())
}

#[cfg(test)]
mod tests {
    use super::{Calibration, Fitted, calibrate};
    use crate::backtest::Prior;
    use crate::backtest::calibrate::Incidents;
    use crate::harm::ServiceRules;

    fn fitted(rows: &str) -> Calibration {
        let rules = ServiceRules::built_in();
        let text = format!(
            "incident,noticed_at,acted_at,machines_out,machines_back_by,planned_units,cancelled_units,activity\n{rows}"
        );
        let incidents = Incidents::parse(&text, &rules).unwrap();
        assert_eq!(incidents.faults, []);
        calibrate(&incidents, &rules, &Prior::england_2017())
    }

    fn of<'c>(calibration: &'c Calibration, name: &str) -> &'c Fitted {
        let mut all = calibration.parameters.iter();
        all.find(|one| one.name == name).unwrap()
    }

    #[test]
    fn without_incidents_what_is_believed_is_the_prior_and_nothing_moves() {
        let told = fitted("");
        assert_eq!(told.parameters.len(), 5);
        for one in &told.parameters {
            assert!(
                !one.is_moved && !one.is_beyond_prior && one.incidents == 0,
                "{one:?}"
            );
            assert!(
                (one.posterior.median - one.prior.median).abs() < 1e-9,
                "{one:?}"
            );
        }
        let delay = of(&told, "response_delay").prior;
        assert!((delay.low - 0.5).abs() < 0.01 && (delay.high - 4.0).abs() < 0.05);
        let length = of(&told, "rebuild_most_by").prior;
        assert!(
            (length.low - 120.0).abs() < 1.5 && (length.high - 216.0).abs() < 1.5,
            "{length:?}"
        );
        let paper = of(&told, "kept_on_paper.outpatient_appointments").prior;
        assert!(
            paper.low < 0.06 && paper.high > 0.25 && paper.high < 0.36,
            "{paper:?}"
        );
    }

    #[test]
    fn the_built_in_recovery_seen_again_leaves_its_length_where_it_was() {
        let told = fitted("fylde,,,1217,7:1156;10:1217,,,\n");
        let length = of(&told, "rebuild_most_by");
        assert!((length.posterior.median - 168.0).abs() < 20.0, "{length:?}");
        let (before, after) = (length.prior, length.posterior);
        assert!(after.high - after.low < before.high - before.low);
    }

    #[test]
    fn a_quick_rebuild_is_believed_the_more_the_oftener_it_is_seen() {
        let one = fitted("a,,,400,1:150;2:300;3:390;4:400,,,\n");
        let rows: String = ["a", "b", "c", "d"]
            .map(|name| format!("{name},,,400,1:150;2:300;3:390;4:400,,,\n"))
            .concat();
        let four = fitted(&rows);
        let medians =
            [&fitted(""), &one, &four].map(|told| of(told, "rebuild_most_by").posterior.median);
        assert!(
            medians[0] > medians[1] && medians[1] > medians[2],
            "{medians:?}"
        );
        let paces =
            [&fitted(""), &one, &four].map(|told| of(told, "rebuild_pace").posterior.median);
        assert!(paces[0] < paces[1] && paces[1] < paces[2], "{paces:?}");
        assert!(of(&one, "rebuild_most_by").is_moved);
        assert!(!of(&one, "response_delay").is_moved);
    }

    #[test]
    fn a_slow_organisation_may_lie_beyond_the_built_in_range() {
        let rows: String = (1..=9)
            .map(|day| format!("{day},2024-01-0{day}T08:00,2024-01-0{day}T20:00,,,,,\n"))
            .collect();
        let delay = fitted(&rows);
        let delay = of(&delay, "response_delay");
        assert!(delay.is_moved && delay.is_beyond_prior, "{delay:?}");
        assert!(
            delay.posterior.median > 6.0 && delay.posterior.median < 12.0,
            "{delay:?}"
        );
    }

    #[test]
    fn one_incident_of_any_size_moves_paper_half_way() {
        // Beta of the built-in outage is worth some 17 units, an incident 20: 17 * 0.16 + 20 * 0.8 of 37 are kept.
        for planned in [100, 100_000] {
            let told = fitted(&format!("a,,,,,{planned},{},\n", planned / 5));
            let paper = of(&told, "kept_on_paper.outpatient_appointments");
            assert!((paper.posterior.median - 0.51).abs() < 0.03, "{paper:?}");
            assert!(paper.is_moved && paper.is_beyond_prior);
        }
    }
}
