//! The kinds of thing that a source can see of a host.

use jiff::Timestamp;
use jiff::civil::Date;

use crate::{Address, Cve, Kb, Port, System};

/// One thing seen of a host.
#[derive(Clone, Debug, PartialEq)]
pub enum Fact {
    /// It answered (or did not answer) a discovery probe.
    Answers(bool),
    /// Its operating system.
    System(System),
    /// What it is for.
    Role(Role),
    /// Updates that are on it.
    Updates(UpdateList),
    /// An update that it lacks, by its own agent's account.
    UpdateMissing(Kb),
    /// An update that is on it and without effect until it starts anew.
    UpdateAwaitingRestart(Kb),
    /// Whether it waits for a restart, by the account of a source that does not say on account of which update.
    RestartPending(bool),
    /// Updates of which an update service knows the machine and not their state. One fact for all: a service lists thousands of
    /// updates for each machine. Sorted, without repeats.
    UpdatesUnknown(Vec<Kb>),
    /// Updates that are not for it, by its update service: superseded, or of another system. Sorted, without repeats.
    UpdatesNotApplicable(Vec<Kb>),
    /// Whether it has a flaw.
    Flaw(Cve, FlawState),
    /// A port as seen from where the scanner stood.
    Port(Port, PortState),
    /// A conversation with another machine that was under way.
    Conversation(Conversation),
    /// Whether its server side speaks SMB version 1.
    Smb1(bool),
    /// What its SMB server says of message signing.
    SmbSigning(Signing),
    /// Whether the endpoint agent is installed and reporting.
    AgentReporting(bool),
    /// Whether the endpoint agent stops what it sees.
    AgentBlocks(bool),
    /// Whether the host's own firewall is on; which ports it lets in is another matter.
    HostFirewall(bool),
    /// Whether something outside can start a conversation with it.
    InternetFacing(bool),
    /// When its system was installed: a rebuild ends what was known before.
    InstalledAt(Timestamp),
    /// When it last started.
    StartedAt(Timestamp),
    /// A configuration check that wardround keeps and does not interpret: its identifier and whether it passed.
    Setting(String, bool),
    /// A scanner tried to log in and failed: its patch results mean nothing.
    LogInFailed,
}

/// What a host is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Role {
    /// Someone's PC.
    Workstation,
    /// A server.
    Server,
    /// A domain controller.
    DomainController,
    /// A printer, camera, switch or other appliance.
    Appliance,
    /// A medical device.
    Clinical,
}

/// How far a list of updates can be trusted to be complete.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ListExtent {
    /// The list is as long as its own header says, or the command lists all it knows.
    Whole,
    /// Fewer entries than the header says.
    Cut {
        /// How many the header promises.
        stated: u32,
    },
    /// Nothing says how long it should be.
    Unstated,
}

/// An update on a host.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct InstalledUpdate {
    /// Its number.
    pub kb: Kb,
    /// The day it was installed, where the list says so.
    pub installed_on: Option<Date>,
}

/// A list of updates, as one command or agent gave it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UpdateList {
    /// The updates, sorted by number and without repeats.
    pub updates: Vec<InstalledUpdate>,
    /// Whether the list is complete.
    pub extent: ListExtent,
}

/// What a source says about one flaw on one host.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum FlawState {
    /// It is there.
    Present,
    /// It was looked for and is not there.
    Absent,
    /// The tool thinks so but did not confirm it.
    Likely,
    /// Its cure is on, and without effect until the machine starts anew.
    AwaitsRestart,
    /// The source says that it does not concern the machine, and not why.
    NotApplicable,
    /// The source lists the machine, and says that it does not know.
    Unknown,
}

/// A port as a scanner saw it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum PortState {
    /// Something answered on it.
    Open,
    /// The host answered that nothing listens.
    Closed,
    /// Nothing came back, or a filter answered: this says nothing of the host.
    Filtered,
    /// No answer where an open port might stay silent.
    OpenOrFiltered,
}

/// A conversation as one of the two machines listed it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Conversation {
    /// Which side the machine was on.
    pub side: Side,
    /// The port of the side that answered.
    pub port: Port,
    /// The other machine.
    pub peer: Address,
}

/// The side of a conversation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Side {
    /// It began the conversation.
    Began,
    /// It answered on a port of its own.
    Answered,
}

/// What an SMB server says of message signing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Signing {
    /// Signing is demanded.
    Required,
    /// Offered but not demanded.
    Enabled,
    /// Not offered.
    Disabled,
}
