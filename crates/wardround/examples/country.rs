//! Makes up the exports of a whole country, to see how wardround bears them:
//!
//! ```sh
//! cargo run --release -p wardround --example country -- /tmp/country 1500000 8000
//! /usr/bin/time -v target/release/wardround report /tmp/country --replicates 10 -q -o /tmp/country.html
//! ```
//!
//! One organisation in forty is a hospital with most of the machines, in networks of 250; the others are surgeries with one
//! network each. Each hospital has a list of its machines as its own staff would keep it; forty surgeries share a list.
//!
//! With a fourth argument, `later`, one list in four is of two weeks later, when half of the machines without the update or
//! without a word on it have got it and one in a hundred is gone; all other files are the same as without:
//!
//! ```sh
//! cargo run --release -p wardround --example country -- /tmp/later 1500000 8000 later
//! /usr/bin/time -v target/release/wardround diff /tmp/country /tmp/later -o /tmp/changes.txt
//! ```

#![allow(
    clippy::unwrap_used,
    reason = "an example that cannot write should stop there"
)]

use std::fmt::Write as _;
use std::fs;
use std::path::Path;

const HOSPITAL_NETWORK: u32 = 250;
const SURGERY: u32 = 12;
/// One list in so many is of a later day, where that is asked for.
const LATER: u32 = 4;

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let folder = Path::new(arguments.first().map_or("country", String::as_str));
    let number = |at: usize, otherwise: u32| {
        let text = arguments.get(at);
        text.map_or(otherwise, |text| text.parse().unwrap())
    };
    let (machines, organisations) = (number(1, 1_500_000), number(2, 8_000));
    let time = arguments.get(3);
    assert!(
        time.is_none_or(|time| time == "later"),
        "the fourth argument is `later`, if anything"
    );
    let is_later = time.is_some();
    let hospitals = organisations.div_ceil(40);
    let surgeries = organisations - hospitals;
    let of_hospital = machines.saturating_sub(surgeries * SURGERY) / hospitals;

    fs::create_dir_all(folder.join("estate")).unwrap();
    let mut tables = Tables::default();
    let mut blocks = 0..;
    for hospital in 0..hospitals {
        let id = format!("h{hospital:04}");
        tables.organisation(&id, "acute");
        let mut list = List::new(is_later && hospital.is_multiple_of(LATER));
        let networks = of_hospital.div_ceil(HOSPITAL_NETWORK);
        for network in 0..networks {
            let block = blocks.next().unwrap();
            tables.network(&format!("{id}-{network}"), &id, block);
            let count = HOSPITAL_NETWORK.min(of_hospital - network * HOSPITAL_NETWORK);
            for machine in 0..count {
                list.machine(&id, network * HOSPITAL_NETWORK + machine, block, machine);
            }
        }
        list.write(folder, &format!("{id}/machines.csv"), &mut tables, &[id]);
    }
    let numbers: Vec<u32> = (0..surgeries).collect();
    for (provider, some) in (0u32..).zip(numbers.chunks(40)) {
        let mut list = List::new(is_later && provider.is_multiple_of(LATER));
        let ids: Vec<String> = some
            .iter()
            .map(|surgery| format!("s{surgery:05}"))
            .collect();
        for id in &ids {
            let block = blocks.next().unwrap();
            tables.organisation(id, "surgery");
            tables.network(&format!("{id}-0"), id, block);
            for machine in 0..SURGERY {
                list.machine(id, machine, block, machine);
            }
        }
        list.write(
            folder,
            &format!("p{provider:03}/machines.csv"),
            &mut tables,
            &ids,
        );
    }
    for (name, text) in [
        ("organisations.csv", tables.organisations),
        ("networks.csv", tables.networks),
        ("authorities.csv", tables.authorities),
    ] {
        fs::write(folder.join("estate").join(name), text).unwrap();
    }
}

struct Tables {
    organisations: String,
    networks: String,
    authorities: String,
}

impl Default for Tables {
    fn default() -> Self {
        Self {
            organisations: "organisation,name,kind,administrator,domains,region\n".to_owned(),
            networks: "network,organisation,cidr,realm,site,name,kind\n".to_owned(),
            authorities: "authority,organisations\n".to_owned(),
        }
    }
}

impl Tables {
    fn organisation(&mut self, id: &str, kind: &str) {
        writeln!(
            self.organisations,
            "{id},Made up {id},{kind},,{id}.example,"
        )
        .unwrap();
    }

    fn network(&mut self, id: &str, organisation: &str, block: u32) {
        let [_, _, a, b] = block.to_be_bytes();
        writeln!(
            self.networks,
            "{id},{organisation},10.{a}.{b}.0/24,national,,,user"
        )
        .unwrap();
    }
}

struct List {
    text: String,
    is_later: bool,
}

impl List {
    fn new(is_later: bool) -> Self {
        Self {
            text: "Hostname,Type,Windows,IP,MS17-010 patched,SMBv1,Last seen\n".to_owned(),
            is_later,
        }
    }

    fn machine(&mut self, organisation: &str, number: u32, block: u32, place: u32) {
        let [_, _, a, b] = block.to_be_bytes();
        // Spread evenly, without a pattern along the networks.
        let mixed = (block.wrapping_mul(2_654_435_761) ^ number.wrapping_mul(40_503)) >> 7;
        if self.is_later && (mixed / 1_024).is_multiple_of(100) {
            return;
        }
        let patched = match mixed % 20 {
            0..=4 if self.is_later && (mixed / 512).is_multiple_of(2) => "Yes",
            0 => "No",
            1..=4 => "Unknown",
            _ => "Yes",
        };
        let smb1 = ["Yes", "Yes", "No", ""][(mixed / 32 % 4) as usize];
        let system =
            ["Windows 7 Enterprise", "Windows 10 Enterprise"][(mixed / 128 % 3 / 2) as usize];
        let day = mixed % 10 + if self.is_later { 15 } else { 1 };
        writeln!(
            self.text,
            "PC{number:05}.{organisation}.example,Desktop,{system},10.{a}.{b}.{},{patched},{smb1},2017-05-{day:02}",
            place + 1,
        )
        .unwrap();
    }

    fn write(&self, folder: &Path, path: &str, tables: &mut Tables, organisations: &[String]) {
        let path_on_disk = folder.join(path);
        fs::create_dir_all(path_on_disk.parent().unwrap()).unwrap();
        fs::write(path_on_disk, &self.text).unwrap();
        writeln!(tables.authorities, "{path},{}", organisations.join(";")).unwrap();
    }
}
