//! One end of a socket: an address and a port, in the ways of several systems.

use wardround_evidence::Address;

/// Where a socket is bound, or whom it speaks to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Endpoint<'l> {
    pub(super) host: Host<'l>,
    /// `None` where there is no other side: `*`.
    pub(super) port: Option<u16>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Host<'l> {
    /// Every address of the machine, or no other side.
    Any,
    Loopback,
    /// An address that stands for one machine.
    Machine(Address),
    /// Link-local, multicast.
    Other,
    /// Resolved by the tool.
    Name(&'l str),
    /// Perhaps cut.
    Unreadable,
}

/// Names that netstat puts for ports where it is not told `-n`: those that questions ask about.
const SERVICES: [(&str, u16); 9] = [
    ("epmap", 135),
    ("netbios-ns", 137),
    ("netbios-ssn", 139),
    ("microsoft-ds", 445),
    ("ms-sql-s", 1433),
    ("ms-wbt-server", 3389),
    ("ssh", 22),
    ("http", 80),
    ("https", 443),
];

/// The width to which net-tools cuts an address with its port where it is not told `-W`.
const CUT_WIDTH: usize = 23;

impl<'l> Endpoint<'l> {
    /// Reads `0.0.0.0:445`, `[::]:445`, `:::22`, `*.22` or `10.0.0.1.22`; `None` for anything else.
    pub(super) fn parse(text: &'l str, may_be_cut: bool) -> Option<Self> {
        let (host, port) = split(text, ':').or_else(|| split(text, '.'))?;
        let bare = host.trim_start_matches('[').trim_end_matches(']');
        let host = if may_be_cut && text.len() >= CUT_WIDTH {
            Host::Unreadable
        } else if ["*", "0.0.0.0", "::"].contains(&bare) {
            Host::Any
        } else {
            match bare.parse::<Address>() {
                Ok(address) if address.ip().is_loopback() => Host::Loopback,
                Ok(address) if address.ip().is_unspecified() => Host::Any,
                Ok(address) if address.names_a_machine() => Host::Machine(address),
                Ok(_) => Host::Other,
                Err(_) if bare.eq_ignore_ascii_case("localhost") => Host::Loopback,
                Err(_) if is_name(bare) => Host::Name(bare),
                Err(_) => Host::Unreadable,
            }
        };
        Some(Self { host, port })
    }

    /// Whether there is no other side.
    pub(super) fn is_nobody(&self) -> bool {
        self.host == Host::Any && matches!(self.port, None | Some(0))
    }
}

/// Splits off a port.
fn split(text: &str, separator: char) -> Option<(&str, Option<u16>)> {
    let (host, port) = text.rsplit_once(separator)?;
    if host.is_empty() {
        return None;
    }
    if port == "*" {
        return Some((host, None));
    }
    let known = SERVICES.iter().find(|(name, _)| port == *name);
    let number = known
        .map(|(_, number)| *number)
        .or_else(|| port.parse().ok())?;
    Some((host, Some(number)))
}

fn is_name(text: &str) -> bool {
    let allowed = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.');
    text.len() <= 253
        && text.bytes().all(allowed)
        && text.bytes().any(|byte| byte.is_ascii_alphabetic())
}

#[cfg(test)]
mod tests {
    use super::{Endpoint, Host};

    #[test]
    fn every_system_writes_the_same_ends() {
        for text in [
            "0.0.0.0:445",
            "[::]:445",
            ":::445",
            "*.445",
            "*:445",
            "*:microsoft-ds",
        ] {
            let end = Endpoint::parse(text, false).unwrap();
            assert_eq!((end.host, end.port), (Host::Any, Some(445)), "{text}");
        }
        for text in ["*:*", "*.*", "0.0.0.0:0", "[::]:0", ":::*", "0.0.0.0:*"] {
            assert!(Endpoint::parse(text, false).unwrap().is_nobody(), "{text}");
        }
        for text in [
            "127.0.0.1:22",
            "[::1]:22",
            "::1:22",
            "127.0.0.1.22",
            "::1.22",
            "localhost:22",
        ] {
            assert_eq!(
                Endpoint::parse(text, false).unwrap().host,
                Host::Loopback,
                "{text}"
            );
        }
        for text in ["10.0.0.1:22", "10.0.0.1.22", "::ffff:10.0.0.1:22"] {
            let address = "10.0.0.1".parse().unwrap();
            assert_eq!(
                Endpoint::parse(text, true).unwrap().host,
                Host::Machine(address),
                "{text}"
            );
        }
        assert_eq!(
            Endpoint::parse("[fe80::1%5]:22", false).unwrap().host,
            Host::Other
        );
        assert_eq!(
            Endpoint::parse("fe80::1%lo0.22", false).unwrap().host,
            Host::Other
        );
        assert_eq!(
            Endpoint::parse("PC-1:445", false).unwrap().host,
            Host::Name("PC-1")
        );
    }

    #[test]
    fn an_end_that_may_be_cut_is_not_believed() {
        let text = "2001:db8::a00:27ff:f:22";
        assert_eq!(text.len(), 23);
        assert_eq!(Endpoint::parse(text, true).unwrap().host, Host::Unreadable);
    }

    #[test]
    fn what_is_no_end_is_none() {
        for text in [
            "",
            ":",
            ".",
            "LISTENING",
            "445",
            "10.0.0.1:99999",
            "a:b",
            ":é",
        ] {
            assert_eq!(Endpoint::parse(text, false), None, "{text}");
        }
    }
}
