//! Which network reaches which, against the sentence that says so, and in what spreads.

use proptest::prelude::*;
use wardround_engine::{Attachment, Input, Link, Network, Scope};

use crate::small_worlds::{histories, host, open_network, uniform, world};
use crate::twin::literal::reaches;

/// All 256 combinations of two networks' boundaries × same organisation or not × same realm, another, none.
#[test]
fn two_networks_reach_each_other_as_their_boundaries_say() {
    for bits in 0..1_u32 << 8 {
        for organisation in [0, 1] {
            for realms in [
                (Some(0), Some(0)),
                (Some(0), Some(1)),
                (None, None),
                (Some(0), None),
            ] {
                let network = |organisation, realm, shift: u32| Network {
                    realm,
                    leaves: bits >> shift & 1 == 1,
                    enters: bits >> shift & 2 == 2,
                    leaves_organisation: bits >> shift & 4 == 4,
                    enters_organisation: bits >> shift & 8 == 8,
                    ..open_network(organisation, 4.0)
                };
                let networks = vec![network(0, realms.0, 0), network(organisation, realms.1, 4)];
                check(&between(networks, Vec::new()));
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
    let input = between(vec![closed, closed], vec![Link { from: 1, to: 0 }]);
    assert_eq!((input.reaches(0, 1), input.reaches(1, 0)), (false, true));
}

#[test]
fn a_host_reaches_what_any_of_its_networks_does() {
    let closed = |organisation| Network {
        leaves: false,
        enters: false,
        ..open_network(organisation, 4.0)
    };
    for is_bridge in [false, true] {
        let networks = vec![closed(0), closed(1)];
        let mut input = between(networks, Vec::new());
        input.streams = vec![uniform(Scope::Realm, 1e6)];
        if is_bridge {
            input.further = vec![Attachment {
                host: 0,
                network: 1,
            }];
        }
        let expected = 1 + usize::from(is_bridge);
        for history in histories(&input, 20) {
            assert_eq!(history.infections.len(), expected);
        }
    }
}

proptest! {
    #[test]
    fn networks_reach_each_other_word_by_word(
        networks in prop::collection::vec(any_network(), 1..9),
        links in prop::collection::vec((0_u32..9, 0_u32..9), 0..6),
    ) {
        let count = networks.len() as u32;
        let links = links.into_iter().map(|(from, to)| Link { from: from % count, to: to % count });
        let links = links.collect();
        check(&between(networks, links));
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

/// A host in the first network and one in the last.
fn between(networks: Vec<Network>, links: Vec<Link>) -> Input {
    let last = networks.len() as u32 - 1;
    let hosts = vec![host(0, 0.0), host(last, 1.0)];
    let mut input = world(networks, hosts, uniform(Scope::Realm, 1.0));
    input.realms = vec![input.realms[0]; 2];
    input.links = links;
    input
}

fn check(input: &Input) {
    for from in 0..input.networks.len() as u32 {
        for to in 0..input.networks.len() as u32 {
            let expected = reaches(input, from as usize, to as usize);
            assert_eq!(
                input.reaches(from, to),
                expected,
                "{from} to {to}: {input:?}"
            );
        }
    }
}
