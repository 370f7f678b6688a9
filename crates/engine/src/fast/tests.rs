//! The least that can be sampled.

use crate::{Delay, Entries, Input};

/// No hosts at all.
pub(crate) fn nothing() -> Input {
    Input {
        realms: Vec::new(),
        organisations: Vec::new(),
        networks: Vec::new(),
        links: Vec::new(),
        vectors: 1,
        classes: Vec::new(),
        schedules: Vec::new(),
        hosts: Vec::new(),
        further: Vec::new(),
        contacts: Vec::new(),
        streams: Vec::new(),
        latency: Delay::Fixed(0.0),
        dormancy: None,
        removal_mean_hours: None,
        payload: None,
        kill_switch: None,
        outside: None,
        start_hour_of_week: 0.0,
        entries: Entries::Nobody,
        horizon_hours: 24.0,
    }
}
