//! One machine of a page.

use serde_json::Value;
use wardround_evidence::{Fact, Identifier, Method, Position, Statement, System, When};

use super::text;
use crate::defender::{ENTRA_SCHEME, SCHEME, Seen, build_of, moment, reporting, role};
use crate::json_rows::JsonRow;
use crate::{ReadError, Sink};

/// How many addresses are taken from one machine; a genuine one has a few.
const MOST_ADDRESSES: usize = 64;

/// Keeps what a machine says. A property that cannot be read costs itself only.
pub(super) fn machine(
    position: Position,
    object: &JsonRow,
    seen: &mut Seen,
    sink: &mut Sink,
) -> Result<(), ReadError> {
    if let Some(id) = text(object, "id") {
        seen.machine(id, sink)?;
    }
    let last_seen = text(object, "lastSeen");
    let when = last_seen.and_then(moment).map_or(When::Undated, When::At);
    if last_seen.is_some() && when == When::Undated {
        sink.skip(
            position,
            "`lastSeen` is no time; the machine is kept undated",
        );
    }
    let mut statement = Statement::new(identifiers(object), position, when);
    let onboarding = text(object, "onboardingStatus");
    let method = match onboarding {
        Some(status) if !status.eq_ignore_ascii_case("onboarded") => Method::Inferred,
        _ => Method::Inventoried,
    };
    // `Other` is the service's word for what it does not know.
    let platform = text(object, "osPlatform").filter(|platform| *platform != "Other");
    if let Some(platform) = platform {
        let version = text(object, "version").filter(|version| *version != "Other");
        let number = object
            .get("osBuild")
            .and_then(Value::as_u64)
            .map(|number| number.to_string());
        let system = System {
            name: format!("{platform} {}", version.unwrap_or_default())
                .trim_end()
                .to_owned(),
            build: build_of(platform, text(object, "osVersion"), number.as_deref()),
            is_guess: method == Method::Inferred,
            ..System::default()
        };
        statement.observe(method, Fact::System(system));
    }
    if let Some(role) = role(None, None, platform.unwrap_or_default()) {
        statement.observe(method, Fact::Role(role));
    }
    if let Some(reports) = reporting(onboarding, text(object, "healthStatus")) {
        statement.observe(Method::Inventoried, Fact::AgentReporting(reports));
    }
    sink.statement(statement)
}

fn identifiers(object: &JsonRow) -> Vec<Identifier> {
    let mut found = Vec::new();
    for name in ["id", "mergedIntoMachineId"] {
        found.extend(text(object, name).and_then(|id| Identifier::agent(SCHEME, id)));
    }
    let entra = text(object, "aadDeviceId");
    found.extend(entra.and_then(|id| Identifier::agent(ENTRA_SCHEME, id)));
    found.extend(text(object, "computerDnsName").and_then(Identifier::name));
    found.extend(text(object, "lastIpAddress").and_then(address));
    let cards = object.get("ipAddresses").and_then(Value::as_array);
    let cards = cards.into_iter().flatten().filter_map(Value::as_object);
    for card in cards.take(MOST_ADDRESSES) {
        found
            .extend(text(card, "macAddress").and_then(|mac| mac.parse().ok().map(Identifier::Mac)));
        // The address of a card that is down is nobody's now.
        if text(card, "operationalStatus") != Some("Down") {
            found.extend(text(card, "ipAddress").and_then(address));
        }
    }
    found
}

fn address(text: &str) -> Option<Identifier> {
    text.parse().ok().and_then(Identifier::address)
}
