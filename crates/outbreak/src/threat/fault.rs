//! What is wrong with a profile: where, what is allowed there, and what it could look like.

use std::fmt;

use toml::de::DeTable;

use super::Profile;
use super::check::Wrong;
use super::examples::{example, nearest};
use super::place::line_and_column;

/// The longest piece of a file that a message repeats.
const LONGEST_QUOTE: usize = 120;

/// The most faults that are told of one file.
const MOST_FAULTS: usize = 50;

/// What each kind of stream has.
const STREAMS: &str = "beside `kind` and `vector`, `sweep` has `probes_per_hour`; `uniform` has `scope`, `probes_per_hour` \
and perhaps `addresses`; `contacts` has `along` and `attempts_per_hour`";

/// What a file in TOML looks like.
const TOML: &str = "a profile is TOML: lines such as `title = \"The next worm\"`, texts in quotation marks, `[entry]` above the \
lines of a table and `[[vector]]` above those of each row of a list";

/// That there may be more.
const MORE: &str = "once this is mended the rest of the file is checked";

/// One thing that is wrong with a profile.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// The line, from 1.
    pub line: usize,
    /// The column, from 1, in characters.
    pub column: usize,
    /// What is wrong.
    pub what: String,
    /// What is allowed, and an example.
    pub hints: Vec<String>,
}

impl fmt::Display for Fault {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self {
            line, column, what, ..
        } = self;
        write!(formatter, "line {line}, column {column}: {what}")
    }
}

/// A text that is not a threat profile.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ProfileError {
    /// What is wrong, in the order of the file; at least one, at most fifty.
    pub faults: Vec<Fault>,
}

impl fmt::Display for ProfileError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "it is not a threat profile")?;
        if let Some(first) = self.faults.first() {
            write!(formatter, ": {first}")?;
        }
        match self.faults.len() {
            0 | 1 => Ok(()),
            more => write!(formatter, " (and {} more)", more - 1),
        }
    }
}

impl std::error::Error for ProfileError {}

/// A file that is longer than any profile.
pub(super) fn too_long(bytes: usize) -> ProfileError {
    ProfileError {
        faults: vec![Fault {
            line: 1,
            column: 1,
            what: format!(
                "it has {bytes} bytes; a profile has at most {}",
                Profile::LONGEST_BYTES
            ),
            hints: Vec::new(),
        }],
    }
}

/// What TOML or a type refused.
pub(super) fn of_shape(text: &str, error: &toml::de::Error) -> ProfileError {
    let offset = error.span().map_or(0, |span| span.start);
    let (line, column) = line_and_column(text, offset);
    let message = error.message();
    let quoted = |lead: &str| -> Option<&str> { message.strip_prefix(lead)?.split('`').nth(1) };
    let mut hints = Vec::new();
    let what = if let Some(field) = quoted("unknown field ") {
        let known = choices(message);
        if let Some(near) = nearest(field, &known) {
            hints.push(format!("did you mean `{near}`?"));
        }
        hints.push(if known.is_empty() {
            "no field is known here".to_owned()
        } else {
            format!("the fields known here are {}", listed(&known))
        });
        hints.push(
            "a profile holds rates, conditions and references; it has no place for commands, code, passwords or \
             addresses of machines"
                .to_owned(),
        );
        format!("unknown field `{}`", cut(field))
    } else if let Some(word) = quoted("unknown variant ") {
        let known = choices(message);
        if let Some(near) = nearest(word, &known) {
            hints.push(format!("did you mean `{near}`?"));
        }
        hints.push(format!("the words known here are {}", listed(&known)));
        format!("unknown word `{}`", cut(word))
    } else if let Some(field) = quoted("missing field ") {
        hints.extend(example(field));
        format!("the field `{field}` is missing")
    } else if message.contains("struct Quantity") {
        hints.push(
            "a number is a range with its ground: { low = 1.0, high = 10.0, basis = \"assumed\", source = \"why\" }"
                .to_owned(),
        );
        "here a number stands without its ground".to_owned()
    } else if message.contains("a date string") {
        hints.extend(example("fixed_on"));
        "a day is a text in quotation marks".to_owned()
    } else {
        if message.starts_with("a stream of kind") {
            hints.push(STREAMS.to_owned());
        } else if message.starts_with("this is not a port") {
            hints.extend(example("port"));
        } else if DeTable::parse(text).is_err() {
            hints.push(TOML.to_owned());
        }
        cut(message).replace('\n', " ")
    };
    // One at a time: what does not have the shape of a profile is not looked into any further.
    hints.push(MORE.to_owned());
    ProfileError {
        faults: vec![Fault {
            line,
            column,
            what,
            hints,
        }],
    }
}

/// What the checks found, each at its place.
pub(super) fn of_content(text: &str, wrongs: Vec<Wrong>) -> ProfileError {
    // It was parsed before, so that it has places; the types that hold a profile do not keep them.
    let file = DeTable::parse(text).ok();
    let mut faults: Vec<Fault> = wrongs
        .into_iter()
        .take(MOST_FAULTS)
        .map(|wrong| {
            let (line, column) =
                line_and_column(text, file.as_ref().map_or(0, |file| wrong.at.offset(file)));
            let mut hints = wrong.hints;
            if hints.is_empty() {
                hints.extend(wrong.at.last().and_then(example));
            }
            Fault {
                line,
                column,
                what: format!("`{}` {}", wrong.at, wrong.what),
                hints,
            }
        })
        .collect();
    faults.sort_by_key(|fault| (fault.line, fault.column));
    ProfileError { faults }
}

/// The words in back quotes after `expected` in a message of serde's.
fn choices(message: &str) -> Vec<&str> {
    let Some((_, expected)) = message.rsplit_once(", expected ") else {
        return Vec::new();
    };
    expected.split('`').skip(1).step_by(2).collect()
}

fn listed(words: &[&str]) -> String {
    let quoted: Vec<String> = words.iter().map(|word| format!("`{word}`")).collect();
    quoted.join(", ")
}

/// A text of a file, short enough for a message.
fn cut(text: &str) -> String {
    if text.chars().count() <= LONGEST_QUOTE {
        return text.to_owned();
    }
    let mut short: String = text.chars().take(LONGEST_QUOTE).collect();
    short.push('…');
    short
}
