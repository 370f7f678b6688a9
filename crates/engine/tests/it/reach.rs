//! Who reaches whom, against the sentence that says so.

use proptest::prelude::*;
use wardround_engine::plain::{Host, Input, Link, Network, Prepared, Realm, Scope};

use crate::literal::reaches;
use crate::worlds::{host, open_network, uniform, world};

/// All 256 combinations of two networks' boundaries × same organisation or not × same realm, other realm, none.
#[test]
fn two_networks_reach_each_other_as_their_boundaries_say() {
    for bits in 0..1_u32 << 8 {
        for organisation in [0, 1] {
            for (realm, other_realm) in [
                (Some(0), Some(0)),
                (Some(0), Some(1)),
                (None, None),
                (Some(0), None),
            ] {
                let network = |organisation, realm, shift: u32| Network {
                    organisation,
                    realm,
                    leaves: bits >> shift & 1 == 1,
                    enters: bits >> shift & 2 == 2,
                    leaves_organisation: bits >> shift & 4 == 4,
                    enters_organisation: bits >> shift & 8 == 8,
                    ..open_network(0, 4.0)
                };
                let networks = vec![network(0, realm, 0), network(organisation, other_realm, 4)];
                check(&with_hosts(networks, Vec::new(), &[vec![0], vec![1]]));
            }
        }
    }
}

#[test]
fn a_link_is_one_way() {
    let closed = Network {
        leaves: false,
        enters: false,
        ..open_network(0, 4.0)
    };
    let input = with_hosts(
        vec![closed, closed],
        vec![Link { from: 1, to: 0 }],
        &[vec![0], vec![1]],
    );
    let prepared = Prepared::new(&input).unwrap();
    assert_eq!(
        (prepared.reaches(0, 1), prepared.reaches(1, 0)),
        (false, true)
    );
}

#[test]
fn a_host_without_a_network_reaches_nothing() {
    let input = with_hosts(vec![open_network(0, 4.0)], Vec::new(), &[vec![]]);
    assert!(!Prepared::new(&input).unwrap().reaches(0, 0));
}

proptest! {
    #[test]
    fn a_host_reaches_what_any_of_its_networks_does(
        networks in prop::collection::vec(any_network(), 1..9),
        links in prop::collection::vec((0_u32..9, 0_u32..9), 0..6),
        attached in prop::collection::vec(prop::collection::btree_set(0_u32..9, 0..4), 1..6),
    ) {
        let count = networks.len() as u32;
        let links = links.into_iter().map(|(from, to)| Link { from: from % count, to: to % count }).collect();
        let attached: Vec<Vec<u32>> =
            attached.into_iter().map(|set| set.into_iter().filter(|&network| network < count).collect()).collect();
        check(&with_hosts(networks, links, &attached));
    }
}

fn any_network() -> impl Strategy<Value = Network> {
    let realm = prop_oneof![Just(None), Just(Some(0)), Just(Some(1))];
    (0_u32..3, realm, any::<[bool; 4]>()).prop_map(|(organisation, realm, allowed)| Network {
        organisation,
        realm,
        addresses: 64.0,
        leaves: allowed[0],
        enters: allowed[1],
        leaves_organisation: allowed[2],
        enters_organisation: allowed[3],
    })
}

fn with_hosts(networks: Vec<Network>, links: Vec<Link>, attached: &[Vec<u32>]) -> Input {
    let host = |networks: &Vec<u32>| Host {
        networks: networks.clone(),
        ..host(0, 1.0)
    };
    let mut input = world(
        networks,
        attached.iter().map(host).collect(),
        uniform(Scope::Realm, 1.0),
    );
    input.realms = vec![Realm { addresses: 1e4 }; 2];
    input.links = links;
    input
}

fn check(input: &Input) {
    let prepared = Prepared::new(input).expect("the world is valid");
    for (id, host) in (0..).zip(&input.hosts) {
        for network in 0..input.networks.len() as u32 {
            let expected = host
                .networks
                .iter()
                .any(|&from| reaches(input, from, network));
            assert_eq!(
                prepared.reaches(id, network),
                expected,
                "host {id}, network {network}: {input:?}"
            );
        }
    }
}
