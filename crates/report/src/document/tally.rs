//! How many machines, and how each question about them is settled.

use schemars::JsonSchema;
use serde::Serialize;

use super::{Door, Interval, Settled, Shown};
use crate::review;

/// How many machines, and how each question is settled.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub(crate) struct Tally {
    /// Machines.
    pub(crate) hosts: u32,
    /// Organisations.
    pub(crate) organisations: u32,
    /// Networks.
    pub(crate) networks: u32,
    /// How many of the networks were assumed for want of a description.
    pub(crate) networks_assumed: u32,
    /// Machines that two or more kinds of source speak of.
    pub(crate) seen_twice: u32,
    /// An estimate of machines in no source at all; a floor, from those that only one source knows.
    pub(crate) unseen_estimate: Option<Interval>,
    /// Each question that was asked of every machine.
    pub(crate) verdicts: Vec<VerdictCount>,
    /// Of all `holds` verdicts, the share (0 to 1) that rests on one machine's word about itself.
    pub(crate) holds_self_reported: Option<f64>,
}

/// One question's verdicts over all machines.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub(crate) struct VerdictCount {
    /// The safeguard, as a phrase.
    pub(crate) question: Shown,
    /// How many hold, fail, are unknown.
    pub(crate) settled: Settled,
    /// How many are disputed; part of unknown.
    pub(crate) disputed: u32,
    /// Why unknown, most frequent first.
    pub(crate) unknown_reasons: Vec<ReasonCount>,
}

/// One reason and how many machines have it.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub(crate) struct ReasonCount {
    /// The reason.
    pub(crate) reason: Shown,
    /// Machines.
    pub(crate) count: u32,
}

impl Tally {
    pub(crate) fn new(tally: &review::Tally, door: &Door<'_>) -> Self {
        Self {
            hosts: tally.hosts,
            organisations: tally.organisations,
            networks: tally.networks,
            networks_assumed: tally.networks_assumed,
            seen_twice: tally.seen_twice,
            unseen_estimate: tally.unseen_estimate.map(Interval::new),
            verdicts: door.each(&tally.verdicts, VerdictCount::new),
            holds_self_reported: tally.holds_self_reported,
        }
    }
}

impl VerdictCount {
    fn new(count: &review::VerdictCount, door: &Door<'_>) -> Self {
        Self {
            question: door.text(&count.question),
            settled: Settled::new(count.settled),
            disputed: count.disputed,
            unknown_reasons: door.each(&count.unknown_reasons, |(reason, count), door| {
                ReasonCount {
                    reason: door.text(reason),
                    count: *count,
                }
            }),
        }
    }
}
