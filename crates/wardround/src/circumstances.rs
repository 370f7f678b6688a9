//! The circumstances of outbreaks, in the words of the command line.

use wardround_estate::Estate;
use wardround_outbreak::{Entry, EntryKind, KillSwitchState, Profile, Scenario};

use crate::{ExitCode, Failure};

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
    match &scenario.entry {
        Entry::AnyOf(kind) => option("entry", kind.word().to_owned()),
        Entry::Nobody => option("entry", NOBODY.to_owned()),
        // A place has a name, which is not the scenario's affair.
        Entry::OfTheThreat | Entry::OneOf(_) => {}
    }
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
        if !response.isolates {
            option("stay-connected", String::new());
        }
        if let Some(hours) = response.warned_at_hours {
            option("warned-at", hours.to_string());
        }
        if response.after_infections != NOTICE_AFTER {
            option("notice-after", response.after_infections.to_string());
        }
        if response.counts_disabled {
            option("notice-outages", String::new());
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

/// The word for an outbreak that begins nowhere inside.
pub(crate) const NOBODY: &str = "nobody";

/// The entry that a word means without any estate: a kind of machine, or nobody.
pub(crate) fn entry_of_kind(word: &str) -> Option<Entry> {
    if word == NOBODY {
        return Some(Entry::Nobody);
    }
    let kind = EntryKind::ALL
        .into_iter()
        .find(|kind| kind.word() == word)?;
    Some(Entry::AnyOf(kind))
}

/// The machines of a place: of the network that is called so, else those that bear this name or address.
///
/// # Errors
/// When nothing in the estate is called so.
pub(crate) fn entry_at(place: &str, estate: &Estate) -> Result<Entry, Failure> {
    let place = place.trim();
    let is_it = |name: &str| name.eq_ignore_ascii_case(place);
    let in_network = |id: &wardround_estate::NetworkId| is_it(estate.network(*id).name.as_key());
    let hosts = estate.hosts();
    let mut found: Vec<_> = hosts
        .filter(|(_, host)| host.networks.iter().any(in_network))
        .map(|(id, _)| id)
        .collect();
    if found.is_empty() {
        found = estate.find(place);
    }
    if found.is_empty() {
        let words: Vec<&str> = EntryKind::ALL.iter().map(|kind| kind.word()).collect();
        let kinds = words.join(", ");
        return Err(Failure::new(
            ExitCode::Usage,
            "`--entry` names no kind, no network with machines and no machine",
        )
        .hint(format!("the kinds are {kinds} and {NOBODY}"))
        .hint("a network is named as the description or the page names it, a machine as in `wardround why`"));
    }
    Ok(Entry::OneOf(found))
}

/// Whether what the scenario says of the internet is said of any of these threats.
///
/// # Errors
/// When the internet is to press in and no profile says how, or an outbreak is to begin nowhere and nothing can come in.
pub(crate) fn pressure(scenario: &Scenario, threats: &[Profile]) -> Result<(), Failure> {
    let quiet = threats.iter().find(|threat| threat.outside.is_empty());
    let begins_nowhere = scenario.entry == Entry::Nobody;
    if begins_nowhere && !scenario.outside {
        return Err(Failure::new(
            ExitCode::Usage,
            "`--entry nobody` leaves nothing to begin with",
        )
        .hint("say `--outside` too: then the internet presses in"));
    }
    let all_quiet = threats.iter().all(|threat| threat.outside.is_empty());
    match quiet {
        Some(quiet) if begins_nowhere || scenario.outside && all_quiet => Err(Failure::new(
            ExitCode::Usage,
            format!(
                "`--outside` says nothing of {}: no profile says how the internet presses in with it",
                quiet.id
            ),
        )
        .hint("a profile says so in rows `[[outside]]`; `wardround threat show NAME` tells whether one does")),
        _ => Ok(()),
    }
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
