//! Numbers as people read them: rounded to what is known, with thousands separators, shares as *N of 100*.

use jiff::tz::TimeZone;
use maud::{Markup, html};

use crate::document::{Amount, Interval, Moment};

/// A whole number with thousands separators: `12,345`.
pub(crate) fn whole(number: impl Into<u64>) -> String {
    thousands_apart(&number.into().to_string())
}

/// Digits alone, of a whole number that is not negative, with thousands separators: `12,345`.
#[must_use]
pub fn thousands_apart(digits: &str) -> String {
    let mut grouped = String::with_capacity(digits.len() + digits.len() / 3);
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    grouped
}

/// `1 machine`, `2 machines`.
pub(crate) fn counted(number: impl Into<u64>, one: &str, many: &str) -> String {
    let number = number.into();
    format!("{} {}", whole(number), if number == 1 { one } else { many })
}

/// A list's length, as a number to show.
pub(crate) fn length(length: usize) -> u64 {
    u64::try_from(length).unwrap_or(u64::MAX)
}

/// A count that was estimated, to the digits that its standard error leaves.
pub(crate) fn estimated(value: f64, error: f64) -> String {
    whole(to_step(value, digits(value, error)))
}

/// Both ends of an interval, to the digits that `error` leaves and never beyond `most`.
pub(crate) fn range(interval: &Interval, error: f64, most: u32) -> String {
    range_below(interval, error, u64::from(most))
}

fn range_below(interval: &Interval, error: f64, most: u64) -> String {
    let inside = |value: f64| value.clamp(0.0, most as f64);
    let step = digits(inside(interval.high), error);
    let end = |value: f64| match to_step(inside(value), step) {
        // A low end that is known to be above nought is not shown as nought.
        0 => to_whole(inside(value)),
        shown => shown.min(most),
    };
    let (low, high) = (end(interval.low), end(interval.high));
    if low == high {
        whole(low)
    } else {
        format!("{} to {}", whole(low), whole(high))
    }
}

/// Both ends of an interval whose error nobody gave: to two digits.
pub(crate) fn coarse_range(interval: &Interval, most: u32) -> String {
    range(interval, f64::MAX, most)
}

/// A share (0 to 1) of simulated outbreaks, rounded by its standard error: `62 of 100`.
pub(crate) fn of_100(share: f64, error: f64) -> String {
    if !share.is_finite() {
        return "an unknown share".to_owned();
    }
    let hundredths = share.clamp(0.0, 1.0) * 100.0;
    let step = step(error * 100.0).min(10.0);
    let shown = to_whole((hundredths / step).round() * step);
    match shown {
        0 if hundredths > 0.0 => "fewer than 1 of 100".to_owned(),
        100 if hundredths < 100.0 => "more than 99 of 100".to_owned(),
        _ => format!("{shown} of 100"),
    }
}

/// A share (0 to 1) of `replicates` outbreaks, whose error is that of counting them.
pub(crate) fn of_100_in(share: f64, replicates: u32) -> String {
    let spread = (share * (1.0 - share)).max(0.0);
    of_100(share, (spread / f64::from(replicates.max(1))).sqrt())
}

/// Hours in words: `20 min`, `3.5 h`, `26 h`.
pub(crate) fn hours(hours: f64) -> String {
    if !hours.is_finite() || hours < 0.0 {
        "not known".to_owned()
    } else if hours * 60.0 < 1.0 {
        "within a minute".to_owned()
    } else if hours < 1.0 {
        format!("{:.0} min", hours * 60.0)
    } else if hours < 10.0 && (hours * 10.0).round() % 10.0 != 0.0 {
        format!("{hours:.1} h")
    } else {
        format!("{hours:.0} h")
    }
}

/// The standard error of the mean number that a machine infects: it falls in a share (0 to 1) of the outbreaks, and
/// then passes on at random. That outbreaks share worlds makes the true error larger.
pub(crate) fn passed_on_error(mean: f64, falls: f64, replicates: u32) -> f64 {
    let once_fallen = if falls > 0.0 { mean / falls } else { 0.0 };
    let variance = mean * (1.0 + once_fallen) - mean * mean;
    (variance.max(0.0) / f64::from(replicates.max(1))).sqrt()
}

/// A small mean to two digits: `0.44`, `3.1`, `27`.
pub(crate) fn mean(value: f64) -> String {
    if value.is_finite() && value.abs() < 0.995 {
        format!("{value:.2}")
    } else if value.is_finite() && value.abs() < 10.0 {
        format!("{value:.1}")
    } else {
        whole(to_whole(value))
    }
}

/// The median and the range of nine in ten: `1,200 (0 to 5,600)`.
pub(crate) fn amount_in_words(amount: &Amount) -> String {
    let nine_in_ten = Interval {
        low: amount.low,
        median: amount.median,
        high: amount.high,
    };
    format!(
        "{} ({})",
        coarse(amount.median),
        range_below(&nine_in_ten, f64::MAX, u64::MAX)
    )
}

/// The same, for a page.
pub(crate) fn amount(amount: &Amount) -> Markup {
    html! { (amount_in_words(amount)) }
}

/// A share (0 to 1) in hundredths: `12 %`.
pub(crate) fn percent(share: f64) -> String {
    format!("{:.0} %", share * 100.0)
}

/// One number to two digits.
pub(crate) fn coarse(value: f64) -> String {
    let at = Interval {
        low: value,
        median: value,
        high: value,
    };
    range_below(&at, f64::MAX, u64::MAX)
}

/// `12 May 2017`.
pub(crate) fn day(moment: Moment) -> String {
    let moment = moment.0.to_zoned(TimeZone::UTC);
    moment.strftime("%-d %B %Y").to_string()
}

/// `12 May 2017, 09:00 UTC`.
pub(crate) fn minute(moment: Moment) -> String {
    let moment = moment.0.to_zoned(TimeZone::UTC);
    moment.strftime("%-d %B %Y, %H:%M UTC").to_string()
}

/// The step to which `value` is shown: that of its standard error, but never so coarse that fewer than two digits stay.
fn digits(value: f64, error: f64) -> f64 {
    let two_digits = if value.abs() >= 100.0 {
        10f64.powf(value.abs().log10().floor() - 1.0)
    } else {
        1.0
    };
    step(error).min(two_digits)
}

fn to_step(value: f64, step: f64) -> u64 {
    to_whole((value / step).round() * step)
}

/// The power of ten in which a standard error has its first digit; one at least.
fn step(error: f64) -> f64 {
    if error.is_finite() && error >= 10.0 {
        10f64.powf(error.log10().floor())
    } else {
        1.0
    }
}

/// The nearest whole number; what is no number at all counts as none.
fn to_whole(value: f64) -> u64 {
    // A float becomes an integer by saturating, and NaN becomes 0.
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "saturates"
    )]
    let whole = value.round() as u64;
    whole
}

#[cfg(test)]
mod tests {
    use super::{
        counted, day, estimated, hours, mean, minute, of_100, of_100_in, passed_on_error, range,
        whole,
    };

    use crate::document::{Interval, Moment};

    #[test]
    fn thousands_are_set_apart() {
        assert_eq!(whole(0u32), "0");
        assert_eq!(whole(999u32), "999");
        assert_eq!(whole(1_000u32), "1,000");
        assert_eq!(whole(1_234_567u32), "1,234,567");
        assert_eq!(counted(1u32, "machine", "machines"), "1 machine");
        assert_eq!(counted(2_000u32, "machine", "machines"), "2,000 machines");
    }

    #[test]
    fn the_standard_error_sets_the_digits() {
        assert_eq!(estimated(1_234.0, 0.4), "1,234");
        assert_eq!(estimated(1_234.0, 9.0), "1,234");
        assert_eq!(estimated(1_234.0, 35.0), "1,230");
        assert_eq!(estimated(1_254.0, 350.0), "1,300");
    }

    #[test]
    fn two_digits_always_stay() {
        assert_eq!(estimated(7.0, 35.0), "7");
        assert_eq!(estimated(1_234.0, 9_000.0), "1,200");
    }

    #[test]
    fn a_share_is_so_many_of_a_hundred() {
        assert_eq!(of_100(0.623, 0.016), "62 of 100");
        assert_eq!(of_100(0.623, 0.12), "60 of 100");
        assert_eq!(of_100(0.0, 0.0), "0 of 100");
        assert_eq!(of_100(0.001, 0.001), "fewer than 1 of 100");
        assert_eq!(of_100(0.999, 0.001), "more than 99 of 100");
        assert_eq!(of_100(1.0, 0.0), "100 of 100");
        assert_eq!(of_100(f64::NAN, 0.0), "an unknown share");
        assert_eq!(of_100_in(0.62, 10), "60 of 100");
        assert_eq!(of_100_in(0.62, 1_000), "62 of 100");
    }

    #[test]
    fn a_range_never_passes_the_estate() {
        let interval = Interval {
            low: 1_187.0,
            median: 2_000.0,
            high: 3_038.0,
        };
        assert_eq!(range(&interval, 35.0, 3_038), "1,190 to 3,038");
        assert_eq!(range(&interval, 0.0, 1_000), "1,000");
    }

    #[test]
    fn both_ends_of_a_range_have_the_same_step_and_nothing_becomes_nought() {
        let from = |low| Interval {
            low,
            median: 500.0,
            high: 957.0,
        };
        assert_eq!(range(&from(412.0), 21.0, 3_040), "410 to 960");
        assert_eq!(range(&from(18.0), 21.0, 3_040), "20 to 960");
        assert_eq!(range(&from(4.0), 21.0, 3_040), "4 to 960");
        assert_eq!(super::coarse_range(&from(416.0), 2_000), "420 to 960");
    }

    #[test]
    fn hours_and_means_have_the_digits_that_matter() {
        assert_eq!(hours(0.001), "within a minute");
        assert_eq!(hours(0.33), "20 min");
        assert_eq!(hours(3.0), "3 h");
        assert_eq!(hours(3.46), "3.5 h");
        assert_eq!(hours(25.7), "26 h");
        assert_eq!(hours(f64::INFINITY), "not known");
        assert_eq!(mean(0.44), "0.44");
        assert_eq!(mean(0.999), "1.0");
        assert_eq!(mean(3.13), "3.1");
        assert_eq!(mean(1_270.2), "1,270");
    }

    #[test]
    fn what_a_machine_passes_on_is_known_to_an_error() {
        assert_eq!(passed_on_error(0.0, 0.0, 1_000), 0.0);
        let error = passed_on_error(0.7, 0.5, 1_000);
        assert!((0.034..0.035).contains(&error), "{error}");
    }

    #[test]
    fn dates_are_british() {
        let moment = Moment("2017-05-12T09:05:00Z".parse().unwrap());
        assert_eq!(day(moment), "12 May 2017");
        assert_eq!(minute(moment), "12 May 2017, 09:05 UTC");
    }
}
