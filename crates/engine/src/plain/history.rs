//! What happened in one replicate.

/// One sampled outbreak: who was infected when and from where, whose start was answered, what crashed.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct History {
    /// Infections up to the horizon, in order of time, entries first.
    ///
    /// A host appears at most once. Those whose start the kill switch ended are here too: see `answers`, and use
    /// [`History::lasting_count`] or [`History::lasting`] for a headline.
    pub infections: Vec<Infection>,
    /// Starts that the kill switch ended, in order of time; each names its infection.
    pub answers: Vec<Answer>,
    /// Hosts that a probe crashed, in order of time. A host whose start was answered earlier can be among them.
    pub crashes: Vec<Crash>,
}

/// One host's infection.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Infection {
    /// The host.
    pub host: u32,
    /// When it was infected, in hours; it becomes active one latency later.
    pub hours: f64,
    /// The host that infected it; `None` for an entry.
    pub from: Option<u32>,
    /// What the infection crossed.
    pub across: Across,
}

/// What an infection crossed to arrive.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Across {
    /// Nothing: it was an entry.
    Entry,
    /// It came to an address in a network that the source is attached to.
    SameNetwork,
    /// It came to another network of an organisation that the source has a network of.
    SameOrganisation,
    /// It came to another organisation.
    BetweenOrganisations,
}

/// A start that the kill switch ended.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Answer {
    /// The position in [`History::infections`] of the infection that came to nothing.
    pub infection: u32,
    /// The host.
    pub host: u32,
    /// When it started and was answered, in hours.
    pub hours: f64,
}

/// A host put out of service by a failed probe.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Crash {
    /// The host.
    pub host: u32,
    /// When, in hours.
    pub hours: f64,
}

impl History {
    /// How many infections were not answered by the kill switch: those that became active, or were still to start at
    /// the horizon.
    pub fn lasting_count(&self) -> usize {
        self.infections.len() - self.answers.len()
    }

    /// The infections that were not answered by the kill switch, in order of time.
    pub fn lasting(&self) -> impl Iterator<Item = &Infection> {
        let mut answered: Vec<u32> = self.answers.iter().map(|answer| answer.infection).collect();
        answered.sort_unstable();
        let is_lasting = move |position: usize| {
            u32::try_from(position).is_ok_and(|position| answered.binary_search(&position).is_err())
        };
        let positioned = self.infections.iter().enumerate();
        positioned
            .filter_map(move |(position, infection)| is_lasting(position).then_some(infection))
    }
}
