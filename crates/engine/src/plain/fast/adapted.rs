//! An ordinary input in the fast engine, and the hosts that fell.

use crate::draws::Draws;
use crate::plain::fast::{
    CellEntries, CellEntry, CellStream, Cells, FastError, Prepared, Scratch, Wanted,
};
use crate::plain::prepare::Grouped;
use crate::plain::{Delay, Entries, Host, Input, Stream, check};

/// An [`Input`] as [`Cells`], with the hosts that each cell counts.
#[derive(Clone, Debug)]
pub struct Adapted {
    cells: Cells,
    /// The hosts of each cell, at the positions of [`Cells::hosts`].
    hosts: Grouped<u32>,
    entries: Vec<u32>,
}

/// One host's infection.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Fall {
    /// The host, by its position in [`Input::hosts`].
    pub host: u32,
    /// When it was infected, in hours.
    pub hours: f64,
}

impl Adapted {
    /// Counts an input's hosts by network and chance of success.
    ///
    /// # Errors
    ///
    /// If the plain engine would refuse it; or with [`FastError::Unsupported`], if it has links, a kill switch, sweeps,
    /// a removal that is not exponential, or hosts that can crash, have no network or several, or more than
    /// [`Cells::MAX_CLASSES`] different chances of success above 0.
    pub fn new(input: &Input) -> Result<Self, FastError> {
        check::check(input)?;
        let streams = streams(input)?;
        let removal_mean_hours = removal_mean_hours(input)?;
        let successes = successes(input)?;
        let class_of = |host: &Host| {
            successes
                .iter()
                .position(|&success| success == host.success)
        };

        let mut members = vec![Vec::new(); input.networks.len() * successes.len()];
        for (id, host) in (0_u32..).zip(&input.hosts) {
            if let Some(class) = class_of(host) {
                members[host.networks[0] as usize * successes.len() + class].push(id);
            }
        }
        let mut hosts = Grouped::new();
        for members in &members {
            members.iter().for_each(|&host| hosts.push(host));
            hosts.end_group();
        }
        let cell_of = |&host: &u32| {
            let host = &input.hosts[host as usize];
            CellEntry {
                network: host.networks[0],
                class: class_of(host).map(|class| class as u8),
            }
        };
        let (entries, cell_entries) = match &input.entries {
            Entries::OneOf(hosts) => (
                hosts,
                CellEntries::OneOf(hosts.iter().map(cell_of).collect()),
            ),
            Entries::These(hosts) => (
                hosts,
                CellEntries::These(hosts.iter().map(cell_of).collect()),
            ),
        };
        Ok(Self {
            cells: Cells {
                realms: input.realms.clone(),
                networks: input.networks.clone(),
                hosts: members.iter().map(|hosts| hosts.len() as u32).collect(),
                successes,
                streams,
                latency: input.latency,
                removal_mean_hours,
                entries: cell_entries,
                horizon_hours: input.horizon_hours,
            },
            hosts,
            entries: entries.clone(),
        })
    }

    /// The cells, to be prepared.
    pub fn cells(&self) -> &Cells {
        &self.cells
    }

    /// Draws one course and then which hosts fell in it, in order of time, entries first.
    ///
    /// Hosts of one cell are alike, so those that fell are drawn evenly among them, after the course and from where its
    /// draws ended: the course is the one that [`Prepared::course`] gives.
    ///
    /// # Panics
    ///
    /// If `prepared` is not of these cells.
    pub fn falls(
        &self,
        prepared: &Prepared<'_>,
        seed: u64,
        replicate: u64,
        scratch: &mut Scratch,
    ) -> Vec<Fall> {
        assert!(
            std::ptr::eq(prepared.cells(), &self.cells),
            "the cells that were prepared are others"
        );
        let wanted = Wanted {
            steps: true,
            ..Wanted::default()
        };
        let mut draws = Draws::new(seed, replicate);
        let course = prepared.course_from(&mut draws, &wanted, scratch);
        let entries = match course.entry {
            Some(entry) => &self.entries[entry as usize..=entry as usize],
            None => &self.entries,
        };

        let classes = self.cells.successes.len();
        let mut shuffled = self.hosts.members().to_vec();
        // How many of each cell have fallen: these stand first.
        let mut fallen = vec![0_u32; self.cells.hosts.len()];
        let mut falls = Vec::with_capacity(course.steps.len());
        for (step, &host) in course.steps.iter().zip(entries) {
            if let Some(class) = step.class {
                let cell = step.network as usize * classes + usize::from(class);
                let alike = &mut shuffled[self.hosts.range(cell as u32)];
                // Entries of a cell are named, not drawn.
                if let Some(place) = alike.iter().position(|&other| other == host) {
                    alike.swap(place, fallen[cell] as usize);
                    fallen[cell] += 1;
                }
            }
            let hours = step.hours;
            falls.push(Fall { host, hours });
        }
        for step in &course.steps[entries.len()..] {
            let class = usize::from(step.class.unwrap_or(0));
            let cell = step.network as usize * classes + class;
            let alike = &mut shuffled[self.hosts.range(cell as u32)];
            let first = fallen[cell];
            let place = first + draws.below(alike.len() as u32 - first);
            alike.swap(place as usize, first as usize);
            fallen[cell] += 1;
            falls.push(Fall {
                host: alike[first as usize],
                hours: step.hours,
            });
        }
        falls
    }
}

fn unsupported(feature: &'static str) -> FastError {
    FastError::Unsupported { feature }
}

fn streams(input: &Input) -> Result<Vec<CellStream>, FastError> {
    if !input.links.is_empty() {
        return Err(unsupported("links between networks"));
    }
    if input.kill_switch.is_some() {
        return Err(unsupported("kill switches"));
    }
    let streams = input.streams.iter().map(|stream| match *stream {
        Stream::Uniform {
            scope,
            probes_per_hour,
        } => Ok(CellStream {
            scope,
            probes_per_hour,
        }),
        Stream::Sweep { .. } => Err(unsupported("sweeps")),
    });
    streams.collect()
}

fn removal_mean_hours(input: &Input) -> Result<Option<f64>, FastError> {
    match input.removal {
        None => Ok(None),
        Some(Delay::Exponential { mean }) => Ok(Some(mean)),
        Some(_) => Err(unsupported("removals that are not exponential")),
    }
}

/// The different chances of success above 0, ascending; at least one.
fn successes(input: &Input) -> Result<Vec<f32>, FastError> {
    let mut successes = Vec::new();
    for host in &input.hosts {
        if host.networks.len() != 1 {
            return Err(unsupported("hosts with several networks or none"));
        }
        if host.crash > 0.0 && host.success < 1.0 {
            return Err(unsupported("hosts that crash"));
        }
        if host.success > 0.0 && !successes.contains(&host.success) {
            successes.push(host.success);
            if successes.len() > Cells::MAX_CLASSES {
                return Err(unsupported("more than eight chances of success"));
            }
        }
    }
    if successes.is_empty() {
        successes.push(1.0);
    }
    successes.sort_by(f32::total_cmp);
    Ok(successes)
}
