//! The hosts that an outbreak begins with.

use crate::contacts::queue::Arrival;
use crate::contacts::{Entries, Scratch};
use crate::draws::Draws;

/// Has the entries fall at time 0.
pub(crate) fn enter(entries: &Entries, hosts: u32, draws: &mut Draws, scratch: &mut Scratch) {
    match entries {
        Entries::These(these) => these.iter().for_each(|&host| fall(host, scratch)),
        // Robert Floyd's way to draw a set: one draw for each (Bentley, *Communications of the ACM* 30, 1987).
        &Entries::Drawn(count) => {
            for last in hosts - count..hosts {
                let host = draws.below(last + 1);
                let is_in = scratch.times[host as usize] == 0;
                fall(if is_in { last } else { host }, scratch);
            }
        }
    }
}

fn fall(host: u32, scratch: &mut Scratch) {
    scratch.times[host as usize] = 0;
    scratch.fallen[scratch.fallen_count] = host;
    scratch.fallen_count += 1;
    scratch.queue.push(Arrival { ticks: 0, host });
}
