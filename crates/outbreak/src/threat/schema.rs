//! The schema of a profile, for editors and for people who write one.

use serde_json::{Value, json};

use super::Profile;
use super::bounds::{
    ADDRESSES, Bounds, CHANCE, HOURS, LATENCY_HOURS, LONGEST, MOST_DAYS_AGO, MOST_ROWS,
    MOST_SAFEGUARDS, MOST_STREAMS, MOST_VECTORS, PER_HOUR, PROBES_PER_HOUR, REMOVAL_HOURS,
};

/// The format of a text that is a day: `2019-05-14`.
pub(super) const DATE: &str = "date";

/// The format of a text that is a port: `445/tcp`. Programs that do not know it go by the pattern.
pub(super) const PORT: &str = "port";

/// The format of a text that is a [`StatedDate`](super::StatedDate).
pub(super) const STATED_DATE: &str = "stated-date";

/// The JSON schema of a threat profile, as it is published in `docs/schema/threat.json`.
#[must_use]
pub fn threat_schema() -> String {
    serde_json::to_string_pretty(&bounded())
        .map(|text| text + "\n")
        .unwrap_or_default()
}

/// The schema that the types give, with the bounds that the checks put on it.
pub(super) fn bounded() -> Value {
    let mut schema = schemars::schema_for!(Profile).to_value();
    schema["title"] = json!("wardround threat profile");
    bound(&mut schema);
    schema
}

/// Texts by where they stand, and their greatest length; `""` is the profile itself.
const TEXTS: [(&str, &str, usize); 18] = [
    ("", "title", LONGEST[1]),
    ("", "about", LONGEST[2]),
    ("EntryProfile", "about", LONGEST[2]),
    ("Dwell", "about", LONGEST[2]),
    ("Payload", "about", LONGEST[2]),
    ("KillSwitchProfile", "about", LONGEST[2]),
    ("Vector", "title", LONGEST[1]),
    ("Vector", "about", LONGEST[2]),
    ("Quantity", "source", LONGEST[2]),
    ("Reference", "id", LONGEST[0]),
    ("Reference", "title", LONGEST[1]),
    ("Attribution", "who", LONGEST[1]),
    ("Attribution", "to", LONGEST[1]),
    ("Attribution", "words", LONGEST[2]),
    ("Attribution", "source", LONGEST[2]),
    ("StreamProfile", "vector", LONGEST[0]),
    ("OutsidePressure", "vector", LONGEST[0]),
    ("Reference", "url", LONGEST[2]),
];

/// Lists, and how many rows they have.
const LISTS: [(&str, &str, usize, usize); 7] = [
    ("", "aliases", 0, MOST_ROWS),
    ("", "vector", 1, MOST_VECTORS),
    ("", "stream", 1, MOST_STREAMS),
    ("", "outside", 0, MOST_ROWS),
    ("", "reference", 0, MOST_ROWS),
    ("", "attribution", 0, MOST_ROWS),
    ("Vector", "closed_by", 1, MOST_SAFEGUARDS),
];

/// Numbers, and what they may be.
const NUMBERS: [(&str, &str, Bounds); 13] = [
    ("", "latency_hours", LATENCY_HOURS),
    ("", "removal_mean_hours", REMOVAL_HOURS),
    ("Dwell", "hours", HOURS),
    ("Payload", "mean_hours", HOURS),
    ("Dormancy", "to_dormant_per_hour", PER_HOUR),
    ("Dormancy", "to_active_per_hour", PER_HOUR),
    ("OutsidePressure", "from_hour", HOURS),
    ("OutsidePressure", "probes_per_hour", PER_HOUR),
    ("Credentials", "share", CHANCE),
    ("Vector", "service_share", CHANCE),
    ("StreamProfile", "probes_per_hour", PROBES_PER_HOUR),
    ("StreamProfile", "attempts_per_hour", PER_HOUR),
    ("StreamProfile", "addresses", ADDRESSES),
];

/// Puts in what the checks demand beyond shapes, as far as a schema can say it.
fn bound(schema: &mut Value) {
    for (table, field, longest) in TEXTS {
        let rule = at(schema, table, field);
        rule["minLength"] = json!(1);
        rule["maxLength"] = json!(longest);
        rule["pattern"] = json!("\\S");
    }
    for table in ["", "Vector"] {
        at(schema, table, "id")["pattern"] = json!(format!("^[a-z0-9-]{{1,{}}}$", LONGEST[0]));
    }
    at(schema, "", "port")["format"] = json!(PORT);
    at(schema, "Vector", "fixed_on")["format"] = json!(DATE);
    schema["$defs"]["StatedDate"]["format"] = json!(STATED_DATE);
    at(schema, "", "port")["pattern"] = json!("^[0-9]{1,5}/[A-Za-z]{3,4}$");
    at(schema, "Reference", "url")["pattern"] = json!("^https?://[^\\s<>\"`\\\\]+$");
    at(schema, "Vector", "fixed_days_ago")["maximum"] = json!(MOST_DAYS_AGO);
    for (table, field, least, most) in LISTS {
        let rule = at(schema, table, field);
        rule["minItems"] = json!(least);
        rule["maxItems"] = json!(most);
    }
    let mut numbers: Vec<(String, String, Bounds)> = NUMBERS
        .into_iter()
        .map(|(table, field, bounds)| (table.to_owned(), field.to_owned(), bounds))
        .collect();
    for table in ["SuccessByFamily", "CrashByFamily"] {
        let families = schema["$defs"][table]["properties"].as_object();
        let families = families.into_iter().flat_map(|fields| fields.keys());
        numbers.extend(families.map(|family| (table.to_owned(), family.clone(), CHANCE)));
    }
    for (table, field, (least, most)) in numbers {
        at(schema, &table, &field)["allOf"] = json!([{
            "properties": { "low": { "minimum": least }, "high": { "maximum": most } }
        }]);
    }
    schema["$defs"]["StreamProfile"]["oneOf"] = json!([
        stream("sweep", &["probes_per_hour"], &[]),
        stream("uniform", &["scope", "probes_per_hour"], &["addresses"]),
        stream("contacts", &["along", "attempts_per_hour"], &[]),
    ]);
}

/// What the schema says of a field.
fn at<'a>(schema: &'a mut Value, table: &str, field: &str) -> &'a mut Value {
    let table = if table.is_empty() {
        schema
    } else {
        &mut schema["$defs"][table]
    };
    &mut table["properties"][field]
}

/// The fields that a stream of a kind needs, and those that it may have.
fn stream(kind: &str, needs: &[&str], may: &[&str]) -> Value {
    let fields = [
        "scope",
        "addresses",
        "probes_per_hour",
        "along",
        "attempts_per_hour",
    ];
    let mut properties = json!({ "kind": { "const": kind }, "vector": true });
    for field in fields {
        properties[field] = json!(needs.contains(&field) || may.contains(&field));
    }
    let required: Vec<&str> = ["kind"].iter().chain(needs).copied().collect();
    json!({ "properties": properties, "required": required })
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use serde_json::Value;

    use super::threat_schema;
    use crate::threat::catalogue;
    use crate::threat::tests::spoilt;

    #[test]
    fn the_published_schema_is_the_one_of_the_types() {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/schema/threat.json");
        if std::env::var_os("WARDROUND_UPDATE_SCHEMA").is_some() {
            std::fs::write(&path, threat_schema()).unwrap();
        }
        let published = std::fs::read_to_string(&path).unwrap_or_default();
        assert!(
            published == threat_schema(),
            "docs/schema/threat.json is out of date: run this test with WARDROUND_UPDATE_SCHEMA=1"
        );
    }

    #[test]
    fn the_schema_takes_what_the_checks_take_and_refuses_what_a_schema_can() {
        let schema: Value = serde_json::from_str(&threat_schema()).unwrap();
        let fits = |text: &str| {
            let value: Value = toml::from_str(text).unwrap();
            fits(&schema, &schema, &value)
        };
        for built_in in catalogue() {
            assert!(fits(built_in.profile), "{}", built_in.name);
        }
        // These are about several fields, and only the program sees them.
        let beyond = [
            "a range upside down",
            "a fix without its day",
            "a day without its condition",
            "credentials without a share",
            "a stream by another way",
            "a real one without a reference",
            "two ways in and a stream for none",
            "addresses of its own network",
            "two spaces of one realm",
            "an internet that tries nothing",
        ];
        for (what, text) in spoilt() {
            if toml::from_str::<Value>(&text).is_ok() {
                assert_eq!(fits(&text), beyond.contains(&what), "{what}");
            }
        }
    }

    /// As much of JSON Schema as the published one uses.
    fn fits(schema: &Value, rule: &Value, value: &Value) -> bool {
        let Some(rules) = rule.as_object() else {
            return rule != &Value::Bool(false);
        };
        rules.iter().all(|(word, rule)| {
            let rows = || rule.as_array().into_iter().flatten();
            let also = |rule: &&Value| fits(schema, rule, value);
            let text = value.as_str();
            let length = text.map(|text| text.chars().count() as f64);
            let number = value.as_f64();
            let items = value.as_array().map(|items| items.len() as f64);
            let least = |it: Option<f64>| it.is_none_or(|it| it >= rule.as_f64().unwrap());
            let most = |it: Option<f64>| it.is_none_or(|it| it <= rule.as_f64().unwrap());
            match word.as_str() {
                "$ref" => {
                    let name = rule.as_str().unwrap().trim_start_matches("#/$defs/");
                    fits(schema, &schema["$defs"][name], value)
                }
                "allOf" => rows().all(|rule| also(&rule)),
                "anyOf" => rows().any(|rule| also(&rule)),
                "oneOf" => rows().filter(also).count() == 1,
                "enum" => rows().any(|choice| choice == value),
                "const" => rule == value,
                "type" => {
                    let named = |name: &Value| is_of_type(value, name.as_str().unwrap());
                    rule.as_array()
                        .map_or_else(|| named(rule), |names| names.iter().any(named))
                }
                "minLength" => least(length),
                "maxLength" => most(length),
                "pattern" => text.is_none_or(|text| matches_pattern(rule.as_str().unwrap(), text)),
                "minimum" => least(number),
                "maximum" => most(number),
                "minItems" => least(items),
                "maxItems" => most(items),
                "items" => {
                    let items = value.as_array().into_iter().flatten();
                    items.into_iter().all(|item| fits(schema, rule, item))
                }
                "required" => {
                    let has = |name: &Value| value.get(name.as_str().unwrap()).is_some();
                    !value.is_object() || rows().all(has)
                }
                "properties" => value
                    .as_object()
                    .into_iter()
                    .flatten()
                    .all(|(name, value)| {
                        rule.get(name).is_none_or(|rule| fits(schema, rule, value))
                    }),
                "additionalProperties" => {
                    assert_eq!(rule, &Value::Bool(false));
                    let known = &rules["properties"];
                    let mut fields = value.as_object().into_iter().flatten();
                    fields.all(|(name, _)| known.get(name).is_some())
                }
                "$schema" | "$defs" | "title" | "description" | "default" | "format" => true,
                other => panic!("the schema uses `{other}`, which this test does not know"),
            }
        })
    }

    fn is_of_type(value: &Value, name: &str) -> bool {
        match name {
            "null" => value.is_null(),
            "boolean" => value.is_boolean(),
            "integer" => value.is_u64() || value.is_i64(),
            "number" => value.is_number(),
            "string" => value.is_string(),
            "array" => value.is_array(),
            "object" => value.is_object(),
            other => panic!("{other} is no type"),
        }
    }

    /// The patterns of the schema, each by hand.
    fn matches_pattern(pattern: &str, text: &str) -> bool {
        let bytes = text.as_bytes();
        match pattern {
            "\\S" => !text.trim().is_empty(),
            "^[a-z0-9-]{1,64}$" => {
                (1..=64).contains(&bytes.len())
                    && bytes
                        .iter()
                        .all(|b| matches!(b, b'a'..=b'z' | b'0'..=b'9' | b'-'))
            }
            "^[0-9]{1,5}/[A-Za-z]{3,4}$" => text.split_once('/').is_some_and(|(port, kind)| {
                (1..=5).contains(&port.len())
                    && port.bytes().all(|b| b.is_ascii_digit())
                    && (3..=4).contains(&kind.len())
            }),
            "^https?://[^\\s<>\"`\\\\]+$" => {
                let rest = text.strip_prefix("http").unwrap_or_default();
                let rest = rest.strip_prefix('s').unwrap_or(rest);
                rest.strip_prefix("://").is_some_and(|rest| {
                    !rest.is_empty()
                        && !rest.contains(|c: char| c.is_whitespace() || "<>\"`\\".contains(c))
                })
            }
            "^[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?$" => {
                let parts: Vec<&str> = text.split('-').collect();
                let digits = |(part, wanted): (&&str, &usize)| {
                    part.len() == *wanted && part.bytes().all(|b| b.is_ascii_digit())
                };
                (1..=3).contains(&parts.len()) && parts.iter().zip(&[4, 2, 2]).all(digits)
            }
            other => panic!("the schema uses `{other}`, which this test does not know"),
        }
    }
}
