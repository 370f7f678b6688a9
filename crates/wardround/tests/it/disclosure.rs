//! What the board and people outside may not read occurs in no byte of any output.

use std::collections::HashSet;
use std::net::IpAddr;
use std::sync::OnceLock;

use northmere::TrueHost;
use wardround::{Round, Settings};
use wardround_evidence::Audience;
use wardround_report::{Document, render_html, render_json, summary};

use crate::planted;
use crate::sandbox::{Sandbox, finish, northmere as example};

/// Page, data and terminal text for one audience, in lower case.
fn everything(sandbox: &Sandbox, audience: &str) -> String {
    let mut text = String::new();
    for format in ["html", "json"] {
        let ran = finish(sandbox.command(&[
            "report",
            "exports",
            "--replicates",
            "20",
            "-o",
            "-",
            "--format",
            format,
            "--for",
            audience,
        ]));
        assert_eq!(ran.code, 0, "{}", ran.aside);
        text.push_str(&ran.output);
        text.push_str(&ran.aside);
    }
    text.to_lowercase()
}

/// The ways in which a name or address may be written without changing what it says.
pub(crate) fn forms(name: &str) -> Vec<String> {
    let name = name.to_lowercase();
    let reversed: Vec<&str> = name.rsplit('.').collect();
    let bare: String = name.chars().filter(|c| c.is_alphanumeric()).collect();
    let colons: String = name.replace([':', '.'], "-");
    let mut forms = vec![
        name.replace('.', "-"),
        reversed.join("."),
        colons,
        name.clone(),
    ];
    if name.len() >= 12 && name.contains([':', '-']) {
        forms.push(bare);
    }
    if let Ok(IpAddr::V4(address)) = name.parse::<IpAddr>() {
        forms.push(format!("{:08x}", address.to_bits()));
    }
    forms.sort();
    forms.dedup();
    forms
}

/// Every run of words in `text` that a name or an address could be: words with `.`, `:` or `-` between them.
fn runs(text: &str) -> HashSet<&str> {
    const MOST_WORDS: usize = 8;
    let mut runs = HashSet::new();
    for whole in text.split(|c: char| !c.is_alphanumeric() && !matches!(c, '.' | ':' | '-')) {
        let words: Vec<&str> = whole.split(['.', ':', '-']).collect();
        let start = |word: &str| word.as_ptr() as usize - whole.as_ptr() as usize;
        for (first, word) in words.iter().enumerate() {
            for last in words[first..].iter().take(MOST_WORDS) {
                runs.insert(&whole[start(word)..start(last) + last.len()]);
            }
        }
    }
    runs
}

fn around(text: &str, at: usize) -> &str {
    let start = text.floor_char_boundary(at.saturating_sub(120));
    let end = text.ceil_char_boundary((at + 120).min(text.len()));
    &text[start..end]
}

#[expect(clippy::panic, reason = "it fails the test")]
pub(crate) fn absent(text: &str, name: &str, audience: &str) {
    if let Some(at) = text.find(name) {
        panic!("{name} for {audience}: … {} …", around(text, at));
    }
}

#[test]
fn the_team_reads_names_of_every_kind() {
    let text = everything(&planted::estate(), "team");
    for name in planted::SHOWN_TO_THE_TEAM {
        assert!(text.contains(name), "{name}");
    }
}

#[test]
fn the_board_and_people_outside_read_no_planted_name() {
    let sandbox = planted::estate();
    for audience in ["board", "share"] {
        let text = everything(&sandbox, audience);
        absent(&text, planted::STEM, audience);
        for planted in planted::ADDRESSES.iter().chain(&planted::IDENTIFIERS) {
            for form in forms(planted) {
                absent(&text, &form, audience);
            }
        }
    }
}

#[test]
fn what_a_machine_calls_its_system_is_for_the_team() {
    let sandbox = Sandbox::with(&[("text.txt", planted::newer_systeminfo())]);
    sandbox.export("estate.toml", "as_of = \"2025-06-24T09:00:00Z\"\n");
    assert!(everything(&sandbox, "team").contains("zqplant-release"));
    for audience in ["board", "share"] {
        let text = everything(&sandbox, audience);
        absent(&text, planted::STEM, audience);
        assert!(text.contains("a system of build 10.0.19045"));
    }
}

#[test]
fn people_outside_do_not_even_read_organisations() {
    let sandbox = planted::estate();
    assert!(everything(&sandbox, "board").contains(planted::ORGANISATION));
    absent(
        &everything(&sandbox, "share"),
        planted::ORGANISATION,
        "share",
    );
}

#[test]
fn no_name_in_a_file_that_is_refused_or_unknown_reaches_anyone() {
    for audience in ["team", "board", "share"] {
        let text = everything(&planted::estate(), audience);
        absent(&text, "zqplant-secret", audience);
        absent(&text, "zqplant-person", audience);
        absent(&text, "zqplant-admin", audience);
        absent(&text, "zqplant-owner", audience);
    }
}

/// Everything that northmere's page, data and summary say to one audience, in lower case.
fn northmere_for(audience: Audience) -> String {
    static OUTPUTS: OnceLock<Vec<(Audience, String)>> = OnceLock::new();
    let outputs = OUTPUTS.get_or_init(|| {
        let mut settings = Settings::default();
        settings.scenario.worlds = 2;
        let round = Round::of_folder(&example(), &settings, &()).unwrap();
        let review = round.review(&settings, &()).unwrap();
        [Audience::Team, Audience::Board, Audience::Share]
            .into_iter()
            .map(|audience| {
                let document = Document::new(&review, &round.disclosure(audience));
                let text =
                    render_html(&document) + &render_json(&document) + &summary(&document, 80);
                (audience, text.to_lowercase())
            })
            .collect()
    });
    let found = outputs.iter().find(|(of, _)| *of == audience);
    found.map(|(_, text)| text.clone()).unwrap()
}

fn names(host: &TrueHost) -> impl Iterator<Item = &String> {
    let names = host.names.iter().chain(&host.addresses);
    let names = names.chain(&host.earlier_addresses).chain(&host.macs);
    names
        .chain(&host.agents)
        .chain([&host.bios_uuid, &host.serial])
}

#[test]
fn no_machine_of_the_example_is_named_to_the_board_or_outside() {
    let hosts = northmere::northmere().truth.hosts;
    for audience in [Audience::Board, Audience::Share] {
        let text = northmere_for(audience);
        let said = runs(&text);
        for name in hosts.iter().flat_map(names).filter(|name| !name.is_empty()) {
            for form in forms(name) {
                assert!(
                    !said.contains(form.as_str()),
                    "{form} for {}",
                    audience.word()
                );
            }
        }
    }
}

#[test]
fn the_team_is_told_which_machines_of_the_example_matter() {
    let hosts = northmere::northmere().truth.hosts;
    let text = northmere_for(Audience::Team);
    let named = hosts.iter().filter(|host| {
        host.names
            .iter()
            .any(|name| text.contains(&name.to_lowercase()))
    });
    assert!(named.count() > 20);
}

#[test]
fn no_network_or_file_of_the_example_is_named_outside_the_team() {
    for audience in [Audience::Board, Audience::Share] {
        let text = northmere_for(audience);
        for name in [
            "hospital-a-user-1",
            "hospital-a-imaging",
            "deviceinfo.csv",
            "/nmap/",
            "pcs-2025-05",
        ] {
            absent(&text, name, audience.word());
        }
    }
}

#[test]
fn no_organisation_of_the_example_is_named_outside() {
    let text = northmere_for(Audience::Share);
    for name in [
        "northmere",
        "alderwick",
        "hospital-a",
        "hospital-b",
        "community-trust",
        "surgery-01",
        "beck lane",
    ] {
        absent(&text, name, "share");
    }
}
