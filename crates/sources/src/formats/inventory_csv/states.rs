//! What a list says of an update on a machine.

use super::tool::Tool;
use crate::defender::squeezed;

/// The state of an update on a machine.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum State {
    Installed,
    /// Installed, and without effect until a restart.
    PendingRestart,
    Missing,
    NotApplicable,
    Unknown,
    /// In words that are not known, or that mean two things: *compliant* is installed or not applicable.
    NotUnderstood,
}

impl State {
    /// Reads a state. Words: WSUS's `UpdateInstallationState`, and the state messages of Configuration Manager. Numbers, which
    /// mean different things in the two: `UpdateInstallationState` and `SMS_UpdateComplianceStatus`. In a list of another
    /// tool, or of none, a number says nothing.
    pub(super) fn of(text: &str, tool: Tool) -> Self {
        let word = squeezed(text);
        let word = word.strip_prefix("updateis").unwrap_or(&word);
        match (tool, word) {
            (Tool::ConfigurationManager | Tool::UpdateServices, "0") => return Self::Unknown,
            (Tool::ConfigurationManager | Tool::UpdateServices, "1") => return Self::NotApplicable,
            (Tool::ConfigurationManager | Tool::UpdateServices, "2") => return Self::Missing,
            (Tool::ConfigurationManager, "3") | (Tool::UpdateServices, "4") => {
                return Self::Installed;
            }
            // Downloaded; failed.
            (Tool::UpdateServices, "3" | "5") => return Self::Missing,
            (Tool::UpdateServices, "6") => return Self::PendingRestart,
            _ => {}
        }
        if denies_restart(word) {
            // Of an update, that it needs none says that it is on only where that is said.
            return if word.starts_with("installed") {
                Self::Installed
            } else {
                Self::NotUnderstood
            };
        }
        if ["pending", "restart", "reboot"]
            .iter()
            .any(|part| word.contains(part))
        {
            // `Pending` alone may mean either.
            return match word {
                "pending" => Self::NotUnderstood,
                "pendinginstallation" | "pendinginstall" | "installpending" | "pendingdownload" => {
                    Self::Missing
                }
                _ => Self::PendingRestart,
            };
        }
        match word {
            "installed"
            | "successfullyinstalledupdates"
            | "successfullyinstalledupdate"
            | "present"
            | "yes"
            | "y"
            | "true"
            | "applied"
            | "patched"
            | "done" => Self::Installed,
            "needed"
            | "required"
            | "missing"
            | "notinstalled"
            | "downloaded"
            | "failed"
            | "installationfailed"
            | "failedtoinstallupdates"
            | "failedtoinstallupdate"
            | "failedtodownloadupdates"
            | "downloadedupdates"
            | "no"
            | "n"
            | "false"
            | "notpatched"
            | "unpatched"
            | "noncompliant"
            | "notcompliant"
            | "outstanding" => Self::Missing,
            "notapplicable" | "notrequired" | "na" => Self::NotApplicable,
            ""
            | "unknown"
            | "notknown"
            | "notchecked"
            | "notscanned"
            | "notassessed"
            | "nottested"
            | "nodata"
            | "tbc"
            | "detectionstateunknown"
            | "enforcementstateunknown"
            | "nostatus"
            | "compliancestateunknown" => Self::Unknown,
            _ => Self::NotUnderstood,
        }
    }

    /// The count of rows in this state.
    pub(super) const fn count(self) -> &'static str {
        match self {
            Self::Installed => "updates_installed",
            Self::PendingRestart => "updates_pending_restart",
            Self::Missing => "updates_missing",
            Self::NotApplicable => "updates_not_applicable",
            Self::Unknown => "updates_unknown",
            Self::NotUnderstood => "updates_state_not_understood",
        }
    }
}

/// How squeezed words say that no restart is needed.
const NO_RESTART: [&str; 8] = [
    "norestart",
    "noreboot",
    "restartnot",
    "rebootnot",
    "nopendingrestart",
    "nopendingreboot",
    "notpendingrestart",
    "notpendingreboot",
];

/// Whether squeezed words say that no restart is needed.
pub(super) fn denies_restart(word: &str) -> bool {
    NO_RESTART.iter().any(|no| word.contains(no))
}

/// A truth value in the words of any list.
pub(super) fn truth(text: &str) -> Option<bool> {
    match squeezed(text).as_str() {
        "true" | "yes" | "y" | "1" | "enabled" | "on" => Some(true),
        "false" | "no" | "n" | "0" | "disabled" | "off" => Some(false),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::{State, Tool};

    #[test]
    fn pending_unknown_and_not_applicable_are_neither_installed_nor_missing() {
        for (text, expected) in [
            ("Installed", State::Installed),
            ("Update is installed", State::Installed),
            ("InstalledPendingReboot", State::PendingRestart),
            ("Pending system restart", State::PendingRestart),
            ("Installed (pending reboot)", State::PendingRestart),
            ("Installed - pending reboot", State::PendingRestart),
            ("Pending restart", State::PendingRestart),
            ("Reboot required", State::PendingRestart),
            ("Installed, no reboot required", State::Installed),
            ("Restart not required", State::NotUnderstood),
            ("Pending installation", State::Missing),
            ("Pending", State::NotUnderstood),
            ("NotInstalled", State::Missing),
            ("Update is required", State::Missing),
            ("Not Applicable", State::NotApplicable),
            ("Update is not required", State::NotApplicable),
            ("Unknown", State::Unknown),
            ("Detection state unknown", State::Unknown),
            ("", State::Unknown),
            // It may not be for the machine at all; what does not comply needs it and has not got it.
            ("Compliant", State::NotUnderstood),
            ("Non-Compliant", State::Missing),
            ("not checked", State::Unknown),
            ("?", State::Unknown),
            ("3", State::NotUnderstood),
            ("not installed yet", State::NotUnderstood),
        ] {
            assert_eq!(State::of(text, Tool::Unnamed), expected, "{text}");
        }
    }

    #[test]
    fn a_number_means_what_its_tool_means_by_it() {
        use State::{Installed, Missing, NotApplicable, NotUnderstood, PendingRestart, Unknown};
        let of_configuration_manager = [Unknown, NotApplicable, Missing, Installed];
        let of_wsus = [
            Unknown,
            NotApplicable,
            Missing,
            Missing,
            Installed,
            Missing,
            PendingRestart,
        ];
        for number in 0..9 {
            let read = |tool| State::of(&number.to_string(), tool);
            let expected = |states: &[State]| states.get(number).copied().unwrap_or(NotUnderstood);
            assert_eq!(
                read(Tool::ConfigurationManager),
                expected(&of_configuration_manager)
            );
            assert_eq!(read(Tool::UpdateServices), expected(&of_wsus));
            for tool in [Tool::Intune, Tool::Defender, Tool::Unnamed] {
                assert_eq!(read(tool), NotUnderstood);
            }
        }
    }
}
