//! What was entered beside what was forecast.

use std::collections::BTreeMap;

use jiff::civil::Date;

use super::super::Forecast;
use super::super::forecast::{ReportDay, ReportDays};
use super::figures::{CountSoFar, DayLine, DayStanding, SetAgainst, Three, ThreeGbp};
use super::sorted::Sorted;
use crate::threat::Quantity;

/// The days of an activity that were entered or forecast.
pub(super) fn day_lines(
    sorted: &Sorted<'_>,
    forecast: Option<&Forecast>,
    activity: &str,
) -> Vec<DayLine> {
    let mut cells: BTreeMap<(Date, Option<&str>), Option<Three>> = BTreeMap::new();
    let mut by_organisation = false;
    if let Some(Forecast::Daily {
        cells: forecast, ..
    }) = forecast
    {
        for ((id, day, who), three) in forecast {
            by_organisation |= who.is_some();
            if id == activity {
                cells.insert((*day, who.as_deref()), Some(*three));
            }
        }
    }
    for (day, counts) in sorted.cancelled.get(activity).into_iter().flatten() {
        if by_organisation {
            for who in counts.keys() {
                cells.entry((*day, Some(*who))).or_default();
            }
        } else {
            cells.entry((*day, None)).or_default();
        }
    }
    let everyone = sorted.who(activity);
    cells
        .into_iter()
        .map(|((day, who), forecast)| {
            let counts = sorted.day(activity, day);
            let entered = match who {
                Some(who) => counts.and_then(|counts| counts.get(who)).copied(),
                None => counts.map(|counts| {
                    let sum = CountSoFar::default();
                    counts.values().fold(sum, |sum, count| sum.and(*count))
                }),
            };
            let is_whole = who.is_some() || counts.is_some_and(|of| of.len() == everyone.len());
            let is_within = sorted.span().is_some_and(|span| day <= span.last);
            DayLine {
                day,
                activity: activity.to_owned(),
                organisation: who.map(ToOwned::to_owned),
                entered,
                forecast,
                standing: match entered {
                    Some(_) if !is_whole => DayStanding::PartlyMissing,
                    Some(count) if count.estimated.is_some() => DayStanding::Estimated,
                    Some(_) => DayStanding::Measured,
                    None if is_within => DayStanding::Missing,
                    None => DayStanding::Ahead,
                },
            }
        })
        .collect()
}

pub(super) fn set_against(
    forecast: &Forecast,
    activity: &str,
    lines: &[DayLine],
    so_far: CountSoFar,
    price: Option<&Quantity>,
) -> Option<SetAgainst> {
    let report = match forecast {
        Forecast::Totals {
            days, activities, ..
        } => {
            let forecast = *activities.get(activity)?;
            return Some(SetAgainst::Total {
                days: *days,
                forecast,
            });
        }
        Forecast::Daily { report, .. } => report.as_ref(),
    };
    let (mut days_entered, mut entered, mut met) = (0, 0.0, Three::default());
    let (mut days_missing, mut days_to_come) = (0, 0);
    let mut summed = Three::default();
    for line in lines {
        let Some(three) = line.forecast else { continue };
        let there = line.entered.map_or(0.0, |count| count.all());
        if is_entered(line) {
            days_entered += 1;
            entered += there;
            met.add(three);
            continue;
        }
        if line.standing == DayStanding::Ahead {
            days_to_come += 1;
        } else {
            days_missing += 1;
        }
        summed.add(three.above(there));
    }
    if days_entered + days_missing + days_to_come == 0 {
        return None;
    }
    let together = report.and_then(|report| together(report, activity, lines));
    let ahead = together.map_or(summed, |day| day.from_here_on);
    let worth = report.zip(price).and_then(|(report, price)| {
        worth_ahead(report, activity, lines, together).map(|ahead| {
            let all = so_far.all();
            ThreeGbp {
                low_gbp: price.low * all + ahead.low,
                median_gbp: price.at(0.5) * all + ahead.median,
                high_gbp: price.high * all + ahead.high,
            }
        })
    });
    Some(SetAgainst::Daily {
        days_entered,
        entered,
        forecast: met,
        days_missing,
        days_to_come,
        ahead,
        will_have_cost: ahead.plus(so_far.all()),
        worth,
    })
}

pub(super) fn is_entered(line: &DayLine) -> bool {
    line.entered.is_some() && line.standing != DayStanding::PartlyMissing
}

/// What a report says of the days that are not entered together, where these are all its days from one on and nothing was
/// entered for them.
fn together<'r>(
    report: &'r ReportDays,
    activity: &str,
    lines: &[DayLine],
) -> Option<&'r ReportDay> {
    let forecast = lines.iter().filter(|line| line.forecast.is_some());
    let mut rest = forecast.skip_while(|line| is_entered(line)).peekable();
    let first = rest.peek()?.day;
    let is_untouched = |line: &DayLine| line.entered.is_none();
    rest.all(is_untouched)
        .then(|| report.days.get(&(activity.to_owned(), first)))?
}

/// The pounds that a report has for the days that are not entered; none where one of its days is not priced.
fn worth_ahead(
    report: &ReportDays,
    activity: &str,
    lines: &[DayLine],
    together: Option<&ReportDay>,
) -> Option<Three> {
    if let Some(day) = together {
        return day.worth_from_here_on;
    }
    let mut sum = Three::default();
    for line in lines {
        let Some(three) = line.forecast else { continue };
        if is_entered(line) {
            continue;
        }
        let worth = report.days.get(&(activity.to_owned(), line.day))?.worth?;
        // What others entered of a day is worth something already: the share of the middle that is left of it.
        let there = line.entered.map_or(0.0, |count| count.all());
        let left = three.above(there);
        let share = |left: f64, whole: f64| if whole > 0.0 { left / whole } else { 0.0 };
        sum.add(Three {
            low: worth.low * share(left.low, three.low),
            median: worth.median * share(left.median, three.median),
            high: worth.high * share(left.high, three.high),
        });
    }
    Some(sum)
}
