//! `systeminfo`, `wmic qfe` and lists of update titles from many Windows versions and languages.

use std::collections::BTreeSet;

use wardround_evidence::{Fact, Kb, ListExtent, Reading};
use wardround_sources::Encoding;

use super::{Corpus, Fate, count, fate};

/// Facts of the table that we know better, and why.
const EXCEPTIONS: [(&str, &str, &str); 3] = [
    (
        "systeminfo/wesng/xp_sp2_x64_qfe.txt",
        "encoding",
        "the first `wmic` on XP writes a message in ASCII and goes on in UTF-16 without a mark: no byte is above 127, and \
         the table took that for ASCII",
    ),
    (
        "systeminfo/wesng/xp_sp2_x86_qfe.txt",
        "encoding",
        "as above",
    ),
    (
        "systeminfo/wesng/xp_sp2_x64_qfe.txt",
        "distinct_KB_ids",
        "the table sought `KB` in the bytes of UTF-16 and found none; 149 numbers stand there",
    ),
];

/// The fixes of MS17-010 of March 2017 (Microsoft Security Bulletin MS17-010).
const MARCH_2017: [u32; 10] = [
    4_012_212, 4_012_213, 4_012_214, 4_012_215, 4_012_216, 4_012_217, 4_012_598, 4_012_606,
    4_013_198, 4_013_429,
];

#[test]
fn corpus_windows_lists_agree_with_what_was_counted() {
    let Some(mut corpus) = Corpus::find() else {
        return;
    };
    for file in corpus.files("systeminfo") {
        let outcome = corpus.read(&file);
        match fate(&outcome) {
            Fate::Read(reading) => compare(&mut corpus, &file, reading),
            Fate::Refused(reason) => corpus.wrong(&file, format!("it is refused: {reason}")),
            Fate::Unrecognised => corpus.wrong(&file, "nobody recognises it"),
        }
    }
    corpus.agree();
}

fn compare(corpus: &mut Corpus, file: &str, reading: &Reading) {
    let bytes = std::fs::read(corpus.root.join(file)).expect("the file was read just now");
    let march: Vec<String> = march_2017(reading)
        .iter()
        .map(ToString::to_string)
        .collect();
    let march = if march.is_empty() {
        "0".to_owned()
    } else {
        march.join(",")
    };
    for (fact, found) in [
        ("encoding", encoding(&bytes).to_owned()),
        (
            "distinct_KB_ids",
            count(reading, "distinct_kb_ids").to_string(),
        ),
        ("MS17-010_March2017_KBs_present", march),
    ] {
        if !EXCEPTIONS
            .iter()
            .any(|(of, it, _)| *of == file && *it == fact)
        {
            corpus.compare(file, fact, found);
        }
    }
    let expected = expected_reader(file);
    if reading.source.reader != expected {
        corpus.wrong(file, format!("it is read as {}", reading.source.reader));
    }
    check_subjects(corpus, file, reading);
    check_extent(corpus, file, reading);
}

/// The names of the files say what they are. `_updates` files come from a search for updates that are *not* installed: the
/// table finds a fix of MS17-010 in one of them, and it is a fix that the machine lacks. They must lead to no statement.
fn expected_reader(file: &str) -> &'static str {
    if file.contains("_updates") {
        "windows_update_titles"
    } else if file.contains("_qfe") {
        "windows_quick_fix_list"
    } else {
        "windows_systeminfo"
    }
}

/// Each list speaks for one machine, but for those that name none.
fn check_subjects(corpus: &mut Corpus, file: &str, reading: &Reading) {
    // `wmic qfe list brief` has no column for the machine.
    let nameless = file.contains("_updates")
        || [
            "7_sp1_x64_enterprise_en-us_20190305_qfe",
            "10_1809_x64_education_en-us_20190306_qfe",
            "10_1809_x64_pro_en-us_20190307_qfe",
        ]
        .iter()
        .any(|name| file.contains(name));
    let expected = usize::from(!nameless);
    let found = reading.statements.len();
    if found != expected {
        corpus.wrong(file, format!("{expected} machines expected, {found} found"));
    }
}

/// `systeminfo` of these machines breaks off inside its list of updates.
const CUT: [(&str, u32, usize); 5] = [
    ("jc/systeminfo.out", 302, 245),
    ("7_sp1_x64_enterprise_en-us_20190305_systeminfo", 273, 245),
    ("7_sp1_x64_enterprise_en-us_B_systeminfo", 271, 245),
    ("srv_2003r2_sp2_x86_standard_en-us_systeminfo", 352, 67),
    ("xp_sp2_x64_systeminfo", 300, 82),
];

fn check_extent(corpus: &mut Corpus, file: &str, reading: &Reading) {
    let expected = CUT.iter().find(|(name, _, _)| file.contains(name));
    let system = reading.source.reader == "windows_systeminfo";
    for list in lists(reading) {
        let agrees = match (list.extent, expected) {
            (ListExtent::Cut { stated }, Some((_, header, numbers))) => {
                stated == *header && list.updates.len() == *numbers
            }
            (ListExtent::Whole, None) => system,
            (ListExtent::Unstated, None) => !system,
            _ => false,
        };
        if !agrees {
            let (extent, numbers) = (list.extent, list.updates.len());
            corpus.wrong(file, format!("a list of {numbers} updates is {extent:?}"));
        }
    }
}

fn lists(reading: &Reading) -> impl Iterator<Item = &wardround_evidence::UpdateList> {
    let observed = reading.statements.iter().flat_map(|it| &it.observed);
    observed.filter_map(|it| match &it.fact {
        Fact::Updates(list) => Some(list),
        _ => None,
    })
}

fn march_2017(reading: &Reading) -> BTreeSet<Kb> {
    lists(reading)
        .flat_map(|list| &list.updates)
        .map(|update| update.kb)
        .filter(|kb| MARCH_2017.contains(&kb.0))
        .collect()
}

/// An encoding in the words of the table.
fn encoding(bytes: &[u8]) -> &'static str {
    let marked = bytes.starts_with(&[0xff, 0xfe]);
    match Encoding::of(bytes) {
        Encoding::Ascii => "ASCII",
        Encoding::Utf8 => "UTF-8",
        Encoding::Utf16Le if marked => "UTF-16LE with BOM",
        Encoding::CodePage => "single/multi-byte code page, not UTF-8",
        Encoding::Utf16Le | Encoding::Utf16Be => "another",
    }
}
