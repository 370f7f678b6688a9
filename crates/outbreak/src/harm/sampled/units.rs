//! What a sampler tells apart, whichever it is.

use wardround_engine::Input;
use wardround_engine::fast::Prepared;

/// The units that events of an outbreak speak of.
#[derive(Clone, Copy)]
pub(crate) enum Units<'a> {
    /// Of the fast sampler: machines that are alike.
    Alike(&'a Prepared<'a>),
    /// Of the coupled sampler: each machine by its position.
    Machines(&'a Input),
}

impl<'a> Units<'a> {
    pub(super) fn input(&self) -> &'a Input {
        match self {
            Self::Alike(prepared) => prepared.input(),
            Self::Machines(input) => input,
        }
    }

    pub(super) fn count(&self) -> u32 {
        match self {
            Self::Alike(prepared) => prepared.units(),
            Self::Machines(input) => input.hosts.len() as u32,
        }
    }

    pub(super) fn network(&self, unit: u32) -> Option<u32> {
        match self {
            Self::Alike(prepared) => prepared.unit(unit).network,
            Self::Machines(input) => input.hosts[unit as usize].network,
        }
    }

    /// The machines that a unit stands for.
    pub(super) fn hosts<'u>(&'u self, unit: &'u u32) -> &'u [u32] {
        match self {
            Self::Alike(prepared) => prepared.unit(*unit).hosts,
            Self::Machines(_) => std::slice::from_ref(unit),
        }
    }
}
