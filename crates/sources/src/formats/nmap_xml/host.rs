//! One host of a scan, gathered until its element ends.

use jiff::Timestamp;
use wardround_evidence::{
    Fact, Identifier, Method, Observed, Port, PortState, Position, Protocol, Statement, System,
    When,
};

use super::run::moment;
use super::scripts::ntlm;
use crate::names;
use crate::xml::Tag;
use crate::{ReadError, Sink};

/// The ports of three protocols: no host has more.
const MOST_PORTS: usize = 3 << 16;

/// Addresses and names: far more than any host has.
const MOST_IDENTIFIERS: usize = 1_000;

/// A statement numbers its facts with 16 bits; a host with more is told in several statements.
const FACTS_OF_A_STATEMENT: usize = 60_000;

/// The longest name of a system that is kept, in characters.
const LONGEST_SYSTEM: usize = 200;

/// The ports that the built-in threats enter by: the only ones of an unlisted range that are kept.
const KEPT_PORTS: [Port; 7] = [
    Port::tcp(80),
    Port::tcp(135),
    Port::tcp(139),
    Port::tcp(445),
    Port::tcp(1433),
    Port::tcp(3389),
    Port {
        protocol: Protocol::Udp,
        number: 1434,
    },
];

/// A host element so far.
#[derive(Default)]
pub(super) struct Host {
    pub(super) position: Position,
    when: Option<When>,
    subject: Vec<Identifier>,
    pub(super) status: Option<Status>,
    pub(super) ports: Vec<(Port, PortState)>,
    best_guess: Option<(u8, System)>,
    from_scripts: Vec<Observed>,
    /// How many it has: IPv4, IPv6, Ethernet.
    pub(super) addresses: [u64; 3],
    unlisted: Option<PortState>,
    answered_unlisted: bool,
}

/// A guess of a host's system.
pub(super) struct Guess {
    name: String,
    accuracy_percent: Option<u8>,
}

impl Guess {
    /// `<osmatch>`; `None` where it names no system.
    pub(super) fn read(tag: &Tag<'_>) -> Option<Self> {
        let name = tag.attribute("name")?;
        let accuracy_percent = tag.number("accuracy").filter(|percent| *percent <= 100);
        Some(Self {
            name: beginning(&name, LONGEST_SYSTEM).to_owned(),
            accuracy_percent,
        })
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Status {
    Up,
    AssumedUp,
    Down,
}

impl Host {
    /// A host element that begins, in the memory of a former one. Its time is its own end or start, or else the start of
    /// the run.
    pub(super) fn begin(
        tag: &Tag<'_>,
        position: Position,
        run_start: Option<Timestamp>,
        former: Self,
    ) -> Self {
        let time = moment(tag, "endtime").or_else(|| moment(tag, "starttime"));
        let (mut ports, mut from_scripts) = (former.ports, former.from_scripts);
        ports.clear();
        from_scripts.clear();
        Self {
            position,
            when: time.or(run_start).map(When::At),
            ports,
            from_scripts,
            ..Self::default()
        }
    }

    /// Whatever but ports, guesses and scripts says something of a host: why it was not kept, where it was not.
    pub(super) fn describe(&mut self, tag: &Tag<'_>, sink: &mut Sink) -> Option<&'static str> {
        match tag.name() {
            "status" => self.status(tag),
            "address" => return self.address(tag),
            "hostname" => {
                let name = tag.attribute("name");
                self.name(name.and_then(|name| names::identifier(&name)));
            }
            "extraports" => self.extra_ports(tag, sink),
            "extrareasons" => self.extra_reasons(tag),
            _ => {}
        }
        None
    }

    /// `<status>`. The reason `user-set` means that the user said so (`-Pn`) and nothing was asked.
    fn status(&mut self, tag: &Tag<'_>) {
        let assumed = tag.attribute("reason").as_deref() == Some("user-set");
        self.status = match tag.attribute("state").as_deref() {
            Some("up") if assumed => Some(Status::AssumedUp),
            Some("up") => Some(Status::Up),
            Some("down") => Some(Status::Down),
            _ => None,
        };
    }

    /// `<address>`: why it was not kept, where it was not.
    fn address(&mut self, tag: &Tag<'_>) -> Option<&'static str> {
        let text = tag.attribute("addr").unwrap_or_default();
        let identifier = match tag.attribute("addrtype").as_deref() {
            Some("mac") => {
                self.addresses[2] += 1;
                let Ok(mac) = text.parse() else {
                    return Some("an Ethernet address cannot be read");
                };
                Some(Identifier::Mac(mac))
            }
            kind => {
                self.addresses[usize::from(kind == Some("ipv6"))] += 1;
                let Ok(address) = text.parse() else {
                    return Some("an address cannot be read");
                };
                Identifier::address(address)
            }
        };
        self.subject.extend(identifier);
        None
    }

    /// A name from anywhere.
    pub(super) fn name(&mut self, identifier: Option<Identifier>) {
        self.subject.extend(identifier);
    }

    /// A port's state.
    pub(super) fn port(&mut self, port: Port, state: PortState) {
        self.ports.push((port, state));
    }

    /// `<extraports>`: ports that are counted and not listed. It takes an answer to call one closed.
    fn extra_ports(&mut self, tag: &Tag<'_>, sink: &mut Sink) {
        let state = tag.attribute("state");
        let what = match state.as_deref() {
            Some("closed") => "unlisted_closed_ports",
            Some("filtered") => "unlisted_filtered_ports",
            Some("open|filtered") => "unlisted_open_filtered_ports",
            _ => "unlisted_other_ports",
        };
        let count = tag.number("count").unwrap_or(0);
        sink.count(what, count);
        self.answered_unlisted |= count > 0 && state.as_deref() == Some("closed");
        self.unlisted = match state.as_deref() {
            Some("closed") => Some(PortState::Closed),
            Some("filtered") => Some(PortState::Filtered),
            _ => None,
        };
    }

    /// `<extrareasons>` inside `<extraports>`: since 7.90 it names the ports that are not listed, as `1,3-4`.
    fn extra_reasons(&mut self, tag: &Tag<'_>) {
        let (Some(state), Some(ports)) = (self.unlisted, tag.attribute("ports")) else {
            return;
        };
        let protocol = match tag.attribute("proto").as_deref() {
            Some("tcp") => Protocol::Tcp,
            Some("udp") => Protocol::Udp,
            _ => return,
        };
        for (first, last) in ranges(&ports) {
            for port in KEPT_PORTS {
                if port.protocol == protocol && (first..=last).contains(&port.number) {
                    self.ports.push((port, state));
                }
            }
        }
    }

    /// A guess of its system: that with the highest accuracy stays, of equals the first.
    pub(super) fn guess(&mut self, guess: &Guess) {
        let rank = guess.accuracy_percent.unwrap_or(0);
        let is_better = |(best, _): &(u8, System)| rank > *best;
        if self.best_guess.as_ref().is_none_or(is_better) {
            let system = System {
                name: guess.name.clone(),
                confidence_percent: guess.accuracy_percent,
                is_guess: true,
                ..System::default()
            };
            self.best_guess = Some((rank, system));
        }
    }

    /// What a script said.
    pub(super) fn observe(&mut self, observed: Option<Observed>) {
        self.from_scripts.extend(observed);
    }

    /// Whether the element holds more than any host can.
    pub(super) fn within_limits(&self) -> Result<(), ReadError> {
        let too_much = |limit: usize, what| {
            Err(ReadError::TooMuch {
                what,
                limit: limit as u64,
            })
        };
        if self.ports.len() > MOST_PORTS {
            too_much(MOST_PORTS, "one host has too many ports")
        } else if self.subject.len() > MOST_IDENTIFIERS {
            too_much(
                MOST_IDENTIFIERS,
                "one host has too many names and addresses",
            )
        } else if self.from_scripts.len() > MOST_IDENTIFIERS {
            too_much(MOST_IDENTIFIERS, "one host has too many script results")
        } else {
            Ok(())
        }
    }

    /// Whether its element says that it was up.
    pub(super) fn is_up(&self) -> bool {
        matches!(self.status, Some(Status::Up | Status::AssumedUp))
    }

    /// Tells the sink. The element has ended.
    pub(super) fn finish(&mut self, sink: &mut Sink) -> Result<(), ReadError> {
        if self.subject.is_empty() {
            let reason = "its addresses and names stand for no one machine (localhost, link-local)";
            sink.skip(self.position, reason);
            return Ok(());
        }
        let answers = match self.status {
            Some(Status::Up) => Some(true),
            Some(Status::Down) => Some(false),
            _ => self.something_answered().then_some(true),
        };
        let observed = |method: Method, fact| Observed { fact, method };
        let mut all = Vec::with_capacity(2 + self.ports.len() + self.from_scripts.len());
        all.extend(answers.map(|answers| observed(Method::Tested, Fact::Answers(answers))));
        let ports = self.ports.drain(..);
        all.extend(ports.map(|(port, state)| observed(Method::Tested, Fact::Port(port, state))));
        let guess = self
            .best_guess
            .take()
            .map(|(_, system)| Fact::System(system));
        all.extend(guess.map(|fact| observed(Method::Inferred, fact)));
        // Remote Desktop tells the build alone; an SMB server that tells the edition as well says the same and more.
        let names_edition = |observed: &Observed| matches!(&observed.fact, Fact::System(system) if system.name != ntlm::NAME);
        let is_named = self.from_scripts.iter().any(names_edition);
        let says_more = |observed: &Observed| {
            !is_named || !matches!(observed.fact, Fact::System(_)) || names_edition(observed)
        };
        all.extend(self.from_scripts.drain(..).filter(says_more));

        let subject = std::mem::take(&mut self.subject);
        let when = self.when.unwrap_or(When::Undated);
        let mut statement = Statement::new(subject, self.position, when);
        while all.len() > FACTS_OF_A_STATEMENT {
            let rest = all.split_off(FACTS_OF_A_STATEMENT);
            sink.statement(Statement {
                observed: all,
                ..statement.clone()
            })?;
            all = rest;
        }
        statement.observed = all;
        sink.statement(statement)
    }

    fn something_answered(&self) -> bool {
        let answer =
            |(_, state): &(Port, PortState)| matches!(state, PortState::Open | PortState::Closed);
        self.answered_unlisted || self.ports.iter().any(answer)
    }
}

/// The ranges of a list such as `1,3-4`; whatever is none is passed over. Since 7.90 nearly every host of a scan has a list of a
/// thousand ports, so it is taken byte by byte.
fn ranges(list: &str) -> impl Iterator<Item = (u16, u16)> {
    let parts = list.as_bytes().split(|byte| *byte == b',');
    parts.filter_map(|part| {
        let mut ends = part.splitn(2, |byte| *byte == b'-');
        let first = port_number(ends.next()?)?;
        let last = ends.next().map_or(Some(first), port_number)?;
        Some((first, last))
    })
}

/// A number of a list.
fn port_number(text: &[u8]) -> Option<u16> {
    if !(1..=5).contains(&text.len()) || !text.iter().all(u8::is_ascii_digit) {
        return std::str::from_utf8(text).ok()?.trim().parse().ok();
    }
    let digits = text.iter().map(|digit| u32::from(*digit - b'0'));
    u16::try_from(digits.fold(0, |number, digit| 10 * number + digit)).ok()
}

/// The first so many characters.
fn beginning(text: &str, characters: usize) -> &str {
    let end = text.char_indices().nth(characters);
    end.map_or(text, |(end, _)| &text[..end])
}

#[cfg(test)]
mod tests {
    use super::ranges;

    #[test]
    fn a_list_of_ports_loses_only_what_is_no_range() {
        let list =
            "1,3-4, 80 - 90 ,x,,65535,65536,000080,+5,7-,-8,9-8,1-2-3,\u{a0}6,1٣,70000-70001";
        let read: Vec<_> = ranges(list).collect();
        let expected = [
            (1, 1),
            (3, 4),
            (80, 90),
            (65535, 65535),
            (80, 80),
            (5, 5),
            (9, 8),
            (6, 6),
        ];
        assert_eq!(read, expected);
    }
}
