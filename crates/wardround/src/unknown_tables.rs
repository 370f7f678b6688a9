//! Words for files that no reader knows, and for the tables among them.

use wardround_evidence::visible;
use wardround_sources::{Outcome, UnknownTable, Unrecognised};

/// What is known of a file that nobody recognises; its path stands before it.
pub(crate) fn unrecognised(outcome: &Outcome, file: &Unrecognised) -> String {
    if file.bytes == 0 {
        return "the file is empty".to_owned();
    }
    let mut tables = outcome.unknown_tables.iter();
    let table = tables.find(|table| table.path == file.path);
    let table = table.map_or_else(String::new, |table| format!("; {}", unknown_table(table)));
    format!("no reader recognises it ({} bytes){table}", file.bytes)
}

/// Which columns a table has, and what it lacks to be a list of machines.
fn unknown_table(table: &UnknownTable) -> String {
    let names: Vec<String> = column_names(table)
        .iter()
        .map(|name| format!("`{name}`"))
        .collect();
    let columns = if names.is_empty() {
        format!("{} columns and no line of their names", table.columns)
    } else if names.len() < table.columns {
        let more = table.columns - names.len();
        format!("the columns {} and {more} more", names.join(", "))
    } else {
        format!("the columns {}", names.join(", "))
    };
    format!("it looks like a table with {columns}: {}", table.lack)
}

/// The names of its columns, whose characters can all be seen.
pub(crate) fn column_names(table: &UnknownTable) -> Vec<String> {
    table.names.iter().map(|name| visible(name)).collect()
}
