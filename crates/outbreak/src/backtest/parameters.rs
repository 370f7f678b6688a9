//! What is not known of May 2017: ranges before anything is fitted, and one draw from them.

use serde::{Deserialize, Serialize};

use crate::threat::{Basis, spans_three};

/// Before anything is fitted: a parameter lies between two ends.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Range {
    /// What it is, in words.
    pub about: String,
    /// The least it may be.
    pub low: f64,
    /// The most it may be.
    pub high: f64,
    /// On what the range stands.
    pub basis: Basis,
    /// The reference or the working.
    pub source: String,
}

impl Range {
    /// The value at `unit` (0 to 1): on a logarithmic scale where the range spans a factor of three or more above zero, else
    /// on a linear one.
    #[must_use]
    pub fn at(&self, unit: f64) -> f64 {
        if self.is_logarithmic() {
            self.low * (self.high / self.low).powf(unit)
        } else {
            self.low + (self.high - self.low) * unit
        }
    }

    /// Whether it is drawn on a logarithmic scale.
    #[must_use]
    pub fn is_logarithmic(&self) -> bool {
        spans_three(self.low, self.high)
    }
}

macro_rules! parameters {
    ($($(#[doc = $about:literal])+ $name:ident,)+) => {
        /// The range of each parameter.
        #[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
        #[serde(deny_unknown_fields)]
        pub struct Prior {
            $($(#[doc = $about])+ pub $name: Range,)+
        }

        /// One value for each parameter.
        #[derive(Clone, Copy, Debug, PartialEq, Serialize)]
        pub struct Parameters {
            $($(#[doc = $about])+ pub $name: f64,)+
        }

        impl Prior {
            /// How many parameters there are.
            pub const COUNT: usize = Self::NAMES.len();
            /// Their names, in their order.
            pub const NAMES: &[&str] = &[$(stringify!($name)),+];

            /// Their ranges, in their order.
            #[must_use]
            pub fn ranges(&self) -> Vec<&Range> {
                vec![$(&self.$name),+]
            }

            /// The parameters at a point of the unit cube, which the prior fills evenly.
            ///
            /// # Panics
            /// If there are not [`Prior::COUNT`] coordinates.
            #[must_use]
            pub fn at(&self, units: &[f64]) -> Parameters {
                assert_eq!(units.len(), Self::COUNT, "one coordinate for each parameter");
                let mut units = units.iter();
                Parameters {
                    $($name: self.$name.at(*units.next().expect("they were counted")),)+
                }
            }
        }

        impl Parameters {
            /// Their values, in their order.
            #[must_use]
            pub fn values(&self) -> Vec<f64> {
                vec![$(self.$name),+]
            }
        }
    };
}

parameters! {
    /// Addresses of its own networks that one infected machine tries per hour.
    sweep_probes_per_hour,
    /// Random addresses of the internet that one infected machine tries per hour.
    uniform_probes_per_hour,
    /// Chance that one attempt takes an open Windows 7 machine.
    success_seven,
    /// Chance that one attempt takes an open Windows Server 2008 machine.
    success_2008,
    /// Chance that one attempt crashes a Windows XP machine.
    crash_xp,
    /// Mean hours from infection to the first attempt.
    latency_hours,
    /// Mean hours until files are encrypted.
    payload_mean_hours,
    /// Machines on the internet that were open to it.
    internet_open,
    /// Machines on the internet that were infected at the start.
    internet_first,
    /// Which way in there was: below a third the internet alone, above two thirds the national network, else both.
    way_in,
    /// Mean share of machines without the update.
    lacks_update_mean,
    /// How alike administrators are in it.
    lacks_update_certainty,
    /// Standard deviation of regions' log odds.
    region_spread,
    /// Share of machines that answer on the port.
    answers_share,
    /// Share of bodies that let the internet reach some machine.
    internet_border_open,
    /// Machines that the internet then reaches.
    internet_machines,
    /// Share of bodies that let the national network in.
    national_border_open,
    /// Share of networks that it then reaches.
    national_networks_behind,
    /// Share of bodies that let the port out to the national network.
    national_border_leaves,
    /// Mean share of networks without an inner boundary.
    inner_boundary_open,
    /// Addresses in one network.
    network_addresses,
    /// Mean share of machines that look names up without a proxy.
    direct_egress_mean,
    /// Machines with a ransom note until a body notices.
    notices_after,
    /// Mean hours from noticing to cutting itself off.
    acts_after_hours,
    /// Share of bodies that cut themselves off.
    isolates_share,
    /// Mean hours from noticing to reporting.
    reports_after_hours,
    /// Share of bodies not infected that cut themselves off as a precaution.
    precaution_share,
    /// Mean hours from the national alert to such a cut.
    precaution_delay_hours,
    /// Share of infected bodies that switch all their systems off once they act.
    shuts_down_share,
    /// Days for which they are off in effect.
    systems_off_days,
    /// Machines that scanned the internet when an exposed machine was watched (F3).
    scanning_mid_may,
    /// Share of machines on the internet that look names up directly.
    internet_direct_share,
    /// Hours for which a machine that crashed is out.
    restart_hours,
    /// Share of Windows XP machines that drive devices.
    xp_drives_devices,
}

#[cfg(test)]
mod tests {
    use super::{Prior, Range};
    use crate::threat::Basis;

    #[test]
    fn both_ends_of_a_range_are_reached() {
        let range = |low: f64, high: f64| Range {
            about: String::new(),
            low,
            high,
            basis: Basis::Assumed,
            source: String::new(),
        };
        assert!((range(1.0, 100.0).at(0.5) - 10.0).abs() < 1e-9);
        assert!((range(0.2, 0.5).at(1.0) - 0.5).abs() < 1e-9);
    }

    #[test]
    fn every_range_is_in_order_and_says_on_what_it_stands() {
        let prior = Prior::england_2017();
        for (name, range) in Prior::NAMES.iter().zip(prior.ranges()) {
            assert!(range.low < range.high, "{name}");
            assert!(
                !range.source.is_empty() && !range.about.is_empty(),
                "{name}"
            );
        }
    }
}
