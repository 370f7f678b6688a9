//! The page's sections, one folder each; this list is their order.

mod advice;
mod claims;
mod headline;
mod knowledge;
mod limits;
mod losses;
mod making;
mod reconciliation;
mod service;
mod sources;
mod spread;
#[cfg(test)]
mod tests;
mod verdicts;

use maud::Markup;

use crate::document::Document;

/// One part of the page.
pub(crate) struct Section {
    /// Its anchor.
    pub(crate) id: &'static str,
    /// Its heading.
    pub(crate) title: &'static str,
    /// What stands below the heading.
    pub(crate) body: Markup,
}

/// A folder's name and what it makes of a document; nothing where it has nothing to say.
pub(crate) type Entry = (&'static str, fn(&Document) -> Option<Section>);

/// All sections, in reading order.
pub(crate) const SECTIONS: &[Entry] = &[
    ("headline", headline::section),
    ("knowledge", knowledge::section),
    ("reconciliation", reconciliation::section),
    ("spread", spread::section),
    ("losses", losses::section),
    ("service", service::section),
    ("advice", advice::section),
    ("claims", claims::section),
    ("verdicts", verdicts::section),
    ("limits", limits::section),
    ("sources", sources::section),
    ("making", making::section),
];
