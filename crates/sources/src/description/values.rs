//! The words and numbers that a description may hold, and what to say where it holds others.

use std::net::IpAddr;

use ipnet::IpNet;
use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use wardround_evidence::{
    ClaimStatus, Direction, NetworkKind, OrganisationKind, Port, RuleState, SourcePath,
};

/// The words for one kind of thing, each with its meaning.
pub(super) type Words<T> = &'static [(&'static str, T)];

pub(super) const ORGANISATION_KINDS: Words<OrganisationKind> = &[
    ("acute", OrganisationKind::Acute),
    ("mental_health", OrganisationKind::MentalHealth),
    ("community", OrganisationKind::Community),
    ("ambulance", OrganisationKind::Ambulance),
    ("surgery", OrganisationKind::Surgery),
    ("provider", OrganisationKind::Provider),
    ("other", OrganisationKind::Other),
];

pub(super) const NETWORK_KINDS: Words<NetworkKind> = &[
    ("user", NetworkKind::User),
    ("server", NetworkKind::Server),
    ("clinical", NetworkKind::Clinical),
    ("guest", NetworkKind::Guest),
    ("management", NetworkKind::Management),
    ("other", NetworkKind::Other),
];

pub(super) const DIRECTIONS: Words<Direction> = &[("in", Direction::In), ("out", Direction::Out)];

pub(super) const RULE_STATES: Words<RuleState> = &[
    ("allowed", RuleState::Allowed),
    ("denied", RuleState::Denied),
    ("unknown", RuleState::Unknown),
];

pub(super) const CLAIM_STATUSES: Words<ClaimStatus> = &[
    ("in_place", ClaimStatus::InPlace),
    ("partly", ClaimStatus::Partly),
    ("not_met", ClaimStatus::NotMet),
];

/// The meaning of one of a few words.
pub(super) fn choice<T: Copy>(name: &str, text: &str, words: Words<T>) -> Result<T, String> {
    words
        .iter()
        .find(|(word, _)| *word == text)
        .map(|(_, meaning)| *meaning)
        .ok_or_else(|| {
            let accepted: Vec<&str> = words.iter().map(|(word, _)| *word).collect();
            format!("`{name}` must be one of: {}", accepted.join(", "))
        })
}

pub(super) fn port(text: &str) -> Result<Port, String> {
    text.parse().map_err(|_| {
        "`port` must be a number and one of tcp, udp or sctp, such as 445/tcp".to_owned()
    })
}

/// A moment; a date alone means its first moment in UTC.
pub(crate) fn moment(name: &str, text: &str) -> Result<Timestamp, String> {
    let refuse = || {
        format!(
            "`{name}` must be an RFC 3339 date or time, such as 2025-06-24 or 2025-06-24T09:00:00Z"
        )
    };
    if text.len() == "2025-06-24".len() {
        let date: Date = text.parse().map_err(|_| refuse())?;
        return date
            .to_zoned(TimeZone::UTC)
            .map(|zoned| zoned.timestamp())
            .map_err(|_| refuse());
    }
    text.parse().map_err(|_| refuse())
}

/// A number from 0 to `most`.
pub(super) fn number(name: &str, text: &str, most: f64) -> Result<f64, String> {
    text.parse()
        .ok()
        .filter(|number: &f64| number.is_finite() && (0.0..=most).contains(number))
        .ok_or_else(|| match most {
            f64::MAX => format!("`{name}` must be a number that is not negative"),
            _ => format!("`{name}` must be a number from 0 to {most}"),
        })
}

/// An address block; an address alone is a block of one, and bits after the prefix mean nothing.
pub(super) fn block(text: &str) -> Result<IpNet, String> {
    text.parse::<IpNet>()
        .map(|block| block.trunc())
        .or_else(|_| text.parse::<IpAddr>().map(IpNet::from))
        .map_err(|_| "`cidr` must hold address blocks such as 10.20.30.0/24".to_owned())
}

/// A path below the folder that is read; `.` is that folder.
pub(super) fn path(text: &str) -> Result<SourcePath, String> {
    let text = text.replace('\\', "/");
    let leaves = text.starts_with('/')
        || text.split('/').any(|part| part == "..")
        || text.as_bytes().get(1) == Some(&b':');
    if leaves {
        return Err(
            "the path must be written from the folder that is read, such as `scans/ward.xml`"
                .to_owned(),
        );
    }
    let parts: Vec<&str> = text
        .split('/')
        .filter(|part| !part.is_empty() && *part != ".")
        .collect();
    Ok(SourcePath::new(parts.join("/")))
}
