//! The formats, in alphabetical order; each is a folder with its samples.

mod defender_api_json;
mod defender_hunting_csv;
mod defender_hunting_json;
mod estate_tables;
mod estate_toml;
mod inventory_csv;
mod nessus_xml;
mod netstat_listing;
mod nmap_xml;
#[cfg(test)]
mod testing;
#[cfg(test)]
mod tests;
mod unread_exports;
mod windows_hotfix;
mod windows_quick_fix_list;
mod windows_systeminfo;
mod windows_update_titles;

pub(crate) use self::inventory_csv::near_miss;
use crate::Reader;

/// All readers.
#[must_use]
pub fn readers() -> &'static [&'static dyn Reader] {
    &[
        &defender_api_json::DefenderApiJson,
        &defender_hunting_csv::DefenderHuntingCsv,
        &defender_hunting_json::DefenderHuntingJson,
        &estate_tables::EstateTables,
        &estate_toml::EstateToml,
        &inventory_csv::InventoryCsv,
        &nessus_xml::NessusXml,
        &netstat_listing::NetstatListing,
        &nmap_xml::NmapXml,
        &unread_exports::UnreadExports,
        &windows_hotfix::WindowsHotfix,
        &windows_quick_fix_list::WindowsQuickFixList,
        &windows_systeminfo::WindowsSysteminfo,
        &windows_update_titles::WindowsUpdateTitles,
    ]
}
