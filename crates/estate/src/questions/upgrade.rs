//! Windows put on anew over an older one.

use jiff::Timestamp;
use wardround_evidence::{Fact, Method};

use super::decide::observations;
use crate::estate::{Estate, HostId};
use crate::patch::Line;

/// When the newest servicing line of Windows was first seen where an older one was seen before: an upgrade brings the system
/// anew, and what was on or found before says nothing of it.
pub(super) fn upgraded(estate: &Estate, host: HostId) -> Option<Timestamp> {
    let mut seen: Vec<(Timestamp, Line)> = observations(estate, host)
        .filter_map(|(id, moment, observed)| {
            let Fact::System(system) = &observed.fact else {
                return None;
            };
            let counts = observed.method <= Method::Inventoried
                && estate.options.is_sure(system)
                && estate.may_speak(id, host);
            let line = Line::of_build(system.build.filter(|_| counts)?)?;
            Some((moment?, line))
        })
        .collect();
    seen.sort_unstable();
    let (oldest, newest) = (seen.first()?.1, seen.iter().map(|(_, line)| *line).max()?);
    let first = seen.iter().find(|(_, line)| *line == newest)?.0;
    (oldest < newest).then_some(first)
}
