//! The two ways in which a scan writes a moment.

use jiff::Timestamp;
use jiff::civil::DateTime;
use jiff::tz::TimeZone;

/// `HOST_END_TIMESTAMP`: seconds since 1970.
pub(super) fn of_seconds(text: &str) -> Option<Timestamp> {
    let seconds: i64 = text.trim().parse().ok()?;
    (seconds > 0)
        .then(|| Timestamp::from_second(seconds).ok())
        .flatten()
}

/// `HOST_END`: `Mon Jul  1 11:33:11 2013`, as the C library's `ctime` writes it, on the scanner's own clock. It names no
/// zone and is taken to be UTC.
pub(super) fn of_words(text: &str) -> Option<Timestamp> {
    let words: Vec<&str> = text.split_whitespace().collect();
    let [_, month, day, time, year] = words[..] else {
        return None;
    };
    let text = format!("{month} {day} {time} {year}");
    let local = DateTime::strptime("%b %d %H:%M:%S %Y", text).ok()?;
    let moment = local.to_zoned(TimeZone::UTC).ok()?.timestamp();
    (moment > Timestamp::UNIX_EPOCH).then_some(moment)
}

#[cfg(test)]
mod tests {
    use super::{of_seconds, of_words};

    #[test]
    fn both_ways_of_writing_give_one_moment() {
        let expected = "2013-07-01T11:33:11Z".parse().ok();
        assert_eq!(of_words("Mon Jul  1 11:33:11 2013"), expected);
        assert_eq!(of_seconds(" 1372678391\n"), expected);
    }

    #[test]
    fn what_is_no_moment_is_none() {
        for text in [
            "",
            "0",
            "-5",
            "Mon Jul 1 2013",
            "Mon Jul 41 11:33:11 2013",
            "Mon Jan 1 00:00:00 1900",
        ] {
            assert_eq!(of_words(text), None, "{text}");
            assert_eq!(of_seconds(text), None, "{text}");
        }
    }
}
