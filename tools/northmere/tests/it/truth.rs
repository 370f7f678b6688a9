//! The truth is consistent, plausible, and the same every time.

use std::collections::{BTreeMap, BTreeSet};

use northmere::{Fact, Noise};

use crate::unpack::{northmere, northmere_seen};

#[test]
fn the_same_seed_gives_the_same_bytes_and_truth() {
    assert_eq!(northmere(), &northmere::northmere());
}

#[test]
fn each_record_speaks_of_a_host_and_lies_in_a_file() {
    let truth = &northmere().truth;
    let hosts: BTreeSet<_> = truth.hosts.iter().map(|host| host.id).collect();
    assert_eq!(hosts.len(), truth.hosts.len());
    let files: BTreeSet<&str> = northmere_seen()
        .iter()
        .map(|file| file.path.as_str())
        .collect();
    for record in &truth.records {
        assert!(hosts.contains(&record.host));
        assert!(files.contains(record.file.as_str()), "{}", record.file);
    }
    for damaged in &truth.damaged {
        let path = damaged.file.as_str();
        let packed = northmere().files.iter().any(|file| file.path == path);
        assert!(files.contains(path) || packed, "{path}");
    }
}

#[test]
fn no_two_machines_hold_one_address_at_the_as_of_moment() {
    let mut held = BTreeMap::new();
    for host in northmere().truth.present() {
        for address in &host.addresses {
            assert_eq!(held.insert(address, host.id), None, "{address}");
        }
    }
}

#[test]
fn present_names_are_unique() {
    let mut names = BTreeSet::new();
    for host in northmere().truth.present() {
        assert!(
            names.insert((&host.organisation, &host.names[0])),
            "{}",
            host.names[0]
        );
    }
}

#[test]
fn the_estate_has_the_size_and_the_dangerous_core_that_it_should() {
    let truth = &northmere().truth;
    let count = |test: &dyn Fn(&northmere::TrueHost) -> bool| {
        truth.present().filter(|host| test(host)).count()
    };
    let all = count(&|_| true);
    assert!((2_800..3_200).contains(&all), "{all}");
    let windows = count(&|host| host.windows);
    let seven = count(&|host| host.system == "windows-7-sp1");
    assert!(
        (0.04..0.08).contains(&(seven as f64 / windows as f64)),
        "{seven} of {windows}"
    );
    let open = count(&|host| !host.closed_ms17_010);
    assert!((150..400).contains(&open), "{open}");
    let core = count(&|host| {
        !host.closed_ms17_010
            && host.networks.iter().any(|network| {
                network == "hospital-a-imaging" || network == "hospital-a-laboratory"
            })
    });
    assert!(core * 2 > open, "{core} of {open}");
    let updated = count(&|host| host.windows && host.updated_since_next_worm_fix);
    let share = updated as f64 / windows as f64;
    assert!((0.5..0.8).contains(&share), "{share}");
}

#[test]
fn an_open_machine_has_a_system_that_had_the_flaw() {
    for host in &northmere().truth.hosts {
        if !host.closed_ms17_010 {
            assert!(host.windows);
            assert!(!host.updated_since_next_worm_fix);
            let newer = ["windows-11", "windows-10-22h2", "windows-server-2019"];
            assert!(
                !newer.iter().any(|system| host.system.starts_with(system)),
                "{}",
                host.system
            );
        }
    }
}

#[test]
fn some_claims_are_untrue_and_some_hold() {
    let claims = &northmere().truth.claims;
    let closed = claims
        .iter()
        .filter(|claim| claim.control == "ms17_010_closed");
    let (held, broken): (Vec<_>, Vec<_>) = closed.partition(|claim| claim.true_percent >= 100.0);
    assert!(
        held.len() >= 2 && broken.len() >= 4,
        "{} {}",
        held.len(),
        broken.len()
    );
}

#[test]
fn each_kind_of_noise_occurs() {
    let mut seen = BTreeSet::new();
    for record in &northmere().truth.records {
        seen.extend(record.false_facts.iter().map(|fact| fact.noise));
        let facts: BTreeSet<Fact> = record.false_facts.iter().map(|fact| fact.fact).collect();
        assert_eq!(facts.len(), record.false_facts.len(), "{record:?}");
    }
    let all = [
        Noise::UpdatedSince,
        Noise::RebuiltSince,
        Noise::ReconfiguredSince,
        Noise::AddressMoved,
        Noise::Reimaged,
        Noise::RenamedSince,
        Noise::Retired,
        Noise::NameReused,
        Noise::Cloned,
        Noise::SharedDock,
        Noise::RandomMac,
        Noise::ScannerFalsePositive,
        Noise::ScannerFalseNegative,
        Noise::HiddenFromVantage,
        Noise::LaggingInventory,
        Noise::SelfReport,
        Noise::CutList,
        Noise::WrongFile,
    ];
    let missing: Vec<_> = all.iter().filter(|noise| !seen.contains(noise)).collect();
    assert!(missing.is_empty(), "{missing:?}");
}
