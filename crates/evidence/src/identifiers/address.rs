//! Network addresses and ports.

use std::fmt;
use std::net::IpAddr;
use std::str::FromStr;

use super::ParseIdentifierError;
use crate::Disclosure;
use crate::disclosure::Level;

/// An IPv4 or IPv6 address of a machine.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Address(IpAddr);

impl Address {
    /// Wraps an address; an IPv4 address inside IPv6 becomes the IPv4 address that it stands for.
    #[must_use]
    pub const fn new(address: IpAddr) -> Self {
        Self(address.to_canonical())
    }

    /// The number, for look-ups; never for output.
    #[must_use]
    pub const fn ip(self) -> IpAddr {
        self.0
    }

    /// The text, or a pseudonym, for one audience.
    #[must_use]
    pub fn show(self, disclosure: &Disclosure) -> String {
        disclosure.show(Level::Below, "address", &self.0.to_string())
    }

    /// Whether it can stand for one machine: not loopback, link-local, multicast, broadcast or unspecified.
    #[must_use]
    pub const fn names_a_machine(self) -> bool {
        match self.0 {
            IpAddr::V4(address) => {
                !(address.is_loopback()
                    || address.is_link_local()
                    || address.is_multicast()
                    || address.is_broadcast()
                    || address.is_unspecified())
            }
            IpAddr::V6(address) => {
                !(address.is_loopback()
                    || address.is_unicast_link_local()
                    || address.is_multicast()
                    || address.is_unspecified())
            }
        }
    }
}

impl FromStr for Address {
    type Err = ParseIdentifierError;

    fn from_str(text: &str) -> Result<Self, ParseIdentifierError> {
        let whole = text.parse();
        let address = whole.or_else(|error| {
            // Windows appends a zone to link-local addresses: fe80::1%12.
            match text.trim().split('%').next() {
                Some(bare) if bare.len() < text.len() => bare.parse(),
                _ => Err(error),
            }
        });
        address
            .map(Self::new)
            .map_err(|_| ParseIdentifierError::new("an IPv4 or IPv6 address"))
    }
}

impl fmt::Debug for Address {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("Address(…)")
    }
}

/// An Ethernet address.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Mac([u8; 6]);

impl Mac {
    /// Wraps six bytes.
    #[must_use]
    pub const fn new(bytes: [u8; 6]) -> Self {
        Self(bytes)
    }

    /// The six bytes.
    #[must_use]
    pub const fn bytes(self) -> [u8; 6] {
        self.0
    }

    /// The text, or a pseudonym, for one audience.
    #[must_use]
    pub fn show(self, disclosure: &Disclosure) -> String {
        let [a, b, c, d, e, f] = self.0;
        let text = format!("{a:02x}:{b:02x}:{c:02x}:{d:02x}:{e:02x}:{f:02x}");
        disclosure.show(Level::Below, "mac", &text)
    }
}

impl FromStr for Mac {
    type Err = ParseIdentifierError;

    /// Reads twelve hexadecimal digits with `:`, `-`, `.` or nothing between them.
    fn from_str(text: &str) -> Result<Self, ParseIdentifierError> {
        let error = ParseIdentifierError::new("an Ethernet address of twelve hexadecimal digits");
        let mut bytes = [0u8; 6];
        let mut digits = 0usize;
        for character in text.trim().bytes() {
            let digit = match character {
                b':' | b'-' | b'.' => continue,
                b'0'..=b'9' => character - b'0',
                b'a'..=b'f' => character - b'a' + 10,
                b'A'..=b'F' => character - b'A' + 10,
                _ => return Err(error),
            };
            let Some(byte) = bytes.get_mut(digits / 2) else {
                return Err(error);
            };
            *byte = (*byte << 4) | digit;
            digits += 1;
        }
        if digits == 12 {
            Ok(Self(bytes))
        } else {
            Err(error)
        }
    }
}

impl fmt::Debug for Mac {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("Mac(…)")
    }
}

/// A transport protocol.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Protocol {
    /// TCP.
    Tcp,
    /// UDP.
    Udp,
    /// SCTP.
    Sctp,
}

/// A transport port: `445/tcp`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Port {
    /// Its protocol.
    pub protocol: Protocol,
    /// Its number.
    pub number: u16,
}

impl Port {
    /// A TCP port.
    #[must_use]
    pub const fn tcp(number: u16) -> Self {
        Self {
            protocol: Protocol::Tcp,
            number,
        }
    }
}

impl fmt::Display for Port {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let protocol = match self.protocol {
            Protocol::Tcp => "tcp",
            Protocol::Udp => "udp",
            Protocol::Sctp => "sctp",
        };
        write!(formatter, "{}/{protocol}", self.number)
    }
}

impl FromStr for Port {
    type Err = ParseIdentifierError;

    fn from_str(text: &str) -> Result<Self, ParseIdentifierError> {
        let error = ParseIdentifierError::new("a port such as 445/tcp");
        let (number, protocol) = text.trim().split_once('/').ok_or(error)?;
        let protocol = match protocol.to_ascii_lowercase().as_str() {
            "tcp" => Protocol::Tcp,
            "udp" => Protocol::Udp,
            "sctp" => Protocol::Sctp,
            _ => return Err(error),
        };
        Ok(Self {
            protocol,
            number: number.parse().map_err(|_| error)?,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::{Address, Mac, Port};
    use crate::Disclosure;

    #[test]
    fn every_way_of_writing_a_mac_is_the_same_mac() {
        let expected: Mac = "00:1A:2b:3c:4d:5e".parse().unwrap();
        for text in ["00-1a-2b-3c-4d-5e", "001A2B3C4D5E", "001a.2b3c.4d5e"] {
            assert_eq!(text.parse::<Mac>().unwrap(), expected);
        }
        for text in [
            "",
            "00:1a:2b:3c:4d",
            "00:1a:2b:3c:4d:5e:6f",
            "zz:1a:2b:3c:4d:5e",
        ] {
            assert!(text.parse::<Mac>().is_err(), "{text}");
        }
    }

    #[test]
    fn an_address_shows_to_the_team_and_hides_in_debug() {
        let address: Address = "::ffff:10.1.2.3".parse().unwrap();
        assert_eq!(address.show(&Disclosure::team()), "10.1.2.3");
        assert!(!format!("{address:?}").contains("10.1"));
    }

    #[test]
    fn a_port_round_trips() {
        assert_eq!("445/tcp".parse::<Port>().unwrap(), Port::tcp(445));
        assert_eq!(Port::tcp(445).to_string(), "445/tcp");
        assert!("445".parse::<Port>().is_err());
    }
}
