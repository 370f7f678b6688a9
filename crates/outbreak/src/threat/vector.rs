//! One way in which a worm takes a machine: what closes it, whom it takes, who carries it.

use jiff::civil::Date;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use wardround_estate::Family;
use wardround_evidence::Port;

use super::Quantity;

/// One way in which a worm takes a machine.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Vector {
    /// A short word for it: small letters, digits and hyphens.
    pub id: String,
    /// Its title for people.
    pub title: String,
    /// What it is, in a plain sentence.
    pub about: String,
    /// The safeguards that each suffice against it; a machine is open to it where all of them fail.
    pub closed_by: Vec<Condition>,
    /// For `updated_since_fix`: how many days before the as-of moment the fix came out.
    pub fixed_days_ago: Option<u16>,
    /// For `updated_since`: the day on which the fix came out.
    #[schemars(with = "Option<String>")]
    pub fixed_on: Option<Date>,
    /// Whether the staff's patching during an outbreak closes it.
    pub patch_closes: bool,
    /// Which infected machines probe with it.
    #[serde(default)]
    pub carried_by: CarriedBy,
    /// For `carried_by = "credentials"`: who holds them where no log-on evidence says.
    pub credentials: Option<Credentials>,
    /// The share of machines of an open family on which the attacked service runs at all, where no evidence says.
    pub service_share: Option<Quantity>,
    /// The chance that one probe that reaches an open machine infects it, by family of system.
    pub success: SuccessByFamily,
    /// The chance that a probe that does not infect crashes the machine, by family; none means never.
    #[serde(default)]
    pub crash: CrashByFamily,
}

/// A safeguard that suffices against a vector.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Condition {
    /// The flaw of MS17-010 is closed.
    #[serde(rename = "ms17_010_closed")]
    Ms17010Closed,
    /// SMB version 1 is off.
    Smb1Off,
    /// Nothing answers others on the worm's port.
    NotListening,
    /// An update released within `fixed_days_ago` days before the as-of moment is on.
    UpdatedSinceFix,
    /// A cumulative update released on or after `fixed_on` is on.
    UpdatedSince,
}

impl Condition {
    /// The safeguard as words.
    #[must_use]
    pub fn words(self, vector: &Vector, port: Port) -> String {
        match self {
            Self::Ms17010Closed => "the flaw of MS17-010 is closed".to_owned(),
            Self::Smb1Off => "SMB version 1 is off".to_owned(),
            Self::NotListening => format!("nothing answers on {port}"),
            Self::UpdatedSinceFix => format!(
                "an update of the last {} days is on",
                vector.fixed_days_ago.unwrap_or_default()
            ),
            Self::UpdatedSince => vector.fixed_on.map_or_else(
                || "a later update is on".to_owned(),
                |day| format!("updates of {day} or later are on"),
            ),
        }
    }
}

/// Which infected machines probe with a vector.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum CarriedBy {
    /// Every infected machine.
    #[default]
    Every,
    /// Only machines that hold reusable credentials.
    Credentials,
}

/// Who holds reusable credentials. There is no place for a credential itself.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Credentials {
    /// The share of machines that hold some which open others.
    pub share: Quantity,
}

/// The chance of success for each family of system.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
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
    /// Machines of which nobody knows what they run, and Windows older than XP.
    pub unknown: Quantity,
    /// Machines that do not run Windows; left out where the conditions close them anyway.
    pub not_windows: Option<Quantity>,
}

/// The chance of a crash for each family that may crash.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct CrashByFamily {
    /// Windows XP and Server 2003.
    pub xp_2003: Option<Quantity>,
    /// Windows Vista and Server 2008.
    pub vista_2008: Option<Quantity>,
    /// Windows 7 and Server 2008 R2.
    pub seven_2008r2: Option<Quantity>,
    /// Windows 8, 8.1, Server 2012 and 2012 R2.
    pub eight_2012: Option<Quantity>,
    /// Windows 10 and Server 2016.
    pub ten_2016: Option<Quantity>,
    /// Windows 11 and Server 2019 on.
    pub later: Option<Quantity>,
    /// Machines of which nobody knows what they run, and Windows older than XP.
    pub unknown: Option<Quantity>,
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
    /// The chance for one family; what is not Windows counts as unknown where the profile says nothing of it.
    #[must_use]
    pub fn of(&self, family: Family) -> &Quantity {
        match family {
            Family::Xp2003 => &self.xp_2003,
            Family::Vista2008 => &self.vista_2008,
            Family::Seven2008R2 => &self.seven_2008r2,
            Family::Eight2012 => &self.eight_2012,
            Family::Ten2016 => &self.ten_2016,
            Family::Later => &self.later,
            Family::Unknown => &self.unknown,
            Family::NotWindows => self.not_windows.as_ref().unwrap_or(&self.unknown),
        }
    }

    /// All families with their field and words, oldest system first.
    pub fn named(&self) -> impl Iterator<Item = (&'static str, &'static str, &Quantity)> {
        NAMES
            .into_iter()
            .zip([
                Some(&self.xp_2003),
                Some(&self.vista_2008),
                Some(&self.seven_2008r2),
                Some(&self.eight_2012),
                Some(&self.ten_2016),
                Some(&self.later),
                Some(&self.unknown),
                self.not_windows.as_ref(),
            ])
            .filter_map(|((field, words), quantity)| Some((field, words, quantity?)))
    }
}

impl CrashByFamily {
    /// The families that may crash with their field and words, oldest system first.
    pub fn named(&self) -> impl Iterator<Item = (&'static str, &'static str, &Quantity)> {
        NAMES
            .into_iter()
            .zip([
                self.xp_2003.as_ref(),
                self.vista_2008.as_ref(),
                self.seven_2008r2.as_ref(),
                self.eight_2012.as_ref(),
                self.ten_2016.as_ref(),
                self.later.as_ref(),
                self.unknown.as_ref(),
            ])
            .filter_map(|((field, words), quantity)| Some((field, words, quantity?)))
    }

    /// The chance for one family, where it may crash.
    #[must_use]
    pub const fn of(&self, family: Family) -> Option<&Quantity> {
        match family {
            Family::Xp2003 => self.xp_2003.as_ref(),
            Family::Vista2008 => self.vista_2008.as_ref(),
            Family::Seven2008R2 => self.seven_2008r2.as_ref(),
            Family::Eight2012 => self.eight_2012.as_ref(),
            Family::Ten2016 => self.ten_2016.as_ref(),
            Family::Later => self.later.as_ref(),
            Family::Unknown => self.unknown.as_ref(),
            Family::NotWindows => None,
        }
    }
}

/// Fields of the tables by family, and their words.
const NAMES: [(&str, &str); 8] = [
    ("xp_2003", "Windows XP and Server 2003"),
    ("vista_2008", "Windows Vista and Server 2008"),
    ("seven_2008r2", "Windows 7 and Server 2008 R2"),
    ("eight_2012", "Windows 8, 8.1 and Server 2012"),
    ("ten_2016", "Windows 10 and Server 2016"),
    ("later", "Windows 11 and Server 2019 on"),
    ("unknown", "a machine of unknown system"),
    ("not_windows", "a machine that does not run Windows"),
];

/// Whether a word is a field of the tables by family.
pub(super) fn is_family(word: &str) -> bool {
    NAMES.iter().any(|(field, _)| *field == word)
}
