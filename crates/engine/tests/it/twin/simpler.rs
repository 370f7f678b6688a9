//! The same world without one of its features, to find the smallest world in which two samplers differ.

use wardround_engine::{Delay, Input, Opening, Response, Schedule, StreamKind, fast};

/// What can be taken away.
pub(crate) const FEATURES: [&str; 28] = [
    "links",
    "further",
    "contacts",
    "sweeps",
    "uniform",
    "crashes",
    "latency",
    "dormancy",
    "removal",
    "payload",
    "payload-ends-spread",
    "kill-switch",
    "outside",
    "schedules",
    "staff-schedules",
    "responses",
    "isolation",
    "patching",
    "rebuilding",
    "noticing",
    "warnings",
    "carries",
    "vectors",
    "chances",
    "boundaries",
    "realms",
    "organisations",
    "outsiders",
];

/// The world without a feature.
///
/// # Panics
///
/// If there is no such feature.
#[expect(clippy::panic, reason = "it fails the test")]
pub(crate) fn without(input: &Input, feature: &str) -> Input {
    let mut input = input.clone();
    match feature {
        "links" => input.links.clear(),
        "further" => input.further.clear(),
        "contacts" => input.contacts.clear(),
        "sweeps" => input.streams.retain(|it| it.kind != StreamKind::Sweep),
        "uniform" => input.streams.retain(|it| it.kind == StreamKind::Sweep),
        "crashes" => each_opening(&mut input, |it| it.crash = 0.0),
        "latency" => input.latency = Delay::Fixed(0.0),
        "dormancy" => input.dormancy = None,
        "removal" => input.removal_mean_hours = None,
        "payload" => input.payload = None,
        "payload-ends-spread" => {
            if let Some(payload) = &mut input.payload {
                payload.ends_spread = false;
            }
        }
        "kill-switch" => input.kill_switch = None,
        "outside" => input.outside = None,
        "schedules" => input.classes.iter_mut().for_each(|it| it.schedule = None),
        "staff-schedules" => each_response(&mut input, |it| it.staff_schedule = None),
        "responses" => input
            .organisations
            .iter_mut()
            .for_each(|it| it.response = None),
        "isolation" => each_response(&mut input, |it| it.isolates = false),
        "patching" => each_response(&mut input, |it| it.patches_per_hour = 0.0),
        "rebuilding" => each_response(&mut input, |it| it.rebuilds_per_hour = 0.0),
        "noticing" => each_response(&mut input, |it| it.after_infections = None),
        "warnings" => each_response(&mut input, |it| it.at_hours = None),
        "carries" => input
            .classes
            .iter_mut()
            .for_each(|it| it.carries.fill(true)),
        "vectors" => one_vector(&mut input),
        "chances" => each_opening(&mut input, |it| it.success = it.success.ceil()),
        "boundaries" => open_boundaries(&mut input),
        "realms" => one_realm(&mut input),
        "organisations" => input.networks.iter_mut().for_each(|it| it.organisation = 0),
        "outsiders" => {
            for host in &mut input.hosts {
                host.network = host.network.or(Some(0));
            }
            let addresses = &mut input.networks[0].addresses;
            *addresses += input.hosts.len() as f64;
            input
                .realms
                .iter_mut()
                .for_each(|it| it.addresses += input.hosts.len() as f64);
        }
        _ => panic!("no feature is called {feature}; there are {FEATURES:?}"),
    }
    input
}

fn each_opening(input: &mut Input, change: impl Fn(&mut Opening)) {
    for class in &mut input.classes {
        class.openings.iter_mut().for_each(&change);
    }
}

fn each_response(input: &mut Input, change: impl Fn(&mut Response)) {
    let responses = input.organisations.iter_mut();
    responses
        .filter_map(|it| it.response.as_mut())
        .for_each(change);
}

fn one_vector(input: &mut Input) {
    input.vectors = 1;
    for class in &mut input.classes {
        class.openings.truncate(1);
        class.carries.truncate(1);
    }
    input.streams.iter_mut().for_each(|it| it.vector = 0);
    input.contacts.iter_mut().for_each(|it| it.vector = 0);
    if let Some(outside) = &mut input.outside {
        outside.vector = 0;
    }
}

fn open_boundaries(input: &mut Input) {
    for network in &mut input.networks {
        (network.leaves, network.enters) = (true, true);
        (network.leaves_organisation, network.enters_organisation) = (true, true);
    }
}

fn one_realm(input: &mut Input) {
    let held: f64 = input.networks.iter().map(|it| it.addresses).sum();
    input.realms.truncate(1);
    input.realms[0].addresses = held;
    input.networks.iter_mut().for_each(|it| it.realm = Some(0));
}

#[allow(dead_code, reason = "only the example shrinks worlds")]
/// Every world that lacks one more part of an input: a feature, a stream, a contact, a host's place, and so on.
pub(crate) fn all_simpler(input: &Input) -> Vec<(String, Input)> {
    let mut all: Vec<(String, Input)> = FEATURES
        .iter()
        // That one moves hosts; the others and what follows only take away, so shrinking ends.
        .filter(|feature| **feature != "outsiders")
        .map(|feature| (format!("without {feature}"), without(input, feature)))
        .collect();
    for part in 0..input.streams.len() {
        all.push(changed(input, &format!("stream {part} gone"), |it| {
            it.streams.remove(part);
        }));
    }
    for part in 0..input.classes.len() {
        let what = format!("class {part} closed");
        all.push(changed(input, &what, |it| {
            it.classes[part].openings.fill(Opening::CLOSED);
            if let Some(patched) = it.classes[part].patched {
                it.classes[usize::from(patched)]
                    .openings
                    .fill(Opening::CLOSED);
            }
        }));
        let what = format!("class {part} not patched");
        all.push(changed(input, &what, |it| it.classes[part].patched = None));
    }
    for part in 0..input.organisations.len() {
        let what = format!("organisation {part} does nothing");
        all.push(changed(input, &what, |it| {
            it.organisations[part].response = None
        }));
    }
    for part in 0..input.hosts.len() {
        let what = format!("host {part} cut off");
        all.push(changed(input, &what, |it| {
            it.hosts[part].network = None;
            let id = part as u32;
            it.further.retain(|more| more.host != id);
            it.contacts
                .retain(|contact| contact.from != id && contact.to != id);
        }));
    }
    for part in 0..input.links.len() {
        all.push(changed(input, &format!("link {part} gone"), |it| {
            it.links.remove(part);
        }));
    }
    let halves = [("first", 0), ("second", 1)];
    for (which, parity) in halves {
        let what = format!("{which} half of contacts gone");
        all.push(changed(input, &what, |it| {
            let middle = it.contacts.len().div_ceil(2);
            it.contacts = if parity == 0 {
                it.contacts.split_off(middle)
            } else {
                it.contacts[..middle].to_vec()
            };
        }));
    }
    all.push(changed(input, "schedules are shifts of half a day", |it| {
        let is_on = std::array::from_fn(|hour| hour / 12 % 2 == 0);
        it.schedules.fill(Schedule { is_on });
    }));
    all.push(changed(input, "the week begins", |it| {
        it.start_hour_of_week = 0.5
    }));
    // Some changes need others first.
    all.retain(|(_, simpler)| simpler != input && fast::Prepared::new(simpler).is_ok());
    all
}

#[allow(dead_code, reason = "only the example shrinks worlds")]
fn changed(input: &Input, what: &str, change: impl FnOnce(&mut Input)) -> (String, Input) {
    let mut input = input.clone();
    change(&mut input);
    (what.to_owned(), input)
}
