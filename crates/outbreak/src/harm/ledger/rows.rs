//! The rows of a ledger, as text and back.

use std::collections::BTreeMap;

use jiff::civil::Date;
use serde::Serialize;

use super::super::{Gbp, ServiceRules};
use crate::rows::{Columns, Row, RowFault, Table, TableError, line_of};

const COLUMNS: Columns = Columns {
    names: &[
        "day",
        "organisation",
        "kind",
        "activity",
        "amount",
        "standing",
        "note",
    ],
    needed: 6,
};
const KINDS: &str = "cancelled, spend, hours or sightings";
/// Kinds of rows, which no activity may be called: else money and counts would be told apart by nothing.
const RESERVED: [&str; 4] = ["cancelled", "spend", "hours", "sightings"];

/// What was entered: its rows in their order, and what could not be read.
#[derive(Clone, Debug, PartialEq)]
pub struct Ledger {
    /// Rows that could be read.
    pub rows: Vec<Placed>,
    /// Rows that could not.
    pub faults: Vec<RowFault>,
    /// Rows that repeat one above in every column: they are the same row, and are not in `rows` again.
    pub repeated: Vec<Repeated>,
    /// Columns that mean nothing here.
    pub ignored_columns: Vec<String>,
    header: Vec<String>,
}

/// A row and where it stands.
#[derive(Clone, Debug, PartialEq)]
pub struct Placed {
    /// Its line, from 1.
    pub line: u64,
    /// What it says.
    pub row: LedgerRow,
}

/// One thing that happened to one organisation on one day.
#[derive(Clone, Debug, PartialEq)]
pub struct LedgerRow {
    /// The day on which it happened.
    pub day: Date,
    /// To whom.
    pub organisation: String,
    /// What.
    pub entry: LedgerEntry,
    /// How the amount is known.
    pub standing: Standing,
    /// Where it comes from, in the words of whoever entered it.
    pub note: String,
}

/// What happened. Each kind has its own unit, so that none is ever added to another.
#[derive(Clone, Debug, PartialEq)]
pub enum LedgerEntry {
    /// Units of an activity that were cancelled.
    Cancelled {
        /// The activity: an identifier of the table of services where it is in it, else as it was entered.
        activity: String,
        /// How many.
        units: f64,
    },
    /// Money spent.
    Spend(Gbp),
    /// Hours that staff worked because of it.
    StaffHours(f64),
    /// Infected machines that were seen: a machine that is seen on two days is in both.
    Sightings(f64),
}

/// How an amount is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Standing {
    /// Counted.
    Measured,
    /// Reckoned.
    Estimated,
}

/// A row that is in the ledger already, or earlier in the same file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Repeated {
    /// Its line in the file that was to be added.
    pub line: u64,
    /// The line of the one that it repeats; of the ledger, unless `within`.
    pub of_line: u64,
    /// Whether that one stands in the same file.
    pub within: bool,
    /// The row, as it would be written.
    pub words: String,
}

impl Ledger {
    /// The header of a new ledger.
    #[must_use]
    pub fn new_header() -> String {
        COLUMNS.names.join(",")
    }

    /// The first day of which anything was entered.
    #[must_use]
    pub fn first_day(&self) -> Option<Date> {
        self.rows.iter().map(|placed| placed.row.day).min()
    }

    /// Reads a ledger; a row that cannot be read is reported and the rest kept.
    ///
    /// # Errors
    /// When it has no header, or the header lacks a column.
    pub fn parse(text: &str, rules: &ServiceRules) -> Result<Self, TableError> {
        let table = Table::parse(text, &COLUMNS)?;
        let mut ledger = Self {
            rows: Vec::new(),
            faults: table.faults,
            repeated: Vec::new(),
            ignored_columns: table.ignored,
            header: table.header,
        };
        let mut known: BTreeMap<String, u64> = BTreeMap::new();
        for row in &table.rows {
            let line = row.line;
            let read = match LedgerRow::read(row, rules) {
                Ok(read) => read,
                Err(fault) => {
                    ledger.faults.push(fault);
                    continue;
                }
            };
            let words = read.words();
            if let Some(&of_line) = known.get(&words) {
                ledger.repeated.push(Repeated {
                    line,
                    of_line,
                    within: true,
                    words,
                });
            } else {
                known.insert(words, line);
                ledger.rows.push(Placed { line, row: read });
            }
        }
        ledger.faults.sort_by_key(|fault| fault.line);
        Ok(ledger)
    }

    /// Which rows of another are new to this one, and which repeat a row.
    #[must_use]
    pub fn compare<'o>(&self, other: &'o Self) -> (Vec<&'o Placed>, Vec<Repeated>) {
        let known: BTreeMap<String, u64> = (self.rows.iter())
            .map(|placed| (placed.row.words(), placed.line))
            .collect();
        let (mut new, mut repeated) = (Vec::new(), other.repeated.clone());
        for placed in &other.rows {
            let words = placed.row.words();
            if let Some(&of_line) = known.get(&words) {
                repeated.push(Repeated {
                    line: placed.line,
                    of_line,
                    within: false,
                    words,
                });
            } else {
                new.push(placed);
            }
        }
        repeated.sort_by_key(|one| one.line);
        (new, repeated)
    }

    /// The text of this ledger with more rows at its end, in the order of its own columns.
    #[must_use]
    pub fn with(&self, text: &str, rows: &[&Placed]) -> String {
        let mut text = text.to_owned();
        if !text.is_empty() && !text.ends_with('\n') {
            text.push('\n');
        }
        for placed in rows {
            let fields = placed.row.fields();
            let field = |column: &String| {
                let place = COLUMNS.names.iter().position(|name| name == column);
                place.map_or("", |place| fields[place].as_str())
            };
            text.push_str(&line_of(self.header.iter().map(field)));
            text.push('\n');
        }
        text
    }
}

impl LedgerRow {
    fn read(row: &Row, rules: &ServiceRules) -> Result<Self, RowFault> {
        let day = row.day("day")?;
        let organisation = row.needed("organisation")?.to_owned();
        let kind = row.needed("kind")?.to_lowercase();
        let activity = row.stated("activity");
        let entry = match kind.as_str() {
            "cancelled" => LedgerEntry::Cancelled {
                activity: activity_of(row, rules)?,
                units: whole(row, "units that were cancelled")?,
            },
            "spend" => LedgerEntry::Spend(Gbp(row.number("amount")?)),
            "hours" => LedgerEntry::StaffHours(row.number("amount")?),
            "sightings" => LedgerEntry::Sightings(whole(row, "machines")?),
            _ => {
                return Err(row.fault("kind", format!("`{kind}` is not known; it is {KINDS}")));
            }
        };
        if kind != "cancelled" && activity.is_some() {
            let what = "only cancelled units have an activity; leave it empty";
            return Err(row.fault("activity", what));
        }
        let standing = match row.needed("standing")?.to_lowercase().as_str() {
            "measured" => Standing::Measured,
            "estimated" => Standing::Estimated,
            other => {
                let what = format!("`{other}` is not known; it is measured or estimated");
                return Err(row.fault("standing", what));
            }
        };
        Ok(Self {
            day,
            organisation,
            entry,
            standing,
            note: row.field("note").to_owned(),
        })
    }

    /// Its fields in the order of a new ledger's columns.
    fn fields(&self) -> [String; 7] {
        let (kind, activity, amount) = match &self.entry {
            LedgerEntry::Cancelled { activity, units } => ("cancelled", activity.as_str(), *units),
            LedgerEntry::Spend(Gbp(pounds)) => ("spend", "", *pounds),
            LedgerEntry::StaffHours(hours) => ("hours", "", *hours),
            LedgerEntry::Sightings(count) => ("sightings", "", *count),
        };
        let standing = match self.standing {
            Standing::Measured => "measured",
            Standing::Estimated => "estimated",
        };
        [
            self.day.to_string(),
            self.organisation.clone(),
            kind.to_owned(),
            activity.to_owned(),
            amount.to_string(),
            standing.to_owned(),
            self.note.clone(),
        ]
    }

    /// The row as a new ledger has it; two rows are the same where these words are.
    #[must_use]
    pub fn words(&self) -> String {
        line_of(self.fields().iter().map(String::as_str))
    }
}

/// An amount of what comes in wholes.
fn whole(row: &Row, of: &str) -> Result<f64, RowFault> {
    let count = row.number("amount")?;
    if count.fract() > 0.0 {
        let what = format!("{of} are counted in whole numbers");
        return Err(row.fault("amount", what));
    }
    Ok(count)
}

/// The activity of a row.
///
/// # Errors
/// When it is empty, or called as a kind of rows is.
pub(super) fn activity_of(row: &Row, rules: &ServiceRules) -> Result<String, RowFault> {
    let word = row.needed("activity")?;
    if RESERVED.contains(&word.to_lowercase().as_str()) {
        let what = format!(
            "`{word}` is a kind of rows and no activity; an activity is units of care, such as outpatient_appointments"
        );
        return Err(row.fault("activity", what));
    }
    Ok(activity_id(rules, word))
}

/// The identifier of an activity that is named by it or by its units; other words stay as they are.
pub(super) fn activity_id(rules: &ServiceRules, word: &str) -> String {
    let word = word.trim();
    let same = |known: &str| known.to_lowercase() == word.to_lowercase();
    let known = rules
        .activities
        .iter()
        .find(|activity| same(&activity.id) || same(&activity.name));
    known.map_or_else(|| word.to_owned(), |activity| activity.id.clone())
}

#[cfg(test)]
mod tests {
    use super::{Ledger, LedgerEntry, Standing};
    use crate::harm::{Gbp, ServiceRules};

    fn ledger(rows: &str) -> Ledger {
        let text = format!("{}\n{rows}", Ledger::new_header());
        Ledger::parse(&text, &ServiceRules::built_in()).unwrap()
    }

    #[test]
    fn a_bad_row_is_named_by_line_and_column_and_the_rest_kept() {
        let read = ledger(
            "2017-05-12,North,cancelled,Outpatient appointments,120,measured,booking system\n\
             12/05/2017,North,spend,,5,measured,\n\
             2017-05-12,North,spend,,£5,measured,\n\
             2017-05-12,North,spend,theatre,5,measured,\n\
             2017-05-12,North,gifts,,5,measured,\n\
             2017-05-12,North,cancelled,,5,measured,\n\
             2017-05-12,North,hours,,5,guessed,\n\
             2017-05-12,North,sightings,,1.5,measured,\n\
             2017-05-12,North,cancelled,ae_attendances,0.4,measured,\n\
             2017-05-12,,hours,,5,measured,\n\
             2017-05-12,North,hours,,7.5,Estimated,\"rota, by hand\"\n\
             2017-05-12,North,spend,,1250.50,measured,invoice\n",
        );
        let faults: Vec<String> = read
            .faults
            .iter()
            .map(|fault| {
                let text = fault.to_string();
                text.split_once(':').unwrap().0.to_owned()
            })
            .collect();
        assert_eq!(
            faults,
            [
                "line 3, column `day`",
                "line 4, column `amount`",
                "line 5, column `activity`",
                "line 6, column `kind`",
                "line 7, column `activity`",
                "line 8, column `standing`",
                "line 9, column `amount`",
                "line 10, column `amount`",
                "line 11, column `organisation`",
            ]
        );
        let entries: Vec<&LedgerEntry> = read.rows.iter().map(|placed| &placed.row.entry).collect();
        assert_eq!(
            entries,
            [
                &LedgerEntry::Cancelled {
                    activity: "outpatient_appointments".to_owned(),
                    units: 120.0
                },
                &LedgerEntry::StaffHours(7.5),
                &LedgerEntry::Spend(Gbp(1250.5)),
            ]
        );
        assert_eq!(read.rows[1].row.standing, Standing::Estimated);
    }

    #[test]
    fn the_same_row_again_is_told_by_the_lines_of_both() {
        let there = ledger("2017-05-12,North,spend,,50,measured,taxi\n");
        let more = ledger(
            "2017-05-12,North,spend,,50.00,Measured,taxi\n\
             2017-05-12,North,spend,,50,measured,second taxi\n\
             2017-05-12,North,spend,,50,measured,second taxi\n",
        );
        let (new, repeated) = there.compare(&more);
        assert_eq!(new.len(), 1);
        let places: Vec<(u64, u64, bool)> = repeated
            .iter()
            .map(|one| (one.line, one.of_line, one.within))
            .collect();
        assert_eq!(places, [(2, 2, false), (4, 3, true)]);
    }

    #[test]
    fn a_row_that_is_there_twice_is_one_row_and_told_by_the_lines_of_both() {
        let read = ledger(
            "2017-05-12,North,spend,,50,measured,taxi\n\
             2017-05-12,North,spend,,50.0,Measured,taxi\n\
             2017-05-12,North,spend,,50,estimated,taxi\n",
        );
        let lines: Vec<u64> = read.rows.iter().map(|placed| placed.line).collect();
        assert_eq!(lines, [2, 4]);
        let [again] = &read.repeated[..] else {
            panic!("one is repeated");
        };
        assert_eq!((again.line, again.of_line, again.within), (3, 2, true));
    }

    #[test]
    fn rows_are_added_in_the_order_of_the_ledgers_own_columns() {
        let rules = ServiceRules::built_in();
        let text = "note,amount,kind,day,organisation,activity,standing,ours";
        let there = Ledger::parse(text, &rules).unwrap();
        let more = ledger("2017-05-12,=North,hours,,3,measured,@rota\n");
        let (new, _) = there.compare(&more);
        let whole = there.with(text, &new);
        assert_eq!(
            whole,
            format!("{text}\n'@rota,3,hours,2017-05-12,'=North,,measured,\n")
        );
        let again = Ledger::parse(&whole, &rules).unwrap();
        assert_eq!(again.rows[0].row, more.rows[0].row);
    }
}
