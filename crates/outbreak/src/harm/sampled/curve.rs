//! The loss curve of one event: how often it costs at least so much.

use std::collections::BTreeMap;

use super::distribution::ascending;

/// Shares of events, of which a curve tells what they reach at the least.
const SHARES: [f64; 10] = [0.9, 0.75, 0.5, 0.25, 0.1, 0.05, 0.02, 0.01, 0.005, 0.001];

/// A share is told where at least so many of the events sampled reach it: of fewer the next seed would say another number.
const EVENTS_BEYOND: f64 = 10.0;

/// Standard errors on either side within which nine in ten of a normal distribution lie.
const NINE_IN_TEN: f64 = 1.645;

/// How often one event costs at least so much, over the whole service.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct LossCurve {
    /// The share (0 to 1) of events that cost nothing at all.
    pub nothing: f64,
    /// Shares (0 to 1) of events, falling.
    pub shares: Vec<f64>,
    /// For each share, the pounds that so many events cost at the least, at the prices of what is priced.
    pub worth: Vec<AtLeast>,
}

/// What a share of events cost at the least, and how far the number of events sampled leaves it open: nine in ten such
/// intervals hold the truth.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct AtLeast {
    /// What they cost at the least.
    pub value: f64,
    /// The lower end.
    pub low: f64,
    /// The upper end; none where it lies beyond every event that was sampled.
    pub high: Option<f64>,
}

/// The shares that so many events can tell.
pub(super) fn shares(events: usize) -> Vec<f64> {
    let told = |share: &f64| share * events as f64 >= EVENTS_BEYOND - 1e-9;
    SHARES.into_iter().filter(told).collect()
}

/// The events of an ensemble, each in its world.
pub(super) struct Events {
    /// How many of each world.
    of_world: BTreeMap<u32, f64>,
    count: usize,
    repeats: u32,
}

impl Events {
    /// Of replicates, of which so many share a world.
    pub(super) fn new(replicates: &[u32], repeats: u32) -> Self {
        let mut of_world = BTreeMap::new();
        for replicate in replicates {
            *of_world.entry(replicate / repeats.max(1)).or_default() += 1.0;
        }
        Self {
            of_world,
            count: replicates.len(),
            repeats: repeats.max(1),
        }
    }

    /// For each share, what so many of the events reach at the least. Values stand for some of the replicates; the others had
    /// none.
    ///
    /// The interval is Woodruff's (*Journal of the American Statistical Association* 47, 1952): the share of events that
    /// reach the value has a standard error, counted over worlds since events of one world are alike, and the curve is read
    /// at both ends of it. With one world nothing tells the error, and the interval is everything.
    pub(super) fn reached(&self, values: &BTreeMap<u32, f64>, shares: &[f64]) -> Vec<AtLeast> {
        let ordered = ascending(values.values().copied().collect(), self.count);
        shares
            .iter()
            .map(|share| {
                let Some(value) = beyond(&ordered, *share) else {
                    return AtLeast::default();
                };
                let reach = self.error(values, value) * NINE_IN_TEN;
                AtLeast {
                    value,
                    low: beyond(&ordered, (share + reach).min(1.0)).unwrap_or_default(),
                    high: ((share - reach) * self.count as f64 >= 1.0)
                        .then(|| beyond(&ordered, share - reach))
                        .flatten(),
                }
            })
            .collect()
    }

    /// The standard error of the share of events that reach a value, or that cost anything where it is none: a ratio of
    /// totals over clusters (Cochran, *Sampling Techniques*, 1977, section 9A.3).
    fn error(&self, values: &BTreeMap<u32, f64>, value: f64) -> f64 {
        let worlds = self.of_world.len() as f64;
        if worlds < 2.0 {
            return f64::INFINITY;
        }
        let reaches = |one: f64| if value > 0.0 { one >= value } else { one > 0.0 };
        let mut reaching: BTreeMap<u32, f64> = BTreeMap::new();
        for (replicate, _) in values.iter().filter(|(_, one)| reaches(**one)) {
            *reaching.entry(replicate / self.repeats).or_default() += 1.0;
        }
        let events = self.count as f64;
        let share = reaching.values().sum::<f64>() / events;
        let squares = self.of_world.iter().map(|(world, events)| {
            let reached = reaching.get(world).copied().unwrap_or_default();
            (reached - share * events).powi(2)
        });
        (squares.sum::<f64>() * worlds / (worlds - 1.0)).sqrt() / events
    }
}

/// What a share of values in ascending order reach at the least.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "a share of a count lies between 0 and the count"
)]
fn beyond(ascending: &[f64], share: f64) -> Option<f64> {
    // A share of 0.1 of 1,000 is 100 events, whatever the last digit of the product.
    let count = (share * ascending.len() as f64 - 1e-9).ceil().max(1.0) as usize;
    let place = ascending.len().checked_sub(count)?;
    ascending.get(place).copied()
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::{AtLeast, Events, shares};
    use crate::draws::{Decides, unit};

    fn values(values: impl Iterator<Item = f64>) -> BTreeMap<u32, f64> {
        (0..).zip(values).collect()
    }

    fn all(count: u32) -> Vec<u32> {
        (0..count).collect()
    }

    #[test]
    fn so_many_events_reach_what_the_curve_tells() {
        let values = values((1..=700).map(f64::from));
        let told = shares(1_000);
        assert_eq!(told.last(), Some(&0.01));
        let points = Events::new(&all(1_000), 10).reached(&values, &told);
        for (share, AtLeast { value: least, .. }) in told.iter().zip(points) {
            let reach = values.values().filter(|value| **value >= least.max(1.0));
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
        let nothing = Events::new(&[], 10).reached(&BTreeMap::new(), &[0.5]);
        assert_eq!(nothing, [AtLeast::default()]);
    }

    #[test]
    fn each_event_in_a_world_of_its_own_has_the_error_of_a_count() {
        let events = Events::new(&all(1_000), 1);
        let point = events.reached(&values((1..=1_000).map(f64::from)), &[0.1])[0];
        // 1.645 · √(0.1 · 0.9 / 999) is 0.0156, so the shares are 0.1156 and 0.0844.
        assert_eq!(point.value, 901.0);
        assert_eq!((point.low, point.high), (885.0, Some(916.0)));
    }

    #[test]
    fn a_loss_of_one_world_alone_has_no_upper_end() {
        let in_one_world = values((0..1_000).map(|event| if event < 100 { 5.0 } else { 1.0 }));
        let point = Events::new(&all(1_000), 100).reached(&in_one_world, &[0.1])[0];
        assert_eq!((point.value, point.low, point.high), (5.0, 1.0, None));
        let alone = Events::new(&all(1_000), 1_000).reached(&in_one_world, &[0.1])[0];
        assert_eq!((alone.low, alone.high), (1.0, None));
    }

    #[test]
    fn nine_in_ten_intervals_hold_the_truth() {
        // Events are the larger of a world's draw and their own, each uniform: 1 in 4 reach √(3/4).
        let truth = 0.75f64.sqrt();
        let held = |ensemble: u64| {
            let drawn = |keys: &[u64]| unit(5, ensemble, Decides::Backtest, keys);
            let events = (0..1_000u64).map(|event| {
                let world = drawn(&[1, event / 10]);
                world.max(drawn(&[2, event]))
            });
            let point = Events::new(&all(1_000), 10).reached(&values(events), &[0.25])[0];
            point.low <= truth && point.high.is_none_or(|high| truth <= high)
        };
        let held = (0..400).filter(|ensemble| held(*ensemble)).count();
        // 360 are expected, with a standard error of 6.
        assert!((340..=380).contains(&held), "{held} of 400");
    }
}
