//! Scans as `nmap -oX` writes them (nmap 7.94 and 7.95; `docs/nmap.dtd` in nmap's sources, "XML
//! Output (-oX)" in the nmap reference guide).

use super::collecting::{Body, Part};
use super::nmap_scripts::{Ran, scripts};
use super::packing::gzip;
use super::record_text::RecordText;
use super::said::{Said, false_facts};
use crate::calendar::Moment;
use crate::facts::systems::Family;
use crate::hosts::{Host, Role, State};
use crate::noise;
use crate::plan::{Kind, Network, NetworkKind, Organisation};
use crate::random::Draws;
use crate::truth::{Damage, DamagedFile, Fact, FalseFact, Noise};

/// One scan of one network.
pub(crate) struct Scan {
    /// The file.
    pub(crate) path: String,
    /// The place of the network in the organisation's list.
    pub(crate) network: usize,
    /// The network that the scanning machine stood in.
    pub(crate) vantage: String,
    /// Whether a firewall between scanner and network swallows 445/tcp.
    pub(crate) hidden: bool,
    start: Moment,
    unfinished: bool,
    version: &'static str,
    /// Whether tests that found nothing are listed.
    lists_all: bool,
}

/// The scans that an organisation has.
pub(crate) fn scans_of(organisation: &Organisation) -> Vec<Scan> {
    let management = organisation
        .networks
        .iter()
        .find(|network| network.kind == NetworkKind::Management)
        .map(|network| network.id.clone());
    let even = organisation.number.is_multiple_of(2);
    let mut scans = Vec::new();
    let mut users = 0;
    for (number, network) in organisation.networks.iter().enumerate() {
        let mut scan = Scan {
            path: format!("{}/nmap/{}.xml.gz", organisation.id, network.id),
            network: number,
            vantage: management.clone().unwrap_or_default(),
            hidden: false,
            start: Moment::utc(2025, 6, 17, 18, 5, 0).plus_seconds(7_200 * number as i64),
            unfinished: false,
            version: if even { "7.95" } else { "7.94" },
            lists_all: even,
        };
        match (organisation.kind, network.kind) {
            (Kind::Acute, NetworkKind::User) => {
                users += 1;
                if users == 1 {
                    scan.vantage.clone_from(&network.id);
                }
            }
            (Kind::Acute, NetworkKind::Server) => {}
            (Kind::Acute, NetworkKind::Imaging) if even => {
                scan.vantage.clone_from(&network.id);
                scan.unfinished = true;
                scan.start = Moment::utc(2025, 6, 4, 21, 0, 0);
            }
            (Kind::Acute, NetworkKind::Laboratory) => {
                scan.hidden = !even;
                scan.start = Moment::utc(2025, 6, 11, 20, 30, 0);
            }
            (Kind::Community, NetworkKind::User) if number == 0 => {}
            (Kind::Surgery, _) if organisation.number.is_multiple_of(4) => {
                scan.vantage = format!("{}-user", organisation.administrator_id);
                scan.start = Moment::utc(2025, 5, 29, 17, 40, 0);
            }
            _ => continue,
        }
        scans.push(scan);
    }
    scans
}

/// Makes the scans of an organisation.
pub(crate) fn scans(body: &Body<'_>, part: &mut Part) {
    for scan in scans_of(body.organisation) {
        let text = scan_text(body, &scan);
        if scan.unfinished {
            let file = text.file.clone();
            part.truth.damaged.push(DamagedFile {
                file,
                damage: Damage::Unfinished,
            });
        }
        part.file(text.file.clone(), gzip(text.text.as_bytes()));
        part.truth.records.extend(text.records);
    }
}

/// A machine as it was met: the address, and whether that is its second one.
struct Met<'a> {
    host: &'a Host,
    address: String,
    order: u32,
    at: Moment,
    first_network: bool,
}

fn met<'a>(body: &Body<'a>, scan: &Scan) -> Vec<Met<'a>> {
    let network = &body.organisation.networks[scan.network];
    let mut found = Vec::new();
    for host in &body.machines.hosts {
        let place = match host.second {
            Some((second, place)) if second == scan.network => Some(place),
            _ => None,
        };
        let first_network = host.network == scan.network;
        if !first_network && place.is_none() {
            continue;
        }
        let mut draws = Draws::keyed(host.key, &scan.path, 0);
        let at = scan.start.plus_seconds(draws.between(60, 2_400) as i64);
        if !host.present(at) || draws.chance(noise::OFF_DURING_SCAN) {
            continue;
        }
        let address = match place {
            Some(place) if !first_network => network.address(place),
            _ => body.address(host, at),
        };
        let order = address
            .rsplit('.')
            .take(2)
            .enumerate()
            .fold(0, |sum, (index, part)| {
                sum + part.parse::<u32>().unwrap_or(0) * 256_u32.pow(index as u32)
            });
        found.push(Met {
            host,
            address,
            order,
            at,
            first_network,
        });
    }
    found.sort_by_key(|met| (met.order, met.host.id));
    // Copies of one machine cannot hold one address; whoever comes first answers.
    found.dedup_by_key(|met| met.order);
    found
}

fn scan_text(body: &Body<'_>, scan: &Scan) -> RecordText {
    let network = &body.organisation.networks[scan.network];
    let mut text = RecordText::new(scan.path.clone());
    let found = met(body, scan);
    opening(&mut text, scan, network);
    let shown = if scan.unfinished {
        found.len() * 3 / 5
    } else {
        found.len()
    };
    for met in &found[..shown] {
        host_element(body, scan, met, &mut text);
    }
    if scan.unfinished {
        return text;
    }
    let end = scan.start.plus_seconds(2_460);
    let total = network.addresses();
    let up = found.len();
    let down = total as usize - up;
    text.push(&format!(
        "<runstats><finished time=\"{}\" timestr=\"{}\" summary=\"Nmap done at {}; {total} IP \
         addresses ({up} hosts up) scanned in 2460.00 seconds\" elapsed=\"2460.00\" \
         exit=\"success\"/><hosts up=\"{up}\" down=\"{down}\" total=\"{total}\"/>\n</runstats>\n</nmaprun>\n",
        end.0,
        end.ctime(),
        end.ctime(),
    ));
    text
}

fn opening(text: &mut RecordText, scan: &Scan, network: &Network) {
    // nmap escapes double hyphens so that the comment stays well-formed.
    let all = if scan.lists_all {
        " -&#45;script-args vulns.showall"
    } else {
        ""
    };
    let arguments = format!(
        "nmap -sS -T3 -p 135,139,445,3389 -&#45;script smb-protocols,smb2-security-mode,\
         smb-security-mode,smb-os-discovery,smb-vuln-ms17-010{all} -oX {}.xml {}",
        network.id,
        network.cidr()
    );
    let (start, string, version) = (scan.start.0, scan.start.ctime(), scan.version);
    text.push(&format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<!DOCTYPE nmaprun>\n\
         <?xml-stylesheet href=\"file:///usr/bin/../share/nmap/nmap.xsl\" type=\"text/xsl\"?>\n\
         <!-- Nmap {version} scan initiated {string} as: {arguments} -->\n\
         <nmaprun scanner=\"nmap\" args=\"{arguments}\" start=\"{start}\" startstr=\"{string}\" \
         version=\"{version}\" xmloutputversion=\"1.05\">\n\
         <scaninfo type=\"syn\" protocol=\"tcp\" numservices=\"4\" services=\"135,139,445,3389\"/>\n\
         <verbose level=\"0\"/>\n<debugging level=\"0\"/>\n",
    ));
}

/// What a scan sees of a port.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Port {
    Open,
    Closed,
    Filtered,
}

fn ports_of(host: &Host, state: &State<'_>, hidden: bool, draws: &mut Draws) -> [Port; 4] {
    if host.role == Role::GuestDevice {
        return [Port::Filtered; 4];
    }
    let remote = draws.chance(0.2) || state.release.family == Family::Server;
    match state.release.family {
        Family::Client | Family::Server => {
            let smb = match (state.listens, hidden) {
                (true, false) => Port::Open,
                _ => Port::Filtered,
            };
            let rpc = if state.listens {
                Port::Open
            } else {
                Port::Filtered
            };
            [
                rpc,
                smb,
                smb,
                if remote { Port::Open } else { Port::Filtered },
            ]
        }
        Family::Linux | Family::Embedded => {
            let smb = match (state.listens, hidden) {
                (_, true) => Port::Filtered,
                (true, false) => Port::Open,
                (false, false) => Port::Closed,
            };
            [Port::Closed, smb, smb, Port::Closed]
        }
    }
}

fn host_element(body: &Body<'_>, scan: &Scan, met: &Met<'_>, text: &mut RecordText) {
    let (host, at) = (met.host, met.at);
    let state = host.state(at);
    let mut draws = Draws::keyed(host.key, &scan.path, 1);
    let ports = ports_of(host, &state, scan.hidden, &mut draws);
    let name = host.name_at(at);
    let now = body.address(host, host.truth_at());
    let same_network = body.organisation.networks[scan.network].id == scan.vantage;
    let mut said = Said {
        address: met
            .first_network
            .then_some((met.address.as_str(), now.as_str())),
        ..Said::default()
    };
    // The name server knows no guests and no printers.
    if !matches!(host.role, Role::GuestDevice | Role::Printer) {
        said.name = Some(name);
    }
    match ports[2] {
        Port::Open => said.listens = Some(true),
        Port::Closed => said.listens = Some(false),
        Port::Filtered if !state.listens => said.listens = Some(false),
        Port::Filtered if host.state(host.truth_at()).listens => {
            said.noise.push(FalseFact {
                fact: Fact::Port445,
                noise: Noise::HiddenFromVantage,
            });
        }
        Port::Filtered => {}
    }
    let mac = same_network.then(|| shown_mac(host, &mut draws, &mut said.noise));
    let ran = (ports[2] == Port::Open)
        .then(|| scripts(body, host, at, scan.lists_all, &mut draws, &mut said));
    let facts = false_facts(host, at, &said);
    let begin = at.0 - 30;
    text.record(host.id, facts);
    let reason = if same_network {
        "arp-response"
    } else {
        "echo-reply"
    };
    let ttl = if same_network { 0 } else { 127 };
    text.push(&format!(
        "<host starttime=\"{begin}\" endtime=\"{}\"><status state=\"up\" reason=\"{reason}\" \
         reason_ttl=\"{ttl}\"/>\n<address addr=\"{}\" addrtype=\"ipv4\"/>\n",
        at.0, met.address
    ));
    if let Some(mac) = mac {
        text.push(&format!("<address addr=\"{mac}\" addrtype=\"mac\"/>\n"));
    }
    text.push("<hostnames>\n");
    if said.name.is_some() {
        let fqdn = super::hunting_tables::full_name(body, name);
        text.push(&format!("<hostname name=\"{fqdn}\" type=\"PTR\"/>\n"));
    }
    text.push("</hostnames>\n<ports>");
    port_elements(&ports, text);
    text.push("</ports>\n");
    if let Some(Ran { xml }) = ran {
        text.push(&format!("<hostscript>{xml}</hostscript>"));
    }
    text.push("<times srtt=\"1480\" rttvar=\"900\" to=\"100000\"/>\n</host>\n");
}

/// The hardware address that the scanner saw, which need not be the machine's own.
fn shown_mac(host: &Host, draws: &mut Draws, noise: &mut Vec<FalseFact>) -> String {
    if let Some(dock) = host.dock {
        noise.push(FalseFact {
            fact: Fact::Mac,
            noise: Noise::SharedDock,
        });
        return crate::hosts::mac_text(dock);
    }
    if host.random_mac {
        noise.push(FalseFact {
            fact: Fact::Mac,
            noise: Noise::RandomMac,
        });
        let made_up = draws.bits().to_be_bytes();
        let [a, b, c, d, e, f, ..] = made_up;
        return crate::hosts::mac_text([(a | 2) & 0xfe, b, c, d, e, f]);
    }
    if host.cloned {
        noise.push(FalseFact {
            fact: Fact::Identity,
            noise: Noise::Cloned,
        });
    }
    host.mac_text()
}

fn port_elements(ports: &[Port; 4], text: &mut RecordText) {
    const NUMBERS: [(u16, &str); 4] = [
        (135, "msrpc"),
        (139, "netbios-ssn"),
        (445, "microsoft-ds"),
        (3389, "ms-wbt-server"),
    ];
    for ((number, service), port) in NUMBERS.iter().zip(ports) {
        let (state, reason, ttl) = match port {
            Port::Open => ("open", "syn-ack", 128),
            Port::Closed => ("closed", "reset", 64),
            Port::Filtered => ("filtered", "no-response", 0),
        };
        text.push(&format!(
            "<port protocol=\"tcp\" portid=\"{number}\"><state state=\"{state}\" reason=\"{reason}\" \
             reason_ttl=\"{ttl}\"/><service name=\"{service}\" method=\"table\" conf=\"3\"/></port>\n"
        ));
    }
}
