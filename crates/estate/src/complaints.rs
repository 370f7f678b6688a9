//! Who is complained of: sources that list what is missing, and say nothing of what is in order.

use std::collections::BTreeSet;
use std::sync::OnceLock;

use wardround_evidence::{Fact, FlawState, Identifier, Method};

use crate::estate::{Estate, HostId, OrganisationId};

/// The families of source whose agents list missing updates or flaws, each with an organisation of whose machines they do.
#[derive(Clone, Debug, Default)]
pub(crate) struct Complaints {
    known: OnceLock<BTreeSet<(&'static str, OrganisationId)>>,
}

impl Estate {
    /// Whether an agent reports on a machine to a source that lists what other machines of its organisation lack. That
    /// such a source lists nothing of this machine settles nothing, for no export is known to be whole; but it makes it
    /// likely that nothing is missing.
    pub(crate) fn is_spared_complaints(&self, host: HostId) -> bool {
        let complaints = self.complaints.known.get_or_init(|| self.find_complaints());
        let machine = self.host(host);
        machine.statements.iter().any(|id| {
            let family = self.readings[id.reading as usize].source.family;
            complaints.contains(&(family, machine.organisation))
                && self
                    .statement(*id)
                    .subject
                    .iter()
                    .any(|identifier| matches!(identifier, Identifier::Agent(_)))
        })
    }

    fn find_complaints(&self) -> BTreeSet<(&'static str, OrganisationId)> {
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
                    let family = self.readings[id.reading as usize].source.family;
                    found.insert((family, host.organisation));
                }
            }
        }
        found
    }
}
