//! The questions that the rest of the crate asks of the embedded tables.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use jiff::civil::{Date, date};
use wardround_evidence::{Build, Cve, Kb};

use super::line::Line;
use super::supersedence::{self, Supersedence};
use super::support::Releases;
use super::updates::Updates;
use super::{BuildDate, Product, ms17_010};

/// The day of the definition set that the tables were made from: nothing later is known.
const KNOWN_UNTIL: Date = date(2026, 6, 28);

/// How many updates a chain names before it counts the rest.
const NAMED_IN_A_CHAIN: usize = 3;

/// The built-in facts about Windows updates. `data/README.md` states each table's source.
#[derive(Debug)]
pub struct Catalogue {
    updates: Updates,
    supersedence: Supersedence,
    releases: Releases,
    /// The day of each line's newest update.
    newest: BTreeMap<Line, Date>,
    /// The highest update number of each line.
    highest: BTreeMap<Line, Kb>,
}

static BUILT_IN: LazyLock<Catalogue> = LazyLock::new(|| {
    Catalogue::new(
        Updates::read(include_str!("../../data/updates.csv")),
        Supersedence::read(include_str!("../../data/supersedence.csv")),
        Releases::read(include_str!("../../data/support.csv")),
    )
});

impl Catalogue {
    fn new(updates: Updates, supersedence: Supersedence, releases: Releases) -> Self {
        let mut newest: BTreeMap<Line, Date> = BTreeMap::new();
        for update in updates.iter() {
            let held = newest.entry(update.line).or_insert(update.released);
            *held = update.released.max(*held);
        }
        let mut highest: BTreeMap<Line, Kb> = BTreeMap::new();
        let of_updates = updates
            .iter()
            .filter_map(|update| Some((update.line, update.kb?)));
        for (line, kb) in of_updates.chain(supersedence.iter()) {
            let held = highest.entry(line).or_insert(kb);
            *held = kb.max(*held);
        }
        Self {
            updates,
            supersedence,
            releases,
            newest,
            highest,
        }
    }

    /// The embedded tables, read once.
    #[must_use]
    pub fn built_in() -> &'static Self {
        &BUILT_IN
    }

    /// Whether a flaw is one of MS17-010's: CVE-2017-0143 to 0148.
    #[must_use]
    pub const fn is_ms17_010(cve: Cve) -> bool {
        cve.year == 2017 && cve.number >= 143 && cve.number <= 148
    }

    /// Whether an update is one of the fixes of March 2017 themselves, and no later one.
    #[must_use]
    pub fn is_march_2017_fix(&self, kb: Kb) -> bool {
        supersedence::is_fix(kb)
    }

    /// The highest update number in the tables for a product: beyond it nothing is known. Any product's, if it is not
    /// settled.
    #[must_use]
    pub fn newest_number(&self, product: Product) -> Option<Kb> {
        self.highest
            .iter()
            .filter(|(line, _)| is_possible(**line, product))
            .map(|(_, kb)| *kb)
            .max()
    }

    /// Whether a machine of this product that has this update has the fix for MS17-010.
    ///
    /// True for the fixes of March 2017, for all that supersedes them, and for updates of releases that shipped with
    /// the fix. A product that is not settled ([`Product::OtherWindows`], [`Product::Unknown`]) accepts any line's
    /// update: an update installs only where it belongs. False is not *open*: the table may lack the update.
    #[must_use]
    pub fn closes_ms17_010(&self, kb: Kb, product: Product) -> bool {
        self.line_where_closed(kb, product).is_some()
    }

    /// Why [`Catalogue::closes_ms17_010`] says so, in one sentence.
    #[must_use]
    pub fn why_closes(&self, kb: Kb, product: Product) -> Option<String> {
        let line = self.line_where_closed(kb, product)?;
        let chain = self.supersedence.chain(line, kb);
        let (Some(fix), between) = (chain.last(), chain.get(1..chain.len().max(2) - 1)) else {
            return Some(format!(
                "{kb} is an update of {}, which shipped with the fix for MS17-010",
                line.words()
            ));
        };
        let between = between.unwrap_or_default();
        if *fix == kb {
            return Some(format!("{kb} is the fix for MS17-010 on {}", line.words()));
        }
        if between.is_empty() {
            return Some(format!("{kb} supersedes {fix}, the fix for MS17-010"));
        }
        let mut named: Vec<String> = between
            .iter()
            .take(NAMED_IN_A_CHAIN)
            .map(Kb::to_string)
            .collect();
        if between.len() > NAMED_IN_A_CHAIN {
            named.push(format!("{} more", between.len() - NAMED_IN_A_CHAIN));
        }
        let last = named.pop().unwrap_or_default();
        let through = if named.is_empty() {
            last
        } else {
            format!("{} and {last}", named.join(", "))
        };
        Some(format!(
            "{kb} supersedes {fix}, the fix for MS17-010, through {through}"
        ))
    }

    /// Whether a build is at or beyond the fixed one; none where the build cannot tell: before Windows 10, or on
    /// 1507, 1511 and 1607 without a revision.
    #[must_use]
    pub fn build_closes_ms17_010(&self, product: Product, build: Build) -> Option<bool> {
        ms17_010::build_closes(product, build)
    }

    /// Whether MS17-010 concerns a system at all; none where that is not known, which includes service-pack levels that
    /// Microsoft no longer assessed.
    #[must_use]
    pub fn ms17_010_in_scope(&self, product: Product, build: Option<Build>) -> Option<bool> {
        ms17_010::in_scope(product, build)
    }

    /// The day an update was published; the earliest, if it is for several lines.
    #[must_use]
    pub fn released(&self, kb: Kb) -> Option<Date> {
        self.updates
            .of(kb)
            .iter()
            .map(|update| update.released)
            .min()
    }

    /// Whether an update holds all earlier ones of its line; none for updates that the table lacks.
    #[must_use]
    pub fn is_cumulative(&self, kb: Kb) -> Option<bool> {
        let entries = self.updates.of(kb);
        (!entries.is_empty()).then(|| entries.iter().all(|update| update.kind.is_cumulative()))
    }

    /// Whether an update is one of the tables', and for other products only: a machine of this one cannot have it.
    #[must_use]
    pub fn is_for_others(&self, kb: Kb, product: Product) -> bool {
        let mut lines = self
            .updates
            .of(kb)
            .iter()
            .map(|update| update.line)
            .peekable();
        lines.peek().is_some() && !lines.any(|line| is_possible(line, product))
    }

    /// When the update that brought a build was published.
    #[must_use]
    pub fn build_released(&self, product: Product, build: Build) -> BuildDate {
        let (Some(line), Some(revision)) = (Line::of_build(build), build.revision) else {
            return BuildDate::Unknown;
        };
        if product == Product::NotWindows {
            return BuildDate::Unknown;
        }
        if let Some(update) = self.updates.at(line, revision) {
            return BuildDate::On(update.released);
        }
        let offered = self
            .releases
            .of(product, Some(build))
            .map(|release| release.available);
        let before = self
            .updates
            .before(line, revision)
            .map(|update| update.released);
        let after = self
            .updates
            .after(line, revision)
            .map(|update| update.released);
        match (before.or(offered), after) {
            (Some(before), Some(after)) if before <= after => BuildDate::Between(before, after),
            (Some(before), None) => BuildDate::After(before),
            _ => BuildDate::Unknown,
        }
    }

    /// The last day up to which the security updates of a product are all in the tables; none where there are no such
    /// updates in them: XP, Server 2003, Vista and Windows 8, of which only the fix for MS17-010 is kept, and systems
    /// that are not settled.
    #[must_use]
    pub fn covers_until(&self, product: Product) -> Option<Date> {
        let kept = !matches!(
            product,
            Product::WindowsXp
                | Product::WindowsServer2003
                | Product::WindowsVista
                | Product::Windows8
        );
        let lines = Line::of_product(product);
        (kept && !lines.is_empty()).then_some(KNOWN_UNTIL)
    }

    /// The day of the newest update of any line that a product can be on; none where the tables hold no updates for it.
    /// Paid extended updates count.
    #[must_use]
    pub fn newest_released(&self, product: Product) -> Option<Date> {
        Line::of_product(product)
            .iter()
            .filter_map(|line| self.newest.get(line).copied())
            .max()
    }

    /// The last day of ordinary support, of the edition that had it longest; none for Windows 10 and 11 without a build.
    ///
    /// Long-term servicing ([`Catalogue::end_of_long_term_support`]) and paid extended updates are not counted. From the
    /// lifecycle pages of Microsoft.
    #[must_use]
    pub fn end_of_support(&self, product: Product, build: Option<Build>) -> Option<Date> {
        self.releases.of(product, build).map(|release| release.ends)
    }

    /// The last day of long-term servicing, for releases that have an LTSB or LTSC edition; the longest, where an
    /// edition for devices (IoT) has more.
    #[must_use]
    pub fn end_of_long_term_support(&self, product: Product, build: Build) -> Option<Date> {
        self.releases
            .of(product, Some(build))
            .and_then(|release| release.long_term)
    }

    /// The line on which an update closes MS17-010 for a product: through a chain if there is one.
    fn line_where_closed(&self, kb: Kb, product: Product) -> Option<Line> {
        let possible = |line: &Line| is_possible(*line, product);
        self.supersedence.lines(kb).find(possible).or_else(|| {
            self.updates
                .of(kb)
                .iter()
                .filter(|update| update.kind.is_cumulative())
                .map(|update| update.line)
                .filter(|line| line.shipped_fixed())
                .find(possible)
        })
    }

    /// Every update in the tables, for tests.
    #[cfg(test)]
    pub(super) fn parts(&self) -> (&Updates, &Supersedence) {
        (&self.updates, &self.supersedence)
    }
}

/// Whether a product can be on a line; one that is not settled can be on any.
fn is_possible(line: Line, product: Product) -> bool {
    match product {
        Product::OtherWindows | Product::Unknown => true,
        _ => Line::of_product(product).contains(&line),
    }
}
