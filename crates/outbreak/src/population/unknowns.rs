//! How what nobody knows is drawn: the numbers of `data/unknowns.toml`.

use serde::Deserialize;
use wardround_estate::Gap;

/// The rules by which unknowns are drawn. All of them are assumed.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct UnknownRules {
    /// How strongly an administrator's own machines are drawn towards the whole estate's, in machines.
    pub shrinkage_machines: f64,
    /// The odds that a safeguard is missing, by what is missing to settle it, against machines whose state is known.
    pub odds_by_gap: OddsByGap,
    /// Organisations' borders.
    pub border: PassagePrior,
    /// Boundaries between networks of one organisation.
    pub boundary: PassagePrior,
}

/// Odds ratios, each more than 0; a field is the [`Gap`] of its name.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct OddsByGap {
    /// See [`Gap`].
    pub nothing_said: f64,
    /// See [`Gap`].
    pub not_inventoried: f64,
    /// See [`Gap`].
    pub no_complaint: f64,
    /// See [`Gap`].
    pub system_unknown: f64,
    /// See [`Gap`].
    pub stale: f64,
    /// See [`Gap`].
    pub list_cut: f64,
    /// See [`Gap`].
    pub log_in_failed: f64,
    /// See [`Gap`].
    pub filtered: f64,
    /// See [`Gap`].
    pub disputed: f64,
    /// See [`Gap`].
    pub not_authorised: f64,
    /// See [`Gap`].
    pub tables_end: f64,
}

/// A Beta distribution for the share of points that let a port pass.
#[derive(Clone, Copy, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PassagePrior {
    /// Its mean, between 0 and 1.
    pub mean_allowed: f64,
    /// How many points' worth of certainty it has (the sum of Beta's two parameters).
    pub certainty_points: f64,
}

impl UnknownRules {
    /// The rules that come with wardround.
    #[must_use]
    pub fn built_in() -> Self {
        toml::from_str(include_str!("../../data/unknowns.toml"))
            .expect("a test reads the built-in rules")
    }

    /// The odds ratio for a gap.
    #[must_use]
    pub const fn odds(&self, gap: Gap) -> f64 {
        let odds = &self.odds_by_gap;
        match gap {
            Gap::NothingSaid => odds.nothing_said,
            Gap::NotInventoried => odds.not_inventoried,
            Gap::NoComplaint => odds.no_complaint,
            Gap::SystemUnknown => odds.system_unknown,
            Gap::Stale => odds.stale,
            Gap::ListCut => odds.list_cut,
            Gap::LogInFailed => odds.log_in_failed,
            Gap::Filtered => odds.filtered,
            Gap::Disputed => odds.disputed,
            Gap::NotAuthorised => odds.not_authorised,
            Gap::TablesEnd => odds.tables_end,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::UnknownRules;
    use wardround_estate::Gap;

    #[test]
    fn the_built_in_rules_are_sound() {
        let rules = UnknownRules::built_in();
        assert!(rules.shrinkage_machines > 0.0);
        for gap in Gap::ALL {
            assert!(rules.odds(gap) > 0.0);
        }
        for prior in [rules.border, rules.boundary] {
            assert!((0.0..1.0).contains(&prior.mean_allowed) && prior.certainty_points > 0.0);
        }
    }
}
