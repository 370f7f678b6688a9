//! Exports that are known by name and not read, each with what to export instead.
//!
//! They prove nothing here. A file that nobody recognises looks like a mistake; one of these is a choice: a table of findings
//! says neither whether the scan could log in nor when it looked, and so cannot tell *closed* from *not looked for*.

#[cfg(test)]
mod tests;

use std::io::BufRead;

use crate::xml::root_name;
use crate::{Head, ReadError, Reader, Sink};

/// Knows exports that are not read.
pub(super) struct UnreadExports;

/// A format that is refused by name.
struct Export {
    /// The words for it.
    what: &'static str,
    /// Why it is not read, and what is.
    instead: &'static str,
    /// Whether a file that begins like this is one.
    is: fn(&Head<'_>) -> bool,
}

const EXPORTS: &[Export] = &[
    Export {
        what: "version 1 of Nessus's file",
        instead: "export the scan from Nessus 4.2 or later as `.nessus`, which is version 2",
        is: |head| root_name(head.text()) == Some("NessusClientData"),
    },
    Export {
        what: "a table of findings from Nessus or Tenable Security Center (CSV)",
        instead: "it does not say of each host whether the scan could log in; export the scan as `.nessus`",
        is: |head| {
            let columns = ["Plugin ID", "CVE", "Risk", "Host", "Plugin Output"];
            let of_security_center = ["Plugin", "Plugin Name", "Family", "Severity", "IP Address"];
            [',', ';'].into_iter().any(|separator| {
                has_columns(head.first_line(), separator, &columns)
                    || has_columns(head.first_line(), separator, &of_security_center)
            })
        },
    },
    Export {
        what: "a table of findings from Tenable Vulnerability Management (CSV)",
        instead: "it does not say of each host whether the scan could log in; export the scan as `.nessus`",
        is: |head| {
            let columns = ["asset.id", "asset.name", "definition.id", "definition.name"];
            [',', ';']
                .into_iter()
                .any(|separator| has_columns(head.first_line(), separator, &columns))
        },
    },
    Export {
        what: "a Qualys report (XML)",
        instead: "no reader for it exists yet; export the machines that it knows as an inventory in CSV",
        is: |head| {
            matches!(
                root_name(head.text()),
                Some("ASSET_DATA_REPORT" | "HOST_LIST_VM_DETECTION_OUTPUT" | "HOST_LIST_OUTPUT")
            ) || root_name(head.text()) == Some("SCAN")
                && head.text().contains("<SCAN value=\"scan/")
        },
    },
    Export {
        what: "a Qualys report (CSV)",
        instead: "no reader for it exists yet; export the machines that it knows as an inventory in CSV",
        is: |head| {
            let columns = ["QID", "Title", "Severity"];
            // Lines about the report and whose it is stand before the heading.
            head.text()
                .lines()
                .take(12)
                .any(|line| has_columns(line, ',', &columns))
        },
    },
    Export {
        what: "a Nexpose or InsightVM report (XML)",
        instead: "no reader for it exists yet; export the machines that it knows as an inventory in CSV",
        is: |head| {
            matches!(
                root_name(head.text()),
                Some("NexposeReport" | "NeXposeSimpleXML")
            )
        },
    },
    Export {
        what: "a table of findings from Nexpose or InsightVM (CSV)",
        instead: "no reader for it exists yet; export the machines that it knows as an inventory in CSV",
        is: |head| {
            let columns = ["Asset IP Address", "Vulnerability Title"];
            [',', ';']
                .into_iter()
                .any(|separator| has_columns(head.first_line(), separator, &columns))
        },
    },
    Export {
        what: "a scan by nmap as text (`-oN`, `-oG` or what it shows)",
        instead: "it leaves out what scripts found in a form that can be relied on; write the scan with `-oX` or `-oA` and give \
                  the `.xml`",
        is: |head| {
            let line = head.first_line();
            (line.starts_with("# Nmap ") && line.contains(" scan initiated "))
                || line.starts_with("Starting Nmap ")
        },
    },
    Export {
        what: "a scan by masscan as JSON or as a list",
        instead: "write the scan with `-oX` and give the `.xml`",
        is: |head| {
            let keys = ["\"ip\"", "\"timestamp\"", "\"ports\"", "\"proto\""];
            (head.begins_with("[") || head.begins_with("{"))
                && keys.iter().all(|key| head.text().contains(key))
                || head.first_line() == "#masscan"
        },
    },
    Export {
        what: "a list of `Get-ComputerInfo`",
        instead: "its list of updates is cut and its names differ between versions; run `systeminfo` and `Get-HotFix` instead",
        is: |head| {
            let keys = ["WindowsProductName", "OsHotFixes", "CsName"];
            keys.iter().all(|key| head.text().contains(key))
        },
    },
    Export {
        what: "a Greenbone or OpenVAS report",
        instead: "no reader for it exists yet; export the machines that it knows as an inventory in CSV",
        is: |head| {
            let is_report = match root_name(head.text()) {
                Some("get_reports_response") => true,
                Some("report") => ["<nvt oid=", "<omp>", "<gmp>", "extension=\"xml\""]
                    .iter()
                    .any(|sign| head.text().contains(sign)),
                _ => false,
            };
            is_report || has_columns(head.first_line(), ',', &["IP", "NVT Name", "NVT OID"])
        },
    },
    Export {
        what: "a netstat listing that another program turned into JSON",
        instead: "give the listing as netstat itself wrote it",
        is: |head| {
            let keys = ["\"proto\"", "\"local_address\"", "\"foreign_address\""];
            head.begins_with("[") && keys.iter().all(|key| head.text().contains(key))
        },
    },
];

impl Reader for UnreadExports {
    fn id(&self) -> &'static str {
        "unread_exports"
    }

    fn title(&self) -> &'static str {
        "known export"
    }

    fn recognise(&self, head: &Head<'_>) -> bool {
        known(head).is_some()
    }

    fn read(&self, input: &mut dyn BufRead, _: &mut Sink) -> Result<(), ReadError> {
        let export = known(&Head::new(input.fill_buf()?));
        Err(export.map_or_else(
            || ReadError::malformed("its beginning cannot be read", 1),
            |export| ReadError::NotRead {
                what: export.what,
                instead: export.instead,
            },
        ))
    }
}

fn known(head: &Head<'_>) -> Option<&'static Export> {
    EXPORTS.iter().find(|export| (export.is)(head))
}

/// Whether a heading has all of some columns.
fn has_columns(line: &str, separator: char, columns: &[&str]) -> bool {
    let names: Vec<&str> = line
        .split(separator)
        .map(|name| name.trim().trim_matches('"'))
        .collect();
    columns.iter().all(|column| names.contains(column))
}
