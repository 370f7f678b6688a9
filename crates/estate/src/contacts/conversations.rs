//! From the conversations that listings show to pairs of machines.
//!
//! A listing is followed from the networks that its own addresses lie in, while its machine still stands there. It names the
//! other end by its address alone. That is the one machine that was seen at that address within a lease
//! window before or after, in a network that can be addressed from there: of its organisation, or in one realm with
//! it. An address behind translation is in neither. Where there are several such machines, or none, nothing is told.

use std::collections::btree_map::Entry;
use std::collections::{BTreeMap, BTreeSet};

use jiff::{SignedDuration, Timestamp};
use wardround_evidence::{Conversation, Fact, Method, Port, Reading, Side, Statement};

use super::count::ConversationCount;
use super::places::Places;
use super::stays::Stays;
use super::viewpoint::{Listing, Viewpoint};
use crate::estate::{Host, HostId, Network, NetworkId, OrganisationId, StatementId};

/// A listing is read to no more lines. Each machine has its own bound, so that a forged listing takes nothing from others'.
pub(super) const MOST_PAIRS_OF_ONE_LISTER: usize = 30_000;

/// A conversation between two machines, however often it was seen.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct ConversationPair {
    /// Who began.
    pub from: HostId,
    /// Who answered.
    pub to: HostId,
    /// On which port.
    pub port: Port,
    /// Whether each listing only guesses from the port numbers who began, and on which port: then the two know each other, and
    /// nothing is proven to pass.
    pub is_guess: bool,
}

/// Conversations, and the pairs of networks that they crossed.
#[derive(Debug, Default)]
pub(crate) struct Conversations {
    /// Who began, who answered and on which port; whether that is only guessed.
    pairs: BTreeMap<(HostId, HostId, Port), bool>,
    pub(crate) crossed: BTreeSet<(NetworkId, NetworkId, Port)>,
    pub(crate) count: ConversationCount,
    /// Pairs that nobody listed before the machine whose listings are being read.
    pairs_of_lister: usize,
}

/// What is asked of the evidence to find out who was at the other end.
pub(crate) struct Listed<'a> {
    pub(crate) readings: &'a [Reading],
    pub(crate) hosts: &'a [Host],
    pub(crate) networks: &'a [Network],
    /// The organisation of all that has none.
    pub(crate) nobody: OrganisationId,
    pub(crate) moment_of: &'a dyn Fn(StatementId) -> Option<Timestamp>,
    /// Whether what was seen at a moment still speaks.
    pub(crate) covers: &'a dyn Fn(StatementId) -> bool,
    pub(crate) lease_window: SignedDuration,
}

/// One line of a listing.
pub(super) struct Line {
    pub(super) conversation: Conversation,
    /// Whether the side and the port are guessed.
    is_guess: bool,
}

impl Conversations {
    /// The pairs, in order, each once.
    pub(crate) fn pairs(&self) -> Vec<ConversationPair> {
        let pairs = self.pairs.iter();
        pairs
            .map(|((from, to, port), is_guess)| ConversationPair {
                from: *from,
                to: *to,
                port: *port,
                is_guess: *is_guess,
            })
            .collect()
    }

    /// What became of all of them, in a sentence; none where there are none.
    pub(crate) fn note(&self) -> Option<String> {
        self.count.note(self.pairs.len())
    }

    pub(crate) fn find(listed: &Listed<'_>) -> Self {
        let mut found = Self::default();
        let listings = found.listings(listed);
        if listings.is_empty() {
            return found;
        }
        let places = Places::new(listed.networks);
        let stays = listed.stays(&places, &listings);
        for of_one in listings.chunk_by(|one, other| one.host == other.host) {
            found.pairs_of_lister = 0;
            for listing in of_one {
                found.follow(listed, &places, &stays, listing);
            }
        }
        found
    }

    fn follow(
        &mut self,
        listed: &Listed<'_>,
        places: &Places<'_>,
        stays: &Stays,
        listing: &Listing,
    ) {
        let mut viewpoints = BTreeMap::new();
        for line in listed.conversations(listing.statement) {
            let peer = line.conversation.peer;
            let from = viewpoints
                .entry(peer.ip().is_ipv4())
                .or_insert_with(|| listed.viewpoint(places, listing, peer));
            match from {
                Some(from) if from.withins.is_empty() => self.count.unowned += 1,
                Some(from) => self.add(listed, stays, listing, from, line),
                None => self.count.elsewhere += 1,
            }
        }
    }

    /// The listings of conversations that were taken at a known time and still speak; what others list is counted.
    fn listings(&mut self, listed: &Listed<'_>) -> Vec<Listing> {
        let mut listings = Vec::new();
        for (id, host) in (0..).map(HostId).zip(listed.hosts) {
            for statement in &host.statements {
                let lines = listed.conversations(*statement).count();
                if lines == 0 {
                    continue;
                }
                self.count.seen += lines;
                match (listed.moment_of)(*statement) {
                    None => self.count.undated += lines,
                    Some(_) if !(listed.covers)(*statement) => self.count.stale += lines,
                    Some(moment) => listings.push(Listing {
                        host: id,
                        statement: *statement,
                        moment,
                    }),
                }
            }
        }
        listings
    }

    fn add(
        &mut self,
        listed: &Listed<'_>,
        stays: &Stays,
        listing: &Listing,
        viewpoint: &Viewpoint,
        line: Line,
    ) {
        let Line {
            conversation: Conversation { side, port, peer },
            is_guess,
        } = line;
        let others = listed.others(stays, viewpoint, listing.moment, peer);
        let (other, network) = match others.first_key_value() {
            None => {
                self.count.unknown_end += 1;
                return;
            }
            Some(_) if others.len() > 1 => {
                self.count.several += 1;
                return;
            }
            Some((other, _)) if *other == listing.host => {
                self.count.itself += 1;
                return;
            }
            Some((other, network)) => (*other, *network),
        };
        let (from, to) = match side {
            Side::Began => (listing.host, other),
            Side::Answered => (other, listing.host),
        };
        match self.pairs.entry((from, to, port)) {
            Entry::Occupied(mut pair) => *pair.get_mut() &= is_guess,
            Entry::Vacant(place) if self.pairs_of_lister < MOST_PAIRS_OF_ONE_LISTER => {
                place.insert(is_guess);
                self.pairs_of_lister += 1;
            }
            Entry::Vacant(_) => {
                self.count.over += 1;
                return;
            }
        }
        self.count.used += 1;
        if !is_guess
            && let Some(own) = viewpoint.network()
            && own != network
            && !listed.networks[own.0 as usize].holds(peer)
        {
            self.crossed.insert(match side {
                Side::Began => (own, network, port),
                Side::Answered => (network, own, port),
            });
        }
    }
}

impl Listed<'_> {
    pub(super) fn conversations(&self, id: StatementId) -> impl Iterator<Item = Line> {
        let facts = self.statement(id).observed.iter();
        facts.filter_map(|observed| match observed.fact {
            Fact::Conversation(conversation) => Some(Line {
                conversation,
                is_guess: observed.method >= Method::Inferred,
            }),
            _ => None,
        })
    }

    pub(super) fn network(&self, id: NetworkId) -> &Network {
        &self.networks[id.0 as usize]
    }

    pub(super) fn statement(&self, id: StatementId) -> &Statement {
        &self.readings[id.reading as usize].statements[id.statement as usize]
    }
}
