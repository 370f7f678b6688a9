//! Every machine's kind, and each kind once.

use std::collections::BTreeMap;

use wardround_estate::{Estate, HostId};

use super::member::Member;
use super::vectors::Ways;

/// The machines by kind: four bytes for each.
#[derive(Clone, Debug)]
pub(super) struct Census {
    /// The kinds, in their order, and how many machines are of each.
    pub(super) kinds: Vec<(Member, u32)>,
    /// The kind of each machine.
    pub(super) of_host: Vec<u32>,
    /// Machines that the default entry is drawn from.
    pub(super) entries: Vec<u32>,
    /// Whether these are those that may be workstations; else they are all.
    pub(super) has_workstations: bool,
}

impl Census {
    pub(super) fn new(estate: &Estate, ways: &Ways) -> Self {
        let mut numbers: BTreeMap<Member, u32> = BTreeMap::new();
        let mut of_host: Vec<u32> = Vec::with_capacity(estate.hosts.len());
        for (index, host) in (0..).map(HostId).zip(&estate.hosts) {
            let member = Member::new(estate, index, host, &ways.questions);
            let next = u32::try_from(numbers.len()).unwrap_or(u32::MAX);
            of_host.push(*numbers.entry(member).or_insert(next));
        }
        // In the order of kinds rather than of first machines, so that what is counted does not hang on identifiers.
        let mut order = vec![0u32; numbers.len()];
        let mut kinds: Vec<(Member, u32)> = Vec::with_capacity(numbers.len());
        for (place, (member, number)) in (0u32..).zip(numbers) {
            order[number as usize] = place;
            kinds.push((member, 0));
        }
        for kind in &mut of_host {
            *kind = order[*kind as usize];
            kinds[*kind as usize].1 += 1;
        }
        let all = || 0..u32::try_from(of_host.len()).unwrap_or(u32::MAX);
        let of_kind = |host: &u32| &kinds[of_host[*host as usize] as usize].0;
        let mut entries: Vec<u32> = all()
            .filter(|host| of_kind(host).may_be_a_workstation)
            .collect();
        let has_workstations = !entries.is_empty();
        if !has_workstations {
            entries = all().collect();
        }
        Self {
            kinds,
            of_host,
            entries,
            has_workstations,
        }
    }

    pub(super) fn member(&self, host: u32) -> &Member {
        &self.kinds[self.of_host[host as usize] as usize].0
    }
}
