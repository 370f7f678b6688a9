//! Samples of our own making, beside what is read from them.

use crate::formats::testing::check;

#[test]
fn cut_names_txt() {
    check("windows_hotfix/cut_names.txt");
}

#[test]
fn hostile_txt() {
    check("windows_hotfix/hostile.txt");
}

#[test]
fn list_txt() {
    check("windows_hotfix/list.txt");
}

#[test]
fn objects_json() {
    check("windows_hotfix/objects.json");
}

#[test]
fn ordinary_txt() {
    check("windows_hotfix/ordinary.txt");
}

#[test]
fn rows_csv() {
    check("windows_hotfix/rows.csv");
}

#[test]
fn truncated_json() {
    check("windows_hotfix/truncated.json");
}

#[test]
fn rows_french_csv() {
    check("windows_hotfix/rows_french.csv");
}
