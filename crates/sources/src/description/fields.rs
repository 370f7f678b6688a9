//! What a row of a description looks like to whoever interprets it.

/// The fields of one row. Reasons for which a field cannot be used quote no content.
pub(crate) trait Fields {
    /// The field that names the row's subject: the first column in CSV.
    fn first(&self) -> Result<String, String>;

    /// A text, where it is stated.
    fn text(&self, name: &'static str) -> Result<Option<String>, String>;

    /// A list; empty where it is not stated.
    fn list(&self, name: &'static str) -> Result<Vec<String>, String>;

    /// A text that must be stated.
    fn required(&self, name: &'static str) -> Result<String, String> {
        self.text(name)?
            .ok_or_else(|| format!("`{name}` is required and not stated"))
    }
}
