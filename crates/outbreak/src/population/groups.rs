//! Among whom a machine's unknown contacts are drawn.

use super::Population;
use crate::threat::ContactKind;

/// Machines in groups.
pub(super) struct Groups {
    pub(super) of_host: Vec<u32>,
    pub(super) members: Vec<Vec<u32>>,
}

impl Population<'_> {
    /// Conversations stay inside an organisation; who may log on where is its administrator's affair.
    pub(super) fn groups(&self, along: ContactKind) -> Groups {
        let estate = self.estate;
        let hosts = estate.hosts.iter().zip(&self.members);
        let of_host: Vec<u32> = hosts
            .map(|(host, member)| match along {
                ContactKind::Conversations => host.organisation.0,
                ContactKind::LogOns => member.administrator.0,
            })
            .collect();
        let mut members = vec![Vec::new(); estate.organisations.len()];
        for (host, group) in (0u32..).zip(&of_host) {
            members[*group as usize].push(host);
        }
        Groups { of_host, members }
    }
}
