//! Samples of our own making, beside what is read from them.

use crate::formats::testing::check;

#[test]
fn french_code_page_list_cut_txt() {
    check("windows_systeminfo/french_code_page_list_cut.txt");
}

#[test]
fn hostile_txt() {
    check("windows_systeminfo/hostile.txt");
}

#[test]
fn ordinary_txt() {
    check("windows_systeminfo/ordinary.txt");
}

#[test]
fn rows_csv() {
    check("windows_systeminfo/rows.csv");
}

#[test]
fn russian_utf16_txt() {
    check("windows_systeminfo/russian_utf16.txt");
}

#[test]
fn truncated_txt() {
    check("windows_systeminfo/truncated.txt");
}

#[test]
fn truncated_before_updates_txt() {
    check("windows_systeminfo/truncated_before_updates.txt");
}

#[test]
fn two_machines_txt() {
    check("windows_systeminfo/two_machines.txt");
}
