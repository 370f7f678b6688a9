//! `wardround ledger` and `wardround calibrate`.

use std::fs;
use std::path::Path;

use serde_json::Value;

use crate::markup::{hidden, vocabulary};
use crate::sandbox::Sandbox;

const HEADER: &str = "day,organisation,kind,activity,amount,standing,note\n";
const MONDAY: &str = "2017-05-15,North,cancelled,outpatient_appointments,120,measured,booking system\n\
    2017-05-15,North,spend,,1250.5,measured,invoice\n\
    2017-05-15,North,sightings,,40,estimated,console\n";
const FORECAST: &str = "day,activity,median,low,high\n\
    2017-05-15,outpatient_appointments,100,50,200\n\
    2017-05-16,outpatient_appointments,80,40,160\n";
const INCIDENTS: &str =
    "incident,noticed_at,acted_at,machines_out,machines_back_by,planned_units,cancelled_units\n";

fn write(sandbox: &Sandbox, name: &str, text: &str) {
    fs::write(sandbox.path().join(name), text).unwrap();
}

fn ledger(rows: &str) -> Sandbox {
    let sandbox = Sandbox::new();
    write(&sandbox, "ledger.csv", &format!("{HEADER}{rows}"));
    sandbox
}

fn shown(sandbox: &Sandbox, more: &[&str]) -> Value {
    let mut arguments = vec!["ledger", "show", "ledger.csv", "--format", "json"];
    arguments.extend(more);
    serde_json::from_str(&sandbox.output(&arguments)).unwrap()
}

#[test]
fn rows_are_added_whole_and_the_same_row_never_twice() {
    let sandbox = Sandbox::new();
    write(&sandbox, "monday.csv", &format!("{HEADER}{MONDAY}"));
    let ran = sandbox.run(&["ledger", "add", "monday.csv", "--ledger", "ledger.csv"]);
    assert_eq!(
        (ran.code, ran.aside.as_str()),
        (0, "3 rows added to ledger.csv\n")
    );
    assert_eq!(sandbox.read("ledger.csv"), format!("{HEADER}{MONDAY}"));

    write(
        &sandbox,
        "tuesday.csv",
        &format!("{HEADER}{MONDAY}2017-05-16,North,hours,,7.5,measured,rota\n"),
    );
    let ran = sandbox.run(&["ledger", "add", "tuesday.csv", "--ledger", "ledger.csv"]);
    assert_eq!(ran.code, 0);
    assert!(
        ran.aside.contains("3 rows not added again")
            && ran
                .aside
                .contains("line 3 repeats line 3 of ledger.csv: 2017-05-15,North,spend")
            && ran.aside.contains("1 row added"),
        "{}",
        ran.aside
    );
    let before = sandbox.read("ledger.csv");
    assert!(before.ends_with("2017-05-16,North,hours,,7.5,measured,rota\n"));

    let ran = sandbox.run(&["ledger", "add", "tuesday.csv", "--ledger", "ledger.csv"]);
    assert_eq!(ran.code, 3);
    assert!(
        ran.aside.contains("repeats line 5 of ledger.csv"),
        "{}",
        ran.aside
    );
    assert_eq!(sandbox.read("ledger.csv"), before);
    assert_eq!(
        sandbox.beside_exports(),
        ["ledger.csv", "monday.csv", "tuesday.csv"]
    );
}

#[test]
fn a_bad_row_is_named_and_the_rest_added() {
    let sandbox = ledger("");
    write(
        &sandbox,
        "more.csv",
        &format!(
            "{HEADER}2017-05-15,North,spend,,£5,measured,\n15/05/2017,North,spend,,5,measured,\n{MONDAY}"
        ),
    );
    let ran = sandbox.run(&["ledger", "add", "more.csv", "--ledger", "ledger.csv", "-q"]);
    assert_eq!(ran.code, 0);
    assert!(
        ran.aside.contains("2 rows left out of more.csv")
            && ran.aside.contains("line 2, column `amount`: `£5`")
            && ran.aside.contains("line 3, column `day`"),
        "{}",
        ran.aside
    );
    assert_eq!(sandbox.read("ledger.csv"), format!("{HEADER}{MONDAY}"));

    write(&sandbox, "bad.csv", &format!("{HEADER}x,,,,,,\n"));
    let ran = sandbox.run(&["ledger", "add", "bad.csv", "--ledger", "ledger.csv"]);
    assert_eq!(ran.code, 3);
    assert!(ran.aside.contains("line 2, column `day`"), "{}", ran.aside);
    write(&sandbox, "other.csv", "day,kind\n");
    let ran = sandbox.run(&["ledger", "add", "other.csv", "--ledger", "new.csv"]);
    assert_eq!(ran.code, 3);
    assert!(
        ran.aside.contains("`organisation` is missing"),
        "{}",
        ran.aside
    );
    assert!(!sandbox.path().join("new.csv").exists());
}

#[test]
fn what_may_be_a_slip_is_told_where_it_is_added_and_shown() {
    let sandbox = ledger(MONDAY);
    let more = "2017-05-15,North,cancelled,outpatient_appointments,110,measured,corrected\n\
                2017-05-16,north,cancelled,Outpatients,5,measured,\n\
                2035-06-27,North,hours,,5,measured,\n";
    write(&sandbox, "more.csv", &format!("{HEADER}{more}"));
    let ran = sandbox.run(&["ledger", "add", "more.csv", "--ledger", "ledger.csv"]);
    assert_eq!(ran.code, 0);
    let slips = [
        "lines 2 and 5: 2 rows of 2017-05-15, North, outpatient appointments are added: 230 measured",
        "line 6: `Outpatients` is not in the table of services",
        "the nearest is outpatient_appointments",
        "lines 2 and 6: `North` and `north` differ only in case or blanks",
        "line 7: 2035-06-27 is more than 60 days from every other day",
    ];
    for words in slips {
        assert!(ran.aside.contains(words), "{words}: {}", ran.aside);
    }
    // What was told once is not told of other rows.
    write(
        &sandbox,
        "last.csv",
        &format!("{HEADER}2017-05-17,North,hours,,5,measured,\n"),
    );
    let ran = sandbox.run(&["ledger", "add", "last.csv", "--ledger", "ledger.csv"]);
    assert_eq!(ran.aside, "1 row added to ledger.csv\n");

    let told = shown(&sandbox, &[]);
    let doubts = told["doubts"].as_array().unwrap();
    assert_eq!(doubts.len(), 4, "{doubts:?}");
    assert_eq!(doubts[0]["lines"], serde_json::json!([2, 5]));
    let text = sandbox.output(&["ledger", "show", "ledger.csv"]);
    assert!(
        text.contains("What may be a slip") && text.contains("2, 5"),
        "{text}"
    );
}

#[test]
fn a_row_that_was_copied_by_hand_counts_once_and_is_named() {
    let sandbox = ledger(&format!("{MONDAY}{MONDAY}"));
    let ran = sandbox.run(&["ledger", "show", "ledger.csv"]);
    assert!(
        ran.aside
            .contains("3 rows not counted again, of ledger.csv")
            && ran.aside.contains("line 5 repeats line 2 of the same file"),
        "{}",
        ran.aside
    );
    for words in [
        "3 rows of 1 organisation,",
        "3 rows repeat one above in every column, and are not counted again.",
        "Rows that repeat another",
        "£1,250.50",
    ] {
        assert!(ran.output.contains(words), "{words}: {}", ran.output);
    }
    let told = shown(&sandbox, &[]);
    let activity = &told["account"]["activities"][0];
    assert_eq!(activity["so_far"]["measured"], 120.0);
    assert_eq!(told["account"]["rows_repeated"], 3);
    assert_eq!(told["rows_repeated"][0]["of_line"], 2);
}

#[test]
fn money_hours_and_machines_are_shown_by_day() {
    let sandbox = ledger(&format!(
        "{MONDAY}2017-05-15,North,spend,,49.5,estimated,taxi\n2017-05-16,North,hours,,7.5,measured,rota\n"
    ));
    let told = shown(&sandbox, &[]);
    let account = &told["account"];
    assert_eq!(
        account["spend_by_day"],
        serde_json::json!([{"day": "2017-05-15", "measured_gbp": 1250.5, "estimated_gbp": 49.5}])
    );
    assert_eq!(account["staff_hours_by_day"][0]["measured_hours"], 7.5);
    assert_eq!(account["sightings_by_day"][0]["estimated"], 40.0);
    let text = sandbox.output(&["ledger", "show", "ledger.csv"]);
    for words in [
        "Money, hours and machines, day by day",
        "£1,300.00, of it £49.50 estimated",
        "40 estimated",
    ] {
        assert!(text.contains(words), "{words}: {text}");
    }
}

#[test]
fn a_ledger_beside_a_forecast_tells_what_it_will_have_cost() {
    let sandbox = ledger(MONDAY);
    write(&sandbox, "forecast.csv", FORECAST);
    let told = shown(&sandbox, &["--forecast", "forecast.csv"]);
    let activity = &told["account"]["activities"][0];
    assert_eq!(activity["so_far"]["measured"], 120.0);
    let will = &activity["against"]["daily"]["will_have_cost"];
    assert_eq!(
        (&will["low"], &will["median"], &will["high"]),
        (&160.0.into(), &200.0.into(), &280.0.into())
    );
    assert_eq!(told["account"]["spend"]["measured_gbp"], 1250.5);
    assert_eq!(told["account"]["spend"]["estimated_gbp"], Value::Null);
    assert_eq!(told["account"]["staff_hours"], Value::Null);

    let text = sandbox.output(&["ledger", "show", "ledger.csv", "--forecast", "forecast.csv"]);
    for words in [
        "£1,250.50",
        "200 (160 to 280)",
        "nothing entered",
        "hours of staff",
        "not reached yet",
    ] {
        assert!(text.contains(words), "{words}: {text}");
    }
    let page = sandbox.output(&[
        "ledger",
        "show",
        "ledger.csv",
        "--forecast",
        "forecast.csv",
        "--format",
        "html",
    ]);
    assert!(page.contains("What it will have cost") && page.contains("200 (160 to 280)"));
}

/// Leaves `report.json` in the sandbox, and gives what it says.
fn report_on_northmere(sandbox: &Sandbox) -> String {
    let northmere = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../examples/northmere");
    let northmere = northmere.to_str().unwrap();
    let asked = [
        "report", northmere, "--threat", "wannacry", "--format", "json", "-o", "-",
    ];
    let report = sandbox.output(&asked);
    write(sandbox, "report.json", &report);
    report
}

#[test]
fn a_report_says_what_it_will_have_cost_by_day() {
    let sandbox = ledger(
        "2017-05-16,North,cancelled,outpatient_appointments,120,measured,\n\
         2017-05-17,North,cancelled,outpatient_appointments,80,estimated,\n\
         2017-05-17,North,sightings,,9,measured,\n",
    );
    report_on_northmere(&sandbox);
    let told = shown(&sandbox, &["--forecast", "report.json"]);
    let activities = told["account"]["activities"].as_array().unwrap();
    let of = |name: &str| activities.iter().find(|line| line["activity"] == name);
    let daily = &of("outpatient_appointments").unwrap()["against"]["daily"];
    assert_eq!(
        (
            &daily["days_entered"],
            &daily["days_missing"],
            &daily["days_to_come"]
        ),
        (&2.into(), &0.into(), &5.into())
    );
    let number = |value: &Value| value.as_f64().unwrap();
    let will = &daily["will_have_cost"];
    assert!((number(&will["low"]) - 200.0 - number(&daily["ahead"]["low"])).abs() < 1e-9);
    // What was entered is worth its price of some hundred pounds at the least.
    assert!(number(&daily["worth"]["low_gbp"]) > 200.0 * 100.0);
    let takes = &told["account"]["report_takes"];
    assert_eq!(takes["hours"], 24.0);
    assert!(number(&takes["machines"]["median"]) > 1.0, "{takes}");
    // Nobody enters admissions: two days are missing, five to come.
    let daily = &of("emergency_admissions").unwrap()["against"]["daily"];
    assert_eq!(
        (&daily["days_missing"], &daily["days_to_come"]),
        (&2.into(), &5.into())
    );

    let show = ["ledger", "show", "ledger.csv", "--forecast", "report.json"];
    let page = sandbox.output(&show);
    // 16 May 2017 was a Tuesday, on which every report begins.
    assert!(page.contains("with 2017-05-16 for its first day") && !page.contains("is a Tuesday"));
    assert!(page.contains("measured so far") && page.contains("days to come"));
    assert!(page.contains("machines are taken within 24 hours of the first infection"));
    let began = [&show[..], &["--began", "2017-05-12"]].concat();
    let page = sandbox.output(&began);
    assert!(page.contains("is a Tuesday and 2017-05-12 is a Friday"));
    assert!(page.contains("Nothing is learnt") && page.contains("--start fri-09:00"));
}

#[test]
fn what_was_entered_weighs_the_outbreaks_of_a_report() {
    let sandbox = ledger("");
    let report: Value = serde_json::from_str(&report_on_northmere(&sandbox)).unwrap();
    let losses = &report["answers"][0]["losses"];
    let lines = losses["activities"].as_array().unwrap();
    let at = lines
        .iter()
        .position(|line| line["activity"] == "outpatient appointments")
        .unwrap();
    let mut days: Vec<Vec<u64>> = losses["outbreaks_if_any"]
        .as_array()
        .unwrap()
        .iter()
        .map(|outbreak| {
            let words = outbreak["not_done"][at].as_str().unwrap();
            words.split(' ').map(|word| word.parse().unwrap()).collect()
        })
        .collect();
    assert!((30..=500).contains(&days.len()), "{}", days.len());
    assert!(days.iter().all(|days| days.len() == 7));

    // What one that is worse than nine in ten of them did on its first two days.
    days.sort_by_key(|days| days[0] + days[1]);
    let grave = &days[days.len() * 9 / 10];
    let rows: String = (16..)
        .zip(&grave[..2])
        .map(|(day, units)| {
            format!(
                "2017-05-{day},North,cancelled,outpatient_appointments,{:.0},measured,\n",
                *units as f64 / 100.0
            )
        })
        .collect();
    write(&sandbox, "ledger.csv", &format!("{HEADER}{rows}"));
    let told = shown(&sandbox, &["--forecast", "report.json"]);
    let learnt = &told["account"]["learnt"];
    assert_eq!(learnt["refused"], Value::Null, "{learnt}");
    assert_eq!(learnt["outbreaks"], days.len());
    let activities = learnt["activities"].as_array().unwrap();
    let line = activities
        .iter()
        .find(|line| line["activity"] == "outpatient_appointments")
        .unwrap();
    let median = |of: &str| line[of]["median"].as_f64().unwrap();
    assert!(median("after") > median("before"), "{line}");
    let pounds = |of: &str| {
        let worth = &line["worth"][of]["median_gbp"];
        worth.as_f64().unwrap()
    };
    for of in ["before", "after"] {
        assert!((pounds(of) - 110.6 * median(of)).abs() < 1e-6, "{line}");
    }
    let all = &learnt["worth"]["after"]["median_gbp"];
    assert!(all.as_f64().unwrap() > pounds("after"), "{learnt}");
    let width = |of: &str| {
        let end = |end: &str| line[of][end].as_f64().unwrap();
        end("high") - end("low")
    };
    assert!(width("after") < width("before"), "{line}");

    let show = ["ledger", "show", "ledger.csv", "--forecast", "report.json"];
    let page = sandbox.output(&show);
    for words in [
        "given what was entered",
        "weighed by what was entered",
        "Assumed:",
        "outbreaks of equal weight",
        "weighed, in pounds",
        "All of it that is priced is worth",
    ] {
        assert!(page.contains(words), "{words}: {page}");
    }
}

#[test]
fn the_losses_of_a_report_are_a_forecast_of_the_whole() {
    let sandbox = ledger(MONDAY);
    let report = r#"{"answers": [
        {"threat": "wannacry", "losses": {"days": 7, "activities": [
            {"activity": "outpatient appointments", "not_done": {"low": 10, "median": 300, "high": 900}}]}},
        {"threat": "quiet", "losses": {"days": 7, "activities": []}}]}"#;
    write(&sandbox, "report.json", report);
    let told = shown(&sandbox, &["--forecast", "report.json"]);
    let total = &told["account"]["activities"][0]["against"]["total"];
    assert_eq!(
        (&total["days"], &total["forecast"]["median"]),
        (&7.into(), &300.0.into())
    );
    let ran = sandbox.run(&[
        "ledger",
        "show",
        "ledger.csv",
        "--forecast",
        "report.json",
        "--threat",
        "quiet",
    ]);
    assert_eq!(ran.code, 3);
    assert!(ran.aside.contains("no losses of quiet"), "{}", ran.aside);
}

#[test]
fn a_ledger_written_to_harm_is_text_wherever_it_is_shown() {
    let known = {
        let sandbox = ledger(&MONDAY.replace("invoice", "x\n2017-05-15,North,x,,1,measured,y"));
        vocabulary(&sandbox.output(&["ledger", "show", "ledger.csv", "--format", "html"]))
    };
    for hostile in [
        "<script>alert(1)</script>",
        "\" onmouseover=\"alert(1)",
        "=cmd|'/c calc'!A0",
        "@SUM(A1)",
        "\u{1b}]0;owned\u{7}",
        "abc\u{202e}fdp.exe\u{200b}",
    ] {
        let field = format!("\"{}\"", hostile.replace('"', "\"\""));
        let sandbox = Sandbox::new();
        let rows = format!(
            "{HEADER}2017-05-15,{field},cancelled,{field},5,measured,{field}\n2017-05-15,{field},{field},,5,measured,{field}\n"
        );
        write(&sandbox, "more.csv", &rows);
        let ran = sandbox.run(&["ledger", "add", "more.csv", "--ledger", "ledger.csv"]);
        assert_eq!(ran.code, 0, "{}", ran.aside);
        assert_eq!(hidden(&ran.aside), None);
        let written = sandbox.read("ledger.csv");
        assert_eq!(hidden(&written), None);
        for cell in written.lines().skip(1).flat_map(|line| line.split(',')) {
            let cell = cell.trim_start_matches('"');
            assert!(!cell.starts_with(['=', '@', '+', '-']), "{written}");
        }
        let again = sandbox.run(&["ledger", "add", "more.csv", "--ledger", "ledger.csv"]);
        assert!(
            again.aside.contains("repeats line 2 of ledger.csv"),
            "{}",
            again.aside
        );
        write(&sandbox, "ledger.csv", &rows);
        for format in ["text", "html", "json"] {
            let ran = sandbox.run(&["ledger", "show", "ledger.csv", "--format", format]);
            assert_eq!(ran.code, 0, "{}", ran.aside);
            assert_eq!(hidden(&ran.output), None, "{format}");
            assert_eq!(hidden(&ran.aside), None, "{format}");
            if format == "html" {
                let new: Vec<String> = vocabulary(&ran.output)
                    .difference(&known)
                    .cloned()
                    .collect();
                assert_eq!(new, [""; 0], "from {hostile:?}");
            }
        }
    }
}

#[test]
fn files_that_are_no_table_are_refused_and_named() {
    let sandbox = ledger(MONDAY);
    fs::write(sandbox.path().join("latin.csv"), b"day\n\xa35").unwrap();
    fs::write(sandbox.path().join("zeros.csv"), vec![0; 1 << 16]).unwrap();
    write(&sandbox, "empty.csv", "");
    write(&sandbox, "broken.json", "{\"answers\": [");
    for file in ["latin.csv", "zeros.csv", "empty.csv", "exports", "gone.csv"] {
        for arguments in [
            &["ledger", "show", file][..],
            &["ledger", "add", file, "--ledger", "ledger.csv"],
            &["ledger", "show", "ledger.csv", "--forecast", file],
            &["calibrate", file],
        ] {
            let ran = sandbox.run(arguments);
            assert_eq!(
                (ran.code, ran.output.as_str()),
                (3, ""),
                "{arguments:?}: {}",
                ran.aside
            );
            assert_eq!(hidden(&ran.aside), None);
        }
    }
    assert_eq!(
        sandbox
            .run(&["ledger", "show", "ledger.csv", "--forecast", "broken.json"])
            .code,
        3
    );
    assert_eq!(sandbox.read("ledger.csv"), format!("{HEADER}{MONDAY}"));
}

#[test]
fn incidents_move_what_they_speak_of_and_nothing_else() {
    let sandbox = Sandbox::new();
    let quick: String = (1..=6)
        .map(|day| format!("drill {day},2024-0{day}-01T09:00,2024-0{day}-01T09:20,,,,\n"))
        .collect();
    write(
        &sandbox,
        "incidents.csv",
        &format!("{INCIDENTS}{quick}=bad,,,x,7:1,,\n"),
    );
    let ran = sandbox.run(&["calibrate", "incidents.csv", "--format", "json"]);
    assert_eq!(ran.code, 0);
    assert!(
        ran.aside.contains("line 8, column `machines_out`"),
        "{}",
        ran.aside
    );
    let told: Value = serde_json::from_str(&ran.output).unwrap();
    let moved: Vec<(&str, bool)> = told["calibration"]["parameters"]
        .as_array()
        .unwrap()
        .iter()
        .map(|one| {
            (
                one["name"].as_str().unwrap(),
                one["is_moved"].as_bool().unwrap(),
            )
        })
        .collect();
    assert_eq!(
        moved,
        [
            ("response_delay", true),
            ("rebuild_delay", false),
            ("rebuild_most_by", false),
            ("rebuild_pace", false),
            ("kept_on_paper.outpatient_appointments", false),
        ]
    );
    let page = sandbox.output(&["calibrate", "incidents.csv"]);
    assert!(
        page.contains("They did not move rebuild_delay, rebuild_most_by"),
        "{page}"
    );
    sandbox.output(&["calibrate", "incidents.csv", "-o", "page.html"]);
    assert_eq!(sandbox.read("page.html"), page);
    write(&sandbox, "none.csv", INCIDENTS);
    assert_eq!(sandbox.run(&["calibrate", "none.csv"]).code, 3);
}

#[test]
fn cancelled_units_that_an_incident_leaves_empty_come_from_the_ledger() {
    let rows = "2024-03-05,North,cancelled,outpatient_appointments,700,measured,\n\
                2024-03-06,North,cancelled,outpatient_appointments,300,estimated,\n\
                2024-03-07,North,cancelled,outpatient_appointments,50,measured,\n\
                2024-03-08,North,spend,,50,measured,\n";
    let sandbox = ledger(rows);
    write(
        &sandbox,
        "incidents.csv",
        &format!("{INCIDENTS}outage,2024-03-05T09:30,2024-03-05T16:00,420,1:60;2:420,1900,\n"),
    );
    let ran = sandbox.run(&["calibrate", "incidents.csv"]);
    assert_eq!(ran.code, 3);
    assert!(
        ran.aside.contains("column `cancelled_units`") && ran.aside.contains("with `--ledger`"),
        "{}",
        ran.aside
    );
    let beside = ["calibrate", "incidents.csv", "--ledger", "ledger.csv"];
    let told: Value =
        serde_json::from_str(&sandbox.output(&[&beside[..], &["--format", "json"]].concat()))
            .unwrap();
    let sum = &told["from_ledger"][0];
    assert_eq!(
        (&sum["cancelled"], &sum["rows"]),
        (&1050.0.into(), &3.into())
    );
    assert_eq!(sum["days"]["last"], "2024-03-07");
    let parameters = told["calibration"]["parameters"].as_array().unwrap();
    let paper = parameters.last().unwrap();
    assert_eq!(paper["name"], "kept_on_paper.outpatient_appointments");
    assert_eq!(paper["is_moved"], true);
    let page = sandbox.output(&beside);
    for words in [
        "Taken from the ledger",
        "1050",
        "1 incident or exercise.",
        "No case stands behind what was believed before of response_delay",
    ] {
        assert!(page.contains(words), "{words}: {page}");
    }

    let ran = sandbox.run(&["calibrate", "ledger.csv"]);
    assert_eq!(ran.code, 3);
    assert!(
        ran.aside.contains("this is a ledger")
            && ran
                .aside
                .contains("`wardround calibrate incidents.csv --ledger ledger.csv`"),
        "{}",
        ran.aside
    );
}

#[test]
fn a_table_that_is_separated_by_semicolons_is_told_so() {
    let sandbox = Sandbox::new();
    write(&sandbox, "ledger.csv", &HEADER.replace(',', ";"));
    let ran = sandbox.run(&["ledger", "show", "ledger.csv"]);
    assert_eq!(ran.code, 3);
    assert!(
        ran.aside
            .contains("separated by `;` where a comma is needed"),
        "{}",
        ran.aside
    );
}

#[test]
fn what_was_fitted_is_taken_up_by_a_report_and_said_among_the_assumptions() {
    let sandbox = Sandbox::new();
    let rows = "a,2024-01-01T09:00,2024-01-01T09:20,400,1:300;2:390;3:400,,\n\
                b,2024-02-01T09:00,2024-02-01T09:30,400,1:300;2:390;3:400,1900,100\n";
    write(&sandbox, "incidents.csv", &format!("{INCIDENTS}{rows}"));
    sandbox.output(&["calibrate", "incidents.csv", "-o", "behaviour.toml"]);
    let text = sandbox.read("behaviour.toml");
    assert!(text.contains("name = \"rebuild_most_by\""), "{text}");
    let northmere = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../examples/northmere");
    let report = |more: &[&str]| -> Value {
        let folder = northmere.to_str().unwrap();
        let all = [
            &["report", folder, "--threat", "wannacry", "--format", "json"],
            more,
        ]
        .concat();
        serde_json::from_str(&sandbox.output(&all)).unwrap()
    };
    let (built_in, fitted) = (report(&[]), report(&["--calibrated", "behaviour.toml"]));
    let answer = |of: &Value| of["answers"][0].clone();
    // The outbreaks are the same, and cost less where machines are back within days and most is done on paper.
    assert_eq!(answer(&built_in)["drawn"], answer(&fitted)["drawn"]);
    let cost = |of: &Value| answer(of)["losses"]["worth_gbp"]["mean"].as_f64().unwrap();
    assert!(cost(&fitted) < 0.7 * cost(&built_in));
    let assumptions = fitted["assumptions"].to_string();
    assert!(assumptions.contains("hours until most machines are back"));
    assert!(assumptions.contains("fitted to 2 incidents or exercises of one's own"));
    assert!(assumptions.contains("not used here: in this scenario nobody intervenes"));
    assert!(
        fitted["made"]["command"]
            .as_str()
            .unwrap()
            .contains("--calibrated behaviour.toml")
    );

    let outbreak = |more: &[&str]| {
        let all = [
            &["outbreak", northmere.to_str().unwrap(), "--worlds", "10"],
            more,
        ]
        .concat();
        sandbox.run(&all)
    };
    let (never, acting) = (outbreak(&[]), outbreak(&["--calibrated", "behaviour.toml"]));
    assert_eq!((never.code, acting.code), (0, 0), "{}", acting.aside);
    assert_ne!(never.output, acting.output);
    write(&sandbox, "other.toml", "mood = 1\n");
    let ran = outbreak(&["--calibrated", "other.toml"]);
    assert!(
        ran.code == 3 && ran.aside.contains("other.toml"),
        "{}",
        ran.aside
    );
    assert_eq!(outbreak(&["--notice-after", "9"]).code, 2);
}
