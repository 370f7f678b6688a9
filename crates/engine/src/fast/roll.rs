//! Hosts that wait without memory: one name for each, of which any may be next.
//!
//! A roll has the cell of every host in a list, so that joining it and drawing from it touch one place each. A host that
//! leaves its state in another way does not look for its name: of a cell with n names and m hosts still in the state, a
//! drawn name counts with chance m / n, and is struck off either way. So each host of the cell is drawn at its own rate,
//! however many names are void.

use crate::draws::Draws;

/// The names.
#[derive(Clone, Debug, Default)]
pub(crate) struct Roll {
    cells: Vec<u32>,
    is_kept: bool,
}

impl Roll {
    /// Nobody's name. A roll that is not kept stays empty.
    pub(crate) fn reset(&mut self, is_kept: bool) {
        self.cells.clear();
        self.is_kept = is_kept;
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
    pub(crate) fn join(&mut self, cell: u32, names: &mut u32) {
        if self.is_kept {
            self.cells.push(cell);
            *names += 1;
        }
    }

    /// Strikes off one name, each with the same chance; there is one.
    #[inline]
    pub(crate) fn strike(&mut self, draws: &mut Draws) -> u32 {
        let place = draws.below(self.cells.len() as u32) as usize;
        self.cells.swap_remove(place)
    }
}
