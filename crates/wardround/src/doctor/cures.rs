//! Which exports would settle a question, by why it is open: the one table of it, best first.
//!
//! What lies in a console comes before what a machine must be asked, and that before what touches a network. Among equals
//! comes first what an organisation already gives for other machines; see [`super::held`].

use wardround_estate::{Gap, Question};

use super::export::Export;
use super::export::Export::{
    Again, Authority, DefenderDevices, DefenderFlaws, DefenderSettings, DefenderSoftware,
    LoggedInScan, MachineList, Scan, SettingsList, Systeminfo, Tables, UpdateLists,
};

/// The exports that would settle `question` where `gap` is why it is open; never none.
pub(super) const fn cures(question: Question, gap: Gap) -> &'static [Export] {
    use Question as Q;
    match (gap, question) {
        // These have one cure, whatever the question.
        (Gap::NotAuthorised, _) => &[Authority],
        (Gap::Stale | Gap::Disputed | Gap::RestartPending, _) => &[Again],
        (Gap::TablesEnd, Q::NotListening(_) | Q::Smb1Off | Q::AgentBlocks) => &[Tables],
        (Gap::TablesEnd, Q::Ms17010Closed | Q::UpdatedSince(_)) => {
            &[MachineList, DefenderSoftware, Tables]
        }

        (Gap::SystemUnknown, Q::Ms17010Closed | Q::UpdatedSince(_)) => {
            &[DefenderDevices, MachineList, Systeminfo, LoggedInScan]
        }
        (Gap::NotInventoried, Q::Ms17010Closed | Q::UpdatedSince(_)) => {
            &[MachineList, DefenderSoftware, UpdateLists, LoggedInScan]
        }
        (Gap::NoComplaint | Gap::NothingSaid, Q::UpdatedSince(_)) => {
            &[DefenderSoftware, MachineList, UpdateLists, LoggedInScan]
        }
        (Gap::NoComplaint | Gap::NothingSaid, Q::Ms17010Closed) => &[
            DefenderSoftware,
            MachineList,
            UpdateLists,
            LoggedInScan,
            Scan,
        ],
        // A cut list says what is on as far as it goes; a build says all in one number.
        (Gap::ListCut, Q::Ms17010Closed | Q::UpdatedSince(_)) => {
            &[MachineList, DefenderSoftware, Systeminfo, LoggedInScan]
        }
        (Gap::LogInFailed, Q::Ms17010Closed | Q::UpdatedSince(_)) => {
            &[MachineList, DefenderSoftware, UpdateLists, LoggedInScan]
        }
        (Gap::Filtered | Gap::FilteredAtHost, Q::Ms17010Closed | Q::UpdatedSince(_)) => {
            &[MachineList, DefenderFlaws, UpdateLists]
        }

        (_, Q::AgentBlocks) => &[DefenderSettings],
        (Gap::OwnFirewall | Gap::NoAgent, Q::NotListening(_)) => &[DefenderSettings, Scan],
        (Gap::OwnFirewall | Gap::NoAgent, Q::Smb1Off) => &[DefenderSettings, SettingsList, Scan],
        (Gap::OwnFirewall | Gap::NoAgent, Q::Ms17010Closed | Q::UpdatedSince(_)) => {
            &[MachineList, DefenderSoftware, UpdateLists]
        }

        (
            Gap::SystemUnknown
            | Gap::NotInventoried
            | Gap::NoComplaint
            | Gap::NothingSaid
            | Gap::ListCut
            | Gap::LogInFailed
            | Gap::Filtered
            | Gap::FilteredAtHost,
            Q::Smb1Off,
        ) => &[DefenderSettings, SettingsList, Scan],
        (
            Gap::SystemUnknown
            | Gap::NotInventoried
            | Gap::NoComplaint
            | Gap::NothingSaid
            | Gap::ListCut
            | Gap::LogInFailed
            | Gap::Filtered
            | Gap::FilteredAtHost,
            Q::NotListening(_),
        ) => &[Scan],
    }
}
