//! Another system than before: an upgrade of Windows, or a machine that was brought anew.

use jiff::Timestamp;
use wardround_evidence::{Fact, System};

use super::decide::observations;
use crate::Product;
use crate::estate::{Estate, HostId};
use crate::patch::Line;

/// What a source saw running, as far as two of them can exclude each other.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord)]
enum Ran {
    NotWindows,
    /// Windows, of one of these servicing lines; none means any.
    Windows(Vec<Line>),
}

impl Ran {
    fn of(product: Product, system: &System) -> Option<Self> {
        match product {
            Product::Unknown => None,
            Product::NotWindows => Some(Self::NotWindows),
            windows => {
                let built = system.build.and_then(Line::of_build);
                let lines = built.map_or(Line::of_product(windows).to_vec(), |line| vec![line]);
                Some(Self::Windows(lines))
            }
        }
    }

    /// Both at once; none where one machine cannot run both.
    fn and(&self, other: &Self) -> Option<Self> {
        match (self, other) {
            (Self::NotWindows, Self::NotWindows) => Some(Self::NotWindows),
            (Self::Windows(any), Self::Windows(lines))
            | (Self::Windows(lines), Self::Windows(any))
                if any.is_empty() =>
            {
                Some(Self::Windows(lines.clone()))
            }
            (Self::Windows(one), Self::Windows(two)) => {
                let both: Vec<Line> = one
                    .iter()
                    .copied()
                    .filter(|line| two.contains(line))
                    .collect();
                (!both.is_empty()).then_some(Self::Windows(both))
            }
            _ => None,
        }
    }
}

/// When the newest system was first seen where another one was seen before: whatever was on or found before says nothing of it.
/// Guesses do not count.
pub(super) fn other_system(estate: &Estate, host: HostId) -> Option<Timestamp> {
    let mut seen: Vec<(Timestamp, Ran)> = observations(estate, host)
        .filter_map(|(id, moment, observed)| {
            let Fact::System(system) = &observed.fact else {
                return None;
            };
            let counts = observed.method.is_direct()
                && estate.options.is_sure(system)
                && estate.may_speak(id, host);
            let ran = Ran::of(estate.products.of(system), system).filter(|_| counts)?;
            Some((moment?, ran))
        })
        .collect();
    seen.sort_unstable();
    let mut seen = seen.into_iter();
    let (mut ran, mut changed) = (seen.next()?.1, None);
    for (moment, now) in seen {
        ran = ran.and(&now).unwrap_or_else(|| {
            changed = Some(moment);
            now
        });
    }
    changed
}
