//! `DeviceInfo` and the operating systems of `DeviceTvmSoftwareInventory`.
//!
//! Columns: "DeviceInfo table in the advanced hunting schema" and "DeviceTvmSoftwareInventory table
//! in the advanced hunting schema" (learn.microsoft.com/defender-xdr).

use super::collecting::Body;
use super::said::{Said, false_facts};
use super::table_text::{Column, TableText, Type};
use crate::calendar::{AS_OF, Moment};
use crate::hosts::{Host, Role};
use crate::noise;
use crate::random::Draws;
use crate::truth::{Damage, DamagedFile};

/// The columns of `DeviceInfo`.
pub(crate) const DEVICE_INFO: &[Column] = &[
    ("Timestamp", Type::Time),
    ("DeviceId", Type::Text),
    ("DeviceName", Type::Text),
    ("ClientVersion", Type::Text),
    ("PublicIP", Type::Text),
    ("OSArchitecture", Type::Text),
    ("OSPlatform", Type::Text),
    ("OSBuild", Type::Whole),
    ("IsAzureADJoined", Type::Truth),
    ("JoinType", Type::Text),
    ("AadDeviceId", Type::Text),
    ("LoggedOnUsers", Type::Text),
    ("RegistryDeviceTag", Type::Text),
    ("OSVersion", Type::Text),
    ("MachineGroup", Type::Text),
    ("ReportId", Type::Whole),
    ("OnboardingStatus", Type::Text),
    ("AdditionalFields", Type::Text),
    ("DeviceCategory", Type::Text),
    ("DeviceType", Type::Text),
    ("DeviceSubtype", Type::Text),
    ("Model", Type::Text),
    ("Vendor", Type::Text),
    ("OSDistribution", Type::Text),
    ("OSVersionInfo", Type::Text),
    ("MergedDeviceIds", Type::Text),
    ("MergedToDeviceId", Type::Text),
    ("IsInternetFacing", Type::Truth),
    ("SensorHealthState", Type::Text),
    ("IsExcluded", Type::Truth),
    ("ExclusionReason", Type::Text),
    ("ExposureLevel", Type::Text),
    ("AssetValue", Type::Text),
    ("DeviceManualTags", Type::Text),
    ("DeviceDynamicTags", Type::Text),
    ("ConnectivityType", Type::Text),
    ("HostDeviceId", Type::Text),
];

/// The columns of `DeviceTvmSoftwareInventory`.
pub(crate) const SOFTWARE_INVENTORY: &[Column] = &[
    ("DeviceId", Type::Text),
    ("DeviceName", Type::Text),
    ("OSPlatform", Type::Text),
    ("OSVersion", Type::Text),
    ("OSArchitecture", Type::Text),
    ("SoftwareVendor", Type::Text),
    ("SoftwareName", Type::Text),
    ("SoftwareVersion", Type::Text),
    ("EndOfSupportStatus", Type::Text),
    ("EndOfSupportDate", Type::Time),
    ("ProductCodeCpe", Type::Text),
];

/// The moments at which a machine's agent reported, oldest first. Some fell silent.
pub(crate) fn reports(host: &Host) -> Vec<Moment> {
    let mut draws = Draws::keyed(host.key, "reports", 0);
    let mut moments: Vec<Moment> = [
        Moment::utc(2025, 5, 26, 7, 0, 0),
        Moment::utc(2025, 6, 9, 7, 0, 0),
        Moment::utc(2025, 6, 22, 20, 0, 0),
    ]
    .into_iter()
    .map(|from| from.plus_seconds(draws.below(34 * 3_600) as i64))
    .collect();
    if draws.chance(0.06) {
        moments.truncate(draws.between(1, 2) as usize);
    }
    moments.retain(|at| host.present(*at) && *at <= AS_OF);
    moments
}

/// The machines that the vulnerability service knows on the day of the export, by identifier.
pub(crate) fn known_devices<'a>(body: &Body<'a>) -> Vec<(&'a Host, Moment)> {
    let mut known: Vec<(&Host, Moment)> = body
        .machines
        .hosts
        .iter()
        .filter_map(|host| {
            let last = *reports(host).last()?;
            (!host.state(last).agent.is_empty()).then_some((host, last))
        })
        .collect();
    known.sort_by(|one, other| {
        (one.0.state(one.1).agent, one.0.id).cmp(&(other.0.state(other.1).agent, other.0.id))
    });
    known
}

/// `ws0123.infirmary.northmere.example`.
pub(crate) fn full_name(body: &Body<'_>, name: &str) -> String {
    format!("{}.{}", name.to_lowercase(), body.organisation.domain)
}

/// Fills `DeviceInfo`: several rows per machine over time, and machines that were only seen.
pub(crate) fn device_info(body: &Body<'_>, table: &mut TableText, damaged: &mut Vec<DamagedFile>) {
    let mut rows: Vec<(Moment, &Host)> = Vec::new();
    for host in &body.machines.hosts {
        rows.extend(reports(host).into_iter().map(|at| (at, host)));
    }
    rows.sort_by_key(|(at, host)| (std::cmp::Reverse(*at), host.id));
    let group = format!("{} devices", body.organisation.name);
    let tag = body.organisation.short.as_str();
    for (at, host) in rows {
        let mut draws = Draws::keyed(host.key, "row", at.0 as u64);
        let state = host.state(at);
        let seen_only = state.agent.is_empty();
        if seen_only && !Draws::keyed(host.key, "seen", 0).chance(0.12) {
            continue;
        }
        let agent = match seen_only {
            true => Draws::keyed(host.key, "seen", 1).hex(40),
            false => state.agent.to_owned(),
        };
        let name = host.name_at(at);
        let fqdn = full_name(body, name);
        let time = at.iso_ticks(draws.bits());
        let report = draws.below(600_000).to_string();
        let windows = state.release.is_windows();
        let build = if windows {
            state.release.build.to_string()
        } else {
            String::new()
        };
        let users = if host.role == Role::Workstation && draws.chance(0.02) {
            format!(
                "[{{\"UserName\":\"shared.login{}\",\"DomainName\":\"{tag}\"}}]",
                draws.below(40)
            )
        } else {
            "[]".to_owned()
        };
        let (maker, model, _) = crate::names::COMPUTERS[host.computer];
        let before = merged(host, &agent);
        let silent = at < Moment::utc(2025, 6, 17, 0, 0, 0) && reports(host).len() < 3;
        let cells = [
            time.as_str(),
            agent.as_str(),
            fqdn.as_str(),
            if seen_only { "" } else { "10.8805.19041.5915" },
            if seen_only { "" } else { "198.51.100.17" },
            if windows { "64-bit" } else { "" },
            state.release.platform,
            build.as_str(),
            if seen_only { "" } else { "true" },
            if seen_only {
                ""
            } else {
                "Hybrid Azure AD Join"
            },
            if seen_only {
                ""
            } else {
                host.directory_id.as_str()
            },
            users.as_str(),
            if seen_only { "" } else { tag },
            state.release.version,
            if seen_only {
                "UnassignedGroup"
            } else {
                group.as_str()
            },
            report.as_str(),
            match (seen_only, windows) {
                (false, _) => "Onboarded",
                (true, true) => "Can be onboarded",
                (true, false) => "Unsupported",
            },
            "",
            category(host.role),
            device_type(host.role),
            "",
            if windows { model } else { "" },
            if windows { maker } else { "" },
            "",
            state.release.version_name,
            before.as_str(),
            "",
            "false",
            if seen_only {
                ""
            } else if silent {
                "Inactive"
            } else {
                "Active"
            },
            "false",
            "",
            if seen_only { "" } else { "Medium" },
            "Normal",
            "",
            "",
            if seen_only { "" } else { "Standard" },
            "",
        ];
        let said = Said {
            name: Some(name),
            agent: !seen_only,
            system: windows,
            ..Said::default()
        };
        table.row(host.id, false_facts(host, at, &said), &cells);
        if draws.chance(noise::SHORT_ROW)
            && let Some(ordinal) = table.short_row(&cells)
        {
            let file = table.text.file.clone();
            damaged.push(DamagedFile {
                file,
                damage: Damage::ShortRow { ordinal },
            });
        }
    }
}

/// The former identifier that the service has joined to this one.
///
/// It notices only half of the machines that were re-imaged.
fn merged(host: &Host, agent: &str) -> String {
    match &host.periods[..] {
        [old, new]
            if old.agent != new.agent
                && agent == new.agent
                && Draws::keyed(host.key, "merged", 0).chance(0.5) =>
        {
            format!("[\"{}\"]", old.agent)
        }
        _ => String::new(),
    }
}

fn category(role: Role) -> &'static str {
    match role {
        Role::Printer | Role::MedicalDevice | Role::GuestDevice => "IoT",
        Role::Appliance => "Network Device",
        _ => "Endpoint",
    }
}

fn device_type(role: Role) -> &'static str {
    match role {
        Role::Server => "Server",
        Role::Printer => "Printer",
        Role::Appliance => "Network Device",
        Role::MedicalDevice => "Medical",
        Role::GuestDevice => "Mobile",
        _ => "Workstation",
    }
}

/// Fills the inventory with each machine's operating system: a query that asked for no more.
pub(crate) fn systems(body: &Body<'_>, table: &mut TableText, _: &mut Vec<DamagedFile>) {
    for (host, at) in known_devices(body) {
        let state = host.state(at);
        let version = state.release.full_version(state.level);
        let name = host.name_at(at);
        let fqdn = full_name(body, name);
        let ended = state.release.support_ended;
        let ended_time = if ended.is_empty() {
            String::new()
        } else {
            format!("{ended}T00:00:00Z")
        };
        let said = Said {
            name: Some(name),
            agent: true,
            system: true,
            build: true,
            closed: (state.release.updates[state.level].revision > 0).then(|| state.closed()),
            ..Said::default()
        };
        let cells = [
            state.agent,
            fqdn.as_str(),
            state.release.platform,
            version.as_str(),
            "x64",
            "microsoft",
            state.release.software,
            version.as_str(),
            if ended.is_empty() { "" } else { "EOS Version" },
            ended_time.as_str(),
            "Not Available",
        ];
        table.row(host.id, false_facts(host, at, &said), &cells);
    }
}
