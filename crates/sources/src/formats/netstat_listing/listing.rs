//! The sockets of one machine, gathered until its listing ends.

use std::collections::BTreeSet;

use wardround_evidence::{
    Address, Conversation, Fact, Identifier, Method, Port, PortState, Position, Protocol, Side,
    Statement, When,
};

use super::endpoint::Host;
use super::socket::{Socket, State};
use crate::{ReadError, Sink, names};

/// Addresses and names: far more than a machine has.
const MOST_IDENTIFIERS: usize = 1_000;

/// A statement numbers its facts with 16 bits; a conversation too many is left out.
const MOST_CONVERSATIONS: usize = 30_000;

/// The first port that Linux gives to clients (`ip_local_port_range`); Windows and macOS begin at 49152 (RFC 6335).
const FIRST_FOR_CLIENTS: u16 = 32_768;

/// A listing so far.
pub(super) struct Listing {
    position: Position,
    listening: BTreeSet<Port>,
    /// Own port, other's address and port.
    conversations: BTreeSet<(u16, Address, u16)>,
    names: BTreeSet<Identifier>,
    in_conversation: BTreeSet<Address>,
    bound: BTreeSet<Address>,
}

impl Listing {
    /// A listing whose first socket stands on a line.
    pub(super) const fn begin(line: u64, number: u64) -> Self {
        Self {
            position: Position::new(line, number),
            listening: BTreeSet::new(),
            conversations: BTreeSet::new(),
            names: BTreeSet::new(),
            in_conversation: BTreeSet::new(),
            bound: BTreeSet::new(),
        }
    }

    /// Takes a socket.
    pub(super) fn socket(&mut self, socket: &Socket<'_>, sink: &mut Sink) -> Result<(), ReadError> {
        let Some(number) = socket.local.port else {
            return Ok(());
        };
        match &socket.local.host {
            Host::Machine(address) => {
                self.bound.insert(*address);
            }
            Host::Name(name) => self.names.extend(names::identifier(name)),
            Host::Unreadable => sink.count("addresses_unreadable", 1),
            Host::Any | Host::Loopback | Host::Other => {}
        }
        let port = Port {
            protocol: socket.protocol,
            number,
        };
        match socket.state {
            State::Listening => {
                sink.count("sockets_listening", 1);
                self.listens(port, &socket.local.host, sink);
            }
            State::None if number < FIRST_FOR_CLIENTS => {
                self.listens(port, &socket.local.host, sink)
            }
            State::Established => self.converses(socket, number, sink),
            State::NotUnderstood => {
                sink.count("states_not_understood", 1);
                sink.note("Some sockets have states in another language; their conversations are left out.");
            }
            State::Passing | State::None => {}
        }
        if self.bound.len() + self.names.len() > MOST_IDENTIFIERS {
            return Err(ReadError::TooMuch {
                what: "one machine has too many names and addresses",
                limit: MOST_IDENTIFIERS as u64,
            });
        }
        Ok(())
    }

    fn listens(&mut self, port: Port, host: &Host<'_>, sink: &mut Sink) {
        // The ports are at most twice 65,536, and a listing of more sockets than that repeats them.
        match host {
            Host::Loopback => sink.count("sockets_for_itself_alone", 1),
            // It may be the machine itself.
            Host::Unreadable => {}
            Host::Any | Host::Machine(_) | Host::Name(_) | Host::Other => {
                self.listening.insert(port);
            }
        }
    }

    fn converses(&mut self, socket: &Socket<'_>, own: u16, sink: &mut Sink) {
        let (Host::Machine(peer), Some(port)) = (&socket.foreign.host, socket.foreign.port) else {
            return;
        };
        sink.count("conversations", 1);
        if let Host::Machine(address) = socket.local.host {
            if address == *peer {
                return;
            }
            self.in_conversation.insert(address);
        }
        if self.conversations.len() < MOST_CONVERSATIONS {
            self.conversations.insert((own, *peer, port));
        } else {
            sink.note("There are more conversations than are kept.");
        }
    }

    /// Tells the sink. The listing has ended.
    pub(super) fn finish(self, sink: &mut Sink) -> Result<(), ReadError> {
        // What speaks to others is no address of a virtual network inside the machine, which others have as well.
        let addresses = if self.in_conversation.is_empty() {
            &self.bound
        } else {
            &self.in_conversation
        };
        let addresses = addresses
            .iter()
            .filter_map(|address| Identifier::address(*address));
        let subject: Vec<Identifier> = addresses.chain(self.names.iter().cloned()).collect();
        if subject.is_empty() {
            sink.skip(
                self.position,
                "the listing shows no address or name of its machine",
            );
            return Ok(());
        }
        let mut statement = Statement::new(subject, self.position, When::Undated);
        for port in self.listening.iter().take(MOST_CONVERSATIONS) {
            statement.observe(Method::Inventoried, Fact::Port(*port, PortState::Open));
        }
        let told: BTreeSet<(Method, Conversation)> = self
            .conversations
            .iter()
            .map(|(own, peer, other)| self.side(*own, *peer, *other))
            .collect();
        for (method, conversation) in told {
            statement.observe(method, Fact::Conversation(conversation));
        }
        sink.statement(statement)
    }

    /// Who began: whoever speaks from a port that the machine listens on answered. Where the listing leaves listening
    /// sockets out, the lower port is taken for the service.
    fn side(&self, own: u16, peer: Address, other: u16) -> (Method, Conversation) {
        let listens = |number| self.listening.contains(&Port::tcp(number));
        let lists_tcp = self
            .listening
            .iter()
            .any(|port| port.protocol == Protocol::Tcp);
        let (method, answered) = if lists_tcp {
            (Method::Inventoried, listens(own))
        } else {
            (Method::Inferred, own < other)
        };
        let (side, number) = if answered {
            (Side::Answered, own)
        } else {
            (Side::Began, other)
        };
        let port = Port::tcp(number);
        (method, Conversation { side, port, peer })
    }
}
