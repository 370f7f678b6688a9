//! Whether cells make sense. Everything after this relies on it.

use crate::plain::check;
use crate::plain::fast::{CellEntries, Cells, FastError};
use crate::plain::{Delay, Entries, Host, Input, InputError, Stream};

/// Refuses cells that the fast engine could not simulate as described.
pub(crate) fn check(cells: &Cells) -> Result<(), FastError> {
    check::check(&frame(cells))?;
    check_classes(cells)?;
    let mut left = cells.hosts.clone();
    let mut immune = vec![0_u32; cells.networks.len()];
    check_entries(cells, &mut left, &mut immune)?;
    check_counts(cells, &immune)
}

/// What the plain engine checks as well, around a single host without a network.
fn frame(cells: &Cells) -> Input {
    let host = Host {
        networks: Vec::new(),
        success: 0.0,
        crash: 0.0,
        answers_kill_switch: false,
    };
    let streams = cells.streams.iter().map(|stream| Stream::Uniform {
        scope: stream.scope,
        probes_per_hour: stream.probes_per_hour,
    });
    Input {
        realms: cells.realms.clone(),
        networks: cells.networks.clone(),
        links: Vec::new(),
        hosts: vec![host],
        streams: streams.collect(),
        latency: cells.latency,
        removal: cells
            .removal_mean_hours
            .map(|mean| Delay::Exponential { mean }),
        kill_switch: None,
        entries: Entries::These(vec![0]),
        horizon_hours: cells.horizon_hours,
    }
}

fn check_classes(cells: &Cells) -> Result<(), FastError> {
    let (count, limit) = (cells.successes.len(), Cells::MAX_CLASSES);
    if !(1..=limit).contains(&count) {
        return Err(FastError::Classes { count, limit });
    }
    for (class, &value) in cells.successes.iter().enumerate() {
        if !(value > 0.0 && value <= 1.0) {
            return Err(FastError::Success { class, value });
        }
    }
    if cells.hosts.len() != cells.networks.len() * count {
        return Err(FastError::Counts {
            count: cells.hosts.len(),
            networks: cells.networks.len(),
            classes: count,
        });
    }
    Ok(())
}

/// Takes the entries out of `left`, or counts them in `immune`.
fn check_entries(cells: &Cells, left: &mut [u32], immune: &mut [u32]) -> Result<(), FastError> {
    if cells.entries.all().is_empty() {
        return Err(InputError::NoEntry.into());
    }
    let classes = cells.successes.len();
    let enter_together = matches!(cells.entries, CellEntries::These(_));
    for (index, entry) in cells.entries.all().iter().enumerate() {
        let network = entry.network as usize;
        let is_there = match entry.class {
            _ if network >= cells.networks.len() => false,
            None => {
                // Each is a host of its own, whether all enter or one of them.
                immune[network] += 1;
                true
            }
            Some(class) if usize::from(class) >= classes => false,
            Some(class) => {
                let left = &mut left[network * classes + usize::from(class)];
                let is_there = *left > 0;
                *left -= u32::from(is_there && enter_together);
                is_there
            }
        };
        if !is_there {
            return Err(FastError::Entry {
                index,
                network: entry.network,
            });
        }
    }
    Ok(())
}

fn check_counts(cells: &Cells, immune: &[u32]) -> Result<(), FastError> {
    let mut count = 0;
    for (network, &immune) in immune.iter().enumerate() {
        let open: u64 = cells.hosts_of(network).iter().copied().map(u64::from).sum();
        let hosts = open + u64::from(immune);
        count += hosts;
        let addresses = cells.networks[network].addresses;
        if hosts as f64 > addresses {
            return Err(InputError::NetworkTooSmall {
                network,
                addresses,
                hosts: u32::try_from(hosts).unwrap_or(u32::MAX),
            }
            .into());
        }
    }
    if count > u64::from(Cells::MAX_HOSTS) {
        return Err(FastError::Hosts {
            count,
            limit: Cells::MAX_HOSTS,
        });
    }
    Ok(())
}
