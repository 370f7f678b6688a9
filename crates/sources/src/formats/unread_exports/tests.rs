//! Samples beside what comes of them.

use crate::formats::testing::check;

#[test]
fn a_file_of_version_1_is_refused_by_name() {
    check("unread_exports/version_1.nessus");
}

#[test]
fn tables_of_findings_are_refused_by_name() {
    check("unread_exports/nessus_findings.csv");
    check("unread_exports/security_center.csv");
    check("unread_exports/vulnerability_management.csv");
}

#[test]
fn qualys_reports_are_refused_by_name() {
    check("unread_exports/qualys_assets.xml");
    check("unread_exports/qualys_scan.xml");
    check("unread_exports/qualys_findings.csv");
}

#[test]
fn nexpose_reports_are_refused_by_name() {
    check("unread_exports/nexpose.xml");
}

#[test]
fn greenbone_reports_are_refused_by_name() {
    check("unread_exports/greenbone.xml");
    check("unread_exports/greenbone.csv");
}

#[test]
fn scans_in_other_shapes_are_refused_by_name() {
    check("unread_exports/scan.gnmap");
    check("unread_exports/scan.nmap");
    check("unread_exports/screen.txt");
    check("unread_exports/masscan.json");
    check("unread_exports/insightvm.csv");
    check("unread_exports/computer_info.txt");
    check("unread_exports/security_center_ips.csv");
}

#[test]
fn a_listing_turned_into_json_is_refused_by_name() {
    check("unread_exports/netstat.json");
}
