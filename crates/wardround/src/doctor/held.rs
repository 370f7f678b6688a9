//! Which machines each kind of export already speaks of.

use std::collections::BTreeMap;

use jiff::Timestamp;
use wardround_estate::{Estate, HostId, OrganisationId};
use wardround_evidence::SourceExtent;

use super::export::Export;

/// The exports that an estate holds.
pub(super) struct Held {
    /// For each machine, the exports that speak of it, by bit.
    of_host: Vec<u16>,
    of_organisation: BTreeMap<(OrganisationId, Export), Holding>,
}

/// How an organisation's machines are covered by one kind of export.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Holding {
    /// Machines that it speaks of.
    pub(super) machines: usize,
    /// The newest word in it.
    pub(super) newest: Option<Timestamp>,
    /// Whether a file of it is cut short.
    pub(super) is_cut: bool,
}

impl Held {
    pub(super) fn of(estate: &Estate) -> Self {
        let mut held = Self {
            of_host: vec![0; estate.hosts.len()],
            of_organisation: BTreeMap::new(),
        };
        for (id, host) in estate.hosts() {
            let mut covered = 0;
            for statement_id in &host.statements {
                let reading = &estate.readings[statement_id.reading as usize];
                let statement = estate.statement(*statement_id);
                for (bit, export) in Export::ALL.into_iter().enumerate() {
                    if !export.is_in(reading, statement) {
                        continue;
                    }
                    let holding = held
                        .of_organisation
                        .entry((host.organisation, export))
                        .or_default();
                    holding.machines += usize::from(covered >> bit & 1 == 0);
                    holding.newest = holding.newest.max(estate.moment(*statement_id));
                    holding.is_cut |= reading.source.extent != SourceExtent::Whole;
                    covered |= 1u16 << bit;
                }
            }
            held.of_host[id.0 as usize] = covered;
        }
        held
    }

    /// Whether an export speaks of a machine.
    pub(super) fn covers(&self, host: HostId, export: Export) -> bool {
        let bit = Export::ALL.iter().position(|other| *other == export);
        bit.is_some_and(|bit| self.of_host[host.0 as usize] >> bit & 1 == 1)
    }

    /// How an organisation holds an export; none where it does not.
    pub(super) fn by(&self, organisation: OrganisationId, export: Export) -> Option<&Holding> {
        self.of_organisation.get(&(organisation, export))
    }

    /// Whether any organisation but this one holds an export.
    pub(super) fn elsewhere(&self, organisation: OrganisationId, export: Export) -> bool {
        self.of_organisation
            .keys()
            .any(|(other, held)| *held == export && *other != organisation)
    }

    /// Of exports that would do, best first, the one to get. What lies in a console comes before what a machine must be asked,
    /// and that before a scan; then what the organisation already gives for other machines. What speaks of this machine
    /// already, or cannot come to know it, comes last.
    pub(super) fn choice(
        &self,
        organisation: OrganisationId,
        host: HostId,
        cures: &[Export],
    ) -> Export {
        let rank = |export: &Export| {
            (
                self.covers(host, *export) || !self.may_know(organisation, host, *export),
                export.touches(),
                self.by(organisation, *export).is_none(),
            )
        };
        cures
            .iter()
            .copied()
            .min_by_key(rank)
            .unwrap_or(Export::Again)
    }

    /// Whether a tool may have more to say of a machine than is held. Microsoft Defender tells of the devices that it knows:
    /// where its devices are held and this is none of them, it knows nothing of it; and nobody knows whether an organisation
    /// that gives none of its exports has it.
    fn may_know(&self, organisation: OrganisationId, host: HostId, export: Export) -> bool {
        if !export.is_defenders() {
            return true;
        }
        let exports = || {
            Export::ALL
                .into_iter()
                .filter(|export| export.is_defenders())
        };
        exports().any(|export| self.covers(host, export))
            || exports().any(|export| self.by(organisation, export).is_some())
                && self.by(organisation, Export::DefenderDevices).is_none()
    }
}
