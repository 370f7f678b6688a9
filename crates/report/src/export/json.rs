//! The document as JSON, and the schema of that JSON.

use schemars::schema_for;

use crate::document::Document;

/// The document as indented JSON whose order never changes; `schema` names its version.
#[must_use]
pub fn render_json(document: &Document) -> String {
    let mut json = serde_json::to_string_pretty(document)
        .expect("a tree of plain types with text keys always serialises");
    json.push('\n');
    json
}

/// The JSON Schema of [`render_json`], as published in `docs/schema/report.json`.
#[must_use]
pub fn json_schema() -> String {
    let mut json = serde_json::to_string_pretty(&schema_for!(Document))
        .expect("a schema is JSON and always serialises");
    json.push('\n');
    json
}
