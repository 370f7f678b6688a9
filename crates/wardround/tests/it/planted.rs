//! An estate whose every name, address and identifier is planted, so that each can be looked for in an output.

use std::io::{Cursor, Write};

use crate::exports::nmap;
use crate::sandbox::Sandbox;

/// Part of every name that was planted; no word of ours holds it.
pub(crate) const STEM: &str = "zqplant";

/// Part of every name of an organisation, which the board may read.
pub(crate) const ORGANISATION: &str = "kvorgan";

/// Every address, in the form in which it was planted.
pub(crate) const ADDRESSES: [&str; 11] = [
    "10.231.77.13",
    "10.231.77.14",
    "10.231.77.15",
    "10.231.77.16",
    "10.231.77.17",
    "10.231.77.0/24",
    "10.231.78.0/24",
    "198.51.100.77",
    "fd5a:e1c7:9::13",
    "192.168.231.9",
    "10.231.78.200",
];

/// Hardware addresses, agents' identifiers and serial numbers.
pub(crate) const IDENTIFIERS: [&str; 9] = [
    "00:1b:5e:c3:9a:71",
    "001b5ec39a72",
    "9e00000000000000000000000000000000005a01",
    "9e00000000000000000000000000000000005a02",
    "9e00000000000000000000000000000000005a03",
    "9e00000000000000000000000000000000005a04",
    "7c1de9a4-2618-4b8e-9591-41f0491218f9",
    "00371-777-5550007-85123",
    "sn5e77a90c1",
];

/// Names that the team must be able to read on the page of this estate.
pub(crate) const SHOWN_TO_THE_TEAM: [&str; 9] = [
    "zqplant-ptr.zqplant-domain.example",
    "zqplant-sys",
    "10.231.77.13",
    "zqplant-network",
    "zqplant-folder/zqplant-scan.xml",
    "zqplant-pack.zip/zqplant-member.txt",
    "kvorgan one trust",
    "zqplant-notes.txt",
    "zqplant control",
];

/// The folder, in every format that there is.
pub(crate) fn estate() -> Sandbox {
    let sandbox = Sandbox::new();
    sandbox.export("zqplant-folder/zqplant-scan.xml", scan());
    sandbox.export("zqplant-folder/zqplant-pack.zip", zip(&systeminfo()));
    sandbox.export("zqplant-hotfix.txt", hotfix());
    sandbox.export("kvorgan-one/zqplant-info.csv", device_info());
    sandbox.export("zqplant-vulnerabilities.csv", VULNERABILITIES);
    sandbox.export("zqplant-hunting.json", HUNTING);
    sandbox.export("zqplant-machines.json", MACHINES);
    sandbox.export(
        "zqplant-notes.txt",
        "zqplant-secret: nobody knows this file",
    );
    sandbox.export(
        "zqplant-broken.xml",
        "<nmaprun><!DOCTYPE x [<!ENTITY zqplant-entity \"b\">]>",
    );
    for (name, table) in TABLES {
        sandbox.export(&format!("zqplant-estate/{name}.csv"), table);
    }
    sandbox
}

fn scan() -> String {
    let host = |address: &str, mac: &str, name: &str, smb: &str, state: &str| {
        format!(
            "<host starttime=\"1750669201\"><status state=\"up\" reason=\"arp-response\"/>\
             <address addr=\"{address}\" addrtype=\"ipv4\"/>\
             <address addr=\"{mac}\" addrtype=\"mac\" vendor=\"zqplant-vendor\"/>\
             <hostnames><hostname name=\"{name}\" type=\"PTR\"/></hostnames>\
             <ports><port protocol=\"tcp\" portid=\"445\"><state state=\"open\" reason=\"syn-ack\"/>\
             <service name=\"microsoft-ds\" product=\"zqplant-product\" hostname=\"ZQPLANT-SERVICE-HOST\"/></port></ports>\
             <os><osmatch name=\"Microsoft Windows 7 zqplant-os\" accuracy=\"99\"/></os>\
             <hostscript><script id=\"smb-os-discovery\" output=\"Computer name: {smb}\">\
             <elem key=\"os\">Windows 7 Professional 7601 Service Pack 1 zqplant-smb-os</elem>\
             <elem key=\"server\">{smb}\\x00</elem><elem key=\"domain_dns\">zqplant-domain.example</elem>\
             <elem key=\"fqdn\">{smb}.zqplant-domain.example</elem></script>\
             <script id=\"smb-protocols\" output=\"x\"><table key=\"dialects\">\
             <elem>NT LM 0.12 (SMBv1) [dangerous, but default]</elem></table></script>\
             <script id=\"smb-vuln-ms17-010\" output=\"x\"><table key=\"CVE-2017-0143\">\
             <elem key=\"state\">{state}</elem><table key=\"ids\"><elem>CVE:CVE-2017-0143</elem></table></table></script>\
             </hostscript></host>\n"
        )
    };
    nmap(
        &(host(
            "10.231.77.13",
            "00:1B:5E:C3:9A:71",
            "zqplant-ptr.zqplant-domain.example",
            "ZQPLANT-SMB",
            "VULNERABLE",
        ) + &host(
            "10.231.77.14",
            "00:1B:5E:C3:9A:72",
            "ZqPlant-Mixed.zqplant-domain.example",
            "ZQPLANT-OTHER",
            "VULNERABLE",
        )),
    )
}

fn systeminfo() -> String {
    crate::exports::systeminfo("ZQPLANT-SYS", "10.231.77.15", &["KB976902"])
        .replace("7 Professional", "7 Professional zqplant-edition")
        .replace(
            "System Locale",
            "Registered Owner:          zqplant-owner\nRegistered Organization:   kvorgan owner\n\
             Product ID:                00371-777-5550007-85123\nSystem Model:              SN5E77A90C1\n\
             Domain:                    zqplant-domain.example\nLogon Server:              \\\\ZQPLANT-DC\nSystem Locale",
        )
        .replace("Ethernet Adapter", "zqplant-card\n                                 DHCP Server:     192.168.231.9")
}

/// A text of a machine whose verdict rests on its system's own name and build.
pub(crate) fn newer_systeminfo() -> String {
    crate::exports::systeminfo("ZQPLANT-NEW", "10.231.77.18", &["KB5060533"])
        .replace("7 Professional", "10 Pro zqplant-release")
        .replace(
            "6.1.7601 Service Pack 1 Build 7601",
            "10.0.19045 N/A Build 19045",
        )
}

fn hotfix() -> String {
    let row = "ZQPLANT-FIX   Security Update  KB4012212  ZQPLANT-FIX\\zqplant-admin  3/14/2019 12:00:00 AM\n";
    format!(
        "\nSource        Description      HotFixID   InstalledBy                InstalledOn\n\
         ------        -----------      --------   -----------                -----------\n{row}\n"
    )
}

fn device_info() -> String {
    crate::exports::device_info(&[
        (
            "9e00000000000000000000000000000000005a01",
            "zqplant-csv.zqplant-domain.example",
            19045,
        ),
        (
            "9e00000000000000000000000000000000005a02",
            "zqplant-twin.zqplant-domain.example",
            7601,
        ),
        (
            "9e00000000000000000000000000000000005a05",
            "zqplant-twin",
            7601,
        ),
    ])
    .replace("a.person", "zqplant-person")
    .replace("203.0.113.9", "198.51.100.77")
}

const VULNERABILITIES: &str = "DeviceId,DeviceName,OSPlatform,OSVersion,OSArchitecture,SoftwareVendor,SoftwareName,SoftwareVersion,CveId,VulnerabilitySeverityLevel,RecommendedSecurityUpdate,RecommendedSecurityUpdateId,CveTags
9e00000000000000000000000000000000005a02,zqplant-twin.zqplant-domain.example,Windows7,,64-bit,microsoft,windows_7,6.1.7601.23677,CVE-2017-0144,High,Security Updates,4012215,\"[]\"
9e00000000000000000000000000000000005a02,zqplant-twin
";

const HUNTING: &str = r#"{"Schema":[{"Name":"Timestamp","Type":"String"},{"Name":"DeviceId","Type":"String"},{"Name":"DeviceName","Type":"String"},{"Name":"OSPlatform","Type":"String"},{"Name":"OSBuild","Type":"String"}],
"Results":[{"Timestamp":"2025-06-20T08:15:00Z","DeviceId":"9e00000000000000000000000000000000005a03","DeviceName":"zqplant-json.zqplant-domain.example","PublicIP":"198.51.100.77","OSPlatform":"Windows10","OSBuild":19045,"AadDeviceId":"7c1de9a4-2618-4b8e-9591-41f0491218f9","LoggedOnUsers":"[{\"UserName\":\"zqplant-json-person\"}]","OSVersion":"10.0","OnboardingStatus":"Onboarded","DeviceType":"Workstation","SensorHealthState":"Active"}]}
"#;

const MACHINES: &str = r#"{"@odata.context":"https://zqplant-tenant.example/api/$metadata#Machines","value":[{"id":"9e00000000000000000000000000000000005a04","computerDnsName":"zqplant-api.zqplant-domain.example","lastSeen":"2025-06-20T08:15:00Z","osPlatform":"Windows10","version":"22H2","osBuild":19045,"lastIpAddress":"10.231.77.16","lastExternalIpAddress":"198.51.100.77","healthStatus":"Active","onboardingStatus":"Onboarded","machineTags":["zqplant-tag"],"ipAddresses":[{"ipAddress":"10.231.77.17","macAddress":"001B5EC39A72","type":"Ethernet","operationalStatus":"Up"},{"ipAddress":"fd5a:e1c7:9::13","macAddress":"001B5EC39A73","type":"Ethernet","operationalStatus":"Up"}]}]}
"#;

const TABLES: [(&str, &str); 9] = [
    (
        "organisations",
        "organisation,name,kind,administrator,domains,region\nkvorgan-one,Kvorgan One Trust,acute,kvorgan-two,zqplant-domain.example,zqplant-region\nkvorgan-two,Kvorgan Two Provider,provider,,,\n",
    ),
    (
        "sites",
        "site,organisation,name\nzqplant-site,kvorgan-one,Zqplant Main Site\n",
    ),
    (
        "networks",
        "network,organisation,cidr,realm,site,name,kind\nzqplant-net-one,kvorgan-one,10.231.77.0/24,zqplant-realm,zqplant-site,Zqplant-Network,clinical\nzqplant-net-two,kvorgan-two,10.231.78.0/24;fd5a:e1c7:9::/64,zqplant-realm,zqplant-site,,user\n",
    ),
    (
        "services",
        "service,organisation,name,depends_on_networks,depends_on_hosts\nzqplant-service,kvorgan-one,Zqplant Imaging,zqplant-net-one,zqplant-sys;zqplant-absent\n",
    ),
    (
        "borders",
        "border_of,direction,realm,port,state,reason,checked_on\nkvorgan-one,in,zqplant-realm,445/tcp,allowed,zqplant-rule,2025-06-01\nkvorgan-nobody,in,,445/tcp,allowed,,\n",
    ),
    (
        "boundaries",
        "boundary_of,direction,port,state,reason\nzqplant-net-one,out,445/tcp,allowed,zqplant-reason\nzqplant-no-net,in,445/tcp,denied,\n",
    ),
    (
        "links",
        "link_from,to,port,state,reason\nzqplant-net-two,zqplant-net-one,445/tcp,allowed,zqplant-link\n",
    ),
    (
        "claims",
        "claim,organisation,control,status,claimed_on,signed_by_role,scope,threshold_percent\nzqplant-claim,kvorgan-one,ms17_010_closed,in_place,2025-05-30,zqplant-role,zqplant-scope,95\nzqplant-claim-2,kvorgan-one,445_denied_at_border,in_place,2025-05-30,,,\nzqplant-claim-3,kvorgan-one,zqplant_control,in_place,2025-05-30,,,\nzqplant-claim-4,kvorgan-nobody,smb1_disabled,in_place,2025-05-30,,,\n",
    ),
    (
        "authorities",
        "authority,organisations\nzqplant-folder,kvorgan-one\nzqplant-missing,kvorgan-two\n../zqplant-elsewhere,kvorgan-one\n",
    ),
];

fn zip(text: &str) -> Vec<u8> {
    let mut archive = zip::ZipWriter::new(Cursor::new(Vec::new()));
    let options = zip::write::SimpleFileOptions::default();
    archive.start_file("zqplant-member.txt", options).unwrap();
    archive.write_all(text.as_bytes()).unwrap();
    archive.finish().unwrap().into_inner()
}
