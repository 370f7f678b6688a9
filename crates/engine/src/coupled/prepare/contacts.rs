//! Contacts by caller and by who is called.

use crate::Input;
use crate::coupled::prepare::Grouped;

/// All contacts of a pair by one vector, as its caller sees it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(in crate::coupled) struct Call {
    pub(in crate::coupled) from: u32,
    pub(in crate::coupled) to: u32,
    pub(in crate::coupled) vector: u32,
    pub(in crate::coupled) attempts_per_hour: f64,
}

/// The calls of each host. Their order in the input does not matter.
#[derive(Clone, Debug)]
pub(in crate::coupled) struct Contacts {
    pub(in crate::coupled) from: Grouped<Call>,
    /// The positions in `from` of the calls to each host, if it can become susceptible again.
    pub(in crate::coupled) to: Option<Grouped<u32>>,
}

impl Contacts {
    pub(in crate::coupled) fn new(input: &Input) -> Self {
        let mut calls: Vec<Call> = input
            .contacts
            .iter()
            .map(|contact| Call {
                from: contact.from,
                to: contact.to,
                vector: contact.vector.into(),
                attempts_per_hour: contact.attempts_per_hour.into(),
            })
            .filter(|call| call.attempts_per_hour > 0.0)
            .collect();
        let pair = |call: &Call| (call.from, call.to, call.vector);
        calls.sort_unstable_by(|one, other| {
            let rates = (one.attempts_per_hour, other.attempts_per_hour);
            pair(one)
                .cmp(&pair(other))
                .then(rates.0.total_cmp(&rates.1))
        });
        calls.dedup_by(|next, kept| {
            let is_same = pair(next) == pair(kept);
            if is_same {
                kept.attempts_per_hour += next.attempts_per_hour;
            }
            is_same
        });
        let to = input.kill_switch.is_some().then(|| {
            let turned = (0..)
                .zip(&calls)
                .map(|(position, call)| (call.to, position));
            Grouped::new(input.hosts.len(), turned)
        });
        let from = calls.iter().map(|&call| (call.from, call));
        Self {
            from: Grouped::new(input.hosts.len(), from),
            to,
        }
    }

    /// Whether a host calls nobody.
    #[inline]
    pub(in crate::coupled) fn has_none(&self, host: u32) -> bool {
        self.from.len() == 0 || self.from.range(host).is_empty()
    }
}
