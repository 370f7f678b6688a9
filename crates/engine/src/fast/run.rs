//! The loop: what comes next, and when.

use crate::calendar::earlier;
use crate::draws::Draws;
use crate::fast::pools::Kind;
use crate::fast::probe::draw_network;
use crate::fast::queue::Happening;
use crate::fast::stage::{ACTIVE, DORMANT, LATENT, PENDING};
use crate::fast::waiting::{Latency, Start};
use crate::fast::{Prepared, Scratch};
use crate::hours::Clock;
use crate::{Entries, Watch};

impl Prepared<'_> {
    /// Draws one replicate and tells `watch` what happens in it.
    ///
    /// The same (input, seed, replicate) always gives the same events, whatever is wanted of their sources and whatever
    /// `scratch` was used for.
    pub fn sample<W: Watch>(
        &self,
        seed: u64,
        replicate: u64,
        scratch: &mut Scratch,
        watch: &mut W,
    ) {
        let counts_stages = self.plan.counts_stages || W::WANTS_SOURCES;
        scratch.reset(self, counts_stages, W::WANTS_SOURCES);
        let mut run = Run {
            prepared: self,
            scratch,
            watch,
            draws: Draws::new(seed, replicate),
            turns: Draws::new(seed ^ TURNS, replicate),
            origins: Draws::new(seed ^ ORIGINS, replicate),
            sources: Draws::new(seed ^ SOURCES, replicate),
            now: 0.0,
            counts_stages,
            is_live: false,
            pressure: 0.0,
            changes: Changes::new(self),
        };
        run.begin();
        run.run();
    }
}

/// The place of ends of activity among the clocks.
const ENDS: usize = 1;

/// What parts the draws about whose turn is next from those about what happens.
const TURNS: u64 = 0x7475_726e_7300_0000;
/// What parts the draws about what an infection crossed from both.
const ORIGINS: u64 = 0x6f72_6967_696e_7300;
/// What parts the draws about sources from all these.
const SOURCES: u64 = 0x736f_7572_6365_7300;

/// One outbreak under way.
pub(crate) struct Run<'a, W> {
    pub(crate) prepared: &'a Prepared<'a>,
    pub(crate) scratch: &'a mut Scratch,
    pub(crate) watch: &'a mut W,
    pub(crate) draws: Draws,
    /// The draws about whose turn is next, where it is drawn together with its time: what the one after it will need can be
    /// guessed from them.
    pub(crate) turns: Draws,
    /// The draws about what infections crossed.
    pub(crate) origins: Draws,
    /// The draws about which units they came from: whether these are wanted changes none of the others.
    pub(crate) sources: Draws,
    /// Hours since the beginning.
    pub(crate) now: f64,
    pub(crate) counts_stages: bool,
    /// Whether the kill switch is live.
    pub(crate) is_live: bool,
    /// Probes per hour from outside to each exposed host, as a share of the most that there ever are.
    pub(crate) pressure: f64,
    changes: Changes,
}

/// Changes from without that are still to come.
struct Changes {
    clock: Clock,
    /// How many whole hours have begun since the start.
    hour: u32,
    next_hour: f64,
    live_hours: f64,
    step: usize,
    next_step: f64,
}

impl Changes {
    fn new(prepared: &Prepared<'_>) -> Self {
        let input = prepared.input;
        let clock = Clock::new(input.start_hour_of_week);
        let switch = input.kill_switch;
        let next_hour = if prepared.plan.has_schedules {
            clock.change_hours(0)
        } else {
            f64::INFINITY
        };
        Self {
            clock,
            hour: 0,
            next_hour,
            live_hours: switch.map_or(f64::INFINITY, |switch| switch.live_from_hours),
            step: 0,
            next_step: f64::INFINITY,
        }
    }

    fn next_hours(&self) -> f64 {
        earlier(earlier(self.next_hour, self.live_hours), self.next_step)
    }
}

impl<W: Watch> Run<'_, W> {
    fn begin(&mut self) {
        let prepared = self.prepared;
        if prepared.plan.has_schedules {
            self.change_hour(self.changes.clock.first_hour());
        }
        self.step_pressure();
        if self.changes.live_hours <= 0.0 {
            self.go_live();
            self.changes.live_hours = f64::INFINITY;
        }
        if prepared.plan.has_responses {
            for (organisation, it) in (0..).zip(&prepared.input.organisations) {
                match it.response.as_ref().and_then(|response| response.at_hours) {
                    Some(at) if at <= 0.0 => self.act(organisation),
                    Some(at) => self.queue(at, Happening::Act { organisation }),
                    None => {}
                }
            }
        }
        match &prepared.input.entries {
            Entries::OneOf(hosts) => {
                let drawn = self.draws.below(hosts.len() as u32);
                self.enter(hosts[drawn as usize]);
            }
            Entries::These(hosts) => hosts.iter().for_each(|&host| self.enter(host)),
            Entries::Nobody => {}
        }
    }

    fn run(&mut self) {
        if self.prepared.plan.is_generous {
            self.run_generously();
        } else {
            self.run_exactly();
        }
    }

    fn run_exactly(&mut self) {
        let horizon = self.prepared.input.horizon_hours;
        let has_clocks = self.prepared.plan.has_clocks;
        loop {
            let spread = self.scratch.urn.total() as f64 * self.prepared.speeds.unit;
            let others = if has_clocks { self.clocks() } else { [0.0; 4] };
            let total = spread + others.iter().sum::<f64>();
            if total == others[ENDS] && self.is_settled() {
                return;
            }
            let next = if total == 0.0 {
                f64::INFINITY
            } else {
                self.now + self.draws.exponential() / total
            };
            let due = self.due();
            let until = earlier(next, due);
            // An infinite time is after every horizon.
            if until > horizon || self.watch.is_done() {
                return;
            }
            self.now = until;
            if next >= due {
                // Waits have no memory, so the next one may be drawn anew.
                self.scheduled();
            } else if total == spread {
                self.probe();
            } else {
                self.one_of(spread, others);
            }
        }
    }

    /// Where sources are counted generously: what happens next is drawn with its time, so that the records that it needs are
    /// on their way while starts and strikes before it have their turns, which change nothing of what it was drawn from.
    fn run_generously(&mut self) {
        let horizon = self.prepared.input.horizon_hours;
        let mut wait = 0.0;
        loop {
            let spread = self.scratch.urn.total() as f64 * self.prepared.speeds.unit;
            let total = spread + self.start_rate();
            if total == 0.0 && self.is_settled() {
                return;
            }
            let begun = self.now;
            let mut next = f64::INFINITY;
            let mut turn = Turn::Vain;
            if total > 0.0 {
                if wait == 0.0 {
                    wait = self.draws.quick_exponential();
                }
                next = begun + wait / total;
                turn = self.draw_turn(spread, total);
            }
            self.guess_pool(total != spread);
            self.without_sources(earlier(earlier(next, self.changes.next_hours()), horizon));
            let due = self.due();
            let until = earlier(next, due);
            // An infinite time is after every horizon.
            if until > horizon || self.watch.is_done() {
                return;
            }
            self.now = until;
            if next >= due {
                // Waits have no memory, so what is left of this one is as good as a new one.
                if total > 0.0 {
                    wait = (wait - (until - begun) * total).max(f64::MIN_POSITIVE);
                }
                self.scheduled();
                continue;
            }
            wait = 0.0;
            match turn {
                Turn::Vain => {}
                Turn::Outside => self.outside_probe(),
                Turn::Probe { vector, from, to } => self.probe_generously(vector, from, to),
                Turn::Start => self.start_any(),
            }
        }
    }

    /// When the first of what is scheduled comes.
    #[inline]
    fn due(&self) -> f64 {
        let scratch = &*self.scratch;
        earlier(
            earlier(scratch.queue.next_hours(), self.changes.next_hours()),
            earlier(
                earlier(scratch.waiting.next_hours(), scratch.strikes.next_hours()),
                scratch.rebuilds.next_hours(),
            ),
        )
    }

    /// Draws what happens next of what has no memory.
    #[inline]
    fn draw_turn(&mut self, spread: f64, total: f64) -> Turn {
        if total != spread && self.turns.unit() * total >= spread {
            return Turn::Start;
        }
        let Some(pool) = draw_pool(self.prepared, self.scratch, &mut self.turns) else {
            return Turn::Vain;
        };
        match self.prepared.pools.lead(pool) {
            Some(lead) if lead.kind == Kind::Outside => Turn::Outside,
            lead => self.draw_ends(pool, lead),
        }
    }

    /// What is due before a moment, and changes no rate where sources are counted generously, happens; up to what it puts into
    /// the queue, for a strike may make an organisation act.
    fn without_sources(&mut self, until: f64) {
        loop {
            let start = self.scratch.waiting.next_hours();
            let strike = self.scratch.strikes.next_hours();
            let rebuild = self.scratch.rebuilds.next_hours();
            let next = earlier(earlier(start, strike), rebuild);
            let until = earlier(until, self.scratch.queue.next_hours());
            if next >= until || self.watch.is_done() {
                return;
            }
            self.now = next;
            if start <= next {
                self.next_start();
            } else if strike <= next {
                self.strike_due();
            } else {
                self.rebuild_due();
            }
        }
    }

    /// The next start is due.
    #[inline]
    fn next_start(&mut self) {
        if let Some(next) = self.scratch.waiting.next_round() {
            self.read_ahead(next);
        }
        if let Some(Start { cell, restarts }) = self.scratch.waiting.pop() {
            self.start_due(cell, restarts);
        }
    }

    /// How fast things other than probes happen that have no memory: starts, ends of activity, wakings, strikes of the
    /// payload. Where sources are counted generously only starts are in the loop.
    #[inline]
    fn clocks(&self) -> [f64; 4] {
        let scratch = &self.scratch;
        let plan = &self.prepared.plan;
        [
            self.start_rate(),
            scratch.rolls[ACTIVE].count() as f64 * (plan.removal_rate + plan.falls_rate),
            scratch.rolls[DORMANT].count() as f64 * plan.wakes_rate,
            scratch.rolls[PENDING].count() as f64 * plan.payload_rate,
        ]
    }

    /// How fast hosts become active whose latency has no memory.
    #[inline]
    fn start_rate(&self) -> f64 {
        match self.prepared.plan.latency {
            Latency::Rate(rate) => self.scratch.rolls[LATENT].count() as f64 * rate,
            _ => 0.0,
        }
    }

    /// Whether nothing is to come but ends of activity, which nobody is told of.
    fn is_settled(&self) -> bool {
        let scratch = &self.scratch;
        let is_waiting = scratch.waiting.next_hours() < f64::INFINITY
            || scratch.strikes.next_hours() < f64::INFINITY
            || scratch.rebuilds.next_hours() < f64::INFINITY
            || scratch.queue.next_hours() < f64::INFINITY;
        !is_waiting && self.changes.next_hours() == f64::INFINITY && self.is_awake()
    }

    /// Whether who is active now and falls dormant never wakes.
    fn is_awake(&self) -> bool {
        self.prepared.plan.falls_rate == 0.0 || self.prepared.plan.wakes_rate == 0.0
    }

    /// Something without memory happens now: which, in proportion to the rates.
    fn one_of(&mut self, spread: f64, clocks: [f64; 4]) {
        let total = spread + clocks.iter().sum::<f64>();
        let rest = self.draws.unit() * total;
        if rest < spread {
            self.probe();
            return;
        }
        self.other(which(rest - spread, clocks));
    }

    /// Something without memory that is no probe happens now.
    fn other(&mut self, clock: usize) {
        match clock {
            0 => self.start_any(),
            1 => self.end_any(),
            2 => self.wake_any(),
            _ => self.strike_any(),
        }
    }

    /// What was due at this moment happens.
    fn scheduled(&mut self) {
        let changes = &self.changes;
        if let Some(organisation) = self.scratch.queue.pop_act(self.now) {
            self.act(organisation);
        } else if changes.live_hours <= self.now {
            self.changes.live_hours = f64::INFINITY;
            self.go_live();
        } else if changes.next_step <= self.now {
            self.step_pressure();
        } else if changes.next_hour <= self.now {
            let hour = changes.clock.hour_after(changes.hour);
            self.changes.hour += 1;
            self.changes.next_hour = self.changes.clock.change_hours(self.changes.hour);
            self.change_hour(hour);
        } else if self.scratch.waiting.next_hours() <= self.now {
            self.next_start();
        } else if self.scratch.strikes.next_hours() <= self.now {
            self.strike_due();
        } else if self.scratch.rebuilds.next_hours() <= self.now {
            self.rebuild_due();
        } else {
            match self.scratch.queue.pop() {
                Some(Happening::Act { organisation }) => self.act(organisation),
                Some(Happening::Patch { organisation }) => self.patch(organisation),
                Some(Happening::Rebuild { organisation }) => self.rebuild(organisation),
                Some(Happening::Probe { search }) => self.sweep_probe(search),
                Some(Happening::NextNetwork { search }) => self.next_network(search),
                Some(Happening::Call { call, spell }) => self.call(call, spell),
                None => {}
            }
        }
    }

    pub(crate) fn clock(&self) -> Clock {
        self.changes.clock
    }

    /// The hour of the week now.
    pub(crate) fn hour_of_week(&self) -> usize {
        let clock = self.changes.clock;
        match self.changes.hour {
            0 => clock.first_hour(),
            begun => clock.hour_after(begun - 1),
        }
    }

    /// Until when what is on at these hours of the week stays on; `None` if it is off now.
    pub(crate) fn on_until(&self, is_on: &[bool; 168]) -> Option<f64> {
        let Changes { clock, hour, .. } = self.changes;
        let mut coming = hour..hour + 168;
        is_on[self.hour_of_week()].then(|| {
            let off = coming.find(|&hour| !is_on[clock.hour_after(hour)]);
            off.map_or(f64::INFINITY, |hour| clock.change_hours(hour))
        })
    }

    /// Queues something unless the horizon comes first.
    #[inline]
    pub(crate) fn queue(&mut self, hours: f64, happening: Happening) {
        if hours <= self.prepared.input.horizon_hours {
            self.scratch.queue.push(hours, happening);
        }
    }

    /// The pressure from outside becomes what it is now.
    fn step_pressure(&mut self) {
        let Some(outside) = &self.prepared.input.outside else {
            return;
        };
        if self.prepared.pools.most_pressure == 0.0 {
            return;
        }
        let steps = &outside.pressure;
        while let Some(step) = steps.get(self.changes.step)
            && step.from_hours <= self.now
        {
            self.pressure = step.probes_per_hour / self.prepared.pools.most_pressure;
            self.changes.step += 1;
        }
        let next = steps.get(self.changes.step);
        self.changes.next_step = next.map_or(f64::INFINITY, |step| step.from_hours);
        let pool = self.prepared.pools.outside;
        let sources = i32::from(self.pressure > 0.0);
        let had = self.scratch.pools[pool as usize].sources as i32;
        self.change_pool(pool, sources - had, 0);
    }

    /// A probe arrives that may do something.
    #[inline]
    fn probe(&mut self) {
        let prepared = self.prepared;
        let Some(pool) = draw_pool(prepared, self.scratch, &mut self.draws) else {
            return;
        };
        let Some(&lead) = prepared.pools.lead(pool) else {
            let (vector, network) = prepared.own_pool(pool);
            self.read_target(vector, network);
            self.probe_network(pool, vector, network);
            return;
        };
        match lead.kind {
            Kind::Within | Kind::Realm | Kind::Link => {
                let network = draw_network(prepared, self.scratch, pool, &lead, &mut self.draws);
                self.read_target(lead.vector.into(), network);
                self.probe_network(pool, lead.vector.into(), network);
            }
            Kind::Bridge => self.bridge_probe(pool, &lead),
            Kind::Outside => self.outside_probe(),
        }
    }
}

/// A pool, in proportion to its rate; `None` if its weight was rounded up too far.
#[inline]
fn draw_pool(prepared: &Prepared<'_>, scratch: &Scratch, draws: &mut Draws) -> Option<u32> {
    let speeds = &prepared.speeds;
    let weight = |pool: u32| scratch.pools[pool as usize].weight();
    let (pool, below) = scratch.urn.draw(draws, weight);
    let weight = weight(pool);
    // Only what is drawn from the last part of a weight can be beyond its real share.
    let is_precise = weight - below > (weight >> speeds.precise_bits) + 1;
    let is_in = is_precise || {
        let drawn = below as f64 + draws.unit();
        drawn < weight as f64 * speeds.shares[pool as usize]
    };
    is_in.then_some(pool)
}

/// What happens next of what has no memory, where sources are counted generously.
pub(crate) enum Turn {
    /// Nothing.
    Vain,
    Outside,
    /// A probe from one network to another.
    Probe {
        vector: usize,
        from: u32,
        to: u32,
    },
    /// A host becomes active whose latency has no memory.
    Start,
}

/// The clock that a part of the sum of their rates falls to.
fn which(mut rest: f64, clocks: [f64; 4]) -> usize {
    // Rounding may leave a rest at the end: then the last of them that can happen does.
    let mut drawn = 0;
    for (clock, rate) in clocks.into_iter().enumerate() {
        if rate > 0.0 {
            drawn = clock;
            if rest < rate {
                break;
            }
            rest -= rate;
        }
    }
    drawn
}
