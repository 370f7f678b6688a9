//! `wardround backtest notpetya-like`.

use serde_json::{Value, json};
use wardround_outbreak::backtest::england::{
    CANNOT_BE_PATCHED, NotPetyaLike, Posterior, notpetya_like,
};
use wardround_outbreak::backtest::{five_quantiles, quantile};
use wardround_report::{Sheet, SheetPart, SheetTable};

use super::words::three;
use super::{Printed, refused};
use crate::Failure;

/// So many of the fitted draws are compared.
const DRAWS: usize = 100;

pub(super) fn run(args: &Printed) -> Result<(), Failure> {
    args.prepare();
    let posterior = Posterior::built_in();
    let draws = &posterior.draws[..DRAWS.min(posterior.draws.len())];
    let as_it_was = notpetya_like(draws, 1.0).map_err(refused)?;
    let patched = notpetya_like(draws, CANNOT_BE_PATCHED).map_err(refused)?;
    let cell = |of: &[NotPetyaLike], what: fn(&NotPetyaLike) -> f64| {
        let values: Vec<f64> = of.iter().map(what).collect();
        three([0.05, 0.5, 0.95].map(|share| quantile(&values, share)))
    };
    let row = |name: &str, what: fn(&NotPetyaLike) -> f64| {
        vec![
            name.to_owned(),
            cell(&as_it_was, what),
            cell(&patched, what),
        ]
    };
    let sheet = Sheet {
        title: "A worm like NotPetya on England's estate of May 2017".to_owned(),
        lead: vec![
            "A supplier's update brings it into some bodies; inside it goes on by the flaw of March 2017 and by credentials \
             that it finds. It does not leave a body by itself. The estate and its habits are those of the backtest of \
             England; the numbers of the worm are its profile's, most of them assumed. No outcome was used."
                .to_owned(),
            format!(
                "Patched: of machines without the fix of March 2017 one in ten still lacks it. {} draws of each.",
                draws.len()
            ),
        ],
        parts: vec![SheetPart {
            title: "With and without the fix".to_owned(),
            words: Vec::new(),
            table: Some(SheetTable {
                caption: "Middle, and nine draws in ten".to_owned(),
                columns: vec![("what", false), ("as it was", true), ("patched", true)],
                rows: vec![
                    row("trusts infected", |one| f64::from(one.trusts)),
                    row("machines infected", |one| f64::from(one.machines)),
                    row("share of the machines of infected trusts", |one| {
                        one.share_in_infected_trusts
                    }),
                    row("outpatient appointments not done within a week", |one| {
                        one.outpatient_appointments
                    }),
                ],
            }),
        }],
    };
    let answer = json!({
        "quantiles": { "as_it_was": quantiles(&as_it_was), "patched": quantiles(&patched) },
        "as_it_was": as_it_was,
        "patched": patched,
    });
    args.write(&answer, &sheet)
}

fn quantiles(draws: &[NotPetyaLike]) -> Value {
    let of = |what: fn(&NotPetyaLike) -> f64| {
        five_quantiles(&draws.iter().map(what).collect::<Vec<f64>>())
    };
    json!({
        "trusts": of(|one| f64::from(one.trusts)),
        "machines": of(|one| f64::from(one.machines)),
        "share_in_infected_trusts": of(|one| one.share_in_infected_trusts),
        "outpatient_appointments": of(|one| one.outpatient_appointments),
    })
}
