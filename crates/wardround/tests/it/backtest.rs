//! `wardround backtest`: every quantity under its name, and a page without scripts.

use serde_json::Value;

use crate::sandbox::Sandbox;

#[test]
fn the_json_has_every_quantity_with_quantiles_and_draws() {
    let sandbox = Sandbox::new();
    let few = ["--draws", "3", "--compare", "1"];
    let asked = ["-q", "backtest", "england-2017", "--format", "json"];
    let text = sandbox.output(&[&asked[..], &few[..]].concat());
    let answer: Value = serde_json::from_str(&text).expect("it is JSON");
    let quantities = &answer["quantities"];
    for name in [
        "excess_outpatient_cancellations_12_18_may",
        "excess_outpatient_cancellations_12_18_may_all_trusts",
        "elective_admissions_lost",
        "emergency_admissions_lost",
        "ae_attendances_lost",
        "lost_activity_gbp",
        "pcs_infected_wales",
    ] {
        assert_eq!(
            quantities[name]["draws"].as_array().map(Vec::len),
            Some(3),
            "{name}"
        );
        assert!(quantities[name]["scope"].is_string(), "{name}");
        for share in ["05", "25", "50", "75", "95"] {
            assert!(
                quantities[name]["quantiles"][share].is_number(),
                "{name} {share}"
            );
        }
    }
    for (name, one) in [
        ("trusts_infected_by_region", "midlands_east"),
        ("organisations_reporting_by_hour", "24:00"),
        (
            "same_if_all_trusts_infected",
            "excess_outpatient_cancellations_12_18_may",
        ),
        ("same_if_all_trusts_infected", "elective_admissions_lost"),
        ("same_if_all_trusts_infected", "emergency_admissions_lost"),
        ("same_if_all_trusts_infected", "ae_attendances_lost"),
        ("same_if_all_trusts_infected", "lost_activity_gbp"),
        ("ae_sites_diverting_by_day", "2017-05-17"),
    ] {
        assert_eq!(
            quantities[name][one]["draws"].as_array().map(Vec::len),
            Some(3),
            "{name}"
        );
    }
    // Each draw has its place, with null where it has no such trust.
    let shares = quantities["pcs_infected_share_large_trust"]["draws"].as_array();
    assert_eq!(shares.map(Vec::len), Some(3));
    assert_eq!((&answer["fit"], &answer["draws"]), (&500.into(), &3.into()));
    let beside = answer["reported_beside_predicted"]
        .as_array()
        .expect("a list");
    assert!(
        beside
            .iter()
            .all(|row| row["predicted"]["interval"].is_number())
    );
    // Every outcome that everyone knows is told, also those of which nothing is predicted.
    let told = beside.iter().chain(
        answer["reported_and_not_predicted"]
            .as_array()
            .expect("a list"),
    );
    let told: Vec<f64> = told.filter_map(|row| row["reported"].as_f64()).collect();
    assert_eq!(told, [46.0, 80.0, 595.0, 6_912.0, 19_494.0, 139.0, 603.0]);
    let ends: Vec<&Value> = (answer["counterfactuals"].as_array().expect("a list").iter())
        .map(|row| &row["way_in"])
        .collect();
    assert!(ends.contains(&&Value::from("by the internet alone")));
    assert!(ends.contains(&&Value::from("by the national network")));
    // Each conclusion is tried at both ends, and says whether it comes out.
    let conclusions = answer["conclusions"].as_array().expect("a list");
    for conclusion in conclusions {
        let ends = conclusion["ends"].as_array().expect("a list");
        assert_eq!(ends.len(), 2, "{}", conclusion["said"]);
        assert!(ends.iter().all(|end| end["comes_out"].is_string()));
    }
    assert!(!conclusions.is_empty());
}

#[test]
fn the_open_internet_has_its_quantiles_and_every_fitted_draw() {
    let sandbox = Sandbox::new();
    let text = sandbox.output(&["-q", "backtest", "world-2017", "--format", "json"]);
    let answer: Value = serde_json::from_str(&text).expect("it is JSON");
    assert_eq!(answer["draws"].as_array().map(Vec::len), Some(500));
    for (name, shares) in answer["quantiles"].as_object().expect("a map") {
        let shares = shares.as_object().expect("a map");
        let values: Vec<f64> = shares.values().filter_map(Value::as_f64).collect();
        assert!(
            values.len() == 5 && values.is_sorted(),
            "{name}: {values:?}"
        );
        assert!(values[0] > 0.0, "{name}");
    }
    assert_eq!(
        answer["quantiles"].as_object().map(serde_json::Map::len),
        Some(4)
    );
}

#[test]
fn threads_change_nothing_of_a_backtest() {
    let sandbox = Sandbox::new();
    let page = |threads: &str| {
        let asked = [
            "-q",
            "backtest",
            "england-2017",
            "--draws",
            "4",
            "--compare",
            "1",
        ];
        sandbox.output(&[&asked[..], &["--threads", threads]].concat())
    };
    let one = page("1");
    assert_eq!(one, page("2"));
    assert!(one.starts_with("<!DOCTYPE html>") && !one.contains("<script"));
}
