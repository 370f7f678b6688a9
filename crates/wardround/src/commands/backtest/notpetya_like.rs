//! `wardround backtest notpetya-like`.

use serde_json::{Value, json};
use wardround_outbreak::backtest::england::{
    CANNOT_BE_PATCHED, NotPetyaLike, Posterior, notpetya_like, notpetya_like_assumptions,
};
use wardround_outbreak::backtest::{five_quantiles, quantile};
use wardround_report::{Sheet, SheetPart, SheetTable};

use super::words::{basis, three};
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
    let cell = |of: &[NotPetyaLike], what: Asked| {
        let values: Vec<f64> = of.iter().filter_map(what).collect();
        three([0.05, 0.5, 0.95].map(|share| quantile(&values, share)))
    };
    let row = |name: &str, what: Asked| {
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
                    row("trusts infected that knew it", |one| {
                        Some(f64::from(one.trusts))
                    }),
                    row("machines infected, wherever they stand", |one| {
                        Some(f64::from(one.machines))
                    }),
                    row(
                        "share of the machines of these trusts, where there are any",
                        |one| one.share_in_infected_trusts,
                    ),
                    row(
                        "outpatient appointments not done in these trusts within a week",
                        |one| Some(one.outpatient_appointments),
                    ),
                ],
            }),
        }, assumptions()],
    };
    let answer = json!({
        "quantiles": { "as_it_was": quantiles(&as_it_was), "patched": quantiles(&patched) },
        "as_it_was": as_it_was,
        "patched": patched,
    });
    args.write(&answer, &sheet)
}

/// What is asked of a draw; some have no answer.
type Asked = fn(&NotPetyaLike) -> Option<f64>;

fn assumptions() -> SheetPart {
    let rows = notpetya_like_assumptions().into_iter();
    SheetPart {
        title: "What decides it".to_owned(),
        words: vec![
            "Drawn anew in each draw. How many trusts are infected follows nearly alone from how many bodies take the update."
                .to_owned(),
        ],
        table: Some(SheetTable {
            caption: "Numbers of the worm and of the way in".to_owned(),
            columns: vec![
                ("number", false),
                ("value", true),
                ("basis", false),
                ("stands on", false),
            ],
            rows: rows
                .map(|(what, number)| {
                    vec![
                        what.to_owned(),
                        number.words(),
                        basis(number.basis).to_owned(),
                        number.source,
                    ]
                })
                .collect(),
        }),
    }
}

fn quantiles(draws: &[NotPetyaLike]) -> Value {
    let of = |what: Asked| five_quantiles(&draws.iter().filter_map(what).collect::<Vec<f64>>());
    json!({
        "trusts": of(|one| Some(f64::from(one.trusts))),
        "machines": of(|one| Some(f64::from(one.machines))),
        "share_in_infected_trusts": of(|one| one.share_in_infected_trusts),
        "outpatient_appointments": of(|one| Some(one.outpatient_appointments)),
    })
}
