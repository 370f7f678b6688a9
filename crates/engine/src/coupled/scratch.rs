//! Memory that replicates use one after the other.

use crate::coupled::course::{
    Clock, Ear, Fall, Life, NetExtra, Queue, RealmExtra, Staff, Status, Talk, Timers,
};
use crate::coupled::prepare::{Prepared, Share};
use crate::keys::Key;

/// Memory for one replicate at a time, to be used again by the next. What it was used for before does not matter.
#[derive(Clone, Debug, Default)]
pub struct Scratch {
    pub(in crate::coupled) clocks: Vec<Clock>,
    pub(in crate::coupled) ears: Vec<Ear>,
    /// The thresholds of all listeners, one after the other.
    pub(in crate::coupled) falls: Vec<Fall>,
    /// Further thresholds of each listener, the least last, if hosts can become susceptible again.
    pub(in crate::coupled) again: Vec<Vec<Fall>>,
    pub(in crate::coupled) queue: Queue,
    pub(in crate::coupled) timers: Timers,
    pub(in crate::coupled) statuses: Vec<Status>,
    pub(in crate::coupled) classes: Vec<u16>,
    /// Empty where hosts have none.
    pub(in crate::coupled) lives: Vec<Life>,
    /// Empty where nobody has contacts.
    pub(in crate::coupled) talks: Vec<Talk>,
    /// Infected hosts that are switched on and off.
    pub(in crate::coupled) switched: Vec<u32>,
    /// Whether each schedule is on.
    pub(in crate::coupled) is_on: Vec<bool>,
    /// Active and switched on plain hosts by network and vector, whose class carries it; and so on.
    pub(in crate::coupled) of_network: Vec<u32>,
    /// Those whose network may be left, by organisation and vector.
    pub(in crate::coupled) of_organisation: Vec<u32>,
    /// Those whose network may be left, by group and vector.
    pub(in crate::coupled) of_group: Vec<u32>,
    /// Those whose network may be left, but not for other organisations, by group and vector.
    pub(in crate::coupled) of_group_bound: Vec<u32>,
    /// Those whose network may be left for other organisations, by realm and vector.
    pub(in crate::coupled) of_realm: Vec<u32>,
    /// Active special hosts by profile and vector.
    pub(in crate::coupled) of_special: Vec<u32>,
    /// What a special host adds now; empty until it is asked for.
    pub(in crate::coupled) shares: Vec<Option<Vec<Share>>>,
    /// What special hosts add by network and vector; empty where there are none.
    pub(in crate::coupled) net_extras: Vec<NetExtra>,
    pub(in crate::coupled) realm_extras: Vec<RealmExtra>,
    pub(in crate::coupled) staffs: Vec<Staff>,
    pub(in crate::coupled) is_isolated: Vec<bool>,
    /// Hosts that probe now, and where each stands in that list; kept if sources are wanted.
    pub(in crate::coupled) probing: Vec<u32>,
    pub(in crate::coupled) probing_at: Vec<u32>,
}

impl Scratch {
    /// Memory that nothing has been put into.
    pub fn new() -> Self {
        Self::default()
    }

    pub(in crate::coupled) fn reset(&mut self, prepared: &Prepared<'_>, root: Key, sources: bool) {
        let input = prepared.input;
        let hosts = input.hosts.len();
        let vectors = prepared.ground.vectors;
        let networks = input.networks.len() * vectors;
        let groups = prepared.ground.groups.len() * vectors;
        let realms = input.realms.len() * vectors;
        let specials = prepared.profiles.specials.len();
        refill(&mut self.clocks, prepared.clocks.count());
        refill(&mut self.statuses, hosts);
        self.classes.clear();
        self.classes.extend_from_slice(&prepared.classes);
        refill(&mut self.lives, if prepared.has_lives { hosts } else { 0 });
        let talk = prepared.contacts.from.len() > 0;
        refill(&mut self.talks, if talk { hosts } else { 0 });
        self.switched.clear();
        let hour = prepared.week.first_hour();
        let schedules = 0..input.schedules.len() as u16;
        self.is_on.clear();
        self.is_on
            .extend(schedules.map(|schedule| prepared.week.is_on(schedule, hour)));
        refill(&mut self.of_network, networks);
        refill(
            &mut self.of_organisation,
            input.organisations.len() * vectors,
        );
        refill(&mut self.of_group, groups);
        refill(&mut self.of_group_bound, groups);
        refill(&mut self.of_realm, realms);
        refill(&mut self.of_special, specials * vectors);
        refill(&mut self.shares, specials);
        refill(
            &mut self.net_extras,
            if specials > 0 { networks } else { 0 },
        );
        refill(
            &mut self.realm_extras,
            if specials > 0 { realms } else { 0 },
        );
        refill(&mut self.staffs, input.organisations.len());
        refill(&mut self.is_isolated, input.organisations.len());
        self.probing.clear();
        refill(&mut self.probing_at, if sources { hosts } else { 0 });
        self.timers.reset(input.horizon_hours);
        self.queue.reset(prepared.listeners.all.len());
        self.reset_falls(prepared, root);
    }
}

fn refill<T: Clone + Default>(numbers: &mut Vec<T>, count: usize) {
    numbers.clear();
    numbers.resize(count, T::default());
}
