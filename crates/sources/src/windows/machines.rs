//! Rows of one update each, gathered by the machine that they name.

use std::collections::BTreeMap;

use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use wardround_evidence::{
    Address, Fact, Identifier, InstalledUpdate, Kb, ListExtent, Method, Position, Statement,
    UpdateList, When,
};

use super::{DateOrder, OrderEvidence, WrittenDate, kb_of_entry};
use crate::{ReadError, Sink};

/// Rows of one file: 20,000 machines of 250 updates each.
const MOST_ROWS: u64 = 5_000_000;

/// What a row, or a block of keys and values, says of one update.
///
/// `InstalledBy` names a person and is never kept.
#[derive(Clone, Debug, Default)]
pub(crate) struct Properties {
    host: Option<String>,
    hotfix_id: Option<String>,
    installed_on: Option<WrittenDate>,
}

impl Properties {
    /// Takes the value of a property, where it is one that matters. The machine's own name is preferred to the one that
    /// it was asked by.
    pub(crate) fn set(&mut self, property: &str, value: &str) {
        let value = value.trim();
        match property {
            _ if value.is_empty() => {}
            "HotFixID" => self.hotfix_id = Some(value.to_owned()),
            "InstalledOn" => self.installed_on = WrittenDate::parse(value),
            "CSName" => self.host = Some(value.to_owned()),
            "Source" | "__SERVER" | "PSComputerName" | "Node" if self.host.is_none() => {
                self.host = Some(value.to_owned());
            }
            _ => {}
        }
    }

    /// Whether it names an update or an entry in its place.
    pub(crate) const fn has_entry(&self) -> bool {
        self.hotfix_id.is_some()
    }
}

struct Machine {
    first: Position,
    updates: Vec<(Kb, Option<WrittenDate>)>,
}

/// The machines of one file with their updates.
pub(crate) struct Machines {
    machines: BTreeMap<String, Machine>,
    nameless: Option<Position>,
    unnameable: Option<Position>,
    rows: u64,
    order: OrderEvidence,
}

impl Machines {
    /// None yet.
    pub(crate) const fn new() -> Self {
        Self {
            machines: BTreeMap::new(),
            nameless: None,
            unnameable: None,
            rows: 0,
            order: OrderEvidence {
                day_first: false,
                month_first: false,
                unsure: false,
            },
        }
    }

    /// Adds a row.
    pub(crate) fn add(&mut self, position: Position, row: Properties) -> Result<(), ReadError> {
        self.rows += 1;
        if self.rows > MOST_ROWS {
            return Err(ReadError::TooMuch {
                what: "updates in one file",
                limit: MOST_ROWS,
            });
        }
        if let Some(date) = row.installed_on {
            self.order.see(date);
        }
        let Some(host) = row.host else {
            self.nameless.get_or_insert(position);
            return Ok(());
        };
        if !is_usable(&host) {
            self.unnameable.get_or_insert(position);
            return Ok(());
        }
        let machine = self
            .machines
            .entry(host.to_lowercase())
            .or_insert_with(|| Machine {
                first: position,
                updates: Vec::new(),
            });
        if let Some(kb) = row.hotfix_id.as_deref().and_then(kb_of_entry) {
            machine.updates.push((kb, row.installed_on));
        }
        Ok(())
    }

    /// Adds a row, unless the file ends in it where that may have cut the update's number: `KB4012212` would become another.
    pub(crate) fn add_unless_cut(
        &mut self,
        position: Position,
        row: Properties,
        cut: bool,
        sink: &mut Sink,
    ) -> Result<(), ReadError> {
        if cut {
            sink.cut("it ends inside its last update, which may be cut");
            return Ok(());
        }
        self.add(position, row)
    }

    /// Hands the lists to the sink, reading unclear dates in the order that the others show, or `otherwise`. Where letters
    /// outside ASCII cannot be trusted, a name that holds one is not used.
    pub(crate) fn finish(
        mut self,
        otherwise: Option<DateOrder>,
        trust_letters: bool,
        sink: &mut Sink,
    ) -> Result<(), ReadError> {
        if !trust_letters {
            for (_, machine) in self.machines.extract_if(.., |host, _| !host.is_ascii()) {
                self.unnameable.get_or_insert(machine.first);
            }
        }
        sink.count("listed_entries", self.rows);
        sink.count("machines", self.machines.len() as u64);
        let order = self.order.order(otherwise);
        if self.order.matters() && order.is_none() {
            sink.note(
                "Some dates can be read with day or month first and nothing in the file settles it: they are left out.",
            );
        }
        if let Some(position) = self.nameless {
            sink.statement(Statement::new(Vec::new(), position, When::Undated))?;
        }
        if let Some(position) = self.unnameable {
            sink.skip(
                position,
                "the name of its machine is cut, is none, or has letters that the file's encoding does not settle",
            );
        }
        for (index, (host, machine)) in self.machines.into_iter().enumerate() {
            let position = Position::new(machine.first.line, index as u64 + 1);
            let subject = Identifier::name(&host)
                .or_else(|| Identifier::address(host.parse::<Address>().ok()?));
            let updates = installed(machine.updates, order);
            let newest = updates
                .iter()
                .filter_map(|update| update.installed_on)
                .max();
            let when = newest.map_or(When::Undated, |day| When::NoEarlierThan(midnight(day)));
            let mut statement = Statement::new(subject.into_iter().collect(), position, when);
            let extent = ListExtent::Unstated;
            statement.observe(
                Method::Inventoried,
                Fact::Updates(UpdateList { updates, extent }),
            );
            sink.statement(statement)?;
        }
        Ok(())
    }
}

/// A name in DNS has no more (RFC 1035, 2.3.4).
const LONGEST_NAME_BYTES: usize = 255;

/// Whether a name is a whole one. PowerShell cuts a name that is wider than its column and marks it with dots.
fn is_usable(host: &str) -> bool {
    let cut = host.ends_with("...") || host.ends_with('…');
    let broken =
        |it: char| it.is_whitespace() || it.is_control() || it == char::REPLACEMENT_CHARACTER;
    let fits = host.len() <= LONGEST_NAME_BYTES;
    fits && !cut && !host.contains(broken) && host != "." && !host.eq_ignore_ascii_case("localhost")
}

/// Sorted, each number once with its newest day.
fn installed(
    written: Vec<(Kb, Option<WrittenDate>)>,
    order: Option<DateOrder>,
) -> Vec<InstalledUpdate> {
    let mut days: BTreeMap<Kb, Option<Date>> = BTreeMap::new();
    for (kb, date) in written {
        let day = date.and_then(|date| date.certain().or_else(|| date.resolve(order)));
        let newest = days.entry(kb).or_default();
        *newest = (*newest).max(day);
    }
    days.into_iter()
        .map(|(kb, installed_on)| InstalledUpdate { kb, installed_on })
        .collect()
}

/// The start of a day, by UTC: no list states its time zone.
fn midnight(day: Date) -> Timestamp {
    day.to_zoned(TimeZone::UTC)
        .map_or(Timestamp::UNIX_EPOCH, |start| start.timestamp())
}
