//! Samples beside what comes of them.

use crate::formats::testing::check;

#[test]
fn a_file_of_version_1_is_refused_by_name() {
    check("other_scanner_exports/version_1.nessus");
}

#[test]
fn tables_of_findings_are_refused_by_name() {
    check("other_scanner_exports/nessus_findings.csv");
    check("other_scanner_exports/security_center.csv");
    check("other_scanner_exports/vulnerability_management.csv");
}

#[test]
fn qualys_reports_are_refused_by_name() {
    check("other_scanner_exports/qualys_assets.xml");
    check("other_scanner_exports/qualys_scan.xml");
    check("other_scanner_exports/qualys_findings.csv");
}

#[test]
fn nexpose_reports_are_refused_by_name() {
    check("other_scanner_exports/nexpose.xml");
}
