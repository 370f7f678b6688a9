//! What can be told of a machine, each under a word of its own.

use std::fmt;

use wardround_estate::Question;
use wardround_report::Column;

/// One thing that can be told of a machine.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Field {
    /// Whose it is.
    Organisation,
    /// The site of its networks.
    Site,
    /// Its networks.
    Network,
    /// What they are for.
    NetworkKind,
    /// Its best name.
    Name,
    /// Its addresses.
    Addresses,
    /// What it is for.
    Role,
    /// What it runs.
    System,
    /// Something of its verdict on a question.
    Verdict(Question, Part),
    /// When anything last saw it.
    LastSeen,
    /// How many days ago that was.
    LastSeenDays,
    /// The families of source that know it.
    Sources,
}

/// What can be told of a verdict.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// The answer; in a text table with the letter of the method and the age in days.
    Truth,
    /// How the deciding observation was made.
    Method,
    /// When.
    Seen,
    /// How many days ago.
    AgeDays,
    /// Why, also where it is unknown.
    Why,
    /// The file that decided.
    Source,
}

const PARTS: [(Part, &str, &str); 6] = [
    (Part::Truth, "", ""),
    (Part::Method, "_method", " method"),
    (Part::Seen, "_seen", " seen"),
    (Part::AgeDays, "_age_days", " age in days"),
    (Part::Why, "_why", " why"),
    (Part::Source, "_source", " source"),
];

/// A word that names no field, or more than one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnknownField {
    /// What it may have been meant for.
    pub known: Vec<String>,
}

impl fmt::Display for UnknownField {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "a column is one of {}", self.known.join(", "))
    }
}

impl std::error::Error for UnknownField {}

/// All fields where these questions are asked, in the order in which they stand.
#[must_use]
pub fn fields(questions: &[Question]) -> Vec<Field> {
    let mut all = vec![
        Field::Organisation,
        Field::Site,
        Field::Network,
        Field::NetworkKind,
        Field::Name,
        Field::Addresses,
        Field::Role,
        Field::System,
    ];
    for question in questions {
        all.extend(PARTS.map(|(part, _, _)| Field::Verdict(*question, part)));
    }
    all.extend([Field::LastSeen, Field::LastSeenDays, Field::Sources]);
    all
}

impl Field {
    /// Its word in data and on the command line.
    #[must_use]
    pub fn key(self) -> String {
        let word = match self {
            Self::Organisation => "organisation",
            Self::Site => "site",
            Self::Network => "network",
            Self::NetworkKind => "network_kind",
            Self::Name => "name",
            Self::Addresses => "addresses",
            Self::Role => "role",
            Self::System => "system",
            Self::LastSeen => "last_seen",
            Self::LastSeenDays => "last_seen_days",
            Self::Sources => "sources",
            Self::Verdict(question, part) => return question.key() + part.words().0,
        };
        word.to_owned()
    }

    /// The field that a word means: its key, or the beginning of just one question's.
    ///
    /// # Errors
    /// When it means none, or several.
    pub fn named(word: &str, questions: &[Question]) -> Result<Self, UnknownField> {
        let all = fields(questions);
        let wanted = word.trim().to_lowercase();
        if let Some(field) = all.iter().find(|field| field.key() == wanted) {
            return Ok(*field);
        }
        // `ms17_010` is enough for `ms17_010_closed`.
        let mut begun = all.iter().filter(|field| {
            matches!(field, Self::Verdict(_, Part::Truth)) && field.key().starts_with(&wanted)
        });
        match (begun.next(), begun.next()) {
            (Some(field), None) if !wanted.is_empty() => Ok(*field),
            _ => Err(UnknownField {
                known: all.iter().map(|field| field.key()).collect(),
            }),
        }
    }

    /// Its column.
    #[must_use]
    pub fn column(self) -> Column {
        let key = self.key();
        let (heading, narrowest, left_out) = match self {
            Self::Organisation => ("organisation".to_owned(), 12, 0),
            Self::Site => ("site".to_owned(), 6, 6),
            Self::Network => ("network".to_owned(), 8, 3),
            Self::NetworkKind => ("network kind".to_owned(), 8, 9),
            Self::Name => ("name".to_owned(), 14, 0),
            Self::Addresses => ("addresses".to_owned(), 11, 5),
            Self::Role => ("role".to_owned(), 6, 4),
            Self::System => ("system".to_owned(), 10, 2),
            // An agent only may stop a worm: it makes room before what a machine runs.
            Self::Verdict(question @ Question::AgentBlocks, Part::Truth) => {
                (question.heading(), 11, 3)
            }
            Self::Verdict(question, Part::Truth) => (question.heading(), 11, 0),
            Self::Verdict(question, part) => (question.heading() + part.words().1, 8, 8),
            Self::LastSeen => ("last seen".to_owned(), 10, 1),
            Self::LastSeenDays => ("last seen, days ago".to_owned(), 4, 7),
            Self::Sources => ("sources".to_owned(), 8, 7),
        };
        let to_the_right = matches!(self, Self::LastSeenDays | Self::Verdict(_, Part::AgeDays));
        Column {
            key,
            heading,
            to_the_right,
            narrowest,
            left_out,
        }
    }
}

impl Part {
    /// What its key and its heading add to those of the question.
    fn words(self) -> (&'static str, &'static str) {
        let found = PARTS.iter().find(|(part, _, _)| *part == self);
        found.map_or(("", ""), |(_, key, heading)| (key, heading))
    }
}

#[cfg(test)]
mod tests {
    use super::{Field, Part, fields};
    use wardround_estate::Question;
    use wardround_evidence::Port;

    const QUESTIONS: [Question; 3] = [
        Question::Ms17010Closed,
        Question::Smb1Off,
        Question::NotListening(Port::tcp(445)),
    ];

    #[test]
    fn every_field_is_found_under_its_own_word() {
        for field in fields(&QUESTIONS) {
            assert_eq!(Field::named(&field.key(), &QUESTIONS), Ok(field));
        }
    }

    #[test]
    fn the_beginning_of_one_question_is_enough() {
        let field = Field::named("MS17_010", &QUESTIONS);
        assert_eq!(
            field,
            Ok(Field::Verdict(Question::Ms17010Closed, Part::Truth))
        );
        for word in ["", "sm_", "colour", "n"] {
            let found = Field::named(word, &QUESTIONS);
            assert_eq!(found.is_ok(), word == "n", "{word}: {found:?}");
        }
    }
}
