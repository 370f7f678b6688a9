//! One line of a listing.

use wardround_evidence::Protocol;

use super::endpoint::Endpoint;

/// What a line is.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Line<'l> {
    /// The heading over sockets of the internet, in any language: `Proto` stays.
    Heading,
    Socket(Socket<'l>),
    /// Owners, sockets of the machine itself, anything else.
    Other,
}

/// A socket.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Socket<'l> {
    pub(super) protocol: Protocol,
    pub(super) local: Endpoint<'l>,
    pub(super) foreign: Endpoint<'l>,
    pub(super) state: State,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum State {
    Listening,
    Established,
    /// Beginning, ending or over.
    Passing,
    /// UDP has none.
    None,
    /// In words that are not known.
    NotUnderstood,
}

impl<'l> Line<'l> {
    /// Looks at a line.
    pub(super) fn of(line: &'l str) -> Self {
        let mut words = line.split_whitespace();
        let Some(first) = words.next() else {
            return Self::Other;
        };
        if first == "Proto" {
            // `RefCnt` and `Flags` stand over sockets of the machine itself.
            let of_machine = words.any(|word| word == "RefCnt");
            return if of_machine {
                Self::Other
            } else {
                Self::Heading
            };
        }
        let protocol = match first.to_ascii_lowercase().trim_end_matches(['4', '6']) {
            "tcp" => Protocol::Tcp,
            "udp" => Protocol::Udp,
            _ => return Self::Other,
        };
        Self::socket(protocol, &words.take(5).collect::<Vec<_>>()).unwrap_or(Self::Other)
    }

    /// Two ends and a state; on other systems than Windows, two queues before them.
    fn socket(protocol: Protocol, words: &[&'l str]) -> Option<Self> {
        let is_count = |word: &&str| word.bytes().all(|byte| byte.is_ascii_digit());
        let (words, has_queues) = match words {
            [one, other, rest @ ..] if is_count(one) && is_count(other) => (rest, true),
            _ => (words, false),
        };
        let (local, foreign, state) = match words {
            [local, foreign, rest @ ..] => (local, foreign, rest.first()),
            _ => return None,
        };
        // Only net-tools cuts, and only what is long: addresses of version 6 and names.
        let parse = |text: &'l str| Endpoint::parse(text, has_queues && !is_version_4(text));
        let (local, foreign) = (parse(local)?, parse(foreign)?);
        let state = match (protocol, state) {
            (Protocol::Tcp, Some(word)) => State::of(word, &foreign),
            (Protocol::Tcp, None) => return None,
            _ => State::None,
        };
        Some(Self::Socket(Socket {
            protocol,
            local,
            foreign,
            state,
        }))
    }
}

fn is_version_4(text: &str) -> bool {
    text.bytes()
        .all(|byte| byte.is_ascii_digit() || matches!(byte, b'.' | b':' | b'*'))
        && text.bytes().filter(|byte| *byte == b':').count() <= 1
}

impl State {
    fn of(word: &str, foreign: &Endpoint<'_>) -> Self {
        match word.to_ascii_uppercase().as_str() {
            "LISTENING" | "LISTEN" => Self::Listening,
            "ESTABLISHED" | "HERGESTELLT" => Self::Established,
            "TIME_WAIT" | "CLOSE_WAIT" | "SYN_SENT" | "SYN_RECV" | "SYN_RECEIVED" | "FIN_WAIT1"
            | "FIN_WAIT2" | "FIN_WAIT_1" | "FIN_WAIT_2" | "LAST_ACK" | "CLOSING" | "CLOSED"
            | "CLOSE" | "BOUND" | "DELETE_TCB" | "WARTEND" | "SCHLIESSEN_WARTEN"
            | "SYN_GESENDET" => Self::Passing,
            // A socket without another side listens, whatever the word for it.
            _ if foreign.is_nobody() => Self::Listening,
            _ => Self::NotUnderstood,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Line, State};

    #[test]
    fn lines_of_every_system_are_sockets() {
        for (line, state) in [
            (
                "  TCP    0.0.0.0:445     0.0.0.0:0      LISTENING       4",
                State::Listening,
            ),
            (
                "  TCP    0.0.0.0:445     0.0.0.0:0      ABHÖREN         4",
                State::Listening,
            ),
            (
                "  TCP    10.0.0.1:5000   10.0.0.2:445   UPPRÄTTAD     4",
                State::NotUnderstood,
            ),
            (
                "  UDP    0.0.0.0:137     *:*                            4",
                State::None,
            ),
            (
                "tcp        0      0 0.0.0.0:22    0.0.0.0:*     LISTEN      812/sshd",
                State::Listening,
            ),
            (
                "tcp6       0      0 :::22         :::*          LISTEN",
                State::Listening,
            ),
            (
                "udp        0      0 0.0.0.0:68    0.0.0.0:*                 700/dhclient",
                State::None,
            ),
            (
                "tcp4       0      0  10.0.0.1.22  10.0.0.9.51000  ESTABLISHED",
                State::Established,
            ),
        ] {
            let Line::Socket(socket) = Line::of(line) else {
                panic!("{line}");
            };
            assert_eq!(socket.state, state, "{line}");
        }
    }

    #[test]
    fn other_lines_are_not() {
        assert_eq!(
            Line::of("  Proto  Lokale Adresse  Remoteadresse  Status"),
            Line::Heading
        );
        for line in [
            "",
            " [svchost.exe]",
            "Proto RefCnt Flags       Type       State         I-Node   Path",
            "unix  2      [ ACC ]     STREAM     LISTENING     12345    /run/x",
            "tcp is a protocol",
            "tcp 445 open",
            "TCP 10.0.0.1:5000 10.0.0.2:445",
        ] {
            assert!(!matches!(Line::of(line), Line::Socket(_)), "{line}");
        }
    }
}
