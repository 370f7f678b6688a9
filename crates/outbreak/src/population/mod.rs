//! An estate and a threat, joined into what the engine needs.

mod effect;
mod left_out;
mod member;
mod placement;
mod shares;
mod unknowns;
mod world;

pub use effect::{Effect, Point};
pub use left_out::left_out;
pub use member::{Open, open_truth};
pub use unknowns::{GapRule, MissingPrior, PassagePrior, UnknownRules};
pub use world::Settle;

use jiff::Span;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use wardround_estate::{Estate, HostId, PortReach, Question};

use crate::threat::{Condition, Profile};
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
        // The engine of today knows one way in: the first.
        let questions: Vec<Question> = profile
            .first_vector()
            .closed_by
            .iter()
            .map(|condition| question(*condition, profile, estate))
            .collect();
        let members: Vec<Member> = estate
            .hosts()
            .map(|(id, host)| Member::new(estate, id, host, &questions))
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
        self.members[host.0 as usize].open()
    }

    /// Machines that the default entry is drawn from.
    #[must_use]
    pub fn entries(&self) -> usize {
        self.entries.len()
    }

    pub(crate) fn members(&self) -> &[Member] {
        &self.members
    }
}

/// The question that settles a condition at the estate's as-of moment.
fn question(condition: Condition, profile: &Profile, estate: &Estate) -> Question {
    match condition {
        Condition::Ms17010Closed => Question::Ms17010Closed,
        Condition::Smb1Off => Question::Smb1Off,
        Condition::NotListening => Question::NotListening(profile.port),
        Condition::UpdatedSinceFix | Condition::UpdatedSince => {
            Question::UpdatedSince(fix_day(profile, estate))
        }
    }
}

fn fix_day(profile: &Profile, estate: &Estate) -> Date {
    let vector = profile.first_vector();
    if let Some(day) = vector.fixed_on {
        return day;
    }
    let today = estate.as_of.to_zoned(TimeZone::UTC).date();
    let days = i64::from(vector.fixed_days_ago.unwrap_or_default());
    today.checked_sub(Span::new().days(days)).unwrap_or(today)
}
