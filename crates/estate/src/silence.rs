//! What silence goes together with: sources that list only what is missing, scans that a neighbour answered.
//!
//! Neither settles anything. Both tell what the silence most likely means, where it must be drawn.

use std::borrow::Cow;
use std::collections::BTreeSet;
use std::sync::OnceLock;

use wardround_evidence::{Fact, FlawState, Identifier, Method, Port, PortState};

use crate::estate::{Estate, HostId, NetworkId, OrganisationId};

/// What is found out once for all machines, when first asked for.
#[derive(Clone, Debug, Default)]
pub(crate) struct Silence {
    /// The families of source whose agents list missing updates or flaws, with organisations of whose machines they do.
    complaints: OnceLock<BTreeSet<(Cow<'static, str>, OrganisationId)>>,
    /// Scans (by reading), with networks in which some machine answered on a port.
    answers: OnceLock<BTreeSet<(u32, NetworkId, Port)>>,
}

impl Estate {
    /// Whether an agent reports on a machine to a source that lists what other machines of its organisation lack. That
    /// such a source lists nothing of this machine settles nothing, for no export is known to be whole; but it makes it
    /// likely that nothing is missing.
    pub(crate) fn is_spared_complaints(&self, host: HostId) -> bool {
        let complaints = self
            .silence
            .complaints
            .get_or_init(|| self.find_complaints());
        let machine = self.host(host);
        machine.statements.iter().any(|id| {
            let family = self.readings[id.reading as usize].source.family.clone();
            complaints.contains(&(family, machine.organisation))
                && self
                    .statement(*id)
                    .subject
                    .iter()
                    .any(|identifier| matches!(identifier, Identifier::Agent(_)))
        })
    }

    fn find_complaints(&self) -> BTreeSet<(Cow<'static, str>, OrganisationId)> {
        let mut found = BTreeSet::new();
        for host in &self.hosts {
            for id in &host.statements {
                let complains = self.statement(*id).observed.iter().any(|observed| {
                    observed.method == Method::Inventoried
                        && matches!(
                            observed.fact,
                            Fact::UpdateMissing(_) | Fact::Flaw(_, FlawState::Present)
                        )
                });
                if complains {
                    let family = self.readings[id.reading as usize].source.family.clone();
                    found.insert((family, host.organisation));
                }
            }
        }
        found
    }

    /// Whether another machine in one of this machine's networks answered on a port in the same scan.
    pub(crate) fn answered_beside(&self, host: HostId, scan: u32, port: Port) -> bool {
        let answers = self.silence.answers.get_or_init(|| self.find_answers());
        let networks = &self.host(host).networks;
        networks
            .iter()
            .any(|network| answers.contains(&(scan, *network, port)))
    }

    fn find_answers(&self) -> BTreeSet<(u32, NetworkId, Port)> {
        let mut found = BTreeSet::new();
        for host in &self.hosts {
            for id in &host.statements {
                for observed in &self.statement(*id).observed {
                    if let Fact::Port(port, PortState::Open) = observed.fact {
                        found.extend(
                            host.networks
                                .iter()
                                .map(|network| (id.reading, *network, port)),
                        );
                    }
                }
            }
        }
        found
    }
}
