//! An update that a heading names: `KB4012215 installed`.

use wardround_evidence::Kb;

use super::states::{State, truth};
use super::tool::Tool;
use crate::defender::squeezed;

/// What a column says of the update that its heading names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct NamedUpdate {
    pub(super) kb: Kb,
    asks: Asks,
}

/// What a *yes* below such a heading means.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Asks {
    /// The update is on.
    IsOn,
    /// It is missing. *No* means that it is on or not for this machine.
    IsMissing,
    /// Nobody knows.
    Unsaid,
}

impl NamedUpdate {
    /// The update of a heading that names one and says no more than how it stands. One that names two says of which neither.
    pub(super) fn of(heading: &str) -> Option<Self> {
        let squeezed = squeezed(&without_remarks(heading));
        let start = squeezed.find("kb")?;
        let rest = &squeezed[start + 2..];
        let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
        if !(6..=7).contains(&digits) {
            return None;
        }
        let asks = match (&squeezed[..start], &rest[digits..]) {
            ("" | "patch" | "update" | "hotfix", "")
            | ("", "status" | "state" | "patch" | "update") => Asks::Unsaid,
            ("has" | "installed" | "patched" | "have", "")
            | (
                "" | "is" | "has" | "patch" | "update",
                "installed" | "present" | "applied" | "patched",
            )
            | ("", "isinstalled" | "patchinstalled" | "updateinstalled" | "ison") => Asks::IsOn,
            ("missing" | "needs" | "requires", "")
            | ("" | "is", "missing" | "needed" | "required" | "outstanding" | "notinstalled") => {
                Asks::IsMissing
            }
            _ => return None,
        };
        Some(Self {
            kb: format!("KB{}", &rest[..digits]).parse().ok()?,
            asks,
        })
    }

    /// What a cell below it says; nothing where a mere *yes* or *no* has no meaning.
    pub(super) fn state(&self, text: &str, tool: Tool) -> Option<State> {
        match (self.asks, truth(text)) {
            (Asks::IsOn, Some(true)) => Some(State::Installed),
            (Asks::IsOn, Some(false)) | (Asks::IsMissing, Some(true)) => Some(State::Missing),
            (Asks::IsMissing, Some(false)) | (Asks::Unsaid, Some(_)) => None,
            (_, None) => Some(State::of(text, tool)),
        }
    }
}

/// A heading without what stands in brackets: `KB4012215 (March 2017) installed`.
fn without_remarks(heading: &str) -> String {
    let mut parts = heading.split('(');
    let mut left = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        left += part.split_once(')').map_or("", |(_, after)| after);
    }
    left
}

#[cfg(test)]
mod tests {
    use super::{NamedUpdate, State, Tool};

    #[test]
    fn a_heading_names_one_update_and_what_yes_means() {
        let yes = |heading| {
            NamedUpdate::of(heading).map(|it| (it.kb.to_string(), it.state("Yes", Tool::Unnamed)))
        };
        let kb = || "KB4012215".to_owned();
        for heading in [
            "KB4012215 installed",
            "Installed: KB4012215",
            "kb4012215 - patched?",
            "Has KB4012215",
            "KB4012215 (March 2017) installed",
            "KB4012215 installed (",
        ] {
            assert_eq!(
                yes(heading),
                Some((kb(), Some(State::Installed))),
                "{heading}"
            );
        }
        for heading in ["KB4012215 missing", "Needs KB 4012215"] {
            assert_eq!(
                yes(heading),
                Some((kb(), Some(State::Missing))),
                "{heading}"
            );
        }
        for heading in ["KB4012215", "KB4012215 status"] {
            assert_eq!(yes(heading), Some((kb(), None)), "{heading}");
        }
        for heading in [
            "KB",
            "KB article",
            "KB12",
            "KB4012215 or KB4012212 installed",
            "KB4012215 installed on",
            "KB4012215 comment",
            "KB401221512345",
        ] {
            assert_eq!(yes(heading), None, "{heading}");
        }
    }

    #[test]
    fn words_mean_the_same_below_every_heading_and_a_no_to_missing_means_nothing() {
        for heading in ["KB4012215 installed", "KB4012215 missing", "KB4012215"] {
            let update = NamedUpdate::of(heading).unwrap();
            let state = |text| update.state(text, Tool::Unnamed);
            assert_eq!(state("unknown"), Some(State::Unknown));
            assert_eq!(state("n.a."), Some(State::NotApplicable));
            assert_eq!(state("pending reboot"), Some(State::PendingRestart));
            assert_eq!(state("pending"), Some(State::NotUnderstood));
            assert_eq!(state("ask the supplier"), Some(State::NotUnderstood));
        }
        let missing = NamedUpdate::of("KB4012215 missing").unwrap();
        assert_eq!(missing.state("no", Tool::Unnamed), None);
    }
}
