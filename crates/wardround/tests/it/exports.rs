//! Small exports to put into a sandbox, as the tools would have written them.

/// A scan of these hosts, begun on 2025-06-23.
pub(crate) fn nmap(hosts: &str) -> String {
    format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<!DOCTYPE nmaprun>\n<nmaprun scanner=\"nmap\" \
         args=\"nmap -oX scan.xml\" start=\"1750669200\" version=\"7.95\" xmloutputversion=\"1.05\">\n{hosts}\
         <runstats><finished time=\"1750669290\" exit=\"success\"/><hosts up=\"1\" down=\"0\" total=\"1\"/>\
         </runstats>\n</nmaprun>\n"
    )
}

/// A host of a scan that answers on 445/tcp and is open to MS17-010.
pub(crate) fn nmap_host(address: &str, name: &str) -> String {
    format!(
        "<host starttime=\"1750669201\" endtime=\"1750669260\"><status state=\"up\" reason=\"arp-response\"/>\n\
         <address addr=\"{address}\" addrtype=\"ipv4\"/>\n\
         <hostnames><hostname name=\"{name}\" type=\"PTR\"/></hostnames>\n\
         <ports><port protocol=\"tcp\" portid=\"445\"><state state=\"open\" reason=\"syn-ack\"/></port></ports>\n\
         <os><osmatch name=\"Microsoft Windows 7 SP1\" accuracy=\"99\"/></os>\n\
         <hostscript><script id=\"smb-protocols\" output=\"x\"><table key=\"dialects\">\n\
         <elem>NT LM 0.12 (SMBv1) [dangerous, but default]</elem></table></script>\
         <script id=\"smb-vuln-ms17-010\" output=\"x\"><table key=\"CVE-2017-0143\">\n\
         <elem key=\"state\">VULNERABLE</elem><table key=\"ids\"><elem>CVE:CVE-2017-0143</elem></table>\
         </table></script></hostscript></host>\n"
    )
}

/// `systeminfo` of a Windows 7 workstation with these updates.
pub(crate) fn systeminfo(name: &str, address: &str, updates: &[&str]) -> String {
    let list: String = (1..)
        .zip(updates)
        .map(|(number, update)| format!("                           [{number:02}]: {update}\n"))
        .collect();
    format!(
        "\nHost Name:                 {name}\n\
         OS Name:                   Microsoft Windows 7 Professional \n\
         OS Version:                6.1.7601 Service Pack 1 Build 7601\n\
         OS Manufacturer:           Microsoft Corporation\n\
         OS Configuration:          Member Workstation\n\
         System Boot Time:          6/16/2025, 7:48:13 AM\n\
         System Locale:             en-us;English (United States)\n\
         Hotfix(s):                 {} Hotfix(s) Installed.\n{list}\
         Network Card(s):           1 NIC(s) Installed.\n\
         \x20                          [01]: Ethernet Adapter\n\
         \x20                                IP address(es)\n\
         \x20                                [01]: {address}\n",
        updates.len()
    )
}

/// Rows of Defender's `DeviceInfo`: identifier, name, build.
pub(crate) fn device_info(rows: &[(&str, &str, u32)]) -> String {
    let mut text =
        "Timestamp,DeviceId,DeviceName,PublicIP,OSPlatform,OSBuild,LoggedOnUsers,OSVersion,\
                    OnboardingStatus,DeviceCategory,DeviceType,SensorHealthState\n"
            .to_owned();
    for (id, name, build) in rows {
        text.push_str(&format!(
            "2025-06-23T08:15:00Z,{id},{name},203.0.113.9,Windows10,{build},\"[{{\"\"UserName\"\":\"\"a.person\"\"}}]\",10.0,Onboarded,Endpoint,Workstation,Active\n"
        ));
    }
    text
}

/// A scan, a text and a table that speak of four machines.
pub(crate) fn ward() -> Vec<(&'static str, String)> {
    let hosts = nmap_host("10.20.30.7", "xray-07.ward.example")
        + &nmap_host("10.20.30.8", "desk-08.ward.example");
    vec![
        ("scan.xml", nmap(&hosts)),
        (
            "texts/xray-07.txt",
            systeminfo("XRAY-07", "10.20.30.7", &["KB976902"]),
        ),
        (
            "defender/DeviceInfo.csv",
            device_info(&[
                (
                    "0a00000000000000000000000000000000000001",
                    "desk-08.ward.example",
                    19045,
                ),
                (
                    "0a00000000000000000000000000000000000002",
                    "desk-09.ward.example",
                    19045,
                ),
            ]),
        ),
    ]
}
