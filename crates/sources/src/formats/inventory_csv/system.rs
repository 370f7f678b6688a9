//! What a row says of the system, the purpose and the settings of its machine.

use wardround_evidence::{Build, Cve, Fact, FlawState, Method, Position, Role, System};

use super::cells::Cells;
use super::fields::Field;
use super::machine::Gathered;
use super::states::{State, truth};
use super::tool::Tool;
use crate::Sink;
use crate::defender::{build_of, reporting, role, squeezed};

/// The longest name of a system that is kept, in characters.
const LONGEST_SYSTEM: usize = 200;

/// The flaw by whose number *MS17-010* stands in home-made lists: the one of EternalBlue.
const MS17_010: Cve = Cve::new(2017, 144);

/// The system, its numbers and what the machine is for.
pub(super) fn system(cells: &Cells<'_, '_>, tool: Tool, is_guess: bool, gathered: &mut Gathered) {
    let name = cells.system(tool).unwrap_or_default();
    let version = cells.text(Field::SystemVersion);
    let pack = cells.text(Field::ServicePack);
    let platform = name.strip_prefix("Microsoft ").unwrap_or(&name);
    let is_windows = name.is_empty() || squeezed(platform).starts_with("windows");
    let build = cells
        .build(build)
        .or_else(|| build_within(&name))
        .filter(|_| is_windows);
    let mut words = name.clone();
    if let Some(version) =
        version.filter(|version| build.is_none() || self::build(version).is_none())
    {
        words = format!("{words} {version}").trim().to_owned();
    }
    if name.is_empty() && build.is_some() {
        words = format!("Windows {words}").trim().to_owned();
    }
    let method = gathered.method;
    if !words.is_empty() {
        let system = System {
            name: words.chars().take(LONGEST_SYSTEM).collect(),
            build,
            service_pack: pack
                .and_then(|text| text.split_whitespace().find_map(|word| word.parse().ok())),
            confidence_percent: None,
            is_guess,
        };
        gathered.see(method, Fact::System(system));
    }
    let kind = cells.text(Field::Kind);
    let squeezed = squeezed(platform);
    let by_kernel = [
        ("windowsntserver", Role::Server),
        ("windowsntworkstation", Role::Workstation),
    ];
    let by_kernel = by_kernel
        .into_iter()
        .find(|(start, _)| squeezed.starts_with(start));
    let role = kind
        .as_deref()
        .and_then(purpose)
        .or_else(|| role(kind.as_deref(), kind.as_deref(), platform))
        .or(by_kernel.map(|(_, role)| role));
    if let Some(role) = role {
        gathered.see(method, Fact::Role(role));
    }
}

/// What a machine is for, in the words of home-made lists.
fn purpose(kind: &str) -> Option<Role> {
    match squeezed(kind).as_str() {
        "desktop" | "laptop" | "pc" | "tablet" | "thinclient" => Some(Role::Workstation),
        "domaincontroller" => Some(Role::DomainController),
        "medicaldevice" | "medicalequipment" | "clinicaldevice" | "modality" => {
            Some(Role::Clinical)
        }
        "printer" | "switch" | "router" | "firewall" | "camera" | "accesspoint" => {
            Some(Role::Appliance)
        }
        _ => None,
    }
}

/// A whole build among the words of a name: `Windows 10 Enterprise (10.0.19045.4412)`.
fn build_within(name: &str) -> Option<Build> {
    let mut words = name.split(|part: char| part.is_whitespace() || "(),;".contains(part));
    words.find_map(|word| word.parse::<Build>().ok().and(build(word)))
}

/// A build of Windows: `10.0.19045.4529`, `19045.4529`, `19045`, or as Active Directory has it: `10.0 (19045)`.
///
/// Systems that are no Windows have versions of the same form: only the numbers of Windows are taken.
fn build(text: &str) -> Option<Build> {
    let text = text.trim();
    let build = if let Some((version, number)) = text.split_once(" (") {
        build_of("Windows", Some(version), Some(number.trim_end_matches(')')))?
    } else if let Ok(build) = text.parse::<Build>() {
        build
    } else {
        let (number, revision) = text.split_once('.').unwrap_or((text, ""));
        let build = build_of("Windows", None, Some(number))?;
        Build::new(build.major, build.minor, build.build, revision.parse().ok())
    };
    let is_windows = match (build.major, build.minor) {
        (10, 0) => build.build >= 10_240,
        (6, 0..=3) => (6000..10_000).contains(&build.build),
        (5, 1 | 2) => matches!(build.build, 2600 | 3790),
        _ => false,
    };
    is_windows.then_some(build)
}

/// What the list says of MS17-010, kept in each of its states: a machine whose fix waits for a restart, one of which nobody knows
/// and one that it does not concern are three.
pub(super) fn ms17_010(
    cells: &Cells<'_, '_>,
    tool: Tool,
    gathered: &mut Gathered,
    position: Position,
    sink: &mut Sink,
) {
    let state = if let Some(text) = cells.text(Field::Ms17010) {
        state_of_fix(&text, tool)
    } else if let Some(text) = cells.text(Field::Ms17010Open) {
        state_of_flaw(&text, tool)
    } else {
        let texts: Vec<(usize, String)> = cells.stated(Field::Ms17010Alone).collect();
        if texts.is_empty() {
            return;
        }
        let says = |(place, text): &(usize, String)| {
            let names_flaw =
                !(cells.columns.known(*place)).is_some_and(|it| it.starts_with("ms17010"));
            !is_of_either(text, names_flaw)
        };
        let Some((_, text)) = texts.iter().find(|text| says(text)) else {
            sink.count("ms17_010_yes_or_no_alone", 1);
            return;
        };
        state_of_fix(text, tool)
    };
    let (counted, flaw) = match state {
        State::Installed => ("ms17_010_closed", FlawState::Absent),
        State::Missing => ("ms17_010_open", FlawState::Present),
        State::PendingRestart => ("ms17_010_pending_restart", FlawState::AwaitsRestart),
        State::NotApplicable => ("ms17_010_not_applicable", FlawState::NotApplicable),
        State::Unknown => ("ms17_010_unknown", FlawState::Unknown),
        State::NotUnderstood => {
            sink.count("ms17_010_state_not_understood", 1);
            let reason = "what it says of MS17-010 is in words that are not known; the rest of the row is kept";
            sink.skip(position, reason);
            return;
        }
    };
    sink.count(counted, 1);
    gathered.see(gathered.method, Fact::Flaw(MS17_010, flaw));
}

/// The state of the fix, by words for it or for the flaw that it closes.
fn state_of_fix(text: &str, tool: Tool) -> State {
    match squeezed(text).as_str() {
        "vulnerable" => State::Missing,
        "notvulnerable" => State::Installed,
        _ => State::of(text, tool),
    }
}

/// The state of the fix by what is said of its flaw. Words for a fix (*applied*, *missing*, *not required*) say nothing of a flaw.
fn state_of_flaw(text: &str, tool: Tool) -> State {
    match (squeezed(text).as_str(), truth(text)) {
        (_, Some(true))
        | (
            "vulnerable" | "present" | "detected" | "found" | "open" | "exposed" | "unpatched"
            | "notpatched",
            _,
        ) => State::Missing,
        (_, Some(false))
        | (
            "notvulnerable" | "absent" | "notpresent" | "notdetected" | "notfound" | "notopen"
            | "notexposed" | "patched",
            _,
        ) => State::Installed,
        ("notrequired", _) => State::NotUnderstood,
        _ => match State::of(text, tool) {
            State::Installed | State::Missing => State::NotUnderstood,
            state => state,
        },
    }
}

/// Whether words below nothing but a name may be said of the fix or of its flaw: *yes*, *present*. Of a flaw's name *missing* is
/// one of them; of the bulletin's it is the fix that is.
fn is_of_either(text: &str, names_flaw: bool) -> bool {
    let word = squeezed(text);
    truth(text).is_some()
        || matches!(
            word.as_str(),
            "present"
                | "notpresent"
                | "absent"
                | "found"
                | "notfound"
                | "detected"
                | "notdetected"
                | "done"
                | "notdone"
        )
        || names_flaw && word == "missing"
}

/// What the list says of settings, the agent and policies.
pub(super) fn settings(
    cells: &Cells<'_, '_>,
    tool: Tool,
    onboarding: Option<&str>,
    gathered: &mut Gathered,
) {
    let method = gathered.method;
    let health = cells.text(Field::Health);
    if let Some(reports) =
        reporting(onboarding, health.as_deref()).filter(|_| tool == Tool::Defender)
    {
        gathered.see(Method::Inventoried, Fact::AgentReporting(reports));
    }
    if let Some(on) = cells.text(Field::Smb1).as_deref().and_then(truth) {
        gathered.see(method, Fact::Smb1(on));
    }
    // In the words of Intune; *in grace period*, *not evaluated* and others are neither.
    let compliance = cells.text(Field::Compliance).map(|text| squeezed(&text));
    let compliant = match compliance.as_deref() {
        Some("compliant" | "true" | "yes") => Some(true),
        Some("noncompliant" | "notcompliant" | "false" | "no") => Some(false),
        _ => None,
    };
    if let Some(compliant) = compliant {
        gathered.see(
            method,
            Fact::Setting("complies-with-policy".to_owned(), compliant),
        );
    }
}

#[cfg(test)]
mod tests {
    use super::{State, Tool, build, is_of_either, state_of_flaw};

    #[test]
    fn below_a_question_for_the_flaw_present_is_open_and_words_for_a_fix_say_nothing() {
        use State::{Installed, Missing, NotApplicable, NotUnderstood, PendingRestart, Unknown};
        for (text, expected) in [
            ("Yes", Missing),
            ("Present", Missing),
            ("Detected", Missing),
            ("found", Missing),
            ("Vulnerable", Missing),
            ("No", Installed),
            ("Absent", Installed),
            ("Not found", Installed),
            ("not detected", Installed),
            ("Not vulnerable", Installed),
            ("Applied", NotUnderstood),
            ("Installed", NotUnderstood),
            ("Missing", NotUnderstood),
            ("Required", NotUnderstood),
            ("not required", NotUnderstood),
            ("Done", NotUnderstood),
            ("Pending reboot", PendingRestart),
            ("n/a", NotApplicable),
            ("not tested", Unknown),
        ] {
            assert_eq!(state_of_flaw(text, Tool::Unnamed), expected, "{text}");
        }
    }

    #[test]
    fn below_a_bare_name_nobody_knows_of_what_a_word_speaks() {
        for text in [
            "Yes",
            "no",
            "Present",
            "Absent",
            "Found",
            "Not detected",
            "1",
        ] {
            assert!(
                is_of_either(text, true) && is_of_either(text, false),
                "{text}"
            );
        }
        assert!(is_of_either("Missing", true) && !is_of_either("Missing", false));
        for text in [
            "Patched",
            "Vulnerable",
            "Pending reboot",
            "Installed",
            "n/a",
        ] {
            assert!(!is_of_either(text, true), "{text}");
        }
    }

    #[test]
    fn builds_are_read_in_every_way_and_other_systems_have_none() {
        for (text, expected) in [
            ("10.0.19045.4529", Some("10.0.19045.4529")),
            ("19045.4529", Some("10.0.19045.4529")),
            ("19045", Some("10.0.19045")),
            ("10.0 (19045)", Some("10.0.19045")),
            ("6.1 (7601)", Some("6.1.7601")),
            ("6.1.7601", Some("6.1.7601")),
            ("17.5.1", None),
            ("10.15.7", None),
            ("22H2", None),
            ("14", None),
            ("", None),
        ] {
            let found = build(text).map(|build| build.to_string());
            assert_eq!(found.as_deref(), expected, "{text}");
        }
    }
}
