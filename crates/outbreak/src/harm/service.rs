//! One service: what it does, what it needs, and how far it is impaired hour by hour.

use super::{Clock, HOURS_OF_DAY, OutShares};

/// A service of one organisation, with its numbers settled.
#[derive(Clone, Debug, PartialEq)]
pub struct Service {
    /// The kind of activity, by position among the rules' activities.
    pub activity: usize,
    /// Units a day, as a mean over all seven days; 0 for one that only others need.
    pub units_per_day: f64,
    /// The share of a week's units by weekday from Monday; they sum to 1.
    pub by_weekday: [f64; 7],
    /// The share of a day's units by hour; they sum to 1.
    pub by_hour: [f64; HOURS_OF_DAY],
    /// Of a unit that cannot be done electronically, the share that is done on paper.
    pub kept_on_paper: f64,
    /// Of the units that are not done, the share that is done later.
    pub postponed: f64,
    /// The groups of the organisation's course whose machines its staff use; together one pool.
    pub users: Vec<usize>,
    /// The groups of servers that it needs, each by itself.
    pub servers: Vec<usize>,
    /// Groups of devices that it needs, and how much of it goes where all of one are out.
    pub devices: Vec<(usize, f64)>,
    /// How much of it goes where the organisation is cut off.
    pub cut_off_weight: f64,
}

/// A service that another one needs.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Need<'a> {
    /// Its impairment hour by hour.
    pub impairment: &'a [f64],
    /// How much of the other goes where it is out.
    pub weight: f64,
}

/// How machines out of service become a share of a service out.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ResponseCurve {
    /// Up to this share of users' machines the others suffice.
    pub users_spare_share: f64,
    /// From this share of users' machines nothing goes on.
    pub users_full_share: f64,
    /// How many servers a service needs at once.
    pub servers_needed: f64,
}

impl ResponseCurve {
    /// The share of a service that is out where a share of its users' machines is: straight between the two points.
    #[must_use]
    pub fn of_users(&self, out: f64) -> f64 {
        let above = out - self.users_spare_share;
        if above <= 0.0 {
            return 0.0;
        }
        (above / (self.users_full_share - self.users_spare_share)).min(1.0)
    }

    /// The share of a service that is out where a share of its servers is: the chance that one of those needed at once is
    /// among them, each by itself.
    #[must_use]
    pub fn of_servers(&self, out: f64) -> f64 {
        1.0 - (1.0 - out.clamp(0.0, 1.0)).powf(self.servers_needed)
    }
}

/// How far a service is impaired in each hour of the clock: 0 not at all, 1 wholly.
///
/// It works where nothing that it needs fails it, each thing by itself: 1 − (1 − u)(1 − s)(1 − c), where u follows from the
/// share of its users' machines out, s from its servers, devices and the services that it needs, c from being cut off.
/// `machines` counts each group of the course.
#[must_use]
pub fn impairment(
    service: &Service,
    shares: &OutShares,
    machines: &[u32],
    needs: &[Need<'_>],
    curve: &ResponseCurve,
    clock: &Clock,
) -> Vec<f64> {
    let out = |group: usize, hour: usize| {
        shares
            .groups
            .get(group)
            .and_then(|group| group.get(hour))
            .copied()
            .unwrap_or(0.0)
    };
    let count = |group: usize| f64::from(machines.get(group).copied().unwrap_or(0));
    let users: f64 = service.users.iter().map(|group| count(*group)).sum();
    (0..clock.hours())
        .map(|hour| {
            let mut works = 1.0;
            if users > 0.0 {
                let gone = service.users.iter();
                let gone: f64 = gone.map(|group| out(*group, hour) * count(*group)).sum();
                works *= 1.0 - curve.of_users(gone / users);
            }
            for group in &service.servers {
                works *= 1.0 - curve.of_servers(out(*group, hour));
            }
            for (group, weight) in &service.devices {
                works *= 1.0 - weight * out(*group, hour);
            }
            for need in needs {
                works *= 1.0 - need.weight * need.impairment.get(hour).copied().unwrap_or(0.0);
            }
            let cut_off = shares.cut_off.get(hour).copied().unwrap_or(0.0);
            works *= 1.0 - service.cut_off_weight * cut_off;
            1.0 - works
        })
        .collect()
}
