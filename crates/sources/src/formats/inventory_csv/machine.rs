//! Rows as statements: rows of one machine that follow each other, such as one for each update, are one.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;
use wardround_evidence::{
    Address, Fact, Identifier, InstalledUpdate, Kb, ListExtent, Method, Observed, Position,
    Statement, UpdateList, When,
};

use super::cells::Cells;
use super::columns::Columns;
use super::fields::Field;
use super::moments::{Moments, Seen, is_bare_number};
use super::restarts::restarts;
use super::states::truth;
use super::system::{ms17_010, settings, system};
use super::tool::Tool;
use super::updates::updates;
use crate::csv_rows::CsvRow;
use crate::defender::{ENTRA_SCHEME, is_onboarded};
use crate::{ReadError, Sink, names};

/// A statement numbers its facts with 16 bits. One row may hold more, and is several statements then.
const MOST_OBSERVED: usize = 60_000;

/// Gathers what the rows of one file say.
pub(super) struct Machines<'a> {
    columns: &'a Columns,
    tool: Tool,
    moments: Moments,
    gathered: Option<Gathered>,
    dates_unsure: bool,
    rows_of_unknown_time: bool,
}

/// One machine, in rows that follow each other.
pub(super) struct Gathered {
    subject: Vec<Identifier>,
    position: Position,
    when: When,
    pub(super) method: Method,
    pub(super) installed: BTreeMap<Kb, Option<Date>>,
    /// Updates of an unknown state.
    pub(super) unknown: BTreeSet<Kb>,
    /// Updates that are not for it.
    pub(super) not_applicable: BTreeSet<Kb>,
    /// Whether the list tells of updates at all, were it that none is installed.
    pub(super) lists_updates: bool,
    observed: Vec<Observed>,
}

impl Gathered {
    /// Keeps something seen, once.
    pub(super) fn see(&mut self, method: Method, fact: Fact) {
        let observed = Observed { fact, method };
        // Rows of one machine repeat what they say of it; updates differ, and looking for each would take long.
        let may_repeat = !matches!(observed.fact, Fact::UpdateMissing(_));
        if !(may_repeat
            && self
                .observed
                .iter()
                .take(16)
                .any(|other| *other == observed))
        {
            self.observed.push(observed);
        }
    }

    fn has_room(&self) -> bool {
        let updates = self.installed.len() + self.unknown.len() + self.not_applicable.len();
        self.observed.len() + updates < MOST_OBSERVED
    }

    fn finish(self, sink: &mut Sink) -> Result<(), ReadError> {
        let (subject, position, when) = (self.subject, self.position, self.when);
        let mut observed = self.observed.into_iter();
        let mut next = || {
            let mut statement = Statement::new(subject.clone(), position, when);
            statement.observed = observed.by_ref().take(MOST_OBSERVED).collect();
            statement
        };
        let mut statement = next();
        if !self.unknown.is_empty() {
            let updates = self.unknown.into_iter().collect();
            statement.observe(self.method, Fact::UpdatesUnknown(updates));
        }
        if !self.not_applicable.is_empty() {
            let updates = self.not_applicable.into_iter().collect();
            statement.observe(self.method, Fact::UpdatesNotApplicable(updates));
        }
        if self.lists_updates || !self.installed.is_empty() {
            let updates = self
                .installed
                .into_iter()
                .map(|(kb, installed_on)| InstalledUpdate { kb, installed_on });
            let list = UpdateList {
                updates: updates.collect(),
                extent: ListExtent::Unstated,
            };
            statement.observe(self.method, Fact::Updates(list));
        }
        sink.statement(statement)?;
        loop {
            let more = next();
            if more.observed.is_empty() {
                return Ok(());
            }
            sink.statement(more)?;
        }
    }
}

impl<'a> Machines<'a> {
    pub(super) const fn new(columns: &'a Columns, tool: Tool, moments: Moments) -> Self {
        Self {
            columns,
            tool,
            moments,
            gathered: None,
            dates_unsure: false,
            rows_of_unknown_time: false,
        }
    }

    /// Takes one row.
    pub(super) fn row(
        &mut self,
        row: &CsvRow<'_>,
        lines_before: u64,
        sink: &mut Sink,
    ) -> Result<(), ReadError> {
        sink.count("records", 1);
        let cells = Cells {
            columns: self.columns,
            row,
        };
        let position = Position::new(row.position.line + lines_before, row.position.record);
        let mut subject = self.subject(&cells, position, sink);
        subject.sort_unstable();
        subject.dedup();
        let when = self.when(&cells, sink);
        // A machine without the tool's client or agent was found from outside.
        let has_client = cells.text(Field::HasClient).as_deref().and_then(truth);
        let onboarding = cells.text(Field::Onboarding);
        let outside =
            has_client == Some(false) || is_onboarded(onboarding.as_deref()) == Some(false);
        let method = if outside && self.tool != Tool::Unnamed {
            Method::Inferred
        } else {
            self.tool.method()
        };
        let same = self.gathered.as_ref().is_some_and(|gathered| {
            gathered.has_room()
                && gathered.subject == subject
                && gathered.when == when
                && gathered.method == method
        });
        if !same && let Some(before) = self.gathered.take() {
            before.finish(sink)?;
        }
        let gathered = self.gathered.get_or_insert_with(|| Gathered {
            subject,
            position,
            when,
            method,
            installed: BTreeMap::new(),
            unknown: BTreeSet::new(),
            not_applicable: BTreeSet::new(),
            lists_updates: false,
            observed: Vec::new(),
        });
        // Active Directory tells Configuration Manager of machines without its client what they told it; Defender guesses.
        let is_guess = outside && self.tool == Tool::Defender;
        system(&cells, self.tool, is_guess, gathered);
        restarts(&cells, self.tool, gathered, position, sink);
        settings(&cells, self.tool, onboarding.as_deref(), gathered);
        ms17_010(&cells, self.tool, gathered, position, sink);
        updates(&cells, self.tool, self.moments, gathered, position, sink);
        Ok(())
    }

    /// Tells the last machine, and what holds of the whole file.
    pub(super) fn finish(self, sink: &mut Sink) -> Result<(), ReadError> {
        if self.dates_unsure {
            sink.note(
                "Some dates could be read with day or month first and nothing settles it: they are taken as the earlier of \
                 the two.",
            );
        }
        if self.columns.has_known_dates() {
            sink.note("Times without a zone are taken to be UTC.");
        }
        if self.rows_of_unknown_time {
            sink.note(
                "Rows without a date that can be read and of which it is known what it means may be of any time: the date of \
                 the list is not theirs.",
            );
        }
        if self.columns.has(Field::Ms17010Alone) {
            sink.note(
                "Below MS17-010 or EternalBlue alone a mere yes, no or present says nothing, for it may mean the fix or the flaw.",
            );
        }
        self.gathered
            .map_or(Ok(()), |gathered| gathered.finish(sink))
    }

    fn subject(
        &self,
        cells: &Cells<'_, '_>,
        position: Position,
        sink: &mut Sink,
    ) -> Vec<Identifier> {
        let mut found = Vec::new();
        for field in [Field::Name, Field::FullName] {
            for place in self.columns.places(field) {
                if let Some(text) = cells.row.stated(place) {
                    // With a domain before it, or the `$` of a computer's account.
                    let name = text
                        .rsplit('\\')
                        .next()
                        .unwrap_or_default()
                        .trim_end_matches('$');
                    if self.columns.may_count(place) && name.bytes().all(|it| it.is_ascii_digit()) {
                        sink.skip(position, COUNT);
                        continue;
                    }
                    if is_rounded(name) {
                        sink.skip(position, ROUNDED_NAME);
                        continue;
                    }
                    match name.parse::<Address>() {
                        Ok(address) => found.extend(Identifier::address(address)),
                        Err(_) => found.extend(names::identifier(name)),
                    }
                }
            }
        }
        if let Some(text) = cells.text(Field::Serial) {
            if is_rounded(&text) {
                sink.skip(position, ROUNDED_SERIAL);
            } else {
                found.extend(Identifier::serial(&text));
            }
        }
        found.extend(
            cells
                .text(Field::BiosUuid)
                .and_then(|text| Identifier::bios_uuid(&text)),
        );
        found.extend(
            cells
                .text(Field::DeviceId)
                .and_then(|text| self.tool.identifier(&text)),
        );
        let entra = cells
            .text(Field::EntraId)
            .filter(|text| text.chars().any(|it| !matches!(it, '0' | '-')));
        found.extend(entra.and_then(|text| Identifier::agent(ENTRA_SCHEME, &text)));
        for text in cells.each(Field::Mac) {
            match text.parse() {
                Ok(mac) => found.push(Identifier::Mac(mac)),
                Err(_) => {
                    sink.skip(
                        position,
                        "an Ethernet address cannot be read; the rest of the row is kept",
                    );
                    break;
                }
            }
        }
        for text in cells.each(Field::Address) {
            match text.split('/').next().unwrap_or_default().parse() {
                Ok(address) => found.extend(Identifier::address(address)),
                Err(_) => {
                    sink.skip(
                        position,
                        "an address cannot be read; the rest of the row is kept",
                    );
                    break;
                }
            }
        }
        found
    }

    /// When the row was true: in a list that someone made when somebody looked or when its machine was last seen, whichever is
    /// earlier, else when its machine was last seen, or else not before its state last changed.
    fn when(&mut self, cells: &Cells<'_, '_>, sink: &mut Sink) -> When {
        let mut when = self.first_moment(Field::LastSeen, cells, sink);
        let checked = self.first_moment(Field::Checked, cells, sink);
        // By its words alone a heading may be taken for one of a check: it makes no row newer.
        let is_earlier = self.tool == Tool::Unnamed && checked.moment() < when.moment();
        if checked != When::Undated && (when == When::Undated || is_earlier) {
            when = checked;
        }
        if when == When::Undated {
            let since = self.first_moment(Field::Since, cells, sink);
            when = since.moment().map_or(When::Undated, When::NoEarlierThan);
        }
        match when {
            When::At(moment) => sink.taken_at(moment),
            When::NoEarlierThan(_) => {}
            When::Undated | When::Unknown => {
                sink.count("rows_undated", 1);
                if self.columns.has_known_dates()
                    || self.columns.has_unclear_dates()
                    || self.has_date_of_unknown_meaning(cells)
                {
                    self.rows_of_unknown_time = true;
                    when = When::Unknown;
                }
            }
        }
        when
    }

    /// Whether a date stands below words for one, were there none in the first rows of the file.
    fn has_date_of_unknown_meaning(&self, cells: &Cells<'_, '_>) -> bool {
        let stated = self
            .columns
            .named_dates()
            .filter_map(|place| cells.row.stated(place));
        stated
            .into_iter()
            .any(|text| self.moments.is_date(text.trim()))
    }

    fn first_moment(&mut self, field: Field, cells: &Cells<'_, '_>, sink: &mut Sink) -> When {
        let stated = self
            .columns
            .places(field)
            .filter_map(|place| cells.row.stated(place));
        for text in stated {
            let seen = match field {
                Field::Checked if is_bare_number(&text) => Seen::Unreadable,
                _ => self.moments.read(&text),
            };
            match seen {
                Seen::At(when) => return when,
                Seen::Unsure(when) => {
                    self.dates_unsure = true;
                    return when;
                }
                Seen::Never => {}
                Seen::Unreadable => {
                    sink.count("dates_unreadable", 1);
                    sink.skip(
                        cells.row.position,
                        "a date cannot be read; the rest of the row is kept",
                    );
                }
            }
        }
        When::Undated
    }
}

const COUNT: &str = "a number stands where machines are named, which may be how many there are";
const ROUNDED_SERIAL: &str = "a spreadsheet has rounded the serial number (as in 1.23E+12), so that it is no machine's own; \
                              the rest of the row is kept";
const ROUNDED_NAME: &str = "a spreadsheet has rounded the name (as in 1.23E+12), so that it is no machine's own; \
                            the rest of the row is kept";

/// Whether a spreadsheet has made a rounded number of a text of digits, such as `1.23E+12`: what many may share.
fn is_rounded(text: &str) -> bool {
    let are_digits = |part: &str| !part.is_empty() && part.bytes().all(|it| it.is_ascii_digit());
    let Some((mantissa, exponent)) = text.trim().split_once(['E', 'e']) else {
        return false;
    };
    let (whole, fraction) = mantissa.split_once(['.', ',']).unwrap_or((mantissa, "0"));
    are_digits(whole)
        && are_digits(fraction)
        && exponent.strip_prefix(['+', '-']).is_some_and(are_digits)
}

#[cfg(test)]
mod tests {
    use std::fmt::Write as _;

    use super::{MOST_OBSERVED, is_rounded};

    /// How many facts the statements on a machine hold, of which many rows are missing 1,000 updates and the last `named` more.
    fn facts_of_statements(rows: usize, named: usize) -> Vec<usize> {
        let mut text = "PC,missingkbs".to_owned();
        for number in 0..named {
            let _ = write!(text, ",KB{}", 400_000 + number);
        }
        for row in 0..rows {
            text += "\nPC1,";
            for number in 0..1000 {
                let _ = write!(text, "KB{};", 1_000_000 + row * 1000 + number);
            }
            let state = if row + 1 == rows { ",missing" } else { "," };
            text += &state.repeat(named);
        }
        let outcome = crate::read(
            "list.csv",
            &mut std::io::Cursor::new(text),
            crate::Limits::DEFAULT,
        );
        let statements = outcome.readings.iter().flat_map(|it| &it.statements);
        statements.map(|it| it.observed.len()).collect()
    }

    #[test]
    fn no_row_makes_a_statement_hold_more_facts_than_it_can_number() {
        assert_eq!(facts_of_statements(59, 1000), [MOST_OBSERVED]);
        assert_eq!(facts_of_statements(59, 1001), [MOST_OBSERVED, 1]);
        assert_eq!(facts_of_statements(60, 7270), [MOST_OBSERVED, 7270]);
        assert_eq!(facts_of_statements(61, 0), [MOST_OBSERVED, 1000]);
    }

    #[test]
    fn what_a_spreadsheet_rounded_is_told_from_what_a_maker_wrote() {
        for text in ["1.23E+12", "1,23E+12", "5E+15", " 1.23457e+08 ", "2.0E-05"] {
            assert!(is_rounded(text), "{text}");
        }
        for text in [
            "",
            "5CG1234",
            "1E12",
            "12345E",
            "E+12",
            "1.E+5",
            "1.2.3E+5",
            "PC-E+1",
            "123456789012",
        ] {
            assert!(!is_rounded(text), "{text}");
        }
    }
}
