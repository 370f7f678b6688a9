//! What a row says of restarts: whether its machine waits for one.

use wardround_evidence::{Fact, Position};

use super::cells::{Cells, says_nothing};
use super::fields::Field;
use super::machine::Gathered;
use super::states::{State, denies_restart, truth};
use super::tool::Tool;
use crate::Sink;
use crate::defender::squeezed;

const NOT_KNOWN: &str =
    "what it says of a restart is in words that are not known; the rest of the row is kept";

/// Keeps whether the machine waits for a restart: as a column of that name says, or one on the state of its updates as a whole.
/// Where a row is of one update, such a column says that of this update, and holds of the machine only where the update is on.
pub(super) fn restarts(
    cells: &Cells<'_, '_>,
    tool: Tool,
    gathered: &mut Gathered,
    position: Position,
    sink: &mut Sink,
) {
    let is_of_update_not_on = cells.text(Field::Update).is_some() && {
        let state = State::of(&cells.text(Field::UpdateState).unwrap_or_default(), tool);
        !matches!(state, State::Installed | State::PendingRestart)
    };
    let stated = cells
        .text(Field::RestartPending)
        .filter(|_| !is_of_update_not_on);
    if let Some(text) = stated.filter(|text| !says_nothing(text)) {
        match waits(&text, tool) {
            Some(waits) => gathered.see(gathered.method, Fact::RestartPending(waits)),
            None => sink.skip(position, NOT_KNOWN),
        }
    }
    // *Patched* or *missing* is said of updates that are not named; of a restart it is said of the machine.
    let state = cells.text(Field::PatchStatus);
    if state.is_some_and(|text| State::of(&text, tool) == State::PendingRestart) {
        gathered.see(gathered.method, Fact::RestartPending(true));
    }
}

/// Whether a machine waits, in the words of a column of that name. Configuration Manager's console names what waits; its
/// `ClientState` adds up 1 (its client), 2 (renamed files), 4 (Windows Update) and 8 (a feature).
fn waits(text: &str, tool: Tool) -> Option<bool> {
    if let Some(waits) = truth(text) {
        return Some(waits);
    }
    match squeezed(text).as_str() {
        word if denies_restart(word) => Some(false),
        "notrequired" | "notpending" | "notneeded" => Some(false),
        "required" | "pending" | "needed" => Some(true),
        "configurationmanager" | "windowsupdate" | "filerename" | "addorremovefeature" => {
            Some(true)
        }
        number if number.parse().is_ok_and(|bits: u8| (1..16).contains(&bits)) => Some(true),
        _ => (State::of(text, tool) == State::PendingRestart).then_some(true),
    }
}

#[cfg(test)]
mod tests {
    use super::waits;
    use crate::formats::inventory_csv::tool::Tool;

    #[test]
    fn whether_a_machine_waits_is_written_in_many_ways() {
        for (text, expected) in [
            ("Yes", Some(true)),
            ("TRUE", Some(true)),
            ("Required", Some(true)),
            ("Reboot required", Some(true)),
            ("Installed - pending reboot", Some(true)),
            ("Pending", Some(true)),
            ("Updates pending", None),
            ("Rebooted", None),
            ("Windows Update", Some(true)),
            ("5", Some(true)),
            ("No", Some(false)),
            ("0", Some(false)),
            ("No reboot required", Some(false)),
            ("not required", Some(false)),
            ("Reboot not required", Some(false)),
            ("16", None),
            ("ask the ward", None),
        ] {
            assert_eq!(waits(text, Tool::Unnamed), expected, "{text}");
        }
    }
}
