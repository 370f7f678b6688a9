//! What is wrong with a profile: where, what is allowed there, and what it could look like.

use std::fmt;

use toml::de::DeTable;

use super::Profile;
use super::check::Wrong;
use super::examples::{example, nearest};
use super::place::line_and_column;
use super::shape::{Slip, What, listed, slips};

/// The longest piece of a file that a message repeats.
const LONGEST_QUOTE: usize = 120;

/// The most faults that are told of one file.
pub(super) const MOST_FAULTS: usize = 50;

/// What each kind of stream has.
const STREAMS: &str = "beside `kind` and `vector`, `sweep` has `probes_per_hour`; `uniform` has `scope`, `probes_per_hour` \
and perhaps `addresses`; `contacts` has `along` and `attempts_per_hour`";

/// What a file in TOML looks like.
const TOML: &str = "a profile is TOML: lines such as `title = \"The next worm\"`, texts in quotation marks, `[entry]` above the \
lines of a table and `[[vector]]` above those of each row of a list";

/// What a number looks like.
const RANGE: &str = "a number is a range with its ground: { low = 1.0, high = 10.0, basis = \"assumed\", source = \"why\" }";

/// What a profile has no field for.
const NO_PLACE: &str = "a profile holds rates, conditions and references; it has no place for commands, code, passwords or \
addresses of machines";

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

/// What TOML or the types refused: every fault of shape if it is TOML, else the first fault.
pub(super) fn of_shape(text: &str, error: &toml::de::Error) -> ProfileError {
    let Ok(file) = DeTable::parse(text) else {
        return refused(text, error, &[TOML, MORE]);
    };
    let slips = slips(&file);
    if slips.is_empty() {
        return refused(text, error, &[MORE]);
    }
    let untold = slips.len().saturating_sub(MOST_FAULTS);
    let mut faults: Vec<Fault> = slips
        .into_iter()
        .take(MOST_FAULTS)
        .map(|slip| of_slip(text, &slip))
        .collect();
    if let Some(last) = faults.last_mut() {
        if untold > 0 {
            last.hints.push(format!("{untold} more are not told"));
        }
        // Bounds, and fields that need each other, are looked into where there is a profile.
        last.hints.push(MORE.to_owned());
    }
    ProfileError { faults }
}

/// One fault in the words of the one who found it.
fn refused(text: &str, error: &toml::de::Error, hints: &[&str]) -> ProfileError {
    let offset = error.span().map_or(0, |span| span.start);
    let (line, column) = line_and_column(text, offset);
    ProfileError {
        faults: vec![Fault {
            line,
            column,
            what: cut(error.message()).replace('\n', " "),
            hints: hints.iter().map(|hint| (*hint).to_owned()).collect(),
        }],
    }
}

/// A fault of shape in words that teach.
fn of_slip(text: &str, slip: &Slip<'_>) -> Fault {
    let (line, column) = line_and_column(text, slip.offset);
    let at = &slip.at;
    let place = |joint: &str| match at.is_top() {
        true => String::new(),
        false => format!("{joint}`{at}`"),
    };
    let mut hints = Vec::new();
    let what = match &slip.what {
        What::Unknown(field, known) => {
            hints.extend(nearest(field, known).map(|near| format!("did you mean `{near}`?")));
            hints.push(format!("the fields known here are {}", listed(known)));
            hints.push(NO_PLACE.to_owned());
            format!("unknown field `{}`{}", cut(field), place(" in "))
        }
        What::Missing(field) => {
            hints.extend(example(field));
            format!("the field `{field}`{} is missing", place(" of "))
        }
        What::NotOfKind(kind, field) => {
            hints.push(STREAMS.to_owned());
            format!("a stream of kind `{kind}` takes no `{field}`")
        }
        What::NeededByKind(kind, field) => {
            hints.extend(example(field));
            hints.push(STREAMS.to_owned());
            format!("a stream of kind `{kind}` needs `{field}`")
        }
        What::Word(word, known) => {
            hints.extend(nearest(word, known).map(|near| format!("did you mean `{near}`?")));
            hints.push(format!("the words known here are {}", listed(known)));
            format!("unknown word `{}`{}", cut(word), place(" for "))
        }
        What::Groundless => {
            hints.push(RANGE.to_owned());
            format!("here a number stands without its ground{}", place(": "))
        }
        What::Type(wanted, found) => {
            hints.extend(at.last().and_then(example));
            format!("`{at}` must be {wanted}, not {found}")
        }
        What::Text(what) => {
            hints.extend(at.last().and_then(example));
            format!("`{at}` {what}").replace(" :", ":")
        }
    };
    Fault {
        line,
        column,
        what,
        hints,
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

/// A text of a file, short enough for a message.
fn cut(text: &str) -> String {
    if text.chars().count() <= LONGEST_QUOTE {
        return text.to_owned();
    }
    let mut short: String = text.chars().take(LONGEST_QUOTE).collect();
    short.push('…');
    short
}
