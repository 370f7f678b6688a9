//! Outbreaks on a graph from a file, round by round, with the processor time that each took.
//!
//! `contact_rounds GRAPH TRANSMISSIONS_PER_HOUR ACTIVE_MEAN_HOURS HORIZON_HOURS ENTRIES`, where the file holds u32s, low byte
//! first: hosts, edges, then pairs. Each line of the standard input says how many replicates, and is answered by one with the
//! nanoseconds that they took and their sizes. It is the counterpart of the other programs in `benches/peers/`.

#![allow(clippy::disallowed_methods, reason = "words say what to measure")]
#![expect(clippy::print_stdout, reason = "it answers on the standard output")]

use std::error::Error;
use std::io::BufRead;

use wardround_engine::contacts::{Entries, Graph, Period, Prepared, Scratch, Spread};

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [path, transmissions, active, horizon, entries] = &arguments[..] else {
        return Err("usage: contact_rounds GRAPH TRANSMISSIONS_PER_HOUR ACTIVE_MEAN_HOURS HORIZON_HOURS ENTRIES".into());
    };
    let graph = read(path)?;
    let spread = Spread {
        transmissions_per_hour: transmissions.parse()?,
        latency: Period::Fixed(0.0),
        active: Some(Period::Exponential {
            mean_hours: active.parse()?,
        }),
        entries: Entries::Drawn(entries.parse()?),
        horizon_hours: horizon.parse()?,
    };
    let prepared = Prepared::new(&graph, &spread)?;
    let mut scratch = Scratch::new();
    let mut replicate = 0;
    for line in std::io::stdin().lock().lines() {
        let last = replicate + line?.trim().parse::<u64>()?;
        let mut sizes = Vec::new();
        let start = processor_nanoseconds()?;
        while replicate < last {
            sizes.push(
                prepared
                    .outbreak(1, replicate, &mut scratch)
                    .size()
                    .to_string(),
            );
            replicate += 1;
        }
        let nanoseconds = processor_nanoseconds()? - start;
        println!("{nanoseconds} {}", sizes.join(" "));
    }
    Ok(())
}

#[expect(
    clippy::disallowed_methods,
    reason = "the engine reads no file, but its examples may"
)]
fn read(path: &str) -> Result<Graph, Box<dyn Error>> {
    let bytes = std::fs::read(path)?;
    let mut words = bytes
        .chunks_exact(4)
        .map(|word| u32::from_le_bytes([word[0], word[1], word[2], word[3]]));
    let hosts = words.next().ok_or("the file is empty")?;
    let words: Vec<u32> = words.skip(1).collect();
    let edges: Vec<(u32, u32)> = words
        .chunks_exact(2)
        .map(|pair| (pair[0], pair[1]))
        .collect();
    Ok(Graph::undirected(hosts, &edges)?)
}

/// How long this thread has had a processor, from Linux's scheduler.
#[expect(
    clippy::disallowed_methods,
    reason = "the engine has no clock, but this measures it from outside"
)]
fn processor_nanoseconds() -> Result<u64, Box<dyn Error>> {
    let text = std::fs::read_to_string("/proc/thread-self/schedstat")?;
    Ok(text.split(' ').next().unwrap_or_default().parse()?)
}
