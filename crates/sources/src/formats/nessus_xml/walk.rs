//! The walk through the elements: which tag means what, depending on where it stands.

use std::collections::BTreeSet;
use std::io::BufRead;

use wardround_evidence::Position;

use super::host::Host;
use super::plugins::Item;
use super::properties;
use crate::xml::{Tag, XmlEvent, XmlEvents};
use crate::{ReadError, Sink};

/// Numbers of plugins that are told apart for the count; Tenable has some 300,000.
const MOST_PLUGINS: usize = 1 << 20;

/// What an open element is to us.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Element {
    Root,
    Report,
    Host,
    Properties,
    /// A `<tag>` with a name that is read.
    Property(&'static str),
    Item,
    /// An element of a report whose text is read.
    Detail(&'static str),
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
    host: Option<Host>,
    item: Option<Item>,
    text: String,
    hosts_begun: u64,
    plugins: BTreeSet<u32>,
    reports: u64,
}

impl<'a> Walk<'a> {
    /// Stands before the first element.
    pub(super) fn new(input: &'a mut dyn BufRead, sink: &'a mut Sink) -> Result<Self, ReadError> {
        let limits = sink.limits();
        sink.tool("Nessus");
        for count in ["report_hosts", "report_items"] {
            sink.count(count, 0);
        }
        Ok(Self {
            events: XmlEvents::new(input, limits)?,
            place: Place {
                sink,
                open: Vec::new(),
                host: None,
                item: None,
                text: String::new(),
                hosts_begun: 0,
                plugins: BTreeSet::new(),
                reports: 0,
            },
        })
    }

    /// Reads every element.
    pub(super) fn read_all(mut self) -> Result<(), ReadError> {
        loop {
            let passes_text = match self.events.next()? {
                XmlEvent::Open(tag) => {
                    let line = tag.line();
                    self.place.open(&tag, line);
                    !self.place.wants_text()
                }
                XmlEvent::Close => {
                    self.place.close()?;
                    !self.place.wants_text()
                }
                XmlEvent::Text(text) => {
                    self.place.text(&text);
                    false
                }
                XmlEvent::UnknownEntity(line) => {
                    self.place.unknown_entity(line);
                    false
                }
                XmlEvent::Other => false,
                XmlEvent::End { inside } => {
                    let line = self.events.line();
                    self.place.end(inside, line);
                    return Ok(());
                }
            };
            if passes_text {
                self.events.pass_text()?;
            }
        }
    }
}

impl Place<'_> {
    fn wants_text(&self) -> bool {
        matches!(
            self.open.last(),
            Some(Element::Property(_) | Element::Detail(_))
        )
    }

    fn open(&mut self, tag: &Tag<'_>, line: u64) {
        let element = self.element(tag, line);
        self.text.clear();
        self.open.push(element);
    }

    fn element(&mut self, tag: &Tag<'_>, line: u64) -> Element {
        let Some(parent) = self.open.last().copied() else {
            return if tag.name() == "NessusClientData_v2" {
                Element::Root
            } else {
                Element::Other
            };
        };
        match (parent, tag.name()) {
            (Element::Root, "Report") => {
                self.reports += 1;
                Element::Report
            }
            (Element::Report, "ReportHost") => {
                self.hosts_begun += 1;
                self.sink.count("report_hosts", 1);
                let position = Position::new(line, self.hosts_begun);
                let target = tag.attribute("name").unwrap_or_default();
                self.host = Some(Host::begin(position, &target));
                Element::Host
            }
            (Element::Host, "HostProperties") => Element::Properties,
            (Element::Properties, "tag") => tag
                .attribute("name")
                .and_then(|name| properties::known(&name))
                .map_or(Element::Other, Element::Property),
            (Element::Host, "ReportItem") => {
                self.begin_item(tag, line);
                Element::Item
            }
            (Element::Item, name) => {
                let read = ["cve", "plugin_type", "plugin_output"];
                let read = read.into_iter().find(|known| *known == name);
                let item = self.item.as_ref();
                read.filter(|name| item.is_some_and(|item| item.reads(name)))
                    .map_or(Element::Other, Element::Detail)
            }
            _ => Element::Other,
        }
    }

    fn begin_item(&mut self, tag: &Tag<'_>, line: u64) {
        self.sink.count("report_items", 1);
        self.item = Item::begin(tag);
        let Some(item) = &self.item else {
            let position = Position::new(line, self.hosts_begun);
            self.sink.skip(position, "a report has no plugin number");
            return;
        };
        self.sink.count(
            match item.severity() {
                0 => "items_severity_0",
                1 => "items_severity_1",
                2 => "items_severity_2",
                3 => "items_severity_3",
                _ => "items_severity_4",
            },
            1,
        );
        if self.plugins.len() < MOST_PLUGINS {
            self.plugins.insert(item.plugin());
        }
    }

    fn close(&mut self) -> Result<(), ReadError> {
        match self.open.pop() {
            Some(Element::Host) => {
                if let Some(host) = self.host.take() {
                    host.finish(self.sink)?;
                }
            }
            Some(Element::Item) => {
                if let (Some(item), Some(host)) = (self.item.take(), &mut self.host) {
                    host.item(&item, self.sink);
                }
            }
            Some(Element::Property(name)) => {
                if let Some(host) = &mut self.host
                    && let Some(defect) = host.properties.property(name, &self.text)
                {
                    self.sink.skip(host.position, defect);
                }
            }
            Some(Element::Detail(name)) => {
                if let Some(item) = &mut self.item {
                    item.element(name, &self.text);
                }
            }
            _ => {}
        }
        self.text.clear();
        Ok(())
    }

    /// Part of a text that is read. Beyond the limit nothing is kept: such properties and reports are short.
    fn text(&mut self, text: &str) {
        let limit = self.sink.limits().record_bytes;
        if self.wants_text() && self.text.len() + text.len() <= limit {
            self.text.push_str(text);
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
        self.sink
            .count("distinct_plugins", self.plugins.len() as u64);
        if let Some(host) = self.host.take() {
            self.sink.skip(
                host.position,
                "the file ends inside this host, which is left out",
            );
        }
        if inside {
            self.sink
                .cut(format!("the file ends at line {line} inside an element"));
        } else if self.reports == 0 {
            self.sink
                .note("The file holds a scan's policy and no report.");
        }
    }
}
