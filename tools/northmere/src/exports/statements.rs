//! What organisations state of themselves: borders and claims, and what is so of borders.

use crate::plan::{Kind, Organisation};

/// A claim of an organisation.
pub(crate) struct Claim {
    pub(crate) id: String,
    pub(crate) control: &'static str,
    pub(crate) status: &'static str,
    pub(crate) claimed_on: &'static str,
    pub(crate) signed_by: &'static str,
    pub(crate) threshold: &'static str,
}

/// Whether the border really lets 445/tcp through, whatever the description says.
pub(crate) fn really_allows(organisation: &Organisation, direction: &str) -> bool {
    let number = organisation.number;
    match (organisation.kind, direction) {
        (Kind::Acute, "in") => number % 2 == 1,
        (Kind::Acute, _) => number % 2 == 1,
        (Kind::Provider, "in") => false,
        // One surgery in twelve says that its border denies 445/tcp, and is wrong.
        (Kind::Surgery, "in") => !number.is_multiple_of(3) || number % 12 == 9,
        _ => true,
    }
}

/// What the description says of the border: state, reason and date, if anything.
pub(crate) fn described(
    organisation: &Organisation,
    direction: &str,
) -> Option<(&'static str, &'static str, &'static str)> {
    match (organisation.kind, direction, organisation.number % 3) {
        (Kind::Acute, "in", _) if organisation.number.is_multiple_of(2) => {
            Some(("denied", "firewall rule 12, checked by test", "2025-05-30"))
        }
        (Kind::Acute, "in", _) => Some(("allowed", "shared imaging archive", "2025-02-11")),
        (Kind::Acute, "out", _) if organisation.number.is_multiple_of(2) => {
            Some(("denied", "default rule", "2025-05-30"))
        }
        (Kind::Provider, "in", _) => Some(("denied", "default rule", "2025-03-04")),
        (Kind::Provider, "out", _) => Some(("allowed", "remote support", "2025-03-04")),
        (Kind::Surgery, "in", 0) => Some(("denied", "router template", "2023-09-14")),
        (Kind::Surgery, "in", 1) => Some(("allowed", "file share of the provider", "2024-11-20")),
        (Kind::Community, "out", _) => Some(("unknown", "managed by the network supplier", "")),
        _ => None,
    }
}

/// The claims of an organisation.
pub(crate) fn claims_of(organisation: &Organisation) -> Vec<Claim> {
    let make = |control: &'static str, status, claimed_on, signed_by, threshold| Claim {
        id: format!("{}-{}", organisation.id, control.replace('_', "-")),
        control,
        status,
        claimed_on,
        signed_by,
        threshold,
    };
    match organisation.kind {
        Kind::Acute if organisation.number.is_multiple_of(2) => vec![
            make(
                "ms17_010_closed",
                "in_place",
                "2025-06-02",
                "Chief information officer",
                "100",
            ),
            make(
                "smb1_disabled",
                "partly",
                "2025-06-02",
                "Chief information officer",
                "",
            ),
            make(
                "445_denied_at_border",
                "in_place",
                "2025-06-02",
                "Head of networks",
                "",
            ),
            make(
                "patched_within_30_days",
                "in_place",
                "2025-06-02",
                "Chief information officer",
                "95",
            ),
        ],
        Kind::Acute => vec![
            make(
                "ms17_010_closed",
                "in_place",
                "2024-06-28",
                "Chief information officer",
                "100",
            ),
            make(
                "smb1_disabled",
                "in_place",
                "2024-06-28",
                "Chief information officer",
                "100",
            ),
            make(
                "patched_within_30_days",
                "partly",
                "2024-06-28",
                "Head of desktops",
                "",
            ),
        ],
        Kind::Community => vec![
            make(
                "ms17_010_closed",
                "in_place",
                "2025-06-20",
                "Security lead",
                "100",
            ),
            make(
                "445_denied_at_border",
                "not_met",
                "2025-06-20",
                "Security lead",
                "",
            ),
        ],
        Kind::Provider => vec![
            make(
                "ms17_010_closed",
                "in_place",
                "2025-05-21",
                "Technical director",
                "100",
            ),
            make(
                "patched_within_30_days",
                "in_place",
                "2025-05-21",
                "Technical director",
                "95",
            ),
        ],
        Kind::Surgery if organisation.number % 4 == 3 => vec![],
        Kind::Surgery => vec![
            make(
                "ms17_010_closed",
                "in_place",
                "2025-04-01",
                "Practice manager",
                "100",
            ),
            make(
                "smb1_disabled",
                "in_place",
                "2025-04-01",
                "Practice manager",
                "100",
            ),
        ],
    }
}
