//! The only door from names and free text to text that is shown.

use std::fmt;

use schemars::JsonSchema;
use serde::Serialize;
use wardround_evidence::{
    Address, Disclosure, HostName, NetworkName, OrganisationName, ServiceName, SourcePath, visible,
};

use super::scrub::Scrub;
use crate::Review;

/// Text that the audience may read, with control and bidirectional characters written as escapes.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, JsonSchema)]
#[serde(transparent)]
pub(crate) struct Shown(String);

impl Shown {
    /// The text; each output still escapes it for its own format.
    pub(crate) fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Shown {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

/// Makes `Shown` text for one audience.
pub(crate) struct Door<'a> {
    disclosure: &'a Disclosure,
    /// Takes names out of free text that should hold none; the team needs no such care.
    scrub: Option<Scrub>,
}

impl<'a> Door<'a> {
    pub(crate) fn new(review: &Review, disclosure: &'a Disclosure) -> Self {
        let scrub = (!disclosure.names_hosts()).then(|| Scrub::new(review, disclosure));
        Self { disclosure, scrub }
    }

    pub(crate) fn disclosure(&self) -> &Disclosure {
        self.disclosure
    }

    pub(crate) fn names_hosts(&self) -> bool {
        self.disclosure.names_hosts()
    }

    /// A sentence of ours, which should hold no name; should it hold one, that is taken out.
    pub(crate) fn text(&self, text: &str) -> Shown {
        Shown(match &self.scrub {
            Some(scrub) => visible(&scrub.clean(text)),
            None => visible(text),
        })
    }

    /// A sentence that quotes a file, for the team; for others the same without the quotation, where it has one.
    pub(crate) fn unquoted(&self, text: &str, unquoted: Option<&str>) -> Shown {
        match unquoted {
            Some(unquoted) if !self.names_hosts() => self.text(unquoted),
            _ => self.text(text),
        }
    }

    pub(crate) fn texts(&self, texts: &[String]) -> Vec<Shown> {
        texts.iter().map(|text| self.text(text)).collect()
    }

    /// Text that may quote a file: for the team only.
    pub(crate) fn file_text(&self, text: &str) -> Option<Shown> {
        self.names_hosts().then(|| self.text(text))
    }

    pub(crate) fn file_texts(&self, texts: &[String]) -> Vec<Shown> {
        texts
            .iter()
            .filter_map(|text| self.file_text(text))
            .collect()
    }

    pub(crate) fn organisation(&self, name: &OrganisationName) -> Shown {
        Shown(name.show(self.disclosure))
    }

    pub(crate) fn host(&self, name: &HostName) -> Option<Shown> {
        self.below(|disclosure| name.show(disclosure))
    }

    pub(crate) fn address(&self, address: Address) -> Option<Shown> {
        self.below(|disclosure| address.show(disclosure))
    }

    pub(crate) fn network(&self, name: &NetworkName) -> Option<Shown> {
        self.below(|disclosure| name.show(disclosure))
    }

    pub(crate) fn service(&self, name: &ServiceName) -> Option<Shown> {
        self.below(|disclosure| name.show(disclosure))
    }

    pub(crate) fn path(&self, path: &SourcePath) -> Option<Shown> {
        self.below(|disclosure| path.show(disclosure))
    }

    /// Each of `items` through the door.
    pub(crate) fn each<From, To>(
        &self,
        items: &[From],
        make: impl Fn(&From, &Self) -> To,
    ) -> Vec<To> {
        items.iter().map(|item| make(item, self)).collect()
    }

    /// Below organisation level there is the name for the team, and not even a pseudonym for others.
    fn below(&self, show: impl FnOnce(&Disclosure) -> String) -> Option<Shown> {
        self.names_hosts().then(|| Shown(show(self.disclosure)))
    }
}
