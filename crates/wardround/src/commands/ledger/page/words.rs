//! Numbers of a ledger in words: as they were entered, to the last digit.

use wardround_outbreak::harm::ledger::{Span, Three};
use wardround_report::thousands_apart;

use crate::commands::backtest::words::three as in_words;

pub(super) fn span(of: Span) -> String {
    if of.first == of.last {
        of.first.to_string()
    } else {
        format!("{} to {}", of.first, of.last)
    }
}

pub(super) fn words_of(three: Three) -> String {
    in_words([three.low, three.median, three.high])
}

/// `1 row`, `2 rows`.
pub(super) fn counted(number: usize, one: &str, many: &str) -> String {
    let words = if number == 1 { one } else { many };
    format!("{} {words}", exact(number as f64))
}

/// `£1,250.50`.
pub(super) fn pounds(value: f64) -> String {
    let pence = (value * 100.0).round();
    let whole = (pence / 100.0).floor();
    format!("£{}.{:02.0}", exact(whole), pence - 100.0 * whole)
}

/// A number to its last digit, of three behind the point, with thousands apart.
pub(super) fn exact(value: f64) -> String {
    let text = format!("{value:.3}");
    let (whole, rest) = text.split_once('.').unwrap_or((&text, ""));
    let grouped = thousands_apart(whole);
    match rest.trim_end_matches('0') {
        "" => grouped,
        rest => format!("{grouped}.{rest}"),
    }
}

#[cfg(test)]
mod tests {
    use super::{exact, pounds};

    #[test]
    fn what_was_entered_is_shown_to_the_last_digit() {
        assert_eq!(exact(65_217.0), "65,217");
        assert_eq!(exact(1_234_567.5), "1,234,567.5");
        assert_eq!(exact(0.0), "0");
        assert_eq!(pounds(1_250.5), "£1,250.50");
        assert_eq!(pounds(0.999), "£1.00");
    }
}
