//! Moments in UTC and the ways in which the exports write them.

/// Seconds since 1970-01-01T00:00:00Z.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Moment(pub i64);

/// The moment as of which the estate is described: Tuesday 2025-06-24, 09:00 UTC.
pub const AS_OF: Moment = Moment::utc(2025, 6, 24, 9, 0, 0);

/// When the flaw of the hypothetical next worm was fixed: 30 days before [`AS_OF`].
pub const NEXT_WORM_FIX: Moment = Moment::utc(2025, 5, 25, 0, 0, 0);

/// The oldest evidence.
pub(crate) const OLDEST_EVIDENCE: Moment = Moment::utc(2025, 5, 20, 0, 0, 0);

const MONTHS: [&str; 12] = [
    "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
];
const DAYS: [&str; 7] = ["Thu", "Fri", "Sat", "Sun", "Mon", "Tue", "Wed"];

/// A moment taken apart.
struct Parts {
    year: i64,
    month: i64,
    day: i64,
    hour: i64,
    minute: i64,
    second: i64,
}

impl Moment {
    /// The moment of a date and time in UTC.
    pub const fn utc(year: i64, month: i64, day: i64, hour: i64, minute: i64, second: i64) -> Self {
        // Days from the civil calendar; years start in March so that the leap day comes last.
        let y = if month <= 2 { year - 1 } else { year };
        let era = y.div_euclid(400);
        let year_of_era = y.rem_euclid(400);
        let day_of_year = (153 * ((month + 9) % 12) + 2) / 5 + day - 1;
        let day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
        let days = era * 146_097 + day_of_era - 719_468;
        Self(days * 86_400 + hour * 3_600 + minute * 60 + second)
    }

    /// Midnight of a date.
    pub(crate) const fn day(year: i64, month: i64, day: i64) -> Self {
        Self::utc(year, month, day, 0, 0, 0)
    }

    /// This moment and so many seconds.
    pub(crate) const fn plus_seconds(self, seconds: i64) -> Self {
        Self(self.0 + seconds)
    }

    /// This moment and so many days.
    pub(crate) const fn plus_days(self, days: i64) -> Self {
        Self(self.0 + days * 86_400)
    }

    /// The number of whole weeks since 2025-05-19, a Monday.
    pub(crate) const fn week(self) -> i64 {
        (self.0 - Self::utc(2025, 5, 19, 0, 0, 0).0).div_euclid(7 * 86_400)
    }

    fn parts(self) -> Parts {
        let days = self.0.div_euclid(86_400);
        let seconds = self.0.rem_euclid(86_400);
        let z = days + 719_468;
        let era = z.div_euclid(146_097);
        let doe = z.rem_euclid(146_097);
        let yoe = (doe - doe / 1_460 + doe / 36_524 - doe / 146_096) / 365;
        let doy = doe - (365 * yoe + yoe / 4 - yoe / 100);
        let mp = (5 * doy + 2) / 153;
        let month = if mp < 10 { mp + 3 } else { mp - 9 };
        Parts {
            year: yoe + era * 400 + i64::from(month <= 2),
            month,
            day: doy - (153 * mp + 2) / 5 + 1,
            hour: seconds / 3_600,
            minute: seconds / 60 % 60,
            second: seconds % 60,
        }
    }

    /// `2025-06-24T09:00:00Z`.
    pub fn iso(self) -> String {
        format!("{}Z", self.iso_without_zone())
    }

    /// `2025-06-24T09:00:00`, as NSE scripts write it.
    pub(crate) fn iso_without_zone(self) -> String {
        let p = self.parts();
        format!(
            "{:04}-{:02}-{:02}T{:02}:{:02}:{:02}",
            p.year, p.month, p.day, p.hour, p.minute, p.second
        )
    }

    /// `2025-06-24T09:00:00.1234567Z`, as Microsoft Defender writes it.
    pub(crate) fn iso_ticks(self, ticks: u64) -> String {
        format!("{}.{:07}Z", self.iso_without_zone(), ticks % 10_000_000)
    }

    /// `2025-06-24`.
    pub fn date(self) -> String {
        let p = self.parts();
        format!("{:04}-{:02}-{:02}", p.year, p.month, p.day)
    }

    /// `Tue Jun 24 09:00:00 2025`, as C's `ctime` and nmap write it.
    pub(crate) fn ctime(self) -> String {
        let p = self.parts();
        let day = DAYS[self.0.div_euclid(86_400).rem_euclid(7) as usize];
        let month = MONTHS[(p.month - 1) as usize];
        format!(
            "{day} {month} {:>2} {:02}:{:02}:{:02} {}",
            p.day, p.hour, p.minute, p.second, p.year
        )
    }

    /// `24/06/2025, 09:00:00`, as Windows writes it in British English and in French.
    pub(crate) fn british(self) -> String {
        let p = self.parts();
        format!(
            "{:02}/{:02}/{}, {:02}:{:02}:{:02}",
            p.day, p.month, p.year, p.hour, p.minute, p.second
        )
    }

    /// `24.06.2025, 09:00:00`, as Windows writes it in German.
    pub(crate) fn german(self) -> String {
        let p = self.parts();
        format!(
            "{:02}.{:02}.{}, {:02}:{:02}:{:02}",
            p.day, p.month, p.year, p.hour, p.minute, p.second
        )
    }

    /// `24/06/2025 00:00:00`, as PowerShell prints a date in British English.
    pub(crate) fn powershell_date(self) -> String {
        let p = self.parts();
        format!("{:02}/{:02}/{} 00:00:00", p.day, p.month, p.year)
    }

    /// `6/24/2025`: `wmic qfe` writes dates so in every language.
    pub(crate) fn wmic_date(self) -> String {
        let p = self.parts();
        format!("{}/{}/{}", p.month, p.day, p.year)
    }

    /// `June 2025`.
    pub(crate) fn month_name(self) -> String {
        const NAMES: [&str; 12] = [
            "January",
            "February",
            "March",
            "April",
            "May",
            "June",
            "July",
            "August",
            "September",
            "October",
            "November",
            "December",
        ];
        let p = self.parts();
        format!("{} {}", NAMES[(p.month - 1) as usize], p.year)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_as_of_moment_is_a_tuesday_morning() {
        assert_eq!(AS_OF.iso(), "2025-06-24T09:00:00Z");
        assert_eq!(AS_OF.ctime(), "Tue Jun 24 09:00:00 2025");
        assert_eq!(NEXT_WORM_FIX.plus_days(30).date(), AS_OF.date());
        assert_eq!(Moment::day(2024, 2, 29).date(), "2024-02-29");
        assert_eq!(Moment::day(1970, 1, 1).0, 0);
    }
}
