//! Identifiers as a kind and a text.

use wardround_evidence::{AgentId, HardwareId, HostName, Identifier, IdentifierKind};

/// The text of an identifier; its kind is told apart from it.
pub(crate) fn text(identifier: &Identifier) -> String {
    match identifier {
        Identifier::BiosUuid(id) | Identifier::Serial(id) => id.as_key().to_owned(),
        Identifier::Agent(id) => id.as_key().to_owned(),
        Identifier::Mac(mac) => {
            let pairs = mac.bytes().map(|byte| format!("{byte:02x}"));
            pairs.join(":")
        }
        Identifier::FullName(name) | Identifier::ShortName(name) => name.as_key().to_owned(),
        Identifier::Address(address) => address.ip().to_string(),
    }
}

/// An identifier of a kind.
pub(crate) fn read(kind: IdentifierKind, text: &str) -> Option<Identifier> {
    Some(match kind {
        IdentifierKind::BiosUuid => Identifier::BiosUuid(HardwareId::new(text)),
        IdentifierKind::Serial => Identifier::Serial(HardwareId::new(text)),
        IdentifierKind::Agent => Identifier::Agent(AgentId::new(text)),
        IdentifierKind::Mac => Identifier::Mac(text.parse().ok()?),
        IdentifierKind::FullName => Identifier::FullName(HostName::new(text)),
        IdentifierKind::ShortName => Identifier::ShortName(HostName::new(text)),
        IdentifierKind::Address => Identifier::Address(text.parse().ok()?),
    })
}
