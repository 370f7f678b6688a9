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
        if awaits_restart(word) {
            return Self::PendingRestart;
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
            | "pendinginstallation"
            | "pendinginstall"
            | "installpending"
            | "pendingdownload"
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
const NO_RESTART: [&str; 12] = [
    "norestart",
    "noreboot",
    "restartnot",
    "rebootnot",
    "nopendingrestart",
    "nopendingreboot",
    "notpendingrestart",
    "notpendingreboot",
    "notawaiting",
    "notwaiting",
    "noupdate",
    "nothing",
];

/// Whether squeezed words say that no restart is needed: they speak of one, and deny it.
pub(super) fn denies_restart(word: &str) -> bool {
    let denies = NO_RESTART.iter().any(|no| word.contains(no));
    let ends_in_no = word.ends_with("restartno") || word.ends_with("rebootno");
    speaks_of_restart(word) && (denies || ends_in_no)
}

/// Whether squeezed words say that a restart is still to come. *Pending* alone may be of an approval or a download; *rebooted* is
/// over.
fn awaits_restart(word: &str) -> bool {
    let is_to_come = ["pending", "requir", "need", "wait", "outstanding"];
    speaks_of_restart(word) && is_to_come.iter().any(|part| word.contains(part))
}

fn speaks_of_restart(word: &str) -> bool {
    word.contains("restart") || word.contains("reboot")
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
            ("Waiting for a restart", State::PendingRestart),
            ("No updates pending restart", State::NotUnderstood),
            ("Pending reboot: no", State::NotUnderstood),
            ("Rebooted", State::NotUnderstood),
            ("No pending updates", State::NotUnderstood),
            ("Updates pending", State::NotUnderstood),
            ("Pending approval", State::NotUnderstood),
            ("Failed - pending retry", State::NotUnderstood),
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
