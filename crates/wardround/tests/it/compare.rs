//! `wardround compare`: two worlds beside each other.

use serde_json::Value;

use crate::exports::ward;
use crate::sandbox::{Ran, Sandbox};

/// The made-up region.
const REGION: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../examples/northmere");

/// Compares worlds of the ward in 12 outbreaks, with more arguments.
fn compare(sandbox: &Sandbox, arguments: &[&str]) -> Ran {
    let mut all = vec!["compare", "exports", "--worlds", "4", "--repeats", "3"];
    all.extend(arguments);
    sandbox.run(&all)
}

/// The data of a comparison in the region.
fn in_the_region(arguments: &[&str]) -> Value {
    let mut all = vec!["compare", REGION, "--worlds", "12", "--repeats", "4"];
    all.extend(["--threat", "next-worm", "--format", "json"]);
    all.extend(arguments);
    serde_json::from_str(&Sandbox::new().output(&all)).unwrap()
}

fn number(found: &Value, path: &str) -> f64 {
    found.pointer(path).and_then(Value::as_f64).unwrap()
}

#[test]
fn words_tell_the_difference_its_interval_and_what_the_shared_draws_gave() {
    let arguments = ["--worlds", "12", "--repeats", "4", "--threat", "next-worm"];
    let mut all = vec!["compare", REGION, "--second", "fix=fellside"];
    all.extend(["--second", "isolate-after=6"]);
    all.extend(arguments);
    insta::assert_snapshot!("compare", Sandbox::new().output(&all));
}

#[test]
fn a_world_beside_itself_does_not_differ() {
    let sandbox = Sandbox::with(&ward());
    let ran = compare(&sandbox, &["--second", "as-evidenced"]);
    assert_eq!(ran.code, 0, "{}", ran.aside);
    assert!(
        ran.output.contains("difference          0.00 machines"),
        "{}",
        ran.output
    );
    assert!(
        ran.output
            .ends_with("No draw makes any difference between the two worlds.\n")
    );
}

#[test]
fn the_other_way_round_it_is_the_negative() {
    let one = in_the_region(&["--second", "fix"]);
    let other = in_the_region(&["--first", "fix", "--second", "as-evidenced"]);
    let value = number(&one, "/difference/value");
    assert!(value > 0.0);
    assert_eq!(value, -number(&other, "/difference/value"));
    assert_eq!(
        number(&one, "/difference/low"),
        -number(&other, "/difference/high")
    );
    assert_eq!(one["variance_reduction"], other["variance_reduction"]);
    assert_eq!(one["first"]["mean_taken"], other["second"]["mean_taken"]);
}

#[test]
fn a_small_fix_is_told_and_nothing_is_not() {
    let small = in_the_region(&["--second", "deny-boundaries=infirmary"]);
    assert_eq!(small["schema"], "wardround-comparison/1");
    assert_eq!(small["replicates"], 48);
    assert!(number(&small, "/second/borders_and_boundaries_said_of") > 0.0);
    assert!(number(&small, "/variance_reduction") > 1.0, "{small}");
    let claimed = in_the_region(&["--second", "as-claimed"]);
    assert!(number(&claimed, "/difference/value") > 0.0, "{claimed}");
    assert!(number(&claimed, "/second/machines_said_of") > 0.0);
    // What all have one organisation has too: said twice it is no more.
    let same = in_the_region(&[
        "--first",
        "fix",
        "--second",
        "fix",
        "--second",
        "fix=infirmary",
    ]);
    assert_eq!(number(&same, "/difference/value"), 0.0);
    assert_eq!(number(&same, "/difference/error"), 0.0);
    assert_eq!(same["difference"]["is_told"], false);
}

#[test]
fn the_number_of_threads_changes_no_byte() {
    let sandbox = Sandbox::with(&ward());
    let with = |threads| {
        let asked = ["--second", "unknowns-for", "--format", "json"];
        let all: Vec<&str> = asked.into_iter().chain(["--threads", threads]).collect();
        let ran = compare(&sandbox, &all);
        assert_eq!(ran.code, 0, "{}", ran.aside);
        ran.output
    };
    let one = with("1");
    assert_eq!(one, with("2"));
    assert_eq!(one, with("5"));
}

#[test]
fn every_word_can_be_said() {
    let sandbox = Sandbox::with(&ward());
    for words in [
        &["as-evidenced"][..],
        &["as-claimed"],
        &["unknowns-for"],
        &["unknowns-against", "fix"],
        &["hold=smb1_off"],
        &["deny-border", "deny-boundaries"],
        &["allow-border", "allow-boundaries"],
        &["warned-at=1", "isolate-after=2"],
        &["nobody-acts"],
        &["kill-switch=3.5"],
        &["kill-switch=never"],
    ] {
        let said = words.iter().flat_map(|word| ["--second", word]);
        let ran = compare(&sandbox, &said.collect::<Vec<_>>());
        assert_eq!(ran.code, 0, "{words:?}: {}", ran.aside);
        for word in words {
            assert!(ran.output.contains(word), "{}", ran.output);
        }
    }
}

#[test]
fn what_is_said_by_options_holds_in_both_worlds() {
    let sandbox = Sandbox::with(&ward());
    let options = ["--isolate-after", "2", "--kill-switch", "1"];
    let asked = ["--second", "isolate-after=2", "--second", "kill-switch=1"];
    let all: Vec<&str> = options.into_iter().chain(asked).collect();
    let ran = compare(&sandbox, &all);
    assert!(
        ran.output.contains("No draw makes any difference"),
        "{}",
        ran.output
    );
}

#[test]
fn what_no_world_is_called_ends_with_2_and_says_why() {
    let sandbox = Sandbox::with(&ward());
    for (wrong, why) in [
        (&["--second", "nonsense"][..], "unknowns-against: "),
        (&["--second", ""], "unknowns-against: "),
        (&["--second", "fix="], "nothing stands behind"),
        (&["--second", "isolate-after=-1"], "a number of hours"),
        (&["--second", "isolate-after=1e999"], "a number of hours"),
        (
            &["--second", "fix=no such place"],
            "no organisation is called",
        ),
        (&["--second", "hold=patience"], "smb1_off"),
        (&["--second", "warned-at=2"], "isolate-after=HOURS"),
        (
            &["--second", "nobody-acts", "--second", "isolate-after=1"],
            "cannot both",
        ),
        (
            &["--second", "as-claimed", "--second", "unknowns-for"],
            "cannot both",
        ),
        (
            &["--second", "isolate-after=1", "--second", "isolate-after=2"],
            "cannot both",
        ),
        (
            &["--second", "kill-switch=1", "--threat", "slammer"],
            "it has none",
        ),
        (&["--second", "fix", "--worlds", "1"], "2..=100000"),
        (
            &["--second", "fix", "--entry", "nobody"],
            "nothing to begin with",
        ),
        (&["--first", "fix"], "--second"),
        (&[], "--second"),
        // What people paste may hold anything: it comes back as text.
        (
            &["--second", "\u{1b}[2Jfix\u{202e}\nerror: all is well"],
            "unknowns-against: ",
        ),
        (
            &["--second", "fix=\u{1b}]0;x\u{7}"],
            "no organisation is called",
        ),
    ] {
        let mut all = vec!["compare", "exports"];
        all.extend(wrong);
        let ran = sandbox.run(&all);
        assert_eq!(
            (ran.code, ran.output.as_str()),
            (2, ""),
            "{wrong:?}: {}",
            ran.aside
        );
        assert!(ran.aside.contains(why), "{wrong:?}: {}", ran.aside);
        assert!(
            !ran.aside.contains(['\u{1b}', '\u{202e}', '\u{7}']),
            "{}",
            ran.aside
        );
        assert_eq!(ran.aside.matches("\nerror: ").count(), 0, "{}", ran.aside);
    }
    // Very long words are words too.
    let long = format!("fix={}", "*a".repeat(20_000));
    let ran = sandbox.run(&["compare", "exports", "--second", &long]);
    assert_eq!(ran.code, 2);
}
