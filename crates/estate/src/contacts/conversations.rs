//! From the conversations that listings show to pairs of machines.
//!
//! A listing names the other end by its address alone. It is the one machine that was seen at that address within a lease
//! window before or after, in a network that the listing's machine can address: of its own organisation, or in one realm with
//! it. An address behind translation is in neither. Where there are several such machines, or none, nothing is told.

use std::collections::{BTreeMap, BTreeSet};

use jiff::{SignedDuration, Timestamp};
use wardround_evidence::{Address, Conversation, Fact, Identifier, Port, Reading, Side};

use crate::estate::{Host, HostId, Network, NetworkId, StatementId};

/// More pairs than an estate has that people run; listings may be made to look otherwise.
const MOST_PAIRS: usize = 1_000_000;

/// A conversation between two machines, however often it was seen.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Spoke {
    /// Who began.
    pub from: HostId,
    /// Who answered.
    pub to: HostId,
    /// On which port.
    pub port: Port,
}

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
    /// Left out: no machine is known at the other end's address at that time.
    pub unknown_end: usize,
    /// Left out: several machines were seen at the other end's address around that time.
    pub several: usize,
    /// Left out: with itself.
    pub itself: usize,
}

impl ConversationCount {
    /// Those that are left out.
    #[must_use]
    pub const fn dropped(&self) -> usize {
        self.seen - self.used
    }
}

/// Conversations, and the pairs of networks that they crossed.
#[derive(Debug, Default)]
pub(crate) struct Conversations {
    pub(crate) pairs: BTreeSet<Spoke>,
    pub(crate) crossed: BTreeSet<(NetworkId, NetworkId, Port)>,
    pub(crate) count: ConversationCount,
    are_too_many: bool,
}

/// What is asked of the evidence to find out who was at the other end.
pub(crate) struct Listed<'a> {
    pub(crate) readings: &'a [Reading],
    pub(crate) hosts: &'a [Host],
    pub(crate) networks: &'a [Network],
    /// Identifiers that are not believed.
    pub(crate) is_disqualified: &'a dyn Fn(&Identifier) -> bool,
    pub(crate) moment_of: &'a dyn Fn(StatementId) -> Option<Timestamp>,
    /// Whether what was seen at a moment still speaks.
    pub(crate) covers: &'a dyn Fn(StatementId) -> bool,
    pub(crate) lease_window: SignedDuration,
}

/// Machines seen at an address, in order of time.
type Sightings = BTreeMap<Address, Vec<(Timestamp, HostId)>>;

/// One line of a listing.
struct Line {
    host: HostId,
    moment: Timestamp,
    conversation: Conversation,
}

impl Conversations {
    pub(crate) fn find(listed: &Listed<'_>) -> Self {
        let mut found = Self::default();
        let lines = found.lines(listed);
        if lines.is_empty() {
            return found;
        }
        let sightings = listed.sightings(&lines);
        for line in &lines {
            found.add(listed, &sightings, line);
        }
        found
    }

    /// The conversations that were seen at a known time and still speak; the others are counted.
    fn lines(&mut self, listed: &Listed<'_>) -> Vec<Line> {
        let mut lines = Vec::new();
        for (id, host) in (0..).map(HostId).zip(listed.hosts) {
            for statement in &host.statements {
                let conversations: Vec<Conversation> = listed.conversations(*statement).collect();
                if conversations.is_empty() {
                    continue;
                }
                self.count.seen += conversations.len();
                match (listed.moment_of)(*statement) {
                    None => self.count.undated += conversations.len(),
                    Some(_) if !(listed.covers)(*statement) => {
                        self.count.stale += conversations.len();
                    }
                    Some(moment) => {
                        lines.extend(conversations.into_iter().map(|conversation| Line {
                            host: id,
                            moment,
                            conversation,
                        }))
                    }
                }
            }
        }
        lines
    }

    fn add(&mut self, listed: &Listed<'_>, sightings: &Sightings, line: &Line) {
        let Conversation { side, port, peer } = line.conversation;
        let others = listed.others(sightings, line);
        let (other, network) = match others.first_key_value() {
            None => {
                self.count.unknown_end += 1;
                return;
            }
            Some(_) if others.len() > 1 => {
                self.count.several += 1;
                return;
            }
            Some((other, _)) if *other == line.host => {
                self.count.itself += 1;
                return;
            }
            Some((other, network)) => (*other, *network),
        };
        self.count.used += 1;
        let (from, to) = match side {
            Side::Began => (line.host, other),
            Side::Answered => (other, line.host),
        };
        let pair = Spoke { from, to, port };
        if self.pairs.len() < MOST_PAIRS || self.pairs.contains(&pair) {
            self.pairs.insert(pair);
        } else {
            self.are_too_many = true;
        }
        // A machine in several networks may have spoken from any of them.
        if let [own] = listed.hosts[line.host.0 as usize].networks[..]
            && own != network
            && !listed.networks[own.0 as usize].holds(peer)
        {
            self.crossed.insert(match side {
                Side::Began => (own, network, port),
                Side::Answered => (network, own, port),
            });
        }
    }

    /// What became of all of them, in a sentence; none where there are none.
    pub(crate) fn notes(&self) -> Vec<String> {
        let ConversationCount {
            seen,
            used,
            undated,
            stale,
            unknown_end,
            several,
            itself,
        } = self.count;
        if seen == 0 {
            return Vec::new();
        }
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
            (itself, "of a machine with itself"),
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
        let mut notes = vec![format!(
            "Conversations in listings of ports: {seen} seen, {used} used (pairs of machines, by port and direction: {}), left out: {left_out}.",
            self.pairs.len(),
        )];
        if self.are_too_many {
            notes.push(format!(
                "More than {MOST_PAIRS} pairs of machines are said to have spoken; the rest are not used."
            ));
        }
        notes
    }
}

impl Listed<'_> {
    fn conversations(&self, id: StatementId) -> impl Iterator<Item = Conversation> {
        let statement = &self.readings[id.reading as usize].statements[id.statement as usize];
        let facts = statement.observed.iter();
        facts.filter_map(|observed| match observed.fact {
            Fact::Conversation(conversation) => Some(conversation),
            _ => None,
        })
    }

    /// Who was seen when at the addresses of others in conversations.
    fn sightings(&self, lines: &[Line]) -> Sightings {
        let peers = lines.iter().map(|line| line.conversation.peer);
        let mut sightings: Sightings = peers
            .filter_map(Identifier::address)
            .filter(|identifier| !(self.is_disqualified)(identifier))
            .filter_map(|identifier| match identifier {
                Identifier::Address(address) => Some((address, Vec::new())),
                _ => None,
            })
            .collect();
        for (id, host) in (0..).map(HostId).zip(self.hosts) {
            for statement in &host.statements {
                let subject = &self.readings[statement.reading as usize].statements
                    [statement.statement as usize]
                    .subject;
                for identifier in subject {
                    if let Identifier::Address(address) = identifier
                        && let Some(seen) = sightings.get_mut(address)
                        && let Some(moment) = (self.moment_of)(*statement)
                    {
                        seen.push((moment, id));
                    }
                }
            }
        }
        for seen in sightings.values_mut() {
            seen.sort_unstable();
            seen.dedup();
        }
        sightings
    }

    /// The machines that the other end may be, each with its network there; two are as good as all.
    fn others(&self, sightings: &Sightings, line: &Line) -> BTreeMap<HostId, NetworkId> {
        let peer = line.conversation.peer;
        let mut others = BTreeMap::new();
        let Some(seen) = sightings.get(&peer) else {
            return others;
        };
        let first = seen
            .partition_point(|(moment, _)| line.moment.duration_since(*moment) > self.lease_window);
        for (moment, host) in &seen[first..] {
            if moment.duration_since(line.moment) > self.lease_window || others.len() > 1 {
                break;
            }
            if let Some(network) = self.network_at(line.host, *host, peer) {
                others.insert(*host, network);
            }
        }
        others
    }

    /// The network in which a machine stands at an address, if `from` can address it there.
    fn network_at(&self, from: HostId, host: HostId, address: Address) -> Option<NetworkId> {
        let network = |id: &NetworkId| &self.networks[id.0 as usize];
        let (from, host) = (&self.hosts[from.0 as usize], &self.hosts[host.0 as usize]);
        let addresses = |to: &Network| {
            let own = from.networks.iter().map(network);
            to.organisation == from.organisation
                || to.realm.is_some() && own.into_iter().any(|own| own.realm == to.realm)
        };
        let mut there = host.networks.iter();
        there
            .find(|id| network(id).holds(address) && addresses(network(id)))
            .copied()
    }
}
