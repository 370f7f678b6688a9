//! Who is in contact with whom, as rows of one long list.

use thiserror::Error;

/// A directed contact with a rate of its own.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Contact {
    /// The host that may transmit.
    pub from: u32,
    /// The host that may fall by it.
    pub to: u32,
    /// How many times the common rate it transmits at: finite and above 0.
    pub multiplier: f32,
}

/// Hosts, numbered from 0, and their contacts.
#[derive(Clone, Debug, PartialEq)]
pub struct Graph {
    /// Where each host's row begins in `targets`, and the end.
    pub(crate) starts: Vec<u32>,
    /// The hosts that each host may transmit to, in ascending order.
    pub(crate) targets: Vec<u32>,
    /// 1 / multiplier of each contact; empty if all are 1.
    pub(crate) stretches: Vec<f32>,
}

/// What is wrong with a list of contacts, by the position in it.
#[derive(Clone, Debug, PartialEq, Error)]
#[non_exhaustive]
pub enum GraphError {
    /// More hosts than can be numbered.
    #[error("the graph has {hosts} hosts, at most {limit}")]
    TooManyHosts {
        /// How many there are.
        hosts: u32,
        /// How many there may be.
        limit: u32,
    },
    /// More contacts than can be numbered.
    #[error("the graph has {contacts} directed contacts, at most {limit}")]
    TooManyContacts {
        /// How many there are; an undirected one counts twice.
        contacts: usize,
        /// How many there may be.
        limit: usize,
    },
    /// A contact names a host that does not exist.
    #[error("contact {contact} names host {host}, but there are only {hosts}")]
    UnknownHost {
        /// Which contact.
        contact: usize,
        /// The host named.
        host: u32,
        /// How many there are.
        hosts: u32,
    },
    /// A host is in contact with itself.
    #[error("contact {contact} leads from host {host} to itself")]
    ToItself {
        /// Which contact.
        contact: usize,
        /// Which host.
        host: u32,
    },
    /// Two contacts lead from one host to the same other.
    #[error("two contacts lead from host {from} to host {to}")]
    Twice {
        /// From which host.
        from: u32,
        /// To which.
        to: u32,
    },
    /// A multiplier is not usable as one.
    #[error(
        "contact {contact} has multiplier {multiplier}, not a finite number from 2^-100 to 2^100"
    )]
    Multiplier {
        /// Which contact.
        contact: usize,
        /// What it says.
        multiplier: f32,
    },
}

impl Graph {
    /// The most hosts; the numbers above are set aside.
    pub const MAX_HOSTS: u32 = 1 << 31;

    /// The graph of contacts that transmit both ways, each of them listed once.
    ///
    /// # Errors
    ///
    /// If an edge names a host that does not exist or one host twice, is listed twice (in either direction), or there
    /// are too many.
    pub fn undirected(hosts: u32, edges: &[(u32, u32)]) -> Result<Self, GraphError> {
        let both = |at: usize| {
            let (one, other) = edges[at];
            [(one, other), (other, one)]
        };
        Self::unweighted(hosts, edges.len(), 2 * edges.len(), both)
    }

    /// The graph of contacts that transmit from the first host of each pair to the second.
    ///
    /// # Errors
    ///
    /// As for [`undirected`](Self::undirected); there and back are two different edges.
    pub fn directed(hosts: u32, edges: &[(u32, u32)]) -> Result<Self, GraphError> {
        Self::unweighted(hosts, edges.len(), edges.len(), |at| [edges[at]])
    }

    /// The graph of directed contacts with rates of their own.
    ///
    /// # Errors
    ///
    /// As for [`directed`](Self::directed), and if a multiplier is not a number from 2⁻¹⁰⁰ to 2¹⁰⁰.
    pub fn weighted(hosts: u32, contacts: &[Contact]) -> Result<Self, GraphError> {
        let range = 2_f32.powi(-100)..=2_f32.powi(100);
        for (contact, &Contact { multiplier, .. }) in contacts.iter().enumerate() {
            if !range.contains(&multiplier) {
                return Err(GraphError::Multiplier {
                    contact,
                    multiplier,
                });
            }
        }
        let ends = |at: usize| [(contacts[at].from, contacts[at].to)];
        let starts = starts(hosts, contacts.len(), contacts.len(), &ends)?;
        let mut placed = vec![(0, 0.0); contacts.len()];
        let mut next = starts.clone();
        for contact in contacts {
            let at = &mut next[contact.from as usize];
            placed[*at as usize] = (contact.to, 1.0 / contact.multiplier);
            *at += 1;
        }
        for row in starts.windows(2) {
            placed[row[0] as usize..row[1] as usize].sort_unstable_by_key(|&(to, _)| to);
        }
        let graph = Self {
            starts,
            targets: placed.iter().map(|&(to, _)| to).collect(),
            stretches: placed.iter().map(|&(_, stretch)| stretch).collect(),
        };
        graph.refuse_twins()
    }

    /// How many hosts there are.
    pub fn hosts(&self) -> u32 {
        self.starts.len() as u32 - 1
    }

    /// How many directed contacts there are; an undirected one counts twice.
    pub fn contacts(&self) -> usize {
        self.targets.len()
    }

    /// The hosts that this one may transmit to, in ascending order.
    ///
    /// # Panics
    ///
    /// If there is no such host.
    pub fn targets_of(&self, host: u32) -> &[u32] {
        &self.targets[self.row(host)]
    }

    pub(crate) fn row(&self, host: u32) -> std::ops::Range<usize> {
        self.starts[host as usize] as usize..self.starts[host as usize + 1] as usize
    }

    fn unweighted<const WAYS: usize>(
        hosts: u32,
        edges: usize,
        contacts: usize,
        ways: impl Fn(usize) -> [(u32, u32); WAYS],
    ) -> Result<Self, GraphError> {
        let starts = starts(hosts, edges, contacts, &ways)?;
        let mut targets = vec![0; contacts];
        let mut next = starts.clone();
        for edge in 0..edges {
            for (from, to) in ways(edge) {
                let at = &mut next[from as usize];
                targets[*at as usize] = to;
                *at += 1;
            }
        }
        for row in starts.windows(2) {
            targets[row[0] as usize..row[1] as usize].sort_unstable();
        }
        let graph = Self {
            starts,
            targets,
            stretches: Vec::new(),
        };
        graph.refuse_twins()
    }

    fn refuse_twins(self) -> Result<Self, GraphError> {
        for (from, row) in self.starts.windows(2).enumerate() {
            let row = &self.targets[row[0] as usize..row[1] as usize];
            if let Some(pair) = row.windows(2).find(|pair| pair[0] == pair[1]) {
                return Err(GraphError::Twice {
                    from: from as u32,
                    to: pair[0],
                });
            }
        }
        Ok(self)
    }
}

/// Checks the ends of all edges and works out where each host's row begins.
fn starts<const WAYS: usize>(
    hosts: u32,
    edges: usize,
    contacts: usize,
    ways: &impl Fn(usize) -> [(u32, u32); WAYS],
) -> Result<Vec<u32>, GraphError> {
    if hosts > Graph::MAX_HOSTS {
        return Err(GraphError::TooManyHosts {
            hosts,
            limit: Graph::MAX_HOSTS,
        });
    }
    let limit = u32::MAX as usize;
    if contacts > limit {
        return Err(GraphError::TooManyContacts { contacts, limit });
    }
    let mut starts = vec![0_u32; hosts as usize + 1];
    for contact in 0..edges {
        for (from, to) in ways(contact) {
            let highest = from.max(to);
            if highest >= hosts {
                return Err(GraphError::UnknownHost {
                    contact,
                    host: highest,
                    hosts,
                });
            }
            if from == to {
                return Err(GraphError::ToItself {
                    contact,
                    host: from,
                });
            }
            starts[from as usize + 1] += 1;
        }
    }
    let mut sum = 0;
    for start in &mut starts {
        sum += *start;
        *start = sum;
    }
    Ok(starts)
}
