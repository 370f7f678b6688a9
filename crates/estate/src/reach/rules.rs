//! Rules by enforcement point: allowed, denied or unknown.

use std::collections::{BTreeMap, BTreeSet};

use wardround_evidence::{
    Direction, Fact, Identifier, LinkEnd, NetworkName, OrganisationName, Port, PortState, Reading,
    RuleState,
};

use crate::description::Description;
use crate::estate::{Host, Network, NetworkId, Organisation, OrganisationId, StatementId};

/// Whether traffic passes a point.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Passage {
    /// It does.
    Allowed,
    /// It does not.
    Denied,
    /// Nothing says.
    Unknown,
}

impl From<RuleState> for Passage {
    fn from(state: RuleState) -> Self {
        match state {
            RuleState::Allowed => Self::Allowed,
            RuleState::Denied => Self::Denied,
            RuleState::Unknown => Self::Unknown,
        }
    }
}

/// All that is known of reach, for any port.
#[derive(Clone, Debug)]
pub struct Reach {
    /// The routable domains, sorted; networks point into them.
    pub realms: Vec<String>,
    borders: BTreeMap<(OrganisationId, Option<u32>, Direction, Port), Passage>,
    boundaries: BTreeMap<(NetworkId, Direction, Port), Passage>,
    links: BTreeMap<(NetworkId, NetworkId, Port), Passage>,
    seen: BTreeSet<(NetworkId, NetworkId, Port)>,
    notes: Vec<String>,
}

/// Reach on one port.
#[derive(Clone, Debug)]
pub struct PortReach {
    /// The port.
    pub port: Port,
    /// For each network, what its enforcement points do.
    pub networks: Vec<Rules>,
    /// Exceptions, and pairs that a scan or a conversation proved.
    pub links: Vec<Link>,
}

/// What the enforcement points around one network do on one port.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rules {
    /// Out of the network.
    pub leaves: Passage,
    /// Into the network.
    pub enters: Passage,
    /// Out of its organisation, towards its realm.
    pub leaves_organisation: Passage,
    /// Into its organisation, from its realm.
    pub enters_organisation: Passage,
}

/// A directed pair of networks between which traffic passes whatever the points around them do.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Link {
    /// Where conversations start.
    pub from: NetworkId,
    /// Where they are answered.
    pub to: NetworkId,
    /// Whether it was seen for one pair of machines, declared or not.
    pub seen: bool,
}

impl Reach {
    pub(crate) fn new(
        description: &Description,
        organisations: &[Organisation],
        networks: &[Network],
        realms: Vec<String>,
        hosts: &[Host],
        readings: &[Reading],
        covers: &dyn Fn(StatementId) -> bool,
    ) -> Self {
        let organisation_ids: BTreeMap<&OrganisationName, OrganisationId> = organisations
            .iter()
            .zip((0..).map(OrganisationId))
            .filter_map(|(organisation, id)| Some((organisation.id.as_ref()?, id)))
            .collect();
        let network_ids: BTreeMap<&NetworkName, NetworkId> = description
            .networks
            .keys()
            .zip((0..).map(NetworkId))
            .collect();
        let mut reach = Self {
            realms,
            borders: BTreeMap::new(),
            boundaries: BTreeMap::new(),
            links: BTreeMap::new(),
            seen: BTreeSet::new(),
            notes: Vec::new(),
        };
        let mut contradictions = 0;
        let mut strays = Strays::default();
        for row in &description.borders {
            let Some(organisation) = organisation_ids.get(&row.organisation) else {
                continue;
            };
            let realm = match &row.realm {
                None => None,
                Some(realm) => match reach.realms.binary_search(realm) {
                    Ok(index) => u32::try_from(index).ok(),
                    Err(_) => {
                        strays.realms += 1;
                        continue;
                    }
                },
            };
            let key = (*organisation, realm, row.direction, row.port);
            contradictions += u32::from(set(&mut reach.borders, key, row.state.into()));
        }
        for row in &description.boundaries {
            let Some(network) = network_ids.get(&row.network) else {
                continue;
            };
            let key = (*network, row.direction, row.port);
            contradictions += u32::from(set(&mut reach.boundaries, key, row.state.into()));
        }
        let mut by_organisation: BTreeMap<OrganisationId, Vec<NetworkId>> = BTreeMap::new();
        for (id, network) in (0..).map(NetworkId).zip(networks) {
            by_organisation
                .entry(network.organisation)
                .or_default()
                .push(id);
        }
        let ends = |end: &LinkEnd| -> Option<Vec<NetworkId>> {
            let LinkEnd::Named(name) = end;
            if let Some(network) = network_ids.get(name) {
                return Some(vec![*network]);
            }
            let organisation = organisation_ids.get(&OrganisationName::new(name.as_key()))?;
            Some(
                by_organisation
                    .get(organisation)
                    .cloned()
                    .unwrap_or_default(),
            )
        };
        for row in &description.links {
            let (Some(from), Some(to)) = (ends(&row.from), ends(&row.to)) else {
                strays.ends += 1;
                continue;
            };
            strays.denied += u32::from(row.state == RuleState::Denied);
            let mut contradicts = false;
            for from in from {
                for to in &to {
                    contradicts |= set(&mut reach.links, (from, *to, row.port), row.state.into());
                }
            }
            contradictions += u32::from(contradicts);
        }
        if contradictions > 0 {
            reach.notes.push(format!(
                "{contradictions} rules of the description contradict another one for the same point; these points are taken as unknown."
            ));
        }
        reach.notes.extend(strays.notes());
        reach.add_seen(description, &network_ids, networks, hosts, readings, covers);
        reach
    }

    /// A port that answered a scanner standing in a known network proves that pair of networks, as long as `covers` says
    /// that the scan goes on speaking.
    fn add_seen(
        &mut self,
        description: &Description,
        network_ids: &BTreeMap<&NetworkName, NetworkId>,
        networks: &[Network],
        hosts: &[Host],
        readings: &[Reading],
        covers: &dyn Fn(StatementId) -> bool,
    ) {
        let vantages: Vec<Option<NetworkId>> = readings
            .iter()
            .map(|reading| description.vantage(&reading.source.path))
            .map(|network| network.and_then(|network| network_ids.get(network).copied()))
            .collect();
        if vantages.iter().all(Option::is_none) {
            return;
        }
        for host in hosts {
            for id in &host.statements {
                let Some(from) = vantages[id.reading as usize] else {
                    continue;
                };
                if !covers(*id) {
                    continue;
                }
                let statement = &readings[id.reading as usize].statements[id.statement as usize];
                let was_scanned = |to: &NetworkId| {
                    let network = &networks[to.0 as usize];
                    statement.subject.iter().any(|identifier| match identifier {
                        Identifier::Address(address) => network.holds(*address),
                        _ => false,
                    })
                };
                for observed in &statement.observed {
                    if let Fact::Port(port, PortState::Open) = observed.fact {
                        let to = host
                            .networks
                            .iter()
                            .filter(|to| **to != from && was_scanned(to));
                        self.seen.extend(to.map(|to| (from, *to, port)));
                    }
                }
            }
        }
    }

    /// Pairs of networks that a conversation crossed.
    pub(crate) fn see(&mut self, crossed: &BTreeSet<(NetworkId, NetworkId, Port)>) {
        self.seen.extend(crossed);
    }

    /// Sentences about contradictions and loose ends in the description.
    #[must_use]
    pub fn notes(&self) -> &[String] {
        &self.notes
    }

    /// Reach on one port.
    #[must_use]
    pub fn on(&self, port: Port, networks: &[Network]) -> PortReach {
        let rules = (0..)
            .map(NetworkId)
            .zip(networks)
            .map(|(id, network)| Rules {
                leaves: self.boundary(id, Direction::Out, port),
                enters: self.boundary(id, Direction::In, port),
                leaves_organisation: self.border(network, Direction::Out, port),
                enters_organisation: self.border(network, Direction::In, port),
            })
            .collect();
        let mut links: BTreeMap<(NetworkId, NetworkId), bool> = self
            .links
            .iter()
            .filter(|((_, _, on), passage)| *on == port && **passage == Passage::Allowed)
            .map(|((from, to, _), _)| ((*from, *to), false))
            .collect();
        for (from, to, on) in &self.seen {
            if *on == port {
                links.insert((*from, *to), true);
            }
        }
        let links = links
            .into_iter()
            .map(|((from, to), seen)| Link { from, to, seen })
            .collect();
        PortReach {
            port,
            networks: rules,
            links,
        }
    }

    fn boundary(&self, network: NetworkId, direction: Direction, port: Port) -> Passage {
        self.boundaries
            .get(&(network, direction, port))
            .copied()
            .unwrap_or(Passage::Unknown)
    }

    /// The rule towards the network's own realm, else the rule towards all realms.
    fn border(&self, network: &Network, direction: Direction, port: Port) -> Passage {
        let towards = |realm| {
            self.borders
                .get(&(network.organisation, realm, direction, port))
        };
        network
            .realm
            .and_then(|realm| towards(Some(realm)))
            .or_else(|| towards(None))
            .copied()
            .unwrap_or(Passage::Unknown)
    }
}

/// Rows of the description that change nothing.
#[derive(Default)]
struct Strays {
    realms: u32,
    ends: u32,
    denied: u32,
}

impl Strays {
    fn notes(&self) -> Vec<String> {
        [
            (self.realms, "border rules name a realm that no network is in; they are not used."),
            (self.ends, "links name a network or organisation that is not described; they are not used."),
            (self.denied, "links that deny are not used: a link only opens; deny at the border or boundary instead."),
        ]
        .into_iter()
        .filter(|(count, _)| *count > 0)
        .map(|(count, words)| format!("{count} {words}"))
        .collect()
    }
}

/// Sets a rule; two rows that differ make it unknown. Says whether they did.
fn set<K: Ord>(rules: &mut BTreeMap<K, Passage>, key: K, passage: Passage) -> bool {
    match rules.get_mut(&key) {
        Some(held) if *held != passage => {
            let news = *held != Passage::Unknown && passage != Passage::Unknown;
            *held = Passage::Unknown;
            news
        }
        Some(_) => false,
        None => {
            rules.insert(key, passage);
            false
        }
    }
}
