//! The end of a replicate in a few numbers.

use crate::{Event, Watch};

/// How many hosts ended up how, by the horizon.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Totals {
    /// Infections, entries included, repeats not: different hosts that were ever infected.
    pub infected: u32,
    /// Infections of hosts that had been infected before.
    pub repeats: u32,
    /// Crashed hosts.
    pub crashed: u32,
    /// Hosts that the payload struck.
    pub disabled: u32,
    /// Starts of infected hosts that the kill switch ended.
    pub answered: u32,
    /// Patched hosts.
    pub patched: u32,
    /// Rebuilt hosts.
    pub rebuilt: u32,
    /// Organisations that acted.
    pub acted: u32,
    /// Infections and repeats by what they crossed, in the order of [`Across::ALL`](crate::Across::ALL).
    pub across: [u32; 6],
    /// When the last host was infected, in hours.
    pub last_hours: f64,
}

impl Watch for Totals {
    #[inline]
    fn note(&mut self, hours: f64, event: Event) {
        match event {
            Event::Infected {
                across, is_repeat, ..
            } => {
                self.infected += u32::from(!is_repeat);
                self.repeats += u32::from(is_repeat);
                self.across[across as usize] += 1;
                self.last_hours = hours;
            }
            Event::Crashed { .. } => self.crashed += 1,
            Event::Disabled { .. } => self.disabled += 1,
            Event::Answered { .. } => self.answered += 1,
            Event::Patched { .. } => self.patched += 1,
            Event::Rebuilt { .. } => self.rebuilt += 1,
            Event::Acted { .. } => self.acted += 1,
        }
    }
}
