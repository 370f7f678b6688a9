//! Words for tables that no reader knows.

use wardround_evidence::visible;
use wardround_sources::UnknownTable;

/// Which columns a table has, and what it lacks to be a list of machines.
pub(crate) fn unknown_table(table: &UnknownTable) -> String {
    let names: Vec<String> = column_names(table)
        .iter()
        .map(|name| format!("`{name}`"))
        .collect();
    format!(
        "it looks like a table with the columns {}: {}",
        names.join(", "),
        table.lack
    )
}

/// The names of its columns, whose characters can all be seen.
pub(crate) fn column_names(table: &UnknownTable) -> Vec<String> {
    table.names.iter().map(|name| visible(name)).collect()
}
