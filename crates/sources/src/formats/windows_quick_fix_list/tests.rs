//! Samples of our own making, beside what is read from them.

use crate::formats::testing::check;

#[test]
fn brief_names_no_machine_txt() {
    check("windows_quick_fix_list/brief_names_no_machine.txt");
}

#[test]
fn hostile_txt() {
    check("windows_quick_fix_list/hostile.txt");
}

#[test]
fn list_txt() {
    check("windows_quick_fix_list/list.txt");
}

#[test]
fn ordinary_txt() {
    check("windows_quick_fix_list/ordinary.txt");
}

#[test]
fn rows_csv() {
    check("windows_quick_fix_list/rows.csv");
}

#[test]
fn truncated_txt() {
    check("windows_quick_fix_list/truncated.txt");
}

#[test]
fn vista_two_machines_txt() {
    check("windows_quick_fix_list/vista_two_machines.txt");
}

#[test]
fn xp_message_before_utf16_txt() {
    check("windows_quick_fix_list/xp_message_before_utf16.txt");
}
