//! Where nothing may be tried before those who answer for medical devices agree.

use std::collections::BTreeSet;

use wardround_estate::{Estate, HostId, NetworkId, Product};
use wardround_evidence::{NetworkKind, Role};

use super::export::{Export, Touches};

/// The words that no advice on such a network is without.
pub(super) const AGREE_FIRST: &str = "agree with clinical engineering first";

/// The networks with medical devices or machines that nobody knows.
pub(super) struct Delicate {
    networks: BTreeSet<NetworkId>,
}

impl Delicate {
    pub(super) fn of(estate: &Estate) -> Self {
        let by_kind = (0..)
            .map(NetworkId)
            .zip(&estate.networks)
            .filter(|(_, network)| {
                network.assumed
                    || matches!(network.kind, NetworkKind::Clinical | NetworkKind::Other)
            });
        let mut networks: BTreeSet<NetworkId> = by_kind.map(|(id, _)| id).collect();
        for host in &estate.hosts {
            if host.role == Some(Role::Clinical) || host.product == Product::Unknown {
                networks.extend(&host.networks);
            }
        }
        Self { networks }
    }

    /// Whether getting an export of a machine needs agreement: its network is delicate, or nobody knows where it is.
    pub(super) fn needs_agreement(&self, estate: &Estate, host: HostId, export: Export) -> bool {
        if export.touches() == Touches::Nothing {
            return false;
        }
        let host = estate.host(host);
        host.networks.is_empty()
            || host.role == Some(Role::Clinical)
            || host
                .networks
                .iter()
                .any(|network| self.networks.contains(network))
    }
}

/// What to get, in words, with who must agree first where that is needed. Every advice that touches machines or a network is
/// made here or in [`alternative`].
pub(super) fn advice(export: Export, needs_agreement: bool) -> String {
    let words = export.words();
    if !needs_agreement {
        return words.to_owned();
    }
    let what = match export.touches() {
        Touches::Nothing => return words.to_owned(),
        Touches::Machines => "some of these may be medical devices or are unknown",
        Touches::Network => "there are medical devices or unknown machines in these networks",
    };
    format!("{words}; {what}: {AGREE_FIRST}")
}

/// One of several exports that would do, in few words.
pub(super) fn alternative(export: Export, needs_agreement: bool) -> String {
    let words = export.short();
    if needs_agreement && export.touches() != Touches::Nothing {
        format!("{words} ({AGREE_FIRST})")
    } else {
        words.to_owned()
    }
}
