//! How a worm looks for others.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::Quantity;

/// One way of looking for others.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(try_from = "StreamRow", into = "StreamRow")]
pub enum StreamProfile {
    /// Each address of every attached network once.
    Sweep {
        /// The vector that it tries; none where there is only one.
        vector: Option<String>,
        /// Probes per hour.
        probes_per_hour: Quantity,
    },
    /// Addresses drawn uniformly.
    Uniform {
        /// The vector that it tries; none where there is only one.
        vector: Option<String>,
        /// From which space.
        scope: ScopeName,
        /// How many addresses that space has, where it is larger than the estate's part of it.
        addresses: Option<Quantity>,
        /// Probes per hour.
        probes_per_hour: Quantity,
    },
    /// Machines that this one already deals with.
    Contacts {
        /// The vector that it tries; none where there is only one.
        vector: Option<String>,
        /// Along which contacts.
        along: ContactKind,
        /// Attempts per hour along each of them.
        attempts_per_hour: Quantity,
    },
}

impl StreamProfile {
    /// The vector that it names.
    #[must_use]
    pub fn vector(&self) -> Option<&str> {
        let (Self::Sweep { vector, .. }
        | Self::Uniform { vector, .. }
        | Self::Contacts { vector, .. }) = self;
        vector.as_deref()
    }

    /// How often it tries, per hour.
    #[must_use]
    pub const fn per_hour(&self) -> &Quantity {
        match self {
            Self::Sweep {
                probes_per_hour, ..
            }
            | Self::Uniform {
                probes_per_hour, ..
            } => probes_per_hour,
            Self::Contacts {
                attempts_per_hour, ..
            } => attempts_per_hour,
        }
    }

    /// Where it looks, in words.
    #[must_use]
    pub const fn words(&self) -> &'static str {
        match self {
            Self::Sweep { .. } => "sweep of its own networks",
            Self::Uniform { scope, .. } => match scope {
                ScopeName::Network => "random addresses of its own network",
                ScopeName::Organisation => "random addresses of its organisation",
                ScopeName::Realm => "random addresses beyond",
            },
            Self::Contacts { along, .. } => match along {
                ContactKind::Conversations => "machines that it was seen to speak with",
                ContactKind::LogOns => "machines that its users may log on to",
            },
        }
    }
}

/// The space that addresses are drawn from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum ScopeName {
    /// The machine's own network.
    Network,
    /// Its organisation's networks.
    Organisation,
    /// Its routable domain.
    Realm,
}

/// Along which contacts a worm goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum ContactKind {
    /// Pairs of machines that were seen to speak.
    Conversations,
    /// Machines that the users of this one may log on to.
    LogOns,
}

/// A kind of stream.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum StreamKind {
    /// Each address of every attached network once.
    Sweep,
    /// Addresses drawn uniformly.
    Uniform,
    /// Machines that this one already deals with.
    Contacts,
}

/// One way of looking for others; which fields it has hangs on its `kind`.
// One flat table, so that a message can name the line of a field.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct StreamRow {
    /// Which kind it is.
    kind: StreamKind,
    /// The vector that it tries; may be left out where there is only one.
    #[serde(skip_serializing_if = "Option::is_none")]
    vector: Option<String>,
    /// For `uniform`: the space that addresses are drawn from.
    #[serde(skip_serializing_if = "Option::is_none")]
    scope: Option<ScopeName>,
    /// For `uniform`: how many addresses that space has, where it is larger than the estate's part of it.
    #[serde(skip_serializing_if = "Option::is_none")]
    addresses: Option<Quantity>,
    /// For `sweep` and `uniform`: probes per hour.
    #[serde(skip_serializing_if = "Option::is_none")]
    probes_per_hour: Option<Quantity>,
    /// For `contacts`: along which contacts.
    #[serde(skip_serializing_if = "Option::is_none")]
    along: Option<ContactKind>,
    /// For `contacts`: attempts per hour along each of them.
    #[serde(skip_serializing_if = "Option::is_none")]
    attempts_per_hour: Option<Quantity>,
}

impl JsonSchema for StreamProfile {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "StreamProfile".into()
    }

    fn json_schema(generator: &mut schemars::SchemaGenerator) -> schemars::Schema {
        StreamRow::json_schema(generator)
    }
}

impl TryFrom<StreamRow> for StreamProfile {
    type Error = String;

    fn try_from(row: StreamRow) -> Result<Self, String> {
        let StreamRow {
            kind,
            vector,
            scope,
            addresses,
            probes_per_hour,
            along,
            attempts_per_hour,
        } = row;
        let word = match kind {
            StreamKind::Sweep => "sweep",
            StreamKind::Uniform => "uniform",
            StreamKind::Contacts => "contacts",
        };
        let lacks = |field: &str| format!("a stream of kind `{word}` needs `{field}`");
        let takes_no = |given: bool, field: &str| {
            if given {
                Err(format!("a stream of kind `{word}` takes no `{field}`"))
            } else {
                Ok(())
            }
        };
        takes_no(
            kind != StreamKind::Uniform && addresses.is_some(),
            "addresses",
        )?;
        takes_no(kind != StreamKind::Uniform && scope.is_some(), "scope")?;
        takes_no(kind != StreamKind::Contacts && along.is_some(), "along")?;
        takes_no(
            kind != StreamKind::Contacts && attempts_per_hour.is_some(),
            "attempts_per_hour",
        )?;
        takes_no(
            kind == StreamKind::Contacts && probes_per_hour.is_some(),
            "probes_per_hour",
        )?;
        Ok(match kind {
            StreamKind::Sweep => Self::Sweep {
                vector,
                probes_per_hour: probes_per_hour.ok_or_else(|| lacks("probes_per_hour"))?,
            },
            StreamKind::Uniform => Self::Uniform {
                vector,
                scope: scope.ok_or_else(|| lacks("scope"))?,
                addresses,
                probes_per_hour: probes_per_hour.ok_or_else(|| lacks("probes_per_hour"))?,
            },
            StreamKind::Contacts => Self::Contacts {
                vector,
                along: along.ok_or_else(|| lacks("along"))?,
                attempts_per_hour: attempts_per_hour.ok_or_else(|| lacks("attempts_per_hour"))?,
            },
        })
    }
}

impl From<StreamProfile> for StreamRow {
    fn from(stream: StreamProfile) -> Self {
        let empty = Self {
            kind: StreamKind::Sweep,
            vector: None,
            scope: None,
            addresses: None,
            probes_per_hour: None,
            along: None,
            attempts_per_hour: None,
        };
        match stream {
            StreamProfile::Sweep {
                vector,
                probes_per_hour,
            } => Self {
                vector,
                probes_per_hour: Some(probes_per_hour),
                ..empty
            },
            StreamProfile::Uniform {
                vector,
                scope,
                addresses,
                probes_per_hour,
            } => Self {
                kind: StreamKind::Uniform,
                vector,
                scope: Some(scope),
                addresses,
                probes_per_hour: Some(probes_per_hour),
                ..empty
            },
            StreamProfile::Contacts {
                vector,
                along,
                attempts_per_hour,
            } => Self {
                kind: StreamKind::Contacts,
                vector,
                along: Some(along),
                attempts_per_hour: Some(attempts_per_hour),
                ..empty
            },
        }
    }
}
