//! Listings of sockets.

use wardround_evidence::{Disclosure, Fact, Port, PortState};

use super::{Corpus, Fate, count, fate};

#[test]
fn corpus_netstat_agrees_with_what_was_counted() {
    let Some(mut corpus) = Corpus::find() else {
        return;
    };
    for file in corpus.files("netstat") {
        // What another program made of the listing beside it is no listing.
        let is_listing = corpus.fact(&file, "LISTENING_or_LISTEN_lines").is_some();
        match fate(&corpus.read(&file)) {
            Fate::Read(reading) if is_listing => {
                let listening = count(reading, "sockets_listening");
                corpus.compare(&file, "LISTENING_or_LISTEN_lines", listening);
                let smb = Fact::Port(Port::tcp(445), PortState::Open);
                let [statement] = &reading.statements[..] else {
                    corpus.wrong(&file, "it is of one machine");
                    continue;
                };
                if !statement
                    .observed
                    .iter()
                    .any(|observed| observed.fact == smb)
                {
                    corpus.wrong(&file, "it listens on 445");
                }
                let team = Disclosure::team();
                let known_by: Vec<String> =
                    statement.subject.iter().map(|it| it.show(&team)).collect();
                if known_by != ["192.168.31.221"] {
                    corpus.wrong(&file, format!("the machine is known by {known_by:?}"));
                }
            }
            Fate::Read(_) => corpus.wrong(&file, "it is read as what it is not"),
            Fate::Refused(reason) if !is_listing && reason.contains("netstat") => {}
            Fate::Refused(_) | Fate::Unrecognised => corpus.wrong(&file, "it is not read"),
        }
    }
    corpus.agree();
}
