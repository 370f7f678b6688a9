//! What the rows of Microsoft Defender's exports say of machines, whatever file they stand in.
//!
//! Column and property names, types and meanings are Microsoft's, from these pages of learn.microsoft.com, read as of 2025:
//! "DeviceInfo", "DeviceTvmSoftwareVulnerabilities", "DeviceTvmSoftwareInventory" and
//! "DeviceTvmSecureConfigurationAssessment table in the advanced hunting schema" (`/defender-xdr/`), "Machine resource
//! type" and "List vulnerabilities by machine and software" (`/defender-endpoint/api/`).

mod device;
mod hunting;
mod row;
mod seen;
mod settings;
mod software;
mod values;

pub(crate) use hunting::{Hunting, note_row_limit};
pub(crate) use row::{COLUMNS, Row};
pub(crate) use seen::Seen;
pub(crate) use software::{Finding, Product};
pub(crate) use values::{build_of, elements, is_onboarded, moment, reporting, role, squeezed};

/// The scheme of the identifiers that Defender gives to its devices.
pub(crate) const SCHEME: &str = "defender";

/// The scheme of device identifiers in Microsoft Entra.
pub(crate) const ENTRA_SCHEME: &str = "entra";

/// Whose machines these exports count.
pub(crate) const FAMILY: &str = "Microsoft Defender";
