//! The results of nmap's SMB scripts, in the structure of "NSE script structured output" and
//! of the scripts' own pages (nmap.org/nsedoc: smb-protocols, smb2-security-mode,
//! smb-security-mode, smb-os-discovery, smb-vuln-ms17-010; the library `vulns` writes findings).

use std::fmt::Write as _;

use super::collecting::Body;
use super::said::{Said, differs_now};
use crate::calendar::Moment;
use crate::facts::systems::{Family, Release};
use crate::hosts::{Host, State};
use crate::noise;
use crate::random::Draws;
use crate::truth::{Fact, FalseFact, Noise};

/// The script elements of a host.
pub(crate) struct Ran {
    pub(crate) xml: String,
}

/// The line break that nmap puts into an attribute.
const BREAK: &str = "&#xa;";

/// Runs the scripts against a machine that answers on 445/tcp, and notes what they say.
pub(crate) fn scripts(
    body: &Body<'_>,
    host: &Host,
    at: Moment,
    lists_all: bool,
    draws: &mut Draws,
    said: &mut Said<'_>,
) -> Ran {
    let state = host.state(at);
    let mut xml = String::new();
    let silent = draws.chance(noise::SCANNER_NO_ANSWER);
    if !silent {
        protocols(&state, &mut xml);
        said.smb1 = Some(state.smb1);
    }
    if state.smb1 && state.release.is_windows() {
        discovery(body, host, at, &state, &mut xml);
        said.system = true;
    }
    if state.smb1 {
        let signing = if state.release.family == Family::Server {
            "required"
        } else {
            "disabled"
        };
        let _ = write!(
            xml,
            "<script id=\"smb-security-mode\" output=\"{BREAK}  account_used: guest{BREAK}  \
             authentication_level: user{BREAK}  challenge_response: supported{BREAK}  \
             message_signing: {signing}\"><elem key=\"account_used\">guest</elem>\n\
             <elem key=\"authentication_level\">user</elem>\n\
             <elem key=\"challenge_response\">supported</elem>\n\
             <elem key=\"message_signing\">{signing}</elem>\n</script>"
        );
    }
    if let Some(newest) = dialects(&state).last().filter(|dialect| **dialect != SMB1) {
        let mode = match state.release.family {
            Family::Server => "Message signing enabled and required",
            _ => "Message signing enabled but not required",
        };
        let _ = write!(
            xml,
            "<script id=\"smb2-security-mode\" output=\"{BREAK}  {newest}: {BREAK}    {mode}\">\
             <table key=\"{newest}\">\n<elem>{mode}</elem>\n</table>\n</script>"
        );
    }
    test(host, &state, silent, lists_all, draws, said, &mut xml);
    Ran { xml }
}

const SMB1: &str = "NT LM 0.12 (SMBv1) [dangerous, but default]";

/// The dialects that a machine offers, oldest first.
fn dialects(state: &State<'_>) -> Vec<&'static str> {
    let newer: &[&str] = match state.release.version {
        "5.1" => &[],
        "6.1" => &["2:0:2", "2:1:0"],
        "6.3" => &["2:0:2", "2:1:0", "3:0:0", "3:0:2"],
        _ => &["2:0:2", "2:1:0", "3:0:0", "3:0:2", "3:1:1"],
    };
    let first = state.smb1.then_some(SMB1);
    first.into_iter().chain(newer.iter().copied()).collect()
}

fn protocols(state: &State<'_>, xml: &mut String) {
    let offered = dialects(state);
    let lines: Vec<String> = offered
        .iter()
        .map(|one| format!("{BREAK}    {one}"))
        .collect();
    let _ = writeln!(
        xml,
        "<script id=\"smb-protocols\" output=\"{BREAK}  dialects: {}\"><table key=\"dialects\">",
        lines.concat()
    );
    for dialect in offered {
        let _ = writeln!(xml, "<elem>{dialect}</elem>");
    }
    xml.push_str("</table>\n</script>");
}

/// The name of a system as SMBv1 tells it.
fn smb_name(release: &Release) -> (String, String) {
    let with_build = match (release.version, release.service_pack) {
        ("5.1", _) => "Windows XP".to_owned(),
        (_, "") => format!("{} {}", release.product, release.build),
        (_, pack) => format!("{} {} {pack}", release.product, release.build),
    };
    let lanmanager = match release.version {
        "5.1" => "Windows 2000 LAN Manager".to_owned(),
        version => format!("{} {version}", release.product),
    };
    (with_build, lanmanager)
}

fn discovery(body: &Body<'_>, host: &Host, at: Moment, state: &State<'_>, xml: &mut String) {
    let (system, lanmanager) = smb_name(state.release);
    let name = host.name_at(at);
    let (domain, short) = (&body.organisation.domain, &body.organisation.short);
    let fqdn = super::hunting_tables::full_name(body, name);
    let netbios: String = name.chars().take(15).collect();
    let cpe = format!("cpe:/o:microsoft:{}", state.release.key.replace('-', "_"));
    let time = format!("{}+01:00", at.plus_seconds(3_600).iso_without_zone());
    let _ = write!(
        xml,
        "<script id=\"smb-os-discovery\" output=\"{BREAK}  OS: {system} ({lanmanager}){BREAK}  OS CPE: \
         {cpe}{BREAK}  Computer name: {}{BREAK}  NetBIOS computer name: {netbios}\\x00{BREAK}  Domain \
         name: {domain}{BREAK}  FQDN: {fqdn}{BREAK}  System time: {time}{BREAK}\">\
         <elem key=\"os\">{system}</elem>\n<elem key=\"lanmanager\">{lanmanager}</elem>\n\
         <elem key=\"server\">{netbios}\\x00</elem>\n<elem key=\"date\">{time}</elem>\n\
         <elem key=\"fqdn\">{fqdn}</elem>\n<elem key=\"domain_dns\">{domain}</elem>\n\
         <elem key=\"forest_dns\">{domain}</elem>\n<elem key=\"domain\">{short}\\x00</elem>\n\
         <elem key=\"cpe\">{cpe}</elem>\n</script>",
        name.to_lowercase()
    );
}

/// The test for MS17-010, which needs SMBv1 and may be wrong or fail.
fn test(
    host: &Host,
    state: &State<'_>,
    silent: bool,
    lists_all: bool,
    draws: &mut Draws,
    said: &mut Said<'_>,
    xml: &mut String,
) {
    let (false_positive, false_negative) = (
        draws.chance(noise::SCANNER_FALSE_POSITIVE),
        draws.chance(noise::SCANNER_FALSE_NEGATIVE),
    );
    if silent {
        xml.push_str(
            "<script id=\"smb-vuln-ms17-010\" output=\"ERROR: Script execution failed (use -d to \
             debug)\"/>",
        );
        return;
    }
    if !state.smb1 || !state.release.is_windows() {
        return;
    }
    let closed = state.closed();
    let says_open = if closed {
        false_positive
    } else {
        !false_negative
    };
    if says_open || lists_all {
        said.closed = Some(!says_open);
        let now = host.state(host.truth_at());
        if says_open == closed && differs_now(&now, Fact::Ms17010, !says_open) {
            let noise = if closed {
                Noise::ScannerFalsePositive
            } else {
                Noise::ScannerFalseNegative
            };
            said.noise.push(FalseFact {
                fact: Fact::Ms17010,
                noise,
            });
        }
        finding(says_open, xml);
    }
}

fn finding(open: bool, xml: &mut String) {
    const TITLE: &str = "Remote code execution in SMBv1 servers (ms17-010)";
    const REFERENCE: &str = "https://technet.microsoft.com/en-us/library/security/ms17-010.aspx";
    let state = if open { "VULNERABLE" } else { "NOT VULNERABLE" };
    let risk = if open {
        format!("{BREAK}    Risk factor: HIGH")
    } else {
        String::new()
    };
    let _ = write!(
        xml,
        "<script id=\"smb-vuln-ms17-010\" output=\"{BREAK}  {state}:{BREAK}  {TITLE}{BREAK}    State: \
         {state}{BREAK}    IDs:  CVE:CVE-2017-0143{risk}{BREAK}    Disclosure date: \
         2017-03-14{BREAK}    References:{BREAK}      {REFERENCE}{BREAK}\">\
         <table key=\"CVE-2017-0143\">\n<elem key=\"title\">{TITLE}</elem>\n\
         <elem key=\"state\">{state}</elem>\n<table key=\"ids\">\n<elem>CVE:CVE-2017-0143</elem>\n\
         </table>\n<table key=\"dates\">\n<table key=\"disclosure\">\n\
         <elem key=\"year\">2017</elem>\n<elem key=\"month\">03</elem>\n<elem key=\"day\">14</elem>\n\
         </table>\n</table>\n<elem key=\"disclosure\">2017-03-14</elem>\n<table key=\"refs\">\n\
         <elem>{REFERENCE}</elem>\n</table>\n</table>\n</script>"
    );
}
