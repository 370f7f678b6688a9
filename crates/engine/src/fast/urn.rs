//! Members with integer weights, of which one is drawn in proportion (composition and rejection).
//!
//! Members whose weights have the same highest bit stand in one list. A list is drawn by its total, then members of it
//! evenly until one passes by its weight, which at least every second does. Totals are integers, so they never drift.
//! Slepoy, Thompson and Plimpton, *A constant-time kinetic Monte Carlo algorithm*, 2008.

use crate::draws::Draws;

/// The lists and their totals. Weights stay with the caller, who says how they change, and so do positions, because
/// a member of several urns can have them in one place.
#[derive(Clone, Debug)]
pub(crate) struct Urn {
    lists: Vec<Vec<u32>>,
    totals: [u64; 64],
    total: u64,
    /// Bit g is set where list g is not empty.
    used: u64,
}

/// Where each member stands in its list.
pub(crate) trait Positions {
    /// A member's.
    fn of(&mut self, member: u32) -> &mut u32;
}

impl Positions for Vec<u32> {
    #[inline]
    fn of(&mut self, member: u32) -> &mut u32 {
        &mut self[member as usize]
    }
}

impl Urn {
    pub(crate) fn new() -> Self {
        Self {
            lists: vec![Vec::new(); 64],
            totals: [0; 64],
            total: 0,
            used: 0,
        }
    }

    pub(crate) fn clear(&mut self) {
        self.lists.iter_mut().for_each(Vec::clear);
        self.totals = [0; 64];
        self.total = 0;
        self.used = 0;
    }

    #[inline]
    pub(crate) fn total(&self) -> u64 {
        self.total
    }

    /// The bytes that its lists hold.
    pub(crate) fn bytes(&self) -> usize {
        let lists: usize = self.lists.iter().map(Vec::capacity).sum();
        lists * size_of::<u32>() + size_of::<Vec<u32>>() * self.lists.len()
    }

    /// A member's weight has changed. Its position is the urn's own.
    #[inline]
    pub(crate) fn change(
        &mut self,
        member: u32,
        old: u64,
        new: u64,
        positions: &mut impl Positions,
    ) {
        if old == new {
            return;
        }
        self.total = self.total.wrapping_add(new.wrapping_sub(old));
        if (old ^ new) < (old & new) {
            // The highest bit is the same.
            let list = list_of(new);
            self.totals[list] = self.totals[list].wrapping_add(new.wrapping_sub(old));
            return;
        }
        self.move_member(member, old, new, positions);
    }

    fn move_member(&mut self, member: u32, old: u64, new: u64, positions: &mut impl Positions) {
        if old > 0 {
            let list = list_of(old);
            let position = *positions.of(member);
            self.totals[list] -= old;
            self.lists[list].swap_remove(position as usize);
            if let Some(&moved) = self.lists[list].get(position as usize) {
                *positions.of(moved) = position;
            }
            self.used &= !(u64::from(self.lists[list].is_empty()) << list);
        }
        if new > 0 {
            let list = list_of(new);
            *positions.of(member) = self.lists[list].len() as u32;
            self.totals[list] += new;
            self.lists[list].push(member);
            self.used |= 1 << list;
        }
    }

    /// A member, and a number evenly drawn below its weight. The total is not 0.
    #[inline]
    pub(crate) fn draw(&self, draws: &mut Draws, weight: impl Fn(u32) -> u64) -> (u32, u64) {
        let list = self.draw_list(draws);
        let members = &self.lists[list];
        loop {
            let (place, fraction) = place_in(members, draws);
            let member = members[place];
            let below = fraction >> (63 - list);
            if below < weight(member) {
                return (member, below);
            }
        }
    }

    /// The member that [`Urn::draw`] would look at first.
    #[inline]
    pub(crate) fn glance(&self, draws: &mut Draws) -> Option<u32> {
        if self.total == 0 {
            return None;
        }
        let members = &self.lists[self.draw_list(draws)];
        Some(members[place_in(members, draws).0])
    }

    /// A list in proportion to its total. The total of all is not 0.
    #[inline]
    fn draw_list(&self, draws: &mut Draws) -> usize {
        let mut rest = draws.below_long(self.total);
        let mut used = self.used;
        let mut list = list_of(used);
        while rest >= self.totals[list] {
            rest -= self.totals[list];
            used &= !(1 << list);
            list = list_of(used);
        }
        list
    }
}

/// An even place in a list, and how far in it: a fraction of 2⁶⁴.
#[inline]
fn place_in(members: &[u32], draws: &mut Draws) -> (usize, u64) {
    let wide = u128::from(draws.word()) * members.len() as u128;
    ((wide >> 64) as usize, wide as u64)
}

impl Default for Urn {
    fn default() -> Self {
        Self::new()
    }
}

/// The position of the highest bit.
#[inline]
fn list_of(weight: u64) -> usize {
    (63 - (weight | 1).leading_zeros()) as usize
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn members_are_drawn_in_proportion_whatever_came_before() {
        let mut urn = Urn::new();
        let mut positions = vec![0; 6];
        let mut weights = [0_u64; 6];
        let mut draws = Draws::new(1, 2);
        for _ in 0..2_000 {
            let member = draws.below(6);
            let new = u64::from(draws.below(40));
            urn.change(member, weights[member as usize], new, &mut positions);
            weights[member as usize] = new;
        }
        for (member, new) in [0, 1, 2, 7, 8, 30].into_iter().enumerate() {
            urn.change(member as u32, weights[member], new, &mut positions);
            weights[member] = new;
        }
        assert_eq!(urn.total(), 48);
        let mut drawn = [0_u32; 6];
        for _ in 0..48_000 {
            let (member, below) = urn.draw(&mut draws, |member| weights[member as usize]);
            assert!(below < weights[member as usize]);
            drawn[member as usize] += 1;
        }
        for (count, weight) in drawn.into_iter().zip(weights) {
            let expected = 1_000.0 * weight as f64;
            let error = (f64::from(count) - expected).abs();
            assert!(error <= 4.5 * expected.sqrt(), "{drawn:?}");
        }
    }

    #[test]
    fn a_glance_sees_whom_a_draw_looks_at_first() {
        let mut urn = Urn::new();
        assert!(urn.glance(&mut Draws::new(4, 0)).is_none());
        let mut positions = vec![0; 50];
        let weights: Vec<u64> = (0..50).map(|member| 1 + member * member % 37).collect();
        for (member, &weight) in (0..).zip(&weights) {
            urn.change(member, 0, weight, &mut positions);
        }
        let mut draws = Draws::new(4, 1);
        for _ in 0..500 {
            let seen = urn.glance(&mut draws.clone());
            let first = std::cell::Cell::new(None);
            urn.draw(&mut draws, |member| {
                first.set(first.get().or(Some(member)));
                weights[member as usize]
            });
            assert_eq!(seen, first.get());
        }
    }

    #[test]
    fn an_urn_with_one_member_or_the_largest_weight_will_do() {
        let mut urn = Urn::new();
        let mut positions = vec![0; 1];
        let largest = u64::MAX / 2 + 5;
        urn.change(0, 0, largest, &mut positions);
        assert_eq!(urn.draw(&mut Draws::new(0, 0), |_| largest).0, 0);
        urn.change(0, largest, 0, &mut positions);
        assert_eq!((urn.total(), urn.used), (0, 0));
    }
}
