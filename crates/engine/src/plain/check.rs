//! Whether an input makes sense. Everything after this relies on it.

use crate::plain::{Delay, Entries, Input, InputError, Stream};

/// Refuses an input that the engine could not simulate as described.
pub(crate) fn check(input: &Input) -> Result<(), InputError> {
    check_counts(input)?;
    check_networks(input)?;
    check_hosts(input)?;
    check_streams(input)?;
    check_times(input)?;
    check_entries(input)
}

/// Ids are `u32` throughout; the products of these limits stay inside it.
fn check_counts(input: &Input) -> Result<(), InputError> {
    let attachments = input.hosts.iter().map(|host| host.networks.len()).sum();
    let counts = [
        ("realms", input.realms.len(), 1 << 24),
        ("networks", input.networks.len(), 1 << 24),
        ("links", input.links.len(), 1 << 28),
        ("hosts", input.hosts.len(), 1 << 28),
        ("attachments of hosts to networks", attachments, 1 << 28),
        ("streams", input.streams.len(), 16),
    ];
    for (what, count, limit) in counts {
        if count > limit {
            return Err(InputError::TooMany { what, count, limit });
        }
    }
    Ok(())
}

fn check_networks(input: &Input) -> Result<(), InputError> {
    for (index, realm) in input.realms.iter().enumerate() {
        check_addresses("realm", index, realm.addresses)?;
    }
    let mut held = vec![0.0; input.realms.len()];
    for (index, network) in input.networks.iter().enumerate() {
        check_addresses("network", index, network.addresses)?;
        if let Some(realm) = network.realm {
            check_known("network", index, "realm", realm, input.realms.len())?;
            held[realm as usize] += network.addresses;
        }
    }
    for (index, (realm, held)) in input.realms.iter().zip(held).enumerate() {
        // A caller's sum may round differently from ours.
        if held > realm.addresses * (1.0 + 1e-9) {
            let addresses = realm.addresses;
            return Err(InputError::RealmTooSmall {
                realm: index,
                addresses,
                held,
            });
        }
    }
    for (index, link) in input.links.iter().enumerate() {
        for end in [link.from, link.to] {
            check_known("link", index, "network", end, input.networks.len())?;
        }
    }
    Ok(())
}

fn check_hosts(input: &Input) -> Result<(), InputError> {
    let mut attached = vec![0_u32; input.networks.len()];
    for (index, host) in input.hosts.iter().enumerate() {
        for &network in &host.networks {
            check_known("host", index, "network", network, input.networks.len())?;
            attached[network as usize] += 1;
        }
        if let Some(network) = first_repeated(&host.networks) {
            return Err(InputError::AttachedTwice {
                host: index,
                network,
            });
        }
        for (what, value) in [("success", host.success), ("crash", host.crash)] {
            if !(0.0..=1.0).contains(&value) {
                return Err(InputError::Chance {
                    what,
                    host: index,
                    value,
                });
            }
        }
    }
    for (index, (network, hosts)) in input.networks.iter().zip(attached).enumerate() {
        if f64::from(hosts) > network.addresses {
            let addresses = network.addresses;
            return Err(InputError::NetworkTooSmall {
                network: index,
                addresses,
                hosts,
            });
        }
    }
    Ok(())
}

fn check_streams(input: &Input) -> Result<(), InputError> {
    let limit = Input::MAX_PROBES_PER_HOUR;
    for (index, stream) in input.streams.iter().enumerate() {
        let (Stream::Uniform {
            probes_per_hour, ..
        }
        | Stream::Sweep { probes_per_hour }) = *stream;
        if !(0.0..=limit).contains(&probes_per_hour) {
            return Err(InputError::Rate {
                stream: index,
                probes_per_hour,
                limit,
            });
        }
    }
    Ok(())
}

fn check_times(input: &Input) -> Result<(), InputError> {
    if !input.latency.is_valid() {
        return Err(InputError::Delay { which: "latency" });
    }
    if !input.removal.is_none_or(Delay::is_valid) {
        return Err(InputError::Delay { which: "removal" });
    }
    if let Some(switch) = input.kill_switch
        && !switch.live_from_hours.is_finite()
    {
        return Err(InputError::KillSwitch {
            hours: switch.live_from_hours,
        });
    }
    let (hours, limit) = (input.horizon_hours, Input::MAX_HORIZON_HOURS);
    if !(hours > 0.0 && hours <= limit) {
        return Err(InputError::Horizon { hours, limit });
    }
    Ok(())
}

fn check_entries(input: &Input) -> Result<(), InputError> {
    let (Entries::OneOf(hosts) | Entries::These(hosts)) = &input.entries;
    if hosts.is_empty() {
        return Err(InputError::NoEntry);
    }
    for (index, &host) in hosts.iter().enumerate() {
        check_known("entry", index, "host", host, input.hosts.len())?;
    }
    first_repeated(hosts).map_or(Ok(()), |host| Err(InputError::EntryTwice { host }))
}

fn first_repeated(ids: &[u32]) -> Option<u32> {
    if ids.len() < 2 {
        return None;
    }
    let mut sorted = ids.to_vec();
    sorted.sort_unstable();
    sorted
        .windows(2)
        .find(|pair| pair[0] == pair[1])
        .map(|pair| pair[0])
}

fn check_addresses(what: &'static str, index: usize, addresses: f64) -> Result<(), InputError> {
    if addresses.is_finite() && addresses >= 1.0 {
        Ok(())
    } else {
        Err(InputError::Addresses {
            what,
            index,
            addresses,
        })
    }
}

fn check_known(
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
