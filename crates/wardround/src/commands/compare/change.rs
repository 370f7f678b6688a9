//! The words by which a user says in what a world is another one.

use wardround_estate::Passage;
use wardround_outbreak::Settle;

use crate::commands::circumstances::hours;
use crate::{ExitCode, Failure};

/// The words, with what each of them means.
const WORDS: [(&str, &str); 15] = [
    ("as-evidenced", "what the evidence supports, unknowns drawn"),
    ("as-claimed", "claims that do not stand are true"),
    ("unknowns-for", "everything unknown turns out for us"),
    (
        "unknowns-against",
        "everything unknown turns out against us",
    ),
    (
        "fix[=ORGANISATION]",
        "machines have the fix of the threat's flaw",
    ),
    (
        "hold=QUESTION[:ORGANISATION]",
        "a safeguard holds there, such as smb1_off",
    ),
    (
        "deny-border[=ORGANISATION]",
        "no others come in by the threat's port",
    ),
    ("allow-border[=ORGANISATION]", "others come in by it"),
    (
        "deny-boundaries[=ORGANISATION]",
        "it is shut to what enters each network",
    ),
    (
        "allow-boundaries[=ORGANISATION]",
        "it is open to what enters each network",
    ),
    (
        "isolate-after=HOURS",
        "each cuts itself off so long after noticing",
    ),
    (
        "warned-at=HOURS",
        "at this hour a warning comes, and all act",
    ),
    ("nobody-acts", "no organisation does anything"),
    (
        "kill-switch=HOURS",
        "the kill switch is answered from then on",
    ),
    ("kill-switch=never", "nobody registers it"),
];

/// The list of words, for the end of the help.
pub(super) fn help() -> String {
    let mut text = "Words for a world:\n".to_owned();
    for (word, means) in WORDS {
        text.push_str(&format!("  {word:<31}  {means}\n"));
    }
    text.push_str(
        "An organisation is written as in `wardround hosts`: letters of its name or identifier, or a pattern with * and ?. \
         Without one, all are meant. A safeguard is written as its column there. Of two \
         words on one border the later counts. What options say is so in both worlds, unless a word says otherwise of one.",
    );
    text
}

/// Organisations as a user writes them; none means all.
pub(super) type Whose = Option<String>;

/// One word of a world.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Change {
    Evidenced,
    Claimed,
    Settled(Settle),
    Fix(Whose),
    Hold(String, Whose),
    Border(Passage, Whose),
    Boundaries(Passage, Whose),
    IsolateAfter(f64),
    WarnedAt(f64),
    NobodyActs,
    /// None: never.
    KillSwitch(Option<f64>),
}

impl Change {
    /// What a word means.
    ///
    /// # Errors
    /// When it means nothing; the failure lists all words.
    pub(super) fn of(text: &str) -> Result<Self, Failure> {
        let (word, value) = match text.split_once('=') {
            Some((word, value)) => (word.trim(), Some(value.trim())),
            None => (text.trim(), None),
        };
        let whose = value.map(str::to_owned);
        let change = match (word, value) {
            // An organisation without a letter would mean all of them.
            (_, Some("")) => Err("nothing stands behind its equals sign".to_owned()),
            ("as-evidenced", None) => Ok(Self::Evidenced),
            ("as-claimed", None) => Ok(Self::Claimed),
            ("unknowns-for", None) => Ok(Self::Settled(Settle::InFavour)),
            ("unknowns-against", None) => Ok(Self::Settled(Settle::Against)),
            ("nobody-acts", None) => Ok(Self::NobodyActs),
            ("fix", _) => Ok(Self::Fix(whose)),
            ("deny-border", _) => Ok(Self::Border(Passage::Denied, whose)),
            ("allow-border", _) => Ok(Self::Border(Passage::Allowed, whose)),
            ("deny-boundaries", _) => Ok(Self::Boundaries(Passage::Denied, whose)),
            ("allow-boundaries", _) => Ok(Self::Boundaries(Passage::Allowed, whose)),
            ("hold", Some(value)) => match value.split_once(':') {
                Some((_, whose)) if whose.trim().is_empty() => {
                    Err("nothing stands behind its colon".to_owned())
                }
                Some((question, whose)) => Ok(Self::Hold(
                    question.trim().to_owned(),
                    Some(whose.trim().to_owned()),
                )),
                None => Ok(Self::Hold(value.to_owned(), None)),
            },
            ("isolate-after", Some(value)) => hours(value).map(Self::IsolateAfter),
            ("warned-at", Some(value)) => hours(value).map(Self::WarnedAt),
            ("kill-switch", Some("never")) => Ok(Self::KillSwitch(None)),
            ("kill-switch", Some(value)) => hours(value).map(|at| Self::KillSwitch(Some(at))),
            _ => Err(String::new()),
        };
        change.map_err(|why| {
            let mut words = format!("`{text}` says nothing of a world");
            if !why.is_empty() {
                words.push_str(&format!(": {why}"));
            }
            let mut failure = Failure::new(ExitCode::Usage, words);
            for (word, means) in WORDS {
                failure = failure.detail(format!("{word}: {means}"));
            }
            failure.hint("these may stand there; say `--first` or `--second` again for each")
        })
    }

    /// What can be said once of one world: two words of the same kind contradict each other.
    pub(super) const fn kind(&self) -> Option<u8> {
        match self {
            Self::Evidenced | Self::Claimed | Self::Settled(_) => Some(0),
            Self::IsolateAfter(_) => Some(1),
            Self::WarnedAt(_) => Some(2),
            Self::KillSwitch(_) => Some(3),
            Self::Fix(_)
            | Self::Hold(..)
            | Self::Border(..)
            | Self::Boundaries(..)
            | Self::NobodyActs => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Change, WORDS};

    #[test]
    fn every_word_that_is_listed_is_understood() {
        for (word, _) in WORDS {
            let plain = word.split('[').next().unwrap();
            let of_one = word.replace(['[', ']'], "");
            for text in [plain, &of_one] {
                let text = text.replace("HOURS", "2.5").replace("QUESTION", "smb1_off");
                let text = text.replace("ORGANISATION", "mill");
                assert!(Change::of(&text).is_ok(), "{text}");
            }
        }
    }

    #[test]
    fn what_is_no_word_gets_the_list() {
        for wrong in [
            "",
            "=",
            "fixed",
            "fix=",
            "fix= ",
            "as-evidenced=mill",
            "hold",
            "hold=",
            "hold=smb1_off:",
            "isolate-after",
            "isolate-after=soon",
            "isolate-after=-1",
            "warned-at=NaN",
            "kill-switch=inf",
            "AS-CLAIMED\u{1b}[31m",
        ] {
            let words = Change::of(wrong).unwrap_err().words();
            assert!(words.contains("unknowns-against: "), "{wrong}: {words}");
            assert!(!words.contains('\u{1b}'));
        }
    }
}
