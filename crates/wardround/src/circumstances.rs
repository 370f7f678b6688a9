//! The circumstances of outbreaks, in the words of the command line.

use wardround_outbreak::{KillSwitchState, Scenario};

/// So many infections are noticed unless another number is given.
pub(crate) const NOTICE_AFTER: u32 = 5;

/// The options that a scenario differs by from the one that is taken without any.
pub(crate) fn options(scenario: &Scenario) -> String {
    let usual = Scenario::default();
    let mut words = String::new();
    let mut option = |name: &str, value: String| {
        words.push_str(&format!(" --{name}"));
        if !value.is_empty() {
            words.push_str(&format!(" {value}"));
        }
    };
    if scenario.horizon_hours != usual.horizon_hours {
        option("hours", scenario.horizon_hours.to_string());
    }
    if scenario.start_hour_of_week != usual.start_hour_of_week {
        option("start", Start::at(scenario.start_hour_of_week).to_string());
    }
    if scenario.presence {
        option("switched-off", String::new());
    }
    if let Some(response) = &scenario.response {
        option("isolate-after", response.delay_hours.to_string());
        if let Some(hours) = response.warned_at_hours {
            option("warned-at", hours.to_string());
        }
        if response.after_infections != NOTICE_AFTER {
            option("notice-after", response.after_infections.to_string());
        }
        for (name, pace) in [
            ("patch-pace", response.patches_per_hour_and_thousand),
            ("rebuild-pace", response.rebuilds_per_hour_and_thousand),
        ] {
            if pace > 0.0 {
                option(name, pace.to_string());
            }
        }
        if response.works_by_day {
            option("by-day", String::new());
        }
    }
    if let KillSwitchState::LiveFrom(hours) = scenario.kill_switch {
        option("kill-switch", hours.to_string());
    }
    if scenario.outside {
        option("outside", String::new());
    }
    words
}

pub(crate) const DAYS: [&str; 7] = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];

/// A minute of the week: Monday 00:00 is 0.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Start(pub(crate) u32);

impl Start {
    pub(crate) fn hour_of_week(self) -> f64 {
        f64::from(self.0) / 60.0
    }

    pub(crate) fn at(hour_of_week: f64) -> Self {
        Self((hour_of_week * 60.0).round() as u32 % (7 * 24 * 60))
    }
}

impl std::fmt::Display for Start {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let day = DAYS[(self.0 / 1440) as usize % 7];
        write!(
            formatter,
            "{day}-{:02}:{:02}",
            self.0 / 60 % 24,
            self.0 % 60
        )
    }
}
