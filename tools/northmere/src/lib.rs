//! Made-up hospital estates: the exports that such an estate would hold, and the truth behind them.
//!
//! wardround reads exports and concludes what is so. Whether it concludes rightly can only be told
//! where the truth is known, and of no real estate it is. This crate makes estates up: it first
//! decides what each machine really is, then writes what scanners, agents and people would have
//! noted of it, errors and all. It shares no code and no type with the readers, so that it is an
//! independent witness: where both agree on a format, two people understood its documentation alike.
//!
//! [`northmere`] is the committed example in `examples/northmere`: two hospitals, a community and
//! mental health trust, twelve surgeries and the provider that patches them, about 3,000 machines,
//! as of Tuesday 2025-06-24. [`estate`] makes one of any size, organisation by organisation.
//!
//! The same seed and size always give the same bytes. Nothing reads a clock, a file or the network.
//!
//! # Noise
//!
//! The rates stand in [`noise`] and, for people, in `README.md`. Every record whose word is untrue
//! at the as-of moment says so in [`Truth::records`], with the reason: it was so then and changed
//! since, or an error was put in. Names, organisations, makers and texts are made up; builds, article
//! numbers, flaw identifiers, column names and labels are real, from the pages that each file names.

mod calendar;
mod exports;
mod facts;
mod hosts;
mod names;
pub mod noise;
mod plan;
mod random;
mod truth;

pub use calendar::{AS_OF, Moment, NEXT_WORM_FIX};
pub use plan::Size;
pub use truth::{
    Damage, DamagedFile, Fact, FalseFact, Noise, TrueBorder, TrueClaim, TrueHost, TrueHostId,
    TrueRecord, Truth,
};

use plan::Organisation;

/// The seed of the committed example.
pub const NORTHMERE_SEED: u64 = 20_250_624;

/// One file of the estate.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GeneratedFile {
    /// Where it goes, below the folder of the estate, with forward slashes.
    pub path: String,
    /// What is in it.
    pub bytes: Vec<u8>,
}

/// Files and the truth about them.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Generated {
    /// The files, in the order in which they were made.
    pub files: Vec<GeneratedFile>,
    /// The truth.
    pub truth: Truth,
}

/// An estate as it is made: first its description, then one organisation after another.
///
/// Each part is independent of the others, so that an estate of any size needs no more memory
/// than its largest organisation.
#[derive(Debug)]
pub struct Parts {
    seed: u64,
    organisations: Vec<Organisation>,
    next: usize,
}

impl Iterator for Parts {
    type Item = Generated;

    fn next(&mut self) -> Option<Generated> {
        let part = match self.next.checked_sub(1) {
            None => exports::description(self.seed, &self.organisations),
            Some(place) => exports::exports_of(self.seed, self.organisations.get(place)?),
        };
        self.next += 1;
        Some(Generated {
            files: part.files,
            truth: part.truth,
        })
    }

    /// The part after so many others, which are not made.
    fn nth(&mut self, count: usize) -> Option<Generated> {
        self.next = self.next.saturating_add(count);
        self.next()
    }
}

impl Parts {
    /// All parts in one.
    pub fn gather(self) -> Generated {
        let mut whole = Generated::default();
        for part in self {
            whole.files.extend(part.files);
            whole.truth.append(part.truth);
        }
        whole
    }
}

/// Makes the committed example.
pub fn northmere() -> Generated {
    let organisations = plan::northmere_plan();
    Parts {
        seed: NORTHMERE_SEED,
        organisations,
        next: 0,
    }
    .gather()
}

/// Makes an estate of any size, part by part.
pub fn estate(seed: u64, size: &Size) -> Parts {
    Parts {
        seed,
        organisations: plan::plan_of(size),
        next: 0,
    }
}
