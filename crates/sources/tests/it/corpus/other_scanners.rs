//! Reports of other scanners: each is refused under its own name.

use super::{Corpus, Fate, fate};

#[test]
fn corpus_reports_of_other_scanners_are_refused_by_name() {
    let Some(mut corpus) = Corpus::find() else {
        return;
    };
    for (folder, name) in [
        ("qualys", "Qualys"),
        ("nexpose", "Nexpose"),
        ("openvas", "OpenVAS"),
    ] {
        for file in corpus.files(folder) {
            match fate(&corpus.read(&file)) {
                Fate::Refused(reason) if reason.contains(name) => {}
                Fate::Refused(reason) => {
                    corpus.wrong(&file, format!("it is refused without its name: {reason}"));
                }
                Fate::Read(_) => corpus.wrong(&file, "it is read as what it is not"),
                Fate::Unrecognised => corpus.wrong(&file, "nobody recognises it"),
            }
        }
    }
    corpus.agree();
}
