//! What is known and assumed of services in general: the numbers of `data/services.toml`.

use std::collections::BTreeMap;

use serde::Deserialize;
use wardround_evidence::OrganisationKind;

use super::check;
use crate::threat::{Basis, Quantity};

/// Services by kind of organisation, and how they suffer.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ServiceRules {
    /// What the short names stand for with which sources begin.
    pub references: BTreeMap<String, String>,
    /// How machines out become a share of a service out.
    pub response: ResponseCurveRules,
    /// How machines come back.
    pub recovery: RecoveryRules,
    /// Being cut off.
    pub cut_off: CutOffRules,
    /// Departments that send patients elsewhere.
    pub diversion: DiversionRules,
    /// Kinds of activity.
    #[serde(rename = "activity")]
    pub activities: Vec<ActivityRules>,
    /// Kinds of organisation.
    #[serde(rename = "kind")]
    pub kinds: Vec<KindRules>,
}

/// See [`ResponseCurve`](super::ResponseCurve).
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ResponseCurveRules {
    /// A share, 0 to 1.
    pub users_spare_share: Quantity,
    /// A share, above the other, to 1.
    pub users_full_share: Quantity,
    /// Servers, 1 to 100.
    pub servers_needed: Quantity,
}

/// See [`Recovery`](super::Recovery).
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RecoveryRules {
    /// Hours, below the least of `most_by_hours`.
    pub delay_hours: Quantity,
    /// Hours, to a year.
    pub most_by_hours: Quantity,
    /// A share, 0 to 1.
    pub most_share: Quantity,
    /// A factor on `most_by_hours`, 1 to 10.
    pub all_by_factor: Quantity,
    /// A factor on all these times for servers, 0.01 to 1.
    pub servers_factor: Quantity,
}

/// How long a cut lasts.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CutOffRules {
    /// Hours, to a year; drawn for each organisation.
    pub hours: Quantity,
}

/// See [`Diversion`](super::Diversion).
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DiversionRules {
    /// A share, 0 to 1.
    pub impaired_above: Quantity,
    /// A share, 0 to 1.
    pub share_of_day: Quantity,
}

/// A kind of activity.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ActivityRules {
    /// Its identifier.
    pub id: String,
    /// Its units, in the plural.
    pub name: String,
    /// Whether units of one service are unlike those of another, so that they are never added.
    #[serde(default)]
    pub is_mixed: bool,
    /// What one unit is worth, in pounds; without it the activity is not priced, which is not nothing.
    #[serde(default)]
    pub price_gbp: Option<Quantity>,
    /// A share, 0 to 1: see [`Service`](super::Service) for this and what follows.
    pub kept_on_paper: Quantity,
    /// A share, 0 to 1.
    pub postponed: Quantity,
    /// A share, 0 to 1.
    pub cut_off_weight: Quantity,
    /// How much goes where all medical devices are out: a share, 0 to 1.
    pub clinical_weight: Quantity,
    /// How much goes where a service is out that it needs: a share, 0 to 1.
    pub shared_weight: Quantity,
    /// From Monday: seven weights.
    pub by_weekday: Weights,
    /// From 00:00: 24 weights.
    pub by_hour: Weights,
}

/// Numbers of which only the proportions count.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Weights {
    /// They are not negative, and one is above 0.
    pub weights: Vec<f64>,
    /// On what they stand.
    pub basis: Basis,
    /// The reference or the reason.
    pub source: String,
}

/// A kind of organisation.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct KindRules {
    /// Its word in the description of an estate.
    pub id: String,
    /// What it does.
    #[serde(default)]
    pub does: Vec<Does>,
}

/// An activity of a kind of organisation.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Does {
    /// The activity's identifier.
    pub activity: String,
    /// Units a day, as a mean over all seven days, for each 1,000 machines of the organisation.
    pub units_per_day_per_1000_machines: Quantity,
}

/// Why a table of services cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum ServiceRulesError {
    /// It is no such table.
    #[error("cannot read the table of services")]
    Shape(#[from] toml::de::Error),
    /// A number is out of bounds, or something is missing.
    #[error("the table of services: {at} {what}")]
    Unsound {
        /// Where.
        at: String,
        /// What is wrong.
        what: String,
    },
}

impl ServiceRules {
    /// The table that comes with wardround.
    #[must_use]
    pub fn built_in() -> Self {
        Self::parse(include_str!("../../data/services.toml"))
            .expect("a test reads the built-in table")
    }

    /// Reads a table and checks every number in it.
    ///
    /// # Errors
    /// When it has another shape, or a number is out of bounds.
    pub fn parse(text: &str) -> Result<Self, ServiceRulesError> {
        let rules: Self = toml::from_str(text)?;
        check::all(&rules)?;
        Ok(rules)
    }

    /// Whether every number is within its bounds, where some were put in place of others.
    pub(crate) fn checked(&self) -> Result<(), ServiceRulesError> {
        check::all(self)
    }

    /// The position of an activity.
    #[must_use]
    pub fn activity(&self, id: &str) -> Option<usize> {
        self.activities.iter().position(|row| row.id == id)
    }
}

/// Kinds of organisation by their words in a description.
pub(super) const KINDS: [(&str, OrganisationKind); 7] = [
    ("acute", OrganisationKind::Acute),
    ("mental_health", OrganisationKind::MentalHealth),
    ("community", OrganisationKind::Community),
    ("ambulance", OrganisationKind::Ambulance),
    ("surgery", OrganisationKind::Surgery),
    ("provider", OrganisationKind::Provider),
    ("other", OrganisationKind::Other),
];
