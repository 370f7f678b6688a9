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
        assert_eq!(obeys::faults(&schema, &document), [""; 0]);
    }
}
