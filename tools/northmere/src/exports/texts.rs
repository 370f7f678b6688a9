//! Texts that people took on the machines themselves, packed by site and month.

use super::collecting::{Body, Part};
use super::installed_lists::{Installed, get_hotfix, installed, wmic};
use super::packing::zip;
use super::said::{Said, false_facts};
use super::system_text::{Encoding, SystemText, encode};
use super::system_words::Language;
use crate::calendar::Moment;
use crate::hosts::{Host, Role};
use crate::noise;
use crate::plan::{Kind, Organisation};
use crate::random::Draws;
use crate::truth::{Damage, DamagedFile, Fact, FalseFact, Noise, TrueRecord};

/// When the early and the late lists were taken.
const TAKEN: [Moment; 2] = [
    Moment::utc(2025, 5, 28, 11, 0, 0),
    Moment::utc(2025, 6, 19, 11, 0, 0),
];
/// The months in the names of the archives.
const MONTHS: [&str; 2] = ["2025-05", "2025-06"];

/// Which machines are asked, and where their texts go.
struct Round {
    label: &'static str,
    roles: &'static [Role],
    /// The share of machines of which there is a text.
    share: f64,
    /// The share of texts that are not in English.
    foreign: f64,
}

fn rounds(kind: Kind) -> &'static [Round] {
    match kind {
        Kind::Acute => &[
            Round {
                label: "laboratory-pcs",
                roles: &[Role::LabPc],
                share: 0.8,
                foreign: 0.12,
            },
            Round {
                label: "imaging-pcs",
                roles: &[Role::ImagingPc],
                share: 0.55,
                foreign: 0.2,
            },
            Round {
                label: "kiosks",
                roles: &[Role::Kiosk],
                share: 0.6,
                foreign: 0.03,
            },
        ],
        Kind::Community | Kind::Provider => &[Round {
            label: "kiosks-and-servers",
            roles: &[Role::Kiosk, Role::Server],
            share: 0.5,
            foreign: 0.0,
        }],
        Kind::Surgery => &[Round {
            label: "pcs",
            roles: &[Role::Workstation, Role::Laptop, Role::Server, Role::Kiosk],
            share: 0.85,
            foreign: 0.02,
        }],
    }
}

/// Where a surgery's texts lie: most in its own folder, some with the provider, few unbound.
fn folder(organisation: &Organisation) -> String {
    match (organisation.kind, organisation.number % 12) {
        (Kind::Surgery, 7) => format!(
            "{}/round/{}",
            organisation.administrator_id, organisation.short
        ),
        (Kind::Surgery, 1) => format!("inbox/{}", organisation.short),
        _ => format!("{}/texts", organisation.id),
    }
}

/// The archives in a provider's folder, with the organisations for which they speak.
pub(crate) fn gathered_archives(organisations: &[Organisation]) -> Vec<(String, Vec<String>)> {
    organisations
        .iter()
        .filter(|o| o.kind == Kind::Surgery && o.number % 12 == 7)
        .map(|o| (folder(o), vec![o.id.clone()]))
        .collect()
}

/// When an organisation's texts were taken, as far as somebody wrote it down.
pub(crate) fn collected(body: &Body<'_>) -> Vec<(String, String)> {
    let organisation = body.organisation;
    if organisation.kind == Kind::Surgery && organisation.number.is_multiple_of(5) {
        return vec![];
    }
    let folder = folder(organisation);
    let mut rows = Vec::new();
    for round in rounds(organisation.kind) {
        for (index, (month, taken)) in MONTHS.iter().zip(TAKEN).enumerate() {
            if !asked(body, round, index).is_empty() {
                rows.push((format!("{folder}/{}-{month}.zip", round.label), taken.iso()));
            }
        }
    }
    rows
}

/// The texts of a hospital's laboratory and imaging PCs and kiosks.
pub(crate) fn clinical_texts(body: &Body<'_>, part: &mut Part) {
    all_rounds(body, part);
    if body.organisation.number % 2 == 1 {
        let minutes = zip(&[
            (
                "[Content_Types].xml".to_owned(),
                b"<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\"/>\n".to_vec(),
            ),
            (
                "word/document.xml".to_owned(),
                b"<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<document><p>Minutes of the made-up patching group.</p></document>\n".to_vec(),
            ),
        ]);
        unrecognised(body, part, "minutes.docx", minutes);
    }
}

/// The texts of a surgery's machines.
pub(crate) fn surgery_texts(body: &Body<'_>, part: &mut Part) {
    all_rounds(body, part);
}

/// The texts of a trust's or a provider's own machines, and a note that nobody can read.
pub(crate) fn office_texts(body: &Body<'_>, part: &mut Part) {
    all_rounds(body, part);
    if body.organisation.kind == Kind::Community {
        let note = "Ask Priya which of the kiosks went to the new building.\n\
                    The list from the clinic is on paper.\n";
        unrecognised(body, part, "notes.txt", note.as_bytes().to_vec());
    }
}

fn unrecognised(body: &Body<'_>, part: &mut Part, name: &str, bytes: Vec<u8>) {
    let path = format!("{}/{name}", body.organisation.id);
    part.truth.damaged.push(DamagedFile {
        file: path.clone(),
        damage: Damage::Unrecognised,
    });
    part.file(path, bytes);
}

fn all_rounds(body: &Body<'_>, part: &mut Part) {
    let folder = folder(body.organisation);
    for round in rounds(body.organisation.kind) {
        for (index, (month, taken)) in MONTHS.iter().zip(TAKEN).enumerate() {
            let path = format!("{folder}/{}-{month}.zip", round.label);
            archive(body, part, round, &path, &asked(body, round, index), taken);
        }
    }
}

/// The machines whose texts were taken in the first or in the last weeks.
fn asked<'a>(body: &Body<'a>, round: &Round, month: usize) -> Vec<&'a Host> {
    let hosts = body.machines.hosts.iter();
    hosts
        .filter(|host| {
            let early = Draws::keyed(host.key, "early", 0).chance(noise::EARLY_LIST);
            early == (month == 0) && is_asked(host, round, TAKEN[month])
        })
        .collect()
}

fn is_asked(host: &Host, round: &Round, taken: Moment) -> bool {
    round.roles.contains(&host.role)
        && host.present(taken)
        && host.state(taken).release.is_windows()
        && Draws::keyed(host.key, "asked", 0).chance(round.share)
}

fn archive(
    body: &Body<'_>,
    part: &mut Part,
    round: &Round,
    path: &str,
    asked: &[&Host],
    taken: Moment,
) {
    if asked.is_empty() {
        return;
    }
    let mut members = Vec::new();
    let mut records = Vec::new();
    for (index, host) in asked.iter().enumerate() {
        let at = taken.plus_seconds(Draws::keyed(host.key, "taken", 0).below(14_400) as i64);
        let mut draws = Draws::keyed(host.key, "text", 0);
        // Sometimes the text of the machine before is saved once more, under this one's name.
        let wrong = index > 0 && draws.chance(noise::WRONG_FILE);
        let about = if wrong { asked[index - 1] } else { host };
        for (suffix, bytes, mut facts) in texts_of(body, about, at, round, &mut draws) {
            if wrong {
                facts.push(FalseFact {
                    fact: Fact::Identity,
                    noise: Noise::WrongFile,
                });
                facts.sort_unstable();
            }
            let member = format!("{}{suffix}.txt", host.name_at(at));
            records.push(TrueRecord {
                file: format!("{path}/{member}"),
                ordinal: 1,
                line: 1,
                host: about.id,
                false_facts: facts,
            });
            members.push((member, bytes));
        }
    }
    part.file(path, zip(&members));
    part.truth.records.extend(records);
}

/// The texts that were taken on one machine: the end of their names, bytes, untrue facts.
fn texts_of(
    body: &Body<'_>,
    host: &Host,
    at: Moment,
    round: &Round,
    draws: &mut Draws,
) -> Vec<(&'static str, Vec<u8>, Vec<FalseFact>)> {
    let state = host.state(at);
    let list = installed(host, at);
    let name = host.name_at(at);
    let (foreign, french) = (draws.chance(round.foreign), draws.chance(0.5));
    let form = draws.below(100);
    let (utf16, utf8) = (draws.chance(0.25), draws.chance(0.2));
    let mut texts = Vec::new();
    let lists = state.release.version != "5.1" && form < 38;
    if !lists || form < 8 {
        let language = match (foreign, french) {
            (false, _) => Language::English,
            (true, true) => Language::French,
            (true, false) => Language::German,
        };
        let encoding = match (utf16, utf8) {
            (true, _) => Encoding::Utf16,
            (false, true) => Encoding::Utf8,
            (false, false) => Encoding::CodePage850,
        };
        texts.push(system_text(body, host, at, &list, language, encoding));
    }
    let facts = || list_facts(body, host, at, &list, None, false);
    if lists && form.is_multiple_of(2) {
        let encoding = if draws.chance(0.8) {
            Encoding::Utf16
        } else {
            Encoding::Utf8
        };
        texts.push(("-qfe", encode(&wmic(name, &list), encoding), facts()));
    } else if lists {
        let encoding = if draws.chance(0.7) {
            Encoding::Utf16
        } else {
            Encoding::Utf8
        };
        texts.push((
            "-hotfix",
            encode(&get_hotfix(name, &list), encoding),
            facts(),
        ));
    }
    texts
}

fn system_text(
    body: &Body<'_>,
    host: &Host,
    at: Moment,
    list: &[Installed],
    language: Language,
    encoding: Encoding,
) -> (&'static str, Vec<u8>, Vec<FalseFact>) {
    let address = body.address(host, at);
    let text = SystemText {
        host,
        at,
        name: host.name_at(at),
        domain: &body.organisation.domain,
        address: &address,
        installed: list,
        language,
    };
    let facts = list_facts(body, host, at, list, Some(&address), text.cut());
    ("", encode(&text.text(), encoding), facts)
}

/// What a list of updates says, and what of that is untrue.
fn list_facts(
    body: &Body<'_>,
    host: &Host,
    at: Moment,
    list: &[Installed],
    address: Option<&str>,
    cut: bool,
) -> Vec<FalseFact> {
    let state = host.state(at);
    let now = body.address(host, host.truth_at());
    let mut said = Said {
        name: Some(host.name_at(at)),
        address: address.map(|address| (address, now.as_str())),
        system: address.is_some(),
        updates: true,
        // A list says something of the flaw if it shows the cure, or if it is whole.
        closed: (!cut && !list.is_empty()).then(|| state.closed()),
        ..Said::default()
    };
    if cut {
        said.noise.push(FalseFact {
            fact: Fact::Updates,
            noise: Noise::CutList,
        });
    }
    false_facts(host, at, &said)
}
