//! Scope, days and kinds of updates, the end of support, and where the tables end.

use jiff::civil::date;
use wardround_evidence::Kb;

use super::build;
use crate::patch::{Catalogue, Product};

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
    let rows = include_str!("../../../data/updates.csv").lines().count() - 1;
    let (updates, _) = Catalogue::built_in().parts();
    let without_number = include_str!("../../../data/updates.csv")
        .lines()
        .filter(|row| row.split(',').nth(1) == Some(""))
        .count();
    assert_eq!(updates.iter().count() + without_number, rows);
}
