//! The JSON obeys the schema that is published beside it.

use std::fs;

use serde_json::Value;

use crate::exports::ward;
use crate::sandbox::{Sandbox, repository};

#[test]
fn the_json_of_every_audience_obeys_the_published_schema() {
    let text = fs::read_to_string(repository().join("docs/schema/report.json")).unwrap();
    let schema: Value = serde_json::from_str(&text).unwrap();
    let sandbox = Sandbox::with(&ward());
    sandbox.export("unknown.txt", "nobody knows this");
    sandbox.export("broken.xml", "<nmaprun><!DOCTYPE x [<!ENTITY a \"b\">]>");
    for audience in ["team", "board", "share"] {
        let json = sandbox.report(&["--format", "json", "--for", audience]);
        let document: Value = serde_json::from_str(&json).unwrap();
        assert_eq!(document["schema"], "wardround-report/1");
        assert_eq!(document["made"]["audience"], audience);
        let mut faults = Vec::new();
        Rules { schema: &schema }.check(&document, &schema, "$", &mut faults);
        assert_eq!(faults, [""; 0]);
    }
}

#[test]
fn the_check_itself_finds_faults() {
    let schema = serde_json::json!({
        "type": "object",
        "properties": {"a": {"type": "integer"}, "b": {"enum": ["x"]}},
        "required": ["a"],
    });
    for wrong in [
        serde_json::json!({}),
        serde_json::json!({"a": "text"}),
        serde_json::json!({"a": 1, "c": 1}),
        serde_json::json!({"a": 1, "b": "y"}),
        serde_json::json!([]),
    ] {
        let mut faults = Vec::new();
        Rules { schema: &schema }.check(&wrong, &schema, "$", &mut faults);
        assert_eq!(faults.len(), 1, "{wrong}: {faults:?}");
    }
}

/// Every place in which a value does not obey a schema.
pub(crate) fn check(value: &Value, schema: &Value, faults: &mut Vec<String>) {
    Rules { schema }.check(value, schema, "$", faults);
}

/// As much of JSON Schema as the published one uses: references, types, properties, items, choices and constants.
struct Rules<'a> {
    schema: &'a Value,
}

impl Rules<'_> {
    fn check(&self, value: &Value, rule: &Value, at: &str, faults: &mut Vec<String>) {
        if let Some(name) = rule["$ref"].as_str() {
            let definition = &self.schema["$defs"][name.trim_start_matches("#/$defs/")];
            assert!(definition.is_object(), "{at}: {name} is not defined");
            self.check(value, definition, at, faults);
        }
        for choices in [&rule["anyOf"], &rule["oneOf"]] {
            if let Some(choices) = choices.as_array()
                && !choices.iter().any(|choice| self.fits(value, choice))
            {
                faults.push(format!("{at}: none of the choices"));
            }
        }
        if let Some(choices) = rule["enum"].as_array()
            && !choices.contains(value)
        {
            faults.push(format!("{at}: {value} is no choice"));
        }
        if rule.get("const").is_some_and(|constant| constant != value) {
            faults.push(format!("{at}: {value} is not the constant"));
        }
        if !has_type(value, &rule["type"]) {
            faults.push(format!("{at}: {value} is not of type {}", rule["type"]));
            return;
        }
        self.check_members(value, rule, at, faults);
    }

    fn check_members(&self, value: &Value, rule: &Value, at: &str, faults: &mut Vec<String>) {
        if let (Some(object), Some(known)) = (value.as_object(), rule["properties"].as_object()) {
            for (name, value) in object {
                match known.get(name) {
                    Some(rule) => self.check(value, rule, &format!("{at}.{name}"), faults),
                    None => faults.push(format!("{at}.{name} is not in the schema")),
                }
            }
            let required = rule["required"].as_array().into_iter().flatten();
            for name in required.filter_map(Value::as_str) {
                if !object.contains_key(name) {
                    faults.push(format!("{at}.{name} is missing"));
                }
            }
        }
        if rule["items"].is_object() {
            for (index, value) in value.as_array().into_iter().flatten().enumerate() {
                self.check(value, &rule["items"], &format!("{at}[{index}]"), faults);
            }
        }
    }

    fn fits(&self, value: &Value, rule: &Value) -> bool {
        let mut faults = Vec::new();
        self.check(value, rule, "", &mut faults);
        faults.is_empty()
    }
}

fn has_type(value: &Value, wanted: &Value) -> bool {
    let is = |kind: &str| match kind {
        "null" => value.is_null(),
        "boolean" => value.is_boolean(),
        "integer" => value.is_u64() || value.is_i64(),
        "number" => value.is_number(),
        "string" => value.is_string(),
        "array" => value.is_array(),
        "object" => value.is_object(),
        _ => false,
    };
    match wanted {
        Value::String(kind) => is(kind),
        Value::Array(kinds) => kinds.iter().filter_map(Value::as_str).any(is),
        _ => true,
    }
}
