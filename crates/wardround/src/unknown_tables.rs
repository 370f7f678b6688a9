//! Words for tables that no reader knows.

use wardround_evidence::visible;
use wardround_sources::UnknownTable;

/// Which columns a table has, and what it lacks to be a list of machines.
pub(crate) fn unknown_table(table: &UnknownTable) -> String {
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
