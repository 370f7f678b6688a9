//! How fast a large nmap scan is read, beside an XML parser that merely pulls its events from the same file.
//!
//! `cargo run --release -p wardround-sources --example nmap_speed -- 1000 5`: a file of a thousand megabytes, five turns of
//! each in alternation; `--keep FILE` leaves the file for other tools. CPU seconds (Linux), medians, and the most memory
//! that was ever held.

#![allow(
    clippy::print_stdout,
    clippy::unwrap_used,
    reason = "a measurement that talks and stops"
)]

use std::fs::{self, File};
use std::io::{self, BufRead, BufReader, BufWriter, Write};
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use quick_xml::Reader;
use quick_xml::events::Event;
use wardround_evidence::{Reading, Statement};
use wardround_sources::{Keeper, Keeping, Limits, read_into};

fn main() {
    let mut arguments: Vec<String> = std::env::args().skip(1).collect();
    let kept = arguments.iter().position(|it| it == "--keep").map(|at| {
        arguments.remove(at);
        arguments.remove(at)
    });
    let number = |at: usize, otherwise: u64| {
        let text = arguments.get(at);
        text.map_or(otherwise, |text| text.parse().unwrap())
    };
    let (megabytes, turns) = (number(0, 1000), number(1, 5));
    let folder = std::env::temp_dir();
    let path = folder.join(format!("wardround-scan-{megabytes}.xml"));
    let path = kept.map_or(path, Into::into);
    let hosts = write_scan(&path, megabytes * 1_000_000).unwrap();
    let bytes = fs::metadata(&path).unwrap().len() as f64;
    println!("{hosts} hosts in {:.0} MB", bytes / 1e6);

    let (mut pulls, mut reads) = (Vec::new(), Vec::new());
    let mut said = (0, 0);
    for _ in 0..turns {
        let started = cpu_seconds();
        let events = pull(&path).unwrap();
        pulls.push(cpu_seconds() - started);
        assert!(events > hosts);
        let started = cpu_seconds();
        said = read(&path);
        reads.push(cpu_seconds() - started);
        assert_eq!(said.0, hosts);
    }
    let (pull, read) = (median(pulls), median(reads));
    println!("{} statements with {} observations", said.0, said.1);
    println!(
        "quick-xml, events alone: {pull:.2} s of CPU, {:.0} MB/s",
        bytes / 1e6 / pull
    );
    println!(
        "wardround, observations: {read:.2} s of CPU, {:.0} MB/s",
        bytes / 1e6 / read
    );
    println!("speed as a share of quick-xml's: {:.2}", pull / read);
    println!("most memory held: {}", peak());
    let _ = fs::remove_file(&path);
}

/// A scan as nmap writes it: ports, services, a guessed system, scripts; some hosts answer more, some less.
fn write_scan(path: &Path, bytes: u64) -> io::Result<u64> {
    let mut file = BufWriter::new(File::create(path)?);
    let mut written = 0u64;
    let mut put = |file: &mut BufWriter<File>, text: &str| {
        written += text.len() as u64;
        file.write_all(text.as_bytes()).map(|()| written)
    };
    put(
        &mut file,
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<!DOCTYPE nmaprun>\n<nmaprun scanner=\"nmap\" args=\"nmap -oX a.xml\" \
         start=\"1494489600\" version=\"7.40\" xmloutputversion=\"1.04\">\n",
    )?;
    let mut hosts = 0u64;
    loop {
        let host = host(hosts);
        hosts += 1;
        if put(&mut file, &host)? >= bytes {
            break;
        }
    }
    put(
        &mut file,
        &format!(
            "<runstats><finished time=\"1494576000\" exit=\"success\"/><hosts up=\"{hosts}\" down=\"0\" total=\"{hosts}\"/>\
             </runstats>\n</nmaprun>\n"
        ),
    )?;
    file.flush()?;
    Ok(hosts)
}

fn host(number: u64) -> String {
    let [_, _, _, _, _, a, b, c] = number.to_be_bytes();
    let mut text = format!(
        "<host starttime=\"{start}\" endtime=\"{end}\"><status state=\"up\" reason=\"arp-response\" reason_ttl=\"0\"/>\n\
         <address addr=\"10.{a}.{b}.{c}\" addrtype=\"ipv4\"/>\n\
         <address addr=\"02:00:00:{a:02X}:{b:02X}:{c:02X}\" addrtype=\"mac\" vendor=\"Made up\"/>\n\
         <hostnames>\n<hostname name=\"pc-{number}.ward.example\" type=\"PTR\"/>\n</hostnames>\n\
         <ports><extraports state=\"filtered\" count=\"994\">\n<extrareasons reason=\"no-responses\" count=\"994\"/>\n\
         </extraports>\n",
        start = 1_494_489_600 + number % 86_000,
        end = 1_494_489_700 + number % 86_000,
    );
    for (port, name, product) in [
        (135, "msrpc", "Remote procedure calls"),
        (139, "netbios-ssn", "Session service"),
        (445, "microsoft-ds", "File sharing"),
        (3389, "ms-wbt-server", "Remote desktop"),
        (5985, "http", "Web service"),
    ] {
        if port > 445 && number.is_multiple_of(3) {
            continue;
        }
        text.push_str(&format!(
            "<port protocol=\"tcp\" portid=\"{port}\"><state state=\"open\" reason=\"syn-ack\" reason_ttl=\"128\"/>\
             <service name=\"{name}\" product=\"{product}\" ostype=\"Windows\" method=\"probed\" conf=\"10\">\
             <cpe>cpe:/o:microsoft:windows</cpe></service></port>\n"
        ));
    }
    text.push_str("</ports>\n");
    text.push_str(
        "<os><portused state=\"open\" proto=\"tcp\" portid=\"135\"/>\n\
         <osmatch name=\"Microsoft Windows 7 SP1\" accuracy=\"100\" line=\"1\">\n\
         <osclass type=\"general purpose\" vendor=\"Microsoft\" osfamily=\"Windows\" osgen=\"7\" accuracy=\"100\">\
         <cpe>cpe:/o:microsoft:windows_7::sp1</cpe></osclass>\n</osmatch>\n</os>\n",
    );
    let state = if number.is_multiple_of(4) {
        "VULNERABLE"
    } else {
        "NOT VULNERABLE"
    };
    text.push_str(&format!(
        "<hostscript><script id=\"smb-vuln-ms17-010\" output=\"&#xa;  filler&#xa;\"><table key=\"CVE-2017-0143\">\n\
         <elem key=\"title\">Filler</elem>\n<elem key=\"state\">{state}</elem>\n<table key=\"ids\">\n\
         <elem>CVE:CVE-2017-0143</elem>\n</table>\n</table>\n</script></hostscript>\n\
         <times srtt=\"412\" rttvar=\"120\" to=\"100000\"/>\n</host>\n"
    ));
    text
}

fn pull(path: &Path) -> quick_xml::Result<u64> {
    let file = BufReader::with_capacity(1 << 16, File::open(path)?);
    let mut reader = Reader::from_reader(file);
    let mut buffer = Vec::new();
    let mut events = 0;
    loop {
        buffer.clear();
        match reader.read_event_into(&mut buffer)? {
            Event::Eof => return Ok(events),
            _ => events += 1,
        }
    }
}

/// Counts what it is given and lets go of it.
#[derive(Clone, Default)]
struct Counter(Arc<Counts>);

#[derive(Default)]
struct Counts {
    statements: AtomicU64,
    observations: AtomicU64,
}

impl Keeper for Counter {
    fn begin(&self) -> io::Result<Box<dyn Keeping>> {
        Ok(Box::new(self.clone()))
    }
}

impl Keeping for Counter {
    fn statements(&mut self, statements: &[Statement]) -> io::Result<()> {
        let observations: usize = statements.iter().map(|it| it.observed.len()).sum();
        self.0
            .statements
            .fetch_add(statements.len() as u64, Ordering::Relaxed);
        self.0
            .observations
            .fetch_add(observations as u64, Ordering::Relaxed);
        Ok(())
    }

    fn finish(self: Box<Self>, _: Reading, _: [u8; 32]) -> io::Result<()> {
        Ok(())
    }
}

fn read(path: &Path) -> (u64, u64) {
    let counter = Counter::default();
    let mut file = File::open(path).unwrap();
    let outcome = read_into("scan.xml", &mut file, Limits::default(), &counter);
    assert!(outcome.refused.is_empty(), "{:?}", outcome.refused);
    let count = |it: &AtomicU64| it.load(Ordering::Relaxed);
    (count(&counter.0.statements), count(&counter.0.observations))
}

fn median(mut seconds: Vec<f64>) -> f64 {
    seconds.sort_by(f64::total_cmp);
    seconds[seconds.len() / 2]
}

fn cpu_seconds() -> f64 {
    let text = fs::read_to_string("/proc/self/schedstat").unwrap();
    let nanoseconds: f64 = text.split(' ').next().unwrap().parse().unwrap();
    nanoseconds / 1e9
}

fn peak() -> String {
    let file = BufReader::new(File::open("/proc/self/status").unwrap());
    let line = file
        .lines()
        .map(Result::unwrap)
        .find(|line| line.starts_with("VmHWM"));
    line.unwrap_or_default()
        .split_whitespace()
        .skip(1)
        .collect::<Vec<_>>()
        .join(" ")
}
