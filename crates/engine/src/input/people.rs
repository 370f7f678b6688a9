//! Who responds, when, and with how many hands.

use crate::Delay;

/// Whose networks and hosts they are.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Organisation {
    /// What it does once it has noticed. `None`: nothing.
    pub response: Option<Response>,
}

/// What an organisation does once it has noticed.
///
/// It *acts* at the earlier of two moments: when so many of its own hosts have been infected, or disabled, and then a delay has
/// passed; and a fixed hour, whatever it has seen. At one moment organisations act before anything else: who acts at hour
/// 0 has acted before the entries, and a host that is switched on as its organisation isolates itself is not answered.
#[derive(Clone, Debug, PartialEq)]
pub struct Response {
    /// How many infections of its hosts it takes to notice, entries and repeats included. `None`: it notices nothing.
    pub after_infections: Option<u32>,
    /// Whether it counts hosts that the payload disabled instead of infections: a ransom note is seen, an infection is not.
    /// Without a payload it then notices nothing.
    pub counts_disabled: bool,
    /// Hours from noticing to acting.
    pub delay: Delay,
    /// The hour at which it acts even if it has noticed nothing (a warning came). `None`: never.
    pub at_hours: Option<f64>,
    /// Whether it then isolates itself: from that moment nothing crosses its border in either direction, neither probes
    /// nor contacts nor pressure from outside nor look-ups of the kill switch's name. A host without a network is outside
    /// all borders; one with networks of two organisations goes on bridging them.
    pub isolates: bool,
    /// How many of its hosts staff patch per hour once it acts, while they work: a Poisson process, each time one drawn
    /// evenly from its susceptible hosts that are on and have something to patch. 0 to
    /// [`Input::MAX_PER_HOUR`](crate::Input::MAX_PER_HOUR).
    pub patches_per_hour: f64,
    /// How many of its hosts staff rebuild per hour once it acts, while they work: a Poisson process, each time one
    /// drawn evenly from its hosts that are active, dormant or disabled. A rebuilt host is in service and never infected
    /// again. 0 to [`Input::MAX_PER_HOUR`](crate::Input::MAX_PER_HOUR).
    pub rebuilds_per_hour: f64,
    /// When staff work, by position in [`Input::schedules`](crate::Input::schedules). `None`: always.
    pub staff_schedule: Option<u16>,
}
