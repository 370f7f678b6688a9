//! Machines of one world as the engine wants them: a network and a class each.
//!
//! A class is packed into a small number first, so that a million and a half machines are numbered by one look into a table
//! each.

use wardround_engine::{Attachment, Class, Host, Opening, Schedule};
use wardround_estate::Family;

use super::draw::{Draw, OpenTo};
use super::placement::is_probed;
use super::presence::Presence;
use crate::draws::{Decides, unit};
use crate::scenario::Scenario;
use crate::threat::FAMILIES;

/// The machines and what they are made of.
pub(super) struct Hosts {
    pub(super) hosts: Vec<Host>,
    pub(super) further: Vec<Attachment>,
    pub(super) classes: Vec<Class>,
    pub(super) schedules: Vec<Schedule>,
}

/// Everything that decides a class, in 18 bits.
#[derive(Clone, Copy)]
struct Key {
    family: u8,
    open: u8,
    carries: u8,
    answers: bool,
    is_exposed: bool,
    stratum: u8,
    /// Not the engine's affair: so that those open by a draw only are told apart.
    is_drawn: bool,
}

const KEYS: usize = 1 << 18;
const UNUSED: u16 = u16::MAX;

impl Key {
    const fn pack(self) -> usize {
        let flags = self.answers as usize | (self.is_exposed as usize) << 1;
        self.family as usize
            | (self.open as usize) << 3
            | (self.carries as usize) << 7
            | flags << 11
            | (self.stratum as usize) << 13
            | (self.is_drawn as usize) << 17
    }
}

impl Draw<'_> {
    pub(super) fn hosts(&self, scenario: &Scenario, open: &OpenTo) -> Hosts {
        let population = self.population;
        let estate = population.estate;
        let presence = Presence::new(scenario);
        let carries = self.carries();
        let has_switch = population.profile.kill_switch.is_some()
            && scenario.kill_switch != crate::KillSwitchState::Never;
        let mut numbers = vec![UNUSED; KEYS];
        let mut keys = Vec::new();
        let mut hosts = Vec::with_capacity(population.members.len());
        let mut further = Vec::new();
        for (index, (member, host)) in (0u32..).zip(population.members.iter().zip(&estate.hosts)) {
            let key = Key {
                family: family_number(member.family),
                open: open.vectors[index as usize],
                carries: carries(index),
                answers: has_switch && self.answers(index, host.organisation.0),
                is_exposed: scenario.outside && self.is_exposed(index, host.organisation.0),
                is_drawn: open.is_drawn[index as usize],
                stratum: presence.stratum(host.role, || {
                    unit(
                        self.seed,
                        self.world,
                        Decides::Presence,
                        &[u64::from(index)],
                    )
                }),
            };
            let number = &mut numbers[key.pack()];
            if *number == UNUSED {
                *number = keys.len() as u16;
                keys.push(key);
            }
            let networks = host.networks.iter();
            let mut probed = networks
                .filter(|id| is_probed(estate.network(**id)))
                .map(|id| id.0);
            hosts.push(Host {
                network: probed.next(),
                class: *number,
            });
            further.extend(probed.map(|network| Attachment {
                host: index,
                network,
            }));
        }
        for (host, network) in population.places.draw(self.seed, self.world) {
            hosts[host as usize].network = Some(network);
        }
        let schedules = presence.schedules();
        Hosts {
            hosts,
            further,
            classes: self.classes(&keys, scenario, !schedules.is_empty()),
            schedules,
        }
    }

    /// The classes of the keys, each with its patched one after all of them where staff patch.
    fn classes(&self, keys: &[Key], scenario: &Scenario, is_scheduled: bool) -> Vec<Class> {
        let population = self.population;
        let patches = scenario
            .response
            .as_ref()
            .is_some_and(|rule| rule.patches());
        let closes = population.patched_vectors();
        let openings = self.openings();
        let vectors = population.vectors.len();
        let class = |key: &Key, open: u8, patched: Option<u16>| Class {
            openings: (0..vectors)
                .map(|vector| {
                    if open >> vector & 1 == 1 {
                        openings[vector][usize::from(key.family)]
                    } else {
                        Opening::CLOSED
                    }
                })
                .collect(),
            carries: (0..vectors)
                .map(|vector| key.carries >> vector & 1 == 1)
                .collect(),
            answers_kill_switch: key.answers,
            is_exposed: key.is_exposed,
            schedule: is_scheduled.then_some(u16::from(key.stratum)),
            patched,
        };
        let count = keys.len() as u16;
        let may_patch = |key: &Key| patches && key.open & closes != 0;
        let first = (0..count).zip(keys).map(|(number, key)| {
            let patched = may_patch(key).then_some(number + count);
            class(key, key.open, patched)
        });
        let mut classes: Vec<Class> = first.collect();
        if patches {
            classes.extend(keys.iter().map(|key| class(key, key.open & !closes, None)));
        }
        classes
    }

    /// For each vector and family, what a probe does to a machine that is open, drawn once for the world.
    #[expect(
        clippy::cast_possible_truncation,
        reason = "the engine keeps chances in 32 bits"
    )]
    fn openings(&self) -> Vec<Vec<Opening>> {
        let vectors = self.population.profile.vectors.iter().enumerate();
        let families = || FAMILIES.into_iter().chain([Family::NotWindows]);
        vectors
            .map(|(vector, it)| {
                let of_family = |(number, family): (u64, Family)| {
                    let number = Self::of_vector(vector, number);
                    let success = self.parameter(number, it.success.of(family)) as f32;
                    let crash = it.crash.of(family);
                    let crash =
                        crash.map_or(0.0, |crash| self.parameter(number + 100, crash) as f32);
                    Opening { success, crash }
                };
                (0u64..).zip(families()).map(of_family).collect()
            })
            .collect()
    }

    /// Whether a machine resolves names of the internet directly, so that a kill switch answers it: unknown, and drawn.
    fn answers(&self, host: u32, organisation: u32) -> bool {
        self.has_direct(
            Decides::Egress,
            host,
            organisation,
            self.population.rules.egress,
        )
    }

    /// Whether a machine can be reached from the internet on the worm's port: unknown, and drawn.
    fn is_exposed(&self, host: u32, organisation: u32) -> bool {
        let rule = self.population.rules.exposure;
        !self.has_direct(Decides::Exposure, host, organisation, rule.reversed())
    }
}

fn family_number(family: Family) -> u8 {
    let known = FAMILIES.iter().position(|&other| other == family);
    known.unwrap_or(FAMILIES.len()) as u8
}
