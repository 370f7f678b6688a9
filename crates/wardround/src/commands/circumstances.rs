//! The circumstances of outbreaks, as options that several commands share.

use clap::Args;
use wardround_estate::Estate;
use wardround_outbreak::{Entry, KillSwitchState, ResponseRule, Scenario};

use crate::circumstances::{DAYS, NOTICE_AFTER, Start, entry_at, entry_of_kind};
use crate::{ExitCode, Failure};

/// The circumstances of every outbreak.
#[derive(Debug, Args)]
pub(super) struct ScenarioArgs {
    /// Where it begins: a kind of machine (`workstation`, `server`, `internet-exposed`, `supplier`), the name of a network,
    /// the name or address of a machine, or `nobody`, with `--outside`. Default: where the threat's profile says.
    #[arg(long, value_name = "KIND|NETWORK|MACHINE")]
    entry: Option<String>,

    /// For how many hours each outbreak is followed.
    #[arg(long, default_value_t = 24.0, value_parser = hours)]
    hours: f64,

    /// When it starts, by day and hour of the week: sat-03:30.
    #[arg(long, value_name = "DAY-HH:MM", default_value = "tue-09:00", value_parser = start)]
    start: Start,

    /// Workstations are switched off at night and at weekends, but for some.
    #[arg(long)]
    switched_off: bool,

    /// Each organisation cuts itself off so many hours after it noticed.
    #[arg(long, value_name = "HOURS", value_parser = hours)]
    isolate_after: Option<f64>,

    /// A warning comes at this hour of the outbreak, on which every organisation cuts itself off, infected or not.
    #[arg(long, value_name = "HOURS", value_parser = hours)]
    warned_at: Option<f64>,

    /// Whoever acts stays connected: staff patch and rebuild, and nothing is cut.
    #[arg(long)]
    stay_connected: bool,

    /// Machines that the payload put out of service are noticed, and infections are not.
    #[arg(long)]
    notice_outages: bool,

    /// How many infections of its machines an organisation takes to notice.
    #[arg(long, default_value_t = NOTICE_AFTER, value_parser = clap::value_parser!(u32).range(1..))]
    notice_after: u32,

    /// From when an organisation acts, its staff patch so many machines an hour for each thousand that it has.
    #[arg(long, value_name = "MACHINES", default_value_t = 0.0, value_parser = pace)]
    patch_pace: f64,

    /// From when an organisation acts, its staff rebuild so many machines an hour for each thousand that it has.
    #[arg(long, value_name = "MACHINES", default_value_t = 0.0, value_parser = pace)]
    rebuild_pace: f64,

    /// Staff patch and rebuild on working days from 08:00 to 18:00 only.
    #[arg(long)]
    by_day: bool,

    /// The worm's kill switch, if it has one, is answered from this hour on.
    #[arg(long, value_name = "HOURS", value_parser = hours)]
    kill_switch: Option<f64>,

    /// The internet presses in, where the threat's profile says how.
    #[arg(long)]
    outside: bool,
}

impl ScenarioArgs {
    /// The place in the estate at which outbreaks begin, where one is named.
    pub(super) fn place(&self) -> Option<&str> {
        let entry = self.entry.as_deref();
        entry.filter(|word| entry_of_kind(word).is_none())
    }

    /// The machines of that place.
    ///
    /// # Errors
    /// When the estate has no such place.
    pub(super) fn entry_in(&self, estate: &Estate) -> Result<Option<Entry>, Failure> {
        let place = self.place();
        place.map(|place| entry_at(place, estate)).transpose()
    }

    /// The scenario; `fitted` is how long one's own incidents took to be acted on, where a file of behaviour tells that.
    ///
    /// # Errors
    /// When something is said of a response that does not come.
    pub(super) fn scenario(&self, fitted: Option<f64>) -> Result<Scenario, Failure> {
        let delay = fitted.or(self.isolate_after);
        let unused = [
            ("--warned-at", self.warned_at.is_some()),
            ("--notice-after", self.notice_after != NOTICE_AFTER),
            ("--patch-pace", self.patch_pace > 0.0),
            ("--rebuild-pace", self.rebuild_pace > 0.0),
            ("--by-day", self.by_day),
            ("--stay-connected", self.stay_connected),
            ("--notice-outages", self.notice_outages),
        ];
        if delay.is_none()
            && let Some((flag, _)) = unused.iter().find(|(_, is_given)| *is_given)
        {
            let words = format!("`{flag}` says nothing where nobody acts");
            return Err(Failure::new(ExitCode::Usage, words).hint(
                "say with `--isolate-after` how many hours after noticing an organisation acts",
            ));
        }
        let entry = self.entry.as_deref().and_then(entry_of_kind);
        Ok(Scenario {
            entry: entry.unwrap_or(Entry::OfTheThreat),
            horizon_hours: self.hours,
            start_hour_of_week: self.start.hour_of_week(),
            presence: self.switched_off,
            kill_switch: self
                .kill_switch
                .map_or(KillSwitchState::Never, KillSwitchState::LiveFrom),
            outside: self.outside,
            response: delay.map(|delay_hours| ResponseRule {
                after_infections: self.notice_after,
                delay_hours,
                warned_at_hours: self.warned_at,
                isolates: !self.stay_connected,
                counts_disabled: self.notice_outages,
                patches_per_hour_and_thousand: self.patch_pace,
                rebuilds_per_hour_and_thousand: self.rebuild_pace,
                works_by_day: self.by_day,
            }),
            ..Scenario::default()
        })
    }
}

fn start(text: &str) -> Result<Start, String> {
    let parsed = text.split_once('-').and_then(|(day, time)| {
        let day = DAYS.iter().position(|it| it.eq_ignore_ascii_case(day))?;
        let (hour, minute) = time.split_once(':')?;
        let (hour, minute): (u32, u32) = (hour.parse().ok()?, minute.parse().ok()?);
        (hour < 24 && minute < 60).then_some(Start(day as u32 * 1440 + hour * 60 + minute))
    });
    parsed.ok_or_else(|| "it must be a day and a time of day: mon-09:00, sat-03:30".to_owned())
}

pub(super) fn hours(text: &str) -> Result<f64, String> {
    match text.parse::<f64>() {
        Ok(hours) if (0.0..=8784.0).contains(&hours) => Ok(hours),
        _ => Err("it must be a number of hours from 0 to 8784, a year".to_owned()),
    }
}

fn pace(text: &str) -> Result<f64, String> {
    match text.parse::<f64>() {
        Ok(pace) if (0.0..=1e6).contains(&pace) => Ok(pace),
        _ => Err("it must be a number of machines from 0 to 1000000".to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use clap::Parser;

    use super::{ScenarioArgs, start};
    use crate::circumstances::{Start, options};

    #[derive(Parser)]
    struct Line {
        #[command(flatten)]
        circumstances: ScenarioArgs,
    }

    #[test]
    fn options_are_those_that_make_the_scenario() {
        for line in [
            "",
            " --hours 72 --start sat-03:30 --switched-off",
            " --isolate-after 2.5 --notice-after 1 --patch-pace 40 --rebuild-pace 6 --by-day",
            " --isolate-after 1 --kill-switch 6 --outside",
            " --isolate-after 4 --warned-at 2.5",
            " --entry server --isolate-after 4 --stay-connected --notice-outages",
            " --entry internet-exposed",
            " --entry nobody --outside",
        ] {
            let words = format!("wardround{line}");
            let parsed = Line::try_parse_from(words.split(' ')).unwrap();
            let scenario = parsed.circumstances.scenario(None).unwrap();
            assert_eq!(options(&scenario), line);
        }
    }

    #[test]
    fn a_response_that_never_comes_has_no_pace() {
        for flag in [
            "--warned-at=2",
            "--notice-after=1",
            "--patch-pace=3",
            "--by-day",
            "--stay-connected",
            "--notice-outages",
        ] {
            let parsed = Line::try_parse_from(["wardround", flag]).unwrap();
            assert!(parsed.circumstances.scenario(None).is_err(), "{flag}");
            assert!(parsed.circumstances.scenario(Some(2.0)).is_ok(), "{flag}");
        }
    }

    #[test]
    fn a_start_is_a_minute_of_the_week() {
        assert_eq!(start("mon-00:00"), Ok(Start(0)));
        assert_eq!(start("Sun-23:59"), Ok(Start(10_079)));
        assert_eq!(Start::at(33.0).to_string(), "tue-09:00");
        for wrong in ["", "mon", "mon-24:00", "day-09:00", "tue-09:60", "tue-9"] {
            assert!(start(wrong).is_err(), "{wrong}");
        }
    }
}
