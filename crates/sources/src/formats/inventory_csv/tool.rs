//! Which tool wrote a list, by columns that only it has.

use wardround_evidence::{Identifier, Method};

use super::columns::plain;
use crate::defender::{FAMILY, SCHEME};

/// What a list was exported from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Tool {
    ConfigurationManager,
    Defender,
    Intune,
    UpdateServices,
    ActiveDirectory,
    /// Nothing tells: someone made the list.
    Unnamed,
}

/// Columns that lists of other makers have, too: one of them tells nothing, and two of a tool do.
const WEAK_SIGNS: &[(Tool, &[&str])] = &[
    (
        Tool::ConfigurationManager,
        &["sitecode", "laststatuschangetime", "laststatechange"],
    ),
    (
        Tool::Intune,
        &[
            "managedby",
            "enrollmentdate",
            "azureaddeviceid",
            "intunelastcheckintime",
        ],
    ),
    (
        Tool::ActiveDirectory,
        &[
            "lastlogondate",
            "dnshostname",
            "objectguid",
            "passwordlastset",
            "whencreated",
        ],
    ),
];

/// Columns that tell, the surer first.
const SIGNS: &[(Tool, &[&str])] = &[
    (
        Tool::Defender,
        &[
            "onboardingstatus",
            "sensorhealthstate",
            "exposurelevel",
            "lastdeviceupdate",
        ],
    ),
    (
        Tool::UpdateServices,
        &[
            "updateinstallationstate",
            "lastreportedstatustime",
            "laststatusreport",
            "requestedtargetgroupname",
            "requestedtargetgroupnames",
            "computertargetgroups",
            "updateapprovalaction",
            "lastreportedinventorytime",
            "installednotapplicablepercentage",
            "syncsfromdownstreamserver",
            "osservicepackmajornumber",
        ],
    ),
    (
        Tool::ConfigurationManager,
        &[
            "resourceid",
            "smsid",
            "smsuniqueidentifier",
            "smsuniqueidentifier0",
            "clientactivestatus",
            "deviceosbuild",
            "name0",
            "netbiosname0",
            "operatingsystemnameand0",
            "fulldomainname0",
            "resourcenames0",
            "resourcedomainorworkgr0",
            "caption0",
            "csdversion0",
            "build01",
            "clientversion0",
            "adsitename0",
            "ipaddresses0",
            "macaddresses0",
            "smbiosguid0",
            "isclient",
            "clientactivity",
            "deviceonlinestatus",
            "lastpolicyrequest",
            "lastddr",
            "lasthardwarescan",
            "lasthwscan",
        ],
    ),
    (
        Tool::Intune,
        &[
            "primaryuserupn",
            "lastcheckin",
            "compliantstate",
            "compliancestateloc",
            "intunedeviceid",
            "managementagents",
            "ingraceperioduntil",
            "devicehealththreatlevel",
            "aggregatestate",
            "currentdeviceupdatestatus",
            "lastwuscantime",
            "featureupdateversion",
            "expeditequreleasedate",
            "malwareprotectionenabled",
            "managementname",
            "deviceenrollmenttype",
            "lastsyncdatetime",
        ],
    ),
    (
        Tool::ActiveDirectory,
        &[
            "distinguishedname",
            "samaccountname",
            "useraccountcontrol",
            "lastlogontimestamp",
        ],
    ),
];

impl Tool {
    /// The tool of a heading.
    pub(super) fn of_heading(names: &[&str]) -> Self {
        let names: Vec<String> = names.iter().map(|name| plain(name)).collect();
        let of = |signs: &[&str]| {
            let mut of = signs.to_vec();
            of.retain(|sign| names.iter().any(|name| name == sign));
            of.len()
        };
        let is_sure = |(tool, signs): &&(Self, &[&str])| {
            let mut weak = WEAK_SIGNS.iter().filter(|(other, _)| other == tool);
            of(signs) > 0 || weak.any(|(_, signs)| of(signs) > 1)
        };
        let found = SIGNS.iter().find(is_sure);
        found.map_or(Self::Unnamed, |(tool, _)| *tool)
    }

    /// The words for it; none where nothing tells.
    pub(super) const fn words(self) -> Option<&'static str> {
        match self {
            Self::ConfigurationManager => Some("Microsoft Configuration Manager, by its columns"),
            Self::Defender => Some("Microsoft Defender portal, by its columns"),
            Self::Intune => Some("Microsoft Intune, by its columns"),
            Self::UpdateServices => Some("Windows Server Update Services, by its columns"),
            Self::ActiveDirectory => Some("Active Directory, by its columns"),
            Self::Unnamed => None,
        }
    }

    /// Whose count of machines it belongs to.
    pub(super) const fn family(self) -> &'static str {
        match self {
            Self::ConfigurationManager => "Microsoft Configuration Manager",
            Self::Defender => FAMILY,
            Self::Intune => "Microsoft Intune",
            Self::UpdateServices => "Windows Server Update Services",
            Self::ActiveDirectory => "Active Directory",
            Self::Unnamed => "lists of machines",
        }
    }

    /// How it knows what it says of a machine that has its client.
    pub(super) const fn method(self) -> Method {
        match self {
            Self::Unnamed => Method::Declared,
            _ => Method::Inventoried,
        }
    }

    /// A device's identifier in it. What a home-made list calls so may be anything.
    pub(super) fn identifier(self, text: &str) -> Option<Identifier> {
        let scheme = match self {
            Self::Defender => SCHEME,
            Self::Intune => "intune",
            Self::ConfigurationManager => "configmgr",
            Self::UpdateServices | Self::ActiveDirectory | Self::Unnamed => return None,
        };
        // Configuration Manager writes `GUID:` before its own.
        let bare = text
            .get(..5)
            .filter(|start| start.eq_ignore_ascii_case("guid:"));
        Identifier::agent(scheme, bare.map_or(text, |_| &text[5..]))
    }
}

#[cfg(test)]
mod tests {
    use super::Tool;

    #[test]
    fn what_many_lists_have_is_the_sign_of_a_tool_only_beside_another() {
        for (heading, expected) in [
            ("Computer name,OS,Site code,Last seen", Tool::Unnamed),
            ("Hostname,Managed by,OS,Last seen", Tool::Unnamed),
            ("Name,Operating System,Last logon date", Tool::Unnamed),
            ("Computer name,Managed by,Site code", Tool::Unnamed),
            ("Name,Site code,IsClient", Tool::ConfigurationManager),
            ("ResourceID,Name,SiteCode", Tool::ConfigurationManager),
            ("Device name,Last check-in,Managed by", Tool::Intune),
            ("Device name,Managed by,Primary user UPN", Tool::Intune),
            ("Name,DNSHostName,LastLogonDate", Tool::ActiveDirectory),
        ] {
            let names: Vec<&str> = heading.split(',').collect();
            assert_eq!(Tool::of_heading(&names), expected, "{heading}");
        }
    }
}
