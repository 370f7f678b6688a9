//! What was found, held against the manifest.

use std::collections::BTreeMap;

use super::fault::{BundleFault, Faults};
use super::manifest::{Manifest, Member};
use super::scan::Found;

/// Says of every member in which way it is not what the manifest lists, and returns those that are, with how they are listed.
pub(super) fn compare<'a>(
    manifest: &'a Manifest,
    found: &'a [Found],
    faults: &mut Faults,
) -> Vec<(&'a Member, &'a Found)> {
    let listed: BTreeMap<&str, &Member> = manifest
        .members
        .iter()
        .map(|member| (member.name.as_str(), member))
        .collect();
    let mut times: BTreeMap<&str, usize> = BTreeMap::new();
    let mut first: Vec<&Found> = Vec::new();
    for member in found {
        let seen = times.entry(&member.name).or_default();
        *seen += 1;
        if *seen == 1 {
            first.push(member);
        }
    }
    for (name, times) in &times {
        let name = (*name).to_owned();
        if !listed.contains_key(name.as_str()) {
            faults.add(BundleFault::Extra { name });
        } else if *times > 1 {
            let times = *times;
            faults.add(BundleFault::Doubled { name, times });
        }
    }
    first.retain(|member| listed.contains_key(member.name.as_str()));
    let mut expected = Vec::new();
    for member in &manifest.members {
        if times.contains_key(member.name.as_str()) {
            expected.push(member);
        } else {
            let name = member.name.clone();
            faults.add(BundleFault::Missing { name });
        }
    }
    for (member, wanted) in first.iter().zip(&expected) {
        if member.name != wanted.name {
            faults.add(BundleFault::Reordered {
                name: member.name.clone(),
                wanted: wanted.name.clone(),
            });
        }
    }
    let mut sound = Vec::new();
    for found in first {
        let member = listed[found.name.as_str()];
        let changed = |what| BundleFault::Changed {
            name: found.name.clone(),
            what,
        };
        if !found.whole {
            // That it is cut short was said where it ends.
        } else if found.length != member.length {
            faults.add(changed("the length"));
        } else if found.digest.to_string() != member.sha256 {
            faults.add(changed("the digest"));
        } else {
            sound.push((member, found));
        }
    }
    sound
}
