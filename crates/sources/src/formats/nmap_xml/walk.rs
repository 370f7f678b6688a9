//! The walk through the elements: which tag means what, depending on where it stands.

use std::io::BufRead;

use wardround_evidence::{Port, PortState, Position, Protocol};

use super::counts::Counts;
use super::host::Host;
use super::run::Run;
use super::scripts::Script;
use crate::names;
use crate::xml::{Tag, Walk, walk};
use crate::{ReadError, Sink};

/// What an open element is to us. With no more than one number beside its kind it stays in registers, which tells in the time
/// that a scan takes.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Element {
    Run,
    Host,
    Tcp(u16),
    Udp(u16),
    Sctp(u16),
    Script,
    Table,
    Cell,
    Other,
}

/// Where the walk stands.
struct Place<'a> {
    sink: &'a mut Sink,
    run: Option<Run>,
    host: Option<Host>,
    /// The last host that ended, for its memory.
    former_host: Host,
    script: Script,
    counts: Counts,
    hosts_begun: u64,
}

/// Reads every element.
pub(super) fn read(input: &mut dyn BufRead, sink: &mut Sink) -> Result<(), ReadError> {
    let limits = sink.limits();
    let mut place = Place {
        sink,
        run: None,
        host: None,
        former_host: Host::default(),
        script: Script::default(),
        counts: Counts::default(),
        hosts_begun: 0,
    };
    let result = walk(input, limits, &mut place);
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
                if let Some(host) = &mut self.host {
                    for name in findings.names {
                        host.name(names::identifier(&name));
                    }
                    host.observe(findings.observed);
                    host.within_limits()?;
                }
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

impl Place<'_> {
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
            "status" => host.status(tag),
            "address" => defect = host.address(tag),
            "hostname" => {
                host.name(
                    tag.attribute("name")
                        .and_then(|name| names::identifier(&name)),
                );
            }
            "osmatch" => host.guess(tag),
            "extraports" => host.extra_ports(tag, self.sink),
            "extrareasons" => host.extra_reasons(tag),
            "port" => match port(tag) {
                Ok(Some(port)) => element = Element::of_port(port),
                Ok(None) => {}
                Err(reason) => defect = Some(reason),
            },
            "state" => {
                if let Some(port) = parent.and_then(Element::port) {
                    match state(tag) {
                        Ok(Some(state)) => host.port(port, state),
                        Ok(None) => {}
                        Err(reason) => defect = Some(reason),
                    }
                }
            }
            "script" if self.script.begin(tag, self.sink.limits().record_bytes) => {
                element = Element::Script
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
        .attribute("portid")
        .and_then(|text| text.trim().parse().ok())
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
