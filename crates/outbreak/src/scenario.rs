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
        format!(
            "{entry}, on a Tuesday at 09:00; it is followed for {} hours; nobody intervenes, and nothing presses in from outside.{switch} {} outbreaks were sampled, {} in each of {} worlds.",
            plain(self.horizon_hours),
            plain(f64::from(self.replicates())),
            plain(f64::from(self.repeats)),
            plain(f64::from(self.worlds))
        )
    }
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
