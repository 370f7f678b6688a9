//! Whose machines names and sources speak of, as far as the description says.

use std::collections::BTreeMap;

use wardround_evidence::{HostName, Identifier};

use crate::description::{Authority, Description};
use crate::estate::{Organisation, OrganisationId};

/// Organisations by domain, and by reading where it speaks for just one.
pub(crate) struct Owners {
    of_reading: Vec<Option<OrganisationId>>,
    domains: BTreeMap<String, OrganisationId>,
}

impl Owners {
    pub(crate) fn new(
        description: &Description,
        organisations: &[Organisation],
        authorities: &[Authority],
    ) -> Self {
        let ids: BTreeMap<&str, OrganisationId> = (0..)
            .map(OrganisationId)
            .zip(organisations)
            .filter_map(|(id, organisation)| Some((organisation.id.as_ref()?.as_key(), id)))
            .collect();
        let domains = description
            .domains()
            .into_iter()
            .filter(|(_, owners)| owners.len() == 1)
            .filter_map(|(domain, owners)| Some((domain, *ids.get(owners.first()?.as_key())?)))
            .collect();
        let of_reading = authorities
            .iter()
            .map(|authority| ids.get(authority.sole()?.as_key()).copied())
            .collect();
        Self {
            of_reading,
            domains,
        }
    }

    /// The one organisation that a reading speaks for.
    pub(crate) fn of_reading(&self, reading: u32) -> Option<OrganisationId> {
        self.of_reading[reading as usize]
    }

    /// The organisation whose domain a name ends in, the longest match first.
    pub(crate) fn by_domain(&self, name: &HostName) -> Option<OrganisationId> {
        if self.domains.is_empty() {
            return None;
        }
        let domain = name.domain()?;
        let mut rest = domain.as_str();
        loop {
            if let Some(owner) = self.domains.get(rest) {
                return Some(*owner);
            }
            rest = rest.split_once('.')?.1;
        }
    }

    /// The organisations that a statement's machine may belong to: its reading's, or else those of its names.
    pub(crate) fn of(
        &self,
        reading: u32,
        subject: &[Identifier],
    ) -> impl Iterator<Item = OrganisationId> {
        let of_reading = self.of_reading(reading);
        let named = if of_reading.is_some() { &[] } else { subject };
        let of_names = named.iter().filter_map(|identifier| match identifier {
            Identifier::FullName(name) => self.by_domain(name),
            _ => None,
        });
        of_reading.into_iter().chain(of_names)
    }
}
