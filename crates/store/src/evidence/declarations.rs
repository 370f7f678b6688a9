//! Rows of a description as a kind and named values.

use jiff::Timestamp;
use wardround_evidence::{
    Border, Boundary, Claim, Declaration, DeclaredService, HostName, Link, LinkEnd, LogOn, Network,
    NetworkName, Organisation, OrganisationName, ServiceName, Site, SiteName, SourcePath,
};

use super::fields::Fields;
use super::words::Word;

/// A declaration's kind and values.
pub(crate) fn fields(declaration: &Declaration) -> (&'static str, Fields) {
    let empty = Fields::default();
    match declaration {
        Declaration::AsOf(moment) => ("as_of", empty.with("moment", moment.to_string())),
        Declaration::Organisation(it) => ("organisation", organisation(it)),
        Declaration::Site(it) => (
            "site",
            empty
                .with("id", it.id.as_key())
                .with("organisation", it.organisation.as_key())
                .with_some("name", it.name.as_ref().map(SiteName::as_key)),
        ),
        Declaration::Network(it) => ("network", network(it)),
        Declaration::Border(it) => (
            "border",
            empty
                .with("organisation", it.organisation.as_key())
                .with_some("realm", it.realm.clone())
                .with("direction", it.direction.word())
                .with("port", it.port.to_string())
                .with("state", it.state.word())
                .with_some("checked_on", it.checked_on.map(text)),
        ),
        Declaration::Boundary(it) => (
            "boundary",
            empty
                .with("network", it.network.as_key())
                .with("direction", it.direction.word())
                .with("port", it.port.to_string())
                .with("state", it.state.word())
                .with_some("checked_on", it.checked_on.map(text)),
        ),
        Declaration::Link(it) => (
            "link",
            empty
                .with("from", end(&it.from))
                .with("to", end(&it.to))
                .with("port", it.port.to_string())
                .with("state", it.state.word()),
        ),
        Declaration::LogOn(it) => (
            "log_on",
            empty
                .with("from", it.from.as_key())
                .with("to", it.to.as_key()),
        ),
        Declaration::Service(it) => ("service", service(it)),
        Declaration::Claim(it) => (
            "claim",
            empty
                .with("id", it.id.clone())
                .with("organisation", it.organisation.as_key())
                .with("control", it.control.clone())
                .with("status", it.status.word())
                .with("claimed_on", it.claimed_on.to_string())
                .with_some("signed_by_role", it.signed_by_role.clone())
                .with_some("threshold_percent", it.threshold_percent.map(number)),
        ),
        Declaration::Authority(path, organisations) => (
            "authority",
            empty
                .with("path", path.as_key())
                .with_all("organisation", organisations.iter().map(|it| it.as_key())),
        ),
        Declaration::Vantage(path, network) => (
            "vantage",
            empty
                .with("path", path.as_key())
                .with("network", network.as_key()),
        ),
        Declaration::Collected(path, moment) => (
            "collected",
            empty
                .with("path", path.as_key())
                .with("moment", moment.to_string()),
        ),
    }
}

fn organisation(it: &Organisation) -> Fields {
    Fields::default()
        .with("id", it.id.as_key())
        .with_some("name", it.name.as_ref().map(OrganisationName::as_key))
        .with("kind", it.kind.word())
        .with_some(
            "administrator",
            it.administrator.as_ref().map(OrganisationName::as_key),
        )
        .with_all("domain", it.domains.iter().map(|name| name.as_key()))
        .with_some("region", it.region.clone())
}

fn network(it: &Network) -> Fields {
    Fields::default()
        .with("id", it.id.as_key())
        .with("organisation", it.organisation.as_key())
        .with_all("block", it.blocks.iter().map(ToString::to_string))
        .with_some("realm", it.realm.clone())
        .with_some("site", it.site.as_ref().map(SiteName::as_key))
        .with_some("name", it.name.as_ref().map(NetworkName::as_key))
        .with("kind", it.kind.word())
}

fn service(it: &DeclaredService) -> Fields {
    Fields::default()
        .with("id", it.id.as_key())
        .with("organisation", it.organisation.as_key())
        .with_some("name", it.name.as_ref().map(ServiceName::as_key))
        .with_all("network", it.networks.iter().map(|name| name.as_key()))
        .with_all("host", it.hosts.iter().map(|name| name.as_key()))
        .with_all("service", it.services.iter().map(|name| name.as_key()))
        .with_some("activity_per_weekday", it.activity_per_weekday.map(number))
        .with_some(
            "kept_on_paper_percent",
            it.kept_on_paper_percent.map(number),
        )
        .with_some("postponed_percent", it.postponed_percent.map(number))
        .with_some("activity", it.activity.clone())
}

fn end(it: &LinkEnd) -> String {
    match it {
        LinkEnd::Named(name) => name.as_key().to_owned(),
    }
}

fn text(moment: Timestamp) -> String {
    moment.to_string()
}

/// The shortest text that is the same number again.
fn number(value: f64) -> String {
    value.to_string()
}

/// What a kind with its values declares; `None` for what this program never writes.
pub(crate) fn read(kind: &str, fields: &Fields) -> Option<Declaration> {
    let organisation_name = || fields.first("organisation").map(OrganisationName::new);
    let network_name = |text: &str| NetworkName::new(text);
    let own = |name: &str| fields.first(name).map(str::to_owned);
    Some(match kind {
        "as_of" => Declaration::AsOf(fields.parsed("moment")?),
        "organisation" => Declaration::Organisation(Organisation {
            id: OrganisationName::new(fields.first("id")?),
            name: fields.first("name").map(OrganisationName::new),
            kind: fields.word("kind")?,
            administrator: fields.first("administrator").map(OrganisationName::new),
            domains: fields.all("domain").map(HostName::new).collect(),
            region: own("region"),
        }),
        "site" => Declaration::Site(Site {
            id: SiteName::new(fields.first("id")?),
            organisation: organisation_name()?,
            name: fields.first("name").map(SiteName::new),
        }),
        "network" => Declaration::Network(Network {
            id: network_name(fields.first("id")?),
            organisation: organisation_name()?,
            blocks: fields
                .all("block")
                .map(|block| block.parse().ok())
                .collect::<Option<_>>()?,
            realm: own("realm"),
            site: fields.first("site").map(SiteName::new),
            name: fields.first("name").map(network_name),
            kind: fields.word("kind")?,
        }),
        "border" => Declaration::Border(Border {
            organisation: organisation_name()?,
            realm: own("realm"),
            direction: fields.word("direction")?,
            port: fields.parsed("port")?,
            state: fields.word("state")?,
            checked_on: fields.parsed_if_there("checked_on")?,
        }),
        "boundary" => Declaration::Boundary(Boundary {
            network: network_name(fields.first("network")?),
            direction: fields.word("direction")?,
            port: fields.parsed("port")?,
            state: fields.word("state")?,
            checked_on: fields.parsed_if_there("checked_on")?,
        }),
        "link" => Declaration::Link(Link {
            from: LinkEnd::Named(network_name(fields.first("from")?)),
            to: LinkEnd::Named(network_name(fields.first("to")?)),
            port: fields.parsed("port")?,
            state: fields.word("state")?,
        }),
        "log_on" => Declaration::LogOn(LogOn {
            from: HostName::new(fields.first("from")?),
            to: HostName::new(fields.first("to")?),
        }),
        "service" => Declaration::Service(DeclaredService {
            id: ServiceName::new(fields.first("id")?),
            organisation: organisation_name()?,
            name: fields.first("name").map(ServiceName::new),
            networks: fields.all("network").map(network_name).collect(),
            hosts: fields.all("host").map(HostName::new).collect(),
            services: fields.all("service").map(ServiceName::new).collect(),
            activity_per_weekday: fields.parsed_if_there("activity_per_weekday")?,
            kept_on_paper_percent: fields.parsed_if_there("kept_on_paper_percent")?,
            postponed_percent: fields.parsed_if_there("postponed_percent")?,
            activity: own("activity"),
        }),
        "claim" => Declaration::Claim(Claim {
            id: own("id")?,
            organisation: organisation_name()?,
            control: own("control")?,
            status: fields.word("status")?,
            claimed_on: fields.parsed("claimed_on")?,
            signed_by_role: own("signed_by_role"),
            threshold_percent: fields.parsed_if_there("threshold_percent")?,
        }),
        "authority" => Declaration::Authority(
            SourcePath::new(fields.first("path")?),
            fields
                .all("organisation")
                .map(OrganisationName::new)
                .collect(),
        ),
        "vantage" => Declaration::Vantage(
            SourcePath::new(fields.first("path")?),
            network_name(fields.first("network")?),
        ),
        "collected" => Declaration::Collected(
            SourcePath::new(fields.first("path")?),
            fields.parsed("moment")?,
        ),
        _ => return None,
    })
}
