//! England in May 2017: what is fitted is reproducible, and what-ifs do what they say.

use wardround_outbreak::backtest::Prior;
use wardround_outbreak::backtest::england::{
    FITTED_SEED, Fit, Posterior, WayIn, WhatIf, bodies, notpetya_like, predict, sample, toll,
};
use wardround_outbreak::harm::ServiceRules;

#[test]
fn fitted_draws_sample_the_trusts_that_made_them_fit() {
    let (prior, bodies) = (Prior::england_2017(), bodies());
    let posterior = Posterior::built_in();
    assert_eq!(posterior.draws.len(), 500);
    for draw in &posterior.draws[..5] {
        let parameters = prior.at(&draw.point);
        let outcome = sample(
            &bodies,
            &parameters,
            &WhatIf::default(),
            FITTED_SEED,
            draw.number,
            u32::MAX,
        );
        let trusts = outcome.expect("it can be sampled").trusts_infected(&bodies);
        assert_eq!(trusts, draw.trusts, "draw {}", draw.number);
        assert!(trusts.abs_diff(Fit::TRUSTS_INFECTED) <= Fit::TRUSTS_TOLERANCE);
    }
}

#[test]
fn what_comes_from_the_internet_alone_is_stopped_at_the_border() {
    let prior = Prior::england_2017();
    let posterior = Posterior::built_in();
    let internet: Vec<_> = (posterior.draws.into_iter())
        .filter(|draw| prior.at(&draw.point).way() == WayIn::Internet)
        .take(3)
        .collect();
    let closed = WhatIf {
        internet_closed: true,
        ..WhatIf::default()
    };
    for prediction in predict(&internet, &closed, FITTED_SEED).expect("it can be sampled") {
        assert_eq!(prediction.machines, 0);
        assert!(prediction.not_done.iter().all(|lost| lost.abs() < 1e-9));
        assert!(prediction.gbp.abs() < 1e-9);
        // Where nothing is infected nobody is warned, and nobody cuts itself off.
        assert_eq!(prediction.trusts_cut_off, 0);
        assert!(prediction.precautions().abs() < 1e-9);
    }
}

#[test]
fn a_worm_with_credentials_is_not_stopped_by_the_fix() {
    let posterior = Posterior::built_in();
    let patched = notpetya_like(&posterior.draws[..4], 0.0).expect("it can be sampled");
    let beyond_entries = patched.iter().map(|one| one.machines).sum::<u32>();
    assert!(beyond_entries > 1_000, "{beyond_entries}");
}

#[test]
fn nothing_infected_and_nobody_careful_is_exactly_no_loss() {
    let (prior, bodies) = (Prior::england_2017(), bodies());
    let posterior = Posterior::built_in();
    let draw = &posterior.draws[0];
    let mut parameters = prior.at(&draw.point);
    parameters.precaution_share = 0.0;
    let nothing = WhatIf {
        internet_closed: true,
        denied_between: true,
        ..WhatIf::default()
    };
    let outcome = sample(
        &bodies,
        &parameters,
        &nothing,
        FITTED_SEED,
        draw.number,
        u32::MAX,
    )
    .expect("it can be sampled");
    let rules = ServiceRules::built_in();
    let toll = toll(
        &bodies,
        &outcome,
        &parameters,
        &rules,
        FITTED_SEED,
        draw.number,
    );
    assert!(
        toll.infected
            .iter()
            .chain(&toll.cut_off)
            .all(|lost| *lost == 0.0)
    );
    assert!(toll.planned.iter().all(|planned| *planned > 0.0));
}

#[test]
fn a_table_of_draws_is_read_back() {
    let prior = Prior::england_2017();
    let posterior = Posterior::built_in();
    let again = Posterior::parse(&posterior.table(&prior), FITTED_SEED).expect("it was written");
    assert_eq!(again, posterior);
    assert!(Posterior::parse("draw,trusts\nx,3\n", FITTED_SEED).is_err());
    // Draws that were fitted under another prior, or with another seed, are refused.
    let table = posterior.table(&prior);
    assert!(Posterior::parse(&table, FITTED_SEED + 1).is_err());
    let renamed = table.replace("latency_hours", "latency");
    assert!(Posterior::parse(&renamed, FITTED_SEED).is_err());
}

#[test]
fn fitted_draws_fit_the_laboratory_as_well() {
    let answers = Posterior::built_in().laboratory();
    assert_eq!(answers.len(), 500);
    for seen in answers {
        let off = seen
            .busiest_hundred_seconds
            .abs_diff(Fit::BUSIEST_HUNDRED_SECONDS);
        assert!(off <= Fit::BUSIEST_TOLERANCE, "{seen:?}");
        assert!((seen.quick_share - Fit::QUICK_SHARE).abs() <= Fit::QUICK_TOLERANCE);
    }
}
