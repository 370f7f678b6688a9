//! Whether a parsed file has the shape of a profile: every fault of it at once.
//!
//! What a profile looks like is read from its schema, which is made from the types; nothing is said here a second time.

use std::collections::BTreeSet;
use std::sync::LazyLock;

use jiff::civil::Date;
use serde_json::{Map, Value};
use toml::Spanned;
use toml::de::{DeTable, DeValue};
use wardround_evidence::Port;

use super::StatedDate;
use super::examples::nearest;
use super::fault::MOST_FAULTS;
use super::place::Way;
use super::schema::{DATE, PORT, STATED_DATE, bounded};

static SCHEMA: LazyLock<Value> = LazyLock::new(bounded);

/// What the schema says of one value.
type Rule = &'static Map<String, Value>;

/// One thing that has not the shape of a profile, its place in the file, and the table or field that it is about.
pub(super) struct Slip<'a> {
    pub(super) offset: usize,
    pub(super) at: Way,
    pub(super) what: What<'a>,
}

/// What does not fit.
pub(super) enum What<'a> {
    /// A field that nothing knows in this table, and those that are known.
    Unknown(&'a str, Vec<&'static str>),
    /// A field that this table must have.
    Missing(&'static str),
    /// A field that a row of this kind has no use for.
    NotOfKind(&'static str, &'static str),
    /// A field that a row of this kind must have.
    NeededByKind(&'static str, &'static str),
    /// A word that is none of those.
    Word(&'a str, Vec<&'static str>),
    /// A number or anything else in place of a range with its ground.
    Groundless,
    /// Something of another type: what is wanted, and what is there.
    Type(String, &'static str),
    /// A text, or a whole number, that says nothing which is wanted here.
    Text(String),
}

/// Everything in a parsed file that has not the shape of a profile, in the order of the file.
pub(super) fn slips<'a>(file: &'a Spanned<DeTable<'_>>) -> Vec<Slip<'a>> {
    let mut walk = Walk::default();
    if let Some(rule) = SCHEMA.as_object() {
        walk.table(&Way::default(), rule, file.span().start, file.get_ref());
    }
    walk.found.sort_by_key(|slip| slip.offset);
    walk.found
}

/// The rule of a value with its name, if it is defined under one; whether it may be left out plays no part in TOML.
fn resolve(rule: &'static Value) -> (&'static str, Option<Rule>) {
    let choices = rule["anyOf"].as_array();
    let given = choices.and_then(|them| them.iter().find(|one| one["type"] != "null"));
    let rule = given.unwrap_or(rule);
    match rule["$ref"].as_str() {
        Some(path) => {
            let name = path.trim_start_matches("#/$defs/");
            (name, SCHEMA["$defs"][name].as_object())
        }
        None => ("", rule.as_object()),
    }
}

/// The texts of a list in the schema.
fn words(list: Option<&'static Value>) -> impl Iterator<Item = &'static str> {
    let rows = list.and_then(Value::as_array).into_iter().flatten();
    rows.filter_map(Value::as_str)
}

#[derive(Default)]
struct Walk<'a> {
    found: Vec<Slip<'a>>,
}

impl<'a> Walk<'a> {
    fn slip(&mut self, offset: usize, at: &Way, what: What<'a>) {
        let at = at.clone();
        self.found.push(Slip { offset, at, what });
    }

    fn table(&mut self, at: &Way, rule: Rule, start: usize, table: &'a DeTable<'_>) {
        let Some(fields) = rule.get("properties").and_then(Value::as_object) else {
            return;
        };
        let needed: Vec<&str> = words(rule.get("required")).collect();
        let known = || {
            let others = fields.keys().map(String::as_str);
            let others = others.filter(|name| !needed.contains(name));
            needed.iter().copied().chain(others).collect::<Vec<_>>()
        };
        let mut meant: BTreeSet<&str> = BTreeSet::new();
        for (number, (key, value)) in table.iter().enumerate() {
            let name: &'a str = key.get_ref();
            match fields.get_key_value(name) {
                Some((name, rule)) => self.value(&at.field(name), rule, value),
                None => {
                    if number < MOST_FAULTS {
                        meant.extend(nearest(name, &known()));
                    }
                    let what = What::Unknown(name, known());
                    self.slip(key.span().start, at, what);
                }
            }
        }
        // A slip of a field is told once: as the field that nothing knows.
        let lacks = |name: &str| !table.contains_key(name) && !meant.contains(name);
        for name in needed.iter().filter(|name| lacks(name)) {
            self.slip(start, at, What::Missing(name));
        }
        self.kind(at, rule, start, table, &lacks);
    }

    /// A table whose fields hang on its `kind`: those of another kind, and those that this one lacks.
    fn kind(
        &mut self,
        at: &Way,
        rule: Rule,
        start: usize,
        table: &'a DeTable<'_>,
        lacks: &dyn Fn(&str) -> bool,
    ) {
        let kinds = rule.get("oneOf").and_then(Value::as_array);
        let given = table.get("kind").and_then(|kind| kind.get_ref().as_str());
        for one in kinds.into_iter().flatten() {
            let Some(kind) = one["properties"]["kind"]["const"].as_str() else {
                continue;
            };
            if given != Some(kind) {
                continue;
            }
            let barred = |name: &str| one["properties"][name] == Value::Bool(false);
            for (key, _) in table.iter() {
                let fields = one["properties"].as_object();
                if let Some((name, _)) =
                    fields.and_then(|them| them.get_key_value(&**key.get_ref()))
                    && barred(name)
                {
                    let what = What::NotOfKind(kind, name);
                    self.slip(key.span().start, at, what);
                }
            }
            for name in words(one.get("required")).filter(|name| lacks(name)) {
                self.slip(start, at, What::NeededByKind(kind, name));
            }
        }
    }

    fn value(&mut self, at: &Way, rule: &'static Value, value: &'a Spanned<DeValue<'_>>) {
        let (name, Some(rule)) = resolve(rule) else {
            return;
        };
        let offset = value.span().start;
        let value = value.get_ref();
        let choices = choices(rule);
        if !choices.is_empty() {
            match value.as_str() {
                Some(word) if choices.contains(&word) => {}
                Some(word) => self.slip(offset, at, What::Word(word, choices)),
                None => {
                    let wanted = format!("one of the words {}", listed(&choices));
                    self.slip(offset, at, What::Type(wanted, found(value)));
                }
            }
            return;
        }
        let is = |wanted: &str| {
            rule.get("type").is_some_and(|kind| {
                kind == wanted
                    || kind
                        .as_array()
                        .is_some_and(|kinds| kinds.iter().any(|kind| kind == wanted))
            })
        };
        match value {
            DeValue::Table(table) if is("object") => self.table(at, rule, offset, table),
            DeValue::Array(rows) if is("array") => {
                for (index, row) in rows.iter().enumerate() {
                    if let Some(rule) = rule.get("items") {
                        self.value(&at.nth(index), rule, row);
                    }
                }
            }
            DeValue::Boolean(_) if is("boolean") => {}
            DeValue::Float(_) if is("number") => {}
            DeValue::Integer(number) if is("number") || is("integer") => {
                let number = i64::from_str_radix(number.as_str(), number.radix()).ok();
                let end = |name: &str| rule.get(name).and_then(Value::as_f64);
                let fits = number.is_some_and(|number| {
                    end("minimum").is_none_or(|least| number as f64 >= least)
                        && end("maximum").is_none_or(|most| number as f64 <= most)
                });
                if !fits {
                    let what = format!("must be {}", wanted(rule));
                    self.slip(offset, at, What::Text(what));
                }
            }
            DeValue::String(text) if is("string") => {
                if let Some(what) = no_text(rule, text) {
                    self.slip(offset, at, What::Text(what));
                }
            }
            _ if name == "Quantity" => self.slip(offset, at, What::Groundless),
            other => self.slip(offset, at, What::Type(wanted(rule), found(other))),
        }
    }
}

/// The words that a value is chosen from; none where it is not.
fn choices(rule: Rule) -> Vec<&'static str> {
    let rows = rule.get("oneOf").and_then(Value::as_array);
    let constants = rows.into_iter().flatten().map(|one| one["const"].as_str());
    constants.flatten().chain(words(rule.get("enum"))).collect()
}

/// What is wrong with a text that the type behind it refuses.
fn no_text(rule: Rule, text: &str) -> Option<String> {
    match rule.get("format")?.as_str()? {
        DATE => text
            .parse::<Date>()
            .is_err()
            .then(|| "is no day".to_owned()),
        PORT => text.parse::<Port>().err().map(|error| format!(": {error}")),
        STATED_DATE => (text.parse::<StatedDate>().err()).map(|error| format!(": {error}")),
        _ => None,
    }
}

/// What the schema wants, in words.
fn wanted(rule: Rule) -> String {
    let end = |name: &str| rule.get(name).map(Value::to_string);
    let kind = rule.get("type");
    let first = kind.map(|kind| kind.get(0).unwrap_or(kind));
    match first.and_then(Value::as_str) {
        Some("string") => "a text in quotation marks".to_owned(),
        Some("boolean") => "`true` or `false`, without quotation marks".to_owned(),
        Some("number") => "a number, without quotation marks".to_owned(),
        Some("integer") => match (end("minimum"), end("maximum")) {
            (Some(least), Some(most)) => format!("a whole number from {least} to {most}"),
            _ => "a whole number".to_owned(),
        },
        Some("array") => "a list".to_owned(),
        _ => "a table".to_owned(),
    }
}

/// What a file holds instead, in words.
fn found(value: &DeValue<'_>) -> &'static str {
    match value {
        DeValue::String(_) => "a text",
        DeValue::Integer(_) => "a whole number",
        DeValue::Float(_) => "a number",
        DeValue::Boolean(_) => "`true` or `false`",
        DeValue::Datetime(_) => "a day or time without quotation marks",
        DeValue::Array(_) => "a list",
        DeValue::Table(_) => "a table",
    }
}

/// Words in back quotes, one after another.
pub(super) fn listed(words: &[&str]) -> String {
    let quoted: Vec<String> = words.iter().map(|word| format!("`{word}`")).collect();
    quoted.join(", ")
}
