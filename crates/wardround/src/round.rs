//! One round over one folder.

use std::collections::BTreeSet;
use std::path::Path;

use jiff::Timestamp;
use wardround_estate::{Estate, Options};
use wardround_evidence::{Audience, Disclosure};
use wardround_outbreak::harm::{
    EstateServices, Losses, ServiceRules, WholeService, summarise_losses, whole_service,
};
use wardround_outbreak::{
    Advice, Ensemble, EntryClass, Population, Profile, Scenario, Settle, Split, VarianceSplit,
    advise, default_threats, entry_classes, run_with_losses, split_variance, summarise,
};
use wardround_report::Review;
use wardround_sources::{Limits, Refused, Unrecognised};

use crate::gather::{Gathered, gather};
use crate::unknown_tables::unrecognised;
use crate::{ChosenBehaviour, ChosenThreat, ExitCode, Failure, KeptCounts, Origin, review};

/// For how many days losses are counted.
pub(crate) const LOSS_DAYS: u32 = 7;

/// How many kinds of beginning are told apart.
const ENTRY_CLASSES: usize = 12;

/// How many files that could not be read are named, of either kind.
const MOST_NAMED: usize = 5;

/// What a round is asked to do.
#[derive(Clone, Debug)]
pub struct Settings {
    /// For whom.
    pub audience: Audience,
    /// The circumstances of every outbreak.
    pub scenario: Scenario,
    /// The place that outbreaks begin at, as the user named it; where it is given, `scenario` holds its machines.
    pub place: Option<String>,
    /// How evidence is resolved.
    pub options: Options,
    /// The threats to sample; none means the two that come first (see `default_threats`).
    pub threats: Vec<ChosenThreat>,
    /// How organisations act, as one's own incidents show; none means the numbers that are built in.
    pub behaviour: Option<ChosenBehaviour>,
    /// The user's handling line.
    pub handling: Option<String>,
    /// Bounds on inputs.
    pub limits: Limits,
    /// The moment that is written down for what is read into a store.
    pub read_at: Timestamp,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            audience: Audience::Team,
            scenario: Scenario::default(),
            place: None,
            options: Options::default(),
            threats: Vec::new(),
            behaviour: None,
            handling: None,
            limits: Limits::default(),
            read_at: Timestamp::UNIX_EPOCH,
        }
    }
}

impl Settings {
    /// The profiles of the threats to sample.
    pub(crate) fn profiles(&self) -> Result<Vec<Profile>, Failure> {
        if self.threats.is_empty() {
            return default_threats().map_err(internal);
        }
        let chosen = self.threats.iter();
        Ok(chosen.map(|chosen| chosen.profile.clone()).collect())
    }
}

/// Told how a round gets on, from any thread.
pub trait Progress: Sync {
    /// One more file of `total` is read.
    fn file(&self, total: usize);
    /// `more` outbreaks of `total` are sampled.
    fn outbreaks(&self, more: u32, total: u32);
}

/// Says nothing.
impl Progress for () {
    fn file(&self, _: usize) {}
    fn outbreaks(&self, _: u32, _: u32) {}
}

/// A folder that was read and resolved.
#[derive(Debug)]
pub struct Round {
    /// The estate.
    pub estate: Estate,
    /// What nobody recognised.
    pub unrecognised: Vec<Unrecognised>,
    /// What could not be used.
    pub refused: Vec<Refused>,
    /// How many files were wardround's own earlier outputs, and passed over.
    pub own_outputs: usize,
    /// What became of the files that were read into a store, where there was one.
    pub kept: Option<KeptCounts>,
    disclosure_key: [u8; 32],
}

/// What one threat would do to the estate.
#[derive(Debug)]
pub struct ThreatRound<'a> {
    /// The machines under this threat.
    pub population: Population<'a>,
    /// Unknowns drawn: the headline.
    pub drawn: Ensemble,
    /// What its outbreaks cost, unknowns drawn.
    pub losses: Losses,
    /// What they do to organisations, unknowns drawn.
    pub whole_service: WholeService,
    /// What outbreaks took by where they began, unknowns drawn.
    pub entries: Vec<EntryClass>,
    /// What makes outbreaks differ.
    pub variance: Option<VarianceSplit>,
    /// Every unknown against us.
    pub against: End,
    /// Every unknown for us.
    pub in_favour: End,
}

/// One end of what is unknown.
#[derive(Debug)]
pub struct End {
    /// How far outbreaks get.
    pub ensemble: Ensemble,
    /// What they cost.
    pub losses: Losses,
}

impl Round {
    /// Reads and resolves a folder.
    ///
    /// # Errors
    /// As for [`of`](Self::of).
    pub fn of_folder(
        root: &Path,
        settings: &Settings,
        progress: &dyn Progress,
    ) -> Result<Self, Failure> {
        Self::of(&Origin::folder(root), settings, progress)
    }

    /// Reads evidence and resolves it. With a store, what a folder says is read into it, and what the store holds speaks.
    ///
    /// # Errors
    /// When folder or store cannot be read, nothing in them speaks of a machine, or no moment is given and nothing carries a
    /// date; when not all could be kept in the store.
    pub fn of(
        origin: &Origin,
        settings: &Settings,
        progress: &dyn Progress,
    ) -> Result<Self, Failure> {
        let Gathered {
            outcome,
            files,
            own_outputs,
            kept,
        } = gather(origin, settings, progress)?;
        if outcome.readings.is_empty() {
            let what = match files {
                Some(files) => format!("none of the {files} files in {origin} could be read"),
                None => format!("{origin} holds nothing that could be read"),
            };
            let mut failure = Failure::new(ExitCode::InputUnreadable, what);
            for refused in outcome.refused.iter().take(MOST_NAMED) {
                let path = refused.path.show(&Disclosure::team());
                failure = failure.hint(format!("`{path}`: {}", refused.reason));
            }
            for file in outcome.unrecognised.iter().take(MOST_NAMED) {
                let path = file.path.show(&Disclosure::team());
                let words = unrecognised(&outcome, file);
                failure = failure.hint(format!("`{path}`: {words}"));
            }
            let beyond = |all: usize| all.saturating_sub(MOST_NAMED);
            let unnamed = beyond(outcome.refused.len()) + beyond(outcome.unrecognised.len());
            if unnamed > 0 {
                let files = if unnamed == 1 { "file is" } else { "files are" };
                failure = failure.hint(format!(
                    "{unnamed} more {files} not named here; `wardround read` says of each file why"
                ));
            }
            return Err(
                failure.hint("`wardround report --help` names the formats that are understood")
            );
        }
        let disclosure_key = Disclosure::key_from(&outcome.secrets);
        let estate = Estate::resolve(outcome.readings, settings.options.clone());
        if estate.hosts.is_empty() {
            return Err(Failure::new(
                ExitCode::TooThin,
                format!("files in {origin} were read, but none speaks of a machine"),
            ));
        }
        if settings.options.as_of.is_none() && estate.as_of_newest && !is_dated(&estate) {
            return Err(Failure::new(
                ExitCode::TooThin,
                format!("nothing in {origin} carries a date"),
            )
            .hint("say with `--as-of` which moment to speak of")
            .hint("a table `collected` says when exports without a date were taken, see docs/estate-description.md"));
        }
        Ok(Self {
            estate,
            unrecognised: outcome.unrecognised,
            refused: outcome.refused,
            own_outputs,
            kept,
            disclosure_key,
        })
    }

    /// The way to text for an audience. Pseudonyms are keyed by the evidence itself.
    #[must_use]
    pub const fn disclosure(&self, audience: Audience) -> Disclosure {
        Disclosure::new(audience, self.disclosure_key)
    }

    /// Samples the threats and sums up.
    ///
    /// # Errors
    /// When a world cannot be simulated, which is a fault of ours.
    pub fn review(&self, settings: &Settings, progress: &dyn Progress) -> Result<Review, Failure> {
        let profiles = settings.profiles()?;
        let services = self.services(settings.behaviour.as_ref());
        let total = settings.scenario.replicates() * 3 * u32::try_from(profiles.len()).unwrap_or(1);
        let mut threats: Vec<ThreatRound<'_>> = profiles
            .iter()
            .map(|profile| {
                let progress = |more| progress.outbreaks(more, total);
                self.threat(profile, settings, &services, &progress)
            })
            .collect::<Result<_, _>>()?;
        // The page leads with whichever takes more; ties go to the first name.
        threats.sort_by(|one, other| {
            let taken = |threat: &ThreatRound<'_>| threat.drawn.spread.mean_taken.0;
            taken(other).total_cmp(&taken(one)).then_with(|| {
                one.population
                    .profile()
                    .id
                    .cmp(&other.population.profile().id)
            })
        });
        let advice: Option<Advice> = match threats.first() {
            Some(leading) => {
                let losses = Some((&services, LOSS_DAYS));
                Some(advise(&leading.population, &settings.scenario, 3, losses).map_err(internal)?)
            }
            None => None,
        };
        Ok(review::build(
            self,
            settings,
            &threats,
            &services,
            advice.as_ref(),
        ))
    }

    /// The services of the estate, with numbers that one's own incidents gave where there are some.
    pub(crate) fn services(&self, behaviour: Option<&ChosenBehaviour>) -> EstateServices {
        let rules = behaviour.map_or_else(ServiceRules::built_in, |chosen| chosen.rules.clone());
        EstateServices::new(&self.estate, rules)
    }

    fn threat<'a>(
        &'a self,
        profile: &'a Profile,
        settings: &Settings,
        services: &EstateServices,
        progress: &(dyn Fn(u32) + Sync),
    ) -> Result<ThreatRound<'a>, Failure> {
        let population = Population::new(&self.estate, profile);
        let scenario = &settings.scenario;
        let sampled = |settle| {
            let all = 0..scenario.replicates();
            run_with_losses(
                &population,
                scenario,
                settle,
                &[],
                all,
                services,
                LOSS_DAYS,
                progress,
            )
            .map_err(internal)
        };
        let end = |settle| -> Result<End, Failure> {
            let (part, lost) = sampled(settle)?;
            Ok(End {
                ensemble: summarise(&part, scenario),
                losses: summarise_losses(&lost, services),
            })
        };
        let (part, lost) = sampled(Settle::Drawn)?;
        let (drawn, losses) = (
            summarise(&part, scenario),
            summarise_losses(&lost, services),
        );
        let whole_service = whole_service(&part, &lost, services, &self.estate);
        let entries = entry_classes(&part, &self.estate, ENTRY_CLASSES);
        drop((part, lost));
        let split = Split::for_machines(self.estate.hosts.len());
        let variance = split_variance(&population, scenario, split).map_err(internal)?;
        let against = end(Settle::Against)?;
        let in_favour = end(Settle::InFavour)?;
        Ok(ThreatRound {
            population,
            drawn,
            losses,
            whole_service,
            entries,
            variance,
            against,
            in_favour,
        })
    }

    /// The oldest and newest dated evidence.
    pub(crate) fn evidence_span(&self) -> Option<(Timestamp, Timestamp)> {
        let moments: BTreeSet<Timestamp> = self
            .estate
            .hosts
            .iter()
            .flat_map(|host| {
                host.statements
                    .iter()
                    .filter_map(|id| self.estate.moment(*id))
            })
            .collect();
        Some((*moments.first()?, *moments.last()?))
    }
}

/// Whether any observation has a moment, so that the newest one is one to speak of.
fn is_dated(estate: &Estate) -> bool {
    let statements = estate.hosts.iter().flat_map(|host| &host.statements);
    statements.copied().any(|id| estate.moment(id).is_some())
}

fn internal(error: impl std::error::Error + Send + Sync + 'static) -> Failure {
    Failure::new(ExitCode::Internal, "the outbreaks could not be sampled").because(error)
}
