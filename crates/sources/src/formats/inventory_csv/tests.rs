//! Samples beside what comes of them.

use crate::formats::testing::check;

#[test]
fn devices_of_intune_comply_without_being_patched() {
    check("inventory_csv/intune_devices.csv");
}

#[test]
fn what_configuration_manager_knows_without_a_client_is_inferred() {
    check("inventory_csv/configmgr_devices.csv");
}

#[test]
fn rows_of_one_machine_are_one_statement() {
    check("inventory_csv/configmgr_updates.csv");
}

#[test]
fn an_update_that_waits_for_a_restart_is_not_installed() {
    check("inventory_csv/wsus_updates.csv");
}

#[test]
fn the_defender_portal_counts_as_defender() {
    check("inventory_csv/defender_portal.csv");
}

#[test]
fn what_someone_wrote_down_is_declared() {
    check("inventory_csv/home_made.csv");
}

#[test]
fn days_that_may_be_months_are_not_guessed() {
    check("inventory_csv/active_directory.csv");
}

#[test]
fn a_list_that_ends_in_a_row_is_cut() {
    check("inventory_csv/truncated.csv");
}

#[test]
fn formulas_markup_and_absurd_numbers_stay_text() {
    check("inventory_csv/hostile.csv");
}

#[test]
fn german_csv() {
    check("inventory_csv/german.csv");
}

#[test]
fn serial_numbers_that_a_spreadsheet_rounded_join_no_machines() {
    check("inventory_csv/rounded_serials.csv");
}

#[test]
fn a_bare_yes_below_the_name_of_the_bulletin_settles_nothing() {
    check("inventory_csv/bulletin_alone.csv");
}

#[test]
fn that_a_flaw_is_present_is_not_that_its_fix_is() {
    check("inventory_csv/flaw_asked_for.csv");
}

#[test]
fn a_build_may_stand_in_the_name_of_the_system() {
    check("inventory_csv/build_in_name.csv");
}

#[test]
fn a_row_without_a_date_does_not_take_that_of_its_list() {
    check("inventory_csv/dates_of_rows.csv");
}

#[test]
fn that_a_machine_waits_for_a_restart_is_said_of_the_machine() {
    check("inventory_csv/restarts.csv");
}

#[test]
fn an_update_that_is_missing_holds_back_no_other_by_the_restart_that_it_will_need() {
    check("inventory_csv/restarts_of_updates.csv");
}

#[test]
fn a_row_is_as_old_as_its_check() {
    check("inventory_csv/checked_rows.csv");
    check("inventory_csv/checked_and_seen.csv");
}

#[test]
fn a_bare_number_is_no_date_of_a_check() {
    check("inventory_csv/numbers_of_staff.csv");
    check("inventory_csv/tested_rows.csv");
}

#[test]
fn dates_of_which_nobody_knows_what_they_are_leave_rows_of_an_unknown_time() {
    check("inventory_csv/unclear_dates.csv");
}

#[test]
fn when_a_machine_was_bought_says_nothing_of_its_row() {
    check("inventory_csv/days_of_machines.csv");
}

#[test]
fn the_name_of_a_user_is_no_name_of_a_machine() {
    check("inventory_csv/management_name.csv");
}

#[test]
fn the_database_of_configuration_manager_has_names_that_end_in_a_zero() {
    check("inventory_csv/configmgr_views.csv");
}

#[test]
fn the_console_of_wsus_calls_the_build_a_version() {
    check("inventory_csv/wsus_computers.csv");
}

#[test]
fn the_numbers_of_wsus_are_not_those_of_configuration_manager() {
    check("inventory_csv/wsus_numbers.csv");
}

#[test]
fn a_number_that_intune_has_for_a_system_does_not_cost_the_build() {
    check("inventory_csv/intune_compliance.csv");
}

#[test]
fn a_report_on_an_update_that_does_not_say_which_is_inventoried_and_says_nothing_of_updates() {
    check("inventory_csv/intune_quality_update.csv");
}

#[test]
fn a_list_of_articles_is_of_no_tool_that_it_does_not_show() {
    check("inventory_csv/article_compliance.csv");
}

#[test]
fn the_portals_addresses_of_devices_are_theirs() {
    check("inventory_csv/defender_devices.csv");
}

#[test]
fn an_update_may_be_named_in_a_heading() {
    check("inventory_csv/named_updates.csv");
}

#[test]
fn a_number_below_a_plural_is_no_name() {
    check("inventory_csv/counted_computers.csv");
}
