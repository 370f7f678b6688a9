//! What claims that do not stand would be worth.

use wardround_estate::Estate;
use wardround_outbreak::{Overconfidence, Population, advise};

use crate::builder::*;

fn priced(estate: &Estate) -> Option<Overconfidence> {
    let profile = quick_worm();
    let population = Population::new(estate, &profile);
    let from = from_host(host(estate, 0), scenario(10, 5));
    let advice = advise(&population, &from, 0, None).expect("the estate has machines");
    advice.overconfidence
}

/// An entry, forty machines that are known open, and as many of which nothing is known.
fn harbour(claims: &[(&str, Option<f64>)]) -> Estate {
    let sketch = Sketch::new()
        .organisation("harbour", None)
        .network("lan", "harbour")
        .machines("harbour", 0, 41, Known::Open)
        .machines("harbour", 0, 40, Known::Nothing);
    let claimed = |sketch: Sketch, (control, share): &(&str, Option<f64>)| {
        sketch.claim("harbour", control, *share)
    };
    claims.iter().fold(sketch, claimed).estate()
}

#[test]
fn a_claim_that_all_is_closed_hides_every_machine_that_would_fall() {
    let found = priced(&harbour(&[("smb1_disabled", None)])).unwrap();
    assert_eq!((found.refuted.claims, found.refuted.hosts), (1, 81));
    let taken = found.evidenced.mean_taken.0;
    assert!(taken > 41.0);
    // Were it true, the entry alone would be taken.
    assert!((found.refuted.were_true.mean_taken.0 - 1.0).abs() < 1e-9);
    assert!((found.refuted.spared.mean - (taken - 1.0)).abs() < 1e-9);
    assert_eq!((found.unsupported.claims, found.not_priced), (0, 0));
    assert!(found.unsupported.spared.mean.abs() < 1e-9);
}

#[test]
fn a_claim_is_true_of_just_enough_machines() {
    // 81 machines, of which a share of 60 % must hold: 49.
    let found = priced(&harbour(&[("smb1_disabled", Some(60.0))])).unwrap();
    assert_eq!((found.refuted.claims, found.refuted.hosts), (1, 49));
    // Half may fail and 41 do: it is refuted by one. A third need hold: nothing says that they do not.
    let found = priced(&harbour(&[("smb1_disabled", Some(33.0))])).unwrap();
    assert_eq!((found.refuted.claims, found.refuted.hosts), (0, 0));
    assert_eq!((found.unsupported.claims, found.unsupported.hosts), (1, 27));
    assert!(found.unsupported.spared.mean > 0.0);
}

#[test]
fn what_the_threat_does_not_ask_for_has_no_price_and_what_stands_none_either() {
    let found = priced(&harbour(&[
        ("ms17_010_closed", None),
        ("visitors_sign_in", None),
    ]))
    .unwrap();
    assert_eq!(found.not_priced, 1);
    assert_eq!(found.refuted.claims + found.unsupported.claims, 0);
    assert!(priced(&harbour(&[("visitors_sign_in", None)])).is_none());
    assert!(priced(&harbour(&[("smb1_disabled", Some(0.0))])).is_none());
    assert!(priced(&harbour(&[])).is_none());
}

#[test]
fn an_agent_that_is_claimed_is_worth_what_it_stops() {
    let found = priced(&harbour(&[("edr_in_block_mode", None)])).unwrap();
    assert_eq!((found.refuted.claims, found.refuted.hosts), (1, 81));
    let (taken, spared) = (found.evidenced.mean_taken.0, found.refuted.spared.mean);
    assert!(
        0.25 * taken < spared && spared < 0.95 * taken,
        "{spared} of {taken}"
    );
}

#[test]
fn a_border_that_is_claimed_keeps_an_outbreak_out() {
    let estate = Sketch::harbour_and_mill(1, 30)
        .claim("mill", "445_denied_at_border", None)
        .estate();
    let found = priced(&estate).unwrap();
    assert_eq!((found.refuted.claims, found.refuted.borders), (1, 1));
    assert!((found.evidenced.mean_taken.0 - 31.0).abs() < 1e-9);
    assert!((found.refuted.spared.mean - 30.0).abs() < 1e-9);
}
