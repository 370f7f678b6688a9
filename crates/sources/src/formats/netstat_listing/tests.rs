//! Samples beside what comes of them.

use crate::formats::testing::check;

#[test]
fn windows_is_known_by_its_conversations_and_not_by_virtual_networks() {
    check("netstat_listing/windows.txt");
}

#[test]
fn windows_in_another_language_listens_where_there_is_no_other_side() {
    check("netstat_listing/windows_german.txt");
}

#[test]
fn linux_keeps_nothing_of_owners_and_sockets_of_its_own() {
    check("netstat_listing/linux.txt");
}

#[test]
fn a_mac_writes_points_before_ports() {
    check("netstat_listing/mac.txt");
}

#[test]
fn without_listening_sockets_the_lower_port_is_the_service() {
    check("netstat_listing/connections_only.txt");
}

#[test]
fn listings_of_two_machines_stay_apart() {
    check("netstat_listing/two_machines.txt");
}

#[test]
fn a_listing_that_shows_no_address_names_no_machine() {
    check("netstat_listing/no_address.txt");
}

#[test]
fn a_cut_listing_keeps_its_whole_lines() {
    check("netstat_listing/truncated.txt");
}

#[test]
fn absurd_ports_and_addresses_are_no_sockets() {
    check("netstat_listing/hostile.txt");
}
