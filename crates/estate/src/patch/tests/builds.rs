//! What a build says of the fix and of its day.

use jiff::civil::date;

use super::build;
use crate::patch::line::Line;
use crate::patch::{BuildDate, Catalogue, Product};

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
