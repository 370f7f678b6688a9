//! Which identifiers are not believed, in the light of all statements that carry them.

use std::collections::BTreeMap;

use jiff::{SignedDuration, Timestamp};
use wardround_evidence::{Identifier, IdentifierKind};

use super::belief::{Lives, placeholder};

/// The statements that carry each identifier, by number.
pub(super) type Holders<'a> = BTreeMap<&'a Identifier, Vec<u32>>;

/// Identifiers that are placeholders, or that machines living side by side carry.
pub(super) fn disqualify<'a>(
    holders: &Holders<'a>,
    subject: &dyn Fn(u32) -> &'a [Identifier],
    times: &[Option<Timestamp>],
    window: SignedDuration,
) -> BTreeMap<&'a Identifier, &'static str> {
    let mut disqualified = BTreeMap::new();
    for (identifier, nodes) in holders {
        if let Some(why) = placeholder(identifier) {
            disqualified.insert(*identifier, why);
            continue;
        }
        if nodes.len() > 1
            && identifier.kind() <= IdentifierKind::Mac
            && identifier.kind() != IdentifierKind::Agent
            && carried_by_two(nodes, subject, times, window)
        {
            disqualified.insert(*identifier, "carried by two machines at the same time");
        }
    }
    disqualified
}

/// Whether different names, or different agents of one scheme, lived side by side under an identifier.
fn carried_by_two<'a>(
    nodes: &[u32],
    subject: &dyn Fn(u32) -> &'a [Identifier],
    times: &[Option<Timestamp>],
    window: SignedDuration,
) -> bool {
    let mut agents: BTreeMap<&str, Lives> = BTreeMap::new();
    let mut names = Lives::default();
    for node in nodes {
        let moment = times[*node as usize];
        let mut own_names = Vec::new();
        for identifier in subject(*node) {
            match identifier {
                Identifier::Agent(id) => {
                    let key = id.as_key();
                    let scheme = key.split(':').next().unwrap_or_default();
                    agents
                        .entry(scheme)
                        .or_default()
                        .see([key.to_owned()], moment);
                }
                Identifier::FullName(name) | Identifier::ShortName(name) => {
                    own_names.push(name.short());
                }
                _ => {}
            }
        }
        names.see(own_names, moment);
    }
    names.ran_together(window) || agents.values().any(|lives| lives.ran_together(window))
}
