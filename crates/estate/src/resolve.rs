//! From evidence to an estate.

use std::collections::BTreeMap;

use jiff::Timestamp;
use wardround_evidence::{
    AgentId, Fact, Identifier, Method, OrganisationKind, OrganisationName, Reading, Role,
    Statement, When,
};

use crate::description::{Authority, Description};
use crate::estate::{Estate, Host, HostId, Organisation, OrganisationId, StatementId};
use crate::identity::{merge, reconcile};
use crate::place::{Ground, Placed};
use crate::reach::Reach;
use crate::{Options, Product};

impl Estate {
    /// Resolves what `readings` support. Their order does not matter.
    #[must_use]
    pub fn resolve(mut readings: Vec<Reading>, options: Options) -> Self {
        readings.sort_by(|one, other| {
            (one.source.path.as_key(), one.source.digest)
                .cmp(&(other.source.path.as_key(), other.source.digest))
        });
        let description = Description::gather(&readings);
        let collected: Vec<_> = readings
            .iter()
            .map(|reading| description.collected(&reading.source.path))
            .collect();
        let authorities: Vec<_> = readings
            .iter()
            .map(|reading| description.authority(&reading.source.path))
            .collect();
        let last_reports = last_reports(&readings);
        let moment_of = |id: StatementId| moment(&readings, &collected, &last_reports, id);

        let newest = newest(&readings, &moment_of);
        let asked = options.as_of.or(description.as_of);
        let as_of = asked.or(newest).unwrap_or(Timestamp::UNIX_EPOCH);
        let speaks = |id: StatementId| moment_of(id).is_none_or(|moment| moment <= as_of);
        let merged = merge(
            &readings,
            &authorities,
            &moment_of,
            &speaks,
            options.lease_window,
        );

        let (organisations, nobody) = organisations(&description);
        let mut ground = Ground::new(&description, &organisations, nobody, options.lease_window);
        let mut drafts: Vec<(usize, Host)> = merged
            .machines
            .iter()
            .enumerate()
            .map(|(machine, statements)| {
                let draft = draft(&readings, &moment_of, statements, &options);
                let Placed {
                    organisation,
                    networks,
                } = ground.place(&readings, &authorities, &moment_of, &draft);
                (
                    machine,
                    Host {
                        organisation,
                        networks,
                        ..draft
                    },
                )
            })
            .collect();
        drafts.sort_by(|(_, one), (_, other)| one.identifiers.cmp(&other.identifiers));
        let mut host_of = vec![HostId(0); drafts.len()];
        for (id, (machine, _)) in (0..).map(HostId).zip(&drafts) {
            host_of[*machine] = id;
        }
        let mut hosts: Vec<Host> = drafts.into_iter().map(|(_, host)| host).collect();
        let (networks, realms) = ground.finish(&mut hosts);
        let reconciliation = reconcile(&readings, merged, &host_of);
        let reach = Reach::new(
            &description,
            &organisations,
            &networks,
            realms,
            &hosts,
            &readings,
        );
        let mut notes = description.notes.clone();
        if newest.is_none()
            && readings
                .iter()
                .any(|reading| !reading.statements.is_empty())
        {
            notes.push("No evidence is dated, so nothing can be called stale.".to_owned());
        }
        notes.extend(reach.notes().iter().cloned());
        Self {
            as_of,
            as_of_newest: asked.is_none(),
            options,
            collected,
            last_reports,
            authorities,
            organisations,
            networks,
            hosts,
            reach,
            services: description.services,
            claims: description.claims,
            reconciliation,
            notes,
            readings,
        }
    }

    /// When a statement was made, as well as can be known: its own time, or when its export was taken. An undated row
    /// about an agent is no newer than the last dated sign of that agent, whenever its export was taken.
    #[must_use]
    pub fn moment(&self, id: StatementId) -> Option<Timestamp> {
        moment(&self.readings, &self.collected, &self.last_reports, id)
    }
}

fn moment(
    readings: &[Reading],
    collected: &[Option<Timestamp>],
    last_reports: &BTreeMap<AgentId, Timestamp>,
    id: StatementId,
) -> Option<Timestamp> {
    let reading = &readings[id.reading as usize];
    let statement = &reading.statements[id.statement as usize];
    let export = collected[id.reading as usize];
    match statement.when {
        When::At(moment) => Some(moment),
        When::NoEarlierThan(moment) => export.max(Some(moment)),
        When::Undated => {
            let taken = export.or(reading.source.taken_at);
            let last = agents(statement)
                .filter_map(|agent| last_reports.get(agent).copied())
                .max();
            match (taken, last) {
                (Some(taken), Some(last)) => Some(taken.min(last)),
                (taken, last) => taken.or(last),
            }
        }
    }
}

/// The last dated sign of each agent.
fn last_reports(readings: &[Reading]) -> BTreeMap<AgentId, Timestamp> {
    let mut last: BTreeMap<AgentId, Timestamp> = BTreeMap::new();
    for statement in readings.iter().flat_map(|reading| &reading.statements) {
        let When::At(moment) = statement.when else {
            continue;
        };
        for agent in agents(statement) {
            last.entry(agent.clone())
                .and_modify(|held| *held = moment.max(*held))
                .or_insert(moment);
        }
    }
    last
}

fn agents(statement: &Statement) -> impl Iterator<Item = &AgentId> {
    statement
        .subject
        .iter()
        .filter_map(|identifier| match identifier {
            Identifier::Agent(agent) => Some(agent),
            _ => None,
        })
}

fn newest(
    readings: &[Reading],
    moment_of: &dyn Fn(StatementId) -> Option<Timestamp>,
) -> Option<Timestamp> {
    (0..)
        .zip(readings)
        .flat_map(|(reading, content)| {
            (0..)
                .take(content.statements.len())
                .map(move |statement| StatementId { reading, statement })
        })
        .filter_map(moment_of)
        .max()
}

/// The described organisations in the order of their identifiers, and then one that is nobody's.
fn organisations(description: &Description) -> (Vec<Organisation>, OrganisationId) {
    let ids: BTreeMap<&OrganisationName, OrganisationId> = description
        .organisations
        .keys()
        .zip((0..).map(OrganisationId))
        .collect();
    let mut organisations: Vec<_> = description
        .organisations
        .values()
        .map(|row| Organisation {
            id: Some(row.id.clone()),
            name: Some(row.name.clone().unwrap_or_else(|| row.id.clone())),
            kind: row.kind,
            administrator: row
                .administrator
                .as_ref()
                .and_then(|administrator| ids.get(administrator))
                .copied()
                .unwrap_or(ids[&row.id]),
        })
        .collect();
    let nobody = OrganisationId(u32::try_from(organisations.len()).unwrap_or(u32::MAX));
    organisations.push(Organisation {
        id: None,
        name: None,
        kind: OrganisationKind::Other,
        administrator: nobody,
    });
    (organisations, nobody)
}

/// What can be said of a machine before its place is known.
fn draft(
    readings: &[Reading],
    moment_of: &dyn Fn(StatementId) -> Option<Timestamp>,
    statements: &[StatementId],
    options: &Options,
) -> Host {
    let mut identifiers: Vec<Identifier> = Vec::new();
    let mut product: Best<Product> = None;
    let mut role: Best<Role> = None;
    let mut last_seen = None;
    for id in statements {
        let statement = &readings[id.reading as usize].statements[id.statement as usize];
        let moment = moment_of(*id);
        last_seen = last_seen.max(moment);
        identifiers.extend_from_slice(&statement.subject);
        for observed in &statement.observed {
            match &observed.fact {
                Fact::System(system) => {
                    let sure = system
                        .confidence_percent
                        .is_none_or(|confidence| confidence >= options.guess_confidence_percent);
                    let found = Product::of(system);
                    if sure && found != Product::Unknown {
                        better(&mut product, observed.method, moment, found);
                    }
                }
                Fact::Role(found) => better(&mut role, observed.method, moment, *found),
                _ => {}
            }
        }
    }
    identifiers.sort_unstable();
    identifiers.dedup();
    let product = product.map_or(Product::Unknown, |(_, _, product)| product);
    let role = role
        .map(|(_, _, role)| role)
        .or_else(|| product.is_server().then_some(Role::Server));
    Host {
        identifiers,
        organisation: OrganisationId(0),
        networks: Vec::new(),
        product,
        role,
        statements: statements.to_vec(),
        last_seen,
    }
}

type Best<T> = Option<(std::cmp::Reverse<Method>, Option<Timestamp>, T)>;

/// Keeps the stronger method, then the newer.
fn better<T>(best: &mut Best<T>, method: Method, moment: Option<Timestamp>, found: T) {
    let rank = (std::cmp::Reverse(method), moment);
    if best
        .as_ref()
        .is_none_or(|(held, when, _)| rank > (*held, *when))
    {
        *best = Some((rank.0, rank.1, found));
    }
}

/// Whether a reading may settle that a safeguard holds for machines of an organisation.
pub(crate) fn authorised(
    authorities: &[Authority],
    organisations: &[Organisation],
    id: StatementId,
    organisation: OrganisationId,
) -> bool {
    authorities[id.reading as usize].covers(organisations[organisation.0 as usize].id.as_ref())
}
