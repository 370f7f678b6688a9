//! Outcomes that everyone knows, beside what was predicted of them.

use rand::RngExt;
use rand_distr::{Beta, Binomial, Distribution};
use serde::Serialize;

use super::OfPrediction;
use crate::backtest::england::FITTED_SEED;
use crate::backtest::england::fit::Fit;
use crate::backtest::england::harm::ACTIVITIES;
use crate::backtest::england::predict::Prediction;
use crate::backtest::scores::{Forecast, Scores, quantile};
use crate::draws::{Decides, generator};

/// A reported outcome beside what was predicted.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Beside {
    /// What it is.
    pub what: &'static str,
    /// Where the reported value is from.
    pub source: &'static str,
    /// The reported value.
    pub reported: f64,
    /// The scores of wardround's forecast.
    pub predicted: Scores,
    /// Its median.
    pub median: f64,
    /// Of the forecast that everything is infected in the share in which trusts were.
    pub one_share: Scores,
    /// Of the forecast that any order of magnitude is as likely.
    pub log_uniform: Scores,
}

/// A reported outcome that nothing is predicted of.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Unpredicted {
    /// What it is.
    pub what: &'static str,
    /// Where the reported value is from.
    pub source: &'static str,
    /// The reported value.
    pub reported: f64,
    /// Why nothing is predicted of it.
    pub why: &'static str,
}

/// Outcomes that everyone knows and that nothing is predicted of, so that none is passed over.
pub(super) const UNPREDICTED: [Unpredicted; 1] = [Unpredicted {
    what: "bodies other than trusts infected",
    source: "National Audit Office",
    reported: 603.0,
    why: "595 of them are the practices above; what the other eight were is not known, and no such bodies are in the estate",
}];

/// Trusts of England, practices, and what the service plans in a week: the most that the quantities below could be.
const TRUSTS: f64 = 236.0;
const PRACTICES: f64 = 7_454.0;

/// Of outpatient appointments that stand, the share that are first ones after an urgent referral for suspected cancer: some
/// 1.87 million a year. Derived: in July 2016 to June 2017, 104,930 people waited for more than two weeks (The Guardian, 9 August
/// 2018), and 5.6 % did in 2016-17 (NHS England, *Cancer Waiting Times Annual Report, 2016-17*). That they are cancelled as
/// readily as any other is *assumed*; hospitals keep what is urgent where they can, so it is rather too many.
const URGENT_REFERRALS: f64 = 104_930.0 / 0.056 / 365.0 / ACTIVITIES[0].per_day();

pub(super) fn beside(predictions: &[Prediction]) -> Vec<Beside> {
    let planned_in_a_week = 7.0 * (ACTIVITIES[0].per_day() + ACTIVITIES[1].per_day());
    let rows: [(&str, &str, f64, f64, OfPrediction); 6] = [
        (
            "trusts disrupted and not infected",
            "National Audit Office, 2018 text",
            46.0,
            TRUSTS,
            &|one| f64::from(one.trusts_cut_off),
        ),
        (
            "trusts hit in all",
            "National Audit Office, 2018 text",
            80.0,
            TRUSTS,
            &|one| f64::from(one.trusts() + one.trusts_cut_off),
        ),
        (
            "general practices infected",
            "National Audit Office",
            595.0,
            PRACTICES,
            &|one| f64::from(one.practices),
        ),
        (
            "appointments and operations cancelled, as counted (some items only)",
            "National Audit Office, as reported",
            6_912.0,
            planned_in_a_week,
            &|one| one.not_done[0] + one.not_done[1] + one.precautions(),
        ),
        (
            "appointments and operations cancelled, as estimated",
            "National Audit Office, as reported",
            19_494.0,
            planned_in_a_week,
            &|one| one.not_done[0] + one.not_done[1] + one.precautions(),
        ),
        (
            "urgent referrals for suspected cancer cancelled, at least",
            "National Audit Office, as reported",
            139.0,
            7.0 * ACTIVITIES[0].per_day() * URGENT_REFERRALS,
            &|one| (one.not_done[0] + one.not_done_cut_off[0]) * URGENT_REFERRALS,
        ),
    ];
    let mut random = generator(FITTED_SEED, 0, Decides::Backtest, &[4]);
    rows.map(|(what, source, reported, most, predicted)| {
        let draws: Vec<f64> = predictions.iter().map(predicted).collect();
        let infected = f64::from(Fit::TRUSTS_INFECTED);
        let share = Beta::new(infected + 1.0, TRUSTS - infected + 1.0).expect("both are positive");
        let one_share = (0..2_000).map(|_| {
            let share = share.sample(&mut random);
            let law = Binomial::new(most as u64, share).expect("it is a share");
            random.sample(law) as f64
        });
        Beside {
            what,
            source,
            reported,
            median: quantile(&draws, 0.5),
            predicted: Forecast::Draws(draws).scores(reported),
            one_share: Forecast::Draws(one_share.collect()).scores(reported),
            log_uniform: Forecast::LogUniform { most }.scores(reported),
        }
    })
    .into()
}
