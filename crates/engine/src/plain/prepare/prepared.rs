//! The checked and indexed input.

use crate::plain::check::check;
use crate::plain::prepare::grouped::Grouped;
use crate::plain::prepare::openings::{self, Opening};
use crate::plain::prepare::routes::Routes;
use crate::plain::prepare::sets::Sets;
use crate::plain::prepare::targets::Targets;
use crate::plain::{Input, InputError, Stream};

/// An input that was found good, with what is worth working out once for all its replicates.
#[derive(Clone, Debug)]
pub struct Prepared<'a> {
    pub(crate) input: &'a Input,
    /// The probes per hour of each sweep.
    pub(crate) sweeps: Vec<f64>,
    /// The sets that each network is in.
    pub(crate) sets_of_network: Vec<[u32; 3]>,
    pub(crate) routes: Routes,
    pub(crate) openings: Grouped<Opening>,
    /// What is left to find before anything has happened.
    pub(crate) targets: Targets,
}

impl<'a> Prepared<'a> {
    /// Checks an input and indexes it.
    ///
    /// # Errors
    ///
    /// If a position names nothing, a number is out of the range that its field states, a network or realm has fewer
    /// addresses than it holds, or no host is infected at the beginning.
    pub fn new(input: &'a Input) -> Result<Self, InputError> {
        check(input)?;
        let sets = Sets::new(input);
        let (openings, levels) = openings::openings(input);
        Ok(Self {
            input,
            sweeps: input
                .streams
                .iter()
                .filter_map(sweep)
                .filter(|&rate| rate > 0.0)
                .collect(),
            sets_of_network: sets.of_network().to_vec(),
            routes: Routes::new(input, &sets),
            targets: Targets::new(openings.members(), levels, sets.of_network(), sets.count()),
            openings,
        })
    }

    /// The input.
    pub fn input(&self) -> &'a Input {
        self.input
    }

    /// Whether a host's probes arrive in a network: by sharing it, through the boundaries, or across a link.
    ///
    /// # Panics
    ///
    /// If there is no such host or network.
    pub fn reaches(&self, host: u32, network: u32) -> bool {
        self.routes
            .covers(host, &self.sets_of_network[network as usize])
    }
}

fn sweep(stream: &Stream) -> Option<f64> {
    match *stream {
        Stream::Sweep { probes_per_hour } => Some(probes_per_hour),
        Stream::Uniform { .. } => None,
    }
}
