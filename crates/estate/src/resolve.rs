//! From evidence to an estate.

use std::collections::BTreeMap;

use jiff::Timestamp;
use wardround_evidence::{
    AgentId, Fact, Identifier, Method, Observed, OrganisationKind, OrganisationName, Reading, Role,
    Statement, When,
};

use crate::as_of::newest;
use crate::contacts::{Contacts, Conversations, Listed, log_ons};
use crate::description::{Authority, Description};
use crate::estate::{Estate, Host, HostId, Organisation, OrganisationId, StatementId};
use crate::identity::{merge, reconcile};
use crate::later::is_made_later_than;
use crate::owners::Owners;
use crate::patch::Products;
use crate::place::{Ground, Placed};
use crate::reach::Reach;
use crate::silence::Silence;
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
        let asked = options.as_of.or(description.as_of);
        let last_reports = last_reports(&readings, asked);
        let moment_of = |id: StatementId| moment(&readings, &collected, &last_reports, id);

        let newest = newest(&readings, &moment_of);
        let as_of = asked
            .or(newest.as_ref().map(|newest| newest.moment))
            .unwrap_or(Timestamp::UNIX_EPOCH);
        let speaks = |id: StatementId| {
            let statement = &readings[id.reading as usize].statements[id.statement as usize];
            let is_in_time = match moment_of(id) {
                Some(moment) => moment <= as_of,
                // Where nobody asks, the newest date is a lower bound of today and no reason to distrust what has none.
                None => asked.is_none_or(|asked| !is_made_later_than(statement, asked)),
            };
            sees_a_machine(statement) && is_in_time
        };
        let (organisations, nobody) = organisations(&description);
        let owners = Owners::new(&description, &organisations, &authorities);
        let merged = merge(
            &readings,
            &owners,
            &moment_of,
            &speaks,
            options.lease_window,
        );

        let products = Products::of_readings(&readings);
        let mut ground = Ground::new(&description, &owners, nobody, options.lease_window);
        let mut drafts: Vec<(usize, Host)> = merged
            .machines
            .iter()
            .enumerate()
            .map(|(machine, statements)| {
                let draft = draft(
                    &readings, &moment_of, statements, &products, &options, as_of,
                );
                let Placed {
                    organisation,
                    networks,
                } = ground.place(&readings, &moment_of, &draft);
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
        let covers = |id: StatementId| {
            moment_of(id)
                .is_none_or(|moment| as_of.duration_since(moment) <= options.setting_speaks_for)
        };
        let mut reach = Reach::new(
            &description,
            &organisations,
            &networks,
            realms,
            &hosts,
            &readings,
            &covers,
        );
        let conversations = Conversations::find(&Listed {
            readings: &readings,
            hosts: &hosts,
            networks: &networks,
            nobody,
            moment_of: &moment_of,
            covers: &covers,
            lease_window: options.lease_window,
        });
        reach.see(&conversations.crossed);
        let mut notes = description.notes.clone();
        if newest.is_none()
            && readings
                .iter()
                .any(|reading| !reading.statements.is_empty())
        {
            notes.push("No evidence is dated, so nothing can be called stale.".to_owned());
        }
        if asked.is_none() {
            notes.extend(newest.and_then(|newest| newest.note()));
        }
        notes.extend(reach.notes().iter().cloned());
        notes.extend(conversations.note());
        let contacts = Contacts {
            count: conversations.count,
            conversations: conversations.pairs(),
            log_ons: log_ons(&mut readings, &hosts, &networks, &organisations),
        };
        Self {
            as_of,
            as_of_newest: asked.is_none(),
            options,
            collected,
            silence: Silence::default(),
            products,
            last_reports,
            authorities,
            organisations,
            networks,
            hosts,
            reach,
            contacts,
            services: description.services,
            claims: description.claims,
            reconciliation,
            notes,
            readings,
        }
    }

    /// When a statement was made, as well as can be known: its own time, or when its export was taken. An undated row
    /// about an agent is no newer than the last dated sign of that agent, whenever its export was taken. Where an export
    /// dates its rows, when it was taken is the newest row's word and tells nothing of another row.
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
        When::Unknown => last_sign(statement, last_reports),
        When::Undated => {
            let taken = export.or(reading.source.taken_at);
            match (taken, last_sign(statement, last_reports)) {
                (Some(taken), Some(last)) => Some(taken.min(last)),
                (taken, last) => taken.or(last),
            }
        }
    }
}

/// The last dated sign of the agents that a statement names.
fn last_sign(
    statement: &Statement,
    last_reports: &BTreeMap<AgentId, Timestamp>,
) -> Option<Timestamp> {
    agents(statement)
        .filter_map(|agent| last_reports.get(agent).copied())
        .max()
}

/// Whether a statement speaks of a machine: it names one, and does not only say that nothing answered.
fn sees_a_machine(statement: &Statement) -> bool {
    let silent = |observed: &Observed| observed.fact == Fact::Answers(false);
    let only_silence = !statement.observed.is_empty() && statement.observed.iter().all(silent);
    !statement.subject.is_empty() && !only_silence
}

/// The last dated sign of each agent, up to the moment that is asked for.
fn last_reports(readings: &[Reading], asked: Option<Timestamp>) -> BTreeMap<AgentId, Timestamp> {
    let mut last: BTreeMap<AgentId, Timestamp> = BTreeMap::new();
    for statement in readings.iter().flat_map(|reading| &reading.statements) {
        let When::At(moment) = statement.when else {
            continue;
        };
        if asked.is_some_and(|asked| moment > asked) {
            continue;
        }
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
    products: &Products,
    options: &Options,
    as_of: Timestamp,
) -> Host {
    let mut identifiers: Vec<Identifier> = Vec::new();
    let rebuilt = rebuilt(readings, statements, as_of);
    let is_over =
        |moment: Option<Timestamp>| moment.zip(rebuilt).is_some_and(|(seen, by)| seen < by);
    let mut product: Best<Product> = None;
    // A Windows that names no version says less than any other word.
    let mut vague: Best<Product> = None;
    let mut role: Best<Role> = None;
    let mut last_seen = None;
    for id in statements {
        let statement = &readings[id.reading as usize].statements[id.statement as usize];
        let moment = moment_of(*id);
        last_seen = last_seen.max(moment);
        identifiers.extend_from_slice(&statement.subject);
        for observed in &statement.observed {
            match &observed.fact {
                Fact::System(system) if options.is_sure(system) && !is_over(moment) => {
                    match products.of(system) {
                        Product::Unknown => {}
                        found @ Product::OtherWindows => {
                            better(&mut vague, observed.method, moment, found);
                        }
                        found => better(&mut product, observed.method, moment, found),
                    }
                }
                Fact::Role(found) => better(&mut role, observed.method, moment, *found),
                _ => {}
            }
        }
    }
    identifiers.sort_unstable();
    identifiers.dedup();
    let product = product
        .or(vague)
        .map_or(Product::Unknown, |(_, _, product)| product);
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

/// When a machine was last installed anew.
fn rebuilt(
    readings: &[Reading],
    statements: &[StatementId],
    as_of: Timestamp,
) -> Option<Timestamp> {
    statements
        .iter()
        .flat_map(|id| &readings[id.reading as usize].statements[id.statement as usize].observed)
        .filter_map(|observed| match observed.fact {
            Fact::InstalledAt(moment) if moment <= as_of && observed.method.is_direct() => {
                Some(moment)
            }
            _ => None,
        })
        .max()
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
