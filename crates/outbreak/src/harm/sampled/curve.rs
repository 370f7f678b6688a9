//! The loss curve of one event: how often it costs at least so much.

use super::distribution::ascending;

/// Shares of events, of which a curve tells what they reach at the least.
const SHARES: [f64; 10] = [0.9, 0.75, 0.5, 0.25, 0.1, 0.05, 0.02, 0.01, 0.005, 0.001];

/// A share is told where at least so many of the events sampled reach it: of fewer the next seed would say another number.
const EVENTS_BEYOND: f64 = 10.0;

/// How often one event costs at least so much, over the whole service.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct LossCurve {
    /// The share (0 to 1) of events that cost nothing at all.
    pub nothing: f64,
    /// Shares (0 to 1) of events, falling.
    pub shares: Vec<f64>,
    /// For each share, the pounds that so many events cost at the least, at the prices of what is priced.
    pub worth: Vec<f64>,
}

/// The shares that so many events can tell.
pub(super) fn shares(events: usize) -> Vec<f64> {
    let told = |share: &f64| share * events as f64 >= EVENTS_BEYOND - 1e-9;
    SHARES.into_iter().filter(told).collect()
}

/// For each share, what so many of the events reach at the least. Values stand for some of the events; the others had none.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "a share of a count lies between 0 and the count"
)]
pub(super) fn reached(values: Vec<f64>, events: usize, shares: &[f64]) -> Vec<f64> {
    let values = ascending(values, events);
    let at = |share: &f64| {
        // A share of 0.1 of 1,000 is 100 events, whatever the last digit of the product.
        let beyond = (share * values.len() as f64 - 1e-9).ceil().max(1.0) as usize;
        values[values.len() - beyond.min(values.len())]
    };
    if values.is_empty() {
        return vec![0.0; shares.len()];
    }
    shares.iter().map(at).collect()
}

#[cfg(test)]
mod tests {
    use super::{reached, shares};

    #[test]
    fn so_many_events_reach_what_the_curve_tells() {
        let values: Vec<f64> = (1..=700).map(f64::from).collect();
        let told = shares(1_000);
        assert_eq!(told.last(), Some(&0.01));
        for (share, least) in told.iter().zip(reached(values.clone(), 1_000, &told)) {
            let reach = values.iter().filter(|value| **value >= least.max(1.0));
            let reach = reach.count() as f64 / 1_000.0;
            assert!(
                if least > 0.0 {
                    (reach - share).abs() < 1e-9
                } else {
                    reach < *share
                },
                "{share}: {least}"
            );
        }
    }

    #[test]
    fn few_events_tell_no_rare_loss() {
        assert_eq!(shares(10), [] as [f64; 0]);
        assert_eq!(shares(40).last(), Some(&0.25));
        assert_eq!(reached(Vec::new(), 0, &[0.5]), [0.0]);
    }
}
