//! The walk through the elements: which tag means what, depending on where it stands.

use std::io::BufRead;

use wardround_evidence::{Identifier, Observed, Port, PortState, Position, Protocol};

use super::counts::Counts;
use super::host::{Guess, Host};
use super::run::Run;
use super::scripts::Script;
use crate::names;
use crate::xml::{Tag, Walk, walk};
use crate::{ReadError, Sink};

/// What an open element is to us. With no more than one number beside its kind it stays in registers, which tells in the time
/// that a scan takes.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Element {
    Run,
    Host,
    Tcp(u16),
    Udp(u16),
    Sctp(u16),
    Guess,
    Script,
    Table,
    Cell,
    Other,
}

/// What one element said of its host.
pub(super) enum Said {
    /// A port: its state, where it gives one.
    Port(Option<(Port, PortState)>),
    /// A guess of the system, where it names one.
    Guess(Option<Guess>),
    /// A script.
    Script(Vec<Identifier>, Option<Observed>),
}

/// Where the walk stands.
pub(super) struct Place<'a> {
    sink: &'a mut Sink,
    run: Option<Run>,
    host: Option<Host>,
    /// The last host that ended, for its memory.
    former_host: Host,
    script: Script,
    /// What the last port, guess or script has said so far; `None` once something in it did more.
    said: Option<Said>,
    counts: Counts,
    hosts_begun: u64,
}

/// Reads every element.
pub(super) fn read(input: &mut dyn BufRead, sink: &mut Sink) -> Result<(), ReadError> {
    let limits = sink.limits();
    read_by(|place| walk(input, limits, place), sink)
}

/// The same by a walk of one kind or another.
pub(super) fn read_by(
    walk: impl FnOnce(&mut Place<'_>) -> Result<(), ReadError>,
    sink: &mut Sink,
) -> Result<(), ReadError> {
    let mut place = Place {
        sink,
        run: None,
        host: None,
        former_host: Host::default(),
        script: Script::default(),
        said: None,
        counts: Counts::default(),
        hosts_begun: 0,
    };
    let result = walk(&mut place);
    place.counts.tell(place.sink);
    result
}

impl Element {
    const fn of_port(port: Port) -> Self {
        match port.protocol {
            Protocol::Tcp => Self::Tcp(port.number),
            Protocol::Udp => Self::Udp(port.number),
            Protocol::Sctp => Self::Sctp(port.number),
        }
    }

    const fn port(self) -> Option<Port> {
        let (protocol, number) = match self {
            Self::Tcp(number) => (Protocol::Tcp, number),
            Self::Udp(number) => (Protocol::Udp, number),
            Self::Sctp(number) => (Protocol::Sctp, number),
            _ => return None,
        };
        Some(Port { protocol, number })
    }
}

impl Walk for Place<'_> {
    type Element = Element;
    type Said = Said;

    const PASSES_LONG_TEXT: bool = false;

    fn open(&mut self, tag: &Tag<'_>, parent: Option<Element>) -> Result<Element, ReadError> {
        let sound = match tag.defect() {
            None => true,
            Some(defect) => {
                self.skip(tag, format!("{defect}; the tag is left out"));
                false
            }
        };
        Ok(match (parent, tag.name()) {
            (None, "nmaprun") => {
                self.run = Some(Run::begin(tag, self.sink));
                Element::Run
            }
            (Some(Element::Run), "host") => {
                self.hosts_begun += 1;
                let start = self.run.as_ref().and_then(|run| run.start);
                let position = Position::new(tag.line(), self.hosts_begun);
                let former = std::mem::take(&mut self.former_host);
                self.host = Some(Host::begin(tag, position, start, former));
                Element::Host
            }
            _ if !sound => Element::Other,
            _ if self.script.is_open() => self.open_in_script(tag),
            _ if self.host.is_some() => self.open_in_host(tag, parent)?,
            (_, name) => {
                if let Some(run) = &mut self.run {
                    match name {
                        "finished" => run.finish(tag, self.sink),
                        "hosts" => run.statistics(tag, self.sink),
                        _ => {}
                    }
                }
                Element::Other
            }
        })
    }

    fn close(&mut self, element: Element) -> Result<(), ReadError> {
        match element {
            Element::Run => {
                if let Some(run) = self.run.take() {
                    run.end(self.sink);
                }
            }
            Element::Host => {
                if let Some(mut host) = self.host.take() {
                    self.counts.add(&host);
                    if let Some(run) = &mut self.run {
                        run.listed_up += u64::from(host.is_up());
                    }
                    host.finish(self.sink)?;
                    self.former_host = host;
                }
            }
            Element::Script => {
                let findings = self.script.finish();
                let names = findings.names.iter();
                let names = names.filter_map(|name| names::identifier(name)).collect();
                let said = Said::Script(names, findings.observed);
                self.hear(&said)?;
                self.said = self.said.take().map(|_| said);
            }
            Element::Table => self.script.close_table(),
            _ => {}
        }
        Ok(())
    }

    fn text(&mut self, text: &str, inside: Option<Element>) {
        if inside == Some(Element::Cell) {
            self.script.text(text);
        }
    }

    fn reads_text(&self, inside: Option<Element>) -> bool {
        inside == Some(Element::Cell)
    }

    fn unknown_entity(&mut self, line: u64) {
        self.said = None;
        let position = Position::new(line, self.hosts_begun);
        self.sink.skip(
            position,
            "the text refers to an entity that XML does not define; it was left out",
        );
    }

    fn end(&mut self, inside: bool, line: u64) {
        if let Some(host) = self.host.take() {
            self.sink.skip(
                host.position,
                "the file ends inside this host, which is left out",
            );
        }
        if inside {
            self.sink
                .cut(format!("the file ends at line {line} inside an element"));
        } else if let Some(run) = self.run.take() {
            run.end(self.sink);
        }
    }

    fn repeats(&self, element: Element) -> bool {
        element.port().is_some() || matches!(element, Element::Guess | Element::Script)
    }

    fn said(&mut self, _: Element) -> Option<Said> {
        self.said.take()
    }

    fn say_again(&mut self, said: &Said) -> Result<bool, ReadError> {
        let heard = self.host.is_some() && !self.script.is_open();
        if heard {
            self.hear(said)?;
        }
        Ok(heard)
    }
}

impl Place<'_> {
    /// What an element says of the host that is open.
    fn hear(&mut self, said: &Said) -> Result<(), ReadError> {
        let Some(host) = &mut self.host else {
            return Ok(());
        };
        match said {
            Said::Port(Some((port, state))) => host.port(*port, *state),
            Said::Guess(Some(guess)) => host.guess(guess),
            Said::Port(None) | Said::Guess(None) => {}
            Said::Script(names, observed) => {
                for name in names {
                    host.name(Some(name.clone()));
                }
                host.observe(observed.clone());
            }
        }
        host.within_limits()
    }

    fn open_in_host(
        &mut self,
        tag: &Tag<'_>,
        parent: Option<Element>,
    ) -> Result<Element, ReadError> {
        let Some(host) = &mut self.host else {
            return Ok(Element::Other);
        };
        let mut element = Element::Other;
        let mut defect = None;
        match tag.name() {
            "port" => match port(tag) {
                Ok(Some(port)) => {
                    element = Element::of_port(port);
                    self.said = Some(Said::Port(None));
                }
                Ok(None) => {}
                Err(reason) => defect = Some(reason),
            },
            "state" => {
                if let Some(port) = parent.and_then(Element::port) {
                    match state(tag) {
                        Ok(Some(state)) => {
                            let is_first = matches!(self.said, Some(Said::Port(None)));
                            self.said = is_first.then_some(Said::Port(Some((port, state))));
                            host.port(port, state);
                        }
                        Ok(None) => {}
                        Err(reason) => defect = Some(reason),
                    }
                }
            }
            "osmatch" => {
                element = Element::Guess;
                let guess = Guess::read(tag);
                if let Some(guess) = &guess {
                    host.guess(guess);
                }
                self.said = Some(Said::Guess(guess));
            }
            "script" if self.script.begin(tag, self.sink.limits().record_bytes) => {
                element = Element::Script;
                self.said = Some(Said::Script(Vec::new(), None));
            }
            "status" | "address" | "hostname" | "extraports" | "extrareasons" => {
                self.said = None;
                defect = host.describe(tag, self.sink);
            }
            _ => {}
        }
        host.within_limits()?;
        if let Some(defect) = defect {
            self.skip(tag, defect);
        }
        Ok(element)
    }

    fn open_in_script(&mut self, tag: &Tag<'_>) -> Element {
        let key = tag.attribute("key").unwrap_or_default();
        match tag.name() {
            "table" => {
                self.script.open_table(&key);
                Element::Table
            }
            "elem" => {
                self.script.open_cell(&key);
                Element::Cell
            }
            _ => Element::Other,
        }
    }

    /// Reports that something of a tag is left out.
    fn skip(&mut self, tag: &Tag<'_>, reason: impl Into<String>) {
        self.said = None;
        let position = Position::new(tag.line(), self.hosts_begun);
        self.sink.skip(position, reason);
    }
}

fn port(tag: &Tag<'_>) -> Result<Option<Port>, &'static str> {
    let protocol = match tag.attribute("protocol").as_deref() {
        Some("tcp") => Protocol::Tcp,
        Some("udp") => Protocol::Udp,
        Some("sctp") => Protocol::Sctp,
        // A scan of IP protocols (`-sO`) lists their numbers here.
        _ => return Ok(None),
    };
    let number = tag
        .number("portid")
        .ok_or("a port has no number between 0 and 65535")?;
    Ok(Some(Port { protocol, number }))
}

/// The states of nmap's book, chapter 4. `unfiltered` (an ACK scan) says neither open nor closed.
fn state(tag: &Tag<'_>) -> Result<Option<PortState>, &'static str> {
    match tag.attribute("state").as_deref() {
        Some("open") => Ok(Some(PortState::Open)),
        Some("closed") => Ok(Some(PortState::Closed)),
        Some("filtered" | "closed|filtered") => Ok(Some(PortState::Filtered)),
        Some("open|filtered") => Ok(Some(PortState::OpenOrFiltered)),
        Some("unfiltered") => Ok(None),
        _ => Err("a port has a state that nmap does not have"),
    }
}
