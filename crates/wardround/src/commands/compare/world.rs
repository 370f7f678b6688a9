//! A world, from the words that a user says of it.

use std::collections::BTreeMap;

use wardround_estate::{HostId, NetworkId, OrganisationId, Passage};
use wardround_evidence::{Direction, OrganisationName};
use wardround_outbreak::{
    Alternative, Effect, KillSwitchState, Point, Population, ResponseRule, Scenario, as_claimed,
};

use super::change::{Change, Whose};
use crate::circumstances::NOTICE_AFTER;
use crate::hosts::{Field, Part, Pattern};
use crate::{ExitCode, Failure};

/// What is said of one world.
pub(super) struct World {
    changes: Vec<Change>,
    words: Vec<String>,
}

impl World {
    /// What some words say together; without any, what the evidence supports.
    ///
    /// # Errors
    /// When one of them says nothing, or two contradict each other.
    pub(super) fn of(words: &[String]) -> Result<Self, Failure> {
        let changes: Vec<Change> = words
            .iter()
            .map(|word| Change::of(word))
            .collect::<Result<_, _>>()?;
        let mut said: BTreeMap<u8, &str> = BTreeMap::new();
        for (change, word) in changes.iter().zip(words) {
            let earlier = change.kind().and_then(|kind| said.insert(kind, word));
            if let Some(earlier) = earlier.filter(|earlier| earlier != word) {
                return Err(contradict(earlier, word));
            }
        }
        let acts =
            |change: &&Change| matches!(change, Change::IsolateAfter(_) | Change::WarnedAt(_));
        if changes.contains(&Change::NobodyActs) && changes.iter().any(|change| acts(&change)) {
            return Err(contradict("nobody-acts", "a time to act"));
        }
        let words = match words {
            [] => vec!["as-evidenced".to_owned()],
            some => some.to_vec(),
        };
        Ok(Self { changes, words })
    }

    /// The words as they were said.
    pub(super) fn words(&self) -> &[String] {
        &self.words
    }

    /// The same for a population under a scenario.
    ///
    /// # Errors
    /// When the estate has no such organisation or the threat no such question or kill switch, or people act in no other way
    /// than on a warning.
    pub(super) fn told(
        &self,
        population: &Population<'_>,
        scenario: &Scenario,
    ) -> Result<Alternative, Failure> {
        let mut told = Alternative::of(scenario);
        let machines = |whose: &Whose| machines(population, whose);
        for change in &self.changes {
            match change {
                Change::Evidenced => {}
                Change::Claimed => told.effects.extend(as_claimed(population)),
                Change::Settled(settle) => told.settle = *settle,
                Change::Fix(whose) => told.effects.push(Effect::Close(machines(whose)?)),
                Change::Hold(question, whose) => {
                    let questions = population.questions();
                    let Ok(Field::Verdict(question, Part::Truth)) =
                        Field::named(question, questions)
                    else {
                        return Err(no_question(population, question));
                    };
                    told.effects.push(Effect::Hold(question, machines(whose)?));
                }
                Change::Border(passage, whose) => {
                    let point = |organisation| Point::Border(organisation, Direction::In);
                    let whose = organisations(population, whose)?;
                    // Machines that nobody is known to own have no border.
                    let named =
                        |id: &OrganisationId| population.estate().organisation(*id).id.is_some();
                    let points = whose.into_iter().filter(named).map(point);
                    told.effects.extend(all_set(points, *passage));
                }
                Change::Boundaries(passage, whose) => {
                    let owners = organisations(population, whose)?;
                    let networks = (0..).map(NetworkId).zip(&population.estate().networks);
                    let points = networks
                        .filter(|(_, network)| owners.binary_search(&network.organisation).is_ok())
                        .map(|(id, _)| Point::Boundary(id, Direction::In));
                    told.effects.extend(all_set(points, *passage));
                }
                Change::IsolateAfter(hours) => {
                    told.response = Some(ResponseRule {
                        delay_hours: *hours,
                        ..told.response.unwrap_or(NOBODY_YET)
                    });
                }
                Change::NobodyActs => told.response = None,
                Change::KillSwitch(at) => {
                    if population.profile().kill_switch.is_none() {
                        let id = &population.profile().id;
                        let words = format!("`kill-switch` says nothing of {id}: it has none");
                        return Err(Failure::new(ExitCode::Usage, words));
                    }
                    told.kill_switch = at.map_or(KillSwitchState::Never, KillSwitchState::LiveFrom);
                }
                // Last, so that it does not matter where it stands.
                Change::WarnedAt(_) => {}
            }
        }
        for change in &self.changes {
            if let Change::WarnedAt(hours) = change {
                let Some(rule) = &mut told.response else {
                    let words = "`warned-at` says nothing where nobody acts";
                    return Err(Failure::new(ExitCode::Usage, words).hint(
                        "say with `isolate-after=HOURS` too how many hours after noticing an organisation acts",
                    ));
                };
                rule.warned_at_hours = Some(*hours);
            }
        }
        Ok(told)
    }
}

/// What an organisation does where nothing but a time to act is said: that of the options of other commands.
const NOBODY_YET: ResponseRule = ResponseRule {
    after_infections: NOTICE_AFTER,
    counts_disabled: false,
    delay_hours: 0.0,
    warned_at_hours: None,
    isolates: true,
    patches_per_hour_and_thousand: 0.0,
    rebuilds_per_hour_and_thousand: 0.0,
    works_by_day: false,
};

fn all_set(points: impl Iterator<Item = Point>, passage: Passage) -> Vec<Effect> {
    points.map(|point| Effect::Set(point, passage)).collect()
}

/// The machines of these organisations, in the order of the estate's.
fn machines(population: &Population<'_>, whose: &Whose) -> Result<Vec<HostId>, Failure> {
    let owners = organisations(population, whose)?;
    let hosts = population.estate().hosts();
    let theirs = hosts.filter(|(_, host)| owners.binary_search(&host.organisation).is_ok());
    Ok(theirs.map(|(id, _)| id).collect())
}

/// The organisations that are meant, in the order of the estate's.
fn organisations(
    population: &Population<'_>,
    whose: &Whose,
) -> Result<Vec<OrganisationId>, Failure> {
    let all = (0..)
        .map(OrganisationId)
        .zip(&population.estate().organisations);
    let Some(text) = whose else {
        return Ok(all.map(|(id, _)| id).collect());
    };
    let pattern = Pattern::new(text);
    let found: Vec<OrganisationId> = all
        .filter(|(_, organisation)| {
            let both = organisation.id.iter().chain(&organisation.name);
            let mut names = both.map(OrganisationName::as_key);
            names.any(|name| pattern.means(name))
        })
        .map(|(id, _)| id)
        .collect();
    if found.is_empty() {
        let words = format!("no organisation is called `{text}`");
        return Err(Failure::new(ExitCode::Usage, words).hint(
            "`wardround hosts FOLDER --columns organisation` names them; letters of a name are enough",
        ));
    }
    Ok(found)
}

fn no_question(population: &Population<'_>, word: &str) -> Failure {
    let profile = population.profile();
    let keys: Vec<String> = population
        .questions()
        .iter()
        .map(|question| question.key())
        .collect();
    let words = format!(
        "`hold={word}` names no safeguard on which {} depends",
        profile.id
    );
    Failure::new(ExitCode::Usage, words).hint(format!("it depends on {}", keys.join(", ")))
}

fn contradict(one: &str, other: &str) -> Failure {
    let words = format!("`{one}` and `{other}` cannot both be said of one world");
    Failure::new(ExitCode::Usage, words)
        .hint("one of as-evidenced, as-claimed, unknowns-for and unknowns-against may stand there, and each word with a number once")
}
