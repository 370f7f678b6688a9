//! Nessus files of several versions, and exports of it that are refused by name.

use std::collections::BTreeSet;

use wardround_evidence::{
    Cve, Disclosure, Fact, Method, Observed, Port, PortState, Reading, SourceExtent,
};

use super::{Corpus, Fate, count, fate};

#[test]
fn corpus_nessus_agrees_with_what_was_counted() {
    let Some(mut corpus) = Corpus::find() else {
        return;
    };
    for file in corpus.files("nessus") {
        let outcome = corpus.read(&file);
        let is_version_2 = corpus.fact(&file, "root_element") == Some("NessusClientData_v2");
        match fate(&outcome) {
            Fate::Read(reading) if is_version_2 => {
                if reading.source.extent != SourceExtent::Whole {
                    corpus.wrong(&file, "it is whole, and we call it cut");
                }
                compare(&mut corpus, &file, reading);
            }
            Fate::Read(_) => corpus.wrong(&file, "it is read as what it is not"),
            Fate::Refused(reason) if is_version_2 => {
                corpus.wrong(&file, format!("a sound file is refused: {reason}"));
            }
            Fate::Refused(reason) => {
                if !(reason.contains("Nessus") || reason.contains("Tenable")) {
                    corpus.wrong(&file, format!("it is refused without its name: {reason}"));
                }
            }
            Fate::Unrecognised => corpus.wrong(&file, "nobody recognises it"),
        }
    }
    corpus.agree();
}

fn compare(corpus: &mut Corpus, file: &str, reading: &Reading) {
    for (fact, name) in [
        ("report_hosts", "report_hosts"),
        ("report_items", "report_items"),
        ("distinct_plugins", "distinct_plugins"),
        ("hosts_with_operating_system_tag", "hosts_with_system"),
    ] {
        corpus.compare(file, fact, count(reading, name));
    }
    let severities =
        (0..=4).map(|severity| (severity.to_string(), format!("items_severity_{severity}")));
    corpus.compare(file, "items_by_severity", tally(reading, severities));
    let credentials = [
        ("?", "hosts_credentials_unstated"),
        ("no", "hosts_not_credentialed"),
        ("yes", "hosts_credentialed"),
    ];
    let credentials = credentials.map(|(word, name)| (word.to_owned(), name.to_owned()));
    corpus.compare(file, "credentialed_checks", tally(reading, credentials));
    let windows = |seen: &Observed| matches!(&seen.fact, Fact::System(system) if system.name.contains("Windows"));
    corpus.compare(
        file,
        "hosts_os_contains_Windows",
        hosts(reading, windows).len(),
    );
    let is_open = |fact: &Fact, port| *fact == Fact::Port(Port::tcp(port), PortState::Open);
    let has_smb = |seen: &Observed| is_open(&seen.fact, 445);
    // The service that is heard on 139 is the same by its older way.
    let serves_smb = |seen: &Observed| {
        seen.method == Method::Tested && [139, 445].iter().any(|port| is_open(&seen.fact, *port))
    };
    let signing = |seen: &Observed| matches!(seen.fact, Fact::SmbSigning(_));
    let bulletin = Cve::new(2017, 143)..=Cve::new(2017, 148);
    let flaw = |seen: &Observed| matches!(seen.fact, Fact::Flaw(cve, _) if bulletin.contains(&cve));
    let tested = |seen: &Observed| flaw(seen) && seen.method == Method::Tested;
    let listed = |seen: &Observed| flaw(seen) && seen.method == Method::Inventoried;
    let facts: [(&str, Has<'_>); 6] = [
        ("hosts_plugin_57608 (SMB signing not required)", &signing),
        ("hosts_with_item_on_port_445", &has_smb),
        ("hosts_plugin_11011 (SMB service)", &serves_smb),
        ("hosts_with_item_naming_MS17-010_CVEs", &flaw),
        ("hosts_plugin_97833 (MS17-010 uncredentialed)", &tested),
        ("hosts_plugin_97737 (MS17-010 credentialed)", &listed),
    ];
    for (fact, has) in facts {
        compare_hosts(corpus, file, reading, fact, has);
    }
}

/// Whether an observation is of a kind.
type Has<'a> = &'a dyn Fn(&Observed) -> bool;

/// `word=count` for each count that is not zero, joined.
fn tally(reading: &Reading, names: impl IntoIterator<Item = (String, String)>) -> String {
    let counted = names
        .into_iter()
        .map(|(word, name)| (word, count(reading, &name)));
    let shown: Vec<String> = counted
        .filter(|(_, count)| *count > 0)
        .map(|(word, count)| format!("{word}={count}"))
        .collect();
    shown.join(";")
}

/// All identifiers of each statement with a fact.
fn hosts(reading: &Reading, has: impl Fn(&Observed) -> bool) -> Vec<BTreeSet<String>> {
    let with_fact = reading
        .statements
        .iter()
        .filter(|statement| statement.observed.iter().any(&has));
    let team = Disclosure::team();
    with_fact
        .map(|statement| statement.subject.iter().map(|it| it.show(&team)).collect())
        .collect()
}

/// Compares the hosts with a fact: the table names them by what the scan was told to look at.
fn compare_hosts(
    corpus: &mut Corpus,
    file: &str,
    reading: &Reading,
    fact: &str,
    has: impl Fn(&Observed) -> bool,
) {
    let Some(expected) = corpus.fact(file, fact) else {
        return;
    };
    let expected: Vec<String> = expected
        .split(',')
        .filter(|name| *name != "0")
        .map(str::to_owned)
        .collect();
    let found = hosts(reading, has);
    let all = expected
        .iter()
        .all(|name| found.iter().any(|host| host.contains(name)));
    if found.len() != expected.len() || !all {
        let what = format!(
            "{fact} names {} hosts, we found {}",
            expected.len(),
            found.len()
        );
        corpus.wrong(file, what);
    }
}
