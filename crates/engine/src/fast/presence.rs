//! Hosts that are switched on and off, staff that come and go, and a kill switch that goes live.

use crate::fast::cells::NONE;
use crate::fast::classes::ClassNow;
use crate::fast::run::Run;
use crate::{Event, Watch};

impl<W: Watch> Run<'_, W> {
    /// An hour of the week begins.
    pub(crate) fn change_hour(&mut self, hour: usize) {
        let prepared = self.prepared;
        let plan = &prepared.plan;
        let classes = prepared.input.classes.iter();
        let is_on: Vec<bool> = classes
            .map(|class| {
                let schedule = class.schedule;
                schedule.is_none_or(|schedule| plan.hours[usize::from(schedule)].is_on[hour])
            })
            .collect();
        let was_on: Vec<bool> = self
            .scratch
            .classes
            .iter()
            .map(|class| class.is_on)
            .collect();
        if is_on != was_on {
            for &cell in &plan.scheduled {
                let class = usize::from(self.cell(cell).class);
                if was_on[class] && !is_on[class] {
                    self.switch_off(cell);
                }
            }
            for (class, &is_on) in is_on.iter().enumerate() {
                self.scratch.classes[class] = ClassNow::new(prepared, class, is_on);
            }
            let comes = |class: u16| is_on[usize::from(class)] && !was_on[usize::from(class)];
            for &cell in &plan.scheduled {
                if comes(self.cell(cell).class) {
                    self.switch_on(cell);
                }
            }
            let resumes =
                self.counts_stages && (!plan.sweeps.is_empty() || plan.contacts.is_some());
            // Only now, so that sweeps find whoever came back at this very moment.
            for &cell in plan.scheduled.iter().filter(|_| resumes) {
                if comes(self.cell(cell).class) {
                    self.resume(cell);
                }
            }
        }
        self.change_staff(hour);
    }

    fn switch_off(&mut self, cell: u32) {
        let left = self.scratch.cells[cell as usize].left as i32;
        if !self.counts_stages {
            self.shift(cell, 0, -left);
            return;
        }
        let sources = self.sources_of(cell) as i32;
        self.shift(cell, -sources, -left);
        self.drop_all_sweepers(cell);
        self.end_spell(cell);
    }

    fn switch_on(&mut self, cell: u32) {
        if self.counts_stages {
            self.restart(cell);
        }
        let left = self.scratch.cells[cell as usize].left as i32;
        let sources = if self.counts_stages {
            self.sources_of(cell)
        } else {
            0
        };
        self.shift(cell, sources as i32, left);
    }

    /// How many hosts of a cell are sources while they are on.
    fn sources_of(&self, cell: u32) -> u32 {
        if self.prepared.plan.is_generous {
            self.scratch.cells[cell as usize].sources
        } else {
            self.scratch.stages[cell as usize].active_count()
        }
    }

    /// The active hosts of a cell that was switched on begin to look for others.
    fn resume(&mut self, cell: u32) {
        let active = self.scratch.stages[cell as usize].active;
        for (disabled, count) in active.into_iter().enumerate() {
            for _ in 0..count {
                self.begin_sweep(cell, disabled == 1);
                self.begin_calls(cell);
            }
        }
    }

    /// All infected hosts of a cell start anew: if the kill switch answers, their infections end.
    fn restart(&mut self, cell: u32) {
        let it = self.cell(cell);
        let returned = self.kin(cell).returned;
        if returned == NONE || !self.is_answered(it) {
            return;
        }
        if self.prepared.plan.is_generous {
            self.bring_up(cell);
        }
        let latent = self.scratch.seldom[cell as usize].latent;
        let stage = &mut self.scratch.stages[cell as usize];
        let back = latent + stage.active[0] + stage.dormant[0];
        let disabled = stage.active[1] + stage.dormant[1];
        if back + disabled == 0 {
            return;
        }
        stage.active = [0; 2];
        stage.dormant = [0; 2];
        stage.next_hours = f64::INFINITY;
        stage.out += disabled;
        let seldom = &mut self.scratch.seldom[cell as usize];
        seldom.latent = 0;
        seldom.restarts += 1;
        // They are not among the pools' sources yet.
        let counted = &mut self.scratch.cells[cell as usize];
        (counted.sources, counted.gone) = (0, 0);
        for (count, was_disabled) in [(back, false), (disabled, true)] {
            for _ in 0..count {
                self.note(Event::Answered {
                    unit: cell,
                    was_disabled,
                });
            }
        }
        // The returned cell comes after this one, or is it: it is switched on with them.
        self.scratch.cells[returned as usize].left += back;
        self.count_patchable(it, back as i32);
        let times = self.scratch.returns.entry(returned).or_default();
        times.extend((0..back).map(|_| self.now));
        if it.is_single() && back > 0 {
            let host = self.prepared.host_of(cell);
            self.scratch.moved.insert(host, returned);
        }
    }

    /// From now on the kill switch answers.
    pub(crate) fn go_live(&mut self) {
        let prepared = self.prepared;
        let answers = |cell: u32| {
            let class = prepared.cells.cells[cell as usize].class;
            prepared.input.classes[usize::from(class)].answers_kill_switch
        };
        for cell in (0..prepared.units()).filter(|&cell| answers(cell)) {
            self.shift(cell, 0, -(self.scratch.cells[cell as usize].left as i32));
        }
        self.is_live = true;
        for cell in (0..prepared.units()).filter(|&cell| answers(cell)) {
            self.shift(cell, 0, self.scratch.cells[cell as usize].left as i32);
        }
    }
}
