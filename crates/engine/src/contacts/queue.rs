//! Arrivals that wait for their time, in slots.
//!
//! A ring of slots covers the near future; what comes later waits in one list that is sorted into the ring when that
//! has gone round. Within a slot there is no order, and none is needed.

/// A host may fall at a time.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Arrival {
    pub(crate) ticks: u32,
    pub(crate) host: u32,
}

/// How many slots the ring has. About a thousand keep the ends of all in the nearest cache but one, and see to it that
/// hardly anything is late enough for the list (see `Prepared` for how long a slot is).
const SLOTS: u32 = 1024;

/// Arrivals by slot.
#[derive(Clone, Debug, Default)]
pub(crate) struct Queue {
    ring: Vec<Vec<Arrival>>,
    later: Vec<Arrival>,
    /// Ticks are shifted right so far to give their slot.
    shift: u32,
    /// The slot that is open.
    slot: u32,
    /// How many arrivals are in the ring.
    near: usize,
}

impl Queue {
    /// Empties the queue and opens slot 0.
    pub(crate) fn begin(&mut self, shift: u32) {
        self.ring.resize_with(SLOTS as usize, Vec::new);
        self.ring.iter_mut().for_each(Vec::clear);
        self.later.clear();
        self.shift = shift;
        self.slot = 0;
        self.near = 0;
    }

    /// Adds an arrival that is not before the open slot.
    #[inline]
    pub(crate) fn push(&mut self, arrival: Arrival) {
        let slot = arrival.ticks >> self.shift;
        // Same turn of the ring; the slots that this turn has passed are not used again within it.
        if slot / SLOTS == self.slot / SLOTS {
            self.ring[(slot % SLOTS) as usize].push(arrival);
            self.near += 1;
        } else {
            self.later.push(arrival);
        }
    }

    /// The slot that is open.
    pub(crate) fn slot(&self) -> u32 {
        self.slot
    }

    /// Takes what is in the open slot, or else opens the next that holds anything and takes that. `false` if nothing is
    /// left.
    pub(crate) fn take(&mut self, into: &mut Vec<Arrival>) -> bool {
        into.clear();
        if self.near == 0 && !self.turn() {
            return false;
        }
        while self.ring[(self.slot % SLOTS) as usize].is_empty() {
            self.slot += 1;
        }
        std::mem::swap(&mut self.ring[(self.slot % SLOTS) as usize], into);
        self.near -= into.len();
        true
    }

    /// Sorts the first of the later arrivals into the ring.
    fn turn(&mut self) -> bool {
        let turn = |arrival: &Arrival| (arrival.ticks >> self.shift) / SLOTS;
        let Some(first) = self.later.iter().map(turn).min() else {
            return false;
        };
        self.slot = first * SLOTS;
        let Self {
            ring, near, later, ..
        } = self;
        later.retain(|arrival| {
            let slot = arrival.ticks >> self.shift;
            let is_later = slot / SLOTS != first;
            if !is_later {
                ring[(slot % SLOTS) as usize].push(*arrival);
                *near += 1;
            }
            is_later
        });
        true
    }
}
