//! The names that columns have, and what each holds.

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
    /// A column that says no more than *MS17-010*: the fix, or the flaw.
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
/// several columns for one field the earlier in this list is preferred. Addresses as the internet sees them (`Public IP`)
/// are left out on purpose: they are a proxy's; so are a client's own version numbers, and Intune's `Management name`, which
/// begins with the name of a user.
pub(super) const NAMES: &[(Field, Meaning, &str)] = &[
    (
        F::Name,
        Sure,
        "devicename computername hostname machinename pcname netbiosname netbiosname0 computer systemname \
         servername assetname cmdevicename endpointname samaccountname \
         rechnername gerätename nomdelordinateur nomordinateur nomdhôte",
    ),
    (
        F::Name,
        Common,
        "name name0 device host asset machine server workstation displayname",
    ),
    (
        F::FullName,
        Sure,
        "fulldomainname fqdn dnshostname computerdnsname fullyqualifieddomainname dnsname",
    ),
    (
        F::Serial,
        Sure,
        "serialnumber serialnumber0 serial serialno biosserialnumber servicetag \
         seriennummer numérodesérie",
    ),
    (
        F::BiosUuid,
        Sure,
        "smbiosguid smbiosguid0 biosuuid biosguid hardwareuuid smbiosuuid",
    ),
    (
        F::Mac,
        Sure,
        "macaddress macaddresses macaddress0 mac ethernetmac ethernetmacaddress wifimac wifimacaddress \
         physicaladdress macadresse adressemac",
    ),
    (
        F::Address,
        Sure,
        "ipaddress ipaddresses ipaddresses0 ip ips ipv4address ipv4 ipv6address lastipaddress lastip \
         privateip ipadresse ipadressen adresseip",
    ),
    (
        F::DeviceId,
        Common,
        "deviceid smsuniqueidentifier smsuniqueidentifier0 smsid intunedeviceid",
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
        "operatingsystem os osname osplatform osdescription operatingsystemname \
         operatingsystemnameandversion operatingsystemnameandversion0 operatingsystemnameandversio0 \
         caption0 deviceos windows osedition betriebssystem systèmedexploitation",
    ),
    (
        F::SystemVersion,
        Sure,
        "osversion operatingsystemversion windowsversion osversioninfo version0 operatingsystemrelease \
         betriebssystemversion versiondusystèmedexploitation",
    ),
    (
        F::SystemBuild,
        Sure,
        "osbuild deviceosbuild operatingsystembuild buildnumber osbuildnumber build build0 windowsbuild \
         fullbuild buildext",
    ),
    (
        F::ServicePack,
        Sure,
        "servicepack operatingsystemservicepack csdversion csdversion0",
    ),
    (
        F::Kind,
        Common,
        "devicetype devicecategory role type machinetype systemrole",
    ),
    (
        F::LastSeen,
        Sure,
        "lastseen lastdeviceupdate lastcheckin lastcontact lastcontacted lastsyncdatetime lastsync \
         lastreportedstatustime laststatusreport lastactivetime lastactive lastsynctime lastonline \
         lasthardwarescan lasthwscan lastheartbeat lastlogondate lastlogontimestamp \
         lastseenonnetwork lastscanned lastscan lastscandate lastscantime lastinventory \
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
    (
        F::HasClient,
        Sure,
        "isclient client client0 clientinstalled",
    ),
    (
        F::Smb1,
        Sure,
        "smb1 smbv1 smb1enabled smbv1enabled enablesmb1protocol",
    ),
    (
        F::Ms17010,
        Sure,
        "ms17010patched ms17010installed patchedms17010 ms17010applied ms17010fixed wannacrypatch wannacrypatched",
    ),
    (F::Ms17010Alone, Sure, "ms17010"),
    (
        F::Update,
        Sure,
        "updatekb kb kbnumber kbid kbarticle knowledgebasearticle knowledgebasearticles articleid \
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
        "compliance compliant iscompliant compliantstate devicecompliance",
    ),
    (F::Compliance, Common, "compliancestate"),
];

/// Names that only lists of findings have: one row there is not a machine.
pub(super) const OF_FINDINGS: &[&str] = &[
    "cvss",
    "severity",
    "pluginid",
    "qid",
    "nvtname",
    "nvtoid",
    "riskfactor",
    "portprotocol",
];
