//! nmap's XML output (`-oX`, `-oA`), versions 4.5 to 7.9x, and that of tools which imitate it.
//!
//! What it proves: port states, SMB dialects, SMB signing and MS17-010 were *tested* from where the scanner stood;
//! operating systems are *inferred*, from fingerprints or from what the SMB or Remote Desktop server said of itself.
//! `filtered` says nothing of a host. Ports that are not listed one by one (`extraports`) are counted and never guessed
//! at; where nmap names them (`extrareasons`, since 7.90), those that the built-in threats enter by are kept. A host that
//! was only assumed to be up (`-Pn`) counts as answering when a port answered.
//!
//! Output of other scripts, user names and the command line are not kept.

mod counts;
mod host;
mod run;
mod scripts;
#[cfg(test)]
mod tests;
mod walk;

use std::io::BufRead;

use crate::xml::root_name;
use crate::{Head, ReadError, Reader, Sink};

/// Reads nmap's XML.
pub(super) struct NmapXml;

impl Reader for NmapXml {
    fn id(&self) -> &'static str {
        "nmap_xml"
    }

    fn title(&self) -> &'static str {
        "nmap scan"
    }

    fn recognise(&self, head: &Head<'_>) -> bool {
        root_name(head.text()) == Some("nmaprun")
    }

    fn read(&self, input: &mut dyn BufRead, sink: &mut Sink) -> Result<(), ReadError> {
        walk::read(input, sink)
    }
}
