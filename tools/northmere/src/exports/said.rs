//! Compares what a record says with what is so at the as-of moment.

use crate::calendar::Moment;
use crate::facts::systems::Release;
use crate::hosts::{Host, State};
use crate::truth::{Fact, FalseFact, Noise};

/// What a record says of a machine. What it does not speak of is absent.
#[derive(Debug, Default, Clone)]
pub(crate) struct Said<'a> {
    pub(crate) name: Option<&'a str>,
    /// The address in the machine's first network.
    pub(crate) address: Option<(&'a str, &'a str)>,
    pub(crate) agent: bool,
    pub(crate) system: bool,
    /// The build with its revision, or the newest update: false as soon as an update came since.
    pub(crate) build: bool,
    pub(crate) updates: bool,
    /// Open to CVE-2017-0144 or not, as said.
    pub(crate) closed: Option<bool>,
    pub(crate) smb1: Option<bool>,
    pub(crate) listens: Option<bool>,
    /// Errors put in on purpose. Each stands for its fact instead of any other reason.
    pub(crate) noise: Vec<FalseFact>,
}

/// The untrue facts of what a record says of a machine at a moment.
pub(crate) fn false_facts(host: &Host, at: Moment, said: &Said<'_>) -> Vec<FalseFact> {
    let mut facts = said.noise.clone();
    let mut add = |fact: Fact, noise: Noise| {
        if !facts.iter().any(|known| known.fact == fact) {
            facts.push(FalseFact { fact, noise });
        }
    };
    if host.retired.is_some() {
        add(Fact::Presence, Noise::Retired);
        if host.replaced && said.name.is_some() {
            add(Fact::Name, Noise::NameReused);
        }
    }
    if host.cloned && said.agent {
        add(Fact::Identity, Noise::Cloned);
    }
    let then = host.state(at);
    let now = host.state(host.truth_at());
    if said
        .name
        .is_some_and(|name| !name.eq_ignore_ascii_case(&host.name))
    {
        add(Fact::Name, Noise::RenamedSince);
    }
    if said.address.is_some_and(|(said, is)| said != is) {
        add(Fact::Address, Noise::AddressMoved);
    }
    if said.agent && then.agent != now.agent {
        add(Fact::Agent, Noise::Reimaged);
    }
    let rebuilt = !same_release(then.release, now.release);
    let reason = if rebuilt {
        Noise::RebuiltSince
    } else {
        Noise::UpdatedSince
    };
    if said.system && rebuilt {
        add(Fact::System, Noise::RebuiltSince);
    }
    let changed = rebuilt || then.level != now.level;
    if said.build && changed {
        add(Fact::Build, reason);
    }
    if said.updates && changed {
        add(Fact::Updates, reason);
    }
    if said.closed.is_some_and(|closed| closed != now.closed()) {
        add(Fact::Ms17010, reason);
    }
    if said.smb1.is_some_and(|on| on != now.smb1) {
        add(Fact::Smb1, setting_reason(rebuilt));
    }
    if said.listens.is_some_and(|listens| listens != now.listens) {
        add(Fact::Port445, setting_reason(rebuilt));
    }
    facts.sort_unstable();
    facts
}

fn setting_reason(rebuilt: bool) -> Noise {
    if rebuilt {
        Noise::RebuiltSince
    } else {
        Noise::ReconfiguredSince
    }
}

fn same_release(one: &Release, other: &Release) -> bool {
    one.key == other.key
}

/// Whether an error of this fact would make the record untrue, given the truth at the end.
pub(crate) fn differs_now(now: &State<'_>, fact: Fact, said: bool) -> bool {
    match fact {
        Fact::Ms17010 => said != now.closed(),
        Fact::Smb1 => said != now.smb1,
        Fact::Port445 => said != now.listens,
        _ => true,
    }
}
