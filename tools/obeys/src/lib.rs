//! Whether a value obeys one of the published JSON schemas; for tests alone.
//!
//! As much of JSON Schema as `docs/schema` uses, and stricter in one thing: an object holds no field that its schema does not
//! list, whether or not the schema forbids it. The crate `jsonschema` knows all of it, and brings some seventy others along, which
//! take a minute of a processor to build; it would let unlisted fields pass.

mod pattern;

use serde_json::{Map, Value};

/// Every place in which a value does not obey a schema, as `$.threats[0].title: what is wrong`; none where it obeys.
///
/// A word or a pattern of the schema that is not known here is told as a fault, too: nothing is passed over.
#[must_use]
pub fn faults(schema: &Value, value: &Value) -> Vec<String> {
    let mut found = Vec::new();
    Rules { schema }.check(value, schema, "$", &mut found);
    found
}

struct Rules<'a> {
    schema: &'a Value,
}

impl Rules<'_> {
    fn check(&self, value: &Value, rule: &Value, at: &str, found: &mut Vec<String>) {
        match rule {
            Value::Bool(true) => {}
            Value::Object(rules) => {
                for (word, rule) in rules {
                    self.word(value, rules, word, rule, at, found);
                }
            }
            _ => found.push(format!("{at} must not be there")),
        }
    }

    fn word(
        &self,
        value: &Value,
        rules: &Map<String, Value>,
        word: &str,
        rule: &Value,
        at: &str,
        found: &mut Vec<String>,
    ) {
        let rows = || rule.as_array().into_iter().flatten();
        let fitting = || rows().filter(|rule| self.fits(value, rule)).count();
        let length = value.as_str().map(|text| text.chars().count() as f64);
        let items = value.as_array().map(|items| items.len() as f64);
        let least =
            |it: Option<f64>| it.is_none_or(|it| rule.as_f64().is_some_and(|end| it >= end));
        let most = |it: Option<f64>| it.is_none_or(|it| rule.as_f64().is_some_and(|end| it <= end));
        let fits = match word {
            "$ref" => {
                let name = rule.as_str().unwrap_or_default();
                match &self.schema["$defs"][name.trim_start_matches("#/$defs/")] {
                    Value::Null => false,
                    definition => {
                        self.check(value, definition, at, found);
                        true
                    }
                }
            }
            "allOf" => {
                for rule in rows() {
                    self.check(value, rule, at, found);
                }
                true
            }
            "anyOf" => fitting() > 0,
            "oneOf" => fitting() == 1,
            "enum" => rows().any(|choice| choice == value),
            "const" => rule == value,
            "type" => match rule {
                Value::Array(names) => names.iter().any(|name| is_of_type(value, name)),
                name => is_of_type(value, name),
            },
            "minLength" => least(length),
            "maxLength" => most(length),
            "minimum" => least(value.as_f64()),
            "maximum" => most(value.as_f64()),
            "minItems" => least(items),
            "maxItems" => most(items),
            "pattern" => value.as_str().is_none_or(|text| {
                (rule.as_str()).is_some_and(|pattern| pattern::matches(pattern, text) == Some(true))
            }),
            "items" => {
                for (index, item) in value.as_array().into_iter().flatten().enumerate() {
                    self.check(item, rule, &format!("{at}[{index}]"), found);
                }
                true
            }
            "required" => {
                let names = rows().filter_map(Value::as_str);
                for name in names.filter(|name| value.is_object() && value.get(name).is_none()) {
                    found.push(format!("{at}.{name} is missing"));
                }
                true
            }
            "properties" => {
                for (name, value) in value.as_object().into_iter().flatten() {
                    match rule.get(name) {
                        Some(rule) => self.check(value, rule, &format!("{at}.{name}"), found),
                        // Where only some fields are spoken of, others are listed elsewhere.
                        None if rules.contains_key("type") => {
                            found.push(format!("{at}.{name} is not in the schema"));
                        }
                        None => {}
                    }
                }
                true
            }
            // Told above.
            "additionalProperties" => rule == &Value::Bool(false) && rules.contains_key("type"),
            "$schema" | "$defs" | "title" | "description" | "default" | "format" => true,
            _ => false,
        };
        if !fits {
            found.push(format!("{at}: {value} does not obey `{word}`: {rule}"));
        }
    }

    fn fits(&self, value: &Value, rule: &Value) -> bool {
        let mut found = Vec::new();
        self.check(value, rule, "", &mut found);
        found.is_empty()
    }
}

fn is_of_type(value: &Value, name: &Value) -> bool {
    match name.as_str() {
        Some("null") => value.is_null(),
        Some("boolean") => value.is_boolean(),
        Some("integer") => value.is_u64() || value.is_i64(),
        Some("number") => value.is_number(),
        Some("string") => value.is_string(),
        Some("array") => value.is_array(),
        Some("object") => value.is_object(),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::faults;

    #[test]
    fn the_check_itself_finds_faults() {
        let schema = json!({
            "type": "object",
            "properties": {
                "a": {"type": "integer", "minimum": 1},
                "b": {"enum": ["x"]},
                "c": {"$ref": "#/$defs/Text"},
                "d": {"oneOf": [{"const": 1}, {"type": "integer"}]},
                "e": {"type": "array", "items": {"type": ["string", "null"]}, "maxItems": 2},
            },
            "required": ["a"],
            "$defs": {"Text": {"type": "string", "pattern": "\\S", "maxLength": 3}},
        });
        let sound = json!({"a": 1, "b": "x", "c": "é", "d": 2, "e": ["x", null]});
        assert_eq!(faults(&schema, &sound), [""; 0]);
        for wrong in [
            json!({}),
            json!({"a": "text"}),
            json!({"a": 0}),
            json!({"a": 1, "z": 1}),
            json!({"a": 1, "b": "y"}),
            json!({"a": 1, "c": " "}),
            json!({"a": 1, "c": "long"}),
            json!({"a": 1, "d": 1}),
            json!({"a": 1, "e": [1]}),
            json!({"a": 1, "e": [null, null, null]}),
            json!([]),
        ] {
            let found = faults(&schema, &wrong);
            assert_eq!(found.len(), 1, "{wrong}: {found:?}");
        }
    }

    #[test]
    fn what_is_not_known_of_a_schema_is_told() {
        for schema in [
            json!({"patternProperties": {}}),
            json!({"pattern": "^x"}),
            json!({"$ref": "#/$defs/Nothing"}),
            json!({"type": "text"}),
            json!(false),
        ] {
            assert_eq!(faults(&schema, &json!("x")).len(), 1, "{schema}");
        }
    }
}
