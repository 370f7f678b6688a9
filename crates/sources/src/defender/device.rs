//! Rows of `DeviceInfo`: one machine as it reported at one time.

use wardround_evidence::{Fact, Identifier, Method, Position, Statement, System, When};

use super::values::{build_of, elements, is_onboarded, reporting, role, truth};
use super::{ENTRA_SCHEME, Row, SCHEME};
use crate::{ReadError, Sink};

/// How many identifiers of one kind are taken from one row; a genuine device has a few.
const MOST_IDENTIFIERS: usize = 64;

/// Keeps what a row says. `PublicIP` is the address that the service saw, perhaps a proxy's, and never an identifier.
pub(super) fn device(
    position: Position,
    row: &impl Row,
    when: When,
    sink: &mut Sink,
) -> Result<(), ReadError> {
    let mut statement = Statement::new(identifiers(row), position, when);
    let onboarding = row.text("OnboardingStatus");
    let health = row.text("SensorHealthState");
    // What is not onboarded was discovered from outside.
    let method = match is_onboarded(onboarding.as_deref()) {
        Some(false) => Method::Inferred,
        _ => Method::Inventoried,
    };
    let platform = row.text("OSPlatform").unwrap_or_default();
    if !platform.is_empty() {
        let version = row.text("OSVersion");
        let number = row.text("OSBuild");
        let info = row.text("OSVersionInfo").unwrap_or_default();
        let system = System {
            name: format!("{platform} {info}").trim_end().to_owned(),
            build: build_of(&platform, version.as_deref(), number.as_deref()),
            is_guess: method == Method::Inferred,
            ..System::default()
        };
        statement.observe(method, Fact::System(system));
    }
    let (kind, category) = (row.text("DeviceType"), row.text("DeviceCategory"));
    if let Some(role) = role(kind.as_deref(), category.as_deref(), &platform) {
        statement.observe(method, Fact::Role(role));
    }
    if let Some(reports) = reporting(onboarding.as_deref(), health.as_deref()) {
        statement.observe(Method::Inventoried, Fact::AgentReporting(reports));
    }
    // Only what was found to face the internet is flagged, so "false" is silence ("Identify internet-facing devices").
    if row.text("IsInternetFacing").as_deref().and_then(truth) == Some(true) {
        statement.observe(Method::Inventoried, Fact::InternetFacing(true));
    }
    sink.statement(statement)
}

/// The identifiers of a row: the device's own, those that it had before, its name, and addresses where a query joined them.
pub(super) fn identifiers(row: &impl Row) -> Vec<Identifier> {
    let mut found = Vec::new();
    for column in ["DeviceId", "MergedToDeviceId"] {
        if let Some(id) = row.text(column) {
            found.extend(Identifier::agent(SCHEME, &id));
        }
    }
    if let Some(text) = row.text("MergedDeviceIds") {
        let ids = elements(&text).filter_map(|id| Identifier::agent(SCHEME, id));
        found.extend(ids.take(MOST_IDENTIFIERS));
    }
    if let Some(text) = row.text("AadDeviceId") {
        found.extend(Identifier::agent(ENTRA_SCHEME, &text));
    }
    if let Some(text) = row.text("DeviceName") {
        found.extend(Identifier::name(&text));
    }
    if let Some(text) = row.text("MacAddress") {
        let macs = elements(&text).filter_map(|mac| mac.parse().ok());
        found.extend(macs.map(Identifier::Mac).take(MOST_IDENTIFIERS));
    }
    if let Some(text) = row.text("IPAddresses") {
        // A list of objects whose member `IPAddress` comes before its prefix; names of members are no addresses.
        let addresses = elements(&text)
            .map(|element| element.trim_start_matches(':'))
            .filter(|element| element.contains(['.', ':']))
            .filter_map(|element| element.parse().ok());
        found.extend(
            addresses
                .filter_map(Identifier::address)
                .take(MOST_IDENTIFIERS),
        );
    }
    found
}
