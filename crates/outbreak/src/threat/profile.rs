//! A threat profile, as its file gives it.

use serde::Deserialize;
use wardround_estate::Family;
use wardround_evidence::Port;

use super::Quantity;

/// How one worm spreads.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Profile {
    /// A short word for it.
    pub id: String,
    /// Its title for people.
    pub title: String,
    /// Whether no such worm is known.
    pub hypothetical: bool,
    /// What it is, in a plain sentence or two.
    pub about: String,
    /// The port that it needs.
    #[serde(deserialize_with = "port")]
    pub port: Port,
    /// The safeguards that each suffice against it; a machine is open to it where all of them fail.
    pub closed_by: Vec<Condition>,
    /// For `updated_since_fix`: how many days before the as-of moment the fix came out.
    pub fixed_days_ago: Option<u16>,
    /// Who attributed it to whom, when and how surely, a sentence each.
    pub attributions: Vec<String>,
    /// Its kill switch, if it has one.
    pub kill_switch: Option<KillSwitchProfile>,
    /// Hours from infection to the first probe.
    pub latency_hours: Quantity,
    /// How it looks for others.
    #[serde(rename = "stream")]
    pub streams: Vec<StreamProfile>,
    /// The chance that one probe that reaches an open machine infects it, by family of system.
    pub success: SuccessByFamily,
    /// The chance that a probe that does not infect crashes the machine, by family; none means never.
    #[serde(default)]
    pub crash: CrashByFamily,
}

/// A safeguard that suffices against a worm.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Condition {
    /// The flaw of MS17-010 is closed.
    #[serde(rename = "ms17_010_closed")]
    Ms17010Closed,
    /// SMB version 1 is off.
    Smb1Off,
    /// Nothing listens on the worm's port.
    NotListening,
    /// An update released on or after the day of the fix is on.
    UpdatedSinceFix,
}

/// A name that the worm looks up at each start.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct KillSwitchProfile {
    /// What it is, in a sentence.
    pub about: String,
}

/// One way of looking for others.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields, tag = "kind", rename_all = "lowercase")]
pub enum StreamProfile {
    /// Each address of every attached network once.
    Sweep {
        /// Probes per hour.
        probes_per_hour: Quantity,
    },
    /// Addresses drawn uniformly.
    Uniform {
        /// From which space.
        scope: ScopeName,
        /// How many addresses that space has, where it is larger than the estate's part of it.
        addresses: Option<f64>,
        /// Probes per hour.
        probes_per_hour: Quantity,
    },
}

/// The space that addresses are drawn from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum ScopeName {
    /// The machine's own network.
    Network,
    /// Its organisation's networks.
    Organisation,
    /// Its routable domain.
    Realm,
}

/// The chance of success for each family of system.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SuccessByFamily {
    /// Windows XP and Server 2003.
    pub xp_2003: Quantity,
    /// Windows Vista and Server 2008.
    pub vista_2008: Quantity,
    /// Windows 7 and Server 2008 R2.
    pub seven_2008r2: Quantity,
    /// Windows 8, 8.1, Server 2012 and 2012 R2.
    pub eight_2012: Quantity,
    /// Windows 10 and Server 2016.
    pub ten_2016: Quantity,
    /// Windows 11 and Server 2019 on.
    pub later: Quantity,
    /// Machines of which nobody knows what they run.
    pub unknown: Quantity,
}

/// The chance of a crash for each family that may crash.
#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CrashByFamily {
    /// Windows XP and Server 2003.
    pub xp_2003: Option<Quantity>,
    /// Windows Vista and Server 2008.
    pub vista_2008: Option<Quantity>,
    /// Windows 7 and Server 2008 R2.
    pub seven_2008r2: Option<Quantity>,
}

/// What is wrong with a profile.
#[derive(Debug, thiserror::Error)]
pub enum ProfileError {
    /// It is not TOML of this shape.
    #[error("cannot read the threat profile")]
    Shape(#[from] toml::de::Error),
    /// A number is out of bounds.
    #[error("in the threat profile, {what} must lie between 0 and {most}, the lower end first")]
    OutOfBounds {
        /// Which number.
        what: &'static str,
        /// The most that is accepted.
        most: f64,
    },
    /// It could never spread.
    #[error(
        "the threat profile names no safeguard in `closed_by`: every machine would be open to it"
    )]
    NoCondition,
    /// It refers to a fix without saying when.
    #[error("`closed_by` names `updated_since_fix`, so `fixed_days_ago` must be given (0 to 3650)")]
    NoFixDay,
}

impl Profile {
    /// Reads a profile and checks its bounds: at most a million probes per second, a week of latency.
    ///
    /// # Errors
    /// When the text is not a profile, or a number is out of bounds.
    pub fn parse(text: &str) -> Result<Self, ProfileError> {
        let profile: Self = toml::from_str(text)?;
        profile.check()?;
        Ok(profile)
    }

    fn check(&self) -> Result<(), ProfileError> {
        let within = |quantity: &Quantity, what, most| {
            if quantity.is_within(most) {
                Ok(())
            } else {
                Err(ProfileError::OutOfBounds { what, most })
            }
        };
        within(&self.latency_hours, "latency_hours", 168.0)?;
        for stream in &self.streams {
            let (StreamProfile::Sweep { probes_per_hour }
            | StreamProfile::Uniform {
                probes_per_hour, ..
            }) = stream;
            within(probes_per_hour, "probes_per_hour", 1e9)?;
            if let StreamProfile::Uniform {
                addresses: Some(addresses),
                ..
            } = stream
                && !(1.0..=1e20).contains(addresses)
            {
                return Err(ProfileError::OutOfBounds {
                    what: "addresses",
                    most: 1e20,
                });
            }
        }
        for family in FAMILIES {
            within(self.success.of(family), "success", 1.0)?;
            if let Some(crash) = self.crash.of(family) {
                within(crash, "crash", 1.0)?;
            }
        }
        if self.closed_by.is_empty() {
            return Err(ProfileError::NoCondition);
        }
        if self.closed_by.contains(&Condition::UpdatedSinceFix)
            && self.fixed_days_ago.is_none_or(|days| days > 3650)
        {
            return Err(ProfileError::NoFixDay);
        }
        Ok(())
    }
}

/// The families of system that success is given for.
pub(crate) const FAMILIES: [Family; 7] = [
    Family::Xp2003,
    Family::Vista2008,
    Family::Seven2008R2,
    Family::Eight2012,
    Family::Ten2016,
    Family::Later,
    Family::Unknown,
];

impl SuccessByFamily {
    /// The chance for one family; what is not Windows counts as unknown here and is never open.
    #[must_use]
    pub const fn of(&self, family: Family) -> &Quantity {
        match family {
            Family::Xp2003 => &self.xp_2003,
            Family::Vista2008 => &self.vista_2008,
            Family::Seven2008R2 => &self.seven_2008r2,
            Family::Eight2012 => &self.eight_2012,
            Family::Ten2016 => &self.ten_2016,
            Family::Later => &self.later,
            Family::NotWindows | Family::Unknown => &self.unknown,
        }
    }
}

impl SuccessByFamily {
    /// All families with their words, oldest system first.
    #[must_use]
    pub const fn named(&self) -> [(&'static str, &Quantity); 7] {
        [
            ("Windows XP and Server 2003", &self.xp_2003),
            ("Windows Vista and Server 2008", &self.vista_2008),
            ("Windows 7 and Server 2008 R2", &self.seven_2008r2),
            ("Windows 8, 8.1 and Server 2012", &self.eight_2012),
            ("Windows 10 and Server 2016", &self.ten_2016),
            ("Windows 11 and Server 2019 on", &self.later),
            ("a machine of unknown system", &self.unknown),
        ]
    }
}

impl CrashByFamily {
    /// The families that may crash with their words, oldest system first.
    pub fn named(&self) -> impl Iterator<Item = (&'static str, &Quantity)> {
        [
            ("Windows XP and Server 2003", self.xp_2003.as_ref()),
            ("Windows Vista and Server 2008", self.vista_2008.as_ref()),
            ("Windows 7 and Server 2008 R2", self.seven_2008r2.as_ref()),
        ]
        .into_iter()
        .filter_map(|(words, quantity)| Some((words, quantity?)))
    }

    /// The chance for one family, where it may crash.
    #[must_use]
    pub const fn of(&self, family: Family) -> Option<&Quantity> {
        match family {
            Family::Xp2003 => self.xp_2003.as_ref(),
            Family::Vista2008 => self.vista_2008.as_ref(),
            Family::Seven2008R2 => self.seven_2008r2.as_ref(),
            _ => None,
        }
    }
}

fn port<'de, D: serde::Deserializer<'de>>(deserializer: D) -> Result<Port, D::Error> {
    let text = String::deserialize(deserializer)?;
    text.parse().map_err(serde::de::Error::custom)
}
