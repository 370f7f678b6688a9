//! Microsoft Defender advanced-hunting results as the API answers them.

#[cfg(test)]
mod tests;

use std::io::BufRead;

use crate::defender::{FAMILY, Hunting, note_row_limit};
use crate::json_rows::each_row;
use crate::{Head, ReadError, Reader, Sink};

/// Results of an advanced-hunting query over `DeviceInfo`, `DeviceTvmSoftwareVulnerabilities`,
/// `DeviceTvmSoftwareInventory` or `DeviceTvmSecureConfigurationAssessment`, as JSON: an answer of the API, its rows alone
/// as an array, or a row a line. The API's exports of software vulnerabilities and of secure configuration per device have
/// the same fields and are read alike.
///
/// - **Tool**: Microsoft Defender for Endpoint. Shapes: `Schema` and `Results` ("Advanced hunting API"), `schema` and
///   `results` ("huntingQueryResults resource type", Microsoft Graph), `value` ("Export software vulnerabilities assessment
///   per device"), all on learn.microsoft.com. No genuine answer was at hand: all columns come from Microsoft's schema
///   pages, which [`crate::defender`] names.
/// - **Proves**, **complete**, **not kept**: as the CSV export of the same tables, `defender_hunting_csv`.
#[derive(Debug)]
pub(crate) struct DefenderHuntingJson;

impl Reader for DefenderHuntingJson {
    fn id(&self) -> &'static str {
        "defender_hunting_json"
    }

    fn title(&self) -> &'static str {
        "Microsoft Defender hunting answer"
    }

    fn family(&self) -> &'static str {
        FAMILY
    }

    /// By the names between quotation marks near its beginning; in an answer, the schema holds them.
    fn recognise(&self, head: &Head<'_>) -> bool {
        let text = head.text();
        (head.begins_with("{") || head.begins_with("["))
            && Hunting::knows(|column| {
                // The exports per device begin names with a small letter: `deviceId`, `osPlatform`.
                let small = column.replacen("OS", "os", 1);
                let small = small[..1].to_ascii_lowercase() + &small[1..];
                text.contains(&format!("\"{column}\"")) || text.contains(&format!("\"{small}\""))
            })
    }

    fn read(&self, input: &mut dyn BufRead, sink: &mut Sink) -> Result<(), ReadError> {
        let mut hunting = Hunting::default();
        let read = each_row(
            input,
            &["Results", "value"],
            sink,
            &mut |position, row, sink| hunting.row(position, row, sink),
        )?;
        hunting.finish(sink);
        note_row_limit(read.rows, sink);
        if read
            .envelope
            .get("@odata.nextLink")
            .is_some_and(|link| !link.is_null())
        {
            sink.cut("it is one page of several, and the service holds more than this file");
        }
        Ok(())
    }
}
