//! Each sample beside what came of it.

use crate::formats::testing::check;

#[test]
fn a_page_of_machines_is_one_of_several() {
    check("defender_api_json/machines.json");
    check("defender_api_json/empty.json");
}

#[test]
fn findings_give_builds_updates_and_the_flaws_that_matter() {
    check("defender_api_json/vulnerabilities.json");
}

#[test]
fn odd_values_cost_themselves_only() {
    check("defender_api_json/hostile.json");
    check("defender_api_json/truncated.json");
}
