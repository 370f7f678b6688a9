//! The names that columns have, and what each holds.

use super::tool::Tool;

/// What a column holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Field {
    Name,
    FullName,
    Serial,
    BiosUuid,
    Mac,
    Address,
    /// The tool's own identifier of the device.
    DeviceId,
    EntraId,
    System,
    SystemVersion,
    SystemBuild,
    /// The last part of a build, in a column of its own.
    SystemRevision,
    ServicePack,
    Kind,
    LastSeen,
    /// When somebody looked: a column that is known by the words of its heading and by the dates in it.
    Checked,
    /// When the state of an update last changed.
    Since,
    Onboarding,
    Health,
    HasClient,
    Smb1,
    /// A column that says whether the fix of March 2017 is on.
    Ms17010,
    /// A column that says whether the flaw that it closes is there.
    Ms17010Open,
    /// A column that says no more than *MS17-010* or *EternalBlue*: the fix, or the flaw.
    Ms17010Alone,
    Update,
    UpdateState,
    /// The state of a machine's updates as a whole, where no update is named.
    PatchStatus,
    InstalledOn,
    InstalledUpdates,
    MissingUpdates,
    RestartPending,
    Compliance,
}

/// How surely a name means its field.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Meaning {
    /// No other kind of list has such a column.
    Sure,
    /// Many kinds of list have one.
    Common,
}

use Field as F;
use Meaning::{Common, Sure};

/// Names in small letters without anything between them, in English and the commonest ones in German and French. Of
/// several columns for one field the earlier in this list is preferred. A name of Configuration Manager's database is here
/// without the `0` at its end, unless it means something else without one. Where Intune writes a number and its word
/// (`OS`, `OS_loc`), the word comes first.
///
/// Left out on purpose are addresses as the internet sees them (`Public IP`), which are a proxy's; a client's own version
/// numbers; Intune's `Management name`, which begins with the name of a user; and its `FeatureUpdateVersion`, to which a
/// machine is to be brought.
pub(super) const NAMES: &[(Field, Meaning, &str)] = &[
    (
        F::Name,
        Sure,
        "devicename computername hostname machinename pcname netbiosname computer systemname \
         servername assetname cmdevicename endpointname samaccountname workstationname workstationid wkid \
         devicedisplayname nodename pscomputername csname computernames hostnames devicenames \
         rechnername gerätename nomdelordinateur nomordinateur nomdhôte",
    ),
    (
        F::Name,
        Common,
        "name device host asset machine server workstation pc endpoint node displayname \
         devices hosts computers machines servers workstations pcs endpoints",
    ),
    (
        F::FullName,
        Sure,
        "fulldomainname fqdn dnshostname computerdnsname fullyqualifieddomainname dnsname resourcenames0",
    ),
    (
        F::Serial,
        Sure,
        "serialnumber serial serialno biosserialnumber servicetag \
         seriennummer numérodesérie",
    ),
    (
        F::BiosUuid,
        Sure,
        "smbiosguid biosuuid biosguid hardwareuuid smbiosuuid",
    ),
    (
        F::Mac,
        Sure,
        "macaddress macaddresses mac macs ethernetmac ethernetmacaddress wifimac wifimacaddress \
         physicaladdress macadresse adressemac",
    ),
    (
        F::Address,
        Sure,
        "ipaddress ipaddresses ip ips deviceips deviceip ipv4address ipv4addresses ipv4 ipv6address \
         wifiipv4address lastipaddress lastip hostip privateip ipadresse ipadressen adresseip",
    ),
    (
        F::DeviceId,
        Common,
        "intunedeviceid deviceid smsuniqueidentifier smsid",
    ),
    (
        F::EntraId,
        Sure,
        "azureaddeviceid aaddeviceid entradeviceid entraiddeviceid microsoftentradeviceid \
         microsoftentraiddeviceid",
    ),
    (
        F::System,
        Sure,
        "operatingsystem osloc os osname osplatform osdescription operatingsystemname caption0 \
         operatingsystemnameandversion operatingsystemnameandversio operatingsystemnameand \
         deviceos windows osedition betriebssystem systèmedexploitation",
    ),
    (
        F::SystemVersion,
        Sure,
        "osversion operatingsystemversion windowsversion osversioninfo operatingsystemrelease \
         windows10version \
         betriebssystemversion versiondusystèmedexploitation",
    ),
    (
        F::SystemBuild,
        Sure,
        "osbuild deviceosbuild operatingsystembuild buildnumber osbuildnumber build build01 windowsbuild \
         windowsbuildnumber currentbuild currentbuildnumber fullbuild buildext",
    ),
    (F::SystemRevision, Sure, "ubr updatebuildrevision"),
    (
        F::ServicePack,
        Sure,
        "servicepack operatingsystemservicepack osservicepack csdversion osservicepackmajornumber",
    ),
    (
        F::Kind,
        Common,
        "devicetypeloc devicetype devicecategory computerrole role type machinetype systemrole",
    ),
    (
        F::LastSeen,
        Sure,
        "lastseen lastdeviceupdate lastcheckin lastcontact lastcontacted lastsyncdatetime lastsync \
         lastreportedstatustime laststatusreport lastactivetime lastactive lastsynctime lastonline \
         lasthardwarescan lasthwscan lastheartbeat lastlogondate lastlogontimestamp \
         lastseenonnetwork lastscanned lastscan lastscandate lastscantime lastinventory \
         lasthw lastonlinetime lastddr lastpolicyrequest agenttime lastreportedinventorytime lastwuscantime \
         lastreporteddatetime lastcheckintime intunelastcheckintime \
         zuletztgesehen letzterkontakt letzterscan letztescan letzteverbindung letzteanmeldung \
         derniercontact dernièreconnexion dernierscan dernièreanalyse dernièresynchronisation",
    ),
    (F::Since, Sure, "laststatuschangetime laststatechange"),
    (F::Onboarding, Sure, "onboardingstatus"),
    (
        F::Health,
        Sure,
        "healthstatus sensorhealthstate sensorhealth",
    ),
    (F::HasClient, Sure, "isclient client clientinstalled"),
    (
        F::Smb1,
        Sure,
        "smb1 smbv1 smb1enabled smbv1enabled enablesmb1protocol",
    ),
    (
        F::Ms17010,
        Sure,
        "ms17010patched ms17010installed patchedms17010 ms17010applied ms17010fixed ms17010patch ms17010fix \
         ms17010patchstatus ms17010patchinstalled eternalbluepatched eternalbluepatch eternalbluefixed \
         wannacrypatch wannacrypatched wannacryfix",
    ),
    (
        F::Ms17010Open,
        Sure,
        "ms17010vulnerable vulnerabletoms17010 eternalbluevulnerable vulnerabletoeternalblue wannacryvulnerable \
         vulnerabletowannacry cve20170144vulnerable",
    ),
    (
        F::Ms17010Alone,
        Sure,
        "ms17010 ms17010status ms17010state ms17010check eternalblue eternalbluestatus eternalbluecheck \
         wannacry wannacrystatus cve20170144",
    ),
    (
        F::Update,
        Sure,
        "updatekb kb kbnumber kbid kbarticle kbarticleid knowledgebasearticle knowledgebasearticles articleid \
         updatetitle updatename update softwareupdate updateid",
    ),
    (F::Update, Common, "title article"),
    (
        F::UpdateState,
        Sure,
        "updateinstallationstate installationstate updatestatus updatestate statedescription \
         installstatus installstate installationstatus patchstatus patchstate patchingstatus",
    ),
    (
        F::UpdateState,
        Common,
        "status state compliancestate compliancestatus statename",
    ),
    (
        F::InstalledOn,
        Common,
        "installedon installdate dateinstalled installeddate installationdate",
    ),
    (
        F::InstalledUpdates,
        Sure,
        "installedupdates installedkbs hotfixes installedpatches installedhotfixes",
    ),
    (
        F::MissingUpdates,
        Sure,
        "missingupdates missingkbs missingpatches requiredupdates neededupdates",
    ),
    (
        F::RestartPending,
        Sure,
        "pendingrestart pendingreboot restartpending rebootpending rebootrequired restartrequired \
         rebootneeded restartneeded needsreboot needsrestart requiresreboot requiresrestart awaitingrestart \
         awaitingreboot isrebootpending isrestartpending",
    ),
    (
        F::Compliance,
        Sure,
        "compliance compliantstateloc compliancestateloc compliant iscompliant compliantstate devicecompliance",
    ),
    (F::Compliance, Common, "compliancestate"),
];

/// Names that mean something in the lists of one tool and anything in those of others: WSUS's console calls the build of a
/// machine its version, as do the views of Configuration Manager; Defender calls the release so (`22H2`). Intune's
/// `ReferenceId` is what its portal calls *Azure AD Device ID*.
pub(super) const NAMES_OF_TOOLS: &[(Tool, Field, &str)] = &[
    (Tool::Defender, F::SystemVersion, "version"),
    (Tool::Intune, F::EntraId, "referenceid"),
    (Tool::UpdateServices, F::SystemVersion, "version"),
    (Tool::ConfigurationManager, F::SystemVersion, "version0"),
];

/// Names that only lists of programs have: what they call a version is a program's.
pub(super) const OF_PROGRAMS: &[&str] = &[
    "publisher",
    "displayname0",
    "displayversion",
    "productname",
    "productversion",
    "softwarename",
    "applicationname",
    "filename",
    "fileversion",
];

/// Names in whose company a `Build` is not what a machine has but what Intune is to bring it to.
pub(super) const OF_AIMS: &[&str] = &["featureupdateversion", "windowsupdateversion"];

/// Names of columns in which a number may be how many there are, and no machine's name.
pub(super) const PLURALS: &[&str] = &[
    "devices",
    "hosts",
    "computers",
    "machines",
    "servers",
    "workstations",
    "pcs",
    "endpoints",
];

/// Names that only lists of findings have: one row there is not a machine.
const OF_FINDINGS: &[&str] = &[
    "qid",
    "cve",
    "portprotocol",
    "riskfactor",
    "vulnerability",
    "weaknessid",
];

/// What such names begin with.
const FINDINGS_BEGIN: &[&str] = &[
    "cvss",
    "cveid",
    "cvenumber",
    "severity",
    "pluginid",
    "nvt",
    "vulnerabilityid",
    "vulnerabilityname",
    "vulnerabilitytitle",
    "vulnerabilityseverity",
];

/// Whether a name is one that only lists of findings have.
pub(super) fn is_of_findings(name: &str) -> bool {
    OF_FINDINGS.contains(&name) || FINDINGS_BEGIN.iter().any(|begin| name.starts_with(begin))
}
