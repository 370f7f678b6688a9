//! How what nobody knows is drawn: the numbers of `data/unknowns.toml`.

use serde::Deserialize;
use wardround_estate::Gap;

/// The rules by which unknowns are drawn. All of them are assumed.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct UnknownRules {
    /// How strongly an administrator's own machines are drawn towards the whole estate's, in machines.
    pub shrinkage_machines: f64,
    /// The factor by which, in two worlds of three at most, each of the odds is off; at least 1.
    pub odds_uncertainty_factor: f64,
    /// The odds that a safeguard is missing, by what is missing to settle it, against machines whose state is known.
    pub odds_by_gap: OddsByGap,
    /// Machines of which a source that lists what others lack lists nothing.
    pub no_complaint: MissingPrior,
    /// Machines before which their own filter stands.
    pub filtered_at_host: MissingPrior,
    /// Machines that say that they listen, where nothing says what their own firewall lets in.
    pub own_firewall: MissingPrior,
    /// Machines from which no endpoint agent reports.
    pub no_agent: MissingPrior,
    /// Machines on which an update waits for a restart.
    pub restart_pending: MissingPrior,
    /// Of machines whose agent stops what it sees, those on which it stops the threat.
    pub agent_stops: ShareRange,
    /// Organisations' borders.
    pub border: PassagePrior,
    /// Boundaries between networks of one organisation.
    pub boundary: PassagePrior,
    /// Machines that resolve names and reach the internet directly, so that a kill switch can answer them.
    pub direct_egress: SharePrior,
    /// Machines of which nothing says that they face the internet, and that do.
    pub faces_internet: SharePrior,
    /// Machines that take the updates of the one supplier that a threat comes from.
    pub supplier_clients: SharePrior,
    /// How many machines one machine was in conversation with.
    pub conversations: ContactPrior,
    /// How many machines the users of one machine may log on to.
    pub log_ons: ContactPrior,
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

/// A Beta distribution for the share of machines whose safeguard is missing.
#[derive(Clone, Copy, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct MissingPrior {
    /// Its mean, between 0 and 1.
    pub mean_missing: f64,
    /// How many machines' worth of certainty it has (the sum of Beta's two parameters).
    pub certainty_machines: f64,
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

/// A Beta distribution for the share of an organisation's machines that are so, drawn once for each organisation.
#[derive(Clone, Copy, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SharePrior {
    /// Its mean, between 0 and 1.
    pub mean_share: f64,
    /// How many machines' worth of certainty it has (the sum of Beta's two parameters).
    pub certainty_machines: f64,
}

/// A share of machines that is drawn once for each world, all in between being as likely.
#[derive(Clone, Copy, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ShareRange {
    /// The least.
    pub share_low: f64,
    /// The most.
    pub share_high: f64,
}

/// How many contacts a machine has where no evidence lists them, drawn once for each world.
#[derive(Clone, Copy, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ContactPrior {
    /// The least.
    pub machines_each_low: f64,
    /// The most; in between on a logarithmic scale.
    pub machines_each_high: f64,
}

impl UnknownRules {
    /// The rules that come with wardround.
    #[must_use]
    pub fn built_in() -> Self {
        toml::from_str(include_str!("../../data/unknowns.toml"))
            .expect("a test reads the built-in rules")
    }

    /// How machines with a gap are drawn.
    #[must_use]
    pub const fn of(&self, gap: Gap) -> GapRule {
        let odds = &self.odds_by_gap;
        GapRule::Odds(match gap {
            Gap::NoComplaint => return GapRule::Share(self.no_complaint),
            Gap::FilteredAtHost => return GapRule::Share(self.filtered_at_host),
            Gap::OwnFirewall => return GapRule::Share(self.own_firewall),
            Gap::NoAgent => return GapRule::Share(self.no_agent),
            Gap::RestartPending => return GapRule::Share(self.restart_pending),
            Gap::NothingSaid => odds.nothing_said,
            Gap::NotInventoried => odds.not_inventoried,
            Gap::SystemUnknown => odds.system_unknown,
            Gap::Stale => odds.stale,
            Gap::ListCut => odds.list_cut,
            Gap::LogInFailed => odds.log_in_failed,
            Gap::Filtered => odds.filtered,
            Gap::Disputed => odds.disputed,
            Gap::NotAuthorised => odds.not_authorised,
            Gap::TablesEnd => odds.tables_end,
        })
    }
}

/// How machines with one gap are drawn.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum GapRule {
    /// Like settled machines, at these odds against them.
    Odds(f64),
    /// From a share of their own, for settled machines are no guide to them.
    Share(MissingPrior),
}

#[cfg(test)]
mod tests {
    use super::{GapRule, UnknownRules};
    use wardround_estate::Gap;

    #[test]
    fn the_built_in_rules_are_sound() {
        let rules = UnknownRules::built_in();
        assert!(rules.shrinkage_machines > 0.0);
        assert!(rules.odds_uncertainty_factor >= 1.0);
        for gap in Gap::ALL {
            match rules.of(gap) {
                GapRule::Odds(odds) => assert!(odds > 0.0),
                GapRule::Share(prior) => {
                    assert!((0.0..1.0).contains(&prior.mean_missing));
                    assert!(prior.certainty_machines > 0.0);
                }
            }
        }
        for prior in [
            rules.direct_egress,
            rules.faces_internet,
            rules.supplier_clients,
        ] {
            assert!((0.0..1.0).contains(&prior.mean_share) && prior.certainty_machines > 0.0);
        }
        let stops = rules.agent_stops;
        assert!(
            0.0 <= stops.share_low
                && stops.share_low <= stops.share_high
                && stops.share_high <= 1.0
        );
        for prior in [rules.conversations, rules.log_ons] {
            let (low, high) = (prior.machines_each_low, prior.machines_each_high);
            assert!(0.0 < low && low <= high && high < 1000.0);
        }
        for prior in [rules.border, rules.boundary] {
            assert!((0.0..1.0).contains(&prior.mean_allowed) && prior.certainty_points > 0.0);
        }
    }
}
