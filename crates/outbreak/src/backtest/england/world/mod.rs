//! One draw of England in May 2017: the bodies, a value for each parameter and a what-if become the engine's input.

mod classes;
mod internet;
mod maker;

use wardround_engine::Input;

use super::bodies::Body;
use crate::backtest::Parameters;
use crate::draws::{Decides, key};
use maker::Maker;

pub(super) use classes::schedules;
pub(in crate::backtest) use internet::{INTERNET_ADDRESSES, InternetCourse};

/// The moments of 12 May 2017, in hours after the first activity at 07:24 UTC (Financial Times, by ABC News).
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Clock;

impl Clock {
    /// 08:24 British summer time on a Friday, as an hour of the week.
    pub const START_HOUR_OF_WEEK: f64 = 4.0 * 24.0 + 8.4;
    /// NHS England declares a major incident at 15:00 UTC (Public Accounts Committee, HC 787).
    pub const ALERT_HOURS: f64 = 7.6;
    /// The kill switch is registered at 15:08 UTC (Wired, taken as UTC: a stamp to the second is a registry's).
    pub const KILL_SWITCH_HOURS: f64 = 7.0 + 44.0 / 60.0;
    /// Outbreaks are followed until Monday morning.
    pub const HORIZON_HOURS: f64 = 72.0;

    /// Hours after the first activity of an hour of that Friday in British summer time.
    #[must_use]
    pub fn of_bst(hour: f64) -> f64 {
        hour - 8.4
    }
}

/// By which way it came in: what the data do not settle.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum WayIn {
    /// From the internet into each body; nothing passes between bodies.
    Internet,
    /// From the internet into bodies, and over the national network.
    Both,
    /// Over the national network, into which a partner brought it.
    National,
}

impl Parameters {
    /// The way in.
    #[must_use]
    pub fn way(&self) -> WayIn {
        match self.way_in {
            at if at < 1.0 / 3.0 => WayIn::Internet,
            at if at > 2.0 / 3.0 => WayIn::National,
            _ => WayIn::Both,
        }
    }
}

/// What is otherwise than it was.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct WhatIf {
    /// When the kill switch is live, in hours; none: never.
    pub kill_switch_hours: Option<f64>,
    /// The share of machines without the update that still lack it.
    pub still_lacks_update: f64,
    /// In each draw this share of all machines has the update on the average, if fewer have it in that draw.
    pub patched_share: Option<f64>,
    /// Whether the port is denied between bodies.
    pub denied_between: bool,
    /// Whether no body lets the internet reach a machine on the port.
    pub internet_closed: bool,
    /// How long acting takes, in proportion.
    pub acting: f64,
    /// Whether chance falls anew where nothing else is otherwise: what of a change is chance.
    pub anew: bool,
}

impl Default for WhatIf {
    fn default() -> Self {
        Self {
            kill_switch_hours: Some(Clock::KILL_SWITCH_HOURS),
            still_lacks_update: 1.0,
            patched_share: None,
            denied_between: false,
            internet_closed: false,
            acting: 1.0,
            anew: false,
        }
    }
}

impl WhatIf {
    /// The seed of a draw's outbreak.
    pub(super) fn seed_of_outbreak(&self, seed: u64, draw: u64) -> u64 {
        if self.anew {
            key(seed, draw, Decides::Backtest, &[7])
        } else {
            seed
        }
    }

    /// Whether what comes of it follows from what one end of what the data do not settle is: it closes the only way in there, or
    /// does no more than to close one that is not used there.
    #[must_use]
    pub fn follows_from(&self, end: WayIn) -> bool {
        let (closes, is_idle) = match end {
            WayIn::Internet => (self.internet_closed, self.denied_between),
            WayIn::National => (self.denied_between, self.internet_closed),
            WayIn::Both => (self.denied_between && self.internet_closed, false),
        };
        let borders_apart = Self {
            denied_between: false,
            internet_closed: false,
            ..*self
        };
        closes || is_idle && borders_apart == Self::default()
    }

    /// The share of machines without the update that still lack it in a draw.
    pub(super) fn still_lacks_update_in(&self, parameters: &Parameters) -> f64 {
        let patched = self.patched_share.map_or(1.0, |patched| {
            ((1.0 - patched) / parameters.lacks_update_mean).min(1.0)
        });
        self.still_lacks_update * patched
    }
}

/// Shares of systems. Windows XP: NHS Digital, May 2017. Windows 7: above the 76 % of June 2019. Servers: assumed.
pub(super) const SEVEN: f64 = 0.86;
pub(super) const SERVER_2008: f64 = 0.04;
pub(super) const XP: f64 = 0.047;

/// One draw, ready for the engine.
pub(super) struct World {
    pub(super) input: Input,
    /// The body of each engine organisation is the one at its position; the partner is the last, where there is one.
    /// The practice of each network: its number among all of its body's, from 1; 0: the body's own.
    pub(super) practice_of_network: Vec<u16>,
    /// How many machines each network has, with those that nothing can happen to.
    pub(super) machines_of_network: Vec<u32>,
    /// Of each network's machines that are open to the worm, those that are never on in these days.
    pub(super) never_on_of_network: Vec<u32>,
    /// Of each body's machines, the share that lacks the update under the what-if.
    pub(super) lacks_update: Vec<f64>,
    /// Whether a class is of servers.
    pub(super) is_server: Vec<bool>,
    /// The people of each body.
    pub(super) people: Vec<People>,
}

/// What the people of one body do.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct People {
    /// Machines with a ransom note until they notice.
    pub(super) notices_after: u32,
    /// When they cut it off as a precaution, if they would.
    pub(super) precaution_hours: Option<f64>,
    /// Hours from noticing to reporting.
    pub(super) report_delay: f64,
    /// Whether they cut it off when they act.
    pub(super) isolates: bool,
    /// Whether they switch everything off when they act.
    pub(super) shuts_down: bool,
}

/// The most trusts that could be infected in a draw, told without sampling it: those that something outside them reaches.
pub(super) fn trusts_within_reach(
    bodies: &[Body],
    parameters: &Parameters,
    what_if: &WhatIf,
    seed: u64,
    draw: u64,
) -> u32 {
    let maker = Maker::new(bodies, parameters, what_if, None, seed, draw);
    let trusts = (0u64..).zip(bodies).filter(|(number, body)| {
        let borders = maker.borders(body);
        body.kind.is_trust()
            && (borders.enters
                || borders.is_facing && !maker.exposed(*number, &maker.habits(body)).is_empty())
    });
    trusts.count() as u32
}

/// One draw under a what-if, with a national alert at an hour, if there is one.
pub(super) fn world(
    bodies: &[Body],
    parameters: &Parameters,
    what_if: &WhatIf,
    alert_hours: Option<f64>,
    seed: u64,
    draw: u64,
) -> World {
    Maker::new(bodies, parameters, what_if, alert_hours, seed, draw).make()
}

#[cfg(test)]
mod tests {
    use super::{WayIn, WhatIf};

    #[test]
    fn closing_the_only_way_in_or_an_unused_one_says_nothing_that_the_end_does_not() {
        let denied = WhatIf {
            denied_between: true,
            ..WhatIf::default()
        };
        let closed = WhatIf {
            internet_closed: true,
            ..WhatIf::default()
        };
        let patched = WhatIf {
            still_lacks_update: 0.1,
            ..WhatIf::default()
        };
        for end in [WayIn::Internet, WayIn::National] {
            assert!(
                denied.follows_from(end) && closed.follows_from(end),
                "{end:?}"
            );
            assert!(!patched.follows_from(end), "{end:?}");
        }
        assert!(!denied.follows_from(WayIn::Both));
        let both = WhatIf {
            denied_between: true,
            ..patched
        };
        assert!(!both.follows_from(WayIn::Internet) && both.follows_from(WayIn::National));
    }
}
