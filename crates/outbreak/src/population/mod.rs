//! An estate and a threat, joined into what the engine needs.

mod acquaintances;
mod census;
mod classes;
mod contacts;
mod draw;
mod effect;
mod entering;
mod ground;
mod machines;
mod member;
mod passages;
mod people;
mod placement;
mod presence;
mod shares;
mod unknowns;
mod vectors;
mod world;
mod worm;

pub use effect::{Effect, Point};
pub use member::{Open, open_truth};
pub use presence::{OnShares, PresenceRules};
pub use unknowns::{
    ContactPrior, GapRule, MissingPrior, PassagePrior, SharePrior, ShareRange, UnknownRules,
};
pub use vectors::questions_behind;
pub use world::Settle;

use wardround_estate::{Estate, HostId, PortReach, Question};

use crate::threat::{ContactKind, Profile};
pub(crate) use acquaintances::Acquaintance;
use acquaintances::Acquaintances;
use census::Census;
use member::Member;
use placement::Places;
use shares::Shares;
use vectors::Ways;

/// The machines of an estate under one threat: which are open to it, which are not, and what is unknown.
#[derive(Debug)]
pub struct Population<'a> {
    estate: &'a Estate,
    profile: &'a Profile,
    rules: UnknownRules,
    presence: PresenceRules,
    ways: Ways,
    census: Census,
    shares: Shares,
    reach: PortReach,
    places: Places,
    acquaintances: Acquaintances,
}

impl<'a> Population<'a> {
    /// Asks every machine the questions that the threat depends on.
    #[must_use]
    pub fn new(estate: &'a Estate, profile: &'a Profile) -> Self {
        let ways = Ways::new(profile, estate);
        let census = Census::new(estate, &ways);
        let rules = UnknownRules::built_in();
        Self {
            estate,
            profile,
            shares: Shares::count(&census, ways.questions.len(), &rules),
            rules,
            presence: PresenceRules::built_in(),
            reach: estate.reach.on(profile.port, &estate.networks),
            places: Places::new(estate),
            acquaintances: Acquaintances::new(estate, profile),
            census,
            ways,
        }
    }

    /// The estate.
    #[must_use]
    pub const fn estate(&self) -> &'a Estate {
        self.estate
    }

    /// The threat.
    #[must_use]
    pub const fn profile(&self) -> &'a Profile {
        self.profile
    }

    /// The questions behind the threat's conditions, each once, in the order in which its vectors name them; and last,
    /// whether an endpoint agent may stop it.
    #[must_use]
    pub fn questions(&self) -> &[Question] {
        &self.ways.questions
    }

    /// Whether a question's safeguard, where it holds, closes a way in for sure; an endpoint agent may or may not.
    pub(crate) fn closes(&self, question: usize) -> bool {
        self.ways.closes(question)
    }

    /// Reach on the threat's port.
    #[must_use]
    pub const fn reach(&self) -> &PortReach {
        &self.reach
    }

    /// How many pairs of machines are known along which the threat may go by contacts of a kind: from one to the other.
    #[must_use]
    pub fn known_contacts(&self, kind: ContactKind) -> usize {
        self.acquaintances(kind).len()
    }

    pub(crate) fn acquaintances(&self, kind: ContactKind) -> &[Acquaintance] {
        self.acquaintances.along(kind)
    }

    /// How what nobody knows is drawn.
    #[must_use]
    pub const fn rules(&self) -> &UnknownRules {
        &self.rules
    }

    /// Which share of machines is switched on when.
    #[must_use]
    pub const fn presence(&self) -> &PresenceRules {
        &self.presence
    }

    /// Whether one machine is open to the threat in any way.
    #[must_use]
    pub fn open(&self, host: HostId) -> Open {
        self.member(host).open(&self.ways, |_| true)
    }

    /// Whether one machine is open to the threat in a way that the fix closes.
    pub(crate) fn lacks_fix(&self, host: HostId) -> Open {
        let fixed = |way: usize| self.ways.each[way].patch_closes;
        self.member(host).open(&self.ways, fixed)
    }

    pub(crate) fn member(&self, host: HostId) -> &Member {
        self.census.member(host.0)
    }

    /// Every machine's kind, in the order of the estate's machines.
    pub(crate) fn members(&self) -> impl Iterator<Item = &Member> {
        (0..self.census.of_host.len() as u32).map(|host| self.census.member(host))
    }
}
