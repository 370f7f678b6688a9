//! One host of a scan, gathered until its element ends.

use std::collections::BTreeMap;

use wardround_evidence::{
    Build, Fact, Method, Observed, Port, PortState, Position, Statement, When,
};

use super::plugins::Item;
use super::properties::Properties;
use crate::{ReadError, Sink};

/// A statement numbers its facts with 16 bits. Whatever answers on more ports is no machine but a trap for scanners.
const MOST_PORTS: usize = 60_000;

/// Findings that are no ports: far more than the plugins that are read can give.
const MOST_OTHERS: usize = 1_000;

/// The name of the check under which it is kept whether a scan could look inside a host.
const CREDENTIALED: &str = "nessus-credentialed-checks";

/// A `ReportHost` so far.
pub(super) struct Host {
    pub(super) position: Position,
    pub(super) properties: Properties,
    ports: BTreeMap<(Method, Port), PortState>,
    others: Vec<Observed>,
    credentialed: Option<bool>,
    confidence: Option<u8>,
    kernel: Option<Build>,
    ports_left_out: bool,
    dead: bool,
    patches_not_seen: bool,
    log_in_failed: bool,
    registry_closed: bool,
    no_credentials: bool,
    patches_not_assessed: bool,
}

impl Host {
    /// A host element that begins, with the address or name that the scan was given.
    pub(super) fn begin(position: Position, target: &str) -> Self {
        let mut properties = Properties::default();
        properties.target(target);
        Self {
            position,
            properties,
            ports: BTreeMap::new(),
            others: Vec::new(),
            credentialed: None,
            confidence: None,
            kernel: None,
            ports_left_out: false,
            dead: false,
            patches_not_seen: false,
            log_in_failed: false,
            registry_closed: false,
            no_credentials: false,
            patches_not_assessed: false,
        }
    }

    /// A plugin's report. What one plugin says several times is kept once.
    pub(super) fn item(&mut self, item: &Item, sink: &mut Sink) {
        let findings = item.findings();
        for observed in findings.observed {
            if let Fact::Port(port, state) = observed.fact {
                if self.ports.len() < MOST_PORTS {
                    self.ports.insert((observed.method, port), state);
                } else {
                    self.ports_left_out = true;
                }
            } else if self.others.len() < MOST_OTHERS && !self.others.contains(&observed) {
                self.others.push(observed);
            }
        }
        if let Some(version) = findings.version {
            sink.tool(format!("Nessus {version}"));
        }
        self.credentialed = findings.credentialed.or(self.credentialed);
        self.confidence = findings.confidence.or(self.confidence);
        self.kernel = findings.kernel.or(self.kernel);
        self.dead |= findings.dead;
        self.patches_not_seen |= findings.patches_not_seen;
        self.log_in_failed |= findings.log_in_failed;
        self.registry_closed |= findings.registry_closed;
        self.no_credentials |= findings.no_credentials;
        self.patches_not_assessed |= findings.patches_not_assessed;
    }

    /// Tells the sink. The element has ended.
    pub(super) fn finish(self, sink: &mut Sink) -> Result<(), ReadError> {
        // Older versions have no such property and tell it in the report on the scan.
        let credentialed = self.credentialed.or(self.properties.credentialed);
        let credentialed = credentialed.or(self.no_credentials.then_some(false));
        sink.count(
            match credentialed {
                Some(true) => "hosts_credentialed",
                Some(false) => "hosts_not_credentialed",
                None => "hosts_credentials_unstated",
            },
            1,
        );
        let when = match self.properties.moment() {
            Some((moment, has_zone)) => {
                sink.taken_at(moment);
                if !has_zone {
                    sink.note(
                        "Times of hosts are written without a zone; they are taken to be UTC.",
                    );
                }
                When::At(moment)
            }
            None => {
                sink.count("hosts_undated", 1);
                When::Undated
            }
        };
        let subject = self.properties.subject.clone();
        let mut statement = Statement::new(subject, self.position, when);
        if let Some(answers) = self.answers() {
            statement.observe(Method::Tested, Fact::Answers(answers));
        }
        let inside = if credentialed == Some(true) {
            Method::Inventoried
        } else {
            Method::Inferred
        };
        if let Some(role) = self.properties.role {
            statement.observe(inside, Fact::Role(role));
        }
        let is_guess = inside == Method::Inferred;
        let system = self
            .properties
            .system_with(self.confidence, self.kernel, is_guess);
        if let Some(system) = system {
            sink.count("hosts_with_system", 1);
            statement.observe(inside, Fact::System(system));
        }
        if self.ports_left_out {
            let reason =
                format!("it has more than {MOST_PORTS} open ports; the others are left out");
            sink.skip(self.position, reason);
        }
        for ((method, port), state) in self.ports {
            statement.observe(method, Fact::Port(port, state));
        }
        statement.observed.extend(self.others);
        if let Some(credentialed) = credentialed {
            let check = Fact::Setting(CREDENTIALED.to_owned(), credentialed);
            statement.observe(Method::Tested, check);
        }
        // To be given nothing to log in with is no failure; then a closed registry is none either.
        let failed = self.log_in_failed || self.registry_closed && !self.no_credentials;
        if self.patches_not_seen || failed && credentialed != Some(true) {
            sink.count("hosts_log_in_failed", 1);
            statement.observe(Method::Tested, Fact::LogInFailed);
        } else if self.no_credentials && credentialed != Some(true) {
            sink.count("hosts_without_credentials", 1);
            sink.note(
                "The scan had nothing to log in with on some hosts: it could not see which updates are on them.",
            );
        } else if self.patches_not_assessed {
            sink.count("hosts_patches_not_assessed", 1);
        }
        sink.statement(statement)
    }

    /// Whether it answered: where it is called dead and nothing was found, no. That something was tested and open says yes.
    fn answers(&self) -> Option<bool> {
        let port = |((method, _), state): (&(Method, Port), &PortState)| {
            *method == Method::Tested && *state == PortState::Open
        };
        let other = |observed: &Observed| observed.method == Method::Tested;
        let answered = self.ports.iter().any(port) || self.others.iter().any(other);
        match (answered, self.dead) {
            (true, _) => Some(true),
            (false, true) => Some(false),
            (false, false) => None,
        }
    }
}
