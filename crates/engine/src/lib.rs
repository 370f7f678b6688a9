//! One replicate of an outbreak, exactly.
//!
//! The engine takes a plain [`Input`] (networks, who may reach whom, hosts, how the worm probes, who responds), checks and
//! indexes it once, and samples one history for each (seed, replicate), told to a [`Watch`]. Time is continuous and
//! events are drawn one by one, so there is no time step to choose. It knows no estate, no threat file, no clock, no
//! file and no thread; the same input, seed and replicate give the same bytes on any machine.
//!
//! Two samplers draw the same process: [`fast`] from totals, for one world; [`coupled`] from thresholds of each host, for
//! the difference between worlds. [`contacts`] draws spread along a graph alone, and [`siidr`] a published model of
//! WannaCry in rounds.
//!
//! Two hundred hosts in one network, one of them infected, each probing 10 addresses an hour:
//!
//! ```
//! use wardround_engine::fast::{Prepared, Scratch};
//! use wardround_engine::{
//!     Class, Delay, Entries, Host, Input, Network, Opening, Organisation, Scope, Stream, StreamKind, Totals,
//! };
//!
//! let input = Input {
//!     realms: vec![],
//!     organisations: vec![Organisation::default()],
//!     networks: vec![Network {
//!         organisation: 0,
//!         realm: None,
//!         addresses: 254.0,
//!         leaves: true,
//!         enters: true,
//!         leaves_organisation: false,
//!         enters_organisation: false,
//!     }],
//!     links: vec![],
//!     vectors: 1,
//!     classes: vec![Class {
//!         // Half of the probes that reach a host do something.
//!         openings: vec![Opening { success: 0.5, crash: 0.0 }],
//!         carries: vec![true],
//!         answers_kill_switch: false,
//!         is_exposed: false,
//!         schedule: None,
//!         patched: None,
//!     }],
//!     schedules: vec![],
//!     hosts: vec![Host { network: Some(0), class: 0 }; 200],
//!     further: vec![],
//!     contacts: vec![],
//!     streams: vec![Stream {
//!         vector: 0,
//!         kind: StreamKind::Uniform(Scope::Network),
//!         probes_per_hour: 10.0,
//!     }],
//!     latency: Delay::Exponential { mean: 0.1 },
//!     dormancy: None,
//!     removal_mean_hours: None,
//!     payload: None,
//!     kill_switch: None,
//!     outside: None,
//!     start_hour_of_week: 0.0,
//!     entries: Entries::These(vec![0]),
//!     horizon_hours: 2.0,
//! };
//! let prepared = Prepared::new(&input)?;
//! let mut scratch = Scratch::new();
//! let mut taken: Vec<u32> = (0..101)
//!     .map(|replicate| {
//!         let mut totals = Totals::default();
//!         prepared.sample(1, replicate, &mut scratch, &mut totals);
//!         totals.infected
//!     })
//!     .collect();
//! taken.sort_unstable();
//! assert!((60..200).contains(&taken[50]), "median {}", taken[50]);
//! # Ok::<(), wardround_engine::InputError>(())
//! ```

mod calendar;
mod check;
pub mod contacts;
pub mod coupled;
mod delay;
mod draws;
mod error;
mod event;
pub mod fast;
mod grouped;
mod hours;
mod input;
mod keys;
mod prefetch;
pub mod siidr;
mod totals;

pub use crate::delay::Delay;
pub use crate::error::InputError;
pub use crate::event::{Across, Event, Watch};
pub use crate::input::{
    Attachment, Class, Contact, Dormancy, Entries, Host, Input, KillSwitch, Link, Network, Opening,
    Organisation, Outside, Payload, Pressure, Realm, Response, Schedule, Scope, Stream, StreamKind,
};
pub use crate::totals::Totals;
