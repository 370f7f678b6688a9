//! Services so that each stands after those that it needs.

use super::declared::Named;
use super::plan::ServiceEntry;

/// Entries so that each stands after those that it needs; a need that closes a circle is left out, and noted.
pub(super) fn in_order(entries: Vec<Named<'_>>, notes: &mut Vec<String>) -> Vec<ServiceEntry> {
    let needs: Vec<Vec<usize>> = entries
        .iter()
        .map(|named| named.needs.iter().flatten().copied().collect())
        .collect();
    let mut order: Vec<usize> = Vec::with_capacity(entries.len());
    // Untouched, on the path from the root, done.
    let mut state = vec![0u8; entries.len()];
    let mut kept: Vec<Vec<usize>> = vec![Vec::new(); entries.len()];
    let mut circles = 0;
    for root in 0..entries.len() {
        let mut path = vec![(root, 0)];
        while let Some((entry, next)) = path.last_mut() {
            let entry = *entry;
            if *next == 0 {
                if state[entry] == 2 {
                    path.pop();
                    continue;
                }
                state[entry] = 1;
            }
            let Some(need) = needs[entry].get(*next).copied() else {
                state[entry] = 2;
                order.push(entry);
                path.pop();
                continue;
            };
            *next += 1;
            if state[need] == 1 {
                circles += 1;
                continue;
            }
            kept[entry].push(need);
            if state[need] == 0 {
                path.push((need, 0));
            }
        }
    }
    if circles > 0 {
        notes.push(format!(
            "Services that need one that needs them in turn, which is left out: {circles}."
        ));
    }
    let mut place = vec![0u32; entries.len()];
    for (number, entry) in (0u32..).zip(&order) {
        place[*entry] = number;
    }
    let mut entries: Vec<Option<ServiceEntry>> = entries
        .into_iter()
        .zip(kept)
        .map(|(named, kept)| {
            let mut needs: Vec<u32> = kept.into_iter().map(|need| place[need]).collect();
            needs.sort_unstable();
            needs.dedup();
            Some(ServiceEntry {
                needs,
                ..named.entry
            })
        })
        .collect();
    let taken = order.into_iter().filter_map(|entry| entries[entry].take());
    taken.collect()
}
