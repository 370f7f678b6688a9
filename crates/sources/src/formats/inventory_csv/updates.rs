//! What a row says of updates.

use jiff::civil::Date;
use wardround_evidence::{Fact, Kb, Position};

use super::cells::Cells;
use super::fields::Field;
use super::machine::Gathered;
use super::moments::Moments;
use super::states::State;
use super::tool::Tool;
use crate::Sink;
use crate::windows::kb_of_entry;

/// What a row says of updates: of one with its state, of several in a cell, or of those that headings name.
pub(super) fn updates(
    cells: &Cells<'_, '_>,
    tool: Tool,
    moments: Moments,
    gathered: &mut Gathered,
    position: Position,
    sink: &mut Sink,
) {
    let method = gathered.method;
    for text in cells.each(Field::InstalledUpdates) {
        if let Some(kb) = kb_of_entry(&text) {
            gathered.installed.entry(kb).or_default();
        }
    }
    for text in cells.each(Field::MissingUpdates) {
        if let Some(kb) = kb_of_entry(&text) {
            gathered.see(method, Fact::UpdateMissing(kb));
        }
    }
    for (place, kb, update) in cells.columns.named_updates() {
        let Some(text) = cells.row.stated(place) else {
            continue;
        };
        match update.state(&text, tool) {
            Some(state) => {
                sink.count(state.count(), 1);
                keep(kb, state, None, gathered, position, sink);
            }
            None => sink.count("updates_yes_or_no_alone", 1),
        }
    }
    let mut texts = cells
        .columns
        .places(Field::Update)
        .filter_map(|place| cells.row.stated(place))
        .peekable();
    if texts.peek().is_none() {
        return;
    }
    gathered.lists_updates = true;
    let state = State::of(&cells.text(Field::UpdateState).unwrap_or_default(), tool);
    sink.count(state.count(), 1);
    let Some(kb) = texts.find_map(|text| number_in(&text)) else {
        sink.count("updates_without_number", 1);
        return;
    };
    let day = cells
        .text(Field::InstalledOn)
        .and_then(|text| moments.day(&text));
    keep(kb, state, day, gathered, position, sink);
}

/// Keeps how an update stands.
fn keep(
    kb: Kb,
    state: State,
    day: Option<Date>,
    gathered: &mut Gathered,
    position: Position,
    sink: &mut Sink,
) {
    let method = gathered.method;
    match state {
        State::Installed => {
            let newest = gathered.installed.entry(kb).or_default();
            *newest = (*newest).max(day);
        }
        State::Missing => gathered.see(method, Fact::UpdateMissing(kb)),
        State::PendingRestart => gathered.see(method, Fact::UpdateAwaitingRestart(kb)),
        State::NotUnderstood => sink.skip(
            position,
            "the state of an update is in words that are not known",
        ),
        State::NotApplicable => {
            gathered.not_applicable.insert(kb);
        }
        State::Unknown => {
            gathered.unknown.insert(kb);
        }
    }
}

/// The number of an update, bare or in a title: `2017-03 Security Monthly Quality Rollup for … (KB4012215)`.
fn number_in(text: &str) -> Option<Kb> {
    kb_of_entry(text).or_else(|| {
        let start = text.match_indices(['K', 'k']).map(|(start, _)| start);
        start
            .filter_map(|start| text.get(start..))
            .find_map(|rest| {
                let is_kb = rest.get(..2)?.eq_ignore_ascii_case("kb");
                is_kb.then(|| kb_of_entry(rest)).flatten()
            })
    })
}

#[cfg(test)]
mod tests {
    use super::number_in;

    #[test]
    fn an_update_is_found_in_a_title() {
        let kb = |text| number_in(text).map(|kb| kb.to_string());
        assert_eq!(kb("4012212"), Some("KB4012212".to_owned()));
        assert_eq!(
            kb("Kingston roll-up, for kiosks (KB4012215)"),
            Some("KB4012215".to_owned())
        );
        assert_eq!(kb("Windows Defender definitions"), None);
    }
}
