//! Whom machines are known to deal with is where a threat that goes along contacts gets to, and the two kinds stay apart.

#![expect(clippy::unwrap_used, reason = "what is written by hand here reads")]

use wardround_estate::{Estate, Passage};
use wardround_evidence::{Conversation, Direction, Fact, Method, Port, Role, Side};
use wardround_outbreak::{Effect, EnsembleIdentity, Point, Population, Profile, Settle};

use crate::builder::*;

/// A worm that goes along contacts alone.
fn along(kind: &str) -> Profile {
    worm_of("", "", &stream(kind))
}

/// The same, from machines that hold credentials alone, of which the draw gives so many.
fn with_credentials(kind: &str, share: f64) -> Profile {
    let share = exactly(share);
    let tables = format!("[vector.credentials]\nshare = {share}\n{}", stream(kind));
    worm_of("", "carried_by = \"credentials\"", &tables)
}

fn stream(kind: &str) -> String {
    let pace = exactly(20.0);
    format!("[[stream]]\nkind = \"contacts\"\nalong = \"{kind}\"\nattempts_per_hour = {pace}\n")
}

fn spoke(side: Side, port: u16, peer: &str) -> Fact {
    Fact::Conversation(Conversation {
        side,
        port: Port::tcp(port),
        peer: peer.parse().unwrap(),
    })
}

/// A PC in one network, of which this was seen, and a server in another; nothing says what passes between them.
fn apart(seen: Option<Fact>) -> Sketch {
    let sketch = Sketch::new()
        .organisation("harbour", None)
        .network("harbour-lan", "harbour")
        .network("harbour-ward", "harbour")
        .machine("harbour", &["10.0.1.9"], Known::Open)
        .seen(Fact::Role(Role::Server))
        .machine("harbour", &["10.0.0.7"], Known::Open);
    match seen {
        Some(fact) => sketch.seen(fact),
        None => sketch,
    }
}

const SERVER: usize = 0;
const PC: usize = 1;

/// In what share of outbreaks from one machine another falls, with all that is unknown in our favour, so that nothing is
/// drawn and nothing passes.
fn reaches(estate: &Estate, profile: &Profile, from: usize, to: usize, effects: &[Effect]) -> f64 {
    let population = Population::new(estate, profile);
    let scenario = from_host(host(estate, from), scenario(5, 4));
    let ensemble = sample(&population, &scenario, Settle::InFavour, effects);
    falls(&ensemble, host(estate, to))
}

fn is_sure(share: f64) -> bool {
    share > 0.999
}

fn is_never(share: f64) -> bool {
    share < 0.001
}

#[test]
fn a_conversation_lets_an_outbreak_pass_where_nothing_else_does() {
    let worm = along("conversations");
    let silent = apart(None).estate();
    assert!(is_never(reaches(&silent, &worm, PC, SERVER, &[])));
    let began = apart(Some(spoke(Side::Began, 445, "10.0.1.9"))).estate();
    assert!(is_sure(reaches(&began, &worm, PC, SERVER, &[])));
    // It was begun from the PC, so the way back is not proven; nor is another port's.
    assert!(is_never(reaches(&began, &worm, SERVER, PC, &[])));
    let answered = apart(Some(spoke(Side::Answered, 445, "10.0.1.9"))).estate();
    assert!(is_sure(reaches(&answered, &worm, SERVER, PC, &[])));
    let elsewhere = apart(Some(spoke(Side::Began, 443, "10.0.1.9"))).estate();
    assert!(is_never(reaches(&elsewhere, &worm, PC, SERVER, &[])));
}

#[test]
fn a_guessed_direction_shows_the_way_and_lets_nothing_pass() {
    let worm = along("conversations");
    let guess = |sketch: Sketch, peer| {
        let guess = sketch.seen_by(Method::Inferred, spoke(Side::Began, 445, peer));
        reaches(&guess.estate(), &worm, 1, 0, &[])
    };
    assert!(is_never(guess(apart(None), "10.0.1.9")));
    assert!(is_sure(guess(neighbours(&[]), "10.0.0.9")));
}

#[test]
fn what_an_effect_shuts_is_shut_for_a_proven_pair_too() {
    let worm = along("conversations");
    let estate = apart(Some(spoke(Side::Began, 445, "10.0.1.9"))).estate();
    let ward = network(&estate, "harbour-ward");
    let set = |direction, passage| Effect::Set(Point::Boundary(ward, direction), passage);
    let shut = set(Direction::In, Passage::Denied);
    assert!(is_never(reaches(&estate, &worm, PC, SERVER, &[shut])));
    let other = set(Direction::Out, Passage::Denied);
    assert!(is_sure(reaches(&estate, &worm, PC, SERVER, &[other])));
}

#[test]
fn a_network_pair_inherits_a_conversation_on_the_port() {
    // A worm that probes addresses, and a third machine of which nothing was seen.
    let worm = worm_of(
        "",
        "",
        &format!(
            "[[stream]]\nkind = \"uniform\"\nscope = \"organisation\"\nprobes_per_hour = {}\n",
            exactly(36000.0)
        ),
    );
    let third = |seen| {
        let estate = apart(seen)
            .machine("harbour", &["10.0.1.77"], Known::Open)
            .estate();
        reaches(&estate, &worm, PC, 2, &[])
    };
    assert!(is_never(third(None)));
    assert!(is_never(third(Some(spoke(Side::Began, 443, "10.0.1.9")))));
    assert!(is_sure(third(Some(spoke(Side::Began, 445, "10.0.1.9")))));
}

/// A PC that holds the last of these facts, and another in its network.
fn neighbours(seen: &[Fact]) -> Sketch {
    let sketch = Sketch::new()
        .organisation("harbour", None)
        .network("harbour-lan", "harbour")
        .machine("harbour", &["10.0.0.9"], Known::Open)
        .machine("harbour", &["10.0.0.7"], Known::Open);
    seen.iter()
        .fold(sketch, |sketch, fact| sketch.seen(fact.clone()))
}

#[test]
fn inside_a_network_a_conversation_on_any_port_shows_the_way_both_ways() {
    let worm = along("conversations");
    let estate = neighbours(&[spoke(Side::Began, 3389, "10.0.0.9")]).estate();
    assert!(is_sure(reaches(&estate, &worm, 1, 0, &[])));
    assert!(is_sure(reaches(&estate, &worm, 0, 1, &[])));
}

#[test]
fn a_conversation_is_no_right_to_log_on_and_a_right_no_conversation() {
    let spoke = neighbours(&[spoke(Side::Began, 445, "10.0.0.9")]).estate();
    let may = neighbours(&[]).log_on("pc-00001", "pc-00000").estate();
    let reach = |estate: &Estate, profile: &Profile| reaches(estate, profile, 1, 0, &[]);
    assert!(is_sure(reach(&spoke, &along("conversations"))));
    assert!(is_never(reach(&spoke, &along("log_ons"))));
    assert!(is_never(reach(&may, &along("conversations"))));
    assert!(is_sure(reach(&may, &along("log_ons"))));
    // Whoever speaks holds no credentials for that; whoever may log on does.
    let nobody = |kind| with_credentials(kind, 0.5);
    assert!(is_never(reach(&spoke, &nobody("conversations"))));
    assert!(is_sure(reach(&may, &nobody("log_ons"))));
    let back = reaches(&may, &nobody("log_ons"), 0, 1, &[]);
    assert!(is_never(back));
}

#[test]
fn a_right_to_log_on_passes_no_boundary_by_itself() {
    let worm = with_credentials("log_ons", 0.5);
    let estate = apart(None).log_on("harbour-lan", "harbour-ward").estate();
    assert!(is_never(reaches(&estate, &worm, PC, SERVER, &[])));
    let linked = apart(None)
        .log_on("harbour-lan", "harbour-ward")
        .link("harbour-lan", "harbour-ward")
        .estate();
    assert!(is_sure(reaches(&linked, &worm, PC, SERVER, &[])));
}

#[test]
fn what_is_known_takes_nothing_of_what_is_drawn() {
    let sketch = || {
        let servers = (0..10).fold(
            Sketch::new()
                .organisation("harbour", None)
                .network("harbour-lan", "harbour"),
            |sketch, number| {
                sketch
                    .machine(
                        "harbour",
                        &[&format!("10.0.0.{}", 100 + number)],
                        Known::Open,
                    )
                    .seen(Fact::Role(Role::Server))
            },
        );
        servers.machines("harbour", 0, 20, Known::Closed).machine(
            "harbour",
            &["10.0.0.200"],
            Known::Open,
        )
    };
    let mean = |estate: &Estate| {
        let profile = along("conversations");
        let population = Population::new(estate, &profile);
        let scenario = from_host(host(estate, 30), scenario(20, 1));
        let ensemble = sample(&population, &scenario, Settle::Drawn, &[]);
        ensemble.spread.mean_taken.0
    };
    assert!(mean(&sketch().estate()) > 9.0);
    // It speaks with more machines than one does in any world, all of them closed.
    let busy = (11..=30).fold(sketch(), |sketch, last| {
        sketch.seen(spoke(Side::Began, 445, &format!("10.0.0.{last}")))
    });
    let mean = mean(&busy.estate());
    assert!(mean > 9.0, "{mean}");
}

#[test]
fn an_ensemble_with_another_pair_is_another_ensemble() {
    let identity = |estate: &Estate, kind: &str| {
        let profile = along(kind);
        let population = Population::new(estate, &profile);
        EnsembleIdentity::of(&population, &scenario(1, 1), Settle::Drawn, &[])
    };
    let without = neighbours(&[]).estate();
    let with = neighbours(&[]).log_on("pc-00001", "pc-00000").estate();
    let differs = |kind| identity(&with, kind).differs_from(&identity(&without, kind));
    assert_eq!(differs("log_ons"), ["the estate"]);
    assert!(differs("conversations").is_empty());
    assert_eq!(with.contacts.log_ons, [(host(&with, 1), host(&with, 0))]);
}
