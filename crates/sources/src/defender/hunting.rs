//! Rows of any of the hunting tables, told apart by their columns.

use wardround_evidence::{Position, When};

use super::device::{device, identifiers};
use super::settings::setting;
use super::values::moment;
use super::{Finding, Product, Row, Seen};
use crate::{ReadError, Sink};

/// Reads the rows of one export.
#[derive(Debug, Default)]
pub(crate) struct Hunting {
    seen: Seen,
}

impl Hunting {
    /// Whether a file that has some columns is an export of a table that is read.
    pub(crate) fn knows(has: impl Fn(&str) -> bool) -> bool {
        let tables = [
            "CveId",
            "ConfigurationId",
            "SoftwareName",
            "OSPlatform",
            "OSBuild",
            "OnboardingStatus",
            "SensorHealthState",
        ];
        has("DeviceId") && tables.into_iter().any(has)
    }

    /// Keeps what one row says.
    pub(crate) fn row(
        &mut self,
        position: Position,
        row: &impl Row,
        sink: &mut Sink,
    ) -> Result<(), ReadError> {
        sink.count("records", 1);
        let device_id = row.text("DeviceId").unwrap_or_default();
        let when = when(position, row, sink);
        let (flaw, name) = (row.text("CveId"), row.text("SoftwareName"));
        if row.text("ConfigurationId").is_some() {
            self.count_machine(&device_id, sink)?;
            return setting(position, row, when, sink);
        }
        if flaw.is_none() && name.is_none() {
            self.count_machine(&device_id, sink)?;
            return device(position, row, when, sink);
        }
        let (vendor, version) = (row.text("SoftwareVendor"), row.text("SoftwareVersion"));
        let update = row.text("RecommendedSecurityUpdateId");
        let finding = Finding {
            device: &device_id,
            when,
            product: Product {
                vendor: vendor.as_deref(),
                name: name.as_deref(),
                version: version.as_deref(),
            },
            flaw: flaw.as_deref(),
            update: update.as_deref(),
        };
        finding.keep(position, || identifiers(row), &mut self.seen, sink)
    }

    /// Gives the counts, when the last row was read.
    pub(crate) fn finish(&self, sink: &mut Sink) {
        self.seen.count(sink);
    }

    fn count_machine(&mut self, id: &str, sink: &Sink) -> Result<(), ReadError> {
        if !id.is_empty() {
            self.seen.machine(id, sink)?;
        }
        Ok(())
    }
}

/// When a row was true. Most exports of software and flaws do not say.
fn when(position: Position, row: &impl Row, sink: &mut Sink) -> When {
    let Some(text) = row
        .text("Timestamp")
        .or_else(|| row.text("LastSeenTimestamp"))
    else {
        return When::Undated;
    };
    moment(&text).map_or_else(
        || {
            sink.skip(
                position,
                "`Timestamp` is no ISO 8601 time; the row is kept undated",
            );
            When::Undated
        },
        When::At,
    )
}

/// Says that an export is cut where it holds exactly as many rows as the service gives at most.
///
/// "Each query can return up to" 10,000, later 30,000, later 100,000 "records" in the portal ("Advanced hunting quotas and
/// usage parameters", "Use the advanced hunting query resource report"); 100,000 by the API ("Advanced hunting API").
pub(crate) fn note_row_limit(rows: u64, sink: &mut Sink) {
    if matches!(rows, 10_000 | 30_000 | 100_000) {
        sink.cut(format!(
            "it holds exactly {rows} rows, which is the most that such a query gives, so the rest is missing"
        ));
    }
}
