//! The sampler for comparing worlds: thresholds of each host instead of draws one after the other.
//!
//! **The maths.** Let λ(t) be the rate at which probes of a vector arrive at one address of a host, while it is on and the
//! kill switch would not answer it, and p the chance that one of them infects it. A host that is hit at rate pλ(t) falls
//! when Λ(t) = ∫λ passes E/p, where E is exponential with mean 1: the random time change of a point process (Anderson and
//! Kurtz, *Continuous time Markov chain models for chemical reaction networks*, 2011, section 1.2), which is how Sellke
//! built epidemics (*On the asymptotic distribution of the size of a stochastic epidemic*, Journal of Applied Probability
//! 20, 1983). So a replicate is a function of its thresholds: one for each host, address, vector, and way of being hit
//! (infected, crashed, either from outside), and a further set for each time that a host becomes susceptible again. They,
//! and all delays, are drawn by name: from the seed, the replicate, the host's position, what is drawn and for the how
//! manieth time. Nothing else that happens shifts them. Two inputs with the same list of hosts therefore have the same
//! draws, whatever else differs, and their outbreaks differ only where the differences take effect.
//!
//! **The clocks.** What arrives at an address is the sum of at most three clocks: what its own network adds, what its
//! organisation's, and what its realm's. All hosts of a network for which the same counts (same vector, schedule and
//! relation to the kill switch) hear the same sum, so only the least of their thresholds matters. A clock that many hear
//! changes at every infection; its listeners reckon with a bound on its rate and look again at a moment before which none
//! of them can fall. That changes when they look, not when they fall: the process is the exact one.
//!
//! **A law of this sampler.** With crashes, responses and the kill switch off, closing an opening, lowering its chance of
//! success, or denying a boundary or a link makes no host fall earlier and no host fall that did not. It holds with uniform
//! streams, sweeps, contacts, latency, dormancy, removal, payload, several networks and vectors and pressure from outside if
//! no host has a schedule: then what a host does after its infection is the same, only later. With schedules it holds for
//! uniform streams, pressure and latency, and for contacts between hosts with the same schedule, as long as infected hosts
//! stay active and there are no sweeps: a later sweep or activity may meet hosts that are off at another moment. Where the
//! same force is added up in another order sums may round differently: *earlier* means by more than that.

mod course;
mod difference;
mod pairs;
mod prepare;
mod scratch;

pub use crate::coupled::difference::{Difference, DifferenceError, difference};
pub use crate::coupled::pairs::Pairs;
pub use crate::coupled::prepare::Prepared;
pub use crate::coupled::scratch::Scratch;
