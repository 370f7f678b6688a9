//! Nessus scans in version 2 of its file (`.nessus`), from Nessus 4 to 10 and from what exports the same.
//!
//! What it proves: services, SMB dialects and signing, and what a remote plugin found were *tested* from where the scanner
//! stood; what a local plugin found after logging in is *inventoried*; a system is *inventoried* where the scan logged in,
//! else *inferred*, with the confidence that the scanner itself states. Whether checks were credentialed is kept for each
//! host.
//!
//! What it does not prove: a plugin that reported nothing may have been left out of the policy, superseded, or not have been
//! able to log in. So an absence is never read as a fix, credentialed or not. What a policy lists is what was to be looked
//! for and is no finding. Where logging in failed, that stands with the host, since its patch results mean nothing.
//!
//! Of plugins' output only the few lines that are named in `plugins.rs` are read, and none is kept; of flaws only those by
//! which built-in threats enter. Element names and properties: "Nessus v2 File Format" of Tenable, Inc. (2014), and files
//! of Nessus 4.2 (2009), 5 (2013, 2014) and 10 (2022).

mod clock;
mod host;
mod lines;
mod plugins;
mod properties;
#[cfg(test)]
mod tests;
mod walk;

use std::io::BufRead;

use crate::xml::root_name;
use crate::{Head, ReadError, Reader, Sink};

/// Reads Nessus's XML.
pub(super) struct NessusXml;

impl Reader for NessusXml {
    fn id(&self) -> &'static str {
        "nessus_xml"
    }

    fn title(&self) -> &'static str {
        "Nessus scan"
    }

    fn recognise(&self, head: &Head<'_>) -> bool {
        root_name(head.text()) == Some("NessusClientData_v2")
    }

    fn read(&self, input: &mut dyn BufRead, sink: &mut Sink) -> Result<(), ReadError> {
        walk::read(input, sink)
    }
}
