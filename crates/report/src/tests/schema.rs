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
        assert_eq!(obeys::faults(&schema, &document), [""; 0]);
    }
}
