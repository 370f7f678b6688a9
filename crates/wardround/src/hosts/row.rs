//! One machine, asked each question once, told to one audience.

use std::collections::BTreeSet;

use jiff::Timestamp;
use wardround_estate::{Estate, Finding, Host, HostId, Product, Question, StatementId};
use wardround_evidence::{
    Disclosure, Identifier, Method, NetworkKind, Role, SourcePath, Truth, visible,
};
use wardround_report::Cell;

use super::field::{Field, Part};

/// From so many days on an age may be told in years.
const DAYS_OF_YEARS: i64 = 1_000;

/// A machine with its verdicts.
pub(super) struct Row<'a> {
    estate: &'a Estate,
    host: &'a Host,
    findings: Vec<(Question, Finding)>,
}

impl<'a> Row<'a> {
    pub(super) fn new(estate: &'a Estate, id: HostId, questions: &[Question]) -> Self {
        Self {
            estate,
            host: estate.host(id),
            findings: questions
                .iter()
                .map(|question| (*question, estate.assess(id, *question)))
                .collect(),
        }
    }

    pub(super) fn truth(&self, question: Question) -> Truth {
        self.finding(question)
            .map_or(Truth::Unknown, |finding| finding.verdict.truth)
    }

    fn finding(&self, question: Question) -> Option<&Finding> {
        let found = self.findings.iter().find(|(asked, _)| *asked == question);
        found.map(|(_, finding)| finding)
    }

    /// What stands in a cell; `terse` is for a line of text.
    pub(super) fn cell(&self, field: Field, names: &Disclosure, terse: bool) -> Cell {
        let networks = self.host.networks.iter().map(|id| self.estate.network(*id));
        match field {
            Field::Organisation => {
                let name = &self.estate.organisation(self.host.organisation).name;
                match name {
                    Some(name) => Cell::text(name.show(names)),
                    None if terse => Cell::text("none named"),
                    None => Cell::Absent,
                }
            }
            Field::Site => one_or_more(
                networks
                    .filter_map(|network| network.site.as_ref())
                    .map(|site| site.show(names)),
            ),
            Field::Network => one_or_more(networks.map(|network| network.name.show(names))),
            Field::NetworkKind => one_or_more(
                networks
                    .filter(|network| !network.assumed)
                    .map(|network| kind_word(network.kind).to_owned()),
            ),
            Field::Name if terse => self.short_name(names),
            Field::Name => {
                let name = self.host.name();
                name.map_or(Cell::Absent, |name| Cell::text(name.show(names)))
            }
            Field::Addresses => Cell::List(self.addresses(names)),
            Field::Role => self
                .host
                .role
                .map_or(Cell::Absent, |role| Cell::text(role_word(role))),
            Field::System if terse => Cell::text(short_system(self.host.product)),
            Field::System => Cell::text(self.host.product.words()),
            Field::Verdict(question, part) => {
                self.finding(question).map_or(Cell::Absent, |finding| {
                    self.verdict(finding, part, names, terse)
                })
            }
            Field::LastSeen => self.host.last_seen.map_or(Cell::Absent, Cell::Moment),
            Field::LastSeenDays => self.age(self.host.last_seen),
            Field::Sources => one_or_more(self.host.statements.iter().map(|id| {
                let source = &self.estate.readings[id.reading as usize].source;
                source.family.to_string()
            })),
        }
    }

    /// The name without its domain, which stands with the organisation; else an address, else whatever it is known by.
    fn short_name(&self, names: &Disclosure) -> Cell {
        if let Some(name) = self.host.name() {
            return Cell::text(if names.names_hosts() {
                visible(&name.short())
            } else {
                name.show(names)
            });
        }
        let address = self.host.address().map(|address| address.show(names));
        let first = || Some(self.host.identifiers.first()?.show(names));
        address.or_else(first).map_or(Cell::Absent, Cell::text)
    }

    fn addresses(&self, names: &Disclosure) -> Vec<String> {
        let addresses = self
            .host
            .identifiers
            .iter()
            .filter_map(|identifier| match identifier {
                Identifier::Address(address) => Some(address.show(names)),
                _ => None,
            });
        addresses.collect()
    }

    fn verdict(&self, finding: &Finding, part: Part, names: &Disclosure, terse: bool) -> Cell {
        let verdict = &finding.verdict;
        match part {
            Part::Truth if terse => self.terse(finding),
            Part::Truth => Cell::text(verdict.truth.word()),
            Part::Method => verdict
                .method
                .map_or(Cell::Absent, |method| Cell::text(method.word())),
            Part::Seen => self.decided_at(finding).map_or(Cell::Absent, Cell::Moment),
            Part::AgeDays => self.age(self.decided_at(finding)),
            Part::Why => Cell::text(&verdict.reason),
            Part::Source => self
                .source(finding)
                .map_or(Cell::Absent, |path| Cell::text(path.show(names))),
        }
    }

    /// `holds t 20d`: tested twenty days ago. Where there is no room, the age goes first: `holds t`; of years they are left,
    /// `holds t 3y`.
    fn terse(&self, finding: &Finding) -> Cell {
        let truth = finding.verdict.truth.word();
        let Some(method) = finding.verdict.method else {
            let whole = truth.to_owned();
            let short = whole.clone();
            return Cell::Shortened { whole, short };
        };
        let bare = format!("{truth} {}", letter(method));
        let (age, shorter) = match self.age(self.decided_at(finding)) {
            Cell::Number(days) if days >= DAYS_OF_YEARS => {
                (format!("{days}d"), format!(" {}y", days / 365))
            }
            Cell::Number(days) => (format!("{days}d"), String::new()),
            _ => ("undated".to_owned(), String::new()),
        };
        Cell::Shortened {
            whole: format!("{bare} {age}"),
            short: bare + &shorter,
        }
    }

    fn decided_at(&self, finding: &Finding) -> Option<Timestamp> {
        let id = finding.deciding()?;
        self.estate.moment(StatementId::from(id))
    }

    fn source(&self, finding: &Finding) -> Option<&SourcePath> {
        let id = finding.deciding()?;
        Some(&self.estate.readings[id.reading as usize].source.path)
    }

    /// Whole days before the as-of moment.
    fn age(&self, moment: Option<Timestamp>) -> Cell {
        moment.map_or(Cell::Absent, |moment| {
            Cell::Number(self.estate.as_of.duration_since(moment).as_hours() / 24)
        })
    }
}

/// Each once, in order.
fn one_or_more(texts: impl Iterator<Item = String>) -> Cell {
    let texts: BTreeSet<String> = texts.collect();
    if texts.is_empty() {
        Cell::Absent
    } else {
        Cell::List(texts.into_iter().collect())
    }
}

/// The letter of a method in a line of text.
const fn letter(method: Method) -> char {
    match method {
        Method::Tested => 't',
        Method::Inventoried => 'i',
        Method::Inferred => 'g',
        Method::Declared => 'd',
    }
}

/// A system in the few letters that a line has for it.
fn short_system(product: Product) -> String {
    match product {
        Product::Unknown => "unknown".to_owned(),
        Product::OtherWindows => "a Windows".to_owned(),
        other => other.words().replace("Windows Server", "Server"),
    }
}

/// The word for a role.
pub(super) const fn role_word(role: Role) -> &'static str {
    match role {
        Role::Workstation => "workstation",
        Role::Server => "server",
        Role::DomainController => "domain controller",
        Role::Appliance => "appliance",
        Role::Clinical => "clinical",
    }
}

const fn kind_word(kind: NetworkKind) -> &'static str {
    match kind {
        NetworkKind::User => "user",
        NetworkKind::Server => "server",
        NetworkKind::Clinical => "clinical",
        NetworkKind::Guest => "guest",
        NetworkKind::Management => "management",
        NetworkKind::Other => "other",
    }
}
