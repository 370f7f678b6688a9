//! What an estate's own description says of its shape; see `docs/estate-description.md`.

use ipnet::IpNet;
use jiff::Timestamp;

use crate::{HostName, NetworkName, OrganisationName, Port, ServiceName, SiteName, SourcePath};

/// One row of a description.
#[derive(Clone, Debug, PartialEq)]
pub enum Declaration {
    /// The moment that the page should speak of.
    AsOf(Timestamp),
    /// An organisation.
    Organisation(Organisation),
    /// A site.
    Site(Site),
    /// A network.
    Network(Network),
    /// A rule at an organisation's border.
    Border(Border),
    /// A rule at a network's boundary inside its organisation.
    Boundary(Boundary),
    /// An exception between two networks or organisations.
    Link(Link),
    /// Rights to log on.
    LogOn(LogOn),
    /// A service.
    Service(DeclaredService),
    /// A claim that a control is in place.
    Claim(Claim),
    /// Who a file or folder may speak for; an empty list means everyone.
    Authority(SourcePath, Vec<OrganisationName>),
    /// The network that the machine behind a scan stood in.
    Vantage(SourcePath, NetworkName),
    /// When undated exports below a path were taken.
    Collected(SourcePath, Timestamp),
}

/// The kinds of organisation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum OrganisationKind {
    /// A general or specialist hospital trust.
    Acute,
    /// A mental health trust.
    MentalHealth,
    /// A community trust.
    Community,
    /// An ambulance trust.
    Ambulance,
    /// A general practice.
    Surgery,
    /// A provider of IT to others.
    Provider,
    /// Anything else.
    Other,
}

/// An organisation as described.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Organisation {
    /// Its identifier in the description.
    pub id: OrganisationName,
    /// Its name, where given.
    pub name: Option<OrganisationName>,
    /// What it is.
    pub kind: OrganisationKind,
    /// Who patches its machines, where that is another organisation.
    pub administrator: Option<OrganisationName>,
    /// DNS suffixes that are its own, in lower case.
    pub domains: Vec<HostName>,
    /// Its region, where given.
    pub region: Option<String>,
}

/// A site as described.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Site {
    /// Its identifier.
    pub id: SiteName,
    /// Whose it is.
    pub organisation: OrganisationName,
    /// Its name, where given.
    pub name: Option<SiteName>,
}

/// The kinds of network.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum NetworkKind {
    /// Desks and laptops.
    User,
    /// Servers.
    Server,
    /// Medical devices; never to be scanned without agreement.
    Clinical,
    /// Visitors.
    Guest,
    /// Administration of equipment.
    Management,
    /// Anything else.
    Other,
}

/// A network as described.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Network {
    /// Its identifier.
    pub id: NetworkName,
    /// Whose it is.
    pub organisation: OrganisationName,
    /// Its blocks.
    pub blocks: Vec<IpNet>,
    /// The routable domain that it belongs to; none means its organisation's own.
    pub realm: Option<String>,
    /// Its site, where given.
    pub site: Option<SiteName>,
    /// Its name, where given.
    pub name: Option<NetworkName>,
    /// What it is for.
    pub kind: NetworkKind,
}

/// Which way a rule looks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Direction {
    /// Towards the inside.
    In,
    /// Towards the outside.
    Out,
}

/// What a rule says.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum RuleState {
    /// Traffic passes.
    Allowed,
    /// Traffic is stopped.
    Denied,
    /// Whoever wrote the description does not know.
    Unknown,
}

/// A rule at an organisation's border.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Border {
    /// Whose border.
    pub organisation: OrganisationName,
    /// Towards which realm; none means all.
    pub realm: Option<String>,
    /// Which way.
    pub direction: Direction,
    /// On which port.
    pub port: Port,
    /// What it does.
    pub state: RuleState,
    /// When that was checked, where given.
    pub checked_on: Option<Timestamp>,
}

/// A rule between a network and the other networks of its organisation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Boundary {
    /// Which network.
    pub network: NetworkName,
    /// Which way.
    pub direction: Direction,
    /// On which port.
    pub port: Port,
    /// What it does.
    pub state: RuleState,
    /// When that was checked, where given.
    pub checked_on: Option<Timestamp>,
}

/// One end of a link: the description names a network or an organisation by the same word.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum LinkEnd {
    /// Could be either; the estate looks among networks first, then organisations.
    Named(NetworkName),
}

/// An exception that holds whatever borders and boundaries say.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Link {
    /// Where conversations start.
    pub from: LinkEnd,
    /// Where they are answered.
    pub to: LinkEnd,
    /// On which port.
    pub port: Port,
    /// What it does.
    pub state: RuleState,
}

/// Rights to log on: who uses the machines of one end may log on to those of the other.
///
/// An end is a machine, or all machines of a network or organisation. The word could be any of them; the estate looks among
/// networks first, then organisations, then the names of machines.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LogOn {
    /// Where the users are.
    pub from: HostName,
    /// Where they may log on.
    pub to: HostName,
}

/// A service as described.
#[derive(Clone, Debug, PartialEq)]
pub struct DeclaredService {
    /// Its identifier.
    pub id: ServiceName,
    /// Whose it is.
    pub organisation: OrganisationName,
    /// Its name, where given.
    pub name: Option<ServiceName>,
    /// Networks whose hosts it needs.
    pub networks: Vec<NetworkName>,
    /// Hosts that it needs, by name.
    pub hosts: Vec<HostName>,
    /// Services that it needs.
    pub services: Vec<ServiceName>,
    /// Units of activity on an ordinary weekday, where given.
    pub activity_per_weekday: Option<f64>,
    /// Of a unit that cannot be done electronically, the share (0 to 100 %) that is kept up on paper, where given.
    pub kept_on_paper_percent: Option<f64>,
    /// Of units not done, the share (0 to 100 %) that is done on a later day, where given.
    pub postponed_percent: Option<f64>,
    /// The kind of activity, where given: a word that those who count losses know.
    pub activity: Option<String>,
}

/// What a claim says of its control.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ClaimStatus {
    /// It is there.
    InPlace,
    /// It is there in part.
    Partly,
    /// It is not there.
    NotMet,
}

/// Someone's statement that a control is in place.
#[derive(Clone, Debug, PartialEq)]
pub struct Claim {
    /// Its identifier.
    pub id: String,
    /// Who claims it.
    pub organisation: OrganisationName,
    /// Which control, e.g. `ms17_010_closed`.
    pub control: String,
    /// What is claimed.
    pub status: ClaimStatus,
    /// When.
    pub claimed_on: Timestamp,
    /// The role of whoever signed it; never a person's name.
    pub signed_by_role: Option<String>,
    /// The share of machines that the claim says it covers, in per cent.
    pub threshold_percent: Option<f64>,
}
