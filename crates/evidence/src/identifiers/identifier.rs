//! Any identifier that a source may give of a machine, in order of strength.

use super::{Address, AgentId, HardwareId, HostName, Mac};
use crate::Disclosure;

/// One identifier of a machine. Its order is the order in which identifiers link machines: strongest kind first.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Identifier {
    /// The BIOS's UUID, in lower case with hyphens.
    BiosUuid(HardwareId),
    /// The maker's serial number, in upper case.
    Serial(HardwareId),
    /// What an agent calls its installation, prefixed by whose it is: `defender:…`, `entra:…`.
    Agent(AgentId),
    /// An Ethernet address.
    Mac(Mac),
    /// A name with its domain.
    FullName(HostName),
    /// A name without a domain.
    ShortName(HostName),
    /// An address.
    Address(Address),
}

/// The kinds of [`Identifier`], strongest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum IdentifierKind {
    /// See [`Identifier::BiosUuid`].
    BiosUuid,
    /// See [`Identifier::Serial`].
    Serial,
    /// See [`Identifier::Agent`].
    Agent,
    /// See [`Identifier::Mac`].
    Mac,
    /// See [`Identifier::FullName`].
    FullName,
    /// See [`Identifier::ShortName`].
    ShortName,
    /// See [`Identifier::Address`].
    Address,
}

impl IdentifierKind {
    /// The words for it in prose.
    #[must_use]
    pub const fn words(self) -> &'static str {
        match self {
            Self::BiosUuid => "BIOS UUID",
            Self::Serial => "serial number",
            Self::Agent => "agent identifier",
            Self::Mac => "Ethernet address",
            Self::FullName => "full name",
            Self::ShortName => "name",
            Self::Address => "address",
        }
    }
}

impl Identifier {
    /// A host name, full or short by whether it holds a dot; `None` when it is empty or is an address.
    #[must_use]
    pub fn name(text: &str) -> Option<Self> {
        let text = text.trim().trim_end_matches('.');
        if text.is_empty() || text.parse::<Address>().is_ok() {
            return None;
        }
        let name = HostName::new(text.to_lowercase());
        Some(if text.contains('.') {
            Self::FullName(name)
        } else {
            Self::ShortName(name)
        })
    }

    /// A BIOS UUID; `None` when it is empty.
    #[must_use]
    pub fn bios_uuid(text: &str) -> Option<Self> {
        let text = text.trim().trim_matches(['{', '}']).to_lowercase();
        (!text.is_empty()).then(|| Self::BiosUuid(HardwareId::new(text)))
    }

    /// A serial number; `None` when it is empty.
    #[must_use]
    pub fn serial(text: &str) -> Option<Self> {
        let text = text.trim().to_uppercase();
        (!text.is_empty()).then(|| Self::Serial(HardwareId::new(text)))
    }

    /// An agent's identifier in its own scheme; `None` when it is empty.
    #[must_use]
    pub fn agent(scheme: &str, text: &str) -> Option<Self> {
        let text = text.trim().to_lowercase();
        (!text.is_empty()).then(|| Self::Agent(AgentId::new(format!("{scheme}:{text}"))))
    }

    /// An address, where it can stand for one machine.
    #[must_use]
    pub fn address(address: Address) -> Option<Self> {
        address.names_a_machine().then_some(Self::Address(address))
    }

    /// Its kind.
    #[must_use]
    pub const fn kind(&self) -> IdentifierKind {
        match self {
            Self::BiosUuid(_) => IdentifierKind::BiosUuid,
            Self::Serial(_) => IdentifierKind::Serial,
            Self::Agent(_) => IdentifierKind::Agent,
            Self::Mac(_) => IdentifierKind::Mac,
            Self::FullName(_) => IdentifierKind::FullName,
            Self::ShortName(_) => IdentifierKind::ShortName,
            Self::Address(_) => IdentifierKind::Address,
        }
    }

    /// The text, or a pseudonym, for one audience.
    #[must_use]
    pub fn show(&self, disclosure: &Disclosure) -> String {
        match self {
            Self::BiosUuid(id) | Self::Serial(id) => id.show(disclosure),
            Self::Agent(id) => id.show(disclosure),
            Self::Mac(mac) => mac.show(disclosure),
            Self::FullName(name) | Self::ShortName(name) => name.show(disclosure),
            Self::Address(address) => address.show(disclosure),
        }
    }
}
