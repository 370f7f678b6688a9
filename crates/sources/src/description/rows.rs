//! What each row of a description declares.

use wardround_evidence::{
    Border, Boundary, Claim, Declaration, DeclaredService, HostName, Link, LinkEnd, LogOn, Network,
    NetworkKind, NetworkName, Organisation, OrganisationName, ServiceName, Site, SiteName,
};

use super::values::{
    CLAIM_STATUSES, DIRECTIONS, NETWORK_KINDS, ORGANISATION_KINDS, RULE_STATES, block, choice,
    moment, number, path, port,
};
use super::{Fields, TableKind};

/// Interprets one row of a table; the error says what of it cannot be used, quoting no content.
pub(crate) fn declare(kind: TableKind, row: &dyn Fields) -> Result<Declaration, String> {
    Ok(match kind {
        TableKind::Organisations => Declaration::Organisation(organisation(row)?),
        TableKind::Sites => Declaration::Site(Site {
            id: SiteName::new(row.first()?),
            organisation: OrganisationName::new(row.required("organisation")?),
            name: row.text("name")?.map(SiteName::new),
        }),
        TableKind::Networks => Declaration::Network(network(row)?),
        TableKind::Borders => Declaration::Border(Border {
            organisation: OrganisationName::new(row.first()?),
            realm: row.text("realm")?,
            direction: choice("direction", &row.required("direction")?, DIRECTIONS)?,
            port: port(&row.required("port")?)?,
            state: choice("state", &row.required("state")?, RULE_STATES)?,
            checked_on: optional_moment(row, "checked_on")?,
        }),
        TableKind::Boundaries => Declaration::Boundary(Boundary {
            network: NetworkName::new(row.first()?),
            direction: choice("direction", &row.required("direction")?, DIRECTIONS)?,
            port: port(&row.required("port")?)?,
            state: choice("state", &row.required("state")?, RULE_STATES)?,
            checked_on: optional_moment(row, "checked_on")?,
        }),
        TableKind::Links => Declaration::Link(Link {
            from: LinkEnd::Named(NetworkName::new(row.first()?)),
            to: LinkEnd::Named(NetworkName::new(row.required("to")?)),
            port: port(&row.required("port")?)?,
            state: choice("state", &row.required("state")?, RULE_STATES)?,
        }),
        TableKind::LogOns => Declaration::LogOn(LogOn {
            from: HostName::new(row.first()?),
            to: HostName::new(row.required("to")?),
        }),
        TableKind::Services => Declaration::Service(service(row)?),
        TableKind::Claims => Declaration::Claim(claim(row)?),
        TableKind::Authorities => Declaration::Authority(path(&row.first()?)?, authority(row)?),
        TableKind::Vantages => Declaration::Vantage(
            path(&row.first()?)?,
            NetworkName::new(row.required("network")?),
        ),
        TableKind::Collections => {
            Declaration::Collected(path(&row.first()?)?, moment("on", &row.required("on")?)?)
        }
    })
}

fn organisation(row: &dyn Fields) -> Result<Organisation, String> {
    Ok(Organisation {
        id: OrganisationName::new(row.first()?),
        name: row.text("name")?.map(OrganisationName::new),
        kind: choice("kind", &row.required("kind")?, ORGANISATION_KINDS)?,
        administrator: row.text("administrator")?.map(OrganisationName::new),
        domains: row
            .list("domains")?
            .iter()
            .map(|domain| HostName::new(domain.trim_matches('.').to_lowercase()))
            .collect(),
        region: row.text("region")?,
    })
}

fn network(row: &dyn Fields) -> Result<Network, String> {
    let blocks = row.list("cidr")?;
    if blocks.is_empty() {
        return Err("`cidr` is required and not stated".to_owned());
    }
    Ok(Network {
        id: NetworkName::new(row.first()?),
        organisation: OrganisationName::new(row.required("organisation")?),
        blocks: blocks
            .iter()
            .map(|text| block(text))
            .collect::<Result<_, _>>()?,
        realm: row.text("realm")?,
        site: row.text("site")?.map(SiteName::new),
        name: row.text("name")?.map(NetworkName::new),
        kind: match row.text("kind")? {
            Some(text) => choice("kind", &text, NETWORK_KINDS)?,
            None => NetworkKind::Other,
        },
    })
}

/// Units that one service may do a day: thirty times what all of England's hospitals see of outpatients.
const MOST_A_DAY: f64 = 1e7;

fn service(row: &dyn Fields) -> Result<DeclaredService, String> {
    Ok(DeclaredService {
        id: ServiceName::new(row.first()?),
        organisation: OrganisationName::new(row.required("organisation")?),
        name: row.text("name")?.map(ServiceName::new),
        networks: names(row, "depends_on_networks", NetworkName::new)?,
        hosts: names(row, "depends_on_hosts", HostName::new)?,
        services: names(row, "depends_on_services", ServiceName::new)?,
        activity_per_weekday: optional_number(row, "activity_per_weekday", MOST_A_DAY)?,
        kept_on_paper_percent: optional_number(row, "kept_on_paper_percent", 100.0)?,
        postponed_percent: optional_number(row, "postponed_percent", 100.0)?,
        activity: row.text("activity")?,
    })
}

fn claim(row: &dyn Fields) -> Result<Claim, String> {
    Ok(Claim {
        id: row.first()?,
        organisation: OrganisationName::new(row.required("organisation")?),
        control: row.required("control")?,
        status: choice("status", &row.required("status")?, CLAIM_STATUSES)?,
        claimed_on: moment("claimed_on", &row.required("claimed_on")?)?,
        signed_by_role: row.text("signed_by_role")?,
        threshold_percent: optional_number(row, "threshold_percent", 100.0)?,
    })
}

/// The organisations that a path may speak for; none means everyone, which the description writes `*`.
fn authority(row: &dyn Fields) -> Result<Vec<OrganisationName>, String> {
    let named = row.list("organisations")?;
    match &named[..] {
        [] => Err("`organisations` is required and not stated; `*` means all of them".to_owned()),
        [all] if all == "*" => Ok(Vec::new()),
        several if several.iter().any(|name| name == "*") => {
            Err("`organisations` must be a list of organisations, or `*` alone".to_owned())
        }
        several => Ok(several
            .iter()
            .map(|name| OrganisationName::new(name.as_str()))
            .collect()),
    }
}

fn names<T>(
    row: &dyn Fields,
    name: &'static str,
    make: impl Fn(String) -> T,
) -> Result<Vec<T>, String> {
    Ok(row.list(name)?.into_iter().map(make).collect())
}

fn optional_moment(
    row: &dyn Fields,
    name: &'static str,
) -> Result<Option<jiff::Timestamp>, String> {
    row.text(name)?.map(|text| moment(name, &text)).transpose()
}

fn optional_number(row: &dyn Fields, name: &'static str, most: f64) -> Result<Option<f64>, String> {
    row.text(name)?
        .map(|text| number(name, &text, most))
        .transpose()
}
