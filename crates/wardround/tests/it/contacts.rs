//! Listings of ports and described log-on rights, from files to what the page says of them.

use crate::exports::{nmap, nmap_host};
use crate::sandbox::Sandbox;

const DESCRIPTION: &str = "[[organisation]]\nid = \"ward\"\nkind = \"acute\"\ndomains = [\"ward.example\"]\n\n\
    [[collected]]\npath = \"netstat\"\non = \"2025-06-23T10:00:00Z\"\n";

/// Two machines in networks of their own, and what `netstat` and a table of log-ons say.
fn sandbox(sockets: &str, log_ons: &str) -> Sandbox {
    let hosts = nmap_host("10.20.30.7", "xray-07.ward.example")
        + &nmap_host("10.20.40.8", "store-08.ward.example");
    let listing = format!(
        "\nActive Connections\n\n  Proto  Local Address          Foreign Address        State\n  \
         TCP    0.0.0.0:135            0.0.0.0:0              LISTENING\n{sockets}"
    );
    let sandbox = Sandbox::with(&[
        ("scan.xml", nmap(&hosts)),
        ("estate.toml", DESCRIPTION.to_owned()),
        ("netstat/xray-07.txt", listing),
    ]);
    if !log_ons.is_empty() {
        sandbox.export("log_ons.csv", format!("log_on_from,to\n{log_ons}"));
    }
    sandbox
}

fn socket(peer: &str, state: &str) -> String {
    format!("  TCP    10.20.30.7:50001       {peer}          {state}\n")
}

fn of_notpetya(sandbox: &Sandbox) -> serde_json::Value {
    let page = sandbox.report(&["--threat", "notpetya", "--format", "json"]);
    serde_json::from_str(&page).unwrap()
}

fn note(document: &serde_json::Value) -> Option<&str> {
    let mut notes = document["estate_notes"].as_array().unwrap().iter();
    notes.find_map(|note| note.as_str().filter(|note| note.contains("onversations")))
}

/// What the page assumes of something, by its first words.
fn assumed<'a>(document: &'a serde_json::Value, words: &str) -> &'a str {
    let mut lines = document["assumptions"].as_array().unwrap().iter();
    let line = lines.find(|line| line["what"].as_str().unwrap().starts_with(words));
    line.unwrap()["value"].as_str().unwrap()
}

#[test]
fn an_established_conversation_is_told_and_used() {
    let sockets = socket("10.20.40.8:445", "ESTABLISHED") + &socket("10.9.9.9:443", "ESTABLISHED");
    let document = of_notpetya(&sandbox(&sockets, ""));
    assert_eq!(
        note(&document),
        Some(
            "Conversations in listings of ports: 2 seen, 1 used (pairs of machines, by port and direction: 1), left out: 1 with an address at which no machine is known at that time."
        )
    );
    // The other way is known too, though it is not proven.
    let value = assumed(&document, "machines that one machine speaks with");
    assert!(
        value.ends_with(
            "of 2 conversations seen in listings 1 are used and 1 left out, which gives 2 ways from one machine to another"
        ),
        "{value}"
    );
}

#[test]
fn half_open_and_refused_connections_are_no_conversations() {
    let states = ["SYN_SENT", "SYN_RECEIVED", "TIME_WAIT", "CLOSE_WAIT"];
    let sockets = states.map(|state| socket("10.20.40.8:445", state)).concat()
        // By this alone the machine is known.
        + &socket("10.9.9.9:443", "ESTABLISHED");
    let document = of_notpetya(&sandbox(&sockets, ""));
    assert!(note(&document).unwrap().contains("1 seen, 0 used"));
}

#[test]
fn a_listed_right_is_told_and_a_row_that_names_nobody_has_its_line() {
    let document = of_notpetya(&sandbox("", "xray-07,store-08\nxray-07,store-99\n"));
    let value = assumed(&document, "machines that the users of one machine");
    assert!(
        value.ends_with("besides, the description lists 1 ways from one machine to another"),
        "{value}"
    );
    let mut sources = document["sources"].as_array().unwrap().iter();
    let table = sources
        .find(|source| source["path"] == "log_ons.csv")
        .unwrap();
    let told = table["skipped_examples"].as_array().unwrap();
    assert_eq!(
        told,
        &["line 3: `to` names no network, organisation or machine that is known"]
    );
}
