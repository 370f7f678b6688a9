//! A row of a hunting table, whether it came as CSV or as JSON.

use std::borrow::Cow;

use serde_json::Value;

use crate::json_rows::JsonRow;

/// The columns that are looked at, in the spelling of Microsoft's schema pages. The last three are of no schema page
/// named in the parent module: two are of "DeviceNetworkInfo", for queries that join it, and one of "Export software
/// vulnerabilities assessment per device".
pub(crate) const COLUMNS: &[&str] = &[
    "Timestamp",
    "DeviceId",
    "DeviceName",
    "AadDeviceId",
    "OSPlatform",
    "OSVersion",
    "OSBuild",
    "OSVersionInfo",
    "DeviceCategory",
    "DeviceType",
    "OnboardingStatus",
    "SensorHealthState",
    "MergedDeviceIds",
    "MergedToDeviceId",
    "IsInternetFacing",
    "SoftwareVendor",
    "SoftwareName",
    "SoftwareVersion",
    "CveId",
    "RecommendedSecurityUpdateId",
    "ConfigurationId",
    "IsCompliant",
    "IsApplicable",
    "MacAddress",
    "IPAddresses",
    "LastSeenTimestamp",
];

/// Named fields.
pub(crate) trait Row {
    /// A field that says something, trimmed; `column` is one of [`COLUMNS`].
    fn text(&self, column: &'static str) -> Option<Cow<'_, str>>;
}

impl Row for JsonRow {
    fn text(&self, column: &'static str) -> Option<Cow<'_, str>> {
        // The per-device exports of the API spell the same names with a small first letter.
        let value = self.get(column).or_else(|| {
            self.iter()
                .find(|(name, _)| name.eq_ignore_ascii_case(column))
                .map(|(_, value)| value)
        })?;
        let text: Cow<'_, str> = match value {
            Value::Null => return None,
            Value::String(text) => text.trim().into(),
            other => other.to_string().into(),
        };
        Some(text).filter(|text| !text.is_empty())
    }
}
