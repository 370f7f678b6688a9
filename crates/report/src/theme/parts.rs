//! Parts of a page that several sections use: tables, tags, names.

use maud::{Markup, Render, html};

use crate::document::{Listing, Machine, Shown, Value};
use crate::numbers::{counted, length, whole};
use crate::words;

impl Render for Shown {
    fn render(&self) -> Markup {
        self.as_str().render()
    }
}

/// A page for people ends somewhere: no list on it is longer. The JSON holds all.
pub(crate) const MOST: usize = 200;

/// One column's head.
#[derive(Clone, Copy)]
pub(crate) enum Column {
    /// Holds text.
    Text(&'static str),
    /// Holds numbers, set to the right.
    Number(&'static str),
}

/// One cell's content.
pub(crate) type Cell = Markup;

/// A table with a caption, whose first column names its rows; it scrolls sideways where the screen is narrow.
///
/// A row may have an anchor.
pub(crate) fn table(
    caption: &str,
    columns: &[Column],
    rows: impl IntoIterator<Item = (Option<String>, Vec<Cell>), IntoIter: ExactSizeIterator>,
) -> Markup {
    let rows = rows.into_iter();
    let total = rows.len();
    html! {
        div.scroll role="region" aria-label=(caption) tabindex="0" {
            table.wide[columns.len() > 3] {
                caption { span { (caption) } }
                thead {
                    tr {
                        @for column in columns {
                            @match column {
                                Column::Text(head) => th scope="col" { (head) },
                                Column::Number(head) => th.number scope="col" { (head) },
                            }
                        }
                    }
                }
                tbody {
                    @for (id, cells) in rows.take(MOST) {
                        tr id=[id] { (row(columns, &cells)) }
                    }
                }
            }
        }
        (left_out(total))
    }
}

/// Says how many of `total` lines are only in the JSON.
pub(crate) fn left_out(total: usize) -> Markup {
    let left_out = length(total.saturating_sub(MOST));
    html! {
        @if left_out > 0 {
            p.quiet {
                (counted(left_out, "more line is", "more lines are")) " in the JSON form of this page."
            }
        }
    }
}

fn row(columns: &[Column], cells: &[Cell]) -> Markup {
    html! {
        @for (index, (column, cell)) in columns.iter().zip(cells).enumerate() {
            @match (index, column) {
                (0, _) => th scope="row" { (cell) },
                (_, Column::Text(_)) => td { (cell) },
                (_, Column::Number(_)) => td.number { (cell) },
            }
        }
    }
}

/// The mark that no such worm is known.
pub(crate) fn hypothetical(is: bool) -> Markup {
    html! { @if is { " " span.tag { "hypothetical" } } }
}

/// A verdict's word, with a sign that does not rest on colour.
pub(crate) fn value(value: Value) -> Markup {
    let (class, sign) = match value {
        Value::Holds => ("verdict holds", "✓"),
        Value::Fails => ("verdict fails", "✗"),
        Value::Unknown => ("verdict unknown", "?"),
    };
    html! { span class=(class) { span aria-hidden="true" { (sign) " " } (words::value(value)) } }
}

/// An organisation's name, or that none claims the machines.
pub(crate) fn organisation(name: Option<&Shown>) -> Markup {
    html! {
        @match name {
            Some(name) => bdi { (name) },
            None => span.quiet { "no organisation" },
        }
    }
}

/// A machine: its name and address, as far as this audience may read them.
pub(crate) fn machine(machine: &Machine) -> Markup {
    html! {
        bdi.name { (machine.label()) }
        @if let (Some(_), Some(address)) = (&machine.name, &machine.address) {
            " " span.quiet.nowrap { (address) }
        }
    }
}

/// A digest in full, for those who compare it.
pub(crate) fn digest(hexadecimal: &str) -> Markup {
    html! { code.digest.full { (hexadecimal) } }
}

/// The first digits of a digest, which stands in full among the sources.
pub(crate) fn short_digest(hexadecimal: &str) -> Markup {
    html! { code.digest { (hexadecimal.get(..12).unwrap_or(hexadecimal)) "…" } }
}

/// Says that lines are for the team only, and how many each organisation has.
pub(crate) fn withheld<T>(listing: &Listing<T>, one: &str, many: &str) -> Markup {
    let count = length(listing.total);
    html! {
        p {
            (counted(count, one, many))
            " listed only in the edition for the team, since names and routes would help a thief."
            @if !listing.per_organisation.is_empty() { " Per organisation: " (counts(listing)) "." }
        }
    }
}

fn counts<T>(listing: &Listing<T>) -> Markup {
    html! {
        @for (index, line) in listing.per_organisation.iter().enumerate() {
            @if index > 0 { ", " }
            (organisation(line.organisation.as_ref())) " "
            (whole(length(line.count)))
        }
    }
}
