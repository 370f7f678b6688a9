//! The walk through the elements: which tag means what, depending on where it stands.

use std::io::BufRead;

use wardround_evidence::{Port, PortState, Position, Protocol};

use super::host::Host;
use super::run::Run;
use super::scripts::Script;
use crate::names;
use crate::xml::{Tag, XmlEvent, XmlEvents};
use crate::{ReadError, Sink};

/// What an open element is to us.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Element {
    Run,
    Host,
    Port(Option<Port>),
    Script,
    Table,
    Cell,
    Other,
}

/// Goes through one file.
pub(super) struct Walk<'a> {
    events: XmlEvents<'a>,
    place: Place<'a>,
}

/// Where the walk stands.
struct Place<'a> {
    sink: &'a mut Sink,
    open: Vec<Element>,
    run: Option<Run>,
    host: Option<Host>,
    script: Option<Script>,
    hosts_begun: u64,
}

impl<'a> Walk<'a> {
    /// Stands before the first element.
    pub(super) fn new(input: &'a mut dyn BufRead, sink: &'a mut Sink) -> Result<Self, ReadError> {
        let limits = sink.limits();
        for count in ["host_elements", "hosts_up", "hosts_down"] {
            sink.count(count, 0);
        }
        Ok(Self {
            events: XmlEvents::new(input, limits)?,
            place: Place {
                sink,
                open: Vec::new(),
                run: None,
                host: None,
                script: None,
                hosts_begun: 0,
            },
        })
    }

    /// Reads every element.
    pub(super) fn read_all(mut self) -> Result<(), ReadError> {
        loop {
            let event = self.events.next()?;
            match event {
                XmlEvent::Open(tag) => {
                    // `tag` borrows the events, so the line comes with it.
                    let line = tag.line();
                    self.place.open(&tag, line)?;
                }
                XmlEvent::Close => self.place.close()?,
                XmlEvent::Text(text) => self.place.text(&text),
                XmlEvent::UnknownEntity(line) => self.place.unknown_entity(line),
                XmlEvent::Other => {}
                XmlEvent::End { inside } => {
                    let line = self.events.line();
                    self.place.end(inside, line);
                    return Ok(());
                }
            }
        }
    }
}

impl Place<'_> {
    fn open(&mut self, tag: &Tag<'_>, line: u64) -> Result<(), ReadError> {
        let sound = match tag.defect() {
            None => true,
            Some(defect) => {
                let position = Position::new(line, self.hosts_begun);
                self.sink
                    .skip(position, format!("{defect}; the tag is left out"));
                false
            }
        };
        let element = match (self.open.last(), tag.name()) {
            (None, "nmaprun") => {
                self.run = Some(Run::begin(tag, self.sink));
                Element::Run
            }
            (Some(Element::Run), "host") => {
                self.hosts_begun += 1;
                let start = self.run.as_ref().and_then(|run| run.start);
                let position = Position::new(line, self.hosts_begun);
                self.host = Some(Host::begin(tag, position, start));
                Element::Host
            }
            _ if !sound => Element::Other,
            _ if self.script.is_some() => self.open_in_script(tag),
            _ if self.host.is_some() => self.open_in_host(tag, line)?,
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
        };
        self.open.push(element);
        Ok(())
    }

    fn open_in_host(&mut self, tag: &Tag<'_>, line: u64) -> Result<Element, ReadError> {
        let Some(host) = &mut self.host else {
            return Ok(Element::Other);
        };
        let position = Position::new(line, self.hosts_begun);
        let mut element = Element::Other;
        match tag.name() {
            "status" => host.status(tag),
            "address" => {
                if let Some(defect) = host.address(tag) {
                    self.sink.skip(position, defect);
                }
            }
            "hostname" => {
                host.name(
                    tag.attribute("name")
                        .and_then(|name| names::identifier(&name)),
                );
            }
            "osmatch" => host.guess(tag),
            "extraports" => host.extra_ports(tag, self.sink),
            "port" => element = Element::Port(port(tag, position, self.sink)),
            "state" => {
                if let Some(Element::Port(Some(port))) = self.open.last()
                    && let Some(state) = state(tag, position, self.sink)
                {
                    host.port(*port, state);
                }
            }
            "script" => {
                if let Some(script) = Script::begin(tag) {
                    self.script = Some(script);
                    element = Element::Script;
                }
            }
            _ => {}
        }
        host.within_limits()?;
        Ok(element)
    }

    fn open_in_script(&mut self, tag: &Tag<'_>) -> Element {
        let Some(script) = &mut self.script else {
            return Element::Other;
        };
        let key = tag.attribute("key").unwrap_or_default();
        match tag.name() {
            "table" => {
                script.open_table(&key);
                Element::Table
            }
            "elem" => {
                script.open_cell(&key);
                Element::Cell
            }
            _ => Element::Other,
        }
    }

    fn close(&mut self) -> Result<(), ReadError> {
        match self.open.pop() {
            Some(Element::Run) => {
                if let Some(run) = self.run.take() {
                    run.end(self.sink);
                }
            }
            Some(Element::Host) => {
                if let Some(host) = self.host.take() {
                    if let Some(run) = &mut self.run {
                        run.listed_up += u64::from(host.is_up());
                    }
                    host.finish(self.sink)?;
                }
            }
            Some(Element::Script) => {
                if let (Some(script), Some(host)) = (self.script.take(), &mut self.host) {
                    let findings = script.findings();
                    for name in findings.names {
                        host.name(names::identifier(&name));
                    }
                    host.observe(findings.observed);
                    host.within_limits()?;
                }
            }
            Some(Element::Table) => {
                if let Some(script) = &mut self.script {
                    script.close_table();
                }
            }
            _ => {}
        }
        Ok(())
    }

    fn text(&mut self, text: &str) {
        if let (Some(Element::Cell), Some(script)) = (self.open.last(), &mut self.script) {
            script.text(text, self.sink.limits().record_bytes);
        }
    }

    fn unknown_entity(&mut self, line: u64) {
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
}

fn port(tag: &Tag<'_>, position: Position, sink: &mut Sink) -> Option<Port> {
    let protocol = match tag.attribute("protocol").as_deref() {
        Some("tcp") => Protocol::Tcp,
        Some("udp") => Protocol::Udp,
        Some("sctp") => Protocol::Sctp,
        // A scan of IP protocols (`-sO`) lists their numbers here.
        _ => return None,
    };
    let number = tag
        .attribute("portid")
        .and_then(|text| text.trim().parse().ok());
    if number.is_none() {
        sink.skip(position, "a port has no number between 0 and 65535");
    }
    number.map(|number| Port { protocol, number })
}

/// The states of nmap's book, chapter 4. `unfiltered` (an ACK scan) says neither open nor closed.
fn state(tag: &Tag<'_>, position: Position, sink: &mut Sink) -> Option<PortState> {
    match tag.attribute("state").as_deref() {
        Some("open") => Some(PortState::Open),
        Some("closed") => Some(PortState::Closed),
        Some("filtered" | "closed|filtered") => Some(PortState::Filtered),
        Some("open|filtered") => Some(PortState::OpenOrFiltered),
        Some("unfiltered") => None,
        _ => {
            sink.skip(position, "a port has a state that nmap does not have");
            None
        }
    }
}
