//! What outbreaks do to organisations, as the page tells it.

use wardround_estate::OrganisationId;
use wardround_evidence::{NetworkName, OrganisationKind, OrganisationName};
use wardround_outbreak::harm::{self, EstateServices};
use wardround_report::{GroupFate, InCommon, PairFate, Struck, WholeService};

use super::losses::amount;
use crate::round::{Round, ThreatRound};

/// Nothing where fewer than two organisations are described.
pub(super) fn whole_service(
    round: &Round,
    services: &EstateServices,
    threat: &ThreatRound<'_>,
) -> Option<WholeService> {
    let told = &threat.whole_service;
    if told.all.organisations < 2 {
        return None;
    }
    let name = |id: OrganisationId| round.estate.organisation(id).name.clone();
    Some(WholeService {
        all: struck(&told.all),
        kinds: told
            .kinds
            .iter()
            .map(|(kind, of_kind)| (words(*kind).to_owned(), struck(of_kind)))
            .collect(),
        groups: told
            .groups
            .iter()
            .map(|group| GroupFate {
                in_common: in_common(round, services, group.in_common),
                organisations: group.organisations,
                hit: group.hit,
                together: group.together,
                if_apart: group.if_apart,
                half: group.half,
            })
            .collect(),
        pairs: told
            .pairs
            .iter()
            .filter_map(|pair| {
                let [first, second]: [Option<OrganisationName>; 2] = pair.pair.map(name);
                Some(PairFate {
                    first: first?,
                    second: second?,
                    hit: pair.hit,
                    both: pair.both,
                    if_apart: pair.if_apart,
                })
            })
            .collect(),
    })
}

fn in_common(round: &Round, services: &EstateServices, group: harm::InCommon) -> InCommon {
    let estate = &round.estate;
    let name = |id: OrganisationId| estate.organisation(id).name.clone();
    match group {
        harm::InCommon::Estate => InCommon::Estate,
        harm::InCommon::Administrator(id) => InCommon::Administrator(name(id)),
        harm::InCommon::Realm(realm) => {
            let realm = estate.reach.realms.get(realm as usize);
            InCommon::Realm(NetworkName::new(realm.map_or("", String::as_str)))
        }
        harm::InCommon::Service(number) => {
            let service = &services.services()[number as usize];
            InCommon::Service(service.name.clone(), name(service.organisation))
        }
    }
}

const fn struck(of: &harm::Struck) -> Struck {
    Struck {
        organisations: of.organisations,
        infected: amount(&of.infected),
        disrupted: amount(&of.disrupted),
        spared: amount(&of.spared),
    }
}

const fn words(kind: OrganisationKind) -> &'static str {
    match kind {
        OrganisationKind::Acute => "hospital trusts",
        OrganisationKind::MentalHealth => "mental health trusts",
        OrganisationKind::Community => "community trusts",
        OrganisationKind::Ambulance => "ambulance trusts",
        OrganisationKind::Surgery => "general practices",
        OrganisationKind::Provider => "providers of IT",
        OrganisationKind::Other => "others",
    }
}
