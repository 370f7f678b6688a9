//! Reads the files without the generator's help and compares what they say with the truth: a record
//! is marked untrue exactly where it is, and errors are as frequent as stated.

use std::collections::BTreeMap;

use northmere::{Fact, Generated, Noise, Size, TrueHost, TrueRecord, noise};

use crate::unpack::{northmere, northmere_seen, unpack};

/// Counts of cases and of those in which something went wrong.
#[derive(Debug, Default)]
struct Rate {
    cases: u32,
    wrong: u32,
}

impl Rate {
    fn add(&mut self, wrong: bool) {
        self.cases += 1;
        self.wrong += u32::from(wrong);
    }

    /// Within four standard errors of what is stated.
    fn assert_near(&self, stated: f64, what: &str) {
        let n = f64::from(self.cases);
        let margin = 4.0 * (stated * (1.0 - stated) / n).sqrt();
        let found = f64::from(self.wrong) / n;
        assert!(
            (found - stated).abs() <= margin,
            "{what}: {found} of {n}, stated {stated}"
        );
        assert!(
            margin < stated * 4.0,
            "{what}: {n} cases are too few to tell"
        );
    }
}

struct Witness<'a> {
    hosts: BTreeMap<u32, &'a TrueHost>,
    records: BTreeMap<(&'a str, u64), &'a TrueRecord>,
}

impl<'a> Witness<'a> {
    fn new(estate: &'a Generated) -> Self {
        let hosts = estate
            .truth
            .hosts
            .iter()
            .map(|host| (host.id.0, host))
            .collect();
        let records = estate.truth.records.iter();
        let records = records.map(|record| ((record.file.as_str(), record.ordinal), record));
        Self {
            hosts,
            records: records.collect(),
        }
    }

    fn record(&self, file: &str, ordinal: u64) -> (&'a TrueRecord, &'a TrueHost) {
        let record = self.records[&(file, ordinal)];
        (record, self.hosts[&record.host.0])
    }
}

fn noise_of(record: &TrueRecord, fact: Fact) -> Option<Noise> {
    record
        .false_facts
        .iter()
        .find(|known| known.fact == fact)
        .map(|known| known.noise)
}

/// The text of each host element of a scan.
fn host_elements(text: &str) -> Vec<&str> {
    text.split("<host ")
        .skip(1)
        .map(|rest| rest.split("</host>").next().unwrap())
        .collect()
}

/// A generated estate that is large enough to measure rates on.
fn large() -> Generated {
    northmere::estate(
        7,
        &Size {
            hosts: 9_000,
            organisations: 12,
        },
    )
    .gather()
}

#[test]
fn scans_are_marked_untrue_exactly_where_they_are() {
    let witness = Witness::new(northmere());
    let mut tested = 0;
    for file in northmere_seen()
        .iter()
        .filter(|file| file.path.contains("/nmap/"))
    {
        let text = file.text();
        for (element, ordinal) in host_elements(&text).iter().zip(1..) {
            let (record, host) = witness.record(&file.path, ordinal);
            let wrong = |fact| noise_of(record, fact).is_some();
            if let Some(rest) = element.split("key=\"state\">").nth(1) {
                let closed = rest.starts_with("NOT");
                assert_eq!(
                    wrong(Fact::Ms17010),
                    closed != host.closed_ms17_010,
                    "{record:?}"
                );
                tested += 1;
            }
            if element.contains("id=\"smb-protocols\"") {
                let on = element.contains("(SMBv1)");
                assert_eq!(wrong(Fact::Smb1), on != host.smb1_on, "{record:?}");
            }
            let port = element
                .split("portid=\"445\"><state state=\"")
                .nth(1)
                .unwrap();
            let open = port.starts_with("open");
            assert_eq!(wrong(Fact::Port445), open != host.listens_445, "{record:?}");
            let shown = element
                .split("addr=\"")
                .nth(1)
                .unwrap()
                .split('"')
                .next()
                .unwrap();
            let held = host.addresses.iter().any(|address| address == shown);
            assert_eq!(wrong(Fact::Address), !held, "{record:?}");
        }
    }
    assert!(tested > 100, "{tested}");
}

#[test]
fn tables_are_marked_untrue_exactly_where_they_are() {
    let witness = Witness::new(northmere());
    for file in northmere_seen()
        .iter()
        .filter(|file| file.path.contains("/DeviceTvm"))
    {
        if !file.path.contains(".csv") {
            continue;
        }
        let text = file.text();
        let mut reader = csv::ReaderBuilder::new()
            .flexible(true)
            .from_reader(text.as_bytes());
        let headers = reader.headers().unwrap().clone();
        let column = |name: &str| headers.iter().position(|header| header == name);
        for (row, ordinal) in reader.records().zip(1_u64..) {
            let row = row.unwrap();
            if row.len() < headers.len() {
                continue;
            }
            let (record, host) = witness.record(&file.path, ordinal);
            let cell = |name: &str| column(name).map_or("", |place| &row[place]);
            assert!(!cell("DeviceName").is_empty());
            if cell("CveId") == "CVE-2017-0144" {
                let wrong = noise_of(record, Fact::Ms17010).is_some();
                assert_eq!(wrong, host.closed_ms17_010, "{record:?}");
            }
            if cell("ConfigurationId") == "scid-54" {
                let off = cell("IsCompliant") == "true";
                let wrong = noise_of(record, Fact::Smb1).is_some();
                assert_eq!(wrong, off == host.smb1_on, "{record:?}");
            }
            if !cell("OSVersion").is_empty() && host.retired_on.is_none() {
                let same = cell("OSVersion").ends_with(&host.build);
                let wrong = noise_of(record, Fact::Build).is_some();
                // A security-only fix changes no revision, so a wrong level may show no difference.
                assert!(
                    wrong || same,
                    "{record:?} {} {}",
                    cell("OSVersion"),
                    host.build
                );
            }
        }
    }
}

#[test]
fn errors_are_as_frequent_as_stated() {
    let estate = large();
    let witness = Witness::new(&estate);
    let (mut positive, mut negative, mut silent) = <(Rate, Rate, Rate)>::default();
    let (mut lies, mut wrong_file) = <(Rate, Rate)>::default();
    for file in unpack(&estate.files) {
        if file.path.contains("/nmap/") {
            let text = file.text();
            let lists_all = text.contains("vulns.showall");
            for (element, ordinal) in host_elements(&text).iter().zip(1..) {
                let (record, host) = witness.record(&file.path, ordinal);
                if element.contains("<hostscript>") {
                    silent.add(element.contains("ERROR"));
                }
                let Some(rest) = element.split("key=\"state\">").nth(1) else {
                    continue;
                };
                let changed = matches!(
                    noise_of(record, Fact::Ms17010),
                    Some(Noise::UpdatedSince | Noise::RebuiltSince)
                );
                if lists_all && !changed {
                    let says_closed = rest.starts_with("NOT");
                    let rate = if host.closed_ms17_010 {
                        &mut positive
                    } else {
                        &mut negative
                    };
                    rate.add(says_closed != host.closed_ms17_010);
                }
            }
        }
        if file
            .path
            .ends_with("DeviceTvmSecureConfigurationAssessment.csv.gz")
        {
            let text = file.text();
            let rows = text.lines().skip(1).zip(1..);
            for (row, ordinal) in rows.filter(|(row, _)| row.contains(",scid-54,")) {
                let (record, host) = witness.record(&file.path, ordinal);
                let changed = noise_of(record, Fact::Smb1) == Some(Noise::ReconfiguredSince);
                if host.smb1_on && !changed {
                    lies.add(row.contains(",true,true,"));
                }
            }
        }
        if let Some(record) = witness.records.get(&(file.path.as_str(), 1))
            && file.path.ends_with(".txt")
        {
            wrong_file.add(noise_of(record, Fact::Identity) == Some(Noise::WrongFile));
        }
    }
    positive.assert_near(noise::SCANNER_FALSE_POSITIVE, "scanner, false positive");
    negative.assert_near(noise::SCANNER_FALSE_NEGATIVE, "scanner, false negative");
    silent.assert_near(noise::SCANNER_NO_ANSWER, "scanner, no answer");
    lies.assert_near(noise::SELF_REPORT_LIES, "settings");
    wrong_file.assert_near(noise::WRONG_FILE, "wrong file");
    let hosts = &estate.truth.hosts;
    let mut retired = Rate::default();
    hosts
        .iter()
        .filter(|host| host.windows)
        .for_each(|host| retired.add(host.retired_on.is_some()));
    // Machines whose address moves, copies and replacements are never retired.
    assert!(
        retired.wrong > 0
            && f64::from(retired.wrong) < 1.5 * noise::RETIRED * f64::from(retired.cases)
    );
}
