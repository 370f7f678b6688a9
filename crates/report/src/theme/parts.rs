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

/// So many lines of a long list are printed; `page.css` counts to the same number.
const PRINTED: usize = 20;

/// A list of up to so many lines is printed in full, since little would be won by cutting it.
const PRINTED_WHOLE: usize = 30;

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

/// A table of numbers with a caption, whose first column names its rows; it scrolls sideways where the screen is narrow.
///
/// A row may have an anchor.
pub(crate) fn table(
    caption: &str,
    columns: &[Column],
    rows: impl IntoIterator<Item = (Option<String>, Vec<Cell>), IntoIter: ExactSizeIterator>,
) -> Markup {
    let class = if columns.len() > 3 { "wide" } else { "" };
    of_rows(caption, class, columns, rows.into_iter())
}

/// A table of words: where the screen is narrow the cells of a row stand below each other, each under its column's name.
pub(crate) fn records(
    caption: &str,
    columns: &[Column],
    rows: impl IntoIterator<Item = Vec<Cell>, IntoIter: ExactSizeIterator>,
) -> Markup {
    let rows = rows.into_iter().map(|cells| (None, cells));
    of_rows(caption, "records", columns, rows)
}

fn of_rows(
    caption: &str,
    class: &str,
    columns: &[Column],
    rows: impl ExactSizeIterator<Item = (Option<String>, Vec<Cell>)>,
) -> Markup {
    let total = rows.len();
    html! {
        div.scroll.short[total <= 6] role="group" aria-label=(caption) tabindex="0" {
            table class=[(!class.is_empty()).then_some(class)] {
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
                tbody class=[cut_on_paper(total)] {
                    @for (id, cells) in rows.take(MOST) {
                        tr id=[id] { (row(columns, &cells)) }
                    }
                }
            }
        }
        (left_out(total))
    }
}

/// The class of a list of `total` lines of which paper bears only the first; [`left_out`] says so.
pub(crate) fn cut_on_paper(total: usize) -> Option<&'static str> {
    (total > PRINTED_WHOLE).then_some("cut-on-paper")
}

/// What is folded until someone opens it. On paper it stays so, and `holds` says what is in it.
pub(crate) fn folded(title: &str, holds: &str, body: &Markup) -> Markup {
    html! {
        details {
            summary { (title) span.on-paper { ": " (holds) ", on the screen" } }
            (body)
        }
    }
}

/// Says how many of `total` lines are only in the JSON.
pub(crate) fn left_out(total: usize) -> Markup {
    let left_out = length(total.saturating_sub(MOST));
    html! {
        @if cut_on_paper(total).is_some() {
            p.quiet.on-paper {
                "Printed: the first " (PRINTED) " of " (whole(length(total)))
                ". The page on the screen goes on."
            }
        }
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
                (_, Column::Text(head)) => td data-head=(head) { (cell) },
                (_, Column::Number(head)) => td.number data-head=(head) { (cell) },
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

/// A machine: its name and address, as far as this audience may read them. The domain stands back, for it is long and
/// tells little.
pub(crate) fn machine(machine: &Machine) -> Markup {
    let (short, domain) = machine.label_and_domain();
    html! {
        bdi.name { (short) span.domain { (domain) } }
        @if let (Some(_), Some(address)) = (&machine.name, &machine.address) {
            " " span.address { (address) }
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
