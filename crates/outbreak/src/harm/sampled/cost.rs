//! What single outbreaks of one world cost, for comparing worlds.

use std::collections::BTreeMap;

use super::rows::{HUNDREDTHS, LossPart};
use crate::harm::{DrawnServices, EstateServices, Gbp};

/// What one outbreak costs: units not done by activity, and pounds apart.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Cost {
    /// Units postponed or lost, by position among the rules' activities; those whose units are unlike have none.
    pub(crate) units: BTreeMap<usize, f64>,
    /// What they are worth at the prices of what is priced.
    pub(crate) worth: f64,
}

/// What each of a world's outbreaks costs, by replicate; those that cost nothing are left out.
pub(crate) fn costs(
    part: &LossPart,
    services: &EstateServices,
    drawn: &DrawnServices,
) -> BTreeMap<u32, Cost> {
    let mut costs: BTreeMap<u32, Cost> = BTreeMap::new();
    for (position, row) in part.rows.iter().enumerate() {
        let activity = services.services()[row.service as usize].activity;
        let service = services.settled(row.service, drawn);
        let not_done: u64 = part
            .days(position, &service)
            .map(|day| day.not_done())
            .sum();
        let units = not_done as f64 / HUNDREDTHS;
        let cost = costs.entry(row.replicate).or_default();
        if !services.rules().activities[activity].is_mixed {
            *cost.units.entry(activity).or_default() += units;
        }
        if let Some(Gbp(price)) = drawn.activities[activity].price {
            cost.worth += units * price;
        }
    }
    costs
}
