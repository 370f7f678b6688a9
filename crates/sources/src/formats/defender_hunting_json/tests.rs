//! Each sample beside what came of it.

use crate::formats::testing::check;

#[test]
fn every_shape_of_an_answer_is_read() {
    for sample in [
        "answer.json",
        "graph_answer.json",
        "array.json",
        "lines.jsonl",
        "per_device_export.json",
    ] {
        check(&format!("defender_hunting_json/{sample}"));
    }
}

#[test]
fn an_answer_cut_short_keeps_its_rows_and_says_so() {
    check("defender_hunting_json/truncated.json");
}

#[test]
fn bad_rows_cost_themselves_and_nesting_ends_the_reading() {
    check("defender_hunting_json/hostile.json");
}
