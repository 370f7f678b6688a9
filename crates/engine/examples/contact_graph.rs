//! Administrators' sessions as contacts: what a thousand outbreaks take, and what it changes to log on from one host less.
//!
//! 40 wards of 50 machines each. A ward's machines share a local password, so each may spread to a few others of its
//! ward; three administrators' machines have sessions everywhere. Both worlds have the same draws for the same contacts, so
//! their difference is due to the missing sessions alone.

#![expect(clippy::print_stdout, reason = "an example shows what it found")]

use std::error::Error;

use wardround_engine::contacts::{Contact, Entries, Graph, Period, Prepared, Scratch, Spread};

const WARDS: u32 = 40;
const MACHINES: u32 = 50;
const HOSTS: u32 = WARDS * MACHINES + 3;
const REPLICATES: u64 = 1_000;

fn main() -> Result<(), Box<dyn Error>> {
    let spread = Spread {
        transmissions_per_hour: 0.2,
        latency: Period::Exponential { mean_hours: 0.5 },
        active: Some(Period::Exponential { mean_hours: 8.0 }),
        entries: Entries::Drawn(1),
        horizon_hours: 72.0,
    };
    let today = Graph::weighted(HOSTS, &contacts(3))?;
    let fixed = Graph::weighted(HOSTS, &contacts(2))?;
    println!(
        "{HOSTS} hosts, {} contacts, {REPLICATES} outbreaks of {} hours",
        today.contacts(),
        spread.horizon_hours
    );
    let (today, fixed) = (
        Prepared::new(&today, &spread)?,
        Prepared::new(&fixed, &spread)?,
    );
    let (mut scratch, mut other_scratch) = (Scratch::new(), Scratch::new());
    let mut sizes = Vec::new();
    let mut spared = 0;
    let mut by_hour = [0; 4];
    for replicate in 0..REPLICATES {
        let outbreak = today.outbreak(1, replicate, &mut scratch);
        let better = fixed.outbreak(1, replicate, &mut other_scratch);
        // Never negative: a contact less never has anyone fall.
        spared += u64::from(outbreak.size() - better.size());
        for (sum, count) in by_hour
            .iter_mut()
            .zip(outbreak.counts(&[4.0, 12.0, 24.0, 72.0]))
        {
            *sum += u64::from(count.fallen);
        }
        sizes.push(outbreak.size());
    }
    sizes.sort_unstable();
    let at = |percent: usize| sizes[(sizes.len() - 1) * percent / 100];
    println!(
        "hosts that fall: median {}, nine in ten between {} and {}",
        at(50),
        at(5),
        at(95)
    );
    let means = by_hour.map(|sum| sum / REPLICATES);
    println!("on average after 4, 12, 24 and 72 hours: {means:?}");
    println!(
        "without one administrator's sessions {} hosts fewer fall on average",
        spared / REPLICATES
    );
    Ok(())
}

fn contacts(administrators: u32) -> Vec<Contact> {
    let contact = |from, to, multiplier| Contact {
        from,
        to,
        multiplier,
    };
    let mut contacts = Vec::new();
    for host in 0..WARDS * MACHINES {
        let ward = host / MACHINES * MACHINES;
        for step in [1, 7, 19] {
            contacts.push(contact(host, ward + (host - ward + step) % MACHINES, 1.0));
        }
    }
    for administrator in 0..administrators {
        let from = WARDS * MACHINES + administrator;
        for ward in 0..WARDS {
            let machine = ward * MACHINES + administrator;
            // A session on a ward's machine leads to the administrator's sooner or later, and from there everywhere.
            contacts.push(contact(machine, from, 0.25));
            contacts.push(contact(from, machine, 2.0));
        }
    }
    contacts
}
