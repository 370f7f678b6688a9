//! Several short lists in one allocation.

use std::ops::Range;

/// For each group, in order, its members.
#[derive(Clone, Debug, Default)]
pub(in crate::coupled) struct Grouped<T> {
    first: Vec<u32>,
    members: Vec<T>,
}

impl<T: Copy> Grouped<T> {
    /// Sorts pairs of a group and a member into so many groups; members keep their order.
    pub(in crate::coupled) fn new(groups: usize, pairs: impl Iterator<Item = (u32, T)>) -> Self {
        let pairs: Vec<(u32, T)> = pairs.collect();
        let mut first = vec![0_u32; groups + 1];
        for &(group, _) in &pairs {
            first[group as usize + 1] += 1;
        }
        for group in 0..groups {
            first[group + 1] += first[group];
        }
        let mut members = pairs.iter().map(|pair| pair.1).collect::<Vec<T>>();
        let mut next = first.clone();
        for &(group, member) in &pairs {
            members[next[group as usize] as usize] = member;
            next[group as usize] += 1;
        }
        Self { first, members }
    }

    /// The positions of a group's members among all.
    #[inline]
    pub(in crate::coupled) fn range(&self, group: u32) -> Range<usize> {
        self.first[group as usize] as usize..self.first[group as usize + 1] as usize
    }

    /// The members of one group.
    #[inline]
    pub(in crate::coupled) fn of(&self, group: u32) -> &[T] {
        &self.members[self.range(group)]
    }

    /// A member by its position among all.
    #[inline]
    pub(in crate::coupled) fn at(&self, position: u32) -> T {
        self.members[position as usize]
    }

    /// How many members all groups have.
    #[inline]
    pub(in crate::coupled) fn len(&self) -> usize {
        self.members.len()
    }
}
