//! Facts as three words: what kind of fact, of what, and how that is.
//!
//! `port`, `445/tcp`, `open`. A list of updates takes several rows: one for the list, then one for each update.

use wardround_evidence::{
    Conversation, Fact, InstalledUpdate, Kb, ListExtent, Role, Side, Signing, System, UpdateList,
};

use super::words::Word;

/// A row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct FactRow {
    /// The kind of fact.
    pub(crate) fact: &'static str,
    /// What it is about; empty where the kind says it all.
    pub(crate) object: String,
    /// How that is.
    pub(crate) value: String,
}

/// The kind of a row that belongs to the list of updates before it.
const UPDATE: &str = "update";

/// Rows of updates that nobody calls installed have kinds of their own, for whoever asks for `update`.
const UNKNOWN_UPDATE: &str = "update_unknown";
const UPDATE_NOT_APPLICABLE: &str = "update_not_applicable";

/// The rows of a fact.
pub(crate) fn rows(fact: &Fact, into: &mut Vec<FactRow>) {
    let mut row = |fact, object: String, value: String| {
        into.push(FactRow {
            fact,
            object,
            value,
        });
    };
    let none = String::new;
    let word = |it: bool| it.word().to_owned();
    match fact {
        Fact::Answers(it) => row("answers", none(), word(*it)),
        Fact::System(system) => row("system", system.name.clone(), system_value(system)),
        Fact::Role(role) => row("role", none(), role.word().to_owned()),
        Fact::Updates(list) => {
            let extent = match list.extent {
                ListExtent::Whole => "whole".to_owned(),
                ListExtent::Cut { stated } => format!("cut {stated}"),
                ListExtent::Unstated => "unstated".to_owned(),
            };
            row("update_list", none(), extent);
            for update in &list.updates {
                let date = update.installed_on.map(|date| date.to_string());
                row(UPDATE, update.kb.to_string(), date.unwrap_or_default());
            }
        }
        Fact::UpdatesUnknown(updates) => {
            row("updates_unknown", none(), none());
            for kb in updates {
                row(UNKNOWN_UPDATE, kb.to_string(), none());
            }
        }
        Fact::UpdatesNotApplicable(updates) => {
            row("updates_not_applicable", none(), none());
            for kb in updates {
                row(UPDATE_NOT_APPLICABLE, kb.to_string(), none());
            }
        }
        Fact::UpdateMissing(kb) => row("update_missing", kb.to_string(), none()),
        Fact::UpdateAwaitingRestart(kb) => row("update_awaiting_restart", kb.to_string(), none()),
        Fact::RestartPending(it) => row("restart_pending", none(), word(*it)),
        Fact::Flaw(cve, state) => row("flaw", cve.to_string(), state.word().to_owned()),
        Fact::Port(port, state) => row("port", port.to_string(), state.word().to_owned()),
        Fact::Conversation(it) => row(
            "conversation",
            it.port.to_string(),
            format!("{} {}", it.side.word(), it.peer.ip()),
        ),
        Fact::Smb1(it) => row("smb1", none(), word(*it)),
        Fact::SmbSigning(signing) => row("smb_signing", none(), signing.word().to_owned()),
        Fact::AgentReporting(it) => row("agent_reporting", none(), word(*it)),
        Fact::AgentBlocks(it) => row("agent_blocks", none(), word(*it)),
        Fact::HostFirewall(it) => row("host_firewall", none(), word(*it)),
        Fact::InternetFacing(it) => row("internet_facing", none(), word(*it)),
        Fact::InstalledAt(moment) => row("installed_at", none(), moment.to_string()),
        Fact::StartedAt(moment) => row("started_at", none(), moment.to_string()),
        Fact::Setting(id, passed) => row("setting", id.clone(), word(*passed)),
        Fact::LogInFailed => row("log_in_failed", none(), none()),
    }
}

fn system_value(system: &System) -> String {
    let build = system.build.map(|build| format!("build={build}"));
    let pack = system
        .service_pack
        .map(|pack| format!("service_pack={pack}"));
    let confidence = system
        .confidence_percent
        .map(|percent| format!("confidence_percent={percent}"));
    let guess = system.is_guess.then(|| "guess=true".to_owned());
    let said = [build, pack, confidence, guess].into_iter().flatten();
    said.collect::<Vec<_>>().join(" ")
}

/// What a row says.
pub(crate) enum Read {
    /// A fact.
    Fact(Fact),
    /// One more update of the list before it.
    Update(InstalledUpdate),
    /// One more of those of an unknown state before it.
    Unknown(Kb),
    /// One more of those before it that do not apply.
    NotApplicable(Kb),
}

/// Reads a row; `None` for one that this program never writes.
pub(crate) fn read(fact: &str, object: &str, value: &str) -> Option<Read> {
    Some(Read::Fact(match fact {
        UPDATE => {
            let date = match value {
                "" => None,
                date => Some(date.parse().ok()?),
            };
            return Some(Read::Update(InstalledUpdate {
                kb: object.parse().ok()?,
                installed_on: date,
            }));
        }
        UNKNOWN_UPDATE => return Some(Read::Unknown(object.parse().ok()?)),
        UPDATE_NOT_APPLICABLE => return Some(Read::NotApplicable(object.parse().ok()?)),
        "answers" => Fact::Answers(bool::of(value)?),
        "system" => Fact::System(system(object, value)?),
        "role" => Fact::Role(Role::of(value)?),
        "update_list" => Fact::Updates(UpdateList {
            updates: Vec::new(),
            extent: match value {
                "whole" => ListExtent::Whole,
                "unstated" => ListExtent::Unstated,
                cut => ListExtent::Cut {
                    stated: cut.strip_prefix("cut ")?.parse().ok()?,
                },
            },
        }),
        "updates_unknown" => Fact::UpdatesUnknown(Vec::new()),
        "updates_not_applicable" => Fact::UpdatesNotApplicable(Vec::new()),
        "update_missing" => Fact::UpdateMissing(object.parse().ok()?),
        "update_awaiting_restart" => Fact::UpdateAwaitingRestart(object.parse().ok()?),
        "restart_pending" => Fact::RestartPending(bool::of(value)?),
        "flaw" => Fact::Flaw(object.parse().ok()?, Word::of(value)?),
        "port" => Fact::Port(object.parse().ok()?, Word::of(value)?),
        "conversation" => {
            let (side, peer) = value.split_once(' ')?;
            Fact::Conversation(Conversation {
                side: Side::of(side)?,
                port: object.parse().ok()?,
                peer: peer.parse().ok()?,
            })
        }
        "smb1" => Fact::Smb1(bool::of(value)?),
        "smb_signing" => Fact::SmbSigning(Signing::of(value)?),
        "agent_reporting" => Fact::AgentReporting(bool::of(value)?),
        "agent_blocks" => Fact::AgentBlocks(bool::of(value)?),
        "host_firewall" => Fact::HostFirewall(bool::of(value)?),
        "internet_facing" => Fact::InternetFacing(bool::of(value)?),
        "installed_at" => Fact::InstalledAt(value.parse().ok()?),
        "started_at" => Fact::StartedAt(value.parse().ok()?),
        "setting" => Fact::Setting(object.to_owned(), bool::of(value)?),
        "log_in_failed" => Fact::LogInFailed,
        _ => return None,
    }))
}

fn system(name: &str, value: &str) -> Option<System> {
    let mut system = System {
        name: name.to_owned(),
        ..System::default()
    };
    for said in value.split(' ').filter(|said| !said.is_empty()) {
        match said.split_once('=')? {
            ("build", build) => system.build = Some(build.parse().ok()?),
            ("service_pack", pack) => system.service_pack = Some(pack.parse().ok()?),
            ("confidence_percent", percent) => {
                system.confidence_percent = Some(percent.parse().ok()?);
            }
            ("guess", "true") => system.is_guess = true,
            _ => return None,
        }
    }
    Some(system)
}
