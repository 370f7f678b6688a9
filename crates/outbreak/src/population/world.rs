//! One world: every unknown settled, ready for the engine.

use wardround_engine::{Input, KillSwitch};

use super::Population;
use super::draw::{Draw, Worlds};
use super::effect::Effect;
use super::entering::Entering;
use super::machines::Machines;
use super::people::office_hours;
use crate::scenario::{KillSwitchState, Scenario};

/// How what is unknown is settled.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Settle {
    /// Drawn from what is known of its like.
    Drawn,
    /// Every unknown against us: open, allowed.
    Against,
    /// Every unknown for us: closed, denied.
    InFavour,
}

/// A world, and which of its machines are open by a draw rather than by evidence.
pub(crate) struct World {
    pub(crate) input: Input,
    pub(crate) drawn_open: Vec<bool>,
}

impl Population<'_> {
    /// How many machines are open to the threat, in each of the scenario's worlds.
    #[must_use]
    pub fn open_machines(&self, scenario: &Scenario, settle: Settle) -> Vec<u32> {
        (0..scenario.worlds)
            .map(|world| {
                let draw = self.draw(scenario, Worlds::both(u64::from(world)), settle);
                let machines = Machines::new(&draw, scenario, &Entering::Nobody, &[], [0xf; 8]);
                let open = (0u32..)
                    .zip(&self.census.of_host)
                    .filter(|(machine, kind)| machines.drawn(*machine, **kind).open != 0)
                    .count();
                u32::try_from(open).unwrap_or(u32::MAX)
            })
            .collect()
    }

    fn draw(&self, scenario: &Scenario, worlds: Worlds, settle: Settle) -> Draw<'_> {
        Draw {
            population: self,
            seed: scenario.seed,
            worlds,
            settle,
        }
    }

    /// The world with a number under a scenario: the same number and seed settle the same unknowns alike, whatever the
    /// effects.
    pub(crate) fn world(
        &self,
        scenario: &Scenario,
        world: u64,
        settle: Settle,
        effects: &[Effect],
    ) -> World {
        self.world_of(scenario, Worlds::both(world), settle, effects)
    }

    /// The same, with the threat's numbers drawn as another world has them.
    pub(crate) fn world_with_parameters(
        &self,
        scenario: &Scenario,
        unknowns: u64,
        parameters: u64,
    ) -> World {
        let worlds = Worlds {
            unknowns,
            parameters,
        };
        self.world_of(scenario, worlds, Settle::Drawn, &[])
    }

    fn world_of(
        &self,
        scenario: &Scenario,
        worlds: Worlds,
        settle: Settle,
        effects: &[Effect],
    ) -> World {
        let draw = self.draw(scenario, worlds, settle);
        let openings = draw.openings();
        let possible = std::array::from_fn(|family| {
            let bit = |way: usize| {
                let opening = openings[family][way];
                u8::from(opening.success > 0.0 || opening.crash > 0.0) << way
            };
            (0..openings[family].len())
                .map(bit)
                .fold(0, |all, one| all | one)
        });
        let entering = draw.entering(&scenario.entry);
        let (places, attached) = self.places.settled(scenario.seed, worlds.unknowns);
        let machines = Machines::new(&draw, scenario, &entering, effects, possible);
        let (hosts, drawn_open, classes) = machines.place(&self.census.of_host, &places);
        let (networks, links, realms) = draw.ground(effects).with_room_for(&attached);
        let response = scenario.response.as_ref();
        let patched = match response {
            Some(rule) if rule.patches() => self.ways.patchable(),
            _ => 0,
        };
        let ways = self.ways.each.len();
        let classes = classes.build(&openings, ways, patched);
        let mut schedules = machines.schedules();
        let office = u16::try_from(schedules.len()).unwrap_or(u16::MAX);
        schedules.push(office_hours());
        let kill_switch = match (&self.profile.kill_switch, scenario.kill_switch) {
            (Some(_), KillSwitchState::LiveFrom(hours)) => Some(KillSwitch {
                live_from_hours: hours,
            }),
            _ => None,
        };
        let mut input = Input {
            realms,
            organisations: self.organisations(response, office),
            networks,
            links,
            vectors: ways as u8,
            classes,
            schedules,
            hosts,
            further: self.places.further.clone(),
            contacts: Vec::new(),
            streams: draw.streams(),
            latency: draw.latency(),
            dormancy: draw.dormancy(),
            removal_mean_hours: draw.removal_mean_hours(),
            payload: draw.payload(),
            kill_switch,
            outside: if scenario.outside {
                draw.outside()
            } else {
                None
            },
            // Hours count from the beginning of spread: time spent inside before it moves the clock on the wall.
            start_hour_of_week: (scenario.start_hour_of_week + draw.dwell_hours()) % 168.0,
            entries: entering.into_entries(),
            horizon_hours: scenario.horizon_hours,
        };
        input.contacts = draw.contacts(&input, effects);
        World { input, drawn_open }
    }
}
