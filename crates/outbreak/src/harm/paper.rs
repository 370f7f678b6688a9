//! What one outage of everything tells of the share of activity that is kept on paper.

use crate::threat::Quantity;

/// An outage of all systems of one organisation, as it was counted.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Outage {
    /// Units cancelled.
    pub cancelled: f64,
    /// Units on an ordinary day.
    pub normal_per_day: f64,
    /// The fewest days that systems were out in effect.
    pub out_days_low: f64,
    /// The most.
    pub out_days_high: f64,
}

impl Outage {
    /// Northern Lincolnshire and Goole, 30 October 2016: about 2,800 appointments cancelled, about 1,000 a day normal, systems
    /// out for up to 4 days and most back in 48 hours.
    pub const NORTHERN_LINCOLNSHIRE_2016: Self = Self {
        cancelled: 2_800.0,
        normal_per_day: 1_000.0,
        out_days_low: 2.0,
        out_days_high: 4.0,
    };

    /// The least and the most share that was kept: one minus what was cancelled of what was planned, never below 0.
    #[must_use]
    pub fn kept_on_paper_range(&self) -> (f64, f64) {
        (
            self.kept_on_paper_if_out(self.out_days_low),
            self.kept_on_paper_if_out(self.out_days_high),
        )
    }

    /// The share that was kept if systems were out for so many days in effect, so that days, share and units cancelled agree.
    #[must_use]
    pub fn kept_on_paper_if_out(&self, days: f64) -> f64 {
        (1.0 - self.cancelled / (self.normal_per_day * days)).max(0.0)
    }

    /// The share kept at `unit` (0 to 1) of its distribution, given the outage.
    ///
    /// Before it the share is uniform on 0 to 1 and the days out are uniform between their ends. Given that exactly
    /// `cancelled` of `normal_per_day` × days × (1 − share) were cancelled, the density of 1 − share is proportional to its
    /// inverse (the Jacobian of days = cancelled / normal / (1 − share)), so 1 − share is uniform on a logarithmic scale between
    /// its ends.
    #[must_use]
    pub fn kept_on_paper(&self, unit: f64) -> f64 {
        let (least, most) = self.kept_on_paper_range();
        let (low, high) = (1.0 - most, 1.0 - least);
        if low <= 0.0 {
            return most;
        }
        1.0 - high * (low / high).powf(unit)
    }

    /// Whether a range of shares is the one that follows from the outage, to a hundredth.
    #[must_use]
    pub fn agrees_with(&self, share: &Quantity) -> bool {
        let (least, most) = self.kept_on_paper_range();
        (share.low - least).abs() < 0.01 && (share.high - most).abs() < 0.01
    }
}

#[cfg(test)]
mod tests {
    use super::Outage;
    use crate::harm::ServiceRules;

    #[test]
    fn a_known_outage_leaves_nothing_to_three_tenths_on_paper() {
        let outage = Outage::NORTHERN_LINCOLNSHIRE_2016;
        let (least, most) = outage.kept_on_paper_range();
        assert!(least.abs() < 1e-12 && (most - 0.3).abs() < 1e-12);
        // 1 - 0.7^0.5.
        assert!((outage.kept_on_paper(0.5) - 0.163_34).abs() < 1e-5);
        assert!(outage.kept_on_paper(0.0).abs() < 1e-12);
        assert!((outage.kept_on_paper(1.0) - 0.3).abs() < 1e-12);
    }

    #[test]
    fn planned_activity_of_the_built_in_rules_follows_from_that_outage() {
        let rules = ServiceRules::built_in();
        for id in ["outpatient_appointments", "elective_admissions"] {
            let activity = rules.activities.iter().find(|row| row.id == id).unwrap();
            let outage = Outage::NORTHERN_LINCOLNSHIRE_2016;
            assert!(outage.agrees_with(&activity.kept_on_paper), "{id}");
        }
    }
}
