//! The course of one outbreak.

mod across;
mod ahead;
mod calls;
mod clocks;
mod falls;
mod hosts;
mod hours;
mod infection;
mod listening;
mod names;
mod organisations;
mod outbreak;
mod queue;
mod sources;
mod sweeps;
mod timers;

pub(in crate::coupled) use crate::coupled::course::ahead::Records;
pub(in crate::coupled) use crate::coupled::course::clocks::Clock;
pub(in crate::coupled) use crate::coupled::course::falls::{Ear, Fall};
pub(in crate::coupled) use crate::coupled::course::hosts::{Life, Status, Talk};
pub(in crate::coupled) use crate::coupled::course::organisations::Staff;
pub(in crate::coupled) use crate::coupled::course::outbreak::Course;
pub(in crate::coupled) use crate::coupled::course::queue::Queue;
pub(in crate::coupled) use crate::coupled::course::sources::{NetExtra, RealmExtra};
pub(in crate::coupled) use crate::coupled::course::timers::Timers;
