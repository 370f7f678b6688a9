//! What will be read soon is asked for beforehand: hosts come in no order that a processor could foresee.

use crate::coupled::course::{Ear, Fall, Life, Status};
use crate::coupled::prepare::Prepared;
use crate::coupled::scratch::Scratch;
use crate::prefetch::prefetch;

/// So many hosts ahead, where it is known whose turn comes.
pub(in crate::coupled) const AHEAD: usize = 8;

/// Where what is known of hosts stands.
#[derive(Clone, Copy)]
pub(in crate::coupled) struct Records<'a> {
    pub(in crate::coupled) prepared: &'a Prepared<'a>,
    pub(in crate::coupled) falls: &'a [Fall],
    pub(in crate::coupled) lives: &'a [Life],
    pub(in crate::coupled) statuses: &'a [Status],
    pub(in crate::coupled) classes: &'a [u16],
}

impl Records<'_> {
    /// The next host of a listener will fall soon.
    #[inline]
    pub(in crate::coupled) fn expect_fall(self, ear: &Ear) {
        prefetch(self.falls, ear.cursor as usize + 1);
        self.expect(ear.host);
    }

    /// Something will happen to a host soon.
    #[inline]
    pub(in crate::coupled) fn expect(self, host: u32) {
        let host = host as usize;
        prefetch(self.lives, host);
        prefetch(self.statuses, host);
        prefetch(self.classes, host);
        prefetch(&self.prepared.profiles.of_host, host);
    }
}

impl Scratch {
    #[inline]
    pub(in crate::coupled) fn records<'a>(&'a self, prepared: &'a Prepared<'a>) -> Records<'a> {
        Records {
            prepared,
            falls: &self.falls,
            lives: &self.lives,
            statuses: &self.statuses,
            classes: &self.classes,
        }
    }
}
