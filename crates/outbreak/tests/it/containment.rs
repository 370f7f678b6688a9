//! Effects at borders and boundaries, and where a worm gets to.

use wardround_estate::{Estate, NetworkId, Passage};
use wardround_evidence::Direction;
use wardround_outbreak::{Effect, Ensemble, Point, Population, Settle};

use crate::builder::*;

/// Two organisations, open throughout; machine 0 stands in harbour-lan, which links to everything else.
fn open_estate() -> Estate {
    Sketch::new()
        .organisation("harbour", None)
        .organisation("mill", None)
        .network("harbour-lan", "harbour")
        .network("harbour-ward", "harbour")
        .network("mill-lan", "mill")
        .link("harbour-lan", "harbour-ward")
        .link("harbour-lan", "mill-lan")
        .machines("harbour", 0, 10, Known::Open)
        .machines("harbour", 1, 10, Known::Open)
        .machines("mill", 2, 10, Known::Open)
        .machine("harbour", &[], Known::Open)
        .estate()
}

fn after(estate: &Estate, effects: &[Effect]) -> Ensemble {
    let profile = quick_worm();
    let population = Population::new(estate, &profile);
    let scenario = from_host(host(estate, 0), scenario(10, 3));
    sample(&population, &scenario, Settle::Against, effects)
}

/// Networks in which some machine with a known address fell.
fn reached(estate: &Estate, ensemble: &Ensemble) -> Vec<NetworkId> {
    let mut networks: Vec<NetworkId> = estate
        .hosts()
        .filter(|(id, _)| falls(ensemble, *id) > 0.0)
        .flat_map(|(_, host)| host.networks.clone())
        .collect();
    networks.sort_unstable();
    networks.dedup();
    networks
}

fn denied(point: Point) -> Effect {
    Effect::Set(point, Passage::Denied)
}

#[test]
fn everything_is_reached_where_nothing_is_denied() {
    let estate = open_estate();
    assert_eq!(reached(&estate, &after(&estate, &[])).len(), 3);
}

#[test]
fn denying_all_boundaries_either_way_confines_it_to_the_network_of_the_entry() {
    let estate = open_estate();
    for direction in [Direction::In, Direction::Out] {
        let effects: Vec<Effect> = (0..estate.networks.len())
            .map(|id| {
                denied(Point::Boundary(
                    NetworkId(u32::try_from(id).unwrap()),
                    direction,
                ))
            })
            .collect();
        let ensemble = after(&estate, &effects);
        assert_eq!(
            reached(&estate, &ensemble),
            [network(&estate, "harbour-lan")],
            "{direction:?}"
        );
        assert!(ensemble.crossings.is_empty(), "{direction:?}");
    }
}

#[test]
fn denying_a_border_either_way_confines_it_to_the_organisation() {
    let estate = open_estate();
    for (owner, direction) in [("mill", Direction::In), ("harbour", Direction::Out)] {
        let border = Point::Border(organisation(&estate, owner), direction);
        let networks = reached(&estate, &after(&estate, &[denied(border)]));
        let own = ["harbour-lan", "harbour-ward"].map(|id| network(&estate, id));
        assert_eq!(networks, own, "{owner} {direction:?}");
    }
}

#[test]
fn denying_what_does_not_lie_between_changes_nothing() {
    let estate = open_estate();
    let out_of_mill = denied(Point::Border(organisation(&estate, "mill"), Direction::Out));
    let into_harbour = denied(Point::Border(
        organisation(&estate, "harbour"),
        Direction::In,
    ));
    assert_eq!(
        after(&estate, &[]).finals,
        after(&estate, &[out_of_mill, into_harbour]).finals
    );
}

#[test]
fn a_boundary_in_an_organisation_without_networks_can_be_denied_too() {
    let sketch = Sketch::new().organisation("harbour", None);
    // Two hundred machines share a network that is made up for them: these are two.
    let estate = (0..250)
        .fold(sketch, |sketch, _| {
            sketch.machine("harbour", &[], Known::Open)
        })
        .estate();
    let made_up = [0, 1].map(|id| denied(Point::Boundary(NetworkId(id), Direction::In)));
    let taken = |effects: &[Effect]| after(&estate, effects).spread.mean_taken.0;
    assert!(taken(&[]) > 249.0, "{}", taken(&[]));
    assert!(taken(&made_up) < 200.0, "{}", taken(&made_up));
}

#[test]
fn addresses_of_the_new_kind_neither_hide_nor_dilute_the_old() {
    let with = |addresses: fn(u8) -> Vec<String>, blocks: &[&str]| {
        let sketch = Sketch::new()
            .organisation("harbour", None)
            .network_of("lan", "harbour", blocks);
        let estate = (1..=20)
            .fold(sketch, |sketch, number| {
                let addresses = addresses(number);
                let addresses: Vec<&str> = addresses.iter().map(String::as_str).collect();
                sketch.machine("harbour", &addresses, Known::Open)
            })
            .estate();
        after(&estate, &[]).spread.mean_taken.0
    };
    let old = |number: u8| vec![format!("10.0.0.{number}")];
    let both = |number: u8| vec![format!("10.0.0.{number}"), format!("2001:db8::{number}")];
    let new = |number: u8| vec![format!("2001:db8::{number}")];
    let lan = "10.0.0.0/24";
    assert!((with(old, &[lan]) - 20.0).abs() < 1e-9);
    assert!(
        (with(both, &[lan]) - 20.0).abs() < 1e-9,
        "assumed /64 beside the described network"
    );
    assert!(
        (with(both, &[lan, "2001:db8::/64"]) - 20.0).abs() < 1e-9,
        "one network with both kinds"
    );
    assert!(
        (with(new, &[lan]) - 20.0).abs() < 1e-9,
        "machines whose other address nobody knows are placed by draw"
    );
}
