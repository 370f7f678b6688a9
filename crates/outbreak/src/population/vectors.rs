//! The threat's ways in, and the questions that close them.

use jiff::Span;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use wardround_estate::{Estate, Question};

use crate::threat::{CarriedBy, Condition, Profile, Vector};

/// One way in, as far as it matters to which machines are open to it.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Way {
    /// The questions of which each suffices to close it, by bit.
    pub(super) closed_by: u32,
    /// Whether only some machines run the attacked service.
    pub(super) has_service_share: bool,
    /// Whether the fix closes it.
    pub(super) patch_closes: bool,
    /// Whether only machines that hold credentials use it.
    pub(super) needs_credentials: bool,
}

impl Way {
    /// The questions that close it, by number.
    pub(super) fn questions(self) -> impl Iterator<Item = usize> {
        (0..32usize).filter(move |question| self.closed_by >> question & 1 == 1)
    }
}

/// All ways in, and the questions behind them.
#[derive(Clone, Debug)]
pub(crate) struct Ways {
    /// In the order of the profile's vectors.
    pub(crate) each: Vec<Way>,
    /// Each once, in the order in which the vectors name them; and last, what may stop every vector.
    pub(crate) questions: Vec<Question>,
    /// The place among the questions of the one on the machine's endpoint agent.
    pub(crate) agent: usize,
}

impl Ways {
    pub(super) fn new(profile: &Profile, estate: &Estate) -> Self {
        let mut questions: Vec<Question> = Vec::new();
        let mut each = Vec::with_capacity(profile.vectors.len());
        for vector in &profile.vectors {
            let mut closed_by = 0;
            for condition in &vector.closed_by {
                let asked = question(*condition, vector, profile, estate);
                let known = questions.iter().position(|question| *question == asked);
                let number = known.unwrap_or_else(|| {
                    questions.push(asked);
                    questions.len() - 1
                });
                closed_by |= 1 << number;
            }
            each.push(Way {
                closed_by,
                has_service_share: vector.service_share.is_some(),
                patch_closes: vector.patch_closes,
                needs_credentials: vector.carried_by == CarriedBy::Credentials,
            });
        }
        let agent = questions.len();
        questions.push(Question::AgentBlocks);
        Self {
            each,
            questions,
            agent,
        }
    }

    /// Whether a question's safeguard, where it holds, closes a way for sure.
    pub(crate) fn closes(&self, question: usize) -> bool {
        self.each
            .iter()
            .any(|way| way.closed_by >> question & 1 == 1)
    }

    /// The ways that the fix closes, by bit.
    pub(super) fn patchable(&self) -> u8 {
        let bit = |(number, way): (usize, &Way)| u8::from(way.patch_closes) << number;
        self.each
            .iter()
            .enumerate()
            .map(bit)
            .fold(0, |all, one| all | one)
    }
}

/// The questions behind a threat's ways in, each once, in the order in which its vectors name them; and last, whether an
/// endpoint agent may stop it.
#[must_use]
pub fn questions_behind(profile: &Profile, estate: &Estate) -> Vec<Question> {
    Ways::new(profile, estate).questions
}

/// The question that settles a condition at the estate's as-of moment.
fn question(condition: Condition, vector: &Vector, profile: &Profile, estate: &Estate) -> Question {
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
