//! `wardround diff`: what changed, and why.

use serde_json::Value;

use crate::exports::{device_info, nmap, nmap_host, systeminfo, ward};
use crate::sandbox::{Sandbox, finish, northmere, wardround};

fn changes(sandbox: &Sandbox, arguments: &[&str]) -> Vec<Value> {
    let all: Vec<&str> = ["diff", "--format", "json"]
        .iter()
        .chain(arguments)
        .copied()
        .collect();
    let data: Value = serde_json::from_str(&sandbox.output(&all)).unwrap();
    data["changes"].as_array().unwrap().clone()
}

fn of_kind<'a>(changes: &'a [Value], kind: &str) -> Vec<&'a Value> {
    changes
        .iter()
        .filter(|change| change["change"] == kind)
        .collect()
}

#[test]
fn a_folder_does_not_differ_from_itself() {
    let sandbox = Sandbox::with(&ward());
    assert!(changes(&sandbox, &["exports", "exports"]).is_empty());
    let text = sandbox.output(&["diff", "exports", "exports"]);
    assert!(text.contains("Nothing changed."), "{text}");
}

#[test]
fn machines_come_and_go_and_verdicts_turn_with_their_evidence() {
    let host = |address: &str, name: &str| nmap_host(address, name);
    let both = format!(
        "{}{}",
        host("10.9.0.1", "pc-1.example"),
        host("10.9.0.2", "pc-2.example")
    );
    let sandbox = Sandbox::with(&[("before/scan.xml", nmap(&both))]);
    // A day later pc-1 has had its hole closed, pc-2 is not seen and pc-3 is.
    let closed = host("10.9.0.1", "pc-1.example").replace(">VULNERABLE<", ">NOT VULNERABLE<");
    let later = format!("{closed}{}", host("10.9.0.3", "pc-3.example"))
        .replace("17506692", "17507556")
        .replace("1750669", "1750755");
    sandbox.export("after/scan.xml", nmap(&later).replace("1750669", "1750755"));
    let found = changes(&sandbox, &["exports/before", "exports/after"]);
    let fixed = of_kind(&found, "fixed");
    assert_eq!(fixed.len(), 1, "{found:#?}");
    assert_eq!(fixed[0]["machine"], "pc-1.example");
    let was = fixed[0]["before"].as_str().unwrap();
    assert!(
        was.starts_with("fails: ") && was.contains("2025-06-23, by scan.xml"),
        "{was}"
    );
    assert_eq!(of_kind(&found, "new")[0]["machine"], "pc-3.example");
    assert_eq!(of_kind(&found, "gone")[0]["machine"], "pc-2.example");
    // Older evidence does not show that a machine changed.
    let back = [
        "exports/after",
        "exports/before",
        "--to",
        "2025-06-24T12:00:00Z",
    ];
    let back = changes(&sandbox, &back);
    assert_eq!(of_kind(&back, "changed_mind").len(), 1, "{back:#?}");
    let share = sandbox.output(&["diff", "exports/before", "exports/after", "--for", "share"]);
    assert!(
        !share.contains("pc-1") && !share.contains("scan.xml"),
        "{share}"
    );
}

#[test]
fn one_store_is_asked_at_two_moments() {
    let sandbox = Sandbox::with(&[("scan.xml", nmap(&nmap_host("10.9.0.1", "pc-1.example")))]);
    sandbox.export("pc-1.txt", systeminfo("PC-1", "10.9.0.1", &["KB4012212"]));
    sandbox.output(&["store", "add", "kept", "exports"]);
    let arguments = |to| {
        [
            "--store",
            "kept",
            "--from",
            "2025-06-24T00:00:00Z",
            "--to",
            to,
        ]
    };
    assert!(changes(&sandbox, &arguments("2025-06-24T00:00:00Z")).is_empty());
    let found = changes(&sandbox, &arguments("2026-06-24T00:00:00Z"));
    assert!(!of_kind(&found, "gone_stale").is_empty(), "{found:#?}");
    assert_eq!(sandbox.run(&["diff", "exports"]).code, 2);
    assert_eq!(sandbox.run(&["diff", "--store", "kept"]).code, 2);
}

#[test]
fn moments_in_the_wrong_order_are_wrong_usage_that_names_both() {
    let early = nmap(&nmap_host("10.9.0.1", "pc-1.example"));
    let late = early.replace("1750669", "1750755");
    let sandbox = Sandbox::with(&[("early/scan.xml", early), ("late/scan.xml", late)]);
    let description = "as_of = \"2025-06-20T09:00:00Z\"\n";
    sandbox.export("stated/estate.toml", description);
    sandbox.export("stated/texts/pc.txt", systeminfo("PC-1", "10.9.0.1", &[]));
    let moment = "2025-06-30T00:00:00Z";
    for (arguments, words) in [
        (
            &["exports/late", "exports/early"][..],
            [
                "2025-06-24T08:54:20Z (the newest observation in `exports/late`)",
                "2025-06-23T09:01:00Z (the newest observation in `exports/early`)",
            ],
        ),
        (
            &["exports/late", "exports/stated"],
            [
                "the newest observation in `exports/late`",
                "2025-06-20T09:00:00Z (`as_of` in the description in `exports/stated`)",
            ],
        ),
        (
            &["exports/late", "--from", moment],
            [
                "2025-06-30T00:00:00Z (given by `--from`)",
                "the newest observation in `exports/late`",
            ],
        ),
        (
            &[
                "exports/late",
                "--from",
                moment,
                "--to",
                "2025-06-29T00:00:00Z",
            ],
            [
                "(given by `--from`)",
                "2025-06-29T00:00:00Z (given by `--to`)",
            ],
        ),
    ] {
        let all: Vec<&str> = ["diff"].iter().chain(arguments).copied().collect();
        let ran = sandbox.run(&all);
        assert_eq!((ran.code, ran.output.as_str()), (2, ""), "{arguments:?}");
        for words in words {
            assert!(ran.aside.contains(words), "{words}: {}", ran.aside);
        }
    }
}

#[test]
fn what_contradicts_itself_in_the_example_is_disputed() {
    for day in ["2025-06-01", "2025-06-10"] {
        let mut command = wardround();
        let from = format!("{day}T00:00:00Z");
        command.arg("diff").arg(northmere()).args(["--from", &from]);
        command.args(["--format", "json"]);
        let data: Value = serde_json::from_str(&finish(command).output).unwrap();
        let changes = data["changes"].as_array().unwrap();
        let hole = |change: &&Value| {
            let question = change["question"].as_str();
            question.is_some_and(|words| words.contains("MS17-010"))
        };
        let about = |name: &str| {
            let mut found = changes.iter().filter(hole);
            found.find(|change| change["machine"].as_str().unwrap().starts_with(name))
        };
        let kind = |name| about(name).map(|change| change["change"].as_str().unwrap());
        // A scan finds the hole, and the agent's later word is a build that is fixed: either may be right by now.
        assert_eq!(kind("nri-srv0715"), Some("disputed"), "{day}");
        // A scan did not find it on 4 June, and the agent later reports it: it may be open again.
        assert_eq!(kind("nri-img0795"), Some("disputed"), "{day}");
        // Who was patched in spring and reports builds of May still has fallen behind since.
        let behind: Vec<(&str, &str)> = of_kind(changes, "opened")
            .into_iter()
            .filter_map(|change| {
                let before = change["question_before"].as_str()?;
                Some((before, change["question"].as_str()?))
            })
            .collect();
        assert!(behind.len() > 100, "{}", behind.len());
        for (was, now) in behind {
            assert!(was < now, "{was}, {now}");
        }
    }
}

#[test]
fn claims_are_told_with_how_they_stood() {
    let described =
        |claims: &str| format!("claim,organisation,control,status,claimed_on\n{claims}");
    let organisations = "organisation,name,kind\nnorth,North,acute\n";
    let networks = "network,organisation,cidr,name\nn,north,10.9.0.0/24,LAN\n";
    let scan = nmap(&nmap_host("10.9.0.1", "pc-1.example"));
    let closed = scan.replace(">VULNERABLE<", ">NOT VULNERABLE<");
    let ours = "c1,north,ms17_010_closed,in_place,2025-05-30\n";
    let other = "c2,north,visitors_sign_in,in_place,2025-05-30\n";
    let sandbox = Sandbox::new();
    for (folder, scan, claims) in [
        ("before", closed, format!("{ours}{other}")),
        ("after", scan.replace("1750669", "1750755"), ours.to_owned()),
    ] {
        sandbox.export(&format!("{folder}/north/scan.xml"), scan);
        sandbox.export(&format!("{folder}/organisations.csv"), organisations);
        sandbox.export(&format!("{folder}/networks.csv"), networks);
        sandbox.export(&format!("{folder}/claims.csv"), described(&claims));
    }
    let told = |format: &str, audience: &str| {
        sandbox.output(&[
            "diff",
            "exports/before",
            "exports/after",
            "--format",
            format,
            "--for",
            audience,
        ])
    };
    let data: Value = serde_json::from_str(&told("json", "team")).unwrap();
    let claims = data["claims"].as_array().unwrap();
    assert_eq!(claims.len(), 2, "{claims:#?}");
    assert_eq!(claims[0]["change"], "claim_contradicted");
    assert_eq!(claims[0]["organisation"], "North");
    assert_eq!(
        claims[0]["before"],
        "verified (1 hold, 0 fail, 0 unknown), claimed on 2025-05-30"
    );
    assert_eq!(
        claims[0]["after"],
        "refuted (0 hold, 1 fail, 0 unknown), claimed on 2025-05-30"
    );
    assert_eq!(claims[1]["change"], "claim_withdrawn");
    assert_eq!(claims[1]["claim"], "visitors sign in");
    for format in ["text", "csv"] {
        let text = told(format, "team");
        assert!(
            text.contains("refuted (0 hold, 1 fail, 0 unknown)"),
            "{text}"
        );
        assert!(text.contains("visitors sign in"), "{text}");
        // What an organisation calls its own control stays in the house.
        let board = told(format, "board");
        assert!(board.contains("North") && !board.contains("visitors"));
        assert!(!told(format, "share").contains("North"));
    }
}

#[test]
fn machines_that_turn_out_to_be_one_are_joined_and_not_gone() {
    let scan = nmap(&nmap_host("10.9.0.1", "pc-1.example"));
    let agent = |name| device_info(&[("0a01", name, 19045)]);
    let renamed = agent("pc-1.example").replace("2025-06-23", "2025-06-25");
    let sandbox = Sandbox::with(&[("scan.xml", scan), ("old.csv", agent("old-1.example"))]);
    sandbox.export("new.csv", renamed);
    let moments = [
        "exports",
        "--from",
        "2025-06-24T00:00:00Z",
        "--to",
        "2025-06-26T00:00:00Z",
    ];
    let found = changes(&sandbox, &moments);
    let joined = of_kind(&found, "joined");
    assert_eq!(joined.len(), 1, "{found:#?}");
    let both = [&joined[0]["machine"], &joined[0]["other"]];
    let mut names: Vec<&str> = both.map(|name| name.as_str().unwrap()).to_vec();
    names.sort_unstable();
    assert!(names.contains(&"old-1.example"), "{names:?}");
    assert!(of_kind(&found, "gone").is_empty() && of_kind(&found, "new").is_empty());
    let all: Vec<&str> = ["diff"].iter().chain(&moments).copied().collect();
    let text = sandbox.output(&all);
    assert!(text.contains(": joined with "), "{text}");
    let all: Vec<&str> = all.into_iter().chain(["--for", "share"]).collect();
    let share = sandbox.output(&all);
    assert!(!share.contains("old-1") && share.contains(": joined with "));
}

#[test]
fn a_machine_of_which_only_the_address_was_known_is_told_with_who_has_it_now() {
    let table = device_info(&[("0a01", "pc-1.example", 19045)]);
    let named = nmap(&nmap_host("10.9.0.1", "pc-1.example"));
    let nameless = named.replace("<hostname name=\"pc-1.example\" type=\"PTR\"/>", "");
    let sandbox = Sandbox::with(&[
        ("before/scan.xml", nameless),
        ("before/table.csv", table.clone()),
        ("after/scan.xml", named),
        ("after/table.csv", table),
    ]);
    let text = sandbox.output(&["diff", "exports/before", "exports/after"]);
    assert!(
        text.contains("10.9.0.1: its address is that of pc-1.example now"),
        "{text}"
    );
    let back = sandbox.output(&["diff", "exports/after", "exports/before"]);
    assert!(
        back.contains("10.9.0.1: its address was that of pc-1.example"),
        "{back}"
    );
}
