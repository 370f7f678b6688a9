//! What was entered changes the forecast of what was not: a report's outbreaks are weighed by how well they agree with it.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;
use serde::Serialize;

use super::super::forecast::{ReportDays, ReportOutbreak};
use super::against::is_entered;
use super::figures::{DayLine, DayStanding, Three, ThreeGbp};
use crate::harm::ServiceRules;
use crate::threat::Quantity;

/// Nine in ten sums that were measured lie within this factor of what a true outbreak leaves undone: assumed. A ledger counts
/// other things than the model does, whoever keeps it.
const MEASURED_WITHIN: f64 = 1.5;
/// The same where any of it was estimated: assumed.
const ESTIMATED_WITHIN: f64 = 2.0;
/// Standard deviations on either side within which nine in ten of a normal distribution lie.
const NINE_IN_TEN: f64 = 1.645;
/// Where fewer outbreaks than this are left in effect, nothing is learnt: their quantiles would be a matter of chance.
const LEAST_OUTBREAKS: f64 = 30.0;
/// The same of worlds, since outbreaks of one world are alike.
const LEAST_WORLDS: f64 = 10.0;

/// A report's forecast, given what was entered.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Learnt {
    /// Outbreaks of the report that cost anything, as far as it tells them singly.
    pub outbreaks: usize,
    /// Worlds that these were drawn in.
    pub worlds: usize,
    /// As how many outbreaks of equal weight they count once they are weighed; none where they were not.
    pub effective_outbreaks: Option<f64>,
    /// The same of worlds.
    pub effective_worlds: Option<f64>,
    /// Assumed: nine in ten sums that were measured lie within this factor of the truth.
    pub measured_within: f64,
    /// Assumed: the same where any was estimated.
    pub estimated_within: f64,
    /// Organisations that entered anything.
    pub organisations_of_ledger: usize,
    /// Organisations that the report speaks of. The ledger is taken to speak for all of them.
    pub organisations_of_report: usize,
    /// What was compared, by activity.
    pub compared: Vec<Compared>,
    /// Why nothing is learnt.
    pub refused: Option<Unlearnt>,
    /// By activity, all that was entered and the forecast for the rest; empty where nothing is learnt.
    pub activities: Vec<LearntActivity>,
    /// What those of them that are priced are worth together; none where nothing is learnt or none is priced.
    pub worth: Option<LearntWorth>,
}

/// One activity's days that were entered, together.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Compared {
    /// Its identifier.
    pub activity: String,
    /// Days that all who enter this activity have entered.
    pub days: usize,
    /// Units entered on these days.
    pub entered: f64,
    /// Whether all of them were measured.
    pub is_measured: bool,
}

/// What one activity will have cost in units.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct LearntActivity {
    /// Its identifier.
    pub activity: String,
    /// With all outbreaks counting alike.
    pub before: Three,
    /// With each outbreak counting as much as it agrees with what was entered.
    pub after: Three,
    /// What these are worth; none where the activity is not priced.
    pub worth: Option<LearntWorth>,
}

/// Pounds that units are worth at the prices of the table of services: the 5 % quantile at the least price, the median at the
/// middle one and the 95 % quantile at the greatest. They are reckoned, and never added to what was spent.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct LearntWorth {
    /// With all outbreaks counting alike.
    pub before: ThreeGbp,
    /// With each outbreak counting as much as it agrees with what was entered.
    pub after: ThreeGbp,
}

/// Why nothing is learnt.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Unlearnt {
    /// The outbreak began on another weekday than the report's.
    OtherWeekday,
    /// No day that was forecast is entered by all.
    NothingEntered,
    /// No outbreak of the report comes near what was entered of this activity.
    BeyondAllOutbreaks(String),
    /// Too few outbreaks agree with what was entered.
    TooFewAgree,
}

/// Weighs a report's outbreaks by what was entered; none where the report has none.
pub(super) fn learnt(
    report: &ReportDays,
    lines: &[DayLine],
    so_far: &BTreeMap<&str, f64>,
    organisations_of_ledger: usize,
    rules: &ServiceRules,
) -> Option<Learnt> {
    if report.outbreaks.is_empty() {
        return None;
    }
    let worlds: BTreeSet<u64> = report.outbreaks.iter().map(|one| one.world).collect();
    let mut learnt = Learnt {
        outbreaks: report.outbreaks.len(),
        worlds: worlds.len(),
        effective_outbreaks: None,
        effective_worlds: None,
        measured_within: MEASURED_WITHIN,
        estimated_within: ESTIMATED_WITHIN,
        organisations_of_ledger,
        organisations_of_report: report.organisations,
        compared: Vec::new(),
        refused: None,
        activities: Vec::new(),
        worth: None,
    };
    match weigh(report, lines, &mut learnt) {
        Err(why) => learnt.refused = Some(why),
        Ok(weights) => {
            let mut all = Pounds::new(weights.len());
            for activity in report.outbreaks[0].not_done.keys() {
                let entered = so_far.get(activity.as_str()).copied().unwrap_or_default();
                let rest = |one: &ReportOutbreak| rest(report, one, activity, lines);
                let totals: Vec<f64> = (report.outbreaks.iter())
                    .map(|one| entered + rest(one))
                    .collect();
                let known = rules.activity(activity);
                let price = known.and_then(|place| rules.activities[place].price_gbp.as_ref());
                let mut own = Pounds::new(weights.len());
                if let Some(price) = price {
                    own.add(&totals, price);
                    all.add(&totals, price);
                }
                learnt.activities.push(LearntActivity {
                    activity: activity.clone(),
                    before: three(&totals, &vec![1.0; weights.len()]),
                    after: three(&totals, &weights),
                    worth: own.worth(&weights),
                });
            }
            learnt.worth = all.worth(&weights);
        }
    }
    Some(learnt)
}

/// The weight of each outbreak.
///
/// One more than the units entered of an activity, on all its days together, is taken as log-normal about one more than those
/// of the outbreak, with the variance of the assumed factor and of a count. Activities of one ledger err together, so all of
/// them say as much as one of them would: their log-likelihoods are averaged.
fn weigh(
    report: &ReportDays,
    lines: &[DayLine],
    learnt: &mut Learnt,
) -> Result<Vec<f64>, Unlearnt> {
    if report.began.strftime("%A").to_string() != report.first_weekday {
        return Err(Unlearnt::OtherWeekday);
    }
    let mut likelihoods = vec![0.0; report.outbreaks.len()];
    for activity in report.outbreaks[0].not_done.keys() {
        let compared: Vec<&DayLine> = lines
            .iter()
            .filter(|line| line.activity == *activity && line.forecast.is_some())
            .filter(|line| is_entered(line))
            .collect();
        if compared.is_empty() {
            continue;
        }
        let entered: f64 = compared.iter().map(|line| there(line)).sum();
        let is_measured = (compared.iter()).all(|line| line.standing == DayStanding::Measured);
        let within = if is_measured {
            MEASURED_WITHIN
        } else {
            ESTIMATED_WITHIN
        };
        let mut nearest = f64::INFINITY;
        for (outbreak, sum) in report.outbreaks.iter().zip(&mut likelihoods) {
            let units: f64 = (compared.iter())
                .map(|line| on_day(report, outbreak, activity, line.day))
                .sum();
            let deviation = deviation(units, within);
            let off = ((entered + 1.0) / (units + 1.0)).ln() / deviation;
            nearest = nearest.min(off.abs());
            *sum -= off * off / 2.0 + deviation.ln();
        }
        learnt.compared.push(Compared {
            activity: activity.clone(),
            days: compared.len(),
            entered,
            is_measured,
        });
        if nearest > NINE_IN_TEN {
            return Err(Unlearnt::BeyondAllOutbreaks(activity.clone()));
        }
    }
    if learnt.compared.is_empty() {
        return Err(Unlearnt::NothingEntered);
    }
    let count = learnt.compared.len() as f64;
    let most = likelihoods.iter().copied().fold(f64::MIN, f64::max);
    let weights: Vec<f64> = (likelihoods.iter())
        .map(|sum| ((sum - most) / count).exp())
        .collect();
    let mut of_worlds: BTreeMap<u64, f64> = BTreeMap::new();
    for (outbreak, weight) in report.outbreaks.iter().zip(&weights) {
        *of_worlds.entry(outbreak.world).or_default() += weight;
    }
    let outbreaks = effective(weights.iter());
    let worlds = effective(of_worlds.values());
    learnt.effective_outbreaks = Some(outbreaks);
    learnt.effective_worlds = Some(worlds);
    if outbreaks < LEAST_OUTBREAKS || worlds < LEAST_WORLDS {
        return Err(Unlearnt::TooFewAgree);
    }
    Ok(weights)
}

/// The standard deviation of the logarithm of what is entered where so many units are not done.
fn deviation(units: f64, within: f64) -> f64 {
    let of_factor = within.ln() / NINE_IN_TEN;
    (of_factor * of_factor + 1.0 / (units + 1.0)).sqrt()
}

/// What an outbreak adds on days that are not entered by all: on those that some entered, what lies above it.
fn rest(report: &ReportDays, outbreak: &ReportOutbreak, activity: &str, lines: &[DayLine]) -> f64 {
    lines
        .iter()
        .filter(|line| line.activity == activity && !is_entered(line))
        .map(|line| (on_day(report, outbreak, activity, line.day) - there(line)).max(0.0))
        .sum()
}

fn there(line: &DayLine) -> f64 {
    line.entered.map_or(0.0, |count| count.all())
}

fn on_day(report: &ReportDays, outbreak: &ReportOutbreak, activity: &str, day: Date) -> f64 {
    let place = usize::try_from((day - report.began).get_days()).ok();
    let days = outbreak.not_done.get(activity);
    days.zip(place)
        .and_then(|(days, place)| days.get(place))
        .copied()
        .unwrap_or_default()
}

/// As how many of equal weight they count (Kish).
fn effective<'w>(weights: impl Iterator<Item = &'w f64>) -> f64 {
    let (sum, squares) = weights.fold((0.0, 0.0), |(sum, squares), weight| {
        (sum + weight, squares + weight * weight)
    });
    if squares > 0.0 {
        sum * sum / squares
    } else {
        0.0
    }
}

/// Pounds of each outbreak at the least, the middle and the greatest price.
struct Pounds {
    at: [Vec<f64>; 3],
    is_priced: bool,
}

impl Pounds {
    fn new(outbreaks: usize) -> Self {
        Self {
            at: [(); 3].map(|()| vec![0.0; outbreaks]),
            is_priced: false,
        }
    }

    fn add(&mut self, units: &[f64], price: &Quantity) {
        self.is_priced = true;
        for (sums, each) in self
            .at
            .iter_mut()
            .zip([price.low, price.at(0.5), price.high])
        {
            for (sum, units) in sums.iter_mut().zip(units) {
                *sum += units * each;
            }
        }
    }

    fn worth(&self, weights: &[f64]) -> Option<LearntWorth> {
        let [low, middle, high] = &self.at;
        let gbp = |weights: &[f64]| ThreeGbp {
            low_gbp: three(low, weights).low,
            median_gbp: three(middle, weights).median,
            high_gbp: three(high, weights).high,
        };
        self.is_priced.then(|| LearntWorth {
            before: gbp(&vec![1.0; weights.len()]),
            after: gbp(weights),
        })
    }
}

/// The least values that 5, 50 and 95 % of the weight do not exceed.
fn three(values: &[f64], weights: &[f64]) -> Three {
    let mut both: Vec<(f64, f64)> = values
        .iter()
        .copied()
        .zip(weights.iter().copied())
        .collect();
    both.sort_by(|one, other| one.0.total_cmp(&other.0));
    let whole: f64 = both.iter().map(|(_, weight)| weight).sum();
    let at = |share: f64| {
        let mut below = 0.0;
        let reaches = |(value, weight): &(f64, f64)| {
            below += weight;
            (below >= share * whole).then_some(*value)
        };
        let last = both.last().map_or(0.0, |(value, _)| *value);
        both.iter().find_map(reaches).unwrap_or(last)
    };
    Three {
        low: at(0.05),
        median: at(0.5),
        high: at(0.95),
    }
}

#[cfg(test)]
mod tests;
