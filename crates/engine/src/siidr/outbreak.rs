//! One outbreak, step by step.

use crate::contacts::Entries;
use crate::draws::Draws;
use crate::siidr::Prepared;

/// What came of an outbreak.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Course {
    /// Hosts that were ever infected, entries included.
    pub infected: u32,
    /// Steps taken until nobody was infected or dormant, or until the last.
    pub steps: u32,
}

/// How many hosts are in each state after a step; the others are susceptible.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct StepCounts {
    /// Infected.
    pub infected: u32,
    /// Dormant.
    pub dormant: u32,
    /// Recovered.
    pub recovered: u32,
}

/// Memory for one outbreak at a time; using it again saves making it.
#[derive(Clone, Debug, Default)]
pub struct Scratch {
    /// Whether a host was ever infected.
    touched: Vec<bool>,
    /// All that were, in the order of infection.
    ever: Vec<u32>,
    infected: Vec<u32>,
    dormant: Vec<u32>,
    /// Those that are infected after the step.
    next: Vec<u32>,
}

impl Scratch {
    /// New, empty memory.
    pub fn new() -> Self {
        Self::default()
    }

    fn begin(&mut self, hosts: usize) {
        if self.touched.len() == hosts {
            self.ever
                .iter()
                .for_each(|&host| self.touched[host as usize] = false);
        } else {
            self.touched.clear();
            self.touched.resize(hosts, false);
        }
        self.ever.clear();
        self.infected.clear();
        self.dormant.clear();
    }

    /// Infects a host if it is susceptible.
    #[inline]
    fn infect(&mut self, host: u32) -> bool {
        let is_new = !std::mem::replace(&mut self.touched[host as usize], true);
        if is_new {
            self.ever.push(host);
        }
        is_new
    }
}

impl Prepared<'_> {
    /// Draws the outbreak that (seed, replicate) names; `observe` is told of the start and of each step after it.
    pub fn outbreak(
        &self,
        seed: u64,
        replicate: u64,
        scratch: &mut Scratch,
        mut observe: impl FnMut(StepCounts),
    ) -> Course {
        let mut draws = Draws::new(seed, replicate);
        scratch.begin(self.graph.hosts() as usize);
        self.enter(&mut draws, scratch);
        let mut steps = 0;
        loop {
            let (infected, dormant) = (scratch.infected.len(), scratch.dormant.len());
            observe(StepCounts {
                infected: infected as u32,
                dormant: dormant as u32,
                recovered: (scratch.ever.len() - infected - dormant) as u32,
            });
            if steps == self.siidr.steps || infected + dormant == 0 {
                break;
            }
            self.step(&mut draws, scratch);
            steps += 1;
        }
        Course {
            infected: scratch.ever.len() as u32,
            steps,
        }
    }

    fn enter(&self, draws: &mut Draws, scratch: &mut Scratch) {
        match &self.siidr.entries {
            Entries::These(these) => {
                for &host in these {
                    scratch.infect(host);
                }
            }
            // Robert Floyd's way to draw a set (Bentley, *Communications of the ACM* 30, 1987).
            &Entries::Drawn(count) => {
                let hosts = self.graph.hosts();
                for last in hosts - count..hosts {
                    if !scratch.infect(draws.below(last + 1)) {
                        scratch.infect(last);
                    }
                }
            }
        }
        scratch.infected.extend_from_slice(&scratch.ever);
    }

    fn step(&self, draws: &mut Draws, scratch: &mut Scratch) {
        scratch.next.clear();
        self.infect(draws, scratch);
        self.wake(draws, scratch);
        self.leave(draws, scratch);
        std::mem::swap(&mut scratch.infected, &mut scratch.next);
    }

    /// A trial for each contact of an infected host. One success or several: the other is infected.
    fn infect(&self, draws: &mut Draws, scratch: &mut Scratch) {
        let mut failures = self.infection.failures(draws);
        for place in 0..scratch.infected.len() {
            let row = self.graph.targets_of(scratch.infected[place]);
            let mut at = failures;
            while at < row.len() as u64 {
                let host = row[at as usize];
                if scratch.infect(host) {
                    scratch.next.push(host);
                }
                let skipped = self.infection.failures(draws);
                at = at.saturating_add(skipped).saturating_add(1);
            }
            failures = at - row.len() as u64;
        }
    }

    /// A trial for each dormant host, from the last to the first so that the place of one that wakes can be filled by
    /// one that has been passed.
    fn wake(&self, draws: &mut Draws, scratch: &mut Scratch) {
        let mut left = scratch.dormant.len() as u64;
        loop {
            let failures = self.waking.failures(draws);
            if failures >= left {
                break;
            }
            left -= failures + 1;
            scratch
                .next
                .push(scratch.dormant.swap_remove(left as usize));
        }
    }

    /// One draw for each infected host, by which it goes dormant, recovers or stays.
    fn leave(&self, draws: &mut Draws, scratch: &mut Scratch) {
        for &host in &scratch.infected {
            let draw = draws.unit();
            if draw < self.dormant {
                scratch.dormant.push(host);
            } else if draw >= self.leaves {
                scratch.next.push(host);
            }
        }
    }
}
