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
            "sitecode",
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
            "managedby",
            "primaryuserupn",
            "lastcheckin",
            "enrollmentdate",
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
            "lastlogondate",
            "lastlogontimestamp",
        ],
    ),
];

impl Tool {
    /// The tool of a heading.
    pub(super) fn of_heading(names: &[&str]) -> Self {
        let names: Vec<String> = names.iter().map(|name| plain(name)).collect();
        let has = |signs: &[&str]| {
            signs
                .iter()
                .any(|sign| names.iter().any(|name| name == sign))
        };
        let found = SIGNS.iter().find(|(_, signs)| has(signs));
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
