//! Organisations that notice, act, isolate themselves, patch and rebuild.

use crate::fast::cells::{Cell, NONE};
use crate::fast::queue::Happening;
use crate::fast::run::Run;
use crate::hours::OnHours;
use crate::{Event, Response, Watch};

impl<W: Watch> Run<'_, W> {
    /// A host of a cell was disabled: its organisation may notice.
    pub(crate) fn notice_disabled(&mut self, cell: u32) {
        if self.prepared.plan.counts_disabled {
            let network = self.cell(cell).network;
            if network != NONE {
                self.notice(network, true);
            }
        }
    }

    /// A host of a network was infected, or disabled: its organisation may notice.
    pub(crate) fn notice(&mut self, network: u32, is_disabled: bool) {
        let prepared = self.prepared;
        let organisation = self.organisation_of(network);
        let state = &mut self.scratch.organisations[organisation as usize];
        if state.unnoticed == 0 || state.counts_disabled != is_disabled {
            return;
        }
        state.unnoticed -= 1;
        if state.unnoticed > 0 || state.has_acted {
            return;
        }
        if let Some(response) = prepared.response_of(organisation) {
            let at = self.now + response.delay.draw(&mut self.draws);
            self.queue(at, Happening::Act { organisation });
        }
    }

    /// An organisation acts, unless it has.
    pub(crate) fn act(&mut self, organisation: u32) {
        let prepared = self.prepared;
        let Some(response) = prepared.response_of(organisation) else {
            return;
        };
        let state = &mut self.scratch.organisations[organisation as usize];
        if std::mem::replace(&mut state.has_acted, true) {
            return;
        }
        self.note(Event::Acted { organisation });
        if response.isolates {
            self.isolate(organisation);
        }
        self.begin_work(organisation, response);
    }

    /// An organisation has so many more susceptible hosts with something to patch.
    #[inline]
    pub(crate) fn count_patchable(&mut self, cell: Cell, more: i32) {
        let plan = &self.prepared.plan;
        if plan.has_patching
            && plan.kinds[usize::from(cell.class)].is_patchable
            && cell.network != NONE
        {
            let organisation = self.organisation_of(cell.network);
            let state = &mut self.scratch.organisations[organisation as usize];
            state.patchable = state.patchable.wrapping_add_signed(more);
            if more > 0 && !state.awaits_patch && state.works_until > self.now {
                self.await_patch(organisation);
            }
        }
    }

    /// As an hour begins, the staff of organisations that have acted come to work.
    pub(crate) fn change_staff(&mut self, hour: usize) {
        let prepared = self.prepared;
        let schedules = &prepared.plan.hours;
        let begins = |it: &OnHours| it.is_on[hour] && !it.is_on[(hour + 167) % 168];
        if !schedules.iter().any(begins) {
            return;
        }
        for (organisation, it) in (0..).zip(&prepared.input.organisations) {
            if let Some(response) = &it.response
                && let Some(schedule) = response.staff_schedule
                && begins(&schedules[usize::from(schedule)])
                && self.scratch.organisations[organisation as usize].has_acted
            {
                self.begin_work(organisation, response);
            }
        }
    }

    /// The staff of an organisation that has acted begin to work, if it is their time.
    fn begin_work(&mut self, organisation: u32, response: &Response) {
        let hours = &self.prepared.plan.hours;
        let until = match response.staff_schedule {
            None => Some(f64::INFINITY),
            Some(schedule) => self.on_until(&hours[usize::from(schedule)].is_on),
        };
        let Some(until) = until else {
            return;
        };
        self.scratch.organisations[organisation as usize].works_until = until;
        self.await_patch(organisation);
        self.await_rebuild(organisation);
    }

    /// Draws when the staff next have time for a patch, as long as there is something to patch.
    fn await_patch(&mut self, organisation: u32) {
        let state = &mut self.scratch.organisations[organisation as usize];
        state.awaits_patch = state.patchable > 0;
        if state.awaits_patch
            && let Some(at) = self.next_work(organisation, |it| it.patches_per_hour)
        {
            self.queue(at, Happening::Patch { organisation });
        }
    }

    /// Draws when the staff next have time to rebuild a host.
    fn await_rebuild(&mut self, organisation: u32) {
        let Some(at) = self.next_work(organisation, |it| it.rebuilds_per_hour) else {
            return;
        };
        if !self.prepared.plan.is_generous {
            self.queue(at, Happening::Rebuild { organisation });
        } else if at <= self.prepared.input.horizon_hours {
            self.scratch.rebuilds.push(at, organisation);
        }
    }

    /// When the staff next have time for what they do at a pace, if they do before they go home.
    fn next_work(&mut self, organisation: u32, pace: fn(&Response) -> f64) -> Option<f64> {
        let response = self.prepared.response_of(organisation)?;
        let at = self.now + self.wait(pace(response));
        let until = self.scratch.organisations[organisation as usize].works_until;
        (at < until).then_some(at)
    }

    /// An organisation's staff have time for a patch.
    pub(crate) fn patch(&mut self, organisation: u32) {
        self.patch_one(organisation);
        self.await_patch(organisation);
    }

    /// They patch a host, if there is any that they can.
    fn patch_one(&mut self, organisation: u32) {
        // Otherwise there is nobody to be looked for.
        if self.scratch.organisations[organisation as usize].patchable == 0 {
            return;
        }
        let is_open = |cell: u32, run: &Self| {
            let it = run.cell(cell);
            // Most have nobody left: of these nothing else is looked up.
            if it.left > 0 && run.is_on(it) && run.kin(cell).patched != NONE {
                it.left
            } else {
                0
            }
        };
        let Some(cell) = self.draw_cell_of(organisation, is_open) else {
            return;
        };
        let returned = self.take(cell, None);
        self.shift(cell, 0, -1);
        let patched = self.kin(cell).patched;
        self.scratch.cells[patched as usize].left += 1;
        if self.cell(patched).is_returned {
            let times = self.scratch.returns.entry(patched).or_default();
            let at = times.partition_point(|&time| time <= returned);
            times.insert(at, returned);
        }
        self.shift(patched, 0, 1);
        if self.cell(patched).is_single() {
            let host = self.prepared.host_of(cell);
            self.scratch.moved.insert(host, patched);
        }
        self.note(Event::Patched { unit: patched });
    }

    /// A time for a rebuild is due that was drawn beforehand.
    pub(crate) fn rebuild_due(&mut self) {
        if let Some(next) = self.scratch.rebuilds.next_round() {
            self.read_staff(next);
        }
        if let Some(organisation) = self.scratch.rebuilds.pop() {
            self.rebuild(organisation);
        }
    }

    /// An organisation's staff have time to rebuild a host.
    pub(crate) fn rebuild(&mut self, organisation: u32) {
        self.rebuild_one(organisation);
        self.await_rebuild(organisation);
    }

    /// They rebuild a host, if any was infected or disabled.
    fn rebuild_one(&mut self, organisation: u32) {
        let Some(cell) = self.draw_rebuilt(organisation) else {
            return;
        };
        let stage = self.scratch.stages[cell as usize];
        let mut rest = self.draws.below(stage.rebuildable());
        let mut is_it = |count: u32| {
            let is_it = rest < count;
            rest = rest.wrapping_sub(count);
            is_it
        };
        let was_disabled = if is_it(stage.active[0]) {
            self.leave_activity(cell, 0);
            false
        } else if is_it(stage.active[1]) {
            self.leave_activity(cell, 1);
            true
        } else if is_it(stage.dormant[0]) {
            self.leave_dormancy(cell, 0);
            false
        } else if is_it(stage.dormant[1]) {
            self.leave_dormancy(cell, 1);
            true
        } else {
            self.scratch.stages[cell as usize].out -= 1;
            true
        };
        self.note(Event::Rebuilt {
            unit: cell,
            was_disabled,
        });
    }

    /// The cell of one of the hosts of an organisation that staff may rebuild.
    fn draw_rebuilt(&mut self, organisation: u32) -> Option<u32> {
        let count = |cell: u32, run: &Self| run.scratch.stages[cell as usize].rebuildable();
        loop {
            let cell = self.draw_cell_of(organisation, count)?;
            if !self.prepared.plan.is_generous {
                return Some(cell);
            }
            // Who was drawn may have been removed in service since it was last known; then another is drawn.
            let known = count(cell, self);
            self.bring_up(cell);
            if self.draws.below(known) < count(cell, self) {
                return Some(cell);
            }
        }
    }

    fn leave_dormancy(&mut self, cell: u32, disabled: usize) {
        self.scratch.stages[cell as usize].dormant[disabled] -= 1;
        self.lose_dormant(cell);
    }

    /// One of an organisation's cells in proportion to some count.
    fn draw_cell_of(
        &mut self,
        organisation: u32,
        count: impl Fn(u32, &Self) -> u32,
    ) -> Option<u32> {
        let prepared = self.prepared;
        let mut sums = std::mem::take(&mut self.scratch.sums);
        sums.clear();
        let mut total = 0;
        for &network in prepared.plan.networks_of_organisation.of(organisation) {
            for cell in prepared.cells.of_network(network) {
                let cell = cell as u32;
                let count = count(cell, self);
                if count > 0 {
                    total += count;
                    sums.push((total, cell));
                }
            }
        }
        let drawn = (total > 0).then(|| {
            let rest = self.draws.below(total);
            sums[sums.partition_point(|&(sum, _)| sum <= rest)].1
        });
        self.scratch.sums = sums;
        drawn
    }
}
