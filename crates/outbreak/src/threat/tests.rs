use std::collections::BTreeSet;
use std::fmt::Write;

use super::{
    CarriedBy, Condition, DEFAULT_THREATS, Profile, StreamProfile, Vector, built_in, catalogue,
    default_threats, explain,
};

/// The smallest profile: messages are made by spoiling it.
const SMALL: &str = r#"id = "small"
title = "A small worm"
hypothetical = true
about = "It is small."
port = "445/tcp"
latency_hours = { low = 0.1, high = 0.2, basis = "assumed", source = "a test" }

[entry]
kind = "workstation"
about = "Somewhere."

[[vector]]
id = "one"
title = "One way in"
about = "A flaw."
closed_by = ["smb1_off"]
patch_closes = true

[vector.success]
xp_2003 = { low = 0.0, high = 1.0, basis = "assumed", source = "a test" }
vista_2008 = { low = 0.0, high = 1.0, basis = "assumed", source = "a test" }
seven_2008r2 = { low = 0.0, high = 1.0, basis = "assumed", source = "a test" }
eight_2012 = { low = 0.0, high = 1.0, basis = "assumed", source = "a test" }
ten_2016 = { low = 0.0, high = 1.0, basis = "assumed", source = "a test" }
later = { low = 0.0, high = 1.0, basis = "assumed", source = "a test" }
unknown = { low = 0.0, high = 1.0, basis = "assumed", source = "a test" }

[[stream]]
kind = "sweep"
probes_per_hour = { low = 1.0, high = 10.0, basis = "assumed", source = "a test" }
"#;

fn named(name: &str) -> Profile {
    let all = built_in().unwrap();
    all.into_iter().find(|profile| profile.id == name).unwrap()
}

/// Every message about a text, as a person would read it.
fn messages(text: &str) -> String {
    let mut lines = String::new();
    for fault in Profile::parse(text).unwrap_err().faults {
        writeln!(lines, "{fault}").unwrap();
        for hint in fault.hints {
            writeln!(lines, "    {hint}").unwrap();
        }
    }
    lines
}

#[test]
fn every_built_in_profile_reads_explains_itself_and_bears_its_folders_name() {
    let profiles = built_in().unwrap();
    assert_eq!(profiles.len(), catalogue().count());
    for (profile, folder) in profiles.iter().zip(catalogue()) {
        assert_eq!(profile.id, folder.name);
        let words = explain(profile);
        assert!(words.contains(&profile.title) && words.contains("How it looks for others"));
        for vector in &profile.vectors {
            assert!(words.contains(&vector.title), "{}", profile.id);
        }
        // Every number has its ground in words, and `sources.md` speaks of this profile.
        assert!(!words.contains(": )"), "{words}");
        assert!(folder.sources.contains(&format!("`{}`", folder.name)));
        assert!(!folder.profile.contains('\t'));
    }
}

#[test]
fn the_ten_threats_that_were_asked_for_are_there_and_two_are_the_default() {
    let names: Vec<&str> = catalogue().map(|built_in| built_in.name).collect();
    for name in [
        "wannacry",
        "notpetya",
        "conficker",
        "blaster",
        "slammer",
        "code-red",
        "bluekeep-worm",
        "smb-ghost-worm",
        "human-operated",
        "next-worm",
    ] {
        assert!(names.contains(&name), "{name} is not among {names:?}");
    }
    let default: Vec<String> = default_threats()
        .unwrap()
        .into_iter()
        .map(|one| one.id)
        .collect();
    assert_eq!(default, DEFAULT_THREATS);
}

#[test]
fn no_folder_of_threats_is_forgotten() {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/threats");
    let on_disk: BTreeSet<String> = std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    let listed: BTreeSet<String> = catalogue().map(|one| one.name.to_owned()).collect();
    assert_eq!(on_disk, listed);
}

#[test]
fn what_is_explained_of_a_threat_with_everything_is_read() {
    insta::assert_snapshot!("notpetya", explain(&named("notpetya")));
}

#[test]
fn patching_alone_leaves_a_way_in_for_notpetya() {
    let profile = named("notpetya");
    let by_patching = |condition: &Condition| {
        matches!(
            condition,
            Condition::Ms17010Closed | Condition::UpdatedSince | Condition::UpdatedSinceFix
        )
    };
    let survives =
        |vector: &&Vector| !vector.patch_closes && !vector.closed_by.iter().any(by_patching);
    let left: Vec<&Vector> = profile.vectors.iter().filter(survives).collect();
    assert_eq!(left.len(), 1);
    assert_eq!(left[0].carried_by, CarriedBy::Credentials);
    // Some machines are open to it by their family, and it is tried.
    assert!(left[0].success.ten_2016.low > 0.0);
    let tried = |stream: &&StreamProfile| stream.vector() == Some(left[0].id.as_str());
    assert!(profile.streams.iter().any(|stream| tried(&stream)));
    // Without log-on evidence the share is a range, so that it is drawn.
    let share = &left[0].credentials.as_ref().unwrap().share;
    assert!(share.low < share.high);
}

#[test]
fn the_pace_of_slammer_and_code_red_gives_the_doubling_times_that_were_measured() {
    // Moore and others, *Inside the Slammer Worm*, 2003: 75,000 hosts and 8.5 s; 359,000 hosts and 37 min.
    for (name, hosts, doubling_hours) in [
        ("slammer", 75_000.0, 8.5 / 3_600.0),
        ("code-red", 359_000.0, 37.0 / 60.0),
    ] {
        let profile = named(name);
        let StreamProfile::Uniform {
            probes_per_hour,
            addresses: Some(addresses),
            ..
        } = &profile.streams[0]
        else {
            panic!("{name} draws addresses");
        };
        let doubling = |pace: f64| 2.0_f64.ln() / (pace * hosts / addresses.high);
        let (slow, fast) = (
            doubling(probes_per_hour.low),
            doubling(probes_per_hour.high),
        );
        assert!(
            fast <= doubling_hours && doubling_hours <= slow,
            "{name}: {fast} to {slow} h"
        );
    }
}

#[test]
fn worms_of_the_past_take_nothing_that_was_released_after_their_fix() {
    for name in ["slammer", "code-red", "blaster"] {
        for vector in &named(name).vectors {
            let newer = [
                &vector.success.vista_2008,
                &vector.success.seven_2008r2,
                &vector.success.eight_2012,
                &vector.success.ten_2016,
                &vector.success.later,
            ];
            assert!(newer.iter().all(|chance| chance.high <= 0.0), "{name}");
        }
    }
}

#[test]
fn a_profile_goes_to_json_and_back_unchanged() {
    for profile in built_in().unwrap() {
        let json = serde_json::to_string(&profile).unwrap();
        let back: Profile = serde_json::from_str(&json).unwrap();
        assert_eq!(back, profile);
    }
}

/// Profiles that are refused, each for the reason that goes before it.
pub(super) fn spoilt() -> Vec<(&'static str, String)> {
    let spoilt = |from: &str, to: &str| {
        assert!(SMALL.contains(from), "{from}");
        SMALL.replacen(from, to, 1)
    };
    let stream =
        "probes_per_hour = { low = 1.0, high = 10.0, basis = \"assumed\", source = \"a test\" }";
    let uniform = |scope: &str, more: &str| {
        format!("[[stream]]\nkind = \"uniform\"\nscope = \"{scope}\"\n{stream}\n{more}\n")
    };
    let addresses =
        "addresses = { low = 256.0, high = 4096.0, basis = \"assumed\", source = \"a test\" }";
    let pressure = "[[outside]]\nvector = \"two\"\nfrom_hour = { low = 0.0, high = 0.0, basis = \"assumed\", source = \"a test\" }\n";
    vec![
        (
            "a field that nothing knows",
            spoilt("port = ", "command = \"x\"\nport = "),
        ),
        ("a slip of a field", spoilt("latency_hours", "latency_hour")),
        (
            "a field of another table",
            spoilt("kind = \"sweep\"", "kind = \"sweep\"\npayload = \"x\""),
        ),
        (
            "a field that is missing",
            spoilt("port = \"445/tcp\"\n", ""),
        ),
        ("a port that is none", spoilt("445/tcp", "smb")),
        ("a word that is none", spoilt("\"assumed\"", "\"guessed\"")),
        ("a kind that is none", spoilt("\"sweep\"", "\"sweeping\"")),
        ("a bare number", spoilt(stream, "probes_per_hour = 3600")),
        (
            "a rate without bound",
            spoilt("high = 10.0", "high = 1e300"),
        ),
        (
            "a rate that is no number",
            spoilt("high = 10.0", "high = nan"),
        ),
        ("a range upside down", spoilt("low = 1.0", "low = 11.0")),
        ("a chance above one", spoilt("high = 1.0", "high = 1.5")),
        (
            "a number without a ground",
            spoilt("source = \"a test\"", "source = \" \""),
        ),
        ("nothing that closes it", spoilt("[\"smb1_off\"]", "[]")),
        ("a fix without its day", spoilt("smb1_off", "updated_since")),
        (
            "a day that is unquoted",
            spoilt("patch_closes", "fixed_on = 2019-05-14\npatch_closes"),
        ),
        (
            "a day without its condition",
            spoilt("patch_closes", "fixed_on = \"2019-05-14\"\npatch_closes"),
        ),
        (
            "credentials without a share",
            spoilt("patch_closes", "carried_by = \"credentials\"\npatch_closes"),
        ),
        (
            "a stream by another way",
            spoilt("kind = \"sweep\"", "kind = \"sweep\"\nvector = \"two\""),
        ),
        (
            "a sweep with a scope",
            spoilt("kind = \"sweep\"", "kind = \"sweep\"\nscope = \"realm\""),
        ),
        (
            "contacts that lack everything",
            spoilt("kind = \"sweep\"", "kind = \"contacts\""),
        ),
        (
            "a real one without a reference",
            spoilt("hypothetical = true", "hypothetical = false"),
        ),
        (
            "an id with a path in it",
            spoilt("\"small\"", "\"../small\""),
        ),
        (
            "two faults",
            spoilt("high = 10.0", "high = 1e300").replacen("\"small\"", "\"Small\"", 1),
        ),
        (
            "a date that is none",
            format!(
                "{SMALL}[[attribution]]\ndate = \"yesterday\"\nwho = \"a\"\nto = \"b\"\nconfidence = \"high\"\nwords = \"c\"\nsource = \"d\"\n"
            ),
        ),
        (
            "a link that runs",
            format!("{SMALL}[[reference]]\ntitle = \"a\"\nurl = \"javascript:x\"\n"),
        ),
        ("no TOML", "id = \"small\ntitle = 3".to_owned()),
        ("nothing", String::new()),
        (
            "two ways in and a stream for none",
            SMALL.replacen("[[stream]]", &second_vector(), 1),
        ),
        (
            "addresses of its own network",
            format!("{SMALL}{}", uniform("network", addresses)),
        ),
        (
            "two spaces of one realm",
            format!(
                "{SMALL}{}{}",
                uniform("realm", addresses),
                uniform("realm", "")
            ),
        ),
        (
            "an internet that tries nothing",
            format!("{SMALL}{pressure}{stream}\n"),
        ),
        (
            "too many ways in",
            (0..4).fold(SMALL.to_owned(), |text, number| {
                let more = second_vector().replacen("\"two\"", &format!("\"more-{number}\""), 1);
                text.replacen("[[stream]]", &more, 1)
            }),
        ),
        ("a latency of a year", spoilt("high = 0.2", "high = 8760.0")),
    ]
}

#[test]
fn a_slip_in_a_profile_is_met_by_a_message_that_teaches() {
    let mut told = String::new();
    for (what, text) in spoilt() {
        writeln!(told, "== {what}\n{}", messages(&text)).unwrap();
    }
    insta::assert_snapshot!("messages", told);
}

#[test]
fn six_faults_of_shape_are_told_at_once() {
    let text = SMALL
        .replacen(
            "title = \"A small worm\"\n",
            "titel = \"A small worm\"\n",
            1,
        )
        .replacen("hypothetical = true", "hypothetical = \"yes\"", 1)
        .replacen("port = \"445/tcp\"\n", "", 1)
        .replacen("kind = \"workstation\"", "kind = \"workstatoin\"", 1)
        .replacen(
            "patch_closes = true",
            "patch_closes = true\nfixed_on = \"2019-02-30\"",
            1,
        )
        .replacen(
            "probes_per_hour = { low = 1.0",
            "probes_per_hour = { low = \"1\"",
            1,
        );
    insta::assert_snapshot!("six_faults", messages(&text));
}

#[test]
fn what_the_types_refuse_is_told_as_a_fault_of_shape_and_nothing_else_is() {
    // Each value of a profile in turn is left out, doubled under a name that nothing knows, or put in place of another.
    let whole = catalogue()
        .find(|one| one.name == "notpetya")
        .unwrap()
        .profile;
    let values = [
        "1",
        "-1",
        "1.5",
        "70000",
        "true",
        "\"x\"",
        "[]",
        "{}",
        "1e999",
        "99999999999999999999",
        "2019-05-14",
        "[[1]]",
        "\"2019-05-14\"",
        "\"445/tcp\"",
        "\"sweep\"",
        "nan",
        "[\"x\"]",
        "{ low = 1 }",
    ];
    let lines: Vec<&str> = whole.lines().collect();
    let mut refused = 0;
    for (index, line) in lines.iter().enumerate() {
        let with = |new: &str| {
            let mut lines = lines.clone();
            lines[index] = new;
            lines.join("\n")
        };
        let mut texts = vec![with(""), with(&format!("x{line}"))];
        if let Some((key, _)) = line.split_once(" = ") {
            texts.extend(values.map(|value| with(&format!("{key} = {value}"))));
        }
        for text in texts {
            let Ok(file) = toml::de::DeTable::parse(&text) else {
                continue;
            };
            let slips = super::shape::slips(&file).len();
            let reads = toml::from_str::<Profile>(&text);
            assert_eq!(
                slips == 0,
                reads.is_ok(),
                "{line}: {slips} and {reads:?} of\n{text}"
            );
            refused += usize::from(slips > 0);
        }
    }
    assert!(refused > 500, "{refused}");
}

#[test]
fn a_file_of_a_hundred_thousand_faults_is_told_the_first_fifty() {
    let rows = "[[vector]]\nx = 1\n".repeat(14_000);
    let fields: String = (0..20_000).map(|it| format!("x{it} = 1\n")).collect();
    for text in [rows, fields] {
        let refused = Profile::parse(&text).unwrap_err();
        assert_eq!(refused.faults.len(), 50);
        assert!(refused.faults.is_sorted_by_key(|fault| fault.line));
        assert!(refused.faults[49].line < 60);
        let last = refused.faults[49].hints.join("\n");
        assert!(last.contains("more are not told"), "{last}");
    }
}

/// A second vector, and the stream's header after it.
fn second_vector() -> String {
    let from = SMALL.find("[[vector]]").unwrap();
    let to = SMALL.find("[[stream]]").unwrap();
    SMALL[from..to].replacen("\"one\"", "\"two\"", 1) + "[[stream]]"
}

#[test]
fn the_smallest_profile_is_one() {
    assert_eq!(Profile::parse(SMALL).unwrap().first_vector().id, "one");
}

#[test]
fn hostile_texts_are_refused_without_fuss() {
    let deep = format!("id = {}1{}", "[".repeat(100_000), "]".repeat(100_000));
    let dotted = format!("{}id = 1", "a.".repeat(50_000));
    let tables = "[[vector]]\n".repeat(20_000);
    let long_field = format!("{} = 1\n{SMALL}", "x".repeat(200_000));
    let blank_names = format!("aliases = [{}]\n{SMALL}", "'',".repeat(60_000));
    let huge = "#".repeat(Profile::LONGEST_BYTES + 1);
    for text in [
        deep,
        dotted,
        tables,
        long_field,
        blank_names,
        huge,
        "\u{feff}".to_owned(),
    ] {
        let refused = Profile::parse(&text).unwrap_err();
        assert!((1..=50).contains(&refused.faults.len()));
        let longest = refused.to_string().len();
        assert!(longest < 1_000, "{longest}");
    }
}

#[test]
fn every_cut_of_a_profile_is_refused_or_read_and_never_worse() {
    let text = catalogue()
        .find(|one| one.name == "notpetya")
        .unwrap()
        .profile;
    for end in (0..text.len())
        .step_by(97)
        .filter(|end| text.is_char_boundary(*end))
    {
        let _ = Profile::parse(&text[..end]);
    }
}

#[test]
fn a_column_counts_characters() {
    let text = SMALL.replacen("A small worm\"", "Ein Würmchen\" x = 1", 1);
    let fault = &Profile::parse(&text).unwrap_err().faults[0];
    assert_eq!((fault.line, fault.column), (2, 24));
}
