//! The moment that the evidence speaks of, where nobody asks for one.

use jiff::{SignedDuration, Timestamp};
use wardround_evidence::Reading;

use crate::StatementId;

/// How much newer one source may be than every other before its dates are not believed; see
/// `docs/decisions/0011-dates-far-ahead.md`.
const AHEAD_OF_ALL_OTHERS: SignedDuration = SignedDuration::from_hours(24 * 400);

/// The newest moment that is believed.
pub(crate) struct Newest {
    pub(crate) moment: Timestamp,
    /// How many statements are dated later, and not believed.
    pub(crate) set_aside: usize,
}

impl Newest {
    /// What was set aside, in a sentence.
    pub(crate) fn note(&self) -> Option<String> {
        let (are, they) = match self.set_aside {
            0 => return None,
            1 => ("statement is", "it is"),
            _ => ("statements are", "they are"),
        };
        let days = AHEAD_OF_ALL_OTHERS.as_hours() / 24;
        Some(format!(
            "{} {are} dated more than {days} days after everything in every other source; {they} taken to be misdated and left out. To use them, say as of which moment to speak.",
            self.set_aside
        ))
    }
}

/// The newest moment that lies no more than 400 days after the newest of some other source; with one dated source its own
/// newest. None where nothing is dated.
pub(crate) fn newest(
    readings: &[Reading],
    moment_of: &dyn Fn(StatementId) -> Option<Timestamp>,
) -> Option<Newest> {
    let moments = |reading: u32, content: &Reading| -> Vec<Timestamp> {
        (0..)
            .take(content.statements.len())
            .filter_map(|statement| moment_of(StatementId { reading, statement }))
            .collect()
    };
    let by_source: Vec<Vec<Timestamp>> = (0..)
        .zip(readings)
        .map(|(reading, content)| moments(reading, content))
        .collect();
    let mut newest: Vec<Timestamp> = by_source
        .iter()
        .filter_map(|moments| moments.iter().max().copied())
        .collect();
    newest.sort_unstable_by_key(|moment| std::cmp::Reverse(*moment));
    let latest = newest.get(1).map_or(Timestamp::MAX, |second| {
        second
            .saturating_add(AHEAD_OF_ALL_OTHERS)
            .unwrap_or(Timestamp::MAX)
    });
    let all = || by_source.iter().flatten().copied();
    Some(Newest {
        moment: all().filter(|moment| *moment <= latest).max()?,
        set_aside: all().filter(|moment| *moment > latest).count(),
    })
}
