//! Fits the backtest of May 2017 and says what it cost: `cargo run --release -p wardround-outbreak --example england_2017 --
//! [DRAWS]`.

use std::time::Instant;

use wardround_outbreak::backtest::Prior;
use wardround_outbreak::backtest::england::{bodies, fit};

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
        1,
        &|kept, proposed| {
            println!("{kept} kept of {proposed}, {:.0} s", seconds());
        },
    )
    .expect("it can be sampled");
    println!(
        "{} proposed, {} fit alone, {} sampled, {:.0} s",
        posterior.proposed,
        posterior.fitted_alone,
        posterior.sampled,
        seconds()
    );
    for (at, name) in Prior::NAMES.iter().enumerate() {
        let mut values: Vec<f64> = posterior.draws.iter().map(|draw| draw.point[at]).collect();
        values.sort_by(f64::total_cmp);
        let quantile = |share: f64| values[(share * values.len() as f64) as usize];
        println!(
            "{name:32} {:.2} {:.2} {:.2}",
            quantile(0.1),
            quantile(0.5),
            quantile(0.9)
        );
    }
}
