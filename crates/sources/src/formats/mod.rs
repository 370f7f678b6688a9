//! The formats, in alphabetical order; each is a folder with its samples.

mod estate_tables;
mod estate_toml;
mod nmap_xml;
#[cfg(test)]
mod testing;
#[cfg(test)]
mod tests;

use crate::Reader;

/// All readers.
#[must_use]
pub fn readers() -> &'static [&'static dyn Reader] {
    &[
        &estate_tables::EstateTables,
        &estate_toml::EstateToml,
        &nmap_xml::NmapXml,
    ]
}
