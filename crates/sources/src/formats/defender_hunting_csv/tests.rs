//! Each sample beside what came of it.

use std::fmt::Write as _;
use std::io::Cursor;

use wardround_evidence::SourceExtent;

use crate::formats::testing::check;
use crate::{Limits, read};

#[test]
fn devices_stay_as_often_as_they_reported() {
    check("defender_hunting_csv/device_info.csv");
    check("defender_hunting_csv/truncated.csv");
}

#[test]
fn a_build_or_missing_update_is_kept_once_for_each_device() {
    check("defender_hunting_csv/vulnerabilities.csv");
    check("defender_hunting_csv/software_inventory.csv");
}

#[test]
fn a_spreadsheet_may_have_changed_separators_and_times() {
    check("defender_hunting_csv/semicolons.csv");
}

#[test]
fn a_check_that_does_not_apply_says_nothing() {
    check("defender_hunting_csv/secure_configuration.csv");
}

#[test]
fn what_a_machine_wrote_is_text() {
    check("defender_hunting_csv/hostile.csv");
}

#[test]
fn an_export_of_exactly_the_row_limit_is_cut() {
    for (rows, is_cut) in [
        (9_999, false),
        (10_000, true),
        (30_000, true),
        (30_001, false),
    ] {
        let mut text = "DeviceId,CveId\n".to_owned();
        for row in 0..rows {
            let _ = writeln!(text, "d{},CVE-2024-1", row % 10);
        }
        let outcome = read("export.csv", &mut Cursor::new(text), Limits::DEFAULT);
        let reading = &outcome.readings[0];
        let cut = matches!(reading.source.extent, SourceExtent::Cut(_));
        assert_eq!(cut, is_cut, "{rows} rows");
        assert_eq!(reading.counts["rows_other_flaws"], rows);
        // The first row of each device, which shows that there is one.
        assert_eq!(reading.statements.len(), 10);
    }
}
