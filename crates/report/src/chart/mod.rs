//! Drawings as inline SVG, made here so that the page needs no script and no request.
//!
//! Colours come from classes in the style sheet, so that a dark screen and a printer can change them; each drawing has a
//! title, a description and its numbers as text beside it.

mod axis;
mod bar;
mod fan;
mod span;

pub(crate) use self::bar::{key, patterns, stacked};
pub(crate) use self::fan::{fan, rows};
pub(crate) use self::span::spans;

/// The words by which a screen reader knows a drawing.
pub(crate) struct Caption<'a> {
    /// A word that no other drawing on the page has.
    pub(crate) id: &'a str,
    /// What it is.
    pub(crate) title: &'a str,
    /// What it shows, in a sentence.
    pub(crate) description: &'a str,
}

/// A coordinate with one decimal, so that equal input gives equal bytes.
pub(crate) fn coordinate(value: f64) -> String {
    let text = format!("{value:.1}");
    text.strip_suffix(".0").map(str::to_owned).unwrap_or(text)
}
