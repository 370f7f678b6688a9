//! nmap's XML of many versions.

use wardround_evidence::{
    Fact, FlawState, Method, Port, PortState, Reading, Signing, SourceExtent,
};

use super::{Corpus, Fate, addresses, count, fate, hosts_by};

#[test]
fn corpus_nmap_agrees_with_what_was_counted() {
    let Some(mut corpus) = Corpus::find() else {
        return;
    };
    for file in corpus.files("nmap") {
        let outcome = corpus.read(&file);
        let well_formed = corpus.fact(&file, "well_formed_xml") == Some("yes");
        match fate(&outcome) {
            Fate::Read(reading) => {
                let whole = reading.source.extent == SourceExtent::Whole;
                let unscathed = corpus.fact(&file, "host_elements").is_some();
                if !unscathed && whole {
                    corpus.wrong(&file, "it is damaged, and we call it whole");
                }
                let hosts = corpus
                    .fact(&file, "host_start_tags")
                    .is_some_and(|tags| tags != "0");
                if hosts && reading.statements.is_empty() {
                    corpus.wrong(&file, "hosts before the damage are lost");
                }
                compare(&mut corpus, &file, reading);
            }
            Fate::Refused(reason) if well_formed => {
                corpus.wrong(&file, format!("a sound file is refused: {reason}"));
            }
            Fate::Refused(_) => {}
            Fate::Unrecognised => {
                if corpus.fact(&file, "nmap_version") != Some("absent") {
                    corpus.wrong(&file, "nobody recognises it");
                }
            }
        }
    }
    corpus.agree();
}

fn compare(corpus: &mut Corpus, file: &str, reading: &Reading) {
    for name in [
        "host_elements",
        "hosts_up",
        "hosts_down",
        "open_ports_tcp",
        "open_ports_udp",
        "open_filtered_ports",
    ] {
        corpus.compare(file, name, count(reading, name));
    }
    let tool = reading.source.tool.as_deref().unwrap_or_default();
    let version = tool
        .split_once(' ')
        .map_or("absent", |(_, version)| version);
    corpus.compare(file, "nmap_version", version);
    corpus.compare(file, "address_types", address_types(reading));
    corpus.compare(file, "runstats_hosts", run_statistics(reading));
    for (fact, number) in [
        ("hosts_with_tcp445_open", 445),
        ("hosts_with_tcp3389_open", 3389),
    ] {
        let open = hosts_with_open(reading, number);
        corpus.compare(file, fact, if open.is_empty() { "0" } else { &open });
    }
    compare_scripts(corpus, file, reading);
}

/// Compares what scripts said. A script that ended in an error stands as `?` in the table and says nothing to us.
fn compare_scripts(corpus: &mut Corpus, file: &str, reading: &Reading) {
    let flaws = hosts_by(reading, |fact| match fact {
        Fact::Flaw(_, FlawState::Present) => Some("VULNERABLE".to_owned()),
        Fact::Flaw(_, FlawState::Absent) => Some("NOT VULNERABLE".to_owned()),
        _ => None,
    });
    corpus.compare(file, "smb-vuln-ms17-010", flaws);
    let smb1 = hosts_by(reading, |fact| {
        matches!(fact, Fact::Smb1(true)).then(|| "SMBv1 offered".to_owned())
    });
    corpus.compare(file, "smb-protocols", smb1);
    if said(corpus, file, "smb-security-mode_message_signing") {
        // `Enabled` is what the newer protocol's script adds.
        let signing = hosts_by(reading, |fact| match fact {
            Fact::SmbSigning(Signing::Required) => Some("required".to_owned()),
            Fact::SmbSigning(Signing::Disabled) => Some("disabled".to_owned()),
            _ => None,
        });
        corpus.compare(file, "smb-security-mode_message_signing", signing);
    }
    if said(corpus, file, "smb-os-discovery_os") {
        let systems = hosts_by(reading, |fact| match fact {
            Fact::System(system) if system.confidence_percent.is_none() => {
                Some(system.name.clone())
            }
            _ => None,
        });
        corpus.compare(file, "smb-os-discovery_os", systems);
    }
}

fn said(corpus: &Corpus, file: &str, fact: &str) -> bool {
    corpus
        .fact(file, fact)
        .is_some_and(|value| !value.ends_with('?'))
}

fn address_types(reading: &Reading) -> String {
    let kinds: Vec<String> = ["ipv4", "ipv6", "mac"]
        .into_iter()
        .zip(["addresses_ipv4", "addresses_ipv6", "addresses_mac"])
        .map(|(kind, name)| (kind, count(reading, name)))
        .filter(|(_, amount)| *amount > 0)
        .map(|(kind, amount)| format!("{kind}={amount}"))
        .collect();
    kinds.join(";")
}

fn run_statistics(reading: &Reading) -> String {
    if !reading.counts.contains_key("runstats_total") {
        return "absent".to_owned();
    }
    let [up, down, total] =
        ["runstats_up", "runstats_down", "runstats_total"].map(|name| count(reading, name));
    format!("up={up} down={down} total={total}")
}

fn hosts_with_open(reading: &Reading, number: u16) -> String {
    let wanted = Fact::Port(Port::tcp(number), PortState::Open);
    let hosts: Vec<String> = reading
        .statements
        .iter()
        .filter(|statement| {
            statement
                .observed
                .iter()
                .any(|observed| observed.method == Method::Tested && observed.fact == wanted)
        })
        .map(addresses)
        .collect();
    hosts.join(",")
}
