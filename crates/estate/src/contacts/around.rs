//! Who was at one address around a moment.

use jiff::{SignedDuration, Timestamp};

use crate::estate::{HostId, NetworkId};

/// A machine that was seen at an address, again and again within a lease window.
#[derive(Clone, Copy, Debug)]
pub(super) struct Stay {
    pub(super) first: Timestamp,
    pub(super) last: Timestamp,
    pub(super) host: HostId,
    pub(super) network: NetworkId,
}

/// Stays at one address, so kept that a moment is looked up without going through them.
#[derive(Debug, Default)]
pub(super) struct Around {
    /// In the order in which the stays began: when, and of those so far the two machines that were seen last.
    begun: Vec<(Timestamp, [Option<Stay>; 2])>,
}

impl Around {
    pub(super) fn new(mut stays: Vec<Stay>) -> Self {
        stays.sort_unstable_by_key(|stay| (stay.first, stay.last, stay.host));
        let mut seen_last = [None; 2];
        let begun = stays.into_iter().map(|stay| {
            seen_last = with(seen_last, stay);
            (stay.first, seen_last)
        });
        Self {
            begun: begun.collect(),
        }
    }

    /// The machines that were seen within a window before or after a moment; of more than two, two of them.
    pub(super) fn at(
        &self,
        moment: Timestamp,
        window: SignedDuration,
    ) -> impl Iterator<Item = (HostId, NetworkId)> {
        let begun = self
            .begun
            .partition_point(|(first, _)| first.duration_since(moment) <= window);
        let seen_last = begun.checked_sub(1).map(|last| self.begun[last].1);
        seen_last
            .into_iter()
            .flatten()
            .flatten()
            .filter(move |stay| moment.duration_since(stay.last) <= window)
            .map(|stay| (stay.host, stay.network))
    }
}

/// The two machines that were seen last, and a further stay.
fn with([latest, other]: [Option<Stay>; 2], stay: Stay) -> [Option<Stay>; 2] {
    let is_before = |one: Option<Stay>| one.is_none_or(|one| one.last < stay.last);
    let is_same = |one: Option<Stay>| one.is_some_and(|one| one.host == stay.host);
    if is_same(latest) {
        [latest.filter(|_| !is_before(latest)).or(Some(stay)), other]
    } else if is_before(latest) {
        [Some(stay), latest]
    } else if is_before(other) {
        [latest, Some(stay)]
    } else {
        [latest, other]
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    fn hour(hour: i64) -> Timestamp {
        Timestamp::UNIX_EPOCH + SignedDuration::from_hours(hour)
    }

    /// Every way in which three stays of three machines can lie within six hours.
    #[test]
    fn a_look_up_finds_what_a_search_through_all_stays_finds() {
        let window = SignedDuration::from_hours(1);
        let spans: Vec<(i64, i64)> = (0..6)
            .flat_map(|first| (first..6).map(move |last| (first, last)))
            .collect();
        let stay = |(first, last): (i64, i64), host| Stay {
            first: hour(first),
            last: hour(last),
            host: HostId(host),
            network: NetworkId(host),
        };
        for one in &spans {
            for two in &spans {
                for three in &spans {
                    for hosts in [[0, 1, 2], [0, 1, 0]] {
                        let stays: Vec<Stay> = [one, two, three]
                            .into_iter()
                            .zip(hosts)
                            .map(|(span, host)| stay(*span, host))
                            .collect();
                        let around = Around::new(stays.clone());
                        for moment in (-2..8).map(hour) {
                            let all: BTreeSet<HostId> = stays
                                .iter()
                                .filter(|stay| {
                                    moment.duration_since(stay.last) <= window
                                        && stay.first.duration_since(moment) <= window
                                })
                                .map(|stay| stay.host)
                                .collect();
                            let found: BTreeSet<HostId> =
                                around.at(moment, window).map(|(host, _)| host).collect();
                            assert_eq!(found.len(), all.len().min(2), "{stays:?}");
                            assert!(found.is_subset(&all), "{stays:?}");
                        }
                    }
                }
            }
        }
    }
}
