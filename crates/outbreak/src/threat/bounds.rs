//! What a profile may hold: the bounds that the checks and the schema share.

/// The longest id, title and other text, in characters.
pub(super) const LONGEST: [usize; 3] = [64, 200, 2_000];

/// The most rows of one kind.
pub(super) const MOST_ROWS: usize = 100;

/// The most vectors that the engine keeps apart.
pub(super) const MOST_VECTORS: usize = 4;

/// The most streams of one worm.
pub(super) const MOST_STREAMS: usize = 8;

/// The most safeguards of one vector.
pub(super) const MOST_SAFEGUARDS: usize = 8;

/// How many days ago a fix may have come out.
pub(super) const MOST_DAYS_AGO: u16 = 3_650;

/// A year, in hours.
const YEAR: f64 = 8_760.0;

/// The least and the most of a number.
pub(super) type Bounds = (f64, f64);

/// A week: a worm that waits longer is told by `dwell`.
pub(super) const LATENCY_HOURS: Bounds = (0.0, 168.0);
pub(super) const REMOVAL_HOURS: Bounds = (1e-3, 10.0 * YEAR);
pub(super) const HOURS: Bounds = (0.0, YEAR);
/// Times, attempts, or probes from outside, an hour.
pub(super) const PER_HOUR: Bounds = (0.0, 1e6);
pub(super) const PROBES_PER_HOUR: Bounds = (0.0, 1e9);
pub(super) const ADDRESSES: Bounds = (1.0, 1e20);
/// A chance or a share.
pub(super) const CHANCE: Bounds = (0.0, 1.0);
