//! What one threat's outbreaks do to the organisations of a whole service.

use schemars::JsonSchema;
use serde::Serialize;

use super::{Amount, Door, Shown};
use crate::review;

/// How many organisations outbreaks infect, disrupt and spare, and who shares whose fate.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub(crate) struct WholeService {
    /// All organisations that are described and have machines or services.
    pub(crate) all: Struck,
    /// The same by kind of organisation.
    pub(crate) kinds: Vec<Kind>,
    /// Groups of organisations that have something in common; the first is all organisations.
    pub(crate) groups: Vec<GroupFate>,
    /// Pairs that are hit together more often than if each had its own fate, most so first.
    pub(crate) pairs: Vec<PairFate>,
}

/// Numbers of organisations, over outbreaks.
#[derive(Clone, Copy, Debug, Serialize, JsonSchema)]
pub(crate) struct Struck {
    /// How many there are.
    pub(crate) organisations: u32,
    /// A machine of theirs is taken.
    pub(crate) infected: Amount,
    /// None is, and they cut themselves off or cannot do their services as ever.
    pub(crate) disrupted: Amount,
    /// Neither; the worst twentieth is that in which fewest are.
    pub(crate) spared: Amount,
}

/// Organisations of one kind.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub(crate) struct Kind {
    /// The kind, in the plural: `hospital trusts`.
    pub(crate) kind: Shown,
    /// What outbreaks do to them.
    pub(crate) struck: Struck,
}

/// What organisations have in common.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub(crate) enum InCommon {
    /// Nothing but the estate: the measure for the others.
    Estate,
    /// Who patches their machines.
    Administrator,
    /// A network beyond their own.
    Network,
    /// A service that they do or need.
    Service,
}

/// How far a group of organisations is hit (infected or disrupted) together.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub(crate) struct GroupFate {
    /// What they have in common.
    pub(crate) in_common: InCommon,
    /// Of networks and services the name; for the team only.
    pub(crate) name: Option<Shown>,
    /// The organisation that patches, or whose service it is.
    pub(crate) organisation: Option<Shown>,
    /// How many they are.
    pub(crate) organisations: u32,
    /// The share (0 to 1) of outbreaks that hit one of them, on average.
    pub(crate) hit: f64,
    /// Where one is hit, the share (0 to 1) of the others that are too.
    pub(crate) together: f64,
    /// The same if each were hit as often as it is, and each on its own.
    pub(crate) if_apart: f64,
    /// The share (0 to 1) of outbreaks that hit at least half of them.
    pub(crate) half: f64,
}

/// Two organisations that are hit together.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub(crate) struct PairFate {
    /// One.
    pub(crate) first: Shown,
    /// The other.
    pub(crate) second: Shown,
    /// The share (0 to 1) of outbreaks that hit the one.
    pub(crate) first_hit: f64,
    /// The share (0 to 1) of outbreaks that hit the other.
    pub(crate) second_hit: f64,
    /// The share (0 to 1) of outbreaks that hit both.
    pub(crate) both: f64,
    /// The same if each had its own fate.
    pub(crate) if_apart: f64,
}

impl WholeService {
    pub(crate) fn new(whole: &review::WholeService, door: &Door<'_>) -> Self {
        Self {
            all: Struck::new(&whole.all),
            kinds: door.each(&whole.kinds, |(kind, struck), door| Kind {
                kind: door.text(kind),
                struck: Struck::new(struck),
            }),
            groups: door.each(&whole.groups, GroupFate::new),
            pairs: door.each(&whole.pairs, |pair, door| PairFate {
                first: door.organisation(&pair.first),
                second: door.organisation(&pair.second),
                first_hit: pair.hit[0],
                second_hit: pair.hit[1],
                both: pair.both,
                if_apart: pair.if_apart,
            }),
        }
    }
}

impl Struck {
    fn new(struck: &review::Struck) -> Self {
        Self {
            organisations: struck.organisations,
            infected: Amount::new(&struck.infected),
            disrupted: Amount::new(&struck.disrupted),
            spared: Amount::new(&struck.spared),
        }
    }
}

impl GroupFate {
    fn new(group: &review::GroupFate, door: &Door<'_>) -> Self {
        let (in_common, name, organisation) = match &group.in_common {
            review::InCommon::Estate => (InCommon::Estate, None, None),
            review::InCommon::Administrator(owner) => {
                (InCommon::Administrator, None, owner.as_ref())
            }
            review::InCommon::Realm(name) => (InCommon::Network, door.network(name), None),
            review::InCommon::Service(name, owner) => {
                let name = name.as_ref().and_then(|name| door.service(name));
                (InCommon::Service, name, owner.as_ref())
            }
        };
        Self {
            in_common,
            name,
            organisation: organisation.map(|name| door.organisation(name)),
            organisations: group.organisations,
            hit: group.hit,
            together: group.together,
            if_apart: group.if_apart,
            half: group.half,
        }
    }
}
