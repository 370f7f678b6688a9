//! Which updates hold the fix for MS17-010, and through which others (`data/supersedence.csv`).

use std::collections::{BTreeMap, VecDeque};

use wardround_evidence::Kb;

use super::line::Line;

/// The updates of 14 March 2017 that fix MS17-010 (Microsoft Security Bulletin MS17-010, and the customer guidance of
/// 12 May 2017 for XP, Server 2003 and Windows 8).
const FIXES: &[(Line, u32)] = &[
    (Line::Old(5, 1), 4_012_598),
    (Line::Old(5, 2), 4_012_598),
    (Line::Old(6, 0), 4_012_598),
    (Line::Old(6, 1), 4_012_212),
    (Line::Old(6, 1), 4_012_215),
    (Line::Old(6, 2), 4_012_214),
    (Line::Old(6, 2), 4_012_217),
    (Line::Old(6, 2), 4_012_598),
    (Line::Old(6, 3), 4_012_213),
    (Line::Old(6, 3), 4_012_216),
    (Line::Ten(10240), 4_012_606),
    (Line::Ten(10586), 4_013_198),
    (Line::Ten(14393), 4_013_429),
];

/// Whether an update is one of the fixes of March 2017 themselves.
pub(super) fn is_fix(kb: Kb) -> bool {
    FIXES.iter().any(|(_, number)| *number == kb.0)
}

/// The updates that hold the fix, each with the next step towards a March 2017 update.
#[derive(Debug, Default)]
pub(super) struct Supersedence {
    /// The update that the key supersedes on a shortest way to a fix; none for a fix itself.
    towards_fix: BTreeMap<(Line, Kb), Option<Kb>>,
    /// The lines on which each of them holds it.
    lines: BTreeMap<Kb, Vec<Line>>,
}

impl Supersedence {
    /// Reads the embedded table and follows it from the fixes.
    pub(super) fn read(text: &str) -> Self {
        let mut superseding: BTreeMap<(Line, Kb), Vec<Kb>> = BTreeMap::new();
        for (line, newer, older) in text.lines().skip(1).filter_map(row) {
            superseding.entry((line, older)).or_default().push(newer);
        }
        let mut towards_fix = BTreeMap::new();
        let mut queue = VecDeque::new();
        for (line, number) in FIXES {
            towards_fix.insert((*line, Kb(*number)), None);
            queue.push_back((*line, Kb(*number)));
        }
        while let Some((line, older)) = queue.pop_front() {
            for newer in superseding.get(&(line, older)).into_iter().flatten() {
                towards_fix.entry((line, *newer)).or_insert_with(|| {
                    queue.push_back((line, *newer));
                    Some(older)
                });
            }
        }
        let mut lines: BTreeMap<Kb, Vec<Line>> = BTreeMap::new();
        for (line, kb) in towards_fix.keys() {
            lines.entry(*kb).or_default().push(*line);
        }
        Self { towards_fix, lines }
    }

    /// Whether an update is a fix or supersedes one, on this line.
    pub(super) fn holds_fix(&self, line: Line, kb: Kb) -> bool {
        self.towards_fix.contains_key(&(line, kb))
    }

    /// The updates from this one to a fix, both included; empty when it does not hold the fix.
    pub(super) fn chain(&self, line: Line, kb: Kb) -> Vec<Kb> {
        let mut chain = Vec::new();
        let mut next = self.holds_fix(line, kb).then_some(kb);
        while let Some(kb) = next {
            chain.push(kb);
            next = self.towards_fix.get(&(line, kb)).copied().flatten();
        }
        chain
    }

    /// Every update that holds the fix.
    pub(super) fn iter(&self) -> impl Iterator<Item = (Line, Kb)> {
        self.towards_fix.keys().copied()
    }

    /// The lines on which an update holds the fix.
    pub(super) fn lines(&self, kb: Kb) -> impl Iterator<Item = Line> {
        self.lines.get(&kb).into_iter().flatten().copied()
    }
}

/// `line,kb,supersedes,source`.
fn row(text: &str) -> Option<(Line, Kb, Kb)> {
    let mut cells = text.split(',');
    Some((
        cells.next()?.parse().ok()?,
        cells.next()?.parse().ok()?,
        cells.next()?.parse().ok()?,
    ))
}
