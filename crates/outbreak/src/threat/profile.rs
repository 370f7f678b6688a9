//! A threat profile, as its file gives it.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use wardround_evidence::Port;

use super::{
    Attribution, Identity, ProfileError, Quantity, Reference, StreamProfile, Vector, check, fault,
};

/// How one worm spreads.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Profile {
    /// A short word for it: small letters, digits and hyphens.
    pub id: String,
    /// Its title for people.
    pub title: String,
    /// Whether no such worm is known.
    pub hypothetical: bool,
    /// What it is, in a plain sentence or two.
    pub about: String,
    /// Other names that it goes by.
    #[serde(default)]
    pub aliases: Vec<String>,
    /// The port that all its vectors cross boundaries by: `445/tcp`.
    #[serde(with = "port")]
    #[schemars(with = "String")]
    pub port: Port,
    /// Hours from infection to the first probe.
    pub latency_hours: Quantity,
    /// Mean hours after which it ends by itself on a machine; none means never.
    pub removal_mean_hours: Option<Quantity>,
    /// Where an outbreak starts.
    pub entry: EntryProfile,
    /// Time that people spend inside before spread begins.
    pub dwell: Option<Dwell>,
    /// How it falls silent and wakes again.
    pub dormancy: Option<Dormancy>,
    /// What puts a machine out of service.
    pub payload: Option<Payload>,
    /// Its kill switch, if it has one.
    pub kill_switch: Option<KillSwitchProfile>,
    /// The ways in which it takes a machine, 1 to 4.
    #[serde(rename = "vector")]
    pub vectors: Vec<Vector>,
    /// How it looks for others.
    #[serde(rename = "stream")]
    pub streams: Vec<StreamProfile>,
    /// Probes from the internet at machines that face it.
    #[serde(rename = "outside", default)]
    pub outside: Vec<OutsidePressure>,
    /// Where to read about it.
    #[serde(rename = "reference", default)]
    pub references: Vec<Reference>,
    /// Who attributed it to whom, when and how surely.
    #[serde(rename = "attribution", default)]
    pub attributions: Vec<Attribution>,
}

/// Where an outbreak starts.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct EntryProfile {
    /// At which kind of machine. A scenario may place it elsewhere.
    pub kind: EntryKind,
    /// How it got there, in a sentence.
    pub about: String,
}

/// The kind of machine that falls first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum EntryKind {
    /// An office PC: one of users' workstations and machines of unknown role.
    Workstation,
    /// A server.
    Server,
    /// A machine that faces the internet: by evidence, or one of a small share that is drawn where nothing says.
    InternetExposed,
    /// Machines that take updates from one supplier, all at once; no evidence says which, so a small share is drawn.
    Supplier,
}

impl EntryKind {
    /// Every kind.
    pub const ALL: [Self; 4] = [
        Self::Workstation,
        Self::Server,
        Self::InternetExposed,
        Self::Supplier,
    ];

    /// The kind as a profile names it.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Workstation => "workstation",
            Self::Server => "server",
            Self::InternetExposed => "internet-exposed",
            Self::Supplier => "supplier",
        }
    }
}

/// Time that people spend inside before spread begins.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Dwell {
    /// What happens in it, in a sentence.
    pub about: String,
    /// Hours from the first machine to the beginning of spread.
    pub hours: Quantity,
}

/// How it falls silent and wakes again (states I and D of SIIDR).
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Dormancy {
    /// How often per hour an active machine falls silent.
    pub to_dormant_per_hour: Quantity,
    /// How often per hour a silent one wakes.
    pub to_active_per_hour: Quantity,
}

/// What puts a machine out of service.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Payload {
    /// What is lost, in a sentence; never how it is done.
    pub about: String,
    /// Mean hours from the first probe until the machine is out of service; 0 is at once.
    pub mean_hours: Quantity,
    /// Whether a machine that is out of service stops spreading.
    pub stops_spread: bool,
}

/// A name that the worm looks up at each start.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct KillSwitchProfile {
    /// What it is, in a sentence.
    pub about: String,
}

/// Probes from the internet, from an hour on until the next row's.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct OutsidePressure {
    /// Hours since the beginning of the outbreak.
    pub from_hour: Quantity,
    /// Probes per hour at each address that faces the internet.
    pub probes_per_hour: Quantity,
    /// The vector that they try, the same in every row; may be left out where there is only one.
    pub vector: Option<String>,
}

impl Profile {
    /// The longest file that is read.
    pub const LONGEST_BYTES: usize = 256 * 1024;

    /// Reads a profile and checks its bounds.
    ///
    /// # Errors
    /// When the text is not a profile, or something in it is out of bounds: every fault that was found, with its place.
    pub fn parse(text: &str) -> Result<Self, ProfileError> {
        if text.len() > Self::LONGEST_BYTES {
            return Err(fault::too_long(text.len()));
        }
        let profile: Self = toml::from_str(text).map_err(|error| fault::of_shape(text, &error))?;
        let wrongs = check::all(&profile);
        if wrongs.is_empty() {
            Ok(profile)
        } else {
            Err(fault::of_content(text, wrongs))
        }
    }

    /// The vector that stands first.
    #[must_use]
    pub fn first_vector(&self) -> &Vector {
        &self.vectors[0]
    }

    /// The vector that a stream tries.
    #[must_use]
    pub fn vector_of(&self, stream: &StreamProfile) -> &Vector {
        stream
            .vector()
            .and_then(|id| self.vectors.iter().find(|vector| vector.id == id))
            .unwrap_or_else(|| self.first_vector())
    }

    /// The place of the vector that the internet tries.
    pub(crate) fn outside_vector(&self) -> usize {
        let named = self.outside.iter().find_map(|row| row.vector.as_ref());
        named
            .and_then(|id| self.vectors.iter().position(|vector| vector.id == *id))
            .unwrap_or_default()
    }

    /// Its names, references and attributions alone.
    #[must_use]
    pub fn identity(&self) -> Identity {
        Identity {
            id: self.id.clone(),
            title: self.title.clone(),
            aliases: self.aliases.clone(),
            references: self.references.clone(),
            attributions: self.attributions.clone(),
        }
    }
}

/// A port as its usual text.
mod port {
    use serde::{Deserialize, Deserializer, Serializer};
    use wardround_evidence::Port;

    pub(super) fn serialize<S: Serializer>(port: &Port, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(port)
    }

    pub(super) fn deserialize<'de, D: Deserializer<'de>>(
        deserializer: D,
    ) -> Result<Port, D::Error> {
        let text = String::deserialize(deserializer)?;
        text.parse().map_err(serde::de::Error::custom)
    }
}
