//! Fits the backtest of May 2017 and says what it cost: `cargo run --release -p wardround-outbreak --example england_2017 --
//! [DRAWS]`.

use std::time::Instant;

use wardround_outbreak::backtest::Prior;
use wardround_outbreak::backtest::england::{
    ACTIVITIES, FITTED_SEED, Prediction, WhatIf, bodies, fit, predict,
};

#[expect(clippy::print_stdout, reason = "an example speaks")]
fn main() {
    let draws = std::env::args().nth(1).and_then(|word| word.parse().ok());
    let (prior, bodies) = (Prior::england_2017(), bodies());
    let since = Instant::now();
    let seconds = || since.elapsed().as_secs_f64();
    let posterior = fit(
        &bodies,
        &prior,
        draws.unwrap_or(50),
        FITTED_SEED,
        &|_, _| {},
    )
    .expect("it can be sampled");
    println!(
        "{} kept, {} proposed, {} fit alone, {} sampled, {:.0} s",
        posterior.draws.len(),
        posterior.proposed,
        posterior.fitted_alone,
        posterior.sampled,
        seconds()
    );
    if let Some(path) = std::env::args().nth(2) {
        std::fs::write(path, posterior.table(&prior)).expect("it can be written");
    }
    for (at, name) in Prior::NAMES.iter().enumerate() {
        let values = posterior.draws.iter().map(|draw| draw.point[at]);
        print(name, values.collect());
    }
    let predictions =
        predict(&posterior.draws, &WhatIf::default(), FITTED_SEED).expect("it can be sampled");
    println!("predicted, {:.0} s", seconds());
    let of = |what: &dyn Fn(&Prediction) -> f64| predictions.iter().map(what).collect::<Vec<f64>>();
    print("trusts", of(&|one| f64::from(one.trusts())));
    print(
        "London",
        of(&|one| f64::from(one.trusts_infected_by_region[2])),
    );
    for hour in 0..15 {
        print(
            &format!("reported by {} BST", hour + 10),
            of(&|one| f64::from(one.organisations_reporting_by_hour[hour])),
        );
    }
    for (at, usual) in ACTIVITIES.iter().enumerate() {
        print(usual.id, of(&|one| one.lost[at]));
        print("  if all", of(&|one| one.lost_if_all[at]));
    }
    print("GBP", of(&|one| one.gbp));
    print("careful", of(&Prediction::precautions));
    for day in 0..5 {
        print(
            "diverting",
            of(&|one| f64::from(one.ae_sites_diverting_by_day[day])),
        );
    }
    print(
        "share",
        predictions
            .iter()
            .flat_map(|one| one.shares_in_large_trusts.clone())
            .collect(),
    );
    print("Wales", of(&|one| f64::from(one.wales)));
    print("careful trusts", of(&|one| f64::from(one.trusts_careful)));
    print("practices", of(&|one| f64::from(one.practices)));
    print("machines", of(&|one| f64::from(one.machines)));
}

#[expect(clippy::print_stdout, reason = "an example speaks")]
fn print(name: &str, mut values: Vec<f64>) {
    values.sort_by(f64::total_cmp);
    let quantile = |share: f64| values[(share * values.len() as f64) as usize];
    println!(
        "{name:32} {:>12.2} {:>12.2} {:>12.2} {:>12.2} {:>12.2}",
        quantile(0.05),
        quantile(0.25),
        quantile(0.5),
        quantile(0.75),
        quantile(0.95)
    );
}
