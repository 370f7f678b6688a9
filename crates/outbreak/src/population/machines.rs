//! What becomes of each machine's unknowns in one world.

use std::ops::Range;

use wardround_engine::Host;
use wardround_estate::Question;
use wardround_evidence::{Role, Truth};

use super::classes::{ClassKey, Classes};
use super::draw::{Draw, Parameter};
use super::effect::Effect;
use super::entering::Entering;
use super::presence::Strata;
use super::world::Settle;
use crate::draws::{Decides, OfMachines};
use crate::scenario::{KillSwitchState, Scenario};

/// What the scenario and the effects say of single machines, by bit.
const CLOSED: u8 = 1;
const SETTLED_FAILING: u8 = 2;
const SETTLED_HOLDING: u8 = 4;
const ENTRY: u8 = 8;

/// The things that are decided of a machine besides its questions; part of the key.
const SERVICE: u32 = 40;
const CREDENTIALS: u32 = 50;
const EGRESS: u32 = 60;
pub(super) const EXPOSURE: u32 = 61;
const HOURS: u32 = 62;
const AGENT: u32 = 63;
pub(super) const SUPPLIED: u32 = 64;

/// A kind of machine with what was drawn for all of its kind.
struct Kind {
    /// The questions that are known to fail, by bit.
    failing: u32,
    /// Its unknown questions, in [`Machines::unknown`].
    unknown: Range<u32>,
    /// What of its class is certain.
    key: ClassKey,
    family: u8,
    organisation: u32,
    faces_internet: bool,
    hours: Option<usize>,
    /// Whether evidence alone says that it is open.
    known_open: bool,
}

/// The machines of a world.
pub(super) struct Machines {
    kinds: Vec<Kind>,
    /// Question and the chance that the safeguard is missing.
    unknown: Vec<(u32, f64)>,
    ways: Vec<DrawnWay>,
    fates: Option<Vec<u8>>,
    /// For each machine, the questions whose safeguard holds whatever evidence says, by bit.
    held: Option<Vec<u32>>,
    numbers: OfMachines,
    settle: Settle,
    /// The bit of the question on the endpoint agent, and the share on which one that stops what it sees stops this threat.
    agent: (u32, f64),
    /// For each family, the ways by which a probe can do anything to it, by bit.
    possible: [u8; 8],
    egress: Option<Vec<f64>>,
    exposure: Option<Vec<f64>>,
    strata: Strata,
}

struct DrawnWay {
    closed_by: u32,
    patch_closes: bool,
    service_share: Option<f64>,
    credential_share: Option<f64>,
}

/// What was drawn for one machine.
#[derive(Clone, Copy)]
pub(super) struct Drawn {
    /// The ways that are open to it, by bit.
    pub(super) open: u8,
    /// Whether it is open by a draw rather than by evidence.
    pub(super) by_draw: bool,
    key: ClassKey,
}

impl Machines {
    pub(super) fn new(
        draw: &Draw<'_>,
        scenario: &Scenario,
        entering: &Entering<'_>,
        effects: &[Effect],
        possible: [u8; 8],
    ) -> Self {
        let population = draw.population;
        let census = &population.census;
        let shares = population
            .shares
            .draw(draw.seed, draw.worlds.unknowns, &population.rules);
        let strata = if scenario.presence {
            Strata::new(&population.presence)
        } else {
            Strata::default()
        };
        let mut unknown: Vec<(u32, f64)> = Vec::new();
        let mut kinds = Vec::with_capacity(census.kinds.len());
        for (member, _) in &census.kinds {
            let first = unknown.len() as u32;
            let mut failing = 0;
            for (question, (truth, gap)) in member.conditions.iter().enumerate() {
                match truth {
                    Truth::Holds => {}
                    Truth::Fails => failing |= 1 << question,
                    Truth::Unknown => {
                        unknown.push((question as u32, shares.missing(question, member, *gap)));
                    }
                }
            }
            let family = super::worm::family_number(member.family);
            let starts =
                member.may_be_a_workstation && census.has_workstations && entering.is_by_kind();
            let key = ClassKey::family(family);
            let role: Option<Role> = member.role;
            kinds.push(Kind {
                failing,
                unknown: first..unknown.len() as u32,
                key: if starts { key.with_entry() } else { key },
                family,
                organisation: member.organisation.0,
                faces_internet: member.faces_internet,
                hours: if scenario.presence {
                    Strata::row(&population.presence, role)
                } else {
                    None
                },
                known_open: member.open(&population.ways, |_| true) == super::Open::Yes,
            });
        }
        let profile = population.profile;
        let ways = (0u64..)
            .zip(population.ways.each.iter().zip(&profile.vectors))
            .map(|(number, (way, vector))| DrawnWay {
                closed_by: way.closed_by,
                patch_closes: way.patch_closes,
                service_share: vector
                    .service_share
                    .as_ref()
                    .map(|share| draw.parameter(Parameter::ServiceShare(number), share)),
                credential_share: way
                    .needs_credentials
                    .then_some(vector.credentials.as_ref())
                    .flatten()
                    .map(|held| draw.parameter(Parameter::CredentialShare(number), &held.share)),
            })
            .collect();
        let is_live = profile.kill_switch.is_some()
            && matches!(scenario.kill_switch, KillSwitchState::LiveFrom(_));
        let is_pressed = scenario.outside && !profile.outside.is_empty();
        let rules = &population.rules;
        Self {
            kinds,
            unknown,
            ways,
            fates: fates(census.of_host.len(), entering, effects),
            held: held(census.of_host.len(), &population.ways.questions, effects),
            numbers: OfMachines::new(draw.seed, draw.worlds.unknowns, Decides::Host),
            settle: draw.settle,
            agent: (1 << population.ways.agent, draw.agent_stops()),
            possible,
            egress: is_live.then(|| draw.organisation_shares(0, rules.direct_egress)),
            exposure: is_pressed.then(|| draw.organisation_shares(1, rules.faces_internet)),
            strata,
        }
    }

    /// Whether something that nothing says is so of a machine; `bad` if it would be against us.
    #[inline]
    fn settles(&self, machine: u32, what: u32, share: f64, is_bad: bool) -> bool {
        match self.settle {
            Settle::Drawn => self.numbers.unit(machine, what) < share,
            Settle::Against => is_bad,
            Settle::InFavour => !is_bad,
        }
    }

    /// What becomes of one machine.
    #[inline]
    pub(super) fn drawn(&self, machine: u32, kind: u32) -> Drawn {
        let kind = &self.kinds[kind as usize];
        let fate = self
            .fates
            .as_ref()
            .map_or(0, |fates| fates[machine as usize]);
        let forced = if fate & SETTLED_FAILING != 0 {
            Some(true)
        } else if fate & SETTLED_HOLDING != 0 {
            Some(false)
        } else {
            None
        };
        let mut failing = kind.failing;
        for (question, share) in
            &self.unknown[kind.unknown.start as usize..kind.unknown.end as usize]
        {
            let fails = forced.unwrap_or_else(|| self.settles(machine, *question, *share, true));
            failing |= u32::from(fails) << question;
        }
        if let Some(held) = &self.held {
            failing &= !held[machine as usize];
        }
        let (mut open, mut carries) = (0u8, 0u8);
        for (way, number) in self.ways.iter().zip(0u32..) {
            let mut is_open = failing & way.closed_by == way.closed_by
                && !(way.patch_closes && fate & CLOSED != 0);
            if let Some(share) = way.service_share
                && is_open
            {
                is_open =
                    forced.unwrap_or_else(|| self.settles(machine, SERVICE + number, share, true));
            }
            let carried = way
                .credential_share
                .is_none_or(|share| self.settles(machine, CREDENTIALS + number, share, true));
            open |= u8::from(is_open) << number;
            carries |= u8::from(carried) << number;
        }
        let (agent, stops) = self.agent;
        if failing & agent == 0 && open != 0 && self.numbers.unit(machine, AGENT) < stops {
            open = 0;
        }
        let mut key = kind
            .key
            .with_open(open & self.possible[usize::from(kind.family)])
            .with_carried(carries);
        if fate & ENTRY != 0 {
            key = key.with_entry();
        }
        if let Some(shares) = &self.egress
            && self.settles(machine, EGRESS, shares[kind.organisation as usize], false)
        {
            key = key.with_answers();
        }
        if let Some(shares) = &self.exposure
            && (kind.faces_internet
                || self.settles(machine, EXPOSURE, shares[kind.organisation as usize], true))
        {
            key = key.with_exposed();
        }
        if let Some(row) = kind.hours {
            key = key.with_schedule(self.strata.of(row, self.numbers.unit(machine, HOURS)));
        }
        // Machines of one class are open by a draw all or none, so that what falls can be told by class.
        let by_draw = key.open() != 0 && !kind.known_open;
        if by_draw {
            key = key.with_drawn();
        }
        Drawn {
            open,
            by_draw,
            key: key.forgetful(),
        }
    }

    /// Every machine at its place, and which of them are open by a draw.
    pub(super) fn place(&self, of_host: &[u32], places: &[u32]) -> (Vec<Host>, Vec<bool>, Classes) {
        let mut classes = Classes::default();
        let mut by_draw = Vec::with_capacity(of_host.len());
        let hosts = (0u32..)
            .zip(of_host)
            .zip(places)
            .map(|((machine, kind), network)| {
                let drawn = self.drawn(machine, *kind);
                by_draw.push(drawn.by_draw);
                Host {
                    network: (*network != u32::MAX).then_some(*network),
                    class: classes.number(drawn.key),
                }
            })
            .collect();
        (hosts, by_draw, classes)
    }

    /// The hours that machines keep.
    pub(super) fn schedules(&self) -> Vec<wardround_engine::Schedule> {
        self.strata.schedules.clone()
    }
}

fn fates(machines: usize, entering: &Entering<'_>, effects: &[Effect]) -> Option<Vec<u8>> {
    let chosen = entering.picked();
    let of_machines = |effect: &Effect| matches!(effect, Effect::Close(_) | Effect::Settle(..));
    if chosen.is_empty() && !effects.iter().any(of_machines) {
        return None;
    }
    let mut fates = vec![0u8; machines];
    for machine in chosen {
        fates[*machine as usize] |= ENTRY;
    }
    for effect in effects {
        match effect {
            Effect::Close(hosts) => {
                for host in hosts {
                    fates[host.0 as usize] |= CLOSED;
                }
            }
            Effect::Settle(hosts, truth) => {
                for host in hosts {
                    let fate = &mut fates[host.0 as usize];
                    *fate &= !(SETTLED_FAILING | SETTLED_HOLDING);
                    *fate |= match truth {
                        Truth::Holds => SETTLED_HOLDING,
                        Truth::Fails => SETTLED_FAILING,
                        Truth::Unknown => 0,
                    };
                }
            }
            Effect::Hold(..) | Effect::Set(..) => {}
        }
    }
    Some(fates)
}

fn held(machines: usize, questions: &[Question], effects: &[Effect]) -> Option<Vec<u32>> {
    let mut held: Option<Vec<u32>> = None;
    for effect in effects {
        let Effect::Hold(question, hosts) = effect else {
            continue;
        };
        if let Some(number) = questions.iter().position(|asked| asked == question) {
            let held = held.get_or_insert_with(|| vec![0; machines]);
            for host in hosts {
                held[host.0 as usize] |= 1 << number;
            }
        }
    }
    held
}
