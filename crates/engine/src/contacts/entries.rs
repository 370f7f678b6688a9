//! The hosts that an outbreak begins with.

use thiserror::Error;

use crate::check::first_repeated;
use crate::contacts::Scratch;
use crate::contacts::queue::Arrival;
use crate::draws::Draws;

/// Who is infected at the beginning.
#[derive(Clone, Debug, PartialEq)]
pub enum Entries {
    /// These hosts, each once.
    These(Vec<u32>),
    /// So many different hosts, drawn anew for each replicate.
    Drawn(u32),
}

/// What is wrong with [`Entries`].
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum EntriesError {
    /// Nobody is infected at the beginning.
    #[error("the entries name no host")]
    Nobody,
    /// More are to be drawn than there are.
    #[error("{entries} entries are to be drawn from {hosts} hosts")]
    TooMany {
        /// How many entries.
        entries: u32,
        /// How many hosts.
        hosts: u32,
    },
    /// One of them does not exist.
    #[error("the entries name host {host}, but there are only {hosts}")]
    Unknown {
        /// The host named.
        host: u32,
        /// How many there are.
        hosts: u32,
    },
    /// One of them is named twice.
    #[error("the entries name host {host} twice")]
    Twice {
        /// Which host.
        host: u32,
    },
}

impl Entries {
    /// Whether so many hosts can begin an outbreak so.
    pub(crate) fn check(&self, hosts: u32) -> Result<(), EntriesError> {
        match self {
            Self::Drawn(0) => Err(EntriesError::Nobody),
            &Self::Drawn(entries) if entries > hosts => {
                Err(EntriesError::TooMany { entries, hosts })
            }
            Self::Drawn(_) => Ok(()),
            Self::These(these) => {
                let Some(&host) = these.iter().max() else {
                    return Err(EntriesError::Nobody);
                };
                if host >= hosts {
                    return Err(EntriesError::Unknown { host, hosts });
                }
                first_repeated(these).map_or(Ok(()), |host| Err(EntriesError::Twice { host }))
            }
        }
    }
}

/// Has the entries fall at time 0.
pub(crate) fn enter(entries: &Entries, hosts: u32, draws: &mut Draws, scratch: &mut Scratch) {
    match entries {
        Entries::These(these) => these.iter().for_each(|&host| fall(host, scratch)),
        // Robert Floyd's way to draw a set: one draw for each (Bentley, *Communications of the ACM* 30, 1987).
        &Entries::Drawn(count) => {
            for last in hosts - count..hosts {
                let host = draws.below(last + 1);
                let is_in = scratch.times[host as usize] == 0;
                fall(if is_in { last } else { host }, scratch);
            }
        }
    }
}

fn fall(host: u32, scratch: &mut Scratch) {
    scratch.times[host as usize] = 0;
    scratch.fallen[scratch.fallen_count] = host;
    scratch.fallen_count += 1;
    scratch.queue.push(Arrival { ticks: 0, host });
}
