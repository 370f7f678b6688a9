//! Each sample beside what came of it.

use crate::formats::testing::check;

#[test]
fn every_table_declares_its_rows() {
    for sample in [
        "organisations",
        "sites",
        "networks_for_excel",
        "borders",
        "boundaries",
        "links",
        "log_ons",
        "services",
        "services_own_shares",
        "claims",
        "authorities",
        "vantages",
        "collections",
    ] {
        check(&format!("estate_tables/{sample}.csv"));
    }
}

#[test]
fn a_table_cut_inside_a_row_says_so() {
    check("estate_tables/truncated.csv");
}

#[test]
fn formulas_and_markup_are_text_and_bad_rows_are_skipped() {
    check("estate_tables/hostile.csv");
}

#[test]
fn a_missing_column_is_named() {
    check("estate_tables/missing_column.csv");
}
