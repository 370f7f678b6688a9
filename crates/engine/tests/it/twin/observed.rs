//! What is observed of one outbreak: the numbers whose laws are compared.

use std::ops::Range;

use wardround_engine::{Across, Event, Input, Totals, Watch, coupled, fast};

/// One outbreak in numbers, in the order of [`NAMES`].
pub(crate) type Observed = [f64; NAMES.len()];

/// What the numbers are.
pub(crate) const NAMES: [&str; 27] = [
    "infected",
    "repeats",
    "crashed",
    "disabled",
    "answered",
    "patched",
    "rebuilt",
    "acted",
    "entries",
    "from outside",
    "along contacts",
    "in one network",
    "in one organisation",
    "between organisations",
    "last hours",
    "hours to half",
    "hours to the first after the entries",
    "sum of the hours of infections",
    "sum of the hours of crashes",
    "sum of the hours of answers",
    "sum of the hours of acting",
    "answered when disabled",
    "rebuilt when disabled",
    "infected in organisation 0",
    "infected of those with a schedule",
    "sources in organisation 0",
    "sources with a schedule",
];

/// Draws so many replicates of an input, whatever the sampler.
pub(crate) type Sampler<'a> = &'a dyn Fn(&Input, u64, Range<u64>) -> Vec<Observed>;

/// Where a unit is and what it is: its network and its class, or the class that it once had.
pub(crate) type Place<'a> = &'a dyn Fn(u32) -> (Option<u32>, u16);

/// The literal twin.
pub(crate) fn literal(input: &Input, seed: u64, replicates: Range<u64>) -> Vec<Observed> {
    let place = |unit: u32| place_of_host(input, unit);
    replicates
        .map(|replicate| {
            observe(
                input,
                &super::literal::simulate(input, seed, replicate),
                &place,
            )
        })
        .collect()
}

/// The fast sampler.
pub(crate) fn fast(input: &Input, seed: u64, replicates: Range<u64>) -> Vec<Observed> {
    let prepared = fast::Prepared::new(input).expect("the world is valid");
    let mut scratch = fast::Scratch::new();
    let place = |unit: u32| {
        let unit = prepared.unit(unit);
        (unit.network, unit.class)
    };
    let mut events: Vec<(f64, Event)> = Vec::new();
    let observe_one = |replicate| {
        events.clear();
        prepared.sample(seed, replicate, &mut scratch, &mut events);
        observe(input, &events, &place)
    };
    replicates.map(observe_one).collect()
}

/// The coupled sampler.
pub(crate) fn coupled(input: &Input, seed: u64, replicates: Range<u64>) -> Vec<Observed> {
    let prepared = coupled::Prepared::new(input).expect("the world is valid");
    let mut scratch = coupled::Scratch::new();
    let place = |unit: u32| place_of_host(input, unit);
    let mut events: Vec<(f64, Event)> = Vec::new();
    let observe_one = |replicate| {
        events.clear();
        prepared.sample(seed, replicate, &mut scratch, &mut events);
        observe(input, &events, &place)
    };
    replicates.map(observe_one).collect()
}

/// The place of a unit that is a host's position.
pub(crate) fn place_of_host(input: &Input, unit: u32) -> (Option<u32>, u16) {
    let host = &input.hosts[unit as usize];
    (host.network, host.class)
}

/// The numbers of one outbreak from its events.
pub(crate) fn observe(input: &Input, events: &[(f64, Event)], place: Place<'_>) -> Observed {
    let mut totals = Totals::default();
    let half = (hosts_open_to_something(input) / 2).max(1);
    let mut half_hours = input.horizon_hours;
    let mut first_hours = input.horizon_hours;
    let mut sums = [0.0; 4];
    let mut of_disabled = [0; 2];
    let mut tallies = [0; 4];
    let in_first = |unit: u32| {
        let network = place(unit).0;
        network.is_some_and(|it| input.networks[it as usize].organisation == 0)
    };
    // Patching changes a class and leaves its schedule.
    let has_schedule = |unit: u32| input.classes[usize::from(place(unit).1)].schedule.is_some();
    for &(hours, event) in events {
        totals.note(hours, event);
        match event {
            Event::Infected {
                unit, across, from, ..
            } => {
                if totals.infected == half && half_hours == input.horizon_hours {
                    half_hours = hours;
                }
                if across != Across::Entry {
                    first_hours = first_hours.min(hours);
                }
                sums[0] += hours;
                tallies[0] += u32::from(in_first(unit));
                tallies[1] += u32::from(has_schedule(unit));
                tallies[2] += u32::from(from.is_some_and(in_first));
                tallies[3] += u32::from(from.is_some_and(has_schedule));
            }
            Event::Crashed { .. } => sums[1] += hours,
            Event::Answered { was_disabled, .. } => {
                sums[2] += hours;
                of_disabled[0] += u32::from(was_disabled);
            }
            Event::Acted { .. } => sums[3] += hours,
            Event::Rebuilt { was_disabled, .. } => of_disabled[1] += u32::from(was_disabled),
            Event::Disabled { .. } | Event::Patched { .. } => {}
        }
    }
    let counts = [
        totals.infected,
        totals.repeats,
        totals.crashed,
        totals.disabled,
        totals.answered,
        totals.patched,
        totals.rebuilt,
        totals.acted,
    ];
    let counts = counts.into_iter().chain(totals.across).map(f64::from);
    let hours = [totals.last_hours, half_hours, first_hours];
    let tallies = of_disabled.into_iter().chain(tallies).map(f64::from);
    let all: Vec<f64> = counts.chain(hours).chain(sums).chain(tallies).collect();
    all.try_into().expect("there is a name for each number")
}

/// How many hosts an infection could come to by itself.
pub(crate) fn hosts_open_to_something(input: &Input) -> u32 {
    let is_open = |class: u16| {
        let openings = &input.classes[usize::from(class)].openings;
        openings.iter().any(|opening| opening.success > 0.0)
    };
    input
        .hosts
        .iter()
        .filter(|host| is_open(host.class))
        .count() as u32
}
