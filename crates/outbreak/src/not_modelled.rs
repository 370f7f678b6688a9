//! What the model leaves out. The list is part of every page.

use crate::scenario::Scenario;
use crate::threat::{CarriedBy, ContactKind, EntryKind, Profile, StreamProfile};

/// A sentence for each thing that outbreaks of these threats under this scenario do not model.
#[must_use]
pub fn not_modelled(scenario: &Scenario, threats: &[&Profile]) -> Vec<String> {
    let any = |is_so: &dyn Fn(&Profile) -> bool| threats.iter().any(|threat| is_so(threat));
    let goes_along = |wanted: ContactKind| {
        any(&|threat| {
            threat.streams.iter().any(
                |stream| matches!(stream, StreamProfile::Contacts { along, .. } if *along == wanted),
            )
        })
    };
    let needs_credentials = any(&|threat| {
        let mut vectors = threat.vectors.iter();
        vectors.any(|vector| vector.carried_by == CarriedBy::Credentials)
    });
    let dwells = any(&|threat| threat.dwell.is_some());
    let is_quiet = any(&|threat| threat.outside.is_empty());
    let is_by_supplier = any(&|threat| scenario.entry.kind(threat) == Some(EntryKind::Supplier));
    let lines = [
        (
            true,
            "Harm to patients: no statement is made on deaths or clinical harm.",
        ),
        (
            scenario.response.is_none(),
            "People who respond: nobody isolates, patches, rebuilds or switches anything off during the outbreak.",
        ),
        (
            !needs_credentials,
            "Stolen passwords and shared administrator accounts, by which some worms cross machines without a flaw.",
        ),
        (
            needs_credentials,
            "Which machines hold credentials and which machines these open, but for log-on rights that the description lists: no export that is read says so, so both are drawn from assumed shares.",
        ),
        (
            goes_along(ContactKind::Conversations),
            "Who else speaks with whom: a listing of ports shows the conversations of one machine at one moment, so others are drawn inside each organisation.",
        ),
        (
            goes_along(ContactKind::LogOns),
            "Who else may log on where: no export that is read lists log-on rights, so those that the description does not list are drawn inside each organisation.",
        ),
        (
            !scenario.presence,
            "Machines that are switched off, or carried from network to network.",
        ),
        (
            scenario.presence,
            "Machines that are carried from network to network.",
        ),
        (
            true,
            "IPv6: the worms probe addresses of IPv4; a machine that is known by an IPv6 address alone is placed in a network of its organisation by draw.",
        ),
        (
            true,
            "Address translation: every machine is taken to have the address that it was seen at.",
        ),
        (
            !scenario.outside,
            "Pressure from outside: after the first infection nothing more comes in from the internet.",
        ),
        (
            is_by_supplier,
            "Which machines take the updates of the supplier that a threat comes from: no export that is read says so, so they are drawn from an assumed share.",
        ),
        (
            dwells,
            "What people do while they look around: hours count from the beginning of spread, and the time before it only moves the hour of the week.",
        ),
        (
            true,
            "Machines in no source at all; an estimate of their number stands beside the counts.",
        ),
    ];
    let mut named: Vec<String> = lines
        .into_iter()
        .filter(|(is_so, _)| *is_so)
        .map(|(_, sentence)| sentence.to_owned())
        .collect();
    if scenario.outside && is_quiet {
        let quiet = threats.iter().filter(|threat| threat.outside.is_empty());
        let ids: Vec<&str> = quiet.map(|threat| threat.id.as_str()).collect();
        named.push(format!(
            "Pressure from outside with {}: no profile says how the internet presses in with it.",
            ids.join(", ")
        ));
    }
    named
}

#[cfg(test)]
mod tests {
    use super::not_modelled;
    use crate::{Scenario, built_in};

    fn lines(scenario: &Scenario, threat: &str) -> String {
        let profiles = built_in().expect("a test reads them all");
        let profile = profiles.iter().find(|profile| profile.id == threat);
        not_modelled(scenario, &[profile.expect("it comes with wardround")]).join("\n")
    }

    #[test]
    fn what_a_scenario_or_a_threat_brings_in_is_no_longer_named() {
        let plain = lines(&Scenario::default(), "wannacry");
        assert!(plain.contains("Stolen passwords") && plain.contains("switched off, or"));
        let by_hours = Scenario {
            presence: true,
            ..Scenario::default()
        };
        assert!(!lines(&by_hours, "wannacry").contains("switched off, or"));
        let drawn = lines(&Scenario::default(), "notpetya");
        assert!(!drawn.contains("Stolen passwords") && drawn.contains("they are drawn"));
        assert!(
            drawn.contains("updates of the supplier") && !plain.contains("updates of the supplier")
        );
        let pressed = Scenario {
            outside: true,
            ..Scenario::default()
        };
        assert!(plain.contains("nothing more comes in from the internet"));
        assert!(!lines(&pressed, "slammer").contains("Pressure from outside"));
        assert!(lines(&pressed, "next-worm").contains("Pressure from outside with next-worm"));
    }
}
