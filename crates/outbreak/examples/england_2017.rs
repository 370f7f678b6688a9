//! Fits the backtest of May 2017, or reads draws that were fitted, and says what it cost:
//! `cargo run --release -p wardround-outbreak --example england_2017 -- [DRAWS | read] [POSTERIOR.CSV [ANSWER.JSON [COMPARED]]]`.

use std::time::Instant;

use wardround_outbreak::backtest::Prior;
use wardround_outbreak::backtest::england::{
    FITTED_SEED, Posterior, Predicted, Quantities, bodies, england_2017, fit,
};

#[expect(clippy::print_stdout, reason = "an example speaks")]
fn main() {
    let words: Vec<String> = std::env::args().skip(1).collect();
    let word = |at: usize| words.get(at).map(String::as_str);
    let prior = Prior::england_2017();
    let since = Instant::now();
    let seconds = || since.elapsed().as_secs_f64();
    let posterior = if let (Some("read"), Some(path)) = (word(0), word(1)) {
        let text = std::fs::read_to_string(path).expect("it can be read");
        Posterior::parse(&text, FITTED_SEED).expect("it was fitted under this prior")
    } else {
        let draws = word(0).and_then(|word| word.parse().ok()).unwrap_or(50);
        let posterior =
            fit(&bodies(), &prior, draws, FITTED_SEED, &|_, _| {}).expect("it can be sampled");
        if let Some(path) = word(1) {
            std::fs::write(path, posterior.table(&prior)).expect("it can be written");
        }
        posterior
    };
    println!(
        "{} kept, {} proposed, {} fit alone, {} sampled, {:.0} s",
        posterior.draws.len(),
        posterior.proposed,
        posterior.fitted_alone,
        posterior.sampled,
        seconds()
    );
    let compared = word(3).and_then(|word| word.parse().ok()).unwrap_or(0);
    let answer = england_2017(&posterior, usize::MAX, compared, &|what| {
        println!("{what}, {:.0} s", seconds());
    })
    .expect("it can be sampled");
    for one in &answer.parameters {
        println!("{:32} {:?} {:?}", one.name, one.prior, one.posterior);
    }
    for (name, quantities) in &answer.quantities {
        match quantities {
            Quantities::One(one) => print(name, one),
            Quantities::Several(several) => {
                for (of, one) in several {
                    print(&format!("{name}: {of}"), one);
                }
            }
        }
    }
    for row in &answer.reported_beside_predicted {
        let (predicted, median) = (row.predicted, row.median);
        println!(
            "{}: {} reported, {median:.0} ({:.0} to {:.0}) predicted",
            row.what, row.reported, predicted.low, predicted.high
        );
    }
    if let Some(path) = word(2) {
        let text = serde_json::to_string_pretty(&answer).expect("it is plain data");
        std::fs::write(path, text).expect("it can be written");
    }
}

#[expect(clippy::print_stdout, reason = "an example speaks")]
fn print(name: &str, one: &Predicted) {
    let quantiles = ["05", "25", "50", "75", "95"].map(|share| one.quantiles[share]);
    println!("{name:70} {quantiles:>12.2?}");
}
