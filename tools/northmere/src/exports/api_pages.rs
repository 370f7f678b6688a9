//! Pages of the Defender for Endpoint API: machines, and vulnerabilities by machine.
//!
//! Shapes: "List machines API", "Machine resource type" and "List vulnerabilities by machine and
//! software" (learn.microsoft.com/defender-endpoint/api): `@odata.context`, `value` and, as long as
//! there is more, `@odata.nextLink`. One object stands on one line, as a saved and sorted page does.

use super::collecting::{Body, Part};
use super::hunting_tables::{full_name, reports};
use super::packing::zip;
use super::record_text::RecordText;
use super::said::{Said, false_facts};
use super::table_text::json_text;
use super::vulnerabilities::{finding_facts, findings};
use crate::calendar::Moment;
use crate::hosts::{Host, State};
use crate::random::Draws;
use crate::truth::{Damage, DamagedFile, Fact, FalseFact, Noise, TrueHostId};

const SERVICE: &str = "https://api.security.microsoft.com/api";
/// Objects on a page of machines: what `$top` asked for.
const MACHINES_PER_PAGE: usize = 100;
/// Objects on a page of vulnerabilities.
const VULNERABILITIES_PER_PAGE: usize = 4_000;

/// One object of a page.
struct Object {
    host: TrueHostId,
    facts: Vec<FalseFact>,
    json: String,
}

/// Makes the archive of pages of an organisation. Its last page of machines broke off.
pub(crate) fn pages(body: &Body<'_>, part: &mut Part) {
    let archive = format!("{}/defender/api.zip", body.organisation.id);
    let mut members = Vec::new();
    let machines = machines(body);
    let count = machines.len().div_ceil(MACHINES_PER_PAGE).max(1);
    for (index, objects) in machines.chunks(MACHINES_PER_PAGE).enumerate() {
        let member = format!("machines-{}.json", index + 1);
        let mut text = RecordText::new(format!("{archive}/{member}"));
        let skip = (index + 1) * MACHINES_PER_PAGE;
        let next = (index + 1 < count)
            .then(|| format!("{SERVICE}/machines?$top={MACHINES_PER_PAGE}&$skip={skip}"));
        if index + 1 == count && count > 1 {
            page(&mut text, "$metadata#Machines", objects, None, false);
            text.break_off();
            let file = text.file.clone();
            part.truth.damaged.push(DamagedFile {
                file,
                damage: Damage::Truncated,
            });
        } else {
            page(&mut text, "$metadata#Machines", objects, next, true);
        }
        members.push((member, text.text.into_bytes()));
        part.truth.records.extend(text.records);
    }
    let context =
        "$metadata#Collection(microsoft.windowsDefenderATP.api.PublicAssetVulnerabilityDto)";
    let vulnerabilities = vulnerabilities(body);
    let count = vulnerabilities
        .len()
        .div_ceil(VULNERABILITIES_PER_PAGE)
        .max(1);
    for (index, objects) in vulnerabilities.chunks(VULNERABILITIES_PER_PAGE).enumerate() {
        let member = format!("machinesVulnerabilities-{}.json", index + 1);
        let mut text = RecordText::new(format!("{archive}/{member}"));
        let skip = (index + 1) * VULNERABILITIES_PER_PAGE;
        let next = (index + 1 < count).then(|| {
            format!("{SERVICE}/vulnerabilities/machinesVulnerabilities?$top={VULNERABILITIES_PER_PAGE}&$skip={skip}")
        });
        page(&mut text, context, objects, next, true);
        members.push((member, text.text.into_bytes()));
        part.truth.records.extend(text.records);
    }
    part.file(archive, zip(&members));
}

fn page(
    text: &mut RecordText,
    context: &str,
    objects: &[Object],
    next: Option<String>,
    whole: bool,
) {
    text.push(&format!(
        "{{\n\"@odata.context\": \"{SERVICE}/{context}\",\n\"value\": [\n"
    ));
    for (index, object) in objects.iter().enumerate() {
        text.record(object.host, object.facts.clone());
        text.push(&object.json);
        text.push(if index + 1 < objects.len() {
            ",\n"
        } else {
            "\n"
        });
    }
    if whole {
        text.push("]");
        if let Some(next) = next {
            text.push(&format!(",\n\"@odata.nextLink\": \"{next}\""));
        }
        text.push("\n}\n");
    }
}

fn machines(body: &Body<'_>) -> Vec<Object> {
    let mut objects: Vec<(String, Object)> = Vec::new();
    for host in &body.machines.hosts {
        // A machine that was re-imaged stands there twice: once under each identifier.
        let mut last: Vec<(String, Moment)> = Vec::new();
        for at in reports(host) {
            let agent = host.state(at).agent.to_owned();
            match last.last_mut() {
                Some(known) if known.0 == agent => known.1 = at,
                _ => last.push((agent, at)),
            }
        }
        for (agent, at) in last {
            let seen_only = agent.is_empty();
            if seen_only && !Draws::keyed(host.key, "seen", 0).chance(0.15) {
                continue;
            }
            let agent = match seen_only {
                true => Draws::keyed(host.key, "seen", 1).hex(40),
                false => agent,
            };
            let object = machine(body, host, at, &agent, seen_only);
            objects.push((agent, object));
        }
    }
    objects.sort_by(|one, other| (&one.0, one.1.host).cmp(&(&other.0, other.1.host)));
    objects.into_iter().map(|(_, object)| object).collect()
}

fn machine(body: &Body<'_>, host: &Host, at: Moment, agent: &str, seen_only: bool) -> Object {
    let state = host.state(at);
    let name = host.name_at(at);
    let address = body.address(host, at);
    let now = body.address(host, host.truth_at());
    let mut draws = Draws::keyed(host.key, "machine", at.0 as u64);
    let mut said = Said {
        name: Some(name),
        address: Some((&address, &now)),
        agent: !seen_only,
        system: state.release.is_windows(),
        ..Said::default()
    };
    let mut interfaces = vec![interface(&address, host.mac)];
    if let Some(dock) = host.dock {
        said.noise.push(FalseFact {
            fact: Fact::Mac,
            noise: Noise::SharedDock,
        });
        interfaces.insert(0, interface(&address, dock));
    }
    if host.cloned {
        said.noise.push(FalseFact {
            fact: Fact::Identity,
            noise: Noise::Cloned,
        });
    }
    if host.random_mac {
        said.noise.push(FalseFact {
            fact: Fact::Mac,
            noise: Noise::RandomMac,
        });
    }
    let json = format!(
        "{{\"id\": \"{agent}\", \"computerDnsName\": {}, \"firstSeen\": \"{}\", \"lastSeen\": \"{}\", \
         \"osPlatform\": {}, \"version\": {}, \"osProcessor\": {}, \"osArchitecture\": {}, \
         \"lastIpAddress\": \"{address}\", \"lastExternalIpAddress\": {}, \"osBuild\": {}, \
         \"healthStatus\": \"{}\", \"deviceValue\": \"Normal\", \"rbacGroupId\": {}, \
         \"rbacGroupName\": {}, \"riskScore\": \"None\", \"exposureLevel\": \"{}\", \
         \"isAadJoined\": {}, \"aadDeviceId\": {}, \"machineTags\": [], \
         \"onboardingStatus\": \"{}\", \"ipAddresses\": [{}]}}",
        json_text(&full_name(body, name)),
        Moment::utc(2024, 3, 4, 8, 0, 0).iso_ticks(host.key),
        at.iso_ticks(draws.bits()),
        text_or_null(state.release.platform),
        text_or_null(state.release.version_name),
        if state.release.is_windows() {
            "\"x64\""
        } else {
            "null"
        },
        if state.release.is_windows() {
            "\"64-bit\""
        } else {
            "null"
        },
        if seen_only {
            "null"
        } else {
            "\"198.51.100.41\""
        },
        build_or_null(&state),
        if at < Moment::utc(2025, 6, 17, 0, 0, 0) {
            "Inactive"
        } else {
            "Active"
        },
        if seen_only { 0 } else { 12 },
        if seen_only {
            "\"UnassignedGroup\"".to_owned()
        } else {
            json_text(&body.organisation.name)
        },
        if seen_only { "None" } else { "Medium" },
        !seen_only,
        if seen_only {
            "null".to_owned()
        } else {
            json_text(&host.directory_id)
        },
        match (seen_only, state.release.is_windows()) {
            (false, _) => "Onboarded",
            (true, true) => "CanBeOnboarded",
            (true, false) => "Unsupported",
        },
        interfaces.join(", "),
    );
    Object {
        host: host.id,
        facts: false_facts(host, at, &said),
        json,
    }
}

fn interface(address: &str, mac: [u8; 6]) -> String {
    let mac = crate::hosts::mac_text(mac).replace(':', "");
    format!(
        "{{\"ipAddress\": \"{address}\", \"macAddress\": \"{mac}\", \"type\": \"Ethernet\", \"operationalStatus\": \"Up\"}}"
    )
}

fn text_or_null(text: &str) -> String {
    if text.is_empty() {
        "null".to_owned()
    } else {
        json_text(text)
    }
}

fn build_or_null(state: &State<'_>) -> String {
    if state.release.build == 0 {
        "null".to_owned()
    } else {
        state.release.build.to_string()
    }
}

fn vulnerabilities(body: &Body<'_>) -> Vec<Object> {
    let mut objects = Vec::new();
    for (host, at) in super::hunting_tables::known_devices(body) {
        let agent = host.state(at).agent;
        for finding in findings(host, at) {
            let kb = finding
                .update
                .as_ref()
                .map(|(_, kb)| kb.to_string())
                .unwrap_or_default();
            let (vendor, software) = (finding.vendor, finding.software);
            let (version, cve) = (&finding.version, &finding.cve);
            let json = format!(
                "{{\"id\": \"{agent}-_-{cve}-_-{vendor}-_-{software}-_-{version}-_-{kb}\", \
                 \"cveId\": \"{cve}\", \"machineId\": \"{agent}\", \"fixingKbId\": {}, \
                 \"productName\": \"{software}\", \"productVendor\": \"{vendor}\", \
                 \"productVersion\": \"{version}\", \"severity\": \"{}\"}}",
                text_or_null(&kb),
                finding.severity,
            );
            let facts = finding_facts(host, at, &finding, None);
            objects.push(Object {
                host: host.id,
                facts,
                json,
            });
        }
    }
    objects
}
