//! Spread along explicit contacts: an exact outbreak in continuous time on a given graph.
//!
//! A host that falls stays active for a while and transmits along each of its contacts at a rate (SIR; SI without an
//! end; SEIR with a latency). Seen from the end this is a shortest path: the length of a contact is the time after which
//! it would transmit, infinite if its host has ceased by then, and a host falls at its distance from the entries (Kiss,
//! Miller and Simon, *Mathematics of Epidemics on Networks*, 2017, section 6.2; Sellke's construction). So hosts need not be taken
//! in the order of time. They are taken in batches of a short slot of time (delta-stepping; Meyer and Sanders 2003), and one that
//! turns out to have fallen earlier is taken again with the same draws, because draws belong to the host and the contact
//! and not to the order of events. No heap, no sorting, and reads that do not wait for one another.
//!
//! The same draws for the same contacts have another use: two graphs, or two rates, can be compared under one (seed,
//! replicate). What a missing contact changes is then its own doing, and it never makes anyone fall earlier.
//!
//! Times are whole ticks of at most 2⁻³⁰ of the horizon and delays have 24 significant bits.
//!
//! [`Graph`] and [`Spread`] say what there is, [`Prepared`] checks them, [`Prepared::outbreak`] draws one [`Outbreak`].
//!
//! A ring of a hundred hosts, each in contact with the next, and nobody who ceases: all fall.
//!
//! ```
//! use wardround_engine::contacts::{Contact, Entries, Graph, Period, Prepared, Scratch, Spread};
//!
//! let ring: Vec<Contact> = (0..100)
//!     .map(|from| Contact { from, to: (from + 1) % 100, multiplier: 1.0 })
//!     .collect();
//! let graph = Graph::weighted(100, &ring)?;
//! let spread = Spread {
//!     transmissions_per_hour: 2.0,
//!     latency: Period::Fixed(0.25),
//!     active: None,
//!     entries: Entries::Drawn(1),
//!     horizon_hours: 1_000.0,
//! };
//! let outbreak = Prepared::new(&graph, &spread)?.outbreak(1, 0, &mut Scratch::new()).size();
//! assert_eq!(outbreak, 100);
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

mod batch;
mod entries;
pub(crate) mod exponential;
mod graph;
mod outbreak;
mod prepared;
mod queue;
mod scratch;
mod settled;
mod spread;
mod stream;

pub use crate::contacts::entries::{Entries, EntriesError};
pub use crate::contacts::graph::{Contact, Graph, GraphError};
pub use crate::contacts::outbreak::{Count, Fall, Outbreak};
pub use crate::contacts::prepared::Prepared;
pub use crate::contacts::scratch::Scratch;
pub use crate::contacts::spread::{Period, Spread, SpreadError};
