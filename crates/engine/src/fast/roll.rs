//! Hosts that wait without memory: one name for each, of which any may be next.
//!
//! A roll has the cell of every host in a list whose order is random: who joins changes places with any that is there, as
//! in a shuffle from the inside out. So whoever is last is as good as drawn, and who comes after is known ahead: what is
//! known of them can be read before it is needed (`next_round`). A host that leaves its state in another way does not look for its name: of a cell with n names and m hosts still in the state, a
//! drawn name counts with chance m / n, and is struck off either way. So each host of the cell is drawn at its own rate,
//! however many names are void.

use crate::draws::Draws;
use crate::fast::ahead::ROUND;

/// The names.
#[derive(Clone, Debug, Default)]
pub(crate) struct Roll {
    cells: Vec<u32>,
    is_kept: bool,
    /// How many of the next names were handed out as the next round.
    read: usize,
}

impl Roll {
    /// Nobody's name. A roll that is not kept stays empty.
    pub(crate) fn reset(&mut self, is_kept: bool) {
        self.cells.clear();
        self.is_kept = is_kept;
        self.read = 0;
    }

    /// The bytes that it holds.
    pub(crate) fn bytes(&self) -> usize {
        self.cells.capacity() * size_of::<u32>()
    }

    /// How many names there are.
    #[inline]
    pub(crate) fn count(&self) -> usize {
        self.cells.len()
    }

    /// A host of a cell, which has so many names, joins.
    #[inline]
    pub(crate) fn join(&mut self, cell: u32, names: &mut u32, draws: &mut Draws) {
        if self.is_kept {
            let last = self.cells.len();
            let place = draws.below(last as u32 + 1) as usize;
            self.cells.push(cell);
            self.cells.swap(place, last);
            *names += 1;
        }
    }

    /// Strikes off one name, each with the same chance.
    #[inline]
    pub(crate) fn strike(&mut self) -> Option<u32> {
        self.read = self.read.saturating_sub(1);
        self.cells.pop()
    }

    /// The names that come next unless somebody joins in between; only once for each round of them.
    #[inline]
    pub(crate) fn next_round(&mut self) -> Option<[u32; ROUND]> {
        if self.read > 0 {
            return None;
        }
        let round = *self.cells.last_chunk()?;
        self.read = ROUND;
        Some(round)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whoever_joins_is_struck_off_at_any_turn_alike() {
        let mut draws = Draws::new(5, 0);
        let mut turns = [[0_u32; 4]; 4];
        for _ in 0..24_000 {
            let mut roll = Roll::default();
            roll.reset(true);
            let mut names = 0;
            // The name 4 is struck off early or stays to the end; the four others come before and after.
            for cell in [0, 1, 4, 2, 3] {
                roll.join(cell, &mut names, &mut draws);
            }
            let order: Vec<u32> = std::iter::from_fn(|| roll.strike()).collect();
            let others = order.iter().filter(|&&cell| cell < 4);
            for (turn, &cell) in others.enumerate() {
                turns[cell as usize][turn] += 1;
            }
        }
        for count in turns.as_flattened() {
            let error = (f64::from(*count) - 6_000.0).abs();
            assert!(error <= 4.5 * 4_500.0_f64.sqrt(), "{turns:?}");
        }
    }
}
