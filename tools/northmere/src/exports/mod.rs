//! The files: one module per format, and what they share.

mod api_pages;
mod collecting;
mod description;
mod hunting;
mod hunting_tables;
mod installed_lists;
mod nmap;
mod nmap_scripts;
mod packing;
mod record_text;
mod said;
mod settings;
mod statements;
mod system_text;
mod system_words;
mod table_text;
mod texts;
mod vulnerabilities;

pub(crate) use collecting::exports_of;
pub(crate) use description::description;
