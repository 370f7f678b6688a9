//! `wardround backtest world-2017`.

use serde_json::json;
use wardround_outbreak::backtest::england::Posterior;
use wardround_outbreak::backtest::{OpenInternet, five_quantiles, open_internet, quantile};
use wardround_report::{Sheet, SheetPart, SheetTable};

use super::Printed;
use super::words::three;
use crate::Failure;

pub(super) fn run(args: &Printed) -> Result<(), Failure> {
    args.prepare();
    let posterior = Posterior::built_in();
    let draws = &posterior.draws;
    let each = open_internet(draws);
    let of = |what: fn(&OpenInternet) -> f64| {
        let values: Vec<f64> = each.iter().map(what).collect();
        [0.05, 0.5, 0.95].map(|share| quantile(&values, share))
    };
    let rows = [
        (
            "machines infected by 24 hours",
            of(|one| one.infected_at_24_hours),
        ),
        (
            "the same without a kill switch",
            of(|one| one.without_kill_switch),
        ),
        (
            "minutes in which the number doubles",
            of(|one| {
                one.doubling_hours
                    .map_or(f64::INFINITY, |hours| 60.0 * hours)
            }),
        ),
        (
            "share of those open that was infected when the kill switch became live",
            of(|one| one.share_at_kill_switch),
        ),
    ];
    let saturated = each.iter().filter(|one| one.share_at_kill_switch >= 0.95);
    let sheet = Sheet {
        title: "The open internet in May 2017".to_owned(),
        lead: vec![
            format!(
                "{} draws that fit what one machine, one network and England's trusts showed; no count of the world was used. \
             Reports of the first day name 200,000 to 300,000 machines, others one to two million before the kill switch; \
             they are background, not a test.",
                draws.len()
            ),
            format!(
                "What the kill switch stopped out here is a vacuous question: no fact tells how fast machines fell on 12 May (the \
             exposed machine was watched days later, when others scanned as well), so growth follows from assumed ranges alone. \
             In {} of {} draws 95 % or more of those open were infected when it became live.",
                saturated.count(),
                draws.len()
            ),
        ],
        parts: vec![SheetPart {
            title: "Order of magnitude".to_owned(),
            words: Vec::new(),
            table: Some(SheetTable {
                caption: "Middle, and nine draws in ten".to_owned(),
                columns: vec![("what", false), ("predicted", true)],
                rows: rows
                    .iter()
                    .map(|(what, values)| vec![(*what).to_owned(), three(*values)])
                    .collect(),
            }),
        }],
    };
    let quantiles = |what: &dyn Fn(&OpenInternet) -> Option<f64>| {
        five_quantiles(&each.iter().filter_map(what).collect::<Vec<f64>>())
    };
    let answer = json!({
        "quantiles": {
            "infected_at_24_hours": quantiles(&|one| Some(one.infected_at_24_hours)),
            "without_kill_switch": quantiles(&|one| Some(one.without_kill_switch)),
            "doubling_hours": quantiles(&|one| one.doubling_hours),
            "share_at_kill_switch": quantiles(&|one| Some(one.share_at_kill_switch)),
        },
        "draws": each,
    });
    args.write(&answer, &sheet)
}
