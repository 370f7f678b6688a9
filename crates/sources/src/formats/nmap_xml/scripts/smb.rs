//! Dialects, signing and known flaws of an SMB server, each tested by asking it.

use wardround_evidence::{Cve, Fact, FlawState, Method, Observed, Signing};

use super::{Findings, Script};

/// The words for SMB version 1 in `smb-protocols`: the dialect that Windows NT 4 and later negotiate.
const SMB1_DIALECT: &str = "NT LM 0.12";

/// `smb-protocols`: a list of dialects that the server accepted. An empty list says nothing.
pub(super) fn protocols(script: &Script) -> Findings {
    let cells = script.cells().filter(|cell| cell.table == "dialects");
    let mut dialects: Vec<&str> = cells.map(|cell| cell.text.trim()).collect();
    if dialects.is_empty() {
        dialects = script
            .output()
            .lines()
            .map(str::trim)
            .skip_while(|line| *line != "dialects:")
            .skip(1)
            .collect();
    }
    let is_smb1 = |dialect: &&str| dialect.starts_with(SMB1_DIALECT);
    let is_newer = |dialect: &&str| dialect.starts_with(['2', '3']);
    if dialects.iter().any(is_smb1) {
        tested(Fact::Smb1(true))
    } else if dialects.iter().any(is_newer) {
        tested(Fact::Smb1(false))
    } else {
        Findings::default()
    }
}

/// `smb-security-mode`: the answer in the older protocol.
pub(super) fn signing(script: &Script) -> Findings {
    let words = script
        .cell("message_signing")
        .or_else(|| script.line("message_signing:"))
        .or_else(|| script.line("Message signing "))
        .or_else(|| script.line("SMB Security: Message signing "))
        .unwrap_or_default();
    let signing = match words.split_whitespace().next() {
        Some("required") => Signing::Required,
        Some("supported" | "enabled") => Signing::Enabled,
        Some("disabled") => Signing::Disabled,
        _ => return Findings::default(),
    };
    tested(Fact::SmbSigning(signing))
}

/// `smb2-security-mode`: the answer in version 2 or 3. `disabled and required` contradicts itself and says nothing.
pub(super) fn signing2(script: &Script) -> Findings {
    let cells = script.cells().map(|cell| cell.text.trim());
    let lines = script.output().lines().map(str::trim);
    let signing = cells.chain(lines).find_map(|line| match line {
        "Message signing enabled and required" => Some(Signing::Required),
        "Message signing enabled but not required" => Some(Signing::Enabled),
        "Message signing disabled" | "Message signing is disabled" => Some(Signing::Disabled),
        _ => None,
    });
    signing.map_or_else(Findings::default, |signing| {
        tested(Fact::SmbSigning(signing))
    })
}

/// A script of nmap's `vulns` library: its state is one of a few phrases.
pub(super) fn flaw(script: &Script, cve: Cve) -> Findings {
    let words = script
        .cell("state")
        .or_else(|| script.line("State:"))
        .unwrap_or_default();
    let state = if words.starts_with("LIKELY VULNERABLE") {
        FlawState::Likely
    } else if words.starts_with("NOT VULNERABLE") {
        FlawState::Absent
    } else if words.starts_with("VULNERABLE") {
        FlawState::Present
    } else {
        return Findings::default();
    };
    tested(Fact::Flaw(cve, state))
}

fn tested(fact: Fact) -> Findings {
    Findings {
        names: Vec::new(),
        observed: Some(Observed {
            fact,
            method: Method::Tested,
        }),
    }
}
