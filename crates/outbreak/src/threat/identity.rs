//! What a threat is called, where to read about it, and who says who is behind it.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::StatedDate;

/// The names, references and attributions of a threat, without how it spreads.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Identity {
    /// A short word for it.
    pub id: String,
    /// Its name for people.
    pub title: String,
    /// Other names that it goes by.
    pub aliases: Vec<String>,
    /// Where to read about it.
    #[serde(rename = "reference")]
    pub references: Vec<Reference>,
    /// Who attributed it to whom, when and how surely.
    #[serde(rename = "attribution")]
    pub attributions: Vec<Attribution>,
}

impl Identity {
    /// The rows of a profile that it makes, in TOML.
    #[must_use]
    pub fn to_toml(&self) -> Option<String> {
        toml::to_string_pretty(self).ok()
    }
}

/// A document about a threat.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Reference {
    /// Its number in a catalogue: `CVE-2017-0144`, `MS17-010`, `S0366`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub id: Option<String>,
    /// Its title, or whose it is.
    pub title: String,
    /// Where it is: an `https` or `http` address of a document.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub url: Option<String>,
    /// When it was published.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub date: Option<StatedDate>,
}

/// One statement of who is behind a threat.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Attribution {
    /// When it was said; none for a catalogue that goes on saying it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub date: Option<StatedDate>,
    /// Who says so.
    pub who: String,
    /// Whom they name.
    pub to: String,
    /// How surely.
    pub confidence: Confidence,
    /// What they say, in a short sentence of our own.
    pub words: String,
    /// Where it can be read.
    pub source: String,
}

/// How surely an attribution is made.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Confidence {
    /// High confidence, *highly likely*, *almost certain*: 70 to 100 on the scale of STIX 2.1.
    High,
    /// Moderate confidence: 30 to 69.
    Moderate,
    /// Low confidence: 1 to 29.
    Low,
    /// Said without saying how surely.
    Stated,
    /// Charged before a court, which has not decided.
    Charged,
    /// Found by a court, or admitted there.
    Convicted,
    /// Denied by the one named, or doubted by the one who speaks.
    Denied,
}

impl Confidence {
    /// How surely, in words.
    #[must_use]
    pub const fn words(self) -> &'static str {
        match self {
            Self::High => "high confidence",
            Self::Moderate => "moderate confidence",
            Self::Low => "low confidence",
            Self::Stated => "stated, without saying how surely",
            Self::Charged => "charged, not decided",
            Self::Convicted => "convicted",
            Self::Denied => "denied",
        }
    }
}
