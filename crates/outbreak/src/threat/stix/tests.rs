use std::fmt::Write;
use std::path::{Path, PathBuf};

use super::{Bundles, StixError};
use crate::threat::{Confidence, Identity};

fn read(text: &str) -> Bundles {
    let mut bundles = Bundles::default();
    bundles.read(text.as_bytes()).unwrap();
    bundles
}

fn objects(rows: &str) -> String {
    format!("{{\"type\": \"bundle\", \"objects\": [{rows}]}}")
}

#[test]
fn a_graded_attribution_keeps_who_whom_when_and_how_surely() {
    let identities = read(include_str!("samples/graded.json")).identities();
    let text = toml::to_string_pretty(&identities[0]).unwrap();
    insta::with_settings!({ snapshot_path => "snapshots", prepend_module_to_snapshot => false }, {
        insta::assert_snapshot!("graded", text);
    });
}

#[test]
fn bundles_of_version_2_0_are_read_and_a_missing_group_is_named_as_missing() {
    let identities = read(include_str!("samples/attack-2.0.json")).identities();
    let text = toml::to_string_pretty(&identities[0]).unwrap();
    insta::with_settings!({ snapshot_path => "snapshots", prepend_module_to_snapshot => false }, {
        insta::assert_snapshot!("attack-2.0", text);
    });
}

#[test]
fn what_several_bundles_say_is_put_together() {
    let mut bundles = read(include_str!("samples/attack-2.0.json"));
    let group = objects(
        r#"{"type": "intrusion-set", "id": "intrusion-set--00000000-0000-4000-8000-000000000031", "name": "Late Group"}"#,
    );
    bundles.read(group.as_bytes()).unwrap();
    assert_eq!(bundles.identities()[0].attributions[0].to, "Late Group");
}

#[test]
fn the_newest_version_of_an_object_speaks_in_either_order() {
    let version = |name: &str, modified: &str| {
        objects(&format!(
            r#"{{"type": "malware", "id": "malware--1", "name": "{name}", "modified": "{modified}"}}"#
        ))
    };
    let (old, new) = (
        version("Old", "2019-01-01T00:00:00Z"),
        version("New", "2020-01-01T00:00:00Z"),
    );
    for order in [[&old, &new], [&new, &old]] {
        let mut bundles = Bundles::default();
        for text in order {
            bundles.read(text.as_bytes()).unwrap();
        }
        assert_eq!(bundles.identities()[0].title, "New");
    }
}

#[test]
fn what_is_taken_back_stays_taken_back_in_either_order() {
    let malware = |modified: &str, rest: &str| {
        format!(
            r#"{{"type": "malware", "id": "malware--1", "name": "M", "modified": "{modified}"{rest}}}"#
        )
    };
    let relation = |modified: &str, rest: &str| {
        format!(
            r#"{{"type": "relationship", "id": "relationship--1", "relationship_type": "attributed-to",
               "source_ref": "malware--1", "target_ref": "threat-actor--1", "modified": "{modified}"{rest}}}"#
        )
    };
    let (old, new) = ("2019-01-01T00:00:00Z", "2020-01-01T00:00:00Z");
    for gone in [", \"revoked\": true", ", \"x_mitre_deprecated\": true"] {
        let said = [malware(old, ""), relation(old, "")];
        let taken_back = [relation(new, gone)];
        for order in [[&said[..], &taken_back[..]], [&taken_back[..], &said[..]]] {
            // In several bundles, and in one.
            let mut several = Bundles::default();
            for rows in order {
                several.read(objects(&rows.join(",")).as_bytes()).unwrap();
            }
            for bundles in [several, read(&objects(&order.concat().join(",")))] {
                let identities = bundles.identities();
                assert_eq!((identities.len(), bundles.skipped()), (1, 0));
                assert_eq!(identities[0].attributions, []);
            }
        }
        // One that is vouched for anew speaks, and an old withdrawal says nothing of it.
        for order in [
            [malware(old, gone), malware(new, "")],
            [malware(new, ""), malware(old, gone)],
        ] {
            assert_eq!(read(&objects(&order.join(","))).identities().len(), 1);
        }
        let both = [malware(new, ""), malware(new, gone)];
        assert_eq!(read(&objects(&both.join(","))).identities(), []);
    }
}

#[test]
fn confidence_follows_the_scale_of_stix() {
    for (value, expected) in [
        ("0", Confidence::Stated),
        ("1", Confidence::Low),
        ("29", Confidence::Low),
        ("30", Confidence::Moderate),
        ("69", Confidence::Moderate),
        ("70", Confidence::High),
        ("100", Confidence::High),
    ] {
        let bundles = read(&objects(&format!(
            r#"{{"type": "malware", "id": "malware--1", "name": "M"}},
               {{"type": "relationship", "id": "relationship--1", "relationship_type": "attributed-to",
                 "source_ref": "malware--1", "target_ref": "threat-actor--1", "confidence": {value}}}"#
        )));
        assert_eq!(bundles.identities()[0].attributions[0].confidence, expected);
    }
}

#[test]
fn what_is_no_bundle_is_refused() {
    for text in [
        "",
        "[]",
        "3",
        "{}",
        "{\"type\": \"bundle\"}",
        "{\"type\": \"report\", \"objects\": []}",
        "{\"type\": [\"bundle\"], \"objects\": []}",
        "{\"type\": \"bundle\", \"objects\": []} trailing",
        "{\"type\": \"bundle\", \"objects\": {}}",
        "{\"type\": \"bundle\", \"objects\": [",
    ] {
        assert!(Bundles::default().read(text.as_bytes()).is_err(), "{text}");
    }
    let not_utf8 = b"{\"type\": \"bundle\", \"objects\": [\"\xff\"]}";
    assert!(Bundles::default().read(not_utf8).is_err());
}

#[test]
fn depth_is_bounded_and_the_stack_holds() {
    for (open, close) in [("[", "]"), ("{\"a\":", "}")] {
        let deep = format!("{}1{}", open.repeat(200_000), close.repeat(200_000));
        let inside = objects(&deep);
        let beside = format!("{{\"type\": \"bundle\", \"x\": {deep}, \"objects\": []}}");
        assert!(matches!(
            Bundles::default().read(inside.as_bytes()),
            Err(StixError::Shape(_))
        ));
        // What is passed over may be deep or refused, but must not end the program.
        let _ = Bundles::default().read(beside.as_bytes());
    }
}

#[test]
fn an_object_of_the_wrong_shape_is_skipped_and_the_rest_is_kept() {
    let bundles = read(&objects(
        r#"1, null, "malware", [], {}, {"type": 3},
           {"type": "malware", "id": 7, "name": "x"},
           {"type": "malware", "id": "malware--2", "name": ["x"]},
           {"type": "malware", "id": "malware--3", "name": "  "},
           {"type": "relationship", "id": "relationship--1", "relationship_type": "uses"},
           {"type": "relationship", "id": "relationship--2", "relationship_type": "uses", "confidence": 101,
            "source_ref": "a", "target_ref": "malware--1"},
           {"type": "malware", "id": "malware--1", "name": "Kept", "aliases": null}, 
           {"type": "malware", "id": "malware--4", "name": "Kept"}"#,
    ));
    let names: Vec<String> = bundles
        .identities()
        .into_iter()
        .map(|one| one.title)
        .collect();
    assert_eq!(names, ["Kept"]);
    assert_eq!(bundles.skipped(), 6);
}

#[test]
fn circles_of_attribution_end() {
    let bundles = read(&objects(
        r#"{"type": "malware", "id": "malware--1", "name": "M"},
           {"type": "relationship", "id": "relationship--1", "relationship_type": "attributed-to",
            "source_ref": "malware--1", "target_ref": "campaign--1"},
           {"type": "relationship", "id": "relationship--2", "relationship_type": "attributed-to",
            "source_ref": "campaign--1", "target_ref": "intrusion-set--1"},
           {"type": "relationship", "id": "relationship--3", "relationship_type": "attributed-to",
            "source_ref": "intrusion-set--1", "target_ref": "campaign--1"}"#,
    ));
    assert_eq!(bundles.identities()[0].attributions.len(), 3);
}

#[test]
fn many_objects_and_long_texts_are_bounded() {
    let mut rows = String::from("{\"type\": \"x\"}");
    for _ in 0..200_001 {
        rows.push_str(",{}");
    }
    let refused = Bundles::default().read(objects(&rows).as_bytes());
    assert!(matches!(refused, Err(StixError::TooMany)));

    let long = "n".repeat(100_000);
    let mut rows =
        format!("{{\"type\": \"malware\", \"id\": \"malware--0\", \"name\": \"{long}\"}}");
    for number in 1..300 {
        write!(
            rows,
            ",{{\"type\": \"relationship\", \"id\": \"relationship--{number}\", \"relationship_type\": \"uses\",
               \"source_ref\": \"intrusion-set--{number}\", \"target_ref\": \"malware--0\"}}"
        )
        .unwrap();
    }
    let identities = read(&objects(&rows)).identities();
    assert_eq!(identities[0].title.len(), 200);
    assert_eq!(identities[0].attributions.len(), 100);
}

#[test]
fn a_hostile_name_stays_one_text_of_the_fragment() {
    let bundles = read(&objects(
        r#"{"type": "malware", "id": "malware--1", "name": "x\"\n[[vector]]\nid = \"y", "aliases": ["\u0000\u202e\"\"\""]}"#,
    ));
    let identity = &bundles.identities()[0];
    let text = toml::to_string_pretty(identity).unwrap();
    let back: toml::Table = text.parse().unwrap();
    assert!(back.get("vector").is_none(), "{text}");
    assert_eq!(back["title"].as_str(), Some(identity.title.as_str()));
}

#[test]
fn who_cites_attack_is_not_attack() {
    let bundle = |rest: &str| {
        objects(&format!(
            r#"{{"type": "identity", "id": "identity--1", "name": "Northmere Response Team"}},
               {{"type": "malware", "id": "malware--1", "name": "M", "created_by_ref": "identity--1", "external_references":
                 [{{"source_name": "mitre-attack", "external_id": "S9999", "url": "https://attack.mitre.org/software/S9999"}}]}},
               {{"type": "intrusion-set", "id": "intrusion-set--1", "name": "Fell Foxes", "created_by_ref": "identity--1",
                 "external_references": [{{"source_name": "mitre-attack", "external_id": "G9999"}}]}},
               {{"type": "relationship", "id": "relationship--1", "relationship_type": "uses", "confidence": 40,
                 "source_ref": "intrusion-set--1", "target_ref": "malware--1"{rest}}}"#
        ))
    };
    let mitre = "identity--c78cb6e5-0c4b-4611-8297-d1b8b55e40b5";
    let marking =
        r#", "object_marking_refs": ["marking-definition--fa42a846-8d90-4e51-bc29-71d5b4802168"]"#;
    let by = |author: &str| format!(r#", "created_by_ref": "{author}""#);
    let page = "https://attack.mitre.org/software/S9999";
    let none = "a STIX bundle without a reference";
    for (rest, who, source) in [
        (String::new(), "not said (a STIX bundle)", none),
        (by("identity--1"), "Northmere Response Team", page),
        (
            by("identity--2"),
            "identity--2 (not in these bundles)",
            none,
        ),
        // What others add to ATT&CK keeps its marking and has their own name on it.
        (
            by("identity--2") + marking,
            "identity--2 (not in these bundles)",
            none,
        ),
        (by(mitre), "MITRE ATT&CK", none),
        (marking.to_owned(), "MITRE ATT&CK", none),
    ] {
        let identities = read(&bundle(&rest)).identities();
        let attribution = &identities[0].attributions[0];
        assert_eq!(
            (attribution.who.as_str(), attribution.source.as_str()),
            (who, source),
            "{rest}"
        );
        assert_eq!(attribution.confidence, Confidence::Moderate);
    }
}

/// The files of ATT&CK, where they are at hand.
#[expect(clippy::print_stderr, reason = "a skipped test says so")]
fn corpus() -> Option<PathBuf> {
    let beside = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/corpus");
    let folder = std::env::var_os("WARDROUND_CORPUS").map_or(beside, PathBuf::from);
    let folder = folder.join("feeds-attack/cti");
    if folder.is_dir() {
        return Some(folder);
    }
    eprintln!("skipped: no files of ATT&CK at {}", folder.display());
    None
}

#[test]
fn attack_names_wannacry_and_the_group_that_uses_it() {
    let Some(folder) = corpus() else {
        return;
    };
    let mut bundles = Bundles::default();
    for entry in std::fs::read_dir(folder).unwrap() {
        bundles
            .read(&std::fs::read(entry.unwrap().path()).unwrap())
            .unwrap();
    }
    let identities = bundles.identities();
    let [
        Identity {
            id,
            title,
            aliases,
            references,
            attributions,
        },
    ] = &identities[..]
    else {
        panic!("{identities:?}");
    };
    assert_eq!((id.as_str(), title.as_str()), ("wannacry", "WannaCry"));
    assert!(
        aliases.iter().any(|alias| alias == "WanaCrypt0r"),
        "{aliases:?}"
    );
    assert_eq!(references[0].id.as_deref(), Some("S0366"));
    assert_eq!(attributions.len(), 1);
    assert_eq!(attributions[0].who, "MITRE ATT&CK");
    // The number of the Lazarus Group, G0032, whose own object is not among these files.
    assert!(
        attributions[0]
            .to
            .contains("c93fccb1-e8e8-42cf-ae33-2ad1d183913a")
    );
    assert_eq!(attributions[0].confidence, Confidence::Stated);
    assert_eq!(bundles.skipped(), 0);
}
