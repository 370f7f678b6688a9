//! How fast a large nmap scan is read, beside an XML parser that merely pulls its events from the same file.
//!
//! `cargo run --release -p wardround-sources --example nmap_speed -- 1000 5`: a made-up scan of a thousand megabytes, five
//! turns of each in alternation. Seconds of the processor, of all threads together, and of the clock, medians, and the most
//! memory that was ever held (Linux).
//!
//! `write FILE MEGABYTES` leaves such a scan for other tools; `read FILE`, `extract FILE` and `pull FILE` do one turn and print
//! seconds of the processor and of the clock, the most kilobytes held, and hosts (of `pull`: events). `read` is all that the
//! program does with a file, its SHA-256 included; `extract` is the reader alone, which is what other tools are asked for: typed
//! observations, no digest.

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
use std::time::Instant;

use quick_xml::Reader;
use quick_xml::events::Event;
#[cfg(unix)]
use rustix::time::{ClockId, clock_gettime};
use wardround_evidence::{Reading, Statement};
use wardround_sources::{Head, Keeper, Keeping, Limits, Sink, read_into, readers};

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    match arguments[..] {
        ["write", path, megabytes] => {
            write_scan(
                Path::new(path),
                megabytes.parse::<u64>().unwrap() * 1_000_000,
            )
            .unwrap();
        }
        ["read", path] => print_turn(|| read(Path::new(path)).0),
        ["extract", path] => print_turn(|| extract(Path::new(path)).0),
        ["pull", path] => print_turn(|| pull(Path::new(path)).unwrap()),
        _ => {
            let number = |at: usize, otherwise: u64| {
                let text = arguments.get(at);
                text.map_or(otherwise, |text| text.parse().unwrap())
            };
            compare(number(0, 1000), number(1, 5));
        }
    }
}

fn compare(megabytes: u64, turns: u64) {
    let path = std::env::temp_dir().join(format!("wardround-scan-{megabytes}.xml"));
    let hosts = write_scan(&path, megabytes * 1_000_000).unwrap();
    let size = fs::metadata(&path).unwrap().len() as f64 / 1e6;
    println!("{hosts} hosts in {size:.0} MB");

    let (mut pulls, mut extracts, mut reads) = (Vec::new(), Vec::new(), Vec::new());
    let (mut extracted, mut said) = ((0, 0), (0, 0));
    for _ in 0..turns {
        pulls.push(turn(|| assert!(pull(&path).unwrap() > hosts)));
        extracts.push(turn(|| extracted = extract(&path)));
        reads.push(turn(|| said = read(&path)));
        assert_eq!(said.0, hosts);
        assert_eq!(said, extracted);
    }
    println!("{} statements with {} observations", said.0, said.1);
    let (pull, extract, read) = (median(&pulls), median(&extracts), median(&reads));
    for (what, (processor, clock)) in [
        ("quick-xml, events alone", pull),
        ("wardround, observations", extract),
        ("wardround, observations and digest", read),
    ] {
        println!(
            "{what}: {processor:.2} s of the processor, {clock:.2} s of the clock; {:.0} MB/s",
            size / processor
        );
    }
    println!(
        "speed as a share of quick-xml's, with the digest: {:.2} by the processor, {:.2} by the clock",
        pull.0 / read.0,
        pull.1 / read.1
    );
    println!("most memory held: {} kB", peak());
    let _ = fs::remove_file(&path);
}

fn print_turn(work: impl FnOnce() -> u64) {
    let mut count = 0;
    let (processor, clock) = turn(|| count = work());
    println!("{processor:.3} {clock:.3} {} {count}", peak());
}

/// Seconds of the processor and of the clock.
fn turn(work: impl FnOnce()) -> (f64, f64) {
    let (processor, clock) = (cpu_seconds(), Instant::now());
    work();
    (cpu_seconds() - processor, clock.elapsed().as_secs_f64())
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
    fn begin(&self, _: u32) -> io::Result<Box<dyn Keeping>> {
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

fn extract(path: &Path) -> (u64, u64) {
    let counter = Counter::default();
    let mut file = BufReader::with_capacity(1 << 17, File::open(path).unwrap());
    let head = file.fill_buf().unwrap().to_vec();
    let head = Head::new(&head[..head.len().min(Head::BYTES)]);
    let known = readers().iter().find(|reader| reader.recognise(&head));
    let mut sink = Sink::handing_to(Limits::default(), Box::new(counter.clone()));
    known.unwrap().read(&mut file, &mut sink).unwrap();
    sink.hand_over().unwrap();
    let count = |it: &AtomicU64| it.load(Ordering::Relaxed);
    (count(&counter.0.statements), count(&counter.0.observations))
}

fn median(turns: &[(f64, f64)]) -> (f64, f64) {
    let middle = |mut seconds: Vec<f64>| {
        seconds.sort_by(f64::total_cmp);
        seconds[seconds.len() / 2]
    };
    let (processor, clock) = turns.iter().copied().unzip();
    (middle(processor), middle(clock))
}

/// Seconds of the processor that all threads have taken so far, those included that have ended.
#[cfg(unix)]
fn cpu_seconds() -> f64 {
    let taken = clock_gettime(ClockId::ProcessCPUTime);
    taken.tv_sec as f64 + taken.tv_nsec as f64 / 1e9
}

/// Elsewhere it is not known.
#[cfg(not(unix))]
fn cpu_seconds() -> f64 {
    f64::NAN
}

/// The most memory that was held, in kB.
fn peak() -> u64 {
    let status = fs::read_to_string("/proc/self/status").unwrap();
    let line = status.lines().find(|line| line.starts_with("VmHWM"));
    let words = line.unwrap_or_default().split_whitespace();
    words.filter_map(|word| word.parse::<u64>().ok()).sum()
}
