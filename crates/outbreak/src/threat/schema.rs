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
            obeys::faults(&schema, &value).is_empty()
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
}
