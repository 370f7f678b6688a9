//! A bundle that was tampered with, cut short, reordered or signed anew is refused by name, in each of 1,000 cases.

use std::collections::BTreeSet;
use std::fs;

use wardround_evidence::Digest;
use wardround_store::{PublicKey, SharedPages, pack_pages, pack_store};

use super::cases::{Case, Draws, KINDS, Sound, Words};
use super::made::{self, Part};
use super::sound::{filled, refusal};
use crate::samples::now;

/// The seed of all cases.
const SEED: u64 = 20_170_512;

/// Members of bundles that were really packed, by kind of bundle.
fn packed() -> Vec<(&'static str, Vec<Part>)> {
    let key = made::secret(&made::key(1));
    let mut all = Vec::new();
    for sources in [1, 3, 4] {
        let (folder, store) = filled(sources);
        let path = folder.path().join("store.bundle");
        pack_store(&store, now(), &key, &path).unwrap();
        all.push(("store", made::parts(&fs::read(path).unwrap())));
    }
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("pages.bundle");
    for words in ["host-1", "host-2, which is longer"] {
        let (html, json) = (words.repeat(90), format!("{{\"host\":\"{words}\"}}"));
        let pages = SharedPages {
            html: &html,
            json: &json,
        };
        pack_pages(pages, now(), &key, &path).unwrap();
        all.push(("share", made::parts(&fs::read(&path).unwrap())));
    }
    for (_, parts) in &mut all {
        parts.remove(0);
    }
    all
}

/// Two sound bundles that differ, both of the trusted key.
fn pair(packed: &[(&'static str, Vec<Part>)], draws: &mut Draws) -> (Sound, Sound) {
    let one = draws.below(packed.len());
    let other = (one + 1 + draws.below(packed.len() - 1)) % packed.len();
    let mut sealed = |which: usize| {
        let (kind, members) = &packed[which];
        let day = 1 + draws.below(28);
        let (minute, second) = (draws.below(60), draws.below(60));
        let created = format!("2026-02-{day:02}T09:{minute:02}:{second:02}Z");
        Sound::new(kind, &created, members)
    };
    (sealed(one), sealed(other))
}

fn check(case: &Case, lines: &[String]) {
    let kind = case.kind;
    assert!(!lines.is_empty(), "{kind}: taken for sound");
    let says = match &case.words {
        Words::Exactly(wanted) => {
            let wanted: BTreeSet<&str> = wanted.iter().map(String::as_str).collect();
            // Where a reader of JSON says in its own words what it meets, the beginning counts.
            lines.len() == wanted.len()
                && lines
                    .iter()
                    .all(|line| wanted.iter().any(|wanted| line.starts_with(wanted)))
                && wanted
                    .iter()
                    .all(|wanted| lines.iter().any(|line| line.starts_with(wanted)))
        }
        Words::Among(begin, holds) => lines
            .iter()
            .any(|line| line.starts_with(begin) && line.contains(holds)),
        Words::OneOf(begins) => lines
            .iter()
            .any(|line| begins.iter().any(|begin| line.starts_with(begin.as_str()))),
    };
    assert!(says, "{kind}: wanted {:?}, said {lines:#?}", case.words);
}

#[test]
fn every_one_of_a_thousand_changed_bundles_is_refused_by_name() {
    let packed = packed();
    let trusted: [PublicKey; 2] = [made::public(&made::key(2)), made::public(&made::key(1))];
    let folder = tempfile::tempdir().unwrap();
    let mut draws = Draws(SEED);
    let mut different = BTreeSet::new();
    for (kind, count, change) in KINDS {
        let wanted = different.len() + count;
        while different.len() < wanted {
            let (sound, other) = pair(&packed, &mut draws);
            let (file, words) = change(&sound, &other, &mut draws);
            assert_ne!(file, sound.file(), "{kind}: nothing is changed");
            if !different.insert(Digest::of(&file)) {
                // Such as two that are cut short before they begin to differ.
                continue;
            }
            let case = Case { kind, file, words };
            check(&case, &refusal(folder.path(), &case.file, &trusted));
        }
    }
    assert_eq!(different.len(), 1000);
}

#[test]
fn what_the_cases_are_made_from_is_sound() {
    let packed = packed();
    let trusted = [made::public(&made::key(1))];
    let folder = tempfile::tempdir().unwrap();
    let mut draws = Draws(SEED);
    for _ in 0..100 {
        let (sound, other) = pair(&packed, &mut draws);
        for bundle in [sound, other] {
            let lines = refusal(folder.path(), &bundle.file(), &trusted);
            assert_eq!(lines, [""; 0]);
        }
    }
}
