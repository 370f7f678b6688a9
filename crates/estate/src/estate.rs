//! What the evidence supports as of one moment.

use std::collections::BTreeMap;

use ipnet::IpNet;
use jiff::Timestamp;
use wardround_evidence::{
    Address, AgentId, Claim, DeclaredService, HostName, Identifier, NetworkKind, NetworkName,
    ObservationId, OrganisationKind, OrganisationName, Reading, Role, SiteName, Statement,
};

use crate::contacts::Contacts;
use crate::description::Authority;
use crate::identity::Reconciliation;
use crate::patch::Products;
use crate::reach::Reach;
use crate::silence::Silence;
use crate::{Options, Product};

/// Index of a host in [`Estate::hosts`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct HostId(pub u32);

/// Index of a network in [`Estate::networks`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct NetworkId(pub u32);

/// Index of an organisation in [`Estate::organisations`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct OrganisationId(pub u32);

/// A statement, by reading and index.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct StatementId {
    /// Index of the reading.
    pub reading: u32,
    /// Index within it.
    pub statement: u32,
}

/// The statement that an observation is part of.
impl From<ObservationId> for StatementId {
    fn from(id: ObservationId) -> Self {
        Self {
            reading: id.reading,
            statement: id.statement,
        }
    }
}

/// What the evidence supports as of one moment: organisations, networks, hosts, and the evidence itself.
#[derive(Clone, Debug)]
pub struct Estate {
    /// The moment it speaks of.
    pub as_of: Timestamp,
    /// Whether that is the newest observation's moment.
    pub as_of_newest: bool,
    /// How it was resolved.
    pub options: Options,
    /// The evidence, in the order of paths.
    pub readings: Vec<Reading>,
    /// For each reading, whose machines it may speak for.
    pub authorities: Vec<Authority>,
    /// For each reading, when undated exports at its path were taken, where the description says so.
    pub collected: Vec<Option<Timestamp>>,
    pub(crate) silence: Silence,
    /// What the sources' words for systems mean.
    pub(crate) products: Products,
    /// The last dated sign of each agent: its undated rows are no newer.
    pub last_reports: BTreeMap<AgentId, Timestamp>,
    /// Organisations, in the order of their identifiers; the last one is nobody's.
    pub organisations: Vec<Organisation>,
    /// Networks: described ones in the order of their identifiers, then assumed ones in the order of their blocks.
    pub networks: Vec<Network>,
    /// Hosts, in the order of their first identifier.
    pub hosts: Vec<Host>,
    /// What may speak to what.
    pub reach: Reach,
    /// Which machines are known to deal with which.
    pub contacts: Contacts,
    /// Services as described.
    pub services: Vec<DeclaredService>,
    /// Claims as described.
    pub claims: Vec<Claim>,
    /// How the sources' machines became hosts.
    pub reconciliation: Reconciliation,
    /// What was assumed or contradictory, a sentence each.
    pub notes: Vec<String>,
}

/// An organisation.
#[derive(Clone, Debug)]
pub struct Organisation {
    /// Its identifier; none for the machines that no organisation claims, or where nothing is described.
    pub id: Option<OrganisationName>,
    /// The name to show.
    pub name: Option<OrganisationName>,
    /// What it is.
    pub kind: OrganisationKind,
    /// Who patches its machines.
    pub administrator: OrganisationId,
}

/// A network.
#[derive(Clone, Debug)]
pub struct Network {
    /// Its identifier in the description; none where it was assumed.
    pub id: Option<NetworkName>,
    /// The name to show, or its block where it was assumed.
    pub name: NetworkName,
    /// Whose it is.
    pub organisation: OrganisationId,
    /// Its blocks; empty for machines whose address nobody knows.
    pub blocks: Vec<IpNet>,
    /// Its routable domain, as an index into [`Reach::realms`]; none means its organisation's own.
    pub realm: Option<u32>,
    /// The site that it lies at, where the description says so: the name to show.
    pub site: Option<SiteName>,
    /// What it is for.
    pub kind: NetworkKind,
    /// Whether it was assumed for want of a description.
    pub assumed: bool,
}

impl Network {
    /// How many addresses its blocks hold.
    #[must_use]
    pub fn addresses(&self) -> f64 {
        self.blocks
            .iter()
            .map(|block| 2f64.powi(i32::from(block.max_prefix_len() - block.prefix_len())))
            .sum()
    }

    /// Whether an address lies in one of its blocks.
    pub(crate) fn holds(&self, address: Address) -> bool {
        self.blocks
            .iter()
            .any(|block| block.contains(&address.ip()))
    }
}

/// A machine.
#[derive(Clone, Debug)]
pub struct Host {
    /// Its identifiers, sorted.
    pub identifiers: Vec<Identifier>,
    /// Whose it is.
    pub organisation: OrganisationId,
    /// The networks that it was last seen in; empty when no address of it is known.
    pub networks: Vec<NetworkId>,
    /// What it runs.
    pub product: Product,
    /// What it is for, where something says so.
    pub role: Option<Role>,
    /// All that was said of it, in the order of readings.
    pub statements: Vec<StatementId>,
    /// The last moment that anything saw it.
    pub last_seen: Option<Timestamp>,
}

impl Host {
    /// Its best name: the first full one, else the first short one.
    #[must_use]
    pub fn name(&self) -> Option<&HostName> {
        self.identifiers
            .iter()
            .find_map(|identifier| match identifier {
                Identifier::FullName(name) | Identifier::ShortName(name) => Some(name),
                _ => None,
            })
    }

    /// One address of it.
    #[must_use]
    pub fn address(&self) -> Option<Address> {
        self.identifiers
            .iter()
            .find_map(|identifier| match identifier {
                Identifier::Address(address) => Some(*address),
                _ => None,
            })
    }

    /// Whether it might be a user's workstation: the default entry. Unknown roles count.
    #[must_use]
    pub fn may_be_a_workstation(&self) -> bool {
        match self.role {
            Some(role) => role == Role::Workstation,
            None => !self.product.is_server() && self.product != Product::NotWindows,
        }
    }
}

impl Estate {
    /// A host.
    #[must_use]
    pub fn host(&self, id: HostId) -> &Host {
        &self.hosts[id.0 as usize]
    }

    /// A network.
    #[must_use]
    pub fn network(&self, id: NetworkId) -> &Network {
        &self.networks[id.0 as usize]
    }

    /// An organisation.
    #[must_use]
    pub fn organisation(&self, id: OrganisationId) -> &Organisation {
        &self.organisations[id.0 as usize]
    }

    /// A statement.
    #[must_use]
    pub fn statement(&self, id: StatementId) -> &Statement {
        &self.readings[id.reading as usize].statements[id.statement as usize]
    }

    /// All hosts with their identifiers.
    pub fn hosts(&self) -> impl Iterator<Item = (HostId, &Host)> {
        (0..).map(HostId).zip(&self.hosts)
    }

    /// The hosts of each organisation that has some, in their order.
    #[must_use]
    pub fn hosts_by_organisation(&self) -> BTreeMap<OrganisationId, Vec<HostId>> {
        let mut all: BTreeMap<OrganisationId, Vec<HostId>> = BTreeMap::new();
        for (id, host) in self.hosts() {
            all.entry(host.organisation).or_default().push(id);
        }
        all
    }

    /// The hosts that a person may mean by `text`: a name, with or without its domain, or an address.
    #[must_use]
    pub fn find(&self, text: &str) -> Vec<HostId> {
        let wanted = text.trim().to_lowercase();
        let address = wanted.parse::<Address>().ok();
        self.hosts()
            .filter(|(_, host)| {
                host.identifiers.iter().any(|identifier| match identifier {
                    Identifier::FullName(name) | Identifier::ShortName(name) => {
                        name.as_key() == wanted || name.short() == wanted
                    }
                    Identifier::Address(held) => Some(*held) == address,
                    _ => false,
                })
            })
            .map(|(id, _)| id)
            .collect()
    }
}
