//! One world: every unknown settled, ready for the engine.

use wardround_engine::{Delay, Entries, Input, KillSwitch};

use super::Population;
use super::draw::Draw;
use super::effect::Effect;
use super::ground::{make_room, realms_that_hold};
use super::hosts::Hosts;
use crate::scenario::{Entry, KillSwitchState, Scenario};

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
                let draw = self.draw(scenario, u64::from(world), settle);
                let open = draw.open_hosts(&[]).vectors;
                let count = open.iter().filter(|vectors| **vectors != 0).count();
                u32::try_from(count).unwrap_or(u32::MAX)
            })
            .collect()
    }

    fn draw(&self, scenario: &Scenario, world: u64, settle: Settle) -> Draw<'_> {
        Draw {
            population: self,
            seed: scenario.seed,
            world,
            settle,
            parameters: world,
        }
    }

    /// The world with a number under a scenario: the same number and seed settle the same unknowns alike, whatever the effects.
    pub(crate) fn world(
        &self,
        scenario: &Scenario,
        world: u64,
        settle: Settle,
        effects: &[Effect],
    ) -> World {
        self.world_of(&self.draw(scenario, world, settle), scenario, effects)
    }

    /// The same, with the threat's numbers drawn as another world has them.
    pub(crate) fn world_with_parameters(
        &self,
        scenario: &Scenario,
        world: u64,
        parameters: u64,
    ) -> World {
        let mut draw = self.draw(scenario, world, Settle::Drawn);
        draw.parameters = parameters;
        self.world_of(&draw, scenario, &[])
    }

    fn world_of(&self, draw: &Draw<'_>, scenario: &Scenario, effects: &[Effect]) -> World {
        let open = draw.open_hosts(effects);
        let (mut networks, links, realms) = draw.ground(effects);
        let Hosts {
            hosts,
            further,
            classes,
            mut schedules,
        } = draw.hosts(scenario, &open);
        make_room(&mut networks, &hosts, &further);
        let realms = realms_that_hold(&networks, realms);
        let kill_switch = match (&self.profile.kill_switch, scenario.kill_switch) {
            (Some(_), KillSwitchState::LiveFrom(hours)) => Some(KillSwitch {
                live_from_hours: hours,
            }),
            _ => None,
        };
        let entries = match &scenario.entry {
            Entry::AnyWorkstation => self.entries.clone(),
            Entry::OneOf(hosts) => hosts.iter().map(|host| host.0).collect(),
        };
        let organisations = self.organisations(scenario, &mut schedules);
        let input = Input {
            realms,
            organisations,
            networks,
            links,
            vectors: self.vectors.len() as u8,
            classes,
            schedules,
            hosts,
            further,
            contacts: draw.contacts(draw.carries()),
            streams: draw.streams(),
            latency: Delay::Exponential {
                mean: draw.parameter(0, &self.profile.latency_hours),
            },
            dormancy: draw.dormancy(),
            removal_mean_hours: draw.removal_mean_hours(),
            payload: draw.payload(),
            kill_switch,
            outside: if scenario.outside {
                draw.outside()
            } else {
                None
            },
            start_hour_of_week: scenario.start_hour_of_week,
            entries: Entries::OneOf(entries),
            horizon_hours: scenario.horizon_hours,
        };
        World {
            input,
            drawn_open: open.is_drawn,
        }
    }
}
