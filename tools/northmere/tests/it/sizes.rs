//! Estates of other sizes.

use std::collections::BTreeSet;

use northmere::{Size, estate};

#[test]
fn an_estate_comes_near_the_size_asked_for() {
    for (hosts, organisations) in [(40, 1), (300, 3), (900, 10), (6_000, 60)] {
        let made = estate(
            3,
            &Size {
                hosts,
                organisations,
            },
        )
        .gather();
        let present = made.truth.present().count() as f64;
        let wanted = f64::from(hosts);
        assert!(
            (present - wanted).abs() < wanted * 0.12 + 6.0,
            "{present} for {wanted}"
        );
        let bodies: BTreeSet<&str> = made
            .truth
            .hosts
            .iter()
            .map(|host| host.organisation.as_str())
            .collect();
        assert_eq!(bodies.len(), organisations as usize);
    }
}

#[test]
fn the_largest_estate_fits_into_private_addresses() {
    let size = Size {
        hosts: 1_500_000,
        organisations: 7_400,
    };
    // Only the plan counts here: the first organisations of a large estate are its largest.
    let made = estate(1, &size).nth(1).unwrap();
    assert!(made.truth.hosts.len() > 4_000);
    for host in made
        .truth
        .hosts
        .iter()
        .filter(|host| host.retired_on.is_none())
    {
        assert!(
            host.addresses
                .iter()
                .all(|address| address.starts_with("10."))
        );
    }
    let names: BTreeSet<&String> = made.truth.present().map(|host| &host.names[0]).collect();
    assert_eq!(names.len(), made.truth.present().count());
}

#[test]
fn a_part_does_not_depend_on_the_parts_before_it() {
    let size = Size {
        hosts: 500,
        organisations: 8,
    };
    let whole: Vec<_> = estate(9, &size).collect();
    let skipped = estate(9, &size).nth(5).unwrap();
    assert_eq!(whole[5], skipped);
}
