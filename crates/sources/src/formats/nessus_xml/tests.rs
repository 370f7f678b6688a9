//! Samples beside what comes of them.

use std::io::Cursor;

use wardround_evidence::{Fact, SourceExtent};

use crate::formats::testing::check;
use crate::{Limits, read};

#[test]
fn a_scan_tells_what_it_tested_what_it_listed_and_where_it_could_not_log_in() {
    check("nessus_xml/ordinary.nessus");
}

#[test]
fn a_guess_that_does_not_say_how_sure_it_is_says_so() {
    check("nessus_xml/unstated_confidence.nessus");
}

#[test]
fn an_old_scan_is_read_from_the_report_on_itself() {
    check("nessus_xml/old.nessus");
}

#[test]
fn a_truncated_scan_keeps_its_whole_hosts() {
    check("nessus_xml/truncated.nessus");
}

#[test]
fn a_plugin_in_a_policy_is_no_finding() {
    check("nessus_xml/policy_only.nessus");
}

#[test]
fn a_file_that_defines_entities_is_refused_whole() {
    check("nessus_xml/hostile_subset.nessus");
}

#[test]
fn what_a_machine_says_of_itself_stays_text_and_is_no_report() {
    check("nessus_xml/hostile_names.nessus");
}

#[test]
fn a_policy_and_an_output_longer_than_any_event_are_passed_over() {
    let plugins = "97833;".repeat(400_000);
    let output = "&lt;a line&gt; of output\n".repeat(100_000);
    let text = format!(
        "<NessusClientData_v2><Policy><value>{plugins}</value></Policy><Report>\
         <ReportHost name='10.0.0.1'><ReportItem port='445' protocol='tcp' pluginID='11011'>\
         <plugin_output>{output}</plugin_output></ReportItem></ReportHost></Report></NessusClientData_v2>"
    );
    let outcome = read("long", &mut Cursor::new(text), Limits::DEFAULT);
    let reading = &outcome.readings[0];
    assert_eq!(reading.source.extent, SourceExtent::Whole);
    let ports = reading.statements[0].observed.iter();
    assert_eq!(
        ports.filter(|it| matches!(it.fact, Fact::Port(..))).count(),
        1
    );
}

#[test]
fn the_kernels_own_file_tells_the_revision_of_its_release() {
    check("nessus_xml/rollups.nessus");
}

#[test]
fn what_a_scan_could_not_log_in_to_is_told_from_what_it_had_no_credentials_for() {
    check("nessus_xml/log_in.nessus");
}
