//! A worm like NotPetya on the same estate: a flaw and stolen credentials together, brought by a supplier's update.

use rand::RngExt;
use rayon::prelude::*;
use serde::Serialize;
use wardround_engine::{
    Class, Entries, Host, InputError, Opening, Payload, Scope, Stream, StreamKind,
};

use super::FITTED_SEED;
use super::bodies::{Body, bodies};
use super::fit::FittedDraw;
use super::harm::toll;
use super::history::{History, Until, sample_world};
use super::world::{SERVER_2008, SEVEN, WhatIf, World, XP, schedules, world};
use crate::backtest::{Parameters, Prior};
use crate::draws::{Decides, generator, unit};
use crate::harm::ServiceRules;
use crate::threat::{Basis, Profile, Quantity, catalogue};

/// What one draw says.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct NotPetyaLike {
    /// Trusts infected that knew it within three days.
    pub trusts: u32,
    /// Machines infected.
    pub machines: u32,
    /// Of the machines of these trusts, the share infected; none where there is no such trust.
    pub share_in_infected_trusts: Option<f64>,
    /// Outpatient appointments not done in infected trusts within a week.
    pub outpatient_appointments: f64,
}

/// The share of bodies that take the supplier's update, one machine each: assumed.
const TAKES_UPDATE: (f64, f64) = (0.005, 0.05);

/// Samples it for each draw: as it was, and with the fix of March 2017 put on as advised.
///
/// # Errors
/// When the engine refuses a draw, which it never should.
///
/// # Panics
/// Never: the profile comes with wardround, and a test reads it.
pub fn notpetya_like(
    draws: &[FittedDraw],
    still_lacks_update: f64,
) -> Result<Vec<NotPetyaLike>, InputError> {
    let (prior, bodies, rules) = (Prior::england_2017(), bodies(), ServiceRules::built_in());
    let profile = profile();
    let what_if = WhatIf {
        still_lacks_update,
        kill_switch_hours: None,
        ..WhatIf::default()
    };
    draws
        .par_iter()
        .map(|draw| {
            let parameters = prior.at(&draw.point);
            let seed = FITTED_SEED;
            // Nobody warned of it.
            let as_wannacry = world(&bodies, &parameters, &what_if, None, seed, draw.number);
            let world = with_credentials(as_wannacry, &parameters, &profile, draw.number);
            let history = sample_world(
                &bodies,
                world,
                seed,
                draw.number,
                Until::TrustsAbove(u32::MAX),
            )?;
            let toll = toll(&bodies, &history, &parameters, &rules, seed, draw.number);
            Ok(NotPetyaLike {
                trusts: history.trusts_infected(&bodies),
                machines: history.fates.iter().map(|fate| fate.infected).sum(),
                share_in_infected_trusts: share(&bodies, &history),
                outpatient_appointments: toll.infected[0],
            })
        })
        .collect()
}

fn share(bodies: &[Body], history: &History) -> Option<f64> {
    let pairs = bodies.iter().zip(&history.fates);
    let (infected, all) = pairs
        .filter(|(body, fate)| body.kind.is_trust() && fate.is_known())
        .fold((0, 0), |(infected, all), (body, fate)| {
            (infected + fate.infected, all + body.machines)
        });
    (all > 0).then(|| f64::from(infected) / f64::from(all))
}

/// What decides it beyond the estate and its habits, and on what each stands: the numbers of the worm, and how it is brought in.
///
/// # Panics
/// Never: the profile comes with wardround, and a test reads it.
#[must_use]
pub fn notpetya_like_assumptions() -> Vec<(&'static str, Quantity)> {
    let profile = profile();
    let (flaw, log_on) = (&profile.vectors[0], &profile.vectors[1]);
    let (low, high) = TAKES_UPDATE;
    let mut all = vec![(
        "share of bodies that take the supplier's update, one machine each",
        Quantity {
            low,
            high,
            basis: Basis::Assumed,
            source: "no count of customers is at hand; trusts infected follow from it nearly alone"
                .to_owned(),
        },
    )];
    all.extend(log_on.credentials.as_ref().map(|of| {
        (
            "share of machines that hold credentials which open others",
            of.share.clone(),
        )
    }));
    all.extend([
        (
            "chance that one log-on takes a machine that listens",
            log_on.success.seven_2008r2.clone(),
        ),
        (
            "chance that one attempt by the flaw takes a Windows XP machine that is open",
            flaw.success.xp_2003.clone(),
        ),
    ]);
    let streams = [
        "addresses of its own networks that one machine tries per hour by the flaw",
        "addresses of its own networks that one machine tries per hour by log-on",
        "log-ons per hour anywhere in its body",
    ];
    for (what, stream) in streams.into_iter().zip([0, 1, 3]) {
        all.push((what, profile.streams[stream].per_hour().clone()));
    }
    all.extend(profile.payload.map(|payload| {
        (
            "hours from infection until a machine is destroyed, on the average",
            payload.mean_hours,
        )
    }));
    all
}

fn profile() -> Profile {
    let built_in = catalogue().find(|threat| threat.name == "notpetya");
    Profile::parse(built_in.expect("it comes with us").profile).expect("a test reads every profile")
}

/// The worm's numbers in one draw.
struct Worm {
    /// The share of machines that hold credentials.
    credentials: f64,
    success_of_log_on: f32,
    success_on_xp: f32,
    /// Probes an hour: sweeps for the flaw, sweeps for log-ons, and log-ons anywhere in the body.
    probes_per_hour: [f64; 3],
    payload_hours: Option<f64>,
}

impl Worm {
    fn drawn(profile: &Profile, draw: u64) -> Self {
        let mut asked = 0;
        let mut at = |quantity: &Quantity| {
            asked += 1;
            quantity.at(unit(FITTED_SEED, draw, Decides::Backtest, &[5, asked]))
        };
        let (flaw, log_on) = (&profile.vectors[0], &profile.vectors[1]);
        let credentials = log_on.credentials.as_ref().map(|of| at(&of.share));
        let success_of_log_on = at(&log_on.success.seven_2008r2) as f32;
        let success_on_xp = at(&flaw.success.xp_2003) as f32;
        let [flaw_sweep, log_on_sweep, _, log_ons]: [f64; 4] =
            std::array::from_fn(|stream| at(profile.streams[stream].per_hour()));
        let payload = profile.payload.as_ref();
        Self {
            credentials: credentials.unwrap_or(1.0),
            success_of_log_on,
            success_on_xp,
            probes_per_hour: [flaw_sweep, log_on_sweep, log_ons],
            payload_hours: payload.map(|payload| at(&payload.mean_hours)),
        }
    }

    /// Openings of a machine that listens.
    fn openings(&self, flaw: Opening) -> Vec<Opening> {
        let log_on = Opening {
            success: self.success_of_log_on,
            crash: 0.0,
        };
        vec![flaw, log_on]
    }

    fn streams(&self) -> Vec<Stream> {
        let kinds = [
            (0, StreamKind::Sweep),
            (1, StreamKind::Sweep),
            (1, StreamKind::Uniform(Scope::Organisation)),
        ];
        let streams = kinds.into_iter().zip(self.probes_per_hour);
        streams
            .map(|((vector, kind), probes_per_hour)| Stream {
                vector,
                kind,
                probes_per_hour,
            })
            .collect()
    }
}

/// The same estate under the other worm: machines without the flaw are there too, since a stolen log-on opens them, and some
/// hold credentials. Log-ons are taken to reach any machine of the body alike.
fn with_credentials(
    mut world: World,
    parameters: &Parameters,
    profile: &Profile,
    draw: u64,
) -> World {
    let worm = Worm::drawn(profile, draw);
    let (levels, _) = schedules();
    let (classes, is_server) = classes(&world, &worm, levels.len());
    // Those of machines without the flaw stand last.
    let closed = classes.len() - 2 * (levels.len() + 1);
    let mut random = generator(FITTED_SEED, draw, Decides::Backtest, &[6]);
    let mut left = world.machines_of_network.clone();
    for host in &mut world.input.hosts {
        let holds = u16::from(random.random::<f64>() < worm.credentials);
        host.class = 2 * host.class + holds;
        if let Some(network) = host.network {
            let left = &mut left[network as usize];
            *left = left.saturating_sub(1);
        }
    }
    let input = &mut world.input;
    for (network, machines) in (0u32..).zip(left) {
        let body = input.networks[network as usize].organisation as usize;
        let lacks = world.lacks_update.get(body).copied().unwrap_or(0.0);
        let rest = Rest::of(parameters.answers_share, lacks);
        // Machines that are open and never on stay what they are.
        let never_on = world.never_on_of_network[network as usize];
        for _ in 0..machines.saturating_sub(never_on) {
            let drawn: [f64; 3] = std::array::from_fn(|_| random.random());
            let (listens, is_server) = rest.at(drawn[0]);
            let holds = u16::from(drawn[2] < worm.credentials);
            let kind = if is_server {
                Some(levels.len())
            } else {
                levels.iter().position(|level| drawn[1] < *level)
            };
            // Those that do not listen stay closed to log-ons as well.
            if let (true, Some(kind)) = (listens, kind) {
                input.hosts.push(Host {
                    network: Some(network),
                    class: (closed + 2 * kind) as u16 + holds,
                });
            }
        }
    }
    input.hosts.sort_by_key(|host| (host.network, host.class));
    input.classes = classes;
    world.is_server = is_server;
    input.vectors = 2;
    input.streams = worm.streams();
    input.kill_switch = None;
    input.removal_mean_hours = None;
    input.outside = None;
    input.payload = worm.payload_hours.map(|mean_hours| Payload {
        mean_hours,
        ends_spread: true,
    });
    input.entries = Entries::These(entries(input, world.people.len(), draw));
    world
}

/// The classes of the other worm and whether each is of servers, in pairs of which the second holds credentials: those of the
/// world as it is, then those without the flaw: workstations by their hours, and servers, which are always on.
fn classes(world: &World, worm: &Worm, levels: usize) -> (Vec<Class>, Vec<bool>) {
    let with_flaw = world.input.classes.iter().zip(&world.is_server);
    let with_flaw = with_flaw.map(|(class, server)| {
        let mut flaw = class.openings[0];
        if flaw.crash > 0.0 {
            flaw = Opening {
                success: worm.success_on_xp,
                crash: 0.0,
            };
        }
        let class = Class {
            openings: worm.openings(flaw),
            answers_kill_switch: false,
            is_exposed: false,
            ..class.clone()
        };
        (class, *server)
    });
    let without = (0..=levels).map(|kind| {
        let class = Class {
            openings: worm.openings(Opening::CLOSED),
            carries: Vec::new(),
            answers_kill_switch: false,
            is_exposed: false,
            schedule: (0 < kind && kind < levels).then_some(kind as u16),
            patched: None,
        };
        (class, kind == levels)
    });
    let in_pairs = |(class, is_server): (Class, bool)| {
        [false, true].map(|carries| {
            let class = Class {
                carries: vec![true, carries],
                ..class.clone()
            };
            (class, is_server)
        })
    };
    with_flaw.chain(without).flat_map(in_pairs).unzip()
}

/// What the machines are that are not open to the flaw: shares of those that listen, servers first.
struct Rest {
    servers: f64,
    others: f64,
}

impl Rest {
    /// Of machines of which a share listens and a share of Windows 7 and of servers lacks the update. A machine that is not open
    /// listens less often than any: with the chance a (1 − l) / (1 − l a) where it could be open, never where it runs Windows XP
    /// (all of these that listen stand among the open ones), and as often as any where it runs something else.
    fn of(listens: f64, lacks: f64) -> Self {
        let not_open = 1.0 - lacks * listens;
        let elsewhere = 1.0 - SEVEN - SERVER_2008 - XP;
        let all = (SEVEN + SERVER_2008) * not_open + XP * (1.0 - listens) + elsewhere;
        Self {
            servers: SERVER_2008 * listens * (1.0 - lacks) / all,
            others: (SEVEN * (1.0 - lacks) + elsewhere) * listens / all,
        }
    }

    /// Whether a machine drawn at `unit` listens, and whether it is a server.
    fn at(&self, unit: f64) -> (bool, bool) {
        (unit < self.servers + self.others, unit < self.servers)
    }
}

/// One machine of each body that takes the update; of one at least.
fn entries(input: &wardround_engine::Input, bodies: usize, draw: u64) -> Vec<u32> {
    let mut random = generator(FITTED_SEED, draw, Decides::Backtest, &[7]);
    let (low, high) = TAKES_UPDATE;
    let share = low * (high / low).powf(random.random::<f64>());
    let sure = random.random_range(0..bodies as u32);
    let takes: Vec<bool> = (0..bodies as u32)
        .map(|body| random.random::<f64>() < share || body == sure)
        .collect();
    let mut chosen: Vec<Option<(u32, u32)>> = vec![None; bodies];
    for (host, it) in (0u32..).zip(&input.hosts) {
        let body = it
            .network
            .map(|network| input.networks[network as usize].organisation as usize)
            .filter(|body| takes.get(*body) == Some(&true));
        if let Some(body) = body {
            // One of those met so far, each with the same chance.
            let met = chosen[body].map_or(1, |(_, met)| met + 1);
            let kept = chosen[body].map_or(host, |(kept, _)| kept);
            let kept = if random.random_range(0..met) == 0 {
                host
            } else {
                kept
            };
            chosen[body] = Some((kept, met));
        }
    }
    chosen.into_iter().flatten().map(|(host, _)| host).collect()
}

#[cfg(test)]
mod tests {
    use super::{Rest, SERVER_2008, SEVEN, XP};

    #[test]
    fn open_and_closed_machines_listen_as_often_as_all_do() {
        for (listens, lacks) in [(0.8, 0.5), (0.6, 0.0), (0.98, 0.85)] {
            let open = (SEVEN + SERVER_2008) * lacks * listens + XP * listens;
            let rest = Rest::of(listens, lacks);
            let all = open + (1.0 - open) * (rest.servers + rest.others);
            assert!((all - listens).abs() < 1e-12, "{all}");
        }
    }
}
