//! Several short lists in one allocation.

use std::ops::Range;

/// For each group, in order, its members.
#[derive(Clone, Debug)]
pub(crate) struct Grouped<T> {
    first: Vec<u32>,
    members: Vec<T>,
}

impl<T> Grouped<T> {
    pub(crate) fn new() -> Self {
        Self {
            first: vec![0],
            members: Vec::new(),
        }
    }

    /// How many groups were ended.
    pub(crate) fn count(&self) -> u32 {
        self.first.len() as u32 - 1
    }

    /// Adds a member to the group that is being filled.
    pub(crate) fn push(&mut self, member: T) {
        self.members.push(member);
    }

    /// Ends the group that is being filled and begins the next.
    pub(crate) fn end_group(&mut self) {
        let end = u32::try_from(self.members.len()).expect("the input's sizes were checked");
        self.first.push(end);
    }

    /// The positions of a group's members among all members.
    #[inline]
    pub(crate) fn range(&self, group: u32) -> Range<usize> {
        self.first[group as usize] as usize..self.first[group as usize + 1] as usize
    }

    /// The members of one group.
    #[inline]
    pub(crate) fn of(&self, group: u32) -> &[T] {
        &self.members[self.range(group)]
    }

    /// The members of all groups.
    pub(crate) fn members(&self) -> &[T] {
        &self.members
    }
}
