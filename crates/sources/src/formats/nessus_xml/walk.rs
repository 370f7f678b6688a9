//! The walk through the elements: which tag means what, depending on where it stands.

use std::collections::BTreeSet;
use std::io::BufRead;

use wardround_evidence::Position;

use super::host::Host;
use super::plugins::Item;
use super::properties;
use crate::xml::{Tag, Walk, walk};
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

/// Where the walk stands.
struct Place<'a> {
    sink: &'a mut Sink,
    host: Option<Host>,
    item: Option<Item>,
    text: String,
    hosts_begun: u64,
    plugins: BTreeSet<u32>,
    reports: u64,
}

/// Reads every element.
pub(super) fn read(input: &mut dyn BufRead, sink: &mut Sink) -> Result<(), ReadError> {
    sink.tool("Nessus");
    for count in ["report_hosts", "report_items"] {
        sink.count(count, 0);
    }
    let limits = sink.limits();
    let mut place = Place {
        sink,
        host: None,
        item: None,
        text: String::new(),
        hosts_begun: 0,
        plugins: BTreeSet::new(),
        reports: 0,
    };
    walk(input, limits, &mut place)
}

impl Walk for Place<'_> {
    type Element = Element;
    type Said = ();

    const PASSES_LONG_TEXT: bool = true;

    fn open(&mut self, tag: &Tag<'_>, parent: Option<Element>) -> Result<Element, ReadError> {
        self.text.clear();
        Ok(self.element(tag, parent))
    }

    fn close(&mut self, element: Element) -> Result<(), ReadError> {
        match element {
            Element::Host => {
                if let Some(host) = self.host.take() {
                    host.finish(self.sink)?;
                }
            }
            Element::Item => {
                if let (Some(item), Some(host)) = (self.item.take(), &mut self.host) {
                    host.item(&item, self.sink);
                }
            }
            Element::Property(name) => {
                if let Some(host) = &mut self.host
                    && let Some(defect) = host.properties.property(name, &self.text)
                {
                    self.sink.skip(host.position, defect);
                }
            }
            Element::Detail(name) => {
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
    fn text(&mut self, text: &str, inside: Option<Element>) {
        let limit = self.sink.limits().record_bytes;
        if self.reads_text(inside) && self.text.len() + text.len() <= limit {
            self.text.push_str(text);
        }
    }

    fn reads_text(&self, inside: Option<Element>) -> bool {
        matches!(inside, Some(Element::Property(_) | Element::Detail(_)))
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

impl Place<'_> {
    fn element(&mut self, tag: &Tag<'_>, parent: Option<Element>) -> Element {
        let Some(parent) = parent else {
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
                let position = Position::new(tag.line(), self.hosts_begun);
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
                self.begin_item(tag);
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

    fn begin_item(&mut self, tag: &Tag<'_>) {
        self.sink.count("report_items", 1);
        self.item = Item::begin(tag);
        let Some(item) = &self.item else {
            let position = Position::new(tag.line(), self.hosts_begun);
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
}
