//! What the sampler promises of any two worlds.

use proptest::prelude::*;
use wardround_engine::coupled::{Prepared, Scratch};
use wardround_engine::{Input, Opening};

use super::worlds::{HOSTS, events, falls, in_shifts, world};

/// A change that gives the worm less.
fn weakened(mut input: Input, change: u8, which: u32) -> Input {
    match change {
        0 => {
            let opening = &mut input.classes[which as usize % 4].openings[0];
            opening.success /= 2.0;
        }
        1 | 2 => {
            let closed = input.hosts[which as usize].class;
            let mut class = input.classes[usize::from(closed)].clone();
            class.openings[usize::from(change) - 1] = Opening::CLOSED;
            input.classes.push(class);
            input.hosts[which as usize].class = input.classes.len() as u16 - 1;
        }
        3 => input.networks[which as usize % 6].leaves = false,
        4 => input.networks[which as usize % 6].enters = false,
        5 => input.networks[which as usize % 6].leaves_organisation = false,
        6 => input.networks[which as usize % 6].enters_organisation = false,
        7 => {
            input.links.pop();
        }
        _ => {
            let dropped = which as usize % input.contacts.len().max(1);
            if dropped < input.contacts.len() {
                let pair = input.contacts[dropped];
                input
                    .contacts
                    .retain(|it| (it.from, it.to) != (pair.from, pair.to));
            }
        }
    }
    input
}

fn check_no_earlier(before: &Input, after: &Input, seed: u64) -> Result<(), TestCaseError> {
    for replicate in 0..8 {
        let falls = falls(before, seed, replicate)
            .into_iter()
            .zip(super::worlds::falls(after, seed, replicate));
        for (host, (with, without)) in falls.enumerate() {
            prop_assert!(
                without >= with * (1.0 - 1e-9),
                "host {host} fell at {with} and then at {without} hours"
            );
        }
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(250))]

    #[test]
    fn a_fix_never_helps_the_worm(
        input in world(), change in 0..9_u8, which in 0..HOSTS, seed in any::<u64>(),
    ) {
        let after = weakened(input.clone(), change, which);
        check_no_earlier(&input, &after, seed)?;
    }

    #[test]
    fn nor_with_hosts_switched_on_and_off(
        input in world(), change in 0..8_u8, which in 0..HOSTS, seed in any::<u64>(), hours in 0..9_u64,
    ) {
        let input = in_shifts(input, hours);
        let after = weakened(input.clone(), change, which);
        check_no_earlier(&input, &after, seed)?;
    }

    #[test]
    fn the_same_world_has_the_same_history_whatever_the_scratch_was_used_for(
        input in world(), other in world(), seed in any::<u64>(),
    ) {
        let fresh = events(&input, seed, 3);
        let mut scratch = Scratch::new();
        Prepared::new(&other).unwrap().sample(seed, 1, &mut scratch, &mut ());
        let mut again = Vec::new();
        Prepared::new(&input).unwrap().sample(seed, 3, &mut scratch, &mut again);
        prop_assert_eq!(fresh, again);
    }

    #[test]
    fn the_order_of_contacts_does_not_matter(input in world(), seed in any::<u64>(), by in 0..50_usize) {
        let mut turned = input.clone();
        turned.contacts.reverse();
        let count = turned.contacts.len();
        turned.contacts.rotate_left(by.min(count));
        prop_assert_eq!(events(&input, seed, 0), events(&turned, seed, 0));
    }

    #[test]
    fn a_host_that_nothing_reaches_changes_nothing_for_others(
        input in world(), seed in any::<u64>(), which in 0..HOSTS,
    ) {
        // It keeps its keys, and so do all others: whether it is there or immune and silent is all the same.
        let mut after = input.clone();
        let mut class = after.classes[usize::from(after.hosts[which as usize].class)].clone();
        class.openings.fill(Opening::CLOSED);
        class.carries.fill(true);
        after.classes.push(class);
        after.hosts[which as usize].class = after.classes.len() as u16 - 1;
        let before = falls(&input, seed, 0);
        if before[which as usize] == f64::INFINITY {
            for (one, other) in before.into_iter().zip(falls(&after, seed, 0)) {
                prop_assert!(one == other || (one - other).abs() < 1e-9 * one);
            }
        }
    }
}
