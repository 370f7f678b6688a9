//! What of each class counts at the moment: hosts that are off are no sources and not open.
//!
//! Every probe asks this of several cells, so it is worked out once an hour, and not for each of them.

use crate::fast::Prepared;
use crate::fast::reach::ByVector;

/// One class, now.
#[derive(Clone, Copy, Debug)]
pub(crate) struct ClassNow {
    pub(crate) is_on: bool,
    /// A bit for each vector that its hosts carry, none while they are off.
    pub(crate) carries: u8,
    /// Its units of openness, 0 while its hosts are off: where the kill switch answers nobody, and where it does who asks it.
    pub(crate) units: [ByVector<u32>; 2],
}

impl ClassNow {
    pub(crate) fn new(prepared: &Prepared<'_>, class: usize, is_on: bool) -> Self {
        if !is_on {
            return Self {
                is_on,
                carries: 0,
                units: Default::default(),
            };
        }
        let opens = &prepared.openness.classes[class];
        Self {
            is_on,
            carries: prepared.plan.kinds[class].carries,
            units: [0, 1].map(|row: usize| opens[row].map(|open| open.units)),
        }
    }
}
