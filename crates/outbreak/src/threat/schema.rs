//! The schema of a profile, for editors and for people who write one.

use super::Profile;

/// The JSON schema of a threat profile, as it is published in `docs/schema/threat.json`.
#[must_use]
pub fn threat_schema() -> String {
    let mut schema = schemars::schema_for!(Profile);
    schema.insert(
        "title".to_owned(),
        "wardround threat profile".to_owned().into(),
    );
    serde_json::to_string_pretty(&schema)
        .map(|text| text + "\n")
        .unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::threat_schema;

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
}
