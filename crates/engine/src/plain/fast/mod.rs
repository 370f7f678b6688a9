//! Uniform address scanning at national scale, drawn from totals.
//!
//! The plain engine holds every host and can do everything. This one holds *cells*: so many hosts of one class in one
//! network. Nothing in its loop is as long as the list of hosts, so a million and a half of them in 30,000 networks fit
//! the processor's cache. It samples the same process exactly, for the inputs it supports: uniform streams, hosts of one
//! network each, no crashes, no kill switch, no links, removal exponential or none.
//!
//! [`Cells`] says what there is, [`Prepared`] indexes it, [`Prepared::course`] draws one [`Course`]. [`Adapted`] takes an
//! ordinary [`Input`](crate::plain::Input) and names the hosts that fell, drawn after the course among those that were alike.

mod adapted;
mod cells;
mod check;
mod course;
mod crowd;
mod density;
mod error;
mod prepared;
mod reach;
mod run;
mod scratch;
mod urn;
mod waiting;

pub use crate::plain::fast::adapted::{Adapted, Fall};
pub use crate::plain::fast::cells::{CellEntries, CellEntry, CellStream, Cells};
pub use crate::plain::fast::course::{Count, Course, Step, Wanted};
pub use crate::plain::fast::error::FastError;
pub use crate::plain::fast::prepared::Prepared;
pub use crate::plain::fast::scratch::Scratch;
