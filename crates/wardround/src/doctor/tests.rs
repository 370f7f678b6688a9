//! Laws over all advice that can be given.

use std::path::Path;

use jiff::civil::date;
use wardround_estate::{Gap, Question};
use wardround_evidence::{Disclosure, Port};

use super::agreement::{AGREE_FIRST, advice, alternative};
use super::cures::cures;
use super::export::{Export, Touches};
use super::{Checkup, examine};
use crate::{Round, Settings, questions};

const QUESTIONS: [Question; 4] = [
    Question::Ms17010Closed,
    Question::Smb1Off,
    Question::NotListening(Port::tcp(445)),
    Question::UpdatedSince(date(2025, 5, 25)),
];

#[test]
fn every_gap_of_every_question_has_a_cure_and_consoles_come_first() {
    for question in QUESTIONS {
        for gap in Gap::ALL {
            let cures = cures(question, gap);
            assert!(!cures.is_empty(), "{question:?} {gap:?}");
            let scan = cures
                .iter()
                .position(|export| export.touches() == Touches::Network);
            let quiet = cures
                .iter()
                .rposition(|export| export.touches() != Touches::Network);
            if let (Some(scan), Some(quiet)) = (scan, quiet) {
                assert!(
                    scan > quiet,
                    "{question:?} {gap:?}: a scan comes before {quiet}"
                );
            }
        }
    }
}

#[test]
fn advice_that_touches_a_delicate_network_says_who_must_agree_first() {
    for export in Export::ALL {
        let words = advice(export, true);
        let touches = export.touches() != Touches::Nothing;
        assert_eq!(words.contains(AGREE_FIRST), touches, "{words}");
        assert_eq!(alternative(export, true).contains(AGREE_FIRST), touches);
        assert!(!advice(export, false).contains(AGREE_FIRST));
    }
}

#[test]
fn only_what_touches_a_network_speaks_of_scans_to_take() {
    for export in Export::ALL {
        let words = format!("{} {}", export.words(), export.short());
        if words.contains("scan") || words.contains("nmap") {
            assert_eq!(export.touches(), Touches::Network, "{words}");
        }
    }
}

/// The examples with every network of one kind.
fn northmere(kind: Option<&str>) -> Checkup {
    let example = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../examples/northmere");
    let folder = tempfile::tempdir().unwrap();
    copy(&example, folder.path());
    if let Some(kind) = kind {
        let path = folder.path().join("estate/networks.csv");
        let text = std::fs::read_to_string(&path).unwrap();
        let rows = text.lines().enumerate().map(|(number, line)| {
            let (rest, held) = line.rsplit_once(',').unwrap();
            format!("{rest},{}\n", if number == 0 { held } else { kind })
        });
        std::fs::write(&path, rows.collect::<String>()).unwrap();
    }
    let round = Round::of_folder(folder.path(), &Settings::default(), &()).unwrap();
    examine(
        &round,
        &questions(&round.estate).unwrap(),
        &Disclosure::team(),
    )
}

fn copy(from: &Path, to: &Path) {
    for entry in std::fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        let target = to.join(entry.file_name());
        if entry.file_type().unwrap().is_dir() {
            std::fs::create_dir(&target).unwrap();
            copy(&entry.path(), &target);
        } else {
            std::fs::copy(entry.path(), &target).unwrap();
        }
    }
}

#[test]
fn no_advice_on_a_network_with_medical_devices_or_unknown_machines_forgets_clinical_engineering() {
    for kind in ["clinical", "other", ""] {
        let checkup = northmere(Some(kind));
        let advice = checkup
            .needs
            .iter()
            .flat_map(|need| need.instead.iter().chain([&need.get]));
        let mut scans = 0;
        for words in advice {
            if words.contains("scan") || words.contains("nmap") {
                scans += 1;
                assert!(words.contains(AGREE_FIRST), "{kind}: {words}");
            }
        }
        assert!(scans > 10, "{kind}");
        for remark in checkup
            .claims
            .iter()
            .chain(&checkup.description)
            .chain(&checkup.input)
        {
            let words = &remark.words;
            assert!(
                !words.contains("scan") || words.contains("that are held"),
                "{words}"
            );
        }
    }
}

#[test]
fn no_words_are_a_command_that_sends_traffic() {
    let text = format!("{:?}", northmere(None)).to_lowercase();
    for command in [
        "nmap -",
        "-p445",
        "-p 445",
        "--script",
        "smbclient",
        "test-netconnection",
        "ping ",
        "crackmapexec",
        "nc -",
        "telnet",
        "enable-psremoting",
        "invoke-command",
        "masscan",
    ] {
        assert!(!text.contains(command), "{command}");
    }
}

#[test]
fn every_unknown_verdict_stands_under_one_export() {
    let checkup = northmere(None);
    let example = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../examples/northmere");
    let round = Round::of_folder(&example, &Settings::default(), &()).unwrap();
    let asked = questions(&round.estate).unwrap();
    let unknown = round
        .estate
        .hosts()
        .flat_map(|(id, _)| asked.iter().map(move |question| (id, *question)))
        .filter(|(id, question)| round.estate.assess(*id, *question).gap.is_some())
        .count();
    assert_eq!(checkup.unknown, unknown as u64);
    let lacks = checkup.needs.iter().flat_map(|need| &need.lacks);
    assert_eq!(
        lacks.map(|lack| lack.machines).sum::<u64>(),
        checkup.unknown
    );
    assert!(
        checkup
            .needs
            .is_sorted_by_key(|need| std::cmp::Reverse(need.verdicts))
    );
}
