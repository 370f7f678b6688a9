//! What could be done, or found out.

use std::collections::BTreeMap;

use wardround_estate::{Gap, HostId, NetworkId, OrganisationId, Passage, Question};
use wardround_evidence::{Direction, NetworkKind, Truth};

use crate::population::{Effect, Open, Point, Population};

/// One thing that could be done or found out.
#[derive(Clone, Debug)]
pub struct Candidate {
    /// What.
    pub task: Task,
    /// Who owns it.
    pub owner: OrganisationId,
    /// The machines concerned.
    pub hosts: Vec<HostId>,
    /// Whether some of them stand in a network with medical devices.
    pub clinical: bool,
    /// The world with it done, or settled in our favour.
    pub done: Vec<Effect>,
    /// For things to find out: the world settled against us.
    pub otherwise: Option<Vec<Effect>>,
}

/// The kinds of thing to do or to find out.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Task {
    /// Close the threat's flaw on machines that are open to it.
    Close,
    /// Deny the threat's port into an organisation.
    DenyAtBorder,
    /// Deny the threat's port into the networks of an organisation from its other networks.
    DenyBetweenNetworks,
    /// Settle one question of machines that it is unknown of.
    Settle(Question, Gap),
    /// Find out what an organisation's border does.
    AskBorder,
    /// Find out what an organisation's internal boundaries do.
    AskBoundaries,
}

/// How many candidates of each kind are screened; those with most machines come first.
const MOST: usize = 5;

/// Things to do: for each administrator, close what is open; for each organisation, deny the port.
pub(super) fn to_do(population: &Population<'_>) -> Vec<Candidate> {
    let mut open: BTreeMap<OrganisationId, Vec<HostId>> = BTreeMap::new();
    for (host, _) in population.estate().hosts() {
        if population.lacks_fix(host) == Open::Yes {
            let administrator = population.member(host).administrator;
            open.entry(administrator).or_default().push(host);
        }
    }
    let mut candidates: Vec<Candidate> = open
        .into_iter()
        .map(|(owner, hosts)| Candidate {
            task: Task::Close,
            owner,
            clinical: any_clinical(population, &hosts),
            done: vec![Effect::Close(hosts.clone())],
            otherwise: None,
            hosts,
        })
        .collect();
    keep_most(&mut candidates);
    let mut rules = network_candidates(
        population,
        Passage::Allowed,
        Task::DenyAtBorder,
        Task::DenyBetweenNetworks,
    );
    keep_most(&mut rules);
    candidates.append(&mut rules);
    candidates
}

/// Things to find out: for each administrator and gap, the machines; for each organisation, its points.
pub(super) fn to_find_out(population: &Population<'_>) -> Vec<Candidate> {
    let mut unknown: BTreeMap<(OrganisationId, usize, Gap), Vec<HostId>> = BTreeMap::new();
    for (host, _) in population.estate().hosts() {
        if population.open(host) != Open::Unknown {
            continue;
        }
        let member = population.member(host);
        // The first unknown safeguard is the one whose settling helps first: conditions stand in that order.
        let first = member
            .conditions
            .iter()
            .enumerate()
            .filter(|(condition, _)| population.closes(*condition))
            .find_map(|(condition, (truth, gap))| {
                (*truth == Truth::Unknown).then(|| (condition, gap.unwrap_or(Gap::NothingSaid)))
            });
        if let Some((condition, gap)) = first {
            unknown
                .entry((member.administrator, condition, gap))
                .or_default()
                .push(host);
        }
    }
    let mut candidates: Vec<Candidate> = unknown
        .into_iter()
        .map(|((owner, condition, gap), hosts)| Candidate {
            task: Task::Settle(population.questions()[condition], gap),
            owner,
            clinical: any_clinical(population, &hosts),
            done: vec![Effect::Settle(hosts.clone(), Truth::Holds)],
            otherwise: Some(vec![Effect::Settle(hosts.clone(), Truth::Fails)]),
            hosts,
        })
        .collect();
    keep_most(&mut candidates);
    let mut rules = network_candidates(
        population,
        Passage::Unknown,
        Task::AskBorder,
        Task::AskBoundaries,
    );
    for candidate in &mut rules {
        let allowed = |effect: &Effect| match effect {
            Effect::Set(point, _) => Effect::Set(*point, Passage::Allowed),
            other => other.clone(),
        };
        candidate.otherwise = Some(candidate.done.iter().map(allowed).collect());
    }
    keep_most(&mut rules);
    candidates.append(&mut rules);
    candidates
}

/// For each organisation whose border, or boundaries, are in `state` (or for things to do, not denied): deny them inwards.
fn network_candidates(
    population: &Population<'_>,
    state: Passage,
    border: Task,
    boundaries: Task,
) -> Vec<Candidate> {
    let estate = population.estate();
    let concerned = |passage: Passage| match state {
        Passage::Unknown => passage == Passage::Unknown,
        _ => passage != Passage::Denied,
    };
    let hosts = estate.hosts_by_organisation();
    let mut points: BTreeMap<(OrganisationId, Task), Vec<Effect>> = BTreeMap::new();
    for (id, (network, rules)) in (0..)
        .map(NetworkId)
        .zip(estate.networks.iter().zip(&population.reach().networks))
    {
        let owner = network.organisation;
        let deny = |point| Effect::Set(point, Passage::Denied);
        if network.realm.is_some() && concerned(rules.enters_organisation) {
            let effects = points.entry((owner, border)).or_default();
            let effect = deny(Point::Border(owner, Direction::In));
            if !effects.contains(&effect) {
                effects.push(effect);
            }
        }
        if concerned(rules.enters) {
            let effects = points.entry((owner, boundaries)).or_default();
            effects.push(deny(Point::Boundary(id, Direction::In)));
        }
    }
    points
        .into_iter()
        .filter_map(|((owner, task), done)| {
            let hosts = hosts.get(&owner)?.clone();
            Some(Candidate {
                task,
                owner,
                clinical: task == boundaries && any_clinical(population, &hosts),
                done,
                otherwise: None,
                hosts,
            })
        })
        .collect()
}

fn any_clinical(population: &Population<'_>, hosts: &[HostId]) -> bool {
    let estate = population.estate();
    hosts.iter().any(|host| {
        estate
            .host(*host)
            .networks
            .iter()
            .any(|id| estate.network(*id).kind == NetworkKind::Clinical)
    })
}

fn keep_most(candidates: &mut Vec<Candidate>) {
    candidates.sort_by_key(|candidate| {
        (
            std::cmp::Reverse(candidate.hosts.len()),
            candidate.owner,
            candidate.task,
        )
    });
    candidates.truncate(MOST);
}
