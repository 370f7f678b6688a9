//! Tables of products, updates and builds beside the answers that they must give.

use jiff::civil::date;
use wardround_evidence::{Build, Cve, Kb, System};

use super::line::Line;
use super::{BuildDate, Catalogue, Family, Product};

fn build(text: &str) -> Build {
    text.parse().unwrap()
}

fn system(name: &str, version: &str) -> System {
    System {
        name: name.to_owned(),
        build: (!version.is_empty()).then(|| build(version)),
        ..System::default()
    }
}

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

#[test]
fn the_flaws_of_ms17_010_are_six() {
    let found: Vec<u32> = (0..1000)
        .filter(|number| Catalogue::is_ms17_010(Cve::new(2017, *number)))
        .collect();
    assert_eq!(found, [143, 144, 145, 146, 147, 148]);
    assert!(!Catalogue::is_ms17_010(Cve::new(2016, 144)));
}

#[test]
fn updates_close_it_only_where_they_belong() {
    use Product as P;
    let catalogue = Catalogue::built_in();
    for (kb, product, closes) in [
        // The fixes themselves.
        (4_012_598, P::WindowsXp, true),
        (4_012_598, P::WindowsServer2003, true),
        (4_012_598, P::WindowsVista, true),
        (4_012_598, P::WindowsServer2008, true),
        (4_012_598, P::Windows8, true),
        (4_012_598, P::Windows7, false),
        (4_012_212, P::Windows7, true),
        (4_012_215, P::WindowsServer2008R2, true),
        (4_012_215, P::Windows8_1, false),
        (4_012_214, P::WindowsServer2012, true),
        (4_012_217, P::WindowsServer2012, true),
        (4_012_213, P::Windows8_1, true),
        (4_012_216, P::WindowsServer2012R2, true),
        (4_012_606, P::Windows10, true),
        (4_013_198, P::Windows10, true),
        (4_013_429, P::WindowsServer2016, true),
        (4_013_198, P::WindowsServer2016, false),
        // What supersedes them.
        (4_467_107, P::Windows7, true),
        (4_493_472, P::Windows7, true),
        (4_534_310, P::Windows7, true),
        (5_022_338, P::Windows7, true),
        (4_489_881, P::WindowsServer2012R2, true),
        (4_483_229, P::WindowsServer2016, true),
        (5_060_533, P::Windows10, true),
        (5_061_010, P::WindowsServer2016, true),
        (5_066_874, P::WindowsServer2008, true),
        (4_018_466, P::WindowsServer2008, true),
        // The rollup before the fix, later security-only updates, Server 2008 rollups before the driver was replaced.
        (3_212_646, P::Windows7, false),
        (4_015_546, P::Windows7, false),
        (4_019_263, P::Windows7, false),
        (4_534_314, P::Windows7, false),
        (4_458_010, P::WindowsServer2008, false),
        (2_919_355, P::Windows8_1, false),
        (4_467_107, P::NotWindows, false),
        // A product that is not settled accepts any line's update.
        (4_467_107, P::Unknown, true),
        (4_467_107, P::OtherWindows, true),
    ] {
        assert_eq!(
            catalogue.closes_ms17_010(Kb(kb), product),
            closes,
            "KB{kb} on {product:?}"
        );
    }
}

#[test]
fn the_reason_names_the_way_to_the_fix() {
    let catalogue = Catalogue::built_in();
    for (kb, product, why) in [
        (
            4_012_212,
            Product::Windows7,
            "KB4012212 is the fix for MS17-010 on Windows 7 and Server 2008 R2",
        ),
        (
            4_015_549,
            Product::Windows7,
            "KB4015549 supersedes KB4012215, the fix for MS17-010",
        ),
        (
            4_019_264,
            Product::Windows7,
            "KB4019264 supersedes KB4012215, the fix for MS17-010, through KB4015549",
        ),
        (
            4_467_107,
            Product::Windows7,
            "KB4467107 supersedes KB4012215, the fix for MS17-010, through KB4462923, KB4457144, KB4343900 and 16 more",
        ),
        (
            5_060_533,
            Product::Windows10,
            "KB5060533 is an update of Windows 10 versions 2004 to 22H2, which shipped with the fix for MS17-010",
        ),
    ] {
        assert_eq!(catalogue.why_closes(Kb(kb), product).as_deref(), Some(why));
    }
    assert_eq!(catalogue.why_closes(Kb(4_015_546), Product::Windows7), None);
}

#[test]
fn every_update_that_holds_the_fix_has_a_chain_of_steps_that_hold_it_too() {
    let (_, supersedence) = Catalogue::built_in().parts();
    let mut seen = 0;
    for (line, kb) in supersedence.iter() {
        let chain = supersedence.chain(line, kb);
        assert_eq!(chain.first(), Some(&kb));
        for (newer, older) in chain.iter().zip(chain.iter().skip(1)) {
            assert!(
                supersedence.holds_fix(line, *older),
                "{newer} to {older} on {line:?}"
            );
        }
        let fix = chain.last().unwrap();
        assert!(
            Catalogue::built_in().is_march_2017_fix(*fix),
            "{kb} ends at {fix}"
        );
        seen += 1;
    }
    assert!(seen > 700, "{seen}");
}

#[test]
fn every_cumulative_update_after_the_fix_closes_it() {
    let catalogue = Catalogue::built_in();
    let (updates, supersedence) = catalogue.parts();
    let mut open = Vec::new();
    for update in updates.iter() {
        let Some(kb) = update.kb else { continue };
        let closes = supersedence.holds_fix(update.line, kb) || update.line.shipped_fixed();
        if !update.kind.is_cumulative() || update.released < date(2017, 3, 14) {
            let is_fix = catalogue.is_march_2017_fix(kb) || kb == Kb(4_018_466);
            assert!(
                is_fix || !supersedence.holds_fix(update.line, kb),
                "{kb} should not close it"
            );
        } else if !closes {
            open.push((update.line, update.released));
        }
    }
    // Only Server 2008's rollups from the first to the one that replaced the driver.
    assert!(
        open.iter()
            .all(|(line, released)| *line == Line::Old(6, 0) && *released < date(2020, 6, 9))
    );
    assert_eq!(open.len(), 21);
}

#[test]
fn builds_settle_windows_10_and_nothing_older() {
    let catalogue = Catalogue::built_in();
    for (product, version, expected) in [
        (Product::Windows10, "10.0.10240.17318", Some(false)),
        (Product::Windows10, "10.0.10240.17319", Some(true)),
        (Product::Windows10, "10.0.10586.838", Some(false)),
        (Product::Windows10, "10.0.10586.839", Some(true)),
        (Product::Windows10, "10.0.14393.952", Some(false)),
        (Product::WindowsServer2016, "10.0.14393.953", Some(true)),
        (Product::WindowsServer2016, "10.0.14393", None),
        (Product::Windows10, "10.0.15063", Some(true)),
        (Product::WindowsServer2019, "10.0.17763.1", Some(true)),
        (Product::Windows11, "10.0.22000", Some(true)),
        (Product::Windows10, "10.0.14361.1000", None),
        (Product::Windows7, "6.1.7601", None),
        (Product::Windows7, "6.1.7601.24545", None),
    ] {
        assert_eq!(
            catalogue.build_closes_ms17_010(product, build(version)),
            expected,
            "{version}"
        );
    }
}

#[test]
fn scope_is_what_microsoft_listed() {
    let catalogue = Catalogue::built_in();
    for (product, version, expected) in [
        (Product::NotWindows, "", Some(false)),
        (Product::Unknown, "", None),
        (Product::OtherWindows, "", None),
        (Product::OtherWindows, "10.0.18363", Some(false)),
        (Product::WindowsXp, "5.1.2600", Some(true)),
        (Product::WindowsServer2008, "6.0.6002", Some(true)),
        (Product::WindowsServer2008, "6.0.6001", None),
        (Product::Windows7, "", Some(true)),
        (Product::Windows7, "6.1.7601", Some(true)),
        (Product::Windows7, "6.1.7600", None),
        (Product::Windows10, "", None),
        (Product::Windows10, "10.0.10240", Some(true)),
        (Product::Windows10, "10.0.15063", Some(false)),
        (Product::WindowsServer2016, "", Some(true)),
        (Product::WindowsServer2019, "", Some(false)),
        (Product::Windows11, "", Some(false)),
    ] {
        let version = (!version.is_empty()).then(|| build(version));
        assert_eq!(
            catalogue.ms17_010_in_scope(product, version),
            expected,
            "{product:?} {version:?}"
        );
    }
}

#[test]
fn builds_have_the_dates_of_the_updates_that_brought_them() {
    use BuildDate::{After, Between, On, Unknown};
    let catalogue = Catalogue::built_in();
    for (product, version, expected) in [
        (Product::Windows10, "10.0.19045.5371", On(date(2025, 1, 14))),
        (Product::Windows10, "10.0.19045.5965", On(date(2025, 6, 10))),
        (Product::Windows10, "10.0.19044.5965", On(date(2025, 6, 10))),
        (Product::Windows11, "10.0.22631.4751", On(date(2025, 1, 14))),
        (Product::Windows11, "10.0.22631.5472", On(date(2025, 6, 10))),
        (Product::Windows11, "10.0.26100.2894", On(date(2025, 1, 14))),
        (Product::Windows11, "10.0.26100.4349", On(date(2025, 6, 10))),
        (Product::Windows11, "10.0.26200.8037", On(date(2026, 3, 10))),
        (
            Product::WindowsServer2019,
            "10.0.17763.6775",
            On(date(2025, 1, 14)),
        ),
        (
            Product::WindowsServer2019,
            "10.0.17763.7434",
            On(date(2025, 6, 10)),
        ),
        (
            Product::WindowsServer2016,
            "10.0.14393.7699",
            On(date(2025, 1, 14)),
        ),
        (
            Product::WindowsServer2016,
            "10.0.14393.8148",
            On(date(2025, 6, 10)),
        ),
        (
            Product::WindowsServer2022,
            "10.0.20348.3091",
            On(date(2025, 1, 14)),
        ),
        (
            Product::WindowsServer2022,
            "10.0.20348.3807",
            On(date(2025, 6, 10)),
        ),
        (
            Product::WindowsServer2025,
            "10.0.26100.32370",
            On(date(2026, 2, 10)),
        ),
        // Between two known builds; before the first known; beyond the last.
        (
            Product::Windows10,
            "10.0.19045.5900",
            Between(date(2025, 5, 27), date(2025, 5, 28)),
        ),
        (
            Product::Windows10,
            "10.0.10240.17000",
            Between(date(2015, 7, 29), date(2017, 3, 14)),
        ),
        (
            Product::Windows10,
            "10.0.19045.9999",
            After(date(2026, 6, 9)),
        ),
        (
            Product::Windows11,
            "10.0.26100.8875",
            After(date(2026, 6, 23)),
        ),
        (
            Product::WindowsServer2025,
            "10.0.26100.33158",
            After(date(2026, 6, 9)),
        ),
        (
            Product::Windows10,
            "10.0.17134.829",
            After(date(2018, 4, 30)),
        ),
        // No revision, or none that Windows counts.
        (Product::Windows10, "10.0.19045", Unknown),
        (Product::Windows7, "6.1.7601", Unknown),
        (Product::NotWindows, "10.0.19045.5965", Unknown),
    ] {
        assert_eq!(
            catalogue.build_released(product, build(version)),
            expected,
            "{version}"
        );
    }
}

#[test]
fn a_later_revision_is_never_older() {
    let catalogue = Catalogue::built_in();
    let (updates, _) = catalogue.parts();
    for line in [
        14393, 17763, 19041, 20348, 22000, 22621, 25398, 26100, 28000,
    ] {
        let mut last = date(2000, 1, 1);
        let mut revision = 0;
        while let Some(update) = updates.after(Line::Ten(line), revision) {
            assert!(update.released >= last, "{line}.{:?}", update.revision);
            last = update.released;
            revision = update.revision.unwrap() + 1;
        }
        assert!(last > date(2022, 1, 1), "{line}");
    }
}

#[test]
fn updates_have_dates_and_kinds() {
    let catalogue = Catalogue::built_in();
    for (kb, released, cumulative) in [
        (4_012_212, Some(date(2017, 3, 14)), Some(false)),
        (4_012_215, Some(date(2017, 3, 14)), Some(true)),
        (4_012_598, Some(date(2017, 3, 14)), Some(false)),
        (4_022_719, Some(date(2017, 6, 13)), Some(true)),
        (4_467_107, Some(date(2018, 11, 13)), Some(true)),
        (4_534_314, Some(date(2020, 1, 14)), Some(false)),
        (5_005_633, Some(date(2021, 9, 14)), Some(true)),
        (5_060_533, Some(date(2025, 6, 10)), Some(true)),
        (5_094_126, Some(date(2026, 6, 9)), Some(true)),
        (976_902, None, None),
    ] {
        assert_eq!(catalogue.released(Kb(kb)), released, "KB{kb}");
        assert_eq!(catalogue.is_cumulative(Kb(kb)), cumulative, "KB{kb}");
    }
}

#[test]
fn what_is_kept_says_where_it_ends() {
    let catalogue = Catalogue::built_in();
    assert_eq!(
        catalogue.covers_until(Product::Windows10),
        Some(date(2026, 6, 28))
    );
    assert_eq!(
        catalogue.covers_until(Product::Windows7),
        Some(date(2026, 6, 28))
    );
    assert_eq!(catalogue.covers_until(Product::WindowsXp), None);
    assert_eq!(catalogue.covers_until(Product::Unknown), None);
    assert_eq!(
        catalogue.newest_number(Product::WindowsXp),
        Some(Kb(4_012_598))
    );
    assert!(catalogue.newest_number(Product::Windows10) > Some(Kb(5_094_000)));
    assert_eq!(catalogue.newest_number(Product::NotWindows), None);
}

#[test]
fn support_ends_by_release() {
    let catalogue = Catalogue::built_in();
    for (product, version, ends) in [
        (Product::WindowsXp, "5.1.2600", Some(date(2014, 4, 8))),
        (Product::Windows7, "", Some(date(2020, 1, 14))),
        (Product::Windows7, "6.1.7600", Some(date(2013, 4, 9))),
        (Product::Windows8_1, "6.3.9600", Some(date(2023, 1, 10))),
        (Product::WindowsServer2012R2, "", Some(date(2023, 10, 10))),
        (Product::Windows10, "", None),
        (
            Product::Windows10,
            "10.0.19045.5965",
            Some(date(2025, 10, 14)),
        ),
        (Product::Windows10, "10.0.19044", Some(date(2024, 6, 11))),
        (Product::Windows11, "10.0.22631", Some(date(2026, 11, 10))),
        (
            Product::WindowsServer2016,
            "10.0.14393",
            Some(date(2027, 1, 12)),
        ),
        (
            Product::WindowsServer2022,
            "10.0.25398",
            Some(date(2025, 10, 24)),
        ),
        (Product::NotWindows, "", None),
    ] {
        let version = (!version.is_empty()).then(|| build(version));
        assert_eq!(
            catalogue.end_of_support(product, version),
            ends,
            "{product:?} {version:?}"
        );
    }
    assert_eq!(
        catalogue.end_of_long_term_support(Product::Windows10, build("10.0.17763")),
        Some(date(2029, 1, 9))
    );
}

#[test]
fn no_row_of_a_table_is_lost() {
    let rows = include_str!("../../data/updates.csv").lines().count() - 1;
    let (updates, _) = Catalogue::built_in().parts();
    let without_number = include_str!("../../data/updates.csv")
        .lines()
        .filter(|row| row.split(',').nth(1) == Some(""))
        .count();
    assert_eq!(updates.iter().count() + without_number, rows);
}
