//! Numbers of backtests in words.

use wardround_outbreak::Basis;
use wardround_report::thousands_apart;

/// A number to three digits, with thousands apart.
pub(in crate::commands) fn number(value: f64) -> String {
    if !value.is_finite() {
        return "never".to_owned();
    }
    let size = value.abs();
    if size >= 999.5 {
        // What rounds up to a thousand is one.
        let step = 10f64.powf(size.max(1_000.0).log10().floor() - 2.0);
        return grouped((size / step).round() * step, value < 0.0);
    }
    if size >= 100.0 || size.fract() == 0.0 {
        format!("{value:.0}")
    } else if size >= 1.0 {
        let text = format!("{value:.1}");
        text.strip_suffix(".0").map_or(text.clone(), str::to_owned)
    } else {
        let digits = if size > 0.0 {
            (1.0 - size.log10().floor()) as usize
        } else {
            0
        };
        format!("{value:.*}", digits.min(6))
    }
}

fn grouped(whole: f64, is_negative: bool) -> String {
    let text = thousands_apart(&format!("{whole:.0}"));
    if is_negative {
        format!("-{text}")
    } else {
        text
    }
}

/// A whole number to its last digit, with thousands apart.
pub(super) fn exact(value: f64) -> String {
    grouped(value.abs(), value < 0.0)
}

/// On what a number stands.
pub(super) const fn basis(basis: Basis) -> &'static str {
    match basis {
        Basis::Sourced => "sourced",
        Basis::Derived => "derived",
        Basis::Assumed => "assumed",
    }
}

/// `median (low to high)`.
pub(in crate::commands) fn three([low, middle, high]: [f64; 3]) -> String {
    format!("{} ({} to {})", number(middle), number(low), number(high))
}

/// A change in proportion: `-12 % (-40 % to +3 %)`.
pub(in crate::commands) fn change(three: [f64; 3]) -> String {
    let [low, middle, high] = three.map(|share| format!("{:+.0} %", 100.0 * share));
    format!("{middle} ({low} to {high})")
}

#[cfg(test)]
mod tests {
    use super::{change, exact, number, three};

    #[test]
    fn numbers_keep_three_digits() {
        assert_eq!(number(65_217.0), "65,200");
        assert_eq!(number(1_234_567.0), "1,230,000");
        assert_eq!(
            [number(999.6), number(999.4), number(-999.6)],
            ["1,000", "999", "-1,000"]
        );
        assert_eq!(number(0.2634), "0.26");
        assert_eq!(number(26.0), "26");
        assert_eq!(number(0.0), "0");
        assert_eq!(number(15.98), "16");
        assert_eq!(exact(19_494.0), "19,494");
        assert_eq!(three([1.0, 2.5, 3_000.0]), "2.5 (1 to 3,000)");
        assert_eq!(change([-0.5, -0.1, 0.2]), "-10 % (-50 % to +20 %)");
    }
}
