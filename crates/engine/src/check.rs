//! Whether an input makes sense. Everything after this relies on it.

use crate::{Class, Delay, Entries, Input, InputError, Opening, Response};

/// Refuses an input that could not be sampled as described.
pub(crate) fn check(input: &Input) -> Result<(), InputError> {
    check_counts(input)?;
    check_networks(input)?;
    check_classes(input)?;
    check_hosts(input)?;
    check_organisations(input)?;
    check_worm(input)?;
    check_entries(input)
}

/// Ids are `u32` throughout; the products of these limits stay inside it.
fn check_counts(input: &Input) -> Result<(), InputError> {
    let classes_needed = usize::from(!input.hosts.is_empty());
    let vectors = usize::from(input.vectors);
    let most_vectors = usize::from(Input::MAX_VECTORS);
    let counts = [
        ("realms", input.realms.len(), 0, 1 << 24),
        ("organisations", input.organisations.len(), 0, 1 << 24),
        ("networks", input.networks.len(), 0, 1 << 24),
        ("links", input.links.len(), 0, 1 << 28),
        ("vectors", vectors, 1, most_vectors),
        ("classes", input.classes.len(), classes_needed, 1 << 16),
        ("schedules", input.schedules.len(), 0, 1 << 16),
        ("hosts", input.hosts.len(), 0, 1 << 28),
        ("further attachments", input.further.len(), 0, 1 << 28),
        ("contacts", input.contacts.len(), 0, 1 << 30),
        ("streams", input.streams.len(), 0, 16),
    ];
    for (what, count, least, most) in counts {
        if !(least..=most).contains(&count) {
            return Err(InputError::Count {
                what,
                count,
                least,
                most,
            });
        }
    }
    Ok(())
}

fn check_networks(input: &Input) -> Result<(), InputError> {
    for (index, realm) in input.realms.iter().enumerate() {
        range("addresses", "realm", index, realm.addresses, 1.0, f64::MAX)?;
    }
    let mut held = vec![0.0; input.realms.len()];
    for (index, network) in input.networks.iter().enumerate() {
        range(
            "addresses",
            "network",
            index,
            network.addresses,
            1.0,
            f64::MAX,
        )?;
        let count = input.organisations.len();
        known(
            "network",
            index,
            "organisation",
            network.organisation,
            count,
        )?;
        if let Some(realm) = network.realm {
            known("network", index, "realm", realm, input.realms.len())?;
            held[realm as usize] += network.addresses;
        }
    }
    for (index, (realm, held)) in input.realms.iter().zip(held).enumerate() {
        // A caller's sum may round differently from ours.
        if held > realm.addresses * (1.0 + 1e-9) {
            return Err(InputError::RealmTooSmall {
                realm: index,
                addresses: realm.addresses,
                held,
            });
        }
    }
    for (index, link) in input.links.iter().enumerate() {
        for end in [link.from, link.to] {
            known("link", index, "network", end, input.networks.len())?;
        }
    }
    Ok(())
}

fn check_classes(input: &Input) -> Result<(), InputError> {
    let vectors = usize::from(input.vectors);
    for (index, class) in input.classes.iter().enumerate() {
        if class.openings.len() != vectors || class.carries.len() != vectors {
            return Err(InputError::ClassVectors {
                class: index,
                openings: class.openings.len(),
                carries: class.carries.len(),
                vectors,
            });
        }
        for opening in &class.openings {
            range("success", "class", index, opening.success.into(), 0.0, 1.0)?;
            range("crash", "class", index, opening.crash.into(), 0.0, 1.0)?;
        }
        if let Some(schedule) = class.schedule {
            let count = input.schedules.len();
            known("class", index, "schedule", schedule.into(), count)?;
        }
        if let Some(patched) = class.patched {
            let count = input.classes.len();
            known("class", index, "class", patched.into(), count)?;
            if !is_patched(class, &input.classes[usize::from(patched)]) {
                return Err(InputError::Patched {
                    class: index,
                    patched,
                });
            }
        }
    }
    Ok(())
}

fn is_patched(class: &Class, patched: &Class) -> bool {
    let mut openings = class.openings.iter().zip(&patched.openings);
    patched.patched.is_none()
        && patched.schedule == class.schedule
        && patched.is_exposed == class.is_exposed
        && patched.answers_kill_switch == class.answers_kill_switch
        && patched.carries == class.carries
        && openings.all(|(before, after)| after == before || *after == Opening::CLOSED)
}

fn check_hosts(input: &Input) -> Result<(), InputError> {
    let mut attached = vec![0_u32; input.networks.len()];
    for (index, host) in input.hosts.iter().enumerate() {
        known(
            "host",
            index,
            "class",
            host.class.into(),
            input.classes.len(),
        )?;
        if let Some(network) = host.network {
            known("host", index, "network", network, input.networks.len())?;
            attached[network as usize] += 1;
        }
    }
    let mut last = 0;
    for (index, more) in input.further.iter().enumerate() {
        let host = more.host;
        known("further attachment", index, "host", host, input.hosts.len())?;
        let count = input.networks.len();
        known("further attachment", index, "network", more.network, count)?;
        if host < last || input.hosts[host as usize].network.is_none() {
            return Err(InputError::Attachment { index, host });
        }
        last = host;
        attached[more.network as usize] += 1;
    }
    for pair in input.further.chunk_by(|one, other| one.host == other.host) {
        let host = pair[0].host;
        let all: Vec<u32> = input.networks_of(host).collect();
        if let Some(network) = first_repeated(&all) {
            return Err(InputError::AttachedTwice { host, network });
        }
    }
    for (index, (network, hosts)) in input.networks.iter().zip(attached).enumerate() {
        if f64::from(hosts) > network.addresses {
            return Err(InputError::NetworkTooSmall {
                network: index,
                addresses: network.addresses,
                hosts,
            });
        }
    }
    for (index, contact) in input.contacts.iter().enumerate() {
        for end in [contact.from, contact.to] {
            known("contact", index, "host", end, input.hosts.len())?;
        }
        if contact.from == contact.to {
            return Err(InputError::Itself {
                contact: index,
                host: contact.from,
            });
        }
        let vectors = usize::from(input.vectors);
        known("contact", index, "vector", contact.vector.into(), vectors)?;
        rate(
            "attempts per hour",
            "contact",
            index,
            contact.attempts_per_hour.into(),
        )?;
    }
    Ok(())
}

fn check_organisations(input: &Input) -> Result<(), InputError> {
    for (index, organisation) in input.organisations.iter().enumerate() {
        let Some(response) = &organisation.response else {
            continue;
        };
        check_response(input, index, response)?;
    }
    Ok(())
}

fn check_response(input: &Input, index: usize, response: &Response) -> Result<(), InputError> {
    let of = "the response of organisation";
    if !response.delay.is_valid() {
        return Err(InputError::Delay {
            which: "delay of a response",
        });
    }
    if let Some(after) = response.after_infections {
        range("infections", of, index, after.into(), 1.0, f64::MAX)?;
    }
    if let Some(hours) = response.at_hours {
        range("hour", of, index, hours, 0.0, f64::MAX)?;
    }
    rate("patches per hour", of, index, response.patches_per_hour)?;
    rate("rebuilds per hour", of, index, response.rebuilds_per_hour)?;
    if let Some(schedule) = response.staff_schedule {
        known(
            of,
            index,
            "schedule",
            schedule.into(),
            input.schedules.len(),
        )?;
    }
    Ok(())
}

fn check_worm(input: &Input) -> Result<(), InputError> {
    let vectors = usize::from(input.vectors);
    for (index, stream) in input.streams.iter().enumerate() {
        known("stream", index, "vector", stream.vector.into(), vectors)?;
        rate("probes per hour", "stream", index, stream.probes_per_hour)?;
    }
    if !Delay::is_valid(input.latency) {
        return Err(InputError::Delay {
            which: "latency delay",
        });
    }
    if let Some(dormancy) = input.dormancy {
        rate("falls per hour", "dormancy", 0, dormancy.falls_per_hour)?;
        rate("wakes per hour", "dormancy", 0, dormancy.wakes_per_hour)?;
    }
    let most = 1e9;
    if let Some(mean) = input.removal_mean_hours {
        range(
            "mean hours",
            "removal",
            0,
            mean,
            1.0 / Input::MAX_PER_HOUR,
            most,
        )?;
    }
    if let Some(payload) = input.payload {
        range("mean hours", "payload", 0, payload.mean_hours, 0.0, most)?;
    }
    if let Some(switch) = input.kill_switch {
        range(
            "hour",
            "kill switch",
            0,
            switch.live_from_hours,
            -most,
            most,
        )?;
    }
    if let Some(outside) = &input.outside {
        known("outside", 0, "vector", outside.vector.into(), vectors)?;
        let mut last = f64::NEG_INFINITY;
        for (step, pressure) in outside.pressure.iter().enumerate() {
            range("hour", "pressure", step, pressure.from_hours, -most, most)?;
            rate(
                "probes per hour",
                "pressure",
                step,
                pressure.probes_per_hour,
            )?;
            if pressure.from_hours <= last {
                return Err(InputError::PressureOrder { step });
            }
            last = pressure.from_hours;
        }
    }
    let start = input.start_hour_of_week;
    range(
        "hour of the week",
        "start",
        0,
        start,
        0.0,
        168.0_f64.next_down(),
    )?;
    let most = Input::MAX_HORIZON_HOURS;
    range(
        "hours",
        "horizon",
        0,
        input.horizon_hours,
        f64::MIN_POSITIVE,
        most,
    )
}

fn check_entries(input: &Input) -> Result<(), InputError> {
    let (Entries::OneOf(hosts) | Entries::These(hosts)) = &input.entries else {
        return Ok(());
    };
    let (count, most) = (hosts.len(), input.hosts.len());
    if !(1..=most).contains(&count) {
        return Err(InputError::Count {
            what: "entries",
            count,
            least: 1,
            most,
        });
    }
    for (index, &host) in hosts.iter().enumerate() {
        known("entry", index, "host", host, input.hosts.len())?;
    }
    first_repeated(hosts).map_or(Ok(()), |host| Err(InputError::EntryTwice { host }))
}

/// The lowest number that stands there more than once.
pub(crate) fn first_repeated(ids: &[u32]) -> Option<u32> {
    let mut sorted = ids.to_vec();
    sorted.sort_unstable();
    sorted
        .windows(2)
        .find(|pair| pair[0] == pair[1])
        .map(|pair| pair[0])
}

fn rate(what: &'static str, of: &'static str, index: usize, value: f64) -> Result<(), InputError> {
    range(what, of, index, value, 0.0, Input::MAX_PER_HOUR)
}

fn range(
    what: &'static str,
    of: &'static str,
    index: usize,
    value: f64,
    least: f64,
    most: f64,
) -> Result<(), InputError> {
    if (least..=most).contains(&value) {
        Ok(())
    } else {
        Err(InputError::Range {
            what,
            of,
            index,
            value,
            least,
            most,
        })
    }
}

fn known(
    by: &'static str,
    index: usize,
    what: &'static str,
    named: u32,
    count: usize,
) -> Result<(), InputError> {
    if (named as usize) < count {
        Ok(())
    } else {
        Err(InputError::Unknown {
            by,
            index,
            what,
            named,
            count,
        })
    }
}
