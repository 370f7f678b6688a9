//! Attempts along contacts.
//!
//! Only attempts that could succeed are drawn: as often as they would if the host that is called were as open as it ever is;
//! by how much less it is now, they are held back. When it can never fall any more, nobody calls it again.

use crate::fast::cells::NONE;
use crate::fast::queue::Happening;
use crate::fast::run::Run;
use crate::{Across, Watch};

impl<W: Watch> Run<'_, W> {
    /// An active host that is on begins to try its contacts. Waits have no memory, so each spell draws its own.
    pub(crate) fn begin_calls(&mut self, cell: u32) {
        let prepared = self.prepared;
        let Some(contacts) = &prepared.plan.contacts else {
            return;
        };
        if !self.cell(cell).is_single() {
            return;
        }
        let host = prepared.host_of(cell);
        for call in contacts.range(host) {
            self.next_call(cell, call);
        }
    }

    fn next_call(&mut self, cell: u32, number: usize) {
        let Some(contacts) = &self.prepared.plan.contacts else {
            return;
        };
        let call = contacts.members()[number];
        let to = self.cell_of(call.to);
        let is_gone = self.scratch.cells[to as usize].left == 0 && self.kin(to).returned == NONE;
        // Isolation is for good.
        if is_gone || self.is_cut(cell, to) {
            return;
        }
        let hours = self.now + self.draws.exponential() / call.per_hour;
        let spell = self.scratch.seldom[self.first_cell(cell)].spell;
        let call = number as u32;
        self.queue(hours, Happening::Call { call, spell });
    }

    /// Whether the border of an isolated organisation is between two cells.
    fn is_cut(&self, from: u32, to: u32) -> bool {
        let (from, to) = (self.cell(from), self.cell(to));
        (self.is_isolated(from) || self.is_isolated(to))
            && self.organisation(from.network) != self.organisation(to.network)
    }

    /// A host tries a contact.
    pub(crate) fn call(&mut self, number: u32, spell: u32) {
        let Some(contacts) = &self.prepared.plan.contacts else {
            return;
        };
        let call = contacts.members()[number as usize];
        let [from, to] = [call.from, call.to].map(|host| self.cell_of(host));
        if self.scratch.seldom[self.first_cell(from)].spell != spell {
            return;
        }
        let open = self.open(to, usize::from(call.vector));
        if self.scratch.cells[to as usize].left > 0
            && self.is_on(self.cell(to))
            && open.units > 0
            && !self.is_cut(from, to)
        {
            let exact = f64::from(open.units) * open.share;
            if exact >= call.most || self.draws.unit() * call.most < exact {
                let source = W::WANTS_SOURCES.then_some(from);
                self.take_effect(to, open.infects, Across::Contact, source);
            }
        }
        self.next_call(from, number as usize);
    }

    /// A single host's calls that are under way are void from now on.
    pub(crate) fn end_spell(&mut self, cell: u32) {
        if self.prepared.plan.contacts.is_some() && self.cell(cell).is_single() {
            let first = self.first_cell(cell);
            self.scratch.seldom[first].spell += 1;
        }
    }

    /// The cell that a single host was in at first: spells are counted there, in whichever cell it is.
    fn first_cell(&self, cell: u32) -> usize {
        self.prepared.cells.of_host[self.prepared.host_of(cell) as usize] as usize
    }

    /// The cell that a single host is in now.
    fn cell_of(&self, host: u32) -> u32 {
        let moved = self.scratch.moved.get(&host).copied();
        moved.unwrap_or(self.prepared.cells.of_host[host as usize])
    }

    fn organisation(&self, network: u32) -> u32 {
        let organisations = &self.prepared.plan.organisation_of_network;
        organisations.get(network as usize).copied().unwrap_or(NONE)
    }
}
