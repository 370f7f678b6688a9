//! An estate and a threat, joined into what the engine needs.

mod draw;
mod effect;
mod ground;
mod groups;
mod hosts;
mod member;
mod placement;
mod presence;
mod response;
mod shares;
mod unknowns;
mod world;
mod worm;

pub use effect::{Effect, Point};
pub use member::{Open, open_truth};
pub use unknowns::{ContactPrior, GapRule, MissingPrior, PassagePrior, UnknownRules};
pub use world::Settle;

use jiff::Span;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use wardround_estate::{Estate, HostId, PortReach, Question};

use crate::threat::{Condition, Profile, Vector};
use member::Member;
use placement::Places;
use shares::Shares;

/// The machines of an estate under one threat: which are open to it, which are not, and what is unknown.
#[derive(Debug)]
pub struct Population<'a> {
    estate: &'a Estate,
    profile: &'a Profile,
    rules: UnknownRules,
    questions: Vec<Question>,
    /// For each vector, which of the questions close it.
    vectors: Vec<Vec<usize>>,
    members: Vec<Member>,
    shares: Shares,
    reach: PortReach,
    places: Places,
    entries: Vec<u32>,
}

impl<'a> Population<'a> {
    /// Asks every machine the questions that the threat depends on.
    #[must_use]
    pub fn new(estate: &'a Estate, profile: &'a Profile) -> Self {
        let (questions, vectors) = questions(profile, estate);
        let members: Vec<Member> = estate
            .hosts()
            .map(|(id, host)| Member::new(estate, id, host, &questions, &vectors))
            .collect();
        let mut entries: Vec<u32> = (0..)
            .zip(&estate.hosts)
            .filter(|(_, host)| host.may_be_a_workstation())
            .map(|(index, _)| index)
            .collect();
        if entries.is_empty() {
            entries = (0..).take(estate.hosts.len()).collect();
        }
        let rules = UnknownRules::built_in();
        Self {
            estate,
            profile,
            shares: Shares::count(&members, questions.len(), &rules),
            rules,
            questions,
            vectors,
            reach: estate.reach.on(profile.port, &estate.networks),
            places: Places::new(estate),
            members,
            entries,
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

    /// The questions behind the threat's conditions, in their order.
    #[must_use]
    pub fn questions(&self) -> &[Question] {
        &self.questions
    }

    /// Reach on the threat's port.
    #[must_use]
    pub const fn reach(&self) -> &PortReach {
        &self.reach
    }

    /// How what nobody knows is drawn.
    #[must_use]
    pub const fn rules(&self) -> &UnknownRules {
        &self.rules
    }

    /// Whether one machine is open to the threat.
    #[must_use]
    pub fn open(&self, host: HostId) -> Open {
        self.members[host.0 as usize].open
    }

    /// Machines that the default entry is drawn from.
    #[must_use]
    pub fn entries(&self) -> usize {
        self.entries.len()
    }

    /// The vectors that the staff's patching closes, a bit for each.
    fn patched_vectors(&self) -> u8 {
        let vectors = self.profile.vectors.iter().enumerate();
        let bits = vectors.map(|(vector, it)| u8::from(it.patch_closes) << vector);
        bits.sum()
    }

    pub(crate) fn members(&self) -> &[Member] {
        &self.members
    }
}

/// The questions behind all vectors' conditions, each once, and which of them close each vector.
fn questions(profile: &Profile, estate: &Estate) -> (Vec<Question>, Vec<Vec<usize>>) {
    let mut questions: Vec<Question> = Vec::new();
    let mut position = |question: Question| {
        let known = questions.iter().position(|other| *other == question);
        known.unwrap_or_else(|| {
            questions.push(question);
            questions.len() - 1
        })
    };
    let vectors = profile.vectors.iter().map(|vector| {
        let conditions = vector.closed_by.iter();
        let asked = conditions.map(|condition| question(*condition, profile, vector, estate));
        asked.map(&mut position).collect()
    });
    let vectors = vectors.collect();
    (questions, vectors)
}

/// The question that settles a condition at the estate's as-of moment.
fn question(condition: Condition, profile: &Profile, vector: &Vector, estate: &Estate) -> Question {
    match condition {
        Condition::Ms17010Closed => Question::Ms17010Closed,
        Condition::Smb1Off => Question::Smb1Off,
        Condition::NotListening => Question::NotListening(profile.port),
        Condition::UpdatedSinceFix | Condition::UpdatedSince => {
            Question::UpdatedSince(fix_day(vector, estate))
        }
    }
}

fn fix_day(vector: &Vector, estate: &Estate) -> Date {
    if let Some(day) = vector.fixed_on {
        return day;
    }
    let today = estate.as_of.to_zoned(TimeZone::UTC).date();
    let days = i64::from(vector.fixed_days_ago.unwrap_or_default());
    today.checked_sub(Span::new().days(days)).unwrap_or(today)
}
