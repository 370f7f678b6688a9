//! What happened in one course, by cell.

/// What to record of a course besides its totals.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Wanted {
    /// Hours, ascending, at which the infected of each cell are counted. Those after the horizon are passed over.
    pub count_at_hours: Vec<f64>,
    /// Whether each infection is recorded: 16 bytes each.
    pub steps: bool,
}

/// One sampled outbreak, by cell.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Course {
    /// How many hosts were infected up to the horizon, entries included.
    pub infections: u32,
    /// When the last of them was, in hours.
    pub last_hours: f64,
    /// The position in [`CellEntries::OneOf`](crate::plain::fast::CellEntries::OneOf) of the entry that was drawn.
    pub entry: Option<u32>,
    /// The counts that were wanted, in order of time.
    pub counts: Vec<Count>,
    /// Each infection in order of time, entries first and in their order; empty unless wanted.
    pub steps: Vec<Step>,
}

/// How many hosts of each cell have been infected by some time.
#[derive(Clone, Debug, PartialEq)]
pub struct Count {
    /// When, in hours.
    pub hours: f64,
    /// How many, at the positions of [`Cells::hosts`](crate::plain::fast::Cells::hosts). Entries without a class are not here.
    pub infected: Vec<u32>,
}

/// One infection.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Step {
    /// When, in hours.
    pub hours: f64,
    /// The network of the host.
    pub network: u32,
    /// The class of the host; `None` for an entry without one.
    pub class: Option<u8>,
}
