//! Every file parses with a parser that knows nothing of wardround, and the records lie where the
//! truth says.

use std::collections::{BTreeMap, BTreeSet};

use northmere::{Damage, TrueRecord};
use quick_xml::Reader;
use quick_xml::events::Event;

use crate::unpack::{northmere, northmere_seen};

fn damage_of(path: &str) -> Vec<Damage> {
    let damaged = northmere().truth.damaged.iter();
    damaged
        .filter(|file| file.file == path)
        .map(|file| file.damage)
        .collect()
}

fn records_of(path: &str) -> Vec<&'static TrueRecord> {
    northmere()
        .truth
        .records
        .iter()
        .filter(|record| record.file == path)
        .collect()
}

#[test]
fn xml_is_well_formed_and_each_host_element_is_a_record() {
    let mut scans = 0;
    for file in northmere_seen()
        .iter()
        .filter(|file| file.path.contains(".xml.gz"))
    {
        scans += 1;
        let text = file.text();
        let unfinished = damage_of(&file.path).contains(&Damage::Unfinished);
        let mut reader = Reader::from_str(&text);
        let (mut lines, mut depth, mut stats) = (Vec::new(), 0_i32, 0);
        loop {
            let before = reader.buffer_position() as usize;
            match reader.read_event().unwrap() {
                Event::Start(element) => {
                    depth += 1;
                    if element.name().as_ref() == "host" {
                        lines.push(text[..before].matches('\n').count() as u64 + 1);
                    }
                    stats += u32::from(element.name().as_ref() == "runstats");
                }
                Event::End(_) => depth -= 1,
                Event::Eof => break,
                _ => {}
            }
        }
        assert_eq!(depth, i32::from(unfinished), "{}", file.path);
        assert_eq!(stats, u32::from(!unfinished), "{}", file.path);
        let records = records_of(&file.path);
        let said: Vec<u64> = records.iter().map(|record| record.line).collect();
        assert_eq!(said, lines, "{}", file.path);
        assert!(
            records
                .iter()
                .zip(1..)
                .all(|(record, number)| record.ordinal == number)
        );
    }
    assert!(scans >= 10, "{scans}");
}

#[test]
fn csv_rows_are_where_the_truth_says() {
    for file in northmere_seen()
        .iter()
        .filter(|file| file.path.contains(".csv"))
    {
        let text = file.text();
        let mut reader = csv::ReaderBuilder::new()
            .flexible(true)
            .from_reader(text.as_bytes());
        let columns = reader.headers().unwrap().len();
        let mut lines = BTreeMap::new();
        let mut short = BTreeSet::new();
        for (row, number) in reader.records().zip(1_u64..) {
            let row = row.unwrap();
            lines.insert(number, row.position().unwrap().line());
            if row.len() != columns {
                short.insert(number);
            }
        }
        let damage = damage_of(&file.path);
        let said: BTreeSet<u64> = damage
            .iter()
            .filter_map(|damage| match damage {
                Damage::ShortRow { ordinal } => Some(*ordinal),
                _ => None,
            })
            .collect();
        assert_eq!(short, said, "{}", file.path);
        if damage.contains(&Damage::AtRowLimit) {
            assert_eq!(lines.len(), 30_000, "{}", file.path);
        } else {
            assert!(lines.len() < 30_000, "{}", file.path);
        }
        for record in records_of(&file.path) {
            assert_eq!(
                lines.get(&record.ordinal),
                Some(&record.line),
                "{}",
                file.path
            );
            assert!(!short.contains(&record.ordinal), "{}", file.path);
        }
    }
    let at_limit = northmere().truth.damaged.iter();
    assert_eq!(
        at_limit
            .filter(|file| file.damage == Damage::AtRowLimit)
            .count(),
        1
    );
}

#[test]
fn json_objects_are_where_the_truth_says() {
    for file in northmere_seen()
        .iter()
        .filter(|file| file.path.ends_with(".json"))
    {
        let text = file.text();
        let records = records_of(&file.path);
        let parsed: Result<serde_json::Value, _> = serde_json::from_str(&text);
        if damage_of(&file.path).contains(&Damage::Truncated) {
            assert!(parsed.is_err(), "{}", file.path);
            assert!(!records.is_empty(), "{}", file.path);
        } else {
            let parsed = parsed.unwrap();
            let list = parsed
                .get("value")
                .or_else(|| parsed.get("Results"))
                .unwrap();
            assert_eq!(
                list.as_array().unwrap().len(),
                records.len(),
                "{}",
                file.path
            );
        }
        let lines: Vec<&str> = text.lines().collect();
        for record in records {
            let line = lines[record.line as usize - 1].trim_end_matches(',');
            let object: serde_json::Value = serde_json::from_str(line).unwrap();
            assert!(object.is_object(), "{}", file.path);
        }
    }
}

#[test]
fn texts_carry_the_name_of_the_host_of_which_they_speak() {
    let names: BTreeMap<_, _> = northmere()
        .truth
        .hosts
        .iter()
        .map(|host| (host.id, &host.names))
        .collect();
    let mut texts = 0;
    for file in northmere_seen()
        .iter()
        .filter(|file| file.path.contains(".zip/") && file.path.ends_with(".txt"))
    {
        let records = records_of(&file.path);
        assert_eq!(records.len(), 1, "{}", file.path);
        let text = file.text();
        let names = names[&records[0].host];
        assert!(
            names.iter().any(|name| text.contains(name.as_str())),
            "{}",
            file.path
        );
        texts += 1;
    }
    assert!(texts > 400, "{texts}");
}
