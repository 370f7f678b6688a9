//! From the description's rows on log-ons to pairs of machines.

use std::collections::BTreeSet;

use wardround_evidence::{Declaration, LogOn, Position, Reading, Skipped};

use super::ends::{End, Ends};
use crate::estate::{Host, HostId, Network, Organisation};

/// More pairs than this would be an estate where everyone may do anything, which a share says better than a list.
const MOST_RIGHTS: usize = 1_000_000;

/// Rows that cannot be used and are listed, for each file, as readers list them; the others are counted.
const MOST_LISTED: usize = 100;

/// Pairs of machines of which the users of one may log on to the other, in order. A row whose ends are not known is set down
/// among the skipped records of its file, with its line.
pub(crate) fn log_ons(
    readings: &mut [Reading],
    hosts: &[Host],
    networks: &[Network],
    organisations: &[Organisation],
) -> Vec<(HostId, HostId)> {
    let rows = rows(readings);
    let words = rows.iter().flat_map(|(_, _, row)| [&row.from, &row.to]);
    let ends = Ends::new(words, hosts, networks, organisations);
    let mut rights = Rights::default();
    let mut unusable: Vec<(usize, Skipped)> = Vec::new();
    for (reading, position, row) in &rows {
        if let Err(reason) = rights.add(&ends, row) {
            let position = *position;
            unusable.push((*reading, Skipped { position, reason }));
        }
    }
    unusable.sort_by_key(|(reading, record)| (*reading, record.position));
    for of_one in unusable.chunk_by(|(one, _), (other, _)| one == other) {
        tell(&mut readings[of_one[0].0], of_one);
    }
    rights.pairs.into_iter().collect()
}

/// Sets down the rows of one file that cannot be used: a hundred at most with what was skipped before, but one always. By that
/// one it shows whether evidence was resolved before and says so already.
fn tell(reading: &mut Reading, unusable: &[(usize, Skipped)]) {
    let known: BTreeSet<(Position, &str)> = reading
        .skipped
        .iter()
        .map(|record| (record.position, record.reason.as_str()))
        .collect();
    let new: Vec<Skipped> = unusable
        .iter()
        .filter(|(_, record)| !known.contains(&(record.position, record.reason.as_str())))
        .map(|(_, record)| record.clone())
        .collect();
    // What is not listed may be counted already.
    if new.len() < unusable.len() && reading.skipped_unlisted > 0 {
        return;
    }
    let room = MOST_LISTED.saturating_sub(reading.skipped.len()).max(1);
    let mut new = new.into_iter();
    reading.skipped.extend(new.by_ref().take(room));
    reading.skipped_unlisted += new.len() as u64;
}

/// All rows, in the order of what they say: where there are too many rights, no file's name decides which are kept.
fn rows(readings: &[Reading]) -> Vec<(usize, Position, LogOn)> {
    let mut rows = Vec::new();
    for (number, reading) in readings.iter().enumerate() {
        for (position, declaration) in &reading.declarations {
            if let Declaration::LogOn(row) = declaration {
                rows.push((number, *position, row.clone()));
            }
        }
    }
    rows.sort_by(|(_, _, one), (_, _, other)| {
        let by_user = one.from.as_key().cmp(other.from.as_key());
        by_user.then_with(|| one.to.as_key().cmp(other.to.as_key()))
    });
    rows
}

/// The pairs so far.
#[derive(Default)]
struct Rights {
    pairs: BTreeSet<(HostId, HostId)>,
    /// The ends of the rows that were taken: a row that says the same again costs nothing.
    taken: BTreeSet<(End, End)>,
}

impl Rights {
    fn add(&mut self, ends: &Ends<'_>, row: &LogOn) -> Result<(), String> {
        let from = ends.of("from", &row.from)?;
        let to = ends.of("to", &row.to)?;
        if self.taken.contains(&(from, to)) {
            return Ok(());
        }
        let (users, machines) = (ends.machines(from), ends.machines(to));
        let too_many = || {
            format!(
                "more than {MOST_RIGHTS} pairs of machines would be listed; name smaller groups"
            )
        };
        // Nobody logs on to where they are, so as many as the smaller end has fall away at most.
        let all = users.len().saturating_mul(machines.len());
        if all - users.len().min(machines.len()) > MOST_RIGHTS {
            return Err(too_many());
        }
        let pairs = users
            .iter()
            .flat_map(|from| machines.iter().map(|to| (*from, *to)))
            .filter(|(from, to)| from != to);
        let room = MOST_RIGHTS - self.pairs.len();
        let new = pairs.filter(|pair| !self.pairs.contains(pair));
        let new: Vec<(HostId, HostId)> = new.take(room + 1).collect();
        if new.len() > room {
            return Err(too_many());
        }
        self.pairs.extend(new);
        self.taken.insert((from, to));
        Ok(())
    }
}
