//! Rows of `DeviceTvmSecureConfigurationAssessment`: settings that an agent checked on its machine.

use wardround_evidence::{Fact, Method, Position, Statement, When};

use super::Row;
use super::device::identifiers;
use super::values::truth;
use crate::{ReadError, Sink};

/// The longest identifier that is kept; Microsoft's have up to ten characters.
const LONGEST_ID: usize = 64;

/// What a check means for a worm, where its identifier is known; any other stays a setting under its identifier.
///
/// Microsoft names the checks in the table `DeviceTvmSecureConfigurationAssessmentKB` of each tenant and on no page of its
/// documentation. The names here are those that public copies of that table agree on:
///
/// - `scid-54`, "Disable SMBv1 server" (`scid-53` is the client driver, which a worm does not enter by);
/// - `scid-2070`, "Turn on Microsoft Defender Firewall": whether it is on, which does not say what it lets in. What
///   `scid-2071` to `scid-2073` ask of each profile is nowhere stated;
/// - `scid-2004`, "Enable EDR in block mode" ("Endpoint detection and response in block mode" on learn.microsoft.com).
fn meaning(id: &str, passed: bool) -> Option<Fact> {
    match id {
        "scid-54" => Some(Fact::Smb1(!passed)),
        "scid-2004" => Some(Fact::AgentBlocks(passed)),
        "scid-2070" => Some(Fact::HostFirewall(passed)),
        _ => None,
    }
}

/// Keeps what a row says. A check that does not apply to a machine says nothing of it.
pub(super) fn setting(
    position: Position,
    row: &impl Row,
    when: When,
    sink: &mut Sink,
) -> Result<(), ReadError> {
    let id = row
        .text("ConfigurationId")
        .unwrap_or_default()
        .to_ascii_lowercase();
    let is_id = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_');
    if id.len() > LONGEST_ID || !id.bytes().all(is_id) {
        sink.skip(position, "`ConfigurationId` is no identifier");
        return Ok(());
    }
    if row.text("IsApplicable").as_deref().and_then(truth) == Some(false) {
        sink.count("rows_not_applicable", 1);
        return Ok(());
    }
    let Some(passed) = row.text("IsCompliant").as_deref().and_then(truth) else {
        sink.skip(position, "`IsCompliant` is neither true nor false");
        return Ok(());
    };
    let mut statement = Statement::new(identifiers(row), position, when);
    let fact = meaning(&id, passed).unwrap_or(Fact::Setting(id, passed));
    statement.observe(Method::Inventoried, fact);
    sink.statement(statement)
}
