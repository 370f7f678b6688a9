//! Questions that a port or a setting answers directly.

use wardround_evidence::{Fact, FlawState, Method, Port, PortState, Truth};

use super::Gap;
use super::decide::{Heard, Hearing, Observation, observations};
use crate::estate::{Estate, HostId};
use crate::{Catalogue, Product};

/// SMB version 1 on the server side: what a dialect negotiation or a configuration check saw. The flaws of MS17-010 are flaws of
/// it: a test over the network that found one spoke it.
pub(super) fn smb1_off(estate: &Estate, host: HostId) -> Heard {
    let mut hearing = Hearing::new(estate, host);
    for observation in observations(estate, host) {
        let (says, why) = match observation.2.fact {
            Fact::Smb1(true) => (Truth::Fails, "its server speaks SMB version 1"),
            Fact::Smb1(false) => (Truth::Holds, "its server does not speak SMB version 1"),
            Fact::Flaw(cve, FlawState::Present)
                if Catalogue::is_ms17_010(cve) && observation.2.method == Method::Tested =>
            {
                (
                    Truth::Fails,
                    "the flaw of MS17-010 was found, over SMB version 1",
                )
            }
            _ => continue,
        };
        hearing.hear(observation, says, why).speaks_for = Some(estate.options.setting_speaks_for);
    }
    hearing.decide(Gap::NothingSaid)
}

/// Whether others get an answer on a port. A filtered port says nothing of the machine; and that it listens, by its own
/// account, settles nothing while its own firewall may stand between, unless that is known to be off.
pub(super) fn not_listening(estate: &Estate, host: HostId, port: Port) -> Heard {
    let mut hearing = Hearing::new(estate, host);
    let filtered = filtered(estate, host, port);
    let behind = match filtered {
        _ if firewall_is_off(&hearing, estate, host) => None,
        Some(true) => Some(Gap::FilteredAtHost),
        _ => Some(Gap::OwnFirewall),
    };
    for (observation, state) in on_port(estate, host, port) {
        let (says, why, lacks) = match state {
            // A machine's own list of what it listens on is no answer from it.
            PortState::Open if observation.2.method == Method::Inventoried => {
                (Truth::Fails, format!("it listens on {port}"), behind)
            }
            PortState::Open => (Truth::Fails, format!("{port} answered"), None),
            PortState::Closed => (Truth::Holds, format!("{port} was closed"), None),
            PortState::Filtered | PortState::OpenOrFiltered => continue,
        };
        let voice = hearing.hear(observation, says, why);
        voice.speaks_for = Some(estate.options.setting_speaks_for);
        voice.lacks = lacks;
        voice.unsettles = lacks;
    }
    let unknown_system = estate.host(host).product == Product::Unknown;
    hearing.decide(match (filtered, unknown_system) {
        (Some(true), _) => Gap::FilteredAtHost,
        (Some(false), _) => Gap::Filtered,
        (None, true) => Gap::SystemUnknown,
        (None, false) => Gap::NothingSaid,
    })
}

/// What was seen of one port.
fn on_port(
    estate: &Estate,
    host: HostId,
    port: Port,
) -> impl Iterator<Item = (Observation<'_>, PortState)> {
    observations(estate, host).filter_map(move |observation| match observation.2.fact {
        Fact::Port(seen, state) if seen == port => Some((observation, state)),
        _ => None,
    })
}

/// Whether a filter answered for a port; and if so, whether others of its network answered the same scan.
fn filtered(estate: &Estate, host: HostId, port: Port) -> Option<bool> {
    on_port(estate, host, port)
        .filter(|(_, state)| matches!(state, PortState::Filtered | PortState::OpenOrFiltered))
        .map(|((id, _, _), _)| estate.answered_beside(host, id.reading, port))
        .max()
}

/// Whether the word on the machine's own firewall is that it is off: of those that still speak the newest, where one was
/// seen rather than guessed or written down.
fn firewall_is_off(hearing: &Hearing<'_>, estate: &Estate, host: HostId) -> bool {
    let speaks_for = Some(estate.options.setting_speaks_for);
    let words =
        observations(estate, host).filter_map(|(_, moment, observed)| match observed.fact {
            Fact::HostFirewall(on) if !hearing.has_lapsed(moment, speaks_for) => {
                Some((observed.method.is_direct(), moment, on))
            }
            _ => None,
        });
    // Of two of one moment, that it is on counts: then nothing is settled.
    words.max().is_some_and(|(_, _, on)| !on)
}

/// Whether an endpoint agent reports that stops what it sees.
pub(super) fn agent_blocks(estate: &Estate, host: HostId) -> Heard {
    let mut hearing = Hearing::new(estate, host);
    for observation in observations(estate, host) {
        if let Fact::AgentBlocks(blocks) = observation.2.fact {
            let (says, why, speaks_for) = if blocks {
                let speaks_for = estate.options.agent_speaks_for;
                (Truth::Holds, "its agent stops what it sees", speaks_for)
            } else {
                let speaks_for = estate.options.setting_speaks_for;
                (
                    Truth::Fails,
                    "its agent does not stop what it sees",
                    speaks_for,
                )
            };
            hearing.hear(observation, says, why).speaks_for = Some(speaks_for);
        }
    }
    hearing.decide(Gap::NoAgent)
}
