//! From infection to the end of it: what happens to the hosts of a cell.

use crate::fast::cells::NONE;
use crate::fast::run::Run;
use crate::fast::stage::{ACTIVE, DORMANT, LATENT, PENDING};
use crate::fast::waiting::{Latency, Start};
use crate::{Across, Delay, Event, Watch};

impl<W: Watch> Run<'_, W> {
    /// An entry is infected, unless the kill switch answers it.
    pub(crate) fn enter(&mut self, host: u32) {
        let cell = self.prepared.cells.of_host[host as usize];
        if !self.is_answered(self.cell(cell)) {
            self.infect(cell, None, Across::Entry, None);
        }
    }

    /// A probe has done something to a susceptible host of a cell: infected it with this chance, else crashed it.
    #[inline]
    pub(crate) fn take_effect(
        &mut self,
        cell: u32,
        infects: f64,
        across: Across,
        from: Option<u32>,
    ) {
        self.take_effect_on(cell, None, infects, across, from);
    }

    /// The same, to a particular one of a cell of returned hosts.
    #[inline]
    pub(crate) fn take_effect_on(
        &mut self,
        cell: u32,
        returned: Option<usize>,
        infects: f64,
        across: Across,
        from: Option<u32>,
    ) {
        if infects >= 1.0 || self.draws.unit() < infects {
            self.infect(cell, returned, across, from);
        } else {
            self.take(cell, returned);
            self.shift(cell, 0, -1);
            self.note(Event::Crashed { unit: cell });
        }
    }

    #[inline]
    fn infect(&mut self, cell: u32, returned: Option<usize>, across: Across, from: Option<u32>) {
        self.take(cell, returned);
        let it = self.cell(cell);
        self.note(Event::Infected {
            unit: cell,
            across,
            from,
            is_repeat: it.is_returned,
        });
        if self.prepared.plan.is_generous {
            self.infect_generously(cell);
        } else {
            self.infect_exactly(cell);
        }
        if self.prepared.plan.has_responses && it.network != NONE {
            self.notice(it.network, false);
        }
    }

    #[inline]
    fn infect_generously(&mut self, cell: u32) {
        self.shift_sources(cell, 1, -1);
        match self.prepared.plan.latency {
            Latency::None => self.start_generously(cell),
            Latency::Rate(_) => {
                self.add_latent(cell, 1);
                self.join(LATENT, cell);
            }
            Latency::Drawn(delay) => self.await_start(cell, delay),
        }
    }

    #[inline]
    fn await_start(&mut self, cell: u32, delay: Delay) {
        let restarts = self.add_latent(cell, 1);
        let start = Start { cell, restarts };
        let horizon = self.prepared.input.horizon_hours;
        let (now, draws) = (self.now, &mut self.draws);
        self.scratch.waiting.push(now, delay, horizon, start, draws);
    }

    #[inline]
    fn infect_exactly(&mut self, cell: u32) {
        match self.prepared.plan.latency {
            Latency::None => self.start(cell, -1),
            Latency::Rate(_) => {
                self.add_latent(cell, 1);
                self.join(LATENT, cell);
                self.shift(cell, 0, -1);
            }
            Latency::Drawn(delay) => {
                self.await_start(cell, delay);
                self.shift(cell, 0, -1);
            }
        }
    }

    /// A host of a cell joins a roll.
    #[inline]
    fn join(&mut self, roll: usize, cell: u32) {
        let mut uncounted = 0;
        let at = cell as usize;
        let names = if !self.counts_stages {
            &mut uncounted
        } else if roll == PENDING {
            &mut self.scratch.stages[at].pending
        } else {
            &mut self.scratch.seldom[at].names[roll]
        };
        self.scratch.rolls[roll].join(cell, names, &mut self.draws);
    }

    /// Strikes a name off a roll; its cell, if the name still counts.
    #[inline]
    fn strike_off(&mut self, roll: usize) -> Option<u32> {
        if let Some(next) = self.scratch.rolls[roll].next_round() {
            self.read_ahead(next);
        }
        let cell = self.scratch.rolls[roll].strike()?;
        if self.prepared.plan.is_generous {
            self.bring_up(cell);
        }
        if !self.counts_stages {
            return Some(cell);
        }
        self.still_counts(roll, cell).then_some(cell)
    }

    /// Whether a name of a cell that is struck off still counts.
    #[inline]
    fn still_counts(&mut self, roll: usize, cell: u32) -> bool {
        let at = cell as usize;
        let names = if roll == PENDING {
            &mut self.scratch.stages[at].pending
        } else {
            &mut self.scratch.seldom[at].names[roll]
        };
        *names -= 1;
        let names = *names + 1;
        let counted = self.counted(roll, cell);
        names == counted || self.draws.below(names) < counted
    }

    /// How many hosts the names of a cell on one of the rolls stand for.
    #[inline]
    fn counted(&self, roll: usize, cell: u32) -> u32 {
        if roll == LATENT {
            self.scratch.seldom[cell as usize].latent
        } else {
            self.scratch.stages[cell as usize].counted(roll)
        }
    }

    fn add_latent(&mut self, cell: u32, more: i32) -> u32 {
        if !self.counts_stages || !self.prepared.plan.counts_latent {
            return 0;
        }
        let stage = &mut self.scratch.seldom[cell as usize];
        stage.latent = stage.latent.wrapping_add_signed(more);
        stage.restarts
    }

    /// A cell has one susceptible host fewer: any, or a particular one of those that returned. When it returned.
    pub(crate) fn take(&mut self, cell: u32, returned: Option<usize>) -> f64 {
        let it = &mut self.scratch.cells[cell as usize];
        it.left -= 1;
        let it = *it;
        self.count_patchable(it, -1);
        if !it.is_returned {
            return 0.0;
        }
        let Some(times) = self.scratch.returns.get_mut(&cell) else {
            return 0.0;
        };
        let at = returned.unwrap_or_else(|| self.draws.below(times.len() as u32) as usize);
        // In order: a sweep relies on it.
        times.remove(at)
    }

    /// One of the hosts whose latency has no memory becomes active.
    pub(crate) fn start_any(&mut self) {
        if let Some(cell) = self.strike_off(LATENT) {
            self.add_latent(cell, -1);
            self.start(cell, 0);
        }
    }

    /// A start is due.
    pub(crate) fn start_due(&mut self, cell: u32, restarts: u32) {
        if self.counts_stages && self.prepared.plan.counts_latent {
            if self.scratch.seldom[cell as usize].restarts != restarts {
                return;
            }
            self.add_latent(cell, -1);
        }
        self.start(cell, 0);
    }

    /// A host becomes active; `susceptible` is -1 if it was infected only now.
    #[inline]
    fn start(&mut self, cell: u32, susceptible: i32) {
        if !self.counts_stages {
            self.shift(cell, 1, susceptible);
            return;
        }
        if self.prepared.plan.is_generous {
            self.start_generously(cell);
            return;
        }
        self.start_counted(cell, susceptible);
    }

    fn start_counted(&mut self, cell: u32, susceptible: i32) {
        let is_disabled = self.strikes_at_once(cell);
        if is_disabled && self.prepared.plan.ends_spread {
            self.scratch.stages[cell as usize].out += 1;
            self.shift(cell, 0, susceptible);
            return;
        }
        let disabled = usize::from(is_disabled);
        self.scratch.stages[cell as usize].active[disabled] += 1;
        self.join(ACTIVE, cell);
        if !is_disabled {
            self.join(PENDING, cell);
        }
        self.shift(cell, 1, susceptible);
        if self.is_on(self.cell(cell)) {
            self.begin_sweep(cell, is_disabled);
            self.begin_calls(cell);
        }
    }

    /// Whether the payload strikes a host of a cell in the moment in which it becomes active, which is told.
    #[inline]
    pub(crate) fn strikes_at_once(&mut self, cell: u32) -> bool {
        let is_disabled = self.prepared.plan.strikes_at_once;
        if is_disabled {
            self.note(Event::Disabled { unit: cell });
            self.notice_disabled(cell);
        }
        is_disabled
    }

    /// One of the active hosts is removed or falls dormant.
    pub(crate) fn end_any(&mut self) {
        let plan = &self.prepared.plan;
        let Some(cell) = self.strike_off(ACTIVE) else {
            return;
        };
        let is_removed =
            self.draws.unit() * (plan.removal_rate + plan.falls_rate) < plan.removal_rate;
        let disabled = self.draw_side(self.scratch.stages[cell as usize].active);
        self.leave_activity(cell, disabled);
        let stage = &mut self.scratch.stages[cell as usize];
        if !is_removed {
            stage.dormant[disabled] += 1;
            self.join(DORMANT, cell);
        } else if disabled == 1 {
            stage.out += 1;
        }
    }

    /// One of a cell's active hosts, disabled or not, is active no more; a sweep of its own ends.
    pub(crate) fn leave_activity(&mut self, cell: u32, disabled: usize) {
        self.drop_a_sweeper(cell, disabled);
        let stage = &mut self.scratch.stages[cell as usize];
        stage.active[disabled] -= 1;
        self.end_spell(cell);
        self.shift_source(cell);
    }

    /// A host that was active is no source any more.
    #[inline]
    fn shift_source(&mut self, cell: u32) {
        if self.prepared.plan.is_generous {
            self.lose_host(cell);
        } else {
            self.shift(cell, -1, 0);
        }
    }

    /// A host that was dormant will not wake.
    #[inline]
    pub(crate) fn lose_dormant(&mut self, cell: u32) {
        if self.prepared.plan.is_generous {
            self.lose_host(cell);
        }
    }

    /// One of the dormant hosts becomes active again.
    pub(crate) fn wake_any(&mut self) {
        let Some(cell) = self.strike_off(DORMANT) else {
            return;
        };
        let disabled = self.draw_side(self.scratch.stages[cell as usize].dormant);
        let stage = &mut self.scratch.stages[cell as usize];
        stage.dormant[disabled] -= 1;
        stage.active[disabled] += 1;
        self.join(ACTIVE, cell);
        self.shift(cell, 1, 0);
        if self.is_on(self.cell(cell)) {
            self.begin_calls(cell);
        }
    }

    /// The payload strikes one of the hosts that it has not struck yet.
    pub(crate) fn strike_any(&mut self) {
        if let Some(cell) = self.strike_off(PENDING) {
            self.strike(cell);
        }
    }

    /// A strike of the payload that was drawn beforehand is due.
    pub(crate) fn strike_due(&mut self) {
        if let Some(next) = self.scratch.strikes.next_round() {
            self.read_ahead(next);
        }
        let Some(cell) = self.scratch.strikes.pop() else {
            return;
        };
        self.bring_up(cell);
        if self.still_counts(PENDING, cell) {
            self.strike(cell);
        }
    }

    /// The payload strikes one of the hosts of a cell that it has not struck yet.
    fn strike(&mut self, cell: u32) {
        let ends_spread = self.prepared.plan.ends_spread;
        self.note(Event::Disabled { unit: cell });
        self.notice_disabled(cell);
        let stage = self.scratch.stages[cell as usize];
        let is_dormant = self.draw_side([stage.active[0], stage.dormant[0]]) == 1;
        if is_dormant {
            let stage = &mut self.scratch.stages[cell as usize];
            stage.dormant[0] -= 1;
            if ends_spread {
                stage.out += 1;
                self.lose_dormant(cell);
            } else {
                stage.dormant[1] += 1;
            }
        } else if ends_spread {
            self.leave_activity(cell, 0);
            self.scratch.stages[cell as usize].out += 1;
        } else {
            self.disable_a_sweeper(cell);
            let stage = &mut self.scratch.stages[cell as usize];
            stage.active[0] -= 1;
            stage.active[1] += 1;
        }
    }

    /// The first or the second of two, in proportion to their counts, of which one is not 0.
    pub(crate) fn draw_side(&mut self, counts: [u32; 2]) -> usize {
        match counts {
            [_, 0] => 0,
            [0, _] => 1,
            [first, second] => usize::from(self.draws.below(first + second) >= first),
        }
    }
}
