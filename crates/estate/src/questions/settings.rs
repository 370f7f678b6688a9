//! Questions that a port or a setting answers directly.

use wardround_evidence::{Fact, Method, Port, PortState, Truth};

use super::Gap;
use super::decide::{Heard, Hearing, observations};
use crate::Product;
use crate::estate::{Estate, HostId};

/// SMB version 1 on the server side: what a dialect negotiation or a configuration check saw.
pub(super) fn smb1_off(estate: &Estate, host: HostId) -> Heard {
    let mut hearing = Hearing::new(estate, host);
    for observation in observations(estate, host) {
        if let Fact::Smb1(on) = observation.2.fact {
            let (says, why) = if on {
                (Truth::Fails, "its server speaks SMB version 1")
            } else {
                (Truth::Holds, "its server does not speak SMB version 1")
            };
            hearing.hear(observation, says, why).speaks_for =
                Some(estate.options.setting_speaks_for);
        }
    }
    hearing.decide(Gap::NothingSaid)
}

/// Whether anything listens on a port, as a scanner saw it. A filtered port says nothing of the machine.
pub(super) fn not_listening(estate: &Estate, host: HostId, port: Port) -> Heard {
    let mut hearing = Hearing::new(estate, host);
    let mut filtered = None;
    for observation in observations(estate, host) {
        let Fact::Port(seen, state) = observation.2.fact else {
            continue;
        };
        if seen != port {
            continue;
        }
        let (says, why) = match state {
            // A machine's own list of what it listens on is no answer from it.
            PortState::Open if observation.2.method == Method::Inventoried => {
                (Truth::Fails, format!("it listens on {port}"))
            }
            PortState::Open => (Truth::Fails, format!("{port} answered")),
            PortState::Closed => (Truth::Holds, format!("{port} was closed")),
            PortState::Filtered | PortState::OpenOrFiltered => {
                let scan = observation.0.reading;
                let at_host = estate.answered_beside(host, scan, port);
                filtered = filtered.max(Some(at_host));
                continue;
            }
        };
        hearing.hear(observation, says, why).speaks_for = Some(estate.options.setting_speaks_for);
    }
    let unknown_system = estate.host(host).product == Product::Unknown;
    hearing.decide(match (filtered, unknown_system) {
        (Some(true), _) => Gap::FilteredAtHost,
        (Some(false), _) => Gap::Filtered,
        (None, true) => Gap::SystemUnknown,
        (None, false) => Gap::NothingSaid,
    })
}
