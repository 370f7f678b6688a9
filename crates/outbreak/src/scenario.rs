//! What every number names: entry, start, horizon, response, replicates.

use wardround_estate::HostId;

use crate::threat::plain;

/// Under which circumstances an outbreak is sampled.
#[derive(Clone, Debug, PartialEq)]
pub struct Scenario {
    /// Where it starts.
    pub entry: Entry,
    /// For how many hours it is followed.
    pub horizon_hours: f64,
    /// In how many worlds (draws of what is unknown).
    pub worlds: u32,
    /// How many outbreaks in each world.
    pub repeats: u32,
    /// The random seed.
    pub seed: u64,
    /// Whether the worm's kill switch, if it has one, is answered.
    pub kill_switch: KillSwitchState,
    /// The hour of the week at which it starts: Monday 00:00 is 0.
    pub start_hour_of_week: f64,
    /// Whether workstations are switched off by shares of hours and days; if not, everything is on.
    pub presence: bool,
    /// Whether the internet presses in, where the threat's profile says how.
    pub outside: bool,
    /// What organisations do once they notice; none means that nobody intervenes.
    pub response: Option<ResponseRule>,
}

/// What every organisation does once it notices.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ResponseRule {
    /// How many infections of its machines it takes to notice.
    pub after_infections: u32,
    /// Hours from noticing to acting.
    pub delay_hours: f64,
    /// The hour at which everyone acts whatever they have noticed; none means that no warning comes.
    pub warned_at_hours: Option<f64>,
    /// Whether it then isolates itself at its border.
    pub isolates: bool,
    /// Machines patched per hour, for each thousand that it has.
    pub patches_per_hour_and_thousand: f64,
    /// Machines rebuilt per hour, for each thousand that it has.
    pub rebuilds_per_hour_and_thousand: f64,
    /// Whether staff patch and rebuild on working days from 08:00 to 18:00 only.
    pub works_by_day: bool,
}

impl ResponseRule {
    /// Whether staff patch machines during the outbreak.
    pub(crate) fn patches(&self) -> bool {
        self.patches_per_hour_and_thousand > 0.0
    }

    fn words(&self) -> String {
        let mut words = format!(
            "an organisation notices after {} infections and acts {} hours later",
            self.after_infections,
            plain(self.delay_hours)
        );
        if let Some(hours) = self.warned_at_hours {
            words.push_str(&format!(", at the latest after {} hours", plain(hours)));
        }
        if self.isolates {
            words.push_str(", cutting itself off at its border");
        }
        for (verb, pace) in [
            ("patching", self.patches_per_hour_and_thousand),
            ("rebuilding", self.rebuilds_per_hour_and_thousand),
        ] {
            if pace > 0.0 {
                words.push_str(&format!(
                    ", {verb} {} machines an hour for each thousand",
                    plain(pace)
                ));
            }
        }
        let has_pace = self.patches() || self.rebuilds_per_hour_and_thousand > 0.0;
        if has_pace && self.works_by_day {
            words.push_str(" by day");
        }
        words
    }
}

/// Where an outbreak starts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Entry {
    /// One machine drawn uniformly from users' workstations, machines of unknown role included.
    AnyWorkstation,
    /// One of these, drawn uniformly.
    OneOf(Vec<HostId>),
}

/// What becomes of a worm's kill switch.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum KillSwitchState {
    /// Nobody registers it.
    Never,
    /// It is answered from this many hours after the first infection.
    LiveFrom(f64),
}

impl Scenario {
    /// Outbreaks in all.
    #[must_use]
    pub const fn replicates(&self) -> u32 {
        self.worlds.saturating_mul(self.repeats)
    }

    /// The scenario in one sentence.
    #[must_use]
    pub fn words(&self) -> String {
        let entry = match &self.entry {
            Entry::AnyWorkstation => {
                "One machine is infected, drawn from users' workstations and machines of unknown role".to_owned()
            }
            Entry::OneOf(hosts) if hosts.len() == 1 => "One chosen machine is infected".to_owned(),
            Entry::OneOf(hosts) => format!("One of {} chosen machines is infected", hosts.len()),
        };
        let switch = match self.kill_switch {
            KillSwitchState::Never => String::new(),
            KillSwitchState::LiveFrom(hours) => {
                format!(" The worm's kill switch is answered after {hours} hours.")
            }
        };
        let start = start_words(self.start_hour_of_week);
        let response = self
            .response
            .as_ref()
            .map_or_else(|| "nobody intervenes".to_owned(), ResponseRule::words);
        let outside = if self.outside {
            "the internet presses in"
        } else {
            "nothing presses in from outside"
        };
        let presence = if self.presence {
            " Workstations are switched off outside working hours but for some."
        } else {
            ""
        };
        format!(
            "{entry}, on a {start}; it is followed for {} hours; {response}, and {outside}.{presence}{switch} {} outbreaks were sampled, {} in each of {} worlds.",
            plain(self.horizon_hours),
            plain(f64::from(self.replicates())),
            plain(f64::from(self.repeats)),
            plain(f64::from(self.worlds))
        )
    }
}

/// Tuesday 09:00.
const TUESDAY_NINE: f64 = 33.0;

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "an hour of the week is at least 0 and below 168"
)]
fn start_words(hour_of_week: f64) -> String {
    const DAYS: [&str; 7] = [
        "Monday",
        "Tuesday",
        "Wednesday",
        "Thursday",
        "Friday",
        "Saturday",
        "Sunday",
    ];
    let minutes = (hour_of_week * 60.0).round() as usize % (7 * 24 * 60);
    let (day, hour, minute) = (minutes / 1440, minutes / 60 % 24, minutes % 60);
    format!("{} at {hour:02}:{minute:02}", DAYS[day])
}

impl Default for Scenario {
    fn default() -> Self {
        Self {
            entry: Entry::AnyWorkstation,
            horizon_hours: 24.0,
            worlds: 100,
            repeats: 10,
            seed: 1,
            kill_switch: KillSwitchState::Never,
            start_hour_of_week: TUESDAY_NINE,
            presence: false,
            outside: false,
            response: None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Scenario;

    #[test]
    fn its_numbers_have_their_thousands_apart() {
        let scenario = Scenario {
            worlds: 1_000,
            ..Scenario::default()
        };
        let words = scenario.words();
        assert!(words.contains("followed for 24 hours"), "{words}");
        assert!(
            words.ends_with("10,000 outbreaks were sampled, 10 in each of 1,000 worlds."),
            "{words}"
        );
    }
}
