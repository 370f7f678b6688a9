//! Pages of the Microsoft Defender for Endpoint API: machines, and vulnerabilities by machine.

mod machine;
#[cfg(test)]
mod tests;

use std::io::BufRead;

use serde_json::Value;
use wardround_evidence::{Identifier, Position, When};

use self::machine::machine;
use crate::defender::{FAMILY, Finding, Product, SCHEME, Seen};
use crate::json_rows::{JsonRow, each_row};
use crate::{Head, ReadError, Reader, Sink};

/// A page of machines, or of vulnerabilities by machine and software.
///
/// - **Tool**: Microsoft Defender for Endpoint API. Shapes and properties: "List machines API", "Machine resource type" and
///   "List vulnerabilities by machine and software" (learn.microsoft.com/defender-endpoint/api/), and two sample pages that
///   another project tests with, which have `mergedIntoMachineId` and `ipAddresses` with `macAddress` besides.
/// - **Proves**: what the agent on a machine *inventoried*: its system, addresses, whether it reports, its build, missing
///   updates and flaws. What is said of a machine that is not onboarded is *inferred* by discovery.
/// - **Complete**: never taken to be. A page that links to a next one is marked as cut. Findings about flaws that no
///   built-in threat uses are counted (`rows_other_flaws`), not kept; a build, missing update or flaw that is repeated for
///   one machine is kept with its first finding. Findings have no time.
/// - **Not kept**: `lastExternalIpAddress`, which may be a proxy's.
#[derive(Debug)]
pub(crate) struct DefenderApiJson;

impl Reader for DefenderApiJson {
    fn id(&self) -> &'static str {
        "defender_api_json"
    }

    fn title(&self) -> &'static str {
        "Microsoft Defender API page"
    }

    fn family(&self) -> &'static str {
        FAMILY
    }

    /// By the properties that machines or findings have, or by the metadata link of an empty page.
    fn recognise(&self, head: &Head<'_>) -> bool {
        let text = head.text();
        let has = |name: &str| text.contains(name);
        let is_machines =
            has("\"computerDnsName\"") && (has("\"osPlatform\"") || has("\"healthStatus\""));
        let is_findings = has("\"machineId\"") && has("\"cveId\"");
        (head.begins_with("{") || head.begins_with("["))
            && (is_machines
                || is_findings
                || has("/api/$metadata#Machines\"")
                || has("PublicAssetVulnerabilityDto)\""))
    }

    fn read(&self, input: &mut dyn BufRead, sink: &mut Sink) -> Result<(), ReadError> {
        let mut seen = Seen::default();
        let read = each_row(input, &["value"], sink, &mut |position, object, sink| {
            sink.count("records", 1);
            if text(object, "cveId").is_some() && text(object, "machineId").is_some() {
                finding(position, object, &mut seen, sink)
            } else if object.contains_key("computerDnsName") || object.contains_key("healthStatus")
            {
                machine(position, object, &mut seen, sink)
            } else {
                sink.skip(position, "it is neither a machine nor a flaw of one");
                Ok(())
            }
        })?;
        seen.count(sink);
        if read
            .envelope
            .get("@odata.nextLink")
            .is_some_and(|link| !link.is_null())
        {
            sink.cut("it is one page of several, and the service holds more than this file");
            sink.note("The pages that follow this one belong into the folder too.");
        }
        Ok(())
    }
}

/// Keeps what a finding says.
fn finding(
    position: Position,
    object: &JsonRow,
    seen: &mut Seen,
    sink: &mut Sink,
) -> Result<(), ReadError> {
    let device = text(object, "machineId").unwrap_or_default();
    let finding = Finding {
        device,
        when: When::Undated,
        product: Product {
            vendor: text(object, "productVendor"),
            name: text(object, "productName"),
            version: text(object, "productVersion"),
        },
        flaw: text(object, "cveId"),
        update: text(object, "fixingKbId"),
    };
    let subject = || Identifier::agent(SCHEME, device).into_iter().collect();
    finding.keep(position, subject, seen, sink)
}

/// A property that is a text and says something.
fn text<'o>(object: &'o JsonRow, name: &str) -> Option<&'o str> {
    let text = object.get(name).and_then(Value::as_str)?.trim();
    Some(text).filter(|text| !text.is_empty())
}
