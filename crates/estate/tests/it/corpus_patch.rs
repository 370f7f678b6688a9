//! Our answer on MS17-010 beside an independent count over real patch lists.
//!
//! The corpus is not part of the repository; `WARDROUND_CORPUS` names its folder (default: `../shared/corpus` beside the
//! workspace). Its `EXPECTED.tsv` was counted by other code from the definitions alone.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use wardround_estate::{Catalogue, Product};
use wardround_evidence::{Kb, System};

const FACT: &str = "MS17-010_fix_or_superseding_KB_present";

/// Where we say more than the count, and why. Nowhere do we say less.
const DIFFERENCES: &[(&str, &[u32], &str)] = &[
    (
        "systeminfo/wesng/10_1803_x64_education_en-us_systeminfo.txt",
        &[4_343_909],
        "an update of Windows 10 1803, which shipped with the fix",
    ),
    (
        "systeminfo/wesng/10_1803_x64_pro_it_systeminfo.txt",
        &[4_487_017],
        "an update of Windows 10 1803, which shipped with the fix",
    ),
    (
        "systeminfo/wesng/10_1809_x64_education_en-us_20190306_qfe.txt",
        &[4_487_044],
        "an update of Windows 10 1809, which shipped with the fix",
    ),
    (
        "systeminfo/wesng/10_1809_x64_education_en-us_20190306_systeminfo.txt",
        &[4_487_044],
        "an update of Windows 10 1809, which shipped with the fix",
    ),
    (
        "systeminfo/wesng/10_1809_x64_pro_en-us_20190307_qfe.txt",
        &[4_482_887],
        "an update of Windows 10 1809, which shipped with the fix",
    ),
    (
        "systeminfo/wesng/10_1809_x64_pro_en-us_20190307_systeminfo.txt",
        &[4_482_887],
        "an update of Windows 10 1809, which shipped with the fix",
    ),
    (
        "systeminfo/wesng/10_21H2_x64_pro_systeminfo.txt",
        &[5_012_599],
        "an update of Windows 10 21H2, which shipped with the fix",
    ),
    (
        "systeminfo/wesng/11_22H2_x64_home-single-language_systeminfo.txt",
        &[5_008_215],
        "an update of Windows 11 21H2, which shipped with the fix",
    ),
];

#[test]
fn corpus_lists_close_ms17_010_as_an_independent_count_says() {
    let Some(corpus) = corpus() else { return };
    let mut differences = BTreeMap::new();
    let mut compared = 0;
    for (file, counted) in expected(&corpus) {
        let bytes = std::fs::read(corpus.join(&file)).unwrap();
        let text = decoded(&bytes);
        let product = product(&text);
        let ours: BTreeSet<u32> = numbers(&text)
            .into_iter()
            .filter(|kb| Catalogue::built_in().closes_ms17_010(Kb(*kb), product))
            .collect();
        if ours != counted {
            differences.insert(file.clone(), (counted, ours));
        }
        compared += 1;
    }
    assert_eq!(compared, 40);
    let known: BTreeMap<String, (BTreeSet<u32>, BTreeSet<u32>)> = DIFFERENCES
        .iter()
        .map(|(file, ours, _)| {
            let ours = ours.iter().copied().collect();
            ((*file).to_owned(), (BTreeSet::new(), ours))
        })
        .collect();
    assert_eq!(differences, known);
}

#[expect(clippy::print_stderr, reason = "a skipped test says so")]
fn corpus() -> Option<PathBuf> {
    let beside = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/corpus");
    let folder = std::env::var_os("WARDROUND_CORPUS").map_or(beside, PathBuf::from);
    if folder.join("EXPECTED.tsv").is_file() {
        return Some(folder);
    }
    eprintln!("skipped: no corpus at {}", folder.display());
    None
}

/// The count's answer for each patch list.
fn expected(corpus: &Path) -> Vec<(String, BTreeSet<u32>)> {
    let table =
        std::fs::read_to_string(corpus.join("EXPECTED.tsv")).expect("a corpus has EXPECTED.tsv");
    table
        .lines()
        .filter_map(|line| {
            let mut cells = line.split('\t');
            let (file, fact, value) = (cells.next()?, cells.next()?, cells.next()?);
            let here = file.starts_with("systeminfo/") && fact == FACT;
            here.then(|| (file.to_owned(), numbers(value)))
        })
        .collect()
}

/// UTF-16 with its mark, or bytes whose letters beyond ASCII do not matter here.
fn decoded(bytes: &[u8]) -> String {
    if let Some(rest) = bytes.strip_prefix(&[0xff, 0xfe]) {
        let units: Vec<u16> = rest
            .chunks_exact(2)
            .map(|pair| u16::from_le_bytes([pair[0], pair[1]]))
            .collect();
        return String::from_utf16_lossy(&units);
    }
    String::from_utf8_lossy(bytes).into_owned()
}

/// The count's own rule: `KB` and six or seven digits, anywhere.
fn numbers(text: &str) -> BTreeSet<u32> {
    text.match_indices("KB")
        .filter_map(|(at, _)| {
            let digits: String = text[at + 2..]
                .chars()
                .take(7)
                .take_while(char::is_ascii_digit)
                .collect();
            (digits.len() >= 6).then(|| digits.parse().expect("seven digits fit"))
        })
        .collect()
}

/// The product in the list's header; lists without one are not settled.
fn product(text: &str) -> Product {
    text.lines()
        .take(10)
        .filter_map(|line| line.split_once(':'))
        .map(|(_, value)| {
            Product::of(&System {
                name: value.trim().to_owned(),
                ..System::default()
            })
        })
        .find(|product| product.is_windows())
        .unwrap_or(Product::Unknown)
}
