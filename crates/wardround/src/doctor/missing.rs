//! Every unknown verdict, gathered under the export that would settle it.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;
use wardround_estate::{Estate, Gap, HostId, OrganisationId, Question};
use wardround_evidence::Disclosure;

use super::agreement::{Delicate, advice, alternative};
use super::counted;
use super::cures::cures;
use super::export::Export;
use super::held::Held;

/// One kind of export of one organisation that would settle verdicts.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Need {
    /// Whose machines, where that is known.
    pub organisation: Option<String>,
    /// What to get, and who must agree first where that is needed.
    pub get: String,
    /// How far the estate holds such an export already.
    pub held: String,
    /// How many verdicts it could settle.
    pub verdicts: u64,
    /// Of how many machines.
    pub machines: u64,
    /// What is open, most first.
    pub lacks: Vec<Lack>,
    /// What else would do.
    pub instead: Vec<String>,
}

/// Machines of which one question is open for one reason.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Lack {
    /// The question's key.
    pub question: String,
    /// The question in words.
    pub words: String,
    /// Why it is open.
    pub why: String,
    /// For how many machines.
    pub machines: u64,
}

#[derive(Default)]
struct Gathered {
    hosts: BTreeSet<HostId>,
    lacks: BTreeMap<(Question, Gap), u64>,
    needs_agreement: bool,
    /// What else would do, and whether someone must agree first.
    instead: BTreeMap<Export, bool>,
}

/// What to get, the most verdicts first; equal counts in the order of organisations.
pub(super) fn needs(estate: &Estate, questions: &[Question], names: &Disclosure) -> Vec<Need> {
    let held = Held::of(estate);
    let delicate = Delicate::of(estate);
    let mut gathered: BTreeMap<(OrganisationId, Export), Gathered> = BTreeMap::new();
    for (id, host) in estate.hosts() {
        for question in questions {
            let Some(gap) = estate.assess(id, *question).gap else {
                continue;
            };
            let cures = cures(*question, gap);
            let choice = held.choice(host.organisation, id, cures);
            let into = gathered.entry((host.organisation, choice)).or_default();
            into.hosts.insert(id);
            *into.lacks.entry((*question, gap)).or_default() += 1;
            into.needs_agreement |= delicate.needs_agreement(estate, id, choice);
            for export in cures.iter().copied().filter(|export| *export != choice) {
                let agree = into.instead.entry(export).or_default();
                *agree |= delicate.needs_agreement(estate, id, export);
            }
        }
    }
    let mut needs: Vec<Need> = gathered
        .into_iter()
        .map(|((organisation, export), gathered)| {
            need(estate, &held, organisation, export, gathered, names)
        })
        .collect();
    needs.sort_by_key(|need| std::cmp::Reverse(need.verdicts));
    needs
}

fn need(
    estate: &Estate,
    held: &Held,
    organisation: OrganisationId,
    export: Export,
    gathered: Gathered,
    names: &Disclosure,
) -> Need {
    let mut lacks: Vec<Lack> = gathered
        .lacks
        .iter()
        .map(|((question, gap), machines)| Lack {
            question: question.key(),
            words: question.words(),
            why: gap.words().to_owned(),
            machines: *machines,
        })
        .collect();
    lacks.sort_by_key(|lack| std::cmp::Reverse(lack.machines));
    let name = estate.organisation(organisation).name.as_ref();
    Need {
        organisation: name.map(|name| name.show(names)),
        get: advice(export, gathered.needs_agreement),
        held: how_held(estate, held, organisation, export, &gathered.hosts),
        verdicts: gathered.lacks.values().sum(),
        machines: gathered.hosts.len() as u64,
        lacks,
        instead: gathered
            .instead
            .iter()
            // Where any list of updates would do, systeminfo is one.
            .filter(|(export, _)| {
                **export != Export::Systeminfo
                    || !gathered.instead.contains_key(&Export::UpdateLists)
            })
            .map(|(export, agree)| alternative(*export, *agree))
            .collect(),
    }
}

fn how_held(
    estate: &Estate,
    held: &Held,
    organisation: OrganisationId,
    export: Export,
    hosts: &BTreeSet<HostId>,
) -> String {
    if matches!(export, Export::Authority | Export::Again | Export::Tables) {
        return format!("yes, {}", of_sources(estate, hosts));
    }
    let Some(holding) = held.by(organisation, export) else {
        return if held.elsewhere(organisation, export) {
            "no, though another organisation of this estate gives one".to_owned()
        } else {
            "no".to_owned()
        };
    };
    let mut words = format!(
        "yes, of {}",
        counted(holding.machines, "machine", "machines")
    );
    if let Some(newest) = holding.newest {
        words.push_str(&format!(
            " (newest word of {})",
            newest.strftime("%Y-%m-%d")
        ));
    }
    let covered = hosts
        .iter()
        .filter(|host| held.covers(**host, export))
        .count();
    words.push_str(&match covered {
        0 => ", of none of these".to_owned(),
        _ if covered == hosts.len() => ", of these too, and it does not settle it".to_owned(),
        _ => format!(", of {covered} of these, where it does not settle it"),
    });
    if holding.is_cut {
        words.push_str("; a file of it is cut short: export it whole, in parts if it must be");
    }
    words
}

/// The families of source that speak of these machines.
fn of_sources(estate: &Estate, hosts: &BTreeSet<HostId>) -> String {
    let families: BTreeSet<&str> = hosts
        .iter()
        .flat_map(|host| &estate.host(*host).statements)
        .map(|id| estate.readings[id.reading as usize].source.family.as_ref())
        .collect();
    let families: Vec<&str> = families.into_iter().collect();
    families.join(", ")
}
