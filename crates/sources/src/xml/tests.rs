//! The same events as the parser gives of the whole text, whatever the text and wherever a window ends.

use std::io::BufReader;

use proptest::collection::vec;
use proptest::prelude::{Just, Strategy, any, prop_oneof, proptest};
use quick_xml::Reader;
use quick_xml::errors::{Error, IllFormedError};
use quick_xml::escape::{resolve_predefined_entity, unescape};
use quick_xml::events::{BytesStart, Event};

use super::tag::Tag;
use super::walk::{Walk, Way, walk_in_windows};
use crate::{Limits, ReadError};

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

/// Tells all, or all but text.
struct Telling<const LONG: bool> {
    told: Told,
    reads_text: bool,
}

impl<const LONG: bool> Walk for Telling<LONG> {
    type Element = ();
    type Said = ();

    const PASSES_LONG_TEXT: bool = LONG;

    fn open(&mut self, tag: &Tag<'_>, _: Option<()>) -> Result<(), ReadError> {
        let attribute = |name: &str| tag.attribute(name).map(String::from);
        self.told
            .open(tag.name(), tag.line(), tag.defect(), attribute);
        Ok(())
    }

    fn close(&mut self, (): ()) -> Result<(), ReadError> {
        self.told.tell("close".to_owned());
        Ok(())
    }

    fn text(&mut self, text: &str, _: Option<()>) {
        self.told.text.push_str(text);
    }

    fn reads_text(&self, _: Option<()>) -> bool {
        self.reads_text
    }

    fn unknown_entity(&mut self, line: u64) {
        self.told.tell(format!("{line}: unknown"));
    }

    fn end(&mut self, inside: bool, line: u64) {
        self.told.tell(format!("{line}: end {inside}"));
    }
}

/// What we tell, which is the same with and without plain tags being taken by ourselves.
fn ours<const LONG: bool>(text: &str, at_once: usize, reads_text: bool) -> Vec<String> {
    let [told, parsed] = [true, false].map(|plain| {
        let way = Way { at_once, plain };
        one_way::<LONG>(text, way, reads_text)
    });
    assert_eq!(told, parsed);
    told
}

fn one_way<const LONG: bool>(text: &str, way: Way, reads_text: bool) -> Vec<String> {
    let mut input = BufReader::with_capacity(way.at_once, text.as_bytes());
    let told = Told::default();
    let mut telling = Telling::<LONG> { told, reads_text };
    if let Err(error) = walk_in_windows(&mut input, Limits::DEFAULT, way, &mut telling) {
        telling.told.tell(error.to_string());
    }
    telling.told.events
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
            Ok(Event::Comment(_) | Event::Decl(_) | Event::PI(_) | Event::DocType(_)) => {}
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
const PIECES: [&str; 53] = [
    "<a",
    "<b>",
    "<c-d ",
    "<a_b2:long.name",
    "<b/>",
    "<ä",
    "</a_b2:long.name>",
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
    " b=\"1\"",
    " a=\"12345678\"",
    " b=\"&gt;\"",
    "\ta_long_name=\">'<=/>\"",
    " c-d=\"Größe\"",
    "\nb = \"0123456789abcdef0123456789abcdef0123456789\"",
    "\0",
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
    "a longer text",
    "Größe",
    "€",
    "\u{feff}",
    "<!-- ",
    " -->",
    "<![CDATA[",
    "]]>",
    "<?x ",
    "?>",
];

/// Both must tell the same, text read or not.
fn check(text: &str, at_once: usize) {
    // At the very beginning it is a mark and no text.
    let text = text.trim_start_matches('\u{feff}');
    let theirs = theirs(text);
    let is_text = |event: &String| event.starts_with("text ");
    let is_unknown = |event: &String| event.ends_with(": unknown");
    compare(ours::<false>(text, at_once, true), theirs.clone());
    compare(ours::<true>(text, at_once, true), theirs.clone());

    let mut passing = ours::<false>(text, at_once, false);
    passing.retain(|event| !is_text(event));
    let mut theirs = theirs;
    theirs.retain(|event| !is_text(event));
    compare(passing, theirs.clone());

    let mut passing = ours::<true>(text, at_once, false);
    passing.retain(|event| !is_text(event) && !is_unknown(event));
    theirs.retain(|event| !is_unknown(event));
    compare(passing, theirs);
}

/// Our errors but for tags that do not nest are what theirs calls an end.
#[track_caller]
fn compare(mut ours: Vec<String>, mut theirs: Vec<String>) {
    let ends_early = |last: &String| !last.contains("nest") && !last.contains("end false");
    let nameless = |last: &String| last.contains("no name");
    if ours.last().is_some_and(nameless) {
        theirs.truncate(ours.len() - 1);
        ours.pop();
    } else if ours.last().is_some_and(ends_early) && theirs.last().is_some_and(ends_early) {
        ours.pop();
        theirs.pop();
    }
    assert_eq!(ours, theirs);
}

proptest! {
    #[test]
    fn where_windows_end_changes_nothing(
        pieces in vec(prop_oneof![8 => (0..PIECES.len()).prop_map(|at| PIECES[at]), 1 => Just("<a b=\"1\">")], 0..40),
        at_once in 1usize..100,
    ) {
        check(&pieces.concat(), at_once);
    }

    #[test]
    fn where_windows_end_changes_nothing_of_a_scan_with_pieces_replaced(
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
        check(&text, at_once);
    }
}

#[test]
fn a_tag_that_is_longer_than_a_window_is_whole() {
    let value = "x".repeat(200_000);
    let text = format!("<a b=\"{value}\" c-d='{value}'>{value}\n&amp;</a>");
    for at_once in [999, 64 << 10, 1 << 20] {
        check(&text, at_once);
        assert_eq!(ours::<false>(&text, at_once, true).len(), 4);
    }
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
        for at_once in [1, 100] {
            let told = ours::<false>(text, at_once, true);
            assert!(told.last().unwrap().starts_with(last), "{text}: {told:?}");
        }
    }
}

#[test]
fn only_what_xml_defines_means_something() {
    for (name, meant) in [
        ("amp", Some("&")),
        ("#65", Some("A")),
        ("#x1F600", Some("😀")),
        ("#0", None),
        ("#+65", None),
        ("#x+41", None),
        ("#xd800", None),
        ("#99999999999", None),
        ("#", None),
        ("#x", None),
        ("nbsp", None),
        ("", None),
    ] {
        let told = ours::<false>(&format!("<d>&{name};</d>"), 1, true);
        let said = meant.map_or("1: unknown".to_owned(), |text| format!("text {text:?}"));
        assert_eq!(told[1], said, "{name}");
    }
}

#[test]
fn a_value_resolves_whole_or_not_at_all() {
    for (value, meant) in [
        ("plain; text", Some("plain; text")),
        ("&#xa; a &lt;b&gt;; c", Some("\n a <b>; c")),
        ("&amp;amp;", Some("&amp;")),
        ("a &b; c", None),
        ("a & b", None),
        ("a &amp b; &amp;", None),
        ("&&amp;", None),
        ("&", None),
    ] {
        let told = ours::<false>(&format!("<d a='{value}'/>"), 1, true);
        let defect = "an attribute refers to an entity that XML does not define";
        let defect = meant.is_none().then_some(defect);
        let said = format!("1: open d {:?} {defect:?}", [meant, None, None]);
        assert_eq!(told[0], said, "{value}");
    }
}
