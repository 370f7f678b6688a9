//! Samples of our own making, beside what is read from them.

use crate::formats::testing::check;

#[test]
fn hostile_txt() {
    check("windows_update_titles/hostile.txt");
}

#[test]
fn ordinary_txt() {
    check("windows_update_titles/ordinary.txt");
}

#[test]
fn truncated_txt() {
    check("windows_update_titles/truncated.txt");
}
