//! From a round's results to the review that every output is made from.

mod advice;
mod answer;
mod assumptions;
mod claims;
mod losses;
mod machines;
mod samples;
mod sources;
mod tally;
mod whole_service;

pub use machines::subject;

use std::path::Path;

use wardround_evidence::Audience;
use wardround_outbreak::harm::EstateServices;
use wardround_outbreak::{Advice, Profile, not_modelled};
use wardround_report::{Made, Review};

use crate::circumstances::options;
use crate::round::{Round, Settings, ThreatRound};

pub(crate) fn build(
    round: &Round,
    settings: &Settings,
    threats: &[ThreatRound<'_>],
    services: &EstateServices,
    advice: Option<&Advice>,
) -> Review {
    let leading = threats.first();
    let findings = tally::Findings::of(round, threats);
    let profiles: Vec<&Profile> = threats
        .iter()
        .map(|threat| threat.population.profile())
        .collect();
    Review {
        made: made(round, settings, &profiles),
        tally: tally::tally(round, &findings),
        answers: threats
            .iter()
            .map(|threat| answer::answer(round, settings, services, threat))
            .collect(),
        reconciliation: machines::reconciliation(round),
        to_do: advice::lines(
            round,
            services,
            leading,
            advice.map(|advice| advice.to_do.as_slice()),
        ),
        to_find_out: advice::lines(
            round,
            services,
            leading,
            advice.map(|advice| advice.to_find_out.as_slice()),
        ),
        claims: claims::lines(round),
        overconfidence: (advice.and_then(|advice| advice.overconfidence.as_ref()))
            .map(|found| claims::overconfidence(services, found)),
        samples: samples::samples(round, leading, &findings),
        assumptions: assumptions::assumptions(round, settings, threats),
        service_numbers: assumptions::of_services(services),
        service_references: (services.rules().references.iter())
            .map(|(name, what)| format!("{name}: {what}"))
            .collect(),
        not_modelled: not_modelled(&settings.scenario, &profiles),
        sources: sources::lines(round),
        unrecognised: sources::unrecognised(round),
        refused: sources::refused(round),
        estate_notes: round.estate.notes.clone(),
    }
}

fn made(round: &Round, settings: &Settings, threats: &[&Profile]) -> Made {
    let scenario = &settings.scenario;
    let mut command = format!("wardround report FOLDER --for {}", settings.audience.word());
    command.push_str(&format!(" --seed {}", scenario.seed));
    if scenario.replicates() != wardround_outbreak::Scenario::default().replicates() {
        command.push_str(&format!(" --replicates {}", scenario.replicates()));
    }
    for chosen in &settings.threats {
        // Of a file the name is enough: where it lay is the user's own affair.
        let word = Path::new(&chosen.word);
        let word = word
            .file_name()
            .unwrap_or(word.as_os_str())
            .to_string_lossy();
        command.push_str(&format!(" --threat {}", quoted(&word)));
    }
    if let Some(place) = &settings.place {
        // The name of a machine is for those who run it.
        let place = match settings.audience {
            Audience::Team => quoted(place),
            Audience::Board | Audience::Share => "PLACE".to_owned(),
        };
        command.push_str(&format!(" --entry {place}"));
    }
    command.push_str(&options(scenario));
    if let Some(chosen) = &settings.behaviour {
        command.push_str(&format!(" --calibrated {}", quoted(&chosen.name)));
    }
    if let Some(moment) = settings.options.as_of {
        command.push_str(&format!(" --as-of {moment}"));
    }
    if let Some(line) = &settings.handling {
        command.push_str(&format!(" --handling '{}'", line.replace('\'', "'\\''")));
    }
    Made {
        version: env!("CARGO_PKG_VERSION").to_owned(),
        seed: scenario.seed,
        audience: settings.audience,
        command,
        as_of: round.estate.as_of,
        as_of_newest: round.estate.as_of_newest,
        evidence_span: round.evidence_span(),
        handling: settings.handling.clone(),
        scenario: scenario.words(threats),
        start_hour_of_week: scenario.start_hour_of_week,
        entry: threats.first().map_or_else(String::new, |leading| {
            scenario.entry.condition(leading).to_owned()
        }),
    }
}

/// A word as a shell takes it for one.
fn quoted(word: &str) -> String {
    let plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.');
    if !word.is_empty() && word.chars().all(plain) {
        word.to_owned()
    } else {
        format!("'{}'", word.replace('\'', "'\\''"))
    }
}
