//! Pages of the Microsoft Defender API, loose and in an archive.

use wardround_evidence::Disclosure;

use super::{Corpus, Fate, count, fate};

#[test]
fn corpus_defender_agrees_with_what_was_counted() {
    let Some(mut corpus) = Corpus::find() else {
        return;
    };
    for file in corpus.files("defender") {
        let outcome = corpus.read(&file);
        if let Some(members) = corpus.fact(&file, "zip_members") {
            let expected: Vec<String> = members
                .split(',')
                .filter(|member| !member.ends_with('/'))
                .map(|member| format!("{file}/{member}"))
                .collect();
            let read: Vec<String> = outcome
                .readings
                .iter()
                .map(|reading| reading.source.path.show(&Disclosure::team()))
                .collect();
            if read != expected {
                corpus.wrong(&file, format!("{} members were read", read.len()));
            }
            for reading in &outcome.readings {
                if reading.statements.is_empty() {
                    corpus.wrong(&file, "a member names no machine");
                }
            }
            continue;
        }
        match fate(&outcome) {
            Fate::Read(reading) => {
                for (fact, name) in [
                    ("records", "records"),
                    ("distinct_machineId", "distinct_machines"),
                    ("distinct_cveId", "distinct_cves"),
                ] {
                    corpus.compare(&file, fact, count(reading, name));
                }
            }
            Fate::Refused(reason) => corpus.wrong(&file, format!("it is refused: {reason}")),
            Fate::Unrecognised => corpus.wrong(&file, "nobody recognises it"),
        }
    }
    corpus.agree();
}
