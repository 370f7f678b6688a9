//! Which product the words of a source mean.

use super::system;
use crate::patch::{Family, Product};

#[test]
fn products_are_recognised_as_sources_write_them() {
    use Product as P;
    for (name, version, expected) in [
        (
            "Microsoft Windows XP Professional",
            "5.1.2600",
            P::WindowsXp,
        ),
        (
            "Microsoft(R) Windows(R) XP Professional x64 Edition",
            "5.2.3790",
            P::WindowsXp,
        ),
        ("Windows 5.1", "", P::WindowsXp),
        ("Windows XP (Windows 2000 LAN Manager)", "", P::WindowsXp),
        ("Microsoft Windows XP SP2 - SP3", "", P::WindowsXp),
        (
            "Microsoft(R) Windows(R) Server 2003, Standard Edition",
            "5.2.3790",
            P::WindowsServer2003,
        ),
        ("Windows 2003", "", P::WindowsServer2003),
        ("W2K3", "", P::WindowsServer2003),
        (
            "Microsoftr Windows VistaT Enterprise ",
            "6.0.6001",
            P::WindowsVista,
        ),
        ("Microsoft® Windows Vista™ Business", "", P::WindowsVista),
        (
            "Microsoftr Windows Serverr 2008 Standard ",
            "6.0.6001",
            P::WindowsServer2008,
        ),
        ("W2K8", "", P::WindowsServer2008),
        (
            "Windows 7 Professional 7601 Service Pack 1",
            "",
            P::Windows7,
        ),
        (
            "Microsoft Windows 7 Entreprise\u{a0}",
            "6.1.7601",
            P::Windows7,
        ),
        ("Windows 7 旗舰版", "6.1.7601", P::Windows7),
        ("Windows7", "", P::Windows7),
        ("Win7", "", P::Windows7),
        ("Windows Embedded Standard 7", "6.1.7601", P::Windows7),
        (
            "Windows Server 2008 R2 Standard 7601 Service Pack 1",
            "",
            P::WindowsServer2008R2,
        ),
        ("WindowsServer2008R2", "", P::WindowsServer2008R2),
        ("Windows 2008R2", "", P::WindowsServer2008R2),
        ("W2K8R2", "", P::WindowsServer2008R2),
        (
            "Windows Small Business Server 2011 Standard",
            "",
            P::WindowsServer2008R2,
        ),
        ("Microsoft Windows 8 Pro", "6.2.9200", P::Windows8),
        ("Windows8", "", P::Windows8),
        (
            "Windows Server 2012 Standard 9200",
            "",
            P::WindowsServer2012,
        ),
        ("Hyper-V Server 2012 R2", "", P::WindowsServer2012R2),
        (
            "Microsoft Windows 8.1 Enterprise",
            "6.3.9600",
            P::Windows8_1,
        ),
        ("Windows8.1", "", P::Windows8_1),
        (
            "Windows Server 2012 R2 Standard 9600|Windows Server 2012 R2 Standard 6.3",
            "",
            P::WindowsServer2012R2,
        ),
        (
            "Майкрософт Ознакомительная версия Windows Server 2012 R2 Standard",
            "6.3.9600",
            P::WindowsServer2012R2,
        ),
        (
            "Windows Storage Server 2012 R2 Workgroup",
            "",
            P::WindowsServer2012R2,
        ),
        ("Microsoft Windows 10 Pro", "10.0.19045.5965", P::Windows10),
        ("Windows10", "", P::Windows10),
        ("windows_10", "", P::Windows10),
        (
            "Windows 10 Enterprise 2016 LTSB",
            "10.0.14393",
            P::Windows10,
        ),
        ("Microsoft Windows 10 1709 - 1909", "", P::Windows10),
        (
            "Microsoft Windows Server 2016 Datacenter",
            "10.0.14393",
            P::WindowsServer2016,
        ),
        ("WindowsServer2019", "", P::WindowsServer2019),
        ("Server 2019 Standard", "", P::WindowsServer2019),
        ("windows_server_2019", "10.0.17763", P::WindowsServer2019),
        (
            "Windows Server 2022 Datacenter: Azure Edition",
            "10.0.20348.2700",
            P::WindowsServer2022,
        ),
        ("WindowsServer2022", "", P::WindowsServer2022),
        (
            "Microsoft Windows Server 2025 Standard",
            "10.0.26100.3476",
            P::WindowsServer2025,
        ),
        (
            "Microsoft Windows 11 Enterprise LTSC",
            "10.0.26100",
            P::Windows11,
        ),
        ("Windows11", "", P::Windows11),
        // The registry of Windows 11 still says 10.
        ("Windows 10 Pro", "10.0.22631.4890", P::Windows11),
        ("", "10.0.22631.4890", P::Windows11),
        ("", "10.0.19045", P::Windows10),
        ("Microsoft Windows", "10.0.19045", P::Windows10),
        ("Windows Server", "10.0.14393", P::WindowsServer2016),
        ("", "10.0.20348", P::WindowsServer2022),
    ] {
        assert_eq!(
            Product::of(&system(name, version)),
            expected,
            "{name:?} {version}"
        );
    }
}

#[test]
fn a_guess_between_products_is_unknown_and_a_bare_windows_is_another() {
    use Product as P;
    for (name, version, expected) in [
        ("", "", P::Unknown),
        (
            "Microsoft Windows Server 2012 R2 or Windows 8.1",
            "",
            P::Unknown,
        ),
        ("Microsoft Windows XP|7|2008", "", P::Unknown),
        ("Microsoft Windows 7 or 8", "", P::Unknown),
        (
            "Microsoft Windows 7 SP0 - SP1, Windows Server 2008 SP1, Windows Server 2008 R2, Windows 8, or Windows 8.1 Update 1",
            "",
            P::Unknown,
        ),
        ("Windows", "", P::OtherWindows),
        ("Microsoft Windows 2000 Server", "", P::OtherWindows),
        ("Windows Server, version 1909", "", P::OtherWindows),
        ("Windows CE 6.0", "", P::OtherWindows),
        ("", "6.1.7601", P::OtherWindows),
        ("Linux 4.15 - 5.8", "", P::NotWindows),
        ("Ubuntu 22.04", "", P::NotWindows),
        ("Windows 6.1 (Samba 4.3.11-Ubuntu)", "", P::NotWindows),
        ("macOS", "", P::NotWindows),
        ("Apple Mac OS X 10.15", "", P::NotWindows),
        ("Red Hat Enterprise Linux 8", "", P::NotWindows),
        ("VMware ESXi 6.7.0", "", P::NotWindows),
        ("Cisco IOS 15.2", "", P::NotWindows),
        ("HP LaserJet printer", "", P::NotWindows),
        ("something else", "", P::Unknown),
    ] {
        assert_eq!(
            Product::of(&system(name, version)),
            expected,
            "{name:?} {version}"
        );
    }
}

#[test]
fn a_guess_keeps_the_family_that_its_products_share() {
    for (name, version, expected) in [
        (
            "Microsoft Windows Server 2012 R2 or Windows 8.1",
            "",
            Family::Eight2012,
        ),
        (
            "Microsoft Windows 7 or Windows Server 2008 R2",
            "",
            Family::Seven2008R2,
        ),
        ("Windows 6.1", "", Family::Seven2008R2),
        ("", "6.1.7601", Family::Seven2008R2),
        ("Microsoft Windows XP|7|2008", "", Family::Unknown),
        ("Windows Server 2022", "", Family::Later),
        ("FreeBSD 12", "", Family::NotWindows),
    ] {
        assert_eq!(
            Family::of(&system(name, version)),
            expected,
            "{name:?} {version}"
        );
    }
}
