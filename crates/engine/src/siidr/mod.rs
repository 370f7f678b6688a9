//! The SIIDR model of self-propagating malware, in steps, by both rules that its authors have published.
//!
//! A host is susceptible, infected, *dormant* (infected but silent for a while) or recovered (Chernikova, Gozzi, Boboila,
//! Angadi, Loughner, Wilden, Perra, Eliassi-Rad and Oprea, *Cyber Network Resilience against Self-Propagating Malware Attacks*, ESORICS 2022, and the
//! later *Modeling self-propagating malware with epidemiological models*, Applied Network Science 2023). A step has no fixed length.
//! It is here for comparison with these papers; the other engines are for questions.
//!
//! In a step all hosts change together, by the states that they had before it: a susceptible one with k infected
//! neighbours is infected with chance 1 − (1 − β)ᵏ, an infected one recovers or goes dormant as the [`Rule`] says, and a
//! dormant one wakes. Work goes into hosts that are infected and not into all: contacts that do not transmit are skipped, a
//! geometric number of them at once.
//!
//! [`Siidr`] says what spreads on a [`Graph`](crate::contacts::Graph), [`Prepared`] checks it,
//! [`Prepared::outbreak`] draws one [`Course`].

mod chance;
mod input;
mod outbreak;
mod prepared;

pub use crate::siidr::input::{Rates, Rule, Siidr, SiidrError};
pub use crate::siidr::outbreak::{Course, Scratch, StepCounts};
pub use crate::siidr::prepared::Prepared;
