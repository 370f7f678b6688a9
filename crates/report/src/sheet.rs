//! A plain page of tables and words, for answers that speak of no estate: backtests, a ledger, a calibration.

use maud::{Markup, html};

use crate::frame::Frame;
use crate::theme::{Column, table};

/// One page.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Sheet {
    /// Its title.
    pub title: String,
    /// What it says, in a few sentences.
    pub lead: Vec<String>,
    /// Its parts, in their order.
    pub parts: Vec<SheetPart>,
}

/// One part of a page.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct SheetPart {
    /// Its heading.
    pub title: String,
    /// Paragraphs before its table.
    pub words: Vec<String>,
    /// Its table, if it has one.
    pub table: Option<SheetTable>,
}

/// A table whose first column names its rows.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct SheetTable {
    /// What it shows.
    pub caption: String,
    /// The heads of its columns, and whether a column holds numbers.
    pub columns: Vec<(&'static str, bool)>,
    /// Its rows, each with a cell for each column.
    pub rows: Vec<Vec<String>>,
}

/// The page: self-contained, without scripts, and nothing is loaded from anywhere. All words are text, never markup.
#[must_use]
pub fn render_sheet(sheet: &Sheet, version: &str) -> String {
    let links = sheet.parts.iter().enumerate();
    let frame = Frame {
        title: &sheet.title,
        version,
        before: Markup::default(),
        header: html! { h1 { (sheet.title) } },
        links: links
            .map(|(number, part)| (format!("part-{number}"), part.title.as_str()))
            .collect(),
        main: html! {
            @for line in &sheet.lead { p { (line) } }
            @for (number, part) in sheet.parts.iter().enumerate() { (block(number, part)) }
        },
        footer: html! { p.quiet { "wardround " (version) } },
    };
    frame.render()
}

fn block(number: usize, part: &SheetPart) -> Markup {
    html! {
        section aria-labelledby={ "part-" (number) } {
            h2 id={ "part-" (number) } { (part.title) }
            @for line in &part.words { p { (line) } }
            @if let Some(of) = &part.table { (rows(of)) }
        }
    }
}

fn rows(of: &SheetTable) -> Markup {
    let columns: Vec<Column> = (of.columns.iter())
        .map(|(head, is_number)| {
            if *is_number {
                Column::Number(head)
            } else {
                Column::Text(head)
            }
        })
        .collect();
    let rows = of.rows.iter().map(|row| {
        let cells = row.iter().map(|cell| html! { (cell) });
        (None, cells.collect())
    });
    table(&of.caption, &columns, rows)
}

#[cfg(test)]
mod tests {
    use super::{Sheet, SheetPart, SheetTable, render_sheet};

    #[test]
    fn words_are_text_and_never_markup() {
        let hostile = "<script>alert(1)</script>";
        let page = render_sheet(
            &Sheet {
                title: hostile.to_owned(),
                lead: vec![hostile.to_owned()],
                parts: vec![SheetPart {
                    title: hostile.to_owned(),
                    words: vec![hostile.to_owned()],
                    table: Some(SheetTable {
                        caption: hostile.to_owned(),
                        columns: vec![("what", false)],
                        rows: vec![vec![hostile.to_owned()]],
                    }),
                }],
            },
            "0",
        );
        assert!(!page.contains("<script"));
        // Title and heading, contents, lead, part, words, the table's label, caption and cell.
        assert_eq!(page.matches("&lt;script&gt;").count(), 9);
    }
}
