//! What is kept of each replicate's losses: a row for each service that anything befell, in whole numbers, so that parts
//! merge exactly, in any cut.

use wardround_evidence::Digest;

use crate::ensemble::EnsembleIdentity;
use crate::harm::{Clock, EstateServices, Service};

/// Units are kept in hundredths.
pub const HUNDREDTHS: f64 = 100.0;

/// The losses of some replicates of an ensemble.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct LossPart {
    /// What they belong to.
    pub identity: LossIdentity,
    /// The replicates, ascending. Those without a row lost nothing.
    pub replicates: Vec<u32>,
    /// One row for each service that anything befell in a replicate, ascending by replicate and service.
    pub rows: Vec<LossRow>,
    /// For each row and each day, the hundredths of units that could not be done electronically. How many of them were kept on
    /// paper, postponed and lost follows from the world's numbers: see [`LossPart::days`].
    pub stopped: Vec<u32>,
    /// Organisations that cut themselves off in a replicate, were not infected and have no row: replicate and organisation,
    /// ascending. Few have no services.
    pub cut_off: Vec<(u32, u32)>,
}

/// What losses belong to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LossIdentity {
    /// The ensemble.
    pub ensemble: EnsembleIdentity,
    /// The services and their rules.
    pub services: Digest,
    /// Days counted.
    pub days: u32,
}

impl Default for LossIdentity {
    fn default() -> Self {
        Self {
            ensemble: EnsembleIdentity::default(),
            services: Digest::from_bytes([0; 32]),
            days: 0,
        }
    }
}

/// One service in one replicate.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LossRow {
    /// The replicate.
    pub replicate: u32,
    /// The service, by position among [`EstateServices::services`].
    pub service: u32,
    /// The weekday of the first day: Monday is 0.
    pub first_weekday: u8,
    /// Whether a machine of its organisation was taken.
    pub is_infected: bool,
    /// Whether its organisation cut itself off.
    pub is_cut_off: bool,
    /// Whether a service that it needs was impaired or out of reach.
    pub lacks_another: bool,
    /// Of a department that may divert, the days on which it does: the first is bit 0, and those beyond 32 are not told.
    pub diverting: u32,
}

impl LossRow {
    /// Whether it is a department that diverts on a day, counted from 0.
    #[must_use]
    pub fn diverts_on(&self, day: usize) -> bool {
        let day = u32::try_from(day).unwrap_or(u32::MAX);
        self.diverting
            .checked_shr(day)
            .is_some_and(|bits| bits & 1 == 1)
    }

    /// Whether only a precaution befell its organisation.
    #[must_use]
    pub const fn is_precaution(&self) -> bool {
        self.is_cut_off && !self.is_infected
    }
}

/// One day of one service in hundredths of units: planned = done + on paper + postponed + lost, exactly.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct DayCount {
    /// What is done on an ordinary such day.
    pub planned: u64,
    /// Done as ever.
    pub done: u64,
    /// Done on paper instead.
    pub on_paper: u64,
    /// Not done, and done on a later day.
    pub postponed: u64,
    /// Not done by this organisation.
    pub lost: u64,
}

impl DayCount {
    /// A day of a service with its numbers settled.
    #[must_use]
    pub fn new(service: &Service, weekday: usize, stopped: u32) -> Self {
        let planned = hundredths(service.units_per_day * 7.0 * service.by_weekday[weekday]);
        let stopped = u64::from(stopped).min(planned);
        let on_paper = share(stopped, service.kept_on_paper);
        let postponed = share(stopped - on_paper, service.postponed);
        Self {
            planned,
            done: planned - stopped,
            on_paper,
            postponed,
            lost: stopped - on_paper - postponed,
        }
    }

    /// Not done on the day.
    #[must_use]
    pub const fn not_done(&self) -> u64 {
        self.postponed + self.lost
    }
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "a share of a count lies between 0 and the count"
)]
fn share(count: u64, share: f64) -> u64 {
    ((count as f64 * share).round() as u64).min(count)
}

/// Units in hundredths.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "units are not negative, and a conversion ends at the greatest number"
)]
pub(super) fn hundredths(units: f64) -> u64 {
    (units * HUNDREDTHS).round() as u64
}

/// Why the losses of several parts cannot be merged.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum LossMergeError {
    /// There is nothing to merge.
    #[error("there are no losses to merge")]
    Nothing,
    /// They belong to different ensembles.
    #[error("they are losses of different ensembles: {} is not the same", .0.join(", "))]
    Different(Vec<&'static str>),
    /// A replicate is in two of them.
    #[error("the losses of replicate {0} are in two parts")]
    Twice(u32),
}

impl LossPart {
    /// The losses of one part of several: of any cut the same.
    ///
    /// # Errors
    /// When there are none, they belong to different ensembles or a replicate is in two of them.
    pub fn merge(parts: impl IntoIterator<Item = Self>) -> Result<Self, LossMergeError> {
        let mut parts: Vec<Self> = parts.into_iter().collect();
        let identity = match parts.first() {
            Some(first) => first.identity.clone(),
            None => return Err(LossMergeError::Nothing),
        };
        for part in &parts {
            let differs = identity.differs_from(&part.identity);
            if !differs.is_empty() {
                return Err(LossMergeError::Different(differs));
            }
        }
        parts.retain(|part| !part.replicates.is_empty());
        parts.sort_by_key(|part| part.replicates.first().copied());
        let mut merged = Self {
            identity,
            ..Self::default()
        };
        merged.reserve(parts.iter());
        for part in parts {
            merged.extend(part);
        }
        merged.sort();
        let mut pairs = merged.replicates.windows(2);
        match pairs.find(|pair| pair[0] == pair[1]) {
            Some(pair) => Err(LossMergeError::Twice(pair[0])),
            None => Ok(merged),
        }
    }

    /// Makes room for other parts at once: rows of a whole country are too many to be held twice over.
    fn reserve<'a>(&mut self, parts: impl Iterator<Item = &'a Self>) {
        let (mut rows, mut stopped) = (0, 0);
        for part in parts {
            rows += part.rows.len();
            stopped += part.stopped.len();
        }
        self.rows.reserve_exact(rows);
        self.stopped.reserve_exact(stopped);
    }

    /// Takes in what other replicates lost.
    pub(crate) fn extend(&mut self, part: Self) {
        self.replicates.extend(part.replicates);
        self.rows.extend(part.rows);
        self.stopped.extend(part.stopped);
        self.cut_off.extend(part.cut_off);
    }

    fn sort(&mut self) {
        self.replicates.sort_unstable();
        self.cut_off.sort_unstable();
        let key = |row: &LossRow| (row.replicate, row.service);
        if self.rows.is_sorted_by_key(key) {
            return;
        }
        let days = self.identity.days as usize;
        let mut order: Vec<usize> = (0..self.rows.len()).collect();
        order.sort_by_key(|row| key(&self.rows[*row]));
        self.stopped = order
            .iter()
            .flat_map(|row| &self.stopped[row * days..(row + 1) * days])
            .copied()
            .collect();
        self.rows = order.into_iter().map(|row| self.rows[row]).collect();
    }

    /// The days of the row at a position, under its service with its world's numbers settled.
    pub fn days<'a>(
        &'a self,
        position: usize,
        service: &'a Service,
    ) -> impl Iterator<Item = DayCount> + 'a {
        let clock = Clock::week(24.0 * f64::from(self.rows[position].first_weekday));
        let days = self.identity.days as usize;
        let stopped = &self.stopped[position * days..(position + 1) * days];
        stopped
            .iter()
            .enumerate()
            .map(move |(day, stopped)| DayCount::new(service, clock.weekday(day), *stopped))
    }

    /// The service of the row at a position, with its world's numbers settled.
    #[must_use]
    pub fn service(&self, position: usize, services: &EstateServices) -> Service {
        let row = self.rows[position];
        let world = row.replicate / self.identity.ensemble.repeats.max(1);
        let seed = self.identity.ensemble.seed;
        services.settled(row.service, &services.rules().draw(seed, u64::from(world)))
    }
}

impl LossIdentity {
    fn differs_from(&self, other: &Self) -> Vec<&'static str> {
        let mut differs = self.ensemble.differs_from(&other.ensemble);
        if self.services != other.services {
            differs.push("the services");
        }
        if self.days != other.days {
            differs.push("the number of days");
        }
        differs
    }
}
