//! A row of a description as named values, some of them several times.

use super::words::Word;

/// Values by name, in their order.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Fields(Vec<(String, String)>);

impl Fields {
    /// Adds a value.
    pub(crate) fn with(mut self, name: &str, value: impl Into<String>) -> Self {
        self.0.push((name.to_owned(), value.into()));
        self
    }

    /// Adds a value where there is one.
    pub(crate) fn with_some(self, name: &str, value: Option<impl Into<String>>) -> Self {
        match value {
            Some(value) => self.with(name, value),
            None => self,
        }
    }

    /// Adds several values of one name.
    pub(crate) fn with_all<T: Into<String>>(
        self,
        name: &str,
        values: impl IntoIterator<Item = T>,
    ) -> Self {
        values
            .into_iter()
            .fold(self, |fields, value| fields.with(name, value))
    }

    /// Adds a value as it was read.
    pub(crate) fn push(&mut self, name: String, value: String) {
        self.0.push((name, value));
    }

    /// The names and values.
    pub(crate) fn into_pairs(self) -> Vec<(String, String)> {
        self.0
    }

    /// The values of a name.
    pub(crate) fn all(&self, name: &str) -> impl Iterator<Item = &str> {
        self.0
            .iter()
            .filter(move |(known, _)| known == name)
            .map(|(_, value)| value.as_str())
    }

    /// The first value of a name.
    pub(crate) fn first(&self, name: &str) -> Option<&str> {
        self.all(name).next()
    }

    /// The first value of a name as what its word means.
    pub(crate) fn word<T: Word>(&self, name: &str) -> Option<T> {
        T::of(self.first(name)?)
    }

    /// The first value of a name, parsed.
    pub(crate) fn parsed<T: std::str::FromStr>(&self, name: &str) -> Option<T> {
        self.first(name)?.parse().ok()
    }

    /// The first value of a name, parsed, where there is one; `None` where it does not parse.
    pub(crate) fn parsed_if_there<T: std::str::FromStr>(&self, name: &str) -> Option<Option<T>> {
        match self.first(name) {
            None => Some(None),
            Some(value) => value.parse().ok().map(Some),
        }
    }
}
