//! Samples beside what comes of them.

use crate::formats::testing::check;

#[test]
fn a_finished_scan_tells_ports_scripts_and_systems() {
    check("nmap_xml/ordinary.xml");
}

#[test]
fn an_old_scan_is_read_from_the_text_of_its_scripts() {
    check("nmap_xml/old_text_only.xml");
}

#[test]
fn what_stands_before_the_declaration_is_passed_over() {
    check("nmap_xml/comment_first.xml");
}

#[test]
fn a_truncated_scan_keeps_its_whole_hosts() {
    check("nmap_xml/truncated.xml");
}

#[test]
fn a_scan_without_closing_statistics_is_cut() {
    check("nmap_xml/unfinished.xml");
}

#[test]
fn hosts_before_tags_that_do_not_nest_are_kept() {
    check("nmap_xml/tags_do_not_nest.xml");
}

#[test]
fn a_file_that_defines_entities_is_refused_whole() {
    check("nmap_xml/hostile_subset.xml");
}

#[test]
fn what_a_machine_says_of_itself_stays_text() {
    check("nmap_xml/hostile_names.xml");
}

#[test]
fn unlisted_ports_are_told_where_nmap_names_them() {
    check("nmap_xml/unlisted_ports.xml");
}
