//! What became of the conversations that listings show, and how it is told.

use super::conversations::MOST_PAIRS_OF_ONE_LISTER;

/// What became of conversations, by the lines of listings: one that both its machines list counts twice.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct ConversationCount {
    /// All that exports list.
    pub seen: usize,
    /// Those that join two machines of the estate.
    pub used: usize,
    /// Left out: nothing says when they were seen, so that their addresses may have been another's since.
    pub undated: usize,
    /// Left out: seen too long ago.
    pub stale: usize,
    /// Left out: taken elsewhere than where the machine stands now, or nothing says where.
    pub elsewhere: usize,
    /// Left out: the machine stands in networks of no organisation, so that nothing says whose addresses it can reach.
    pub unowned: usize,
    /// Left out: no machine is known at the other end's address at that time.
    pub unknown_end: usize,
    /// Left out: several machines were seen at the other end's address around that time.
    pub several: usize,
    /// Left out: with itself.
    pub itself: usize,
    /// Left out: the machine lists more pairs than one may.
    pub over: usize,
}

impl ConversationCount {
    /// Those that are left out.
    #[must_use]
    pub const fn dropped(&self) -> usize {
        self.seen - self.used
    }

    /// What became of all of them, in a sentence; none where there are none. Those that are used join so many pairs.
    pub(super) fn note(&self, pairs: usize) -> Option<String> {
        let Self {
            seen,
            used,
            undated,
            stale,
            elsewhere,
            unowned,
            unknown_end,
            several,
            itself,
            over,
        } = *self;
        if seen == 0 {
            return None;
        }
        let beyond =
            format!("beyond the {MOST_PAIRS_OF_ONE_LISTER} pairs that one machine may list");
        let left_out: Vec<String> = [
            (
                unknown_end,
                "with an address at which no machine is known at that time",
            ),
            (
                several,
                "with an address at which several machines were seen around that time",
            ),
            (
                undated,
                "in listings without a date (a row of collections gives them one)",
            ),
            (stale, "seen too long ago"),
            (
                elsewhere,
                "taken elsewhere than where their machine stands now, or without an address of its own",
            ),
            (
                unowned,
                "of machines of no organisation (a description says whose they are)",
            ),
            (itself, "of a machine with itself"),
            (over, beyond.as_str()),
        ]
        .into_iter()
        .filter(|(count, _)| *count > 0)
        .map(|(count, why)| format!("{count} {why}"))
        .collect();
        let left_out = if left_out.is_empty() {
            "none".to_owned()
        } else {
            left_out.join(", ")
        };
        Some(format!(
            "Conversations in listings of ports: {seen} seen, {used} used (pairs of machines, by port and direction: {pairs}), left out: {left_out}.",
        ))
    }
}
