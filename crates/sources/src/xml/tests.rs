//! The same events as another parser gives, whatever the text and wherever a read ends.

use std::io::{BufRead, BufReader};

use proptest::collection::vec;
use proptest::prelude::{Just, Strategy, any, prop_assert_eq, prop_oneof, proptest};
use quick_xml::Reader;
use quick_xml::errors::{Error, IllFormedError};
use quick_xml::escape::{resolve_predefined_entity, unescape};
use quick_xml::events::{BytesStart, Event};

use super::events::{XmlEvent, XmlEvents};
use crate::Limits;

/// Everything that an event says, with texts that follow each other joined.
#[derive(Debug, Default, PartialEq)]
struct Told {
    events: Vec<String>,
    text: String,
}

impl Told {
    fn tell(&mut self, event: String) {
        if !self.text.is_empty() {
            let text = std::mem::take(&mut self.text);
            self.events.push(format!("text {text:?}"));
        }
        self.events.push(event);
    }

    fn open(
        &mut self,
        name: &str,
        line: u64,
        defect: Option<&str>,
        attribute: impl Fn(&str) -> Option<String>,
    ) {
        let attributes = ["a", "b", "c-d"].map(attribute);
        self.tell(format!("{line}: open {name} {attributes:?} {defect:?}"));
    }
}

fn ours(input: &mut dyn BufRead) -> Vec<String> {
    let mut events = XmlEvents::new(input, Limits::DEFAULT).unwrap();
    let mut told = Told::default();
    loop {
        match events.next() {
            Ok(XmlEvent::Open(tag)) => told.open(tag.name(), tag.line(), tag.defect(), |name| {
                tag.attribute(name).map(String::from)
            }),
            Ok(XmlEvent::Close) => told.tell("close".to_owned()),
            Ok(XmlEvent::Text(text)) => told.text.push_str(&text),
            Ok(XmlEvent::UnknownEntity(line)) => told.tell(format!("{line}: unknown")),
            Ok(XmlEvent::Other) => told.tell("other".to_owned()),
            Ok(XmlEvent::End { inside }) => {
                told.tell(format!("{}: end {inside}", events.line()));
                return told.events;
            }
            Err(error) => {
                told.tell(error.to_string());
                return told.events;
            }
        }
    }
}

fn theirs(text: &str) -> Vec<String> {
    let mut reader = Reader::from_str(text);
    reader.config_mut().expand_empty_elements = true;
    reader.config_mut().allow_dangling_amp = true;
    let mut told = Told::default();
    let mut depth = 0;
    loop {
        let from = usize::try_from(reader.buffer_position()).unwrap();
        let line = text[..from].matches('\n').count() + 1;
        match reader.read_event() {
            Ok(Event::Start(tag) | Event::Empty(tag)) => {
                depth += 1;
                let name = tag.name().0.to_owned();
                let defect = defect(&tag);
                told.open(&name, line as u64, defect, |name| attribute(&tag, name));
            }
            Ok(Event::End(_)) => {
                depth -= 1;
                told.tell("close".to_owned());
            }
            Ok(Event::Text(text)) => told.text.push_str(&text),
            Ok(Event::CData(text)) => told.text.push_str(&text),
            Ok(Event::GeneralRef(reference)) => match reference.resolve_char_ref() {
                Ok(Some(character)) => told.text.push(character),
                _ => match resolve_predefined_entity(&reference) {
                    Some(text) => told.text.push_str(text),
                    None => told.tell(format!("{line}: unknown")),
                },
            },
            Ok(Event::Comment(_) | Event::Decl(_) | Event::PI(_) | Event::DocType(_)) => {
                told.tell("other".to_owned());
            }
            Ok(Event::Eof) => {
                told.tell(format!("{line}: end {}", depth > 0));
                return told.events;
            }
            Err(Error::IllFormed(
                IllFormedError::MismatchedEndTag { .. } | IllFormedError::UnmatchedEndTag(_),
            )) => {
                told.tell(format!("its tags do not nest at line {line}"));
                return told.events;
            }
            Err(_) => {
                told.tell(format!("{line}: end true"));
                return told.events;
            }
        }
    }
}

fn attribute(tag: &BytesStart<'_>, name: &str) -> Option<String> {
    let mut attributes = tag.attributes();
    let found = attributes
        .with_checks(false)
        .filter_map(Result::ok)
        .find(|attribute| attribute.key.0 == name)?;
    unescape(&found.value).ok().map(String::from)
}

fn defect(tag: &BytesStart<'_>) -> Option<&'static str> {
    for attribute in tag.attributes().with_checks(false) {
        let Ok(attribute) = attribute else {
            return Some("an attribute is not written as XML demands");
        };
        if unescape(&attribute.value).is_err() {
            return Some("an attribute refers to an entity that XML does not define");
        }
    }
    None
}

/// Pieces of which tags are made, right and wrong, without a declaration.
const PIECES: [&str; 40] = [
    "<a",
    "<b>",
    "<c-d ",
    "</a>",
    "</b>",
    "</c-d\n>",
    "</",
    "<",
    ">",
    "/>",
    "/",
    " ",
    "\n",
    "\r\n\t",
    "a",
    "b",
    "c-d",
    "=",
    "a=\"",
    "b='",
    " c-d = \"x\"",
    " a='1'",
    " b=\"&lt;\"",
    "\"",
    "'",
    "&",
    ";",
    "&amp;",
    "&#x20ac;",
    "&#0;",
    "&b;",
    "text",
    "Größe",
    "€",
    "<!-- ",
    " -->",
    "<![CDATA[",
    "]]>",
    "<?x ",
    "?>",
];

/// As long as no error ends it, what both must tell; our errors but for tags that do not nest are what theirs calls an end.
fn check(text: &str, at_once: usize) -> (Vec<String>, Vec<String>) {
    let mut input = BufReader::with_capacity(at_once, text.as_bytes());
    let (mut ours, mut theirs) = (ours(&mut input), theirs(text));
    let ends_early = |last: &String| !last.contains("nest") && !last.contains("end false");
    let nameless = |last: &String| last.contains("no name");
    if ours.last().is_some_and(nameless) {
        theirs.truncate(ours.len() - 1);
        ours.pop();
    } else if ours.last().is_some_and(ends_early) && theirs.last().is_some_and(ends_early) {
        ours.pop();
        theirs.pop();
    }
    (ours, theirs)
}

proptest! {
    #[test]
    fn another_parser_tells_the_same(
        pieces in vec(prop_oneof![8 => (0..PIECES.len()).prop_map(|at| PIECES[at]), 1 => Just("<a b=\"1\">")], 0..40),
        at_once in 1usize..100,
    ) {
        let (ours, theirs) = check(&pieces.concat(), at_once);
        prop_assert_eq!(ours, theirs);
    }

    #[test]
    fn another_parser_tells_the_same_of_a_scan_with_pieces_replaced(
        changes in vec((any::<proptest::sample::Index>(), 0..PIECES.len(), 0usize..6), 0..4),
        at_once in 1usize..5_000,
    ) {
        let scan = include_str!("../formats/nmap_xml/samples/ordinary.xml");
        let mut text = scan[scan.find("<nmaprun").unwrap()..].to_owned();
        for (at, piece, removed) in changes {
            let mut from = at.index(text.len());
            while !text.is_char_boundary(from) {
                from -= 1;
            }
            let rest: String = text[from..].chars().skip(removed).collect();
            text.truncate(from);
            text.push_str(PIECES[piece]);
            text.push_str(&rest);
        }
        let (ours, theirs) = check(&text, at_once);
        prop_assert_eq!(ours, theirs);
    }
}

#[test]
fn a_tag_that_is_longer_than_a_window_is_whole() {
    let value = "x".repeat(200_000);
    let text = format!("<a b=\"{value}\" c-d='{value}'>{value}\n&amp;</a>");
    let (ours, theirs) = check(&text, 999);
    assert!(ours == theirs && ours.len() == 4);
}

#[test]
fn a_document_type_that_defines_nothing_is_passed_over() {
    for (text, last) in [
        ("<!DOCTYPE a><a/>", "1: end false"),
        ("<!doctype a SYSTEM 'a>b'><a/>", "1: end false"),
        (
            "\n<!DOCTYPE a [<!ENTITY b 'c'>]><a/>",
            "a document type definition inside the file at line 2: ",
        ),
        (
            "<!DOCTYPE a [",
            "a document type definition inside the file at line 1: ",
        ),
        (
            "<!DOCTYPE a 'b[",
            "a document type definition inside the file at line 1: ",
        ),
        (
            "<a>\n<!ENTITY b 'c'>",
            "a declaration of entities or elements at line 2: ",
        ),
        ("<!DOCTYPE>", "it is not well-formed XML at line 1"),
        ("<!DOCTIPE a [", "it is not well-formed XML at line 1"),
        ("<!-x-->", "it is not well-formed XML at line 1"),
        ("<![x]]>", "it is not well-formed XML at line 1"),
        ("<!", "1: end true"),
        ("<!DOCT", "1: end true"),
        ("<!-", "1: end true"),
        ("<a b='", "1: end true"),
        ("", "1: end false"),
    ] {
        let told = ours(&mut text.as_bytes());
        assert!(told.last().unwrap().starts_with(last), "{text}: {told:?}");
    }
}
