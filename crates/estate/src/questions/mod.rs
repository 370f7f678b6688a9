//! The questions that are asked of every machine, and how evidence settles them.

mod decide;
mod ms17_010;
mod other_system;
mod restart;
mod settings;
mod updated_since;

use jiff::civil::Date;
use wardround_evidence::{ObservationId, Port, Truth, Verdict};

pub(crate) use self::decide::{Heard, observations};
use crate::estate::{Estate, HostId};

/// A question about one machine: whether a safeguard is in place.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Question {
    /// Is the SMB flaw of bulletin MS17-010 (CVE-2017-0143 to -0148) closed?
    Ms17010Closed,
    /// Is SMB version 1 off on its server side?
    Smb1Off,
    /// Does nothing answer others on this port: because nothing listens, or because its own firewall lets nobody in?
    NotListening(Port),
    /// Does it have a cumulative update that was released on or after this day?
    UpdatedSince(Date),
    /// Does an endpoint agent report from it that stops what it sees (EDR in block mode)?
    AgentBlocks,
}

impl Question {
    /// The safeguard as a phrase, for prose: `SMB version 1 is off`.
    #[must_use]
    pub fn words(self) -> String {
        match self {
            Self::Ms17010Closed => "the SMB hole of March 2017 (MS17-010) is closed".to_owned(),
            Self::Smb1Off => "SMB version 1 is off".to_owned(),
            Self::NotListening(port) => format!("nothing answers on {port}"),
            Self::UpdatedSince(day) => format!("updates of {day} or later are on"),
            Self::AgentBlocks => "an endpoint agent stops attacks (EDR in block mode)".to_owned(),
        }
    }

    /// The safeguard in the few words that fit above a column: `SMB 1 off`.
    #[must_use]
    pub fn heading(self) -> String {
        match self {
            Self::Ms17010Closed => "MS17-010 closed".to_owned(),
            Self::Smb1Off => "SMB 1 off".to_owned(),
            Self::NotListening(port) => format!("{port} shut"),
            Self::UpdatedSince(day) => format!("updated since {day}"),
            Self::AgentBlocks => "agent blocks".to_owned(),
        }
    }

    /// A short word for it, for data: `ms17_010_closed`.
    #[must_use]
    pub fn key(self) -> String {
        match self {
            Self::Ms17010Closed => "ms17_010_closed".to_owned(),
            Self::Smb1Off => "smb1_off".to_owned(),
            Self::NotListening(port) => {
                format!("not_listening_{}", port.to_string().replace('/', "_"))
            }
            Self::UpdatedSince(_) => "updated_since".to_owned(),
            Self::AgentBlocks => "agent_blocks".to_owned(),
        }
    }
}

/// A verdict, and what is missing where it is unknown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// The verdict.
    pub verdict: Verdict,
    /// What is missing; only where the verdict is unknown.
    pub gap: Option<Gap>,
}

impl Finding {
    /// The observation that decided it; none where it is unknown.
    #[must_use]
    pub fn deciding(&self) -> Option<ObservationId> {
        match self.verdict.truth {
            Truth::Holds => self.verdict.supporting.first().copied(),
            Truth::Fails => self.verdict.opposing.first().copied(),
            Truth::Unknown => None,
        }
    }
}

/// Why a question is not settled. Machines that nobody sees are worse than those that everybody sees, so the reason
/// shifts what is drawn for them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Gap {
    /// No source says anything that bears on it.
    NothingSaid,
    /// No source that can list its updates knows the machine.
    NotInventoried,
    /// Its agent reports to a source that lists what other machines lack, and nothing of this one.
    NoComplaint,
    /// Nobody knows what it runs.
    SystemUnknown,
    /// What was said is too old to go on speaking.
    Stale,
    /// The list that could settle it is cut, or nothing says that it is whole.
    ListCut,
    /// A scanner could not log in.
    LogInFailed,
    /// A filter answered for it, perhaps one that stands before its whole network.
    Filtered,
    /// A filter answered for it where others of its network answered the same scan: its own firewall, most likely.
    FilteredAtHost,
    /// Observations contradict each other: equally good ones, or a weaker one that is newer.
    Disputed,
    /// Only a source without authority over it says that it holds.
    NotAuthorised,
    /// The built-in tables do not reach that far.
    TablesEnd,
    /// It listens by its own account, and nothing says whether its own firewall lets others in.
    OwnFirewall,
    /// No endpoint agent reports from it.
    NoAgent,
    /// An update is on it that has no effect until it starts anew, and nothing says that it did.
    RestartPending,
}

impl Gap {
    /// All gaps.
    pub const ALL: [Self; 15] = [
        Self::NothingSaid,
        Self::NotInventoried,
        Self::NoComplaint,
        Self::SystemUnknown,
        Self::Stale,
        Self::ListCut,
        Self::LogInFailed,
        Self::Filtered,
        Self::FilteredAtHost,
        Self::Disputed,
        Self::NotAuthorised,
        Self::TablesEnd,
        Self::OwnFirewall,
        Self::NoAgent,
        Self::RestartPending,
    ];

    /// The gap in words, after *because*.
    #[must_use]
    pub const fn words(self) -> &'static str {
        match self {
            Self::NothingSaid => "no source says anything that bears on it",
            Self::NotInventoried => "no source that lists updates knows the machine",
            Self::NoComplaint => "a source that lists what other machines lack lists nothing of it",
            Self::SystemUnknown => "nobody knows what it runs",
            Self::Stale => "what was said is too old",
            Self::ListCut => "no list of its updates is known to be whole",
            Self::LogInFailed => "a scanner could not log in",
            Self::Filtered => "a filter answered in its place",
            Self::FilteredAtHost => {
                "a filter answered in its place, though not for others of its network"
            }
            Self::Disputed => "sources contradict each other, and nothing tells which is right",
            Self::NotAuthorised => "only a source without authority over it says that it holds",
            Self::TablesEnd => "the built-in tables do not reach that far",
            Self::OwnFirewall => {
                "it listens, and nothing says whether its own firewall lets others in"
            }
            Self::NoAgent => "no endpoint agent reports from it",
            Self::RestartPending => "an update on it waits for a restart",
        }
    }
}

impl Estate {
    /// What the evidence supports on one question about one machine.
    #[must_use]
    pub fn assess(&self, host: HostId, question: Question) -> Finding {
        self.hear(host, question).finding
    }

    /// The same with how it came about.
    pub(crate) fn hear(&self, host: HostId, question: Question) -> Heard {
        match question {
            Question::Ms17010Closed => ms17_010::assess(self, host),
            Question::Smb1Off => settings::smb1_off(self, host),
            Question::NotListening(port) => settings::not_listening(self, host, port),
            Question::UpdatedSince(day) => updated_since::assess(self, host, day),
            Question::AgentBlocks => settings::agent_blocks(self, host),
        }
    }
}
