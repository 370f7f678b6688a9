//! The published schema is that of the types, and the example obeys it.

use std::path::Path;

use serde_json::Value;
use wardround_evidence::Audience;

use crate::testing::{disclosure, example};
use crate::{Document, json_schema, render_json};

#[test]
fn the_published_schema_is_the_one_of_the_types() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/schema/report.json");
    if std::env::var_os("WARDROUND_UPDATE_SCHEMA").is_some() {
        std::fs::write(&path, json_schema()).unwrap();
    }
    let published = std::fs::read_to_string(&path).unwrap_or_default();
    assert!(
        published == json_schema(),
        "docs/schema/report.json is out of date: run this test with WARDROUND_UPDATE_SCHEMA=1"
    );
}

#[test]
fn the_example_obeys_the_schema() {
    let schema: Value = serde_json::from_str(&json_schema()).unwrap();
    for audience in [Audience::Team, Audience::Share] {
        let json = render_json(&Document::new(&example(), &disclosure(audience)));
        let document: Value = serde_json::from_str(&json).unwrap();
        assert_eq!(document["schema"], "wardround-report/1");
        obeys(&document, &schema, &schema, "$");
    }
}

/// Enough of JSON Schema for what `schemars` writes of plain types.
fn obeys(value: &Value, rule: &Value, schema: &Value, at: &str) {
    if let Some(name) = rule["$ref"].as_str() {
        let definition = &schema["$defs"][name.trim_start_matches("#/$defs/")];
        assert!(definition.is_object(), "{at}: {name}");
        obeys(value, definition, schema, at);
    }
    if let Some(choices) = rule["anyOf"].as_array() {
        let other = choices
            .iter()
            .find(|choice| choice["type"] != "null")
            .unwrap();
        if !value.is_null() {
            obeys(value, other, schema, at);
        }
    }
    let kinds: Vec<&str> = match &rule["type"] {
        Value::String(kind) => vec![kind],
        Value::Array(kinds) => kinds.iter().filter_map(Value::as_str).collect(),
        _ => Vec::new(),
    };
    let kind = match value {
        Value::Null => "null",
        Value::Bool(_) => "boolean",
        Value::Number(number) if number.is_f64() => "number",
        Value::Number(_) => "integer",
        Value::String(_) => "string",
        Value::Array(_) => "array",
        Value::Object(_) => "object",
    };
    assert!(
        kinds.is_empty()
            || kinds.contains(&kind)
            || (kind == "integer" && kinds.contains(&"number")),
        "{at}: {kind}, not one of {kinds:?}"
    );
    if let (Some(object), Some(properties)) = (value.as_object(), rule["properties"].as_object()) {
        for (name, value) in object {
            let rule = properties
                .get(name)
                .unwrap_or_else(|| panic!("{at}.{name}"));
            obeys(value, rule, schema, &format!("{at}.{name}"));
        }
    }
    for (index, value) in value.as_array().into_iter().flatten().enumerate() {
        if rule["items"].is_object() {
            obeys(value, &rule["items"], schema, &format!("{at}[{index}]"));
        }
    }
}
