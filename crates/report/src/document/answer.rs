//! What one threat would do.

use schemars::JsonSchema;
use serde::Serialize;

use super::verdicts::Value;
use super::{
    Attribution, Door, EntryLine, Interval, Listing, Losses, Machine, Settled, Shown, Spread,
    VarianceSplit, WaysIn, WholeService,
};
use crate::review;

/// What one threat would do.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub(crate) struct Answer {
    /// The threat's short name.
    pub(crate) threat: Shown,
    /// Its title for people.
    pub(crate) title: Shown,
    /// Whether no such worm is known.
    pub(crate) hypothetical: bool,
    /// What it is.
    pub(crate) about: Shown,
    /// Machines that it could take (`fails`), could not (`holds`), or nobody can tell.
    pub(crate) open: Settled,
    /// With unknowns drawn from what is known of their like: the headline.
    pub(crate) drawn: Spread,
    /// With every unknown against us.
    pub(crate) against: Spread,
    /// With every unknown for us.
    pub(crate) in_favour: Spread,
    /// The share (0 to 1) of the machines taken whose state was assumed, not evidenced.
    pub(crate) assumed_share: Option<f64>,
    /// The share (0 to 1) of the variance that comes from not knowing the estate and the threat; the rest is chance.
    pub(crate) world_variance_share: Option<f64>,
    /// What makes outbreaks differ; none where all take as many.
    pub(crate) variance: Option<VarianceSplit>,
    /// Organisations, worst first.
    pub(crate) organisations: Vec<OrganisationLine>,
    /// Where most outbreaks began and what those took, in the order of organisations.
    pub(crate) entries: Listing<EntryLine>,
    /// Networks that it crosses between, most used first.
    pub(crate) crossings: Listing<Crossing>,
    /// Machines that matter most.
    pub(crate) hosts: Listing<HostLine>,
    /// What its outbreaks cost, with unknowns drawn.
    pub(crate) losses: Losses,
    /// What they do to organisations; none where fewer than two are described.
    pub(crate) whole_service: Option<WholeService>,
    /// Who attributed it to whom, when and how surely.
    pub(crate) attributions: Vec<Attribution>,
    /// Where its parameters come from.
    pub(crate) references: Vec<Shown>,
}

/// One organisation under one threat.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub(crate) struct OrganisationLine {
    /// Its name; none for machines that no organisation claims.
    pub(crate) organisation: Option<Shown>,
    /// Machines.
    pub(crate) hosts: u32,
    /// How open they are.
    pub(crate) open: Settled,
    /// Share (0 to 1) of outbreaks that reach it.
    pub(crate) reached: f64,
    /// Machines taken where it is reached.
    pub(crate) taken: Option<Interval>,
    /// Median hour of its first infection where it is reached.
    pub(crate) first_hour: Option<f64>,
    /// What that infection comes through; none where it is never reached.
    pub(crate) ways_in: Option<WaysIn>,
}

/// A way that the worm takes from network to network.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub(crate) struct Crossing {
    /// From.
    pub(crate) from: Option<Shown>,
    /// Its organisation.
    pub(crate) from_organisation: Option<Shown>,
    /// To.
    pub(crate) to: Option<Shown>,
    /// Its organisation.
    pub(crate) to_organisation: Option<Shown>,
    /// Share (0 to 1) of outbreaks that use it.
    pub(crate) used: f64,
    /// Whether reach here is known, or drawn from a prior.
    pub(crate) evidenced: bool,
}

/// A machine that matters.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub(crate) struct HostLine {
    /// The machine.
    pub(crate) machine: Machine,
    /// Whether it is safe from the threat.
    pub(crate) truth: Value,
    /// Share (0 to 1) of outbreaks in which it falls. Being infected by the scenario at the beginning counts, at hour 0.
    pub(crate) falls: f64,
    /// Mean machines that it infects itself, over all outbreaks.
    pub(crate) passes_on: f64,
    /// The mean hour of its fall, counted from the beginning of the outbreak, where it falls.
    pub(crate) mean_hour: Option<f64>,
}

impl Answer {
    pub(crate) fn new(answer: &review::Answer, door: &Door<'_>) -> Self {
        Self {
            threat: door.text(&answer.threat),
            title: door.text(&answer.title),
            hypothetical: answer.hypothetical,
            about: door.text(&answer.about),
            open: Settled::new(answer.open),
            drawn: Spread::new(&answer.drawn),
            against: Spread::new(&answer.against),
            in_favour: Spread::new(&answer.in_favour),
            assumed_share: answer.assumed_share,
            world_variance_share: answer.world_variance_share,
            variance: answer.variance.map(VarianceSplit::new),
            organisations: door.each(&answer.organisations, OrganisationLine::new),
            entries: Listing::new(
                &answer.entries,
                door,
                |line| line.organisation.as_ref(),
                EntryLine::new,
            ),
            crossings: Listing::new(
                &answer.crossings,
                door,
                |crossing| crossing.from_organisation.as_ref(),
                Crossing::new,
            ),
            hosts: Listing::new(
                &answer.hosts,
                door,
                |line| line.subject.organisation.as_ref(),
                HostLine::new,
            ),
            losses: Losses::new(&answer.losses, door),
            whole_service: (answer.whole_service.as_ref())
                .map(|whole| WholeService::new(whole, door)),
            attributions: door.each(&answer.attributions, Attribution::new),
            references: door.texts(&answer.references),
        }
    }
}

impl OrganisationLine {
    fn new(line: &review::OrganisationLine, door: &Door<'_>) -> Self {
        Self {
            organisation: (line.organisation.as_ref()).map(|name| door.organisation(name)),
            hosts: line.hosts,
            open: Settled::new(line.open),
            reached: line.reached,
            taken: line.taken.map(Interval::new),
            first_hour: line.first_hour,
            ways_in: (line.ways_in.as_ref()).map(|ways| WaysIn::new(ways, door)),
        }
    }
}

impl Crossing {
    fn new(crossing: &review::Crossing, door: &Door<'_>) -> Self {
        Self {
            from: door.network(&crossing.from),
            from_organisation: (crossing.from_organisation.as_ref())
                .map(|name| door.organisation(name)),
            to: door.network(&crossing.to),
            to_organisation: (crossing.to_organisation.as_ref())
                .map(|name| door.organisation(name)),
            used: crossing.used,
            evidenced: crossing.evidenced,
        }
    }
}

impl HostLine {
    fn new(line: &review::HostLine, door: &Door<'_>) -> Self {
        Self {
            machine: Machine::new(&line.subject, door),
            truth: Value::new(line.truth),
            falls: line.falls,
            passes_on: line.passes_on,
            mean_hour: line.mean_hour,
        }
    }
}
