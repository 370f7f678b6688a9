//! What every number names: entry, start, horizon, response, replicates.

use wardround_estate::HostId;

use crate::threat::{EntryKind, Profile, plain};

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
    /// How many infections of its machines it takes to notice; or how many machines that the payload put out of service.
    pub after_infections: u32,
    /// Whether it notices machines that the payload put out of service rather than infections: without a payload, nothing.
    pub counts_disabled: bool,
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
            "an organisation notices after {} {} and acts {} hours later",
            self.after_infections,
            if self.counts_disabled {
                "machines are out of service"
            } else {
                "infections"
            },
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

/// Where an outbreak starts. What effects do changes nothing in it: worlds that are compared begin alike.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Entry {
    /// Where the threat's profile says that it begins.
    OfTheThreat,
    /// At machines of a kind, whatever the profile says.
    AnyOf(EntryKind),
    /// One of these, drawn uniformly; at least one.
    OneOf(Vec<HostId>),
    /// Nowhere inside: whatever comes, comes from the internet.
    Nobody,
}

impl Entry {
    /// The kind of machine that a threat begins at; none where machines are chosen, or nobody.
    #[must_use]
    pub const fn kind(&self, threat: &Profile) -> Option<EntryKind> {
        match self {
            Self::OfTheThreat => Some(threat.entry.kind),
            Self::AnyOf(kind) => Some(*kind),
            Self::OneOf(_) | Self::Nobody => None,
        }
    }

    /// What is infected first, as the words that follow *If*: `one office PC is infected`.
    #[must_use]
    pub fn condition(&self, threat: &Profile) -> &'static str {
        match (self, self.kind(threat)) {
            (_, Some(EntryKind::Workstation)) => "one office PC is infected",
            (_, Some(EntryKind::Server)) => "one server is infected",
            (_, Some(EntryKind::InternetExposed)) => {
                "one machine that faces the internet is infected"
            }
            (_, Some(EntryKind::Supplier)) => {
                "the machines that one supplier serves are infected at once"
            }
            (Self::Nobody, None) => "nothing inside is infected and the internet presses in",
            (Self::OneOf(hosts), None) if hosts.len() == 1 => "the chosen machine is infected",
            (_, None) => "one of the chosen machines is infected",
        }
    }

    /// Where outbreaks of these threats begin, as a sentence without its end.
    fn words(&self, threats: &[&Profile]) -> String {
        match self {
            Self::OneOf(hosts) if hosts.len() == 1 => "One chosen machine is infected".to_owned(),
            Self::OneOf(hosts) => format!("One of {} chosen machines is infected", hosts.len()),
            Self::Nobody => "No machine inside is infected at first".to_owned(),
            Self::AnyOf(kind) => begins(*kind).to_owned(),
            Self::OfTheThreat => {
                let mut kinds: Vec<EntryKind> = Vec::new();
                for threat in threats {
                    if !kinds.contains(&threat.entry.kind) {
                        kinds.push(threat.entry.kind);
                    }
                }
                match &kinds[..] {
                    [] => begins(EntryKind::Workstation).to_owned(),
                    [kind] => begins(*kind).to_owned(),
                    several => {
                        let each = several.iter().map(|kind| {
                            let of_it = |threat: &&Profile| threat.entry.kind == *kind;
                            format!("{} ({})", begins(*kind), ids(threats, of_it))
                        });
                        each.collect::<Vec<_>>().join("; ")
                    }
                }
            }
        }
    }
}

const fn begins(kind: EntryKind) -> &'static str {
    match kind {
        EntryKind::Workstation => {
            "One machine is infected, drawn from users' workstations and machines of unknown role"
        }
        EntryKind::Server => "One machine is infected, drawn from servers",
        EntryKind::InternetExposed => {
            "One machine is infected, drawn from those that face the internet by evidence or by a draw"
        }
        EntryKind::Supplier => {
            "Machines that one supplier serves are infected at once; which these are is drawn"
        }
    }
}

/// The names of some of the threats.
fn ids(threats: &[&Profile], which: impl Fn(&&Profile) -> bool) -> String {
    let ids = threats.iter().copied().filter(which);
    ids.map(|threat| threat.id.as_str())
        .collect::<Vec<_>>()
        .join(", ")
}

/// What becomes of a worm's kill switch.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum KillSwitchState {
    /// Nobody registers it.
    Never,
    /// It is answered from this many hours after the beginning on.
    LiveFrom(f64),
}

impl Scenario {
    /// Outbreaks in all.
    #[must_use]
    pub const fn replicates(&self) -> u32 {
        self.worlds.saturating_mul(self.repeats)
    }

    /// The scenario of outbreaks of these threats, in one sentence.
    #[must_use]
    pub fn words(&self, threats: &[&Profile]) -> String {
        let entry = self.entry.words(threats);
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
        let outside = self.outside_words(threats);
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

impl Scenario {
    /// Whether the internet presses in, and of which threat alone where profiles differ.
    fn outside_words(&self, threats: &[&Profile]) -> String {
        let presses = |threat: &&Profile| !threat.outside.is_empty();
        let pressing = threats.iter().copied().filter(presses).count();
        if !self.outside || pressing == 0 {
            "nothing presses in from outside".to_owned()
        } else if pressing == threats.len() {
            "the internet presses in".to_owned()
        } else {
            format!(
                "the internet presses in with {} alone",
                ids(threats, presses)
            )
        }
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
            entry: Entry::OfTheThreat,
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
    use super::{Entry, Scenario};
    use crate::built_in;
    use crate::threat::{EntryKind, Profile};

    fn threats(ids: &[&str]) -> Vec<Profile> {
        let mut all = built_in().expect("a test reads them all");
        all.retain(|profile| ids.contains(&profile.id.as_str()));
        all
    }

    #[test]
    fn each_threat_begins_where_its_profile_says_and_the_sentence_says_so() {
        let all = threats(&["notpetya", "slammer", "wannacry"]);
        let all: Vec<&Profile> = all.iter().collect();
        let mut scenario = Scenario::default();
        let words = scenario.words(&all);
        for part in [
            "one supplier serves are infected at once; which these are is drawn (notpetya); One",
            "face the internet by evidence or by a draw (slammer); One",
            "users' workstations and machines of unknown role (wannacry), on a Tuesday",
        ] {
            assert!(words.contains(part), "{part}: {words}");
        }
        let conditions = all.iter().map(|threat| scenario.entry.condition(threat));
        assert_eq!(
            conditions.collect::<Vec<_>>(),
            [
                "the machines that one supplier serves are infected at once",
                "one machine that faces the internet is infected",
                "one office PC is infected",
            ]
        );
        scenario.entry = Entry::AnyOf(EntryKind::Server);
        assert_eq!(scenario.entry.condition(all[0]), "one server is infected");
        assert!(
            scenario
                .words(&all)
                .starts_with("One machine is infected, drawn from servers, on")
        );
    }

    #[test]
    fn the_internet_presses_in_only_where_a_profile_says_how() {
        let (both, quiet) = (threats(&["next-worm", "slammer"]), threats(&["next-worm"]));
        let (both, quiet): (Vec<&Profile>, Vec<&Profile>) =
            (both.iter().collect(), quiet.iter().collect());
        let mut scenario = Scenario::default();
        assert!(scenario.words(&both).contains("nothing presses in"));
        scenario.outside = true;
        assert!(
            scenario
                .words(&both)
                .contains("presses in with slammer alone")
        );
        assert!(
            scenario
                .words(&both[1..])
                .contains("the internet presses in.")
        );
        assert!(scenario.words(&quiet).contains("nothing presses in"));
    }

    #[test]
    fn its_numbers_have_their_thousands_apart() {
        let scenario = Scenario {
            worlds: 1_000,
            ..Scenario::default()
        };
        let words = scenario.words(&[]);
        assert!(words.contains("followed for 24 hours"), "{words}");
        assert!(
            words.ends_with("10,000 outbreaks were sampled, 10 in each of 1,000 worlds."),
            "{words}"
        );
    }
}
