//! Organisations that notice, act, isolate themselves, patch and rebuild.

use crate::fast::cells::{Cell, NONE};
use crate::fast::plan::{share_of_units, units_of_pace};
use crate::fast::queue::Happening;
use crate::fast::run::Run;
use crate::{Event, Response, Watch};

/// Staff that patch, and staff that rebuild.
const PATCHES: usize = 0;
const REBUILDS: usize = 1;

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
        // The reach was read a moment ago, so its organisation costs nothing.
        let prepared = self.prepared;
        let reach = self.scratch.pools[network as usize].reach;
        let organisation = prepared.reaches.reaches[reach as usize].organisation;
        let state = &mut self.scratch.organisations[organisation as usize];
        if state.unnoticed == 0 || state.counts_disabled != is_disabled {
            return;
        }
        state.unnoticed -= 1;
        if state.unnoticed > 0 || state.has_acted {
            return;
        }
        if let Some(response) = &prepared.input.organisations[organisation as usize].response {
            let at = self.now + response.delay.draw(&mut self.draws);
            self.queue(at, Happening::Act { organisation });
        }
    }

    /// An organisation acts, unless it has.
    pub(crate) fn act(&mut self, organisation: u32) {
        let prepared = self.prepared;
        let Some(response) = &prepared.input.organisations[organisation as usize].response else {
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
        let is_working = self.is_working(response);
        self.set_pace(organisation, response, is_working);
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
        }
    }

    fn is_working(&self, response: &Response) -> bool {
        let Some(schedule) = response.staff_schedule else {
            return true;
        };
        self.prepared.plan.hours[usize::from(schedule)].is_on[self.hour_of_week()]
    }

    /// The staff of organisations that have acted come or go as an hour begins.
    pub(crate) fn change_staff(&mut self, hour: usize) {
        let prepared = self.prepared;
        if !prepared.plan.has_responses {
            return;
        }
        for (organisation, it) in (0..).zip(&prepared.input.organisations) {
            if let Some(response) = &it.response
                && let Some(schedule) = response.staff_schedule
                && self.scratch.organisations[organisation as usize].has_acted
            {
                let is_working = prepared.plan.hours[usize::from(schedule)].is_on[hour];
                self.set_pace(organisation, response, is_working);
            }
        }
    }

    fn set_pace(&mut self, organisation: u32, response: &Response, is_working: bool) {
        let paces = [response.patches_per_hour, response.rebuilds_per_hour];
        for (staff, pace) in paces.into_iter().enumerate() {
            let unit = self.prepared.plan.pace_unit[staff];
            let new = if is_working && pace > 0.0 {
                units_of_pace(pace, unit)
            } else {
                0
            };
            let state = &mut self.scratch.organisations[organisation as usize];
            let old = std::mem::replace(&mut state.pace[staff], new);
            let positions = &mut self.scratch.staff_positions[staff];
            self.scratch.staffs[staff].change(organisation, old.into(), new.into(), positions);
        }
    }

    /// The organisation whose staff finish something now; `None` where its pace was rounded up too far.
    fn draw_staff(&mut self, staff: usize) -> Option<u32> {
        let organisations = &self.scratch.organisations;
        let weight =
            |organisation: u32| u64::from(organisations[organisation as usize].pace[staff]);
        let (organisation, _) = self.scratch.staffs[staff].draw(&mut self.draws, weight);
        let plan = &self.prepared.plan;
        if plan.is_pace_whole[staff] {
            return Some(organisation);
        }
        let response = self.prepared.input.organisations[organisation as usize]
            .response
            .as_ref()?;
        let pace = [response.patches_per_hour, response.rebuilds_per_hour][staff];
        let share = share_of_units(pace, plan.pace_unit[staff]);
        (share >= 1.0 || self.draws.unit() < share).then_some(organisation)
    }

    /// Somebody's staff have time for a patch.
    pub(crate) fn patch_any(&mut self) {
        let Some(organisation) = self.draw_staff(PATCHES) else {
            return;
        };
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

    /// Somebody's staff have time to rebuild a host.
    pub(crate) fn rebuild_any(&mut self) {
        let Some(organisation) = self.draw_staff(REBUILDS) else {
            return;
        };
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
