//! What to do and what to find out, in words.

use wardround_estate::{Gap, Question};
use wardround_outbreak::harm::EstateServices;
use wardround_outbreak::{self as outbreak, Condition, Difference, Measured, Task};
use wardround_report::{Advice, Saved, SavedUnits, Spared};

use super::answer::spread;
use super::machines::subject;
use crate::round::{Round, ThreatRound};

/// How many machines are named as examples.
const EXAMPLES: usize = 5;

pub(super) fn lines(
    round: &Round,
    services: &EstateServices,
    leading: Option<&ThreatRound<'_>>,
    measured: Option<&[Measured]>,
) -> Vec<Advice> {
    let (Some(leading), Some(measured)) = (leading, measured) else {
        return Vec::new();
    };
    measured
        .iter()
        .map(|measured| line(round, services, leading, measured))
        .collect()
}

fn line(
    round: &Round,
    services: &EstateServices,
    leading: &ThreatRound<'_>,
    measured: &Measured,
) -> Advice {
    let candidate = &measured.candidate;
    let whole_organisation = !matches!(candidate.task, Task::Close | Task::Settle(..));
    Advice {
        what: words(leading, candidate.task, candidate.hosts.len()),
        owner: round.estate.organisation(candidate.owner).name.clone(),
        hosts: u32::try_from(candidate.hosts.len()).unwrap_or(u32::MAX),
        examples: if whole_organisation {
            Vec::new()
        } else {
            candidate.hosts.iter().take(EXAMPLES).map(|host| subject(&round.estate, *host)).collect()
        },
        with_it: Some(spread(&measured.with_it)),
        without_it: Some(spread(&measured.without_it)),
        spared: Some(spared(&measured.spared)),
        saved: measured.saved.as_ref().map(|found| saved(services, found)),
        caution: candidate.clinical.then(|| {
            "Some of these machines stand in networks with medical devices: agree with clinical engineering first, and never scan there unasked.".to_owned()
        }),
    }
}

/// What differs between two worlds, in the report's own shape.
pub(super) fn spared(difference: &Difference) -> Spared {
    let reduction = difference.variance_reduction;
    Spared {
        mean: difference.mean,
        error: difference.standard_error,
        interval: difference.interval_95(),
        variance_reduction: reduction.is_finite().then_some(reduction),
    }
}

/// What is not lost after all, in the report's own shape.
pub(super) fn saved(services: &EstateServices, saved: &outbreak::Saved) -> Saved {
    Saved {
        units: saved
            .units
            .iter()
            .map(|(activity, units)| SavedUnits {
                activity: services.rules().activities[*activity].name.clone(),
                units: *units,
            })
            .collect(),
        worth_gbp: saved.worth,
    }
}

fn words(leading: &ThreatRound<'_>, task: Task, machines: usize) -> String {
    let profile = leading.population.profile();
    let port = profile.port;
    let these = if machines == 1 {
        "the one machine".to_owned()
    } else {
        format!("the {machines} machines")
    };
    match task {
        Task::Close
            if profile
                .first_vector()
                .closed_by
                .contains(&Condition::Ms17010Closed) =>
        {
            format!(
                "Install the fix for MS17-010 on {these} known to be open to it; where that is not possible, switch off SMB version 1 there."
            )
        }
        Task::Close => format!("Install the newest updates on {these} known to be without them."),
        Task::DenyAtBorder => format!(
            "Deny {port} from other organisations at the border, and keep a list of the exceptions that a service needs."
        ),
        Task::DenyBetweenNetworks => format!(
            "Deny {port} into each network from the organisation's other networks, except where a service needs it."
        ),
        Task::AskBorder => format!(
            "Find out whether {port} can come in from other organisations: export the border's rules and add them to the description."
        ),
        Task::AskBoundaries => format!(
            "Find out whether {port} passes between the organisation's own networks: export the rules of internal firewalls and switches."
        ),
        Task::Settle(question, gap) => {
            format!(
                "Find out, for {these} of which it is unknown, whether {}: {}.",
                question.words(),
                export(question, gap)
            )
        }
    }
}

/// The export that would settle a question, by what is missing.
const fn export(question: Question, gap: Gap) -> &'static str {
    match (question, gap) {
        (_, Gap::Disputed) => "sources contradict each other, so look at one of them by hand",
        (_, Gap::RestartPending) => "restart them, then export their updates again",
        (_, Gap::TablesEnd) => {
            "wardround's built-in tables end before these updates, so a newer release is needed"
        }
        (_, Gap::NotAuthorised) => {
            "have their own administrator export what a source without authority over them says"
        }
        (Question::NotListening(_), Gap::OwnFirewall) => {
            "a scan already held that was taken inside their network says so, as does what Microsoft Defender says of their firewall"
        }
        (Question::NotListening(_), _) => {
            "a scan already held that was taken inside their network says so"
        }
        (Question::Smb1Off, _) => {
            "the secure-configuration assessment of Microsoft Defender says so"
        }
        (_, Gap::NoComplaint) => {
            "export the inventory of operating systems with full builds from the same source: it lists what is in order too"
        }
        (_, Gap::Stale) => "export their updates again; what is held is too old",
        (_, Gap::ListCut) => {
            "`systeminfo` cuts long lists short; `Get-HotFix` shows what is on, and Microsoft Defender lists what is missing"
        }
        (_, Gap::LogInFailed) => {
            "a scanner could not log in; mend its account or export the updates from the machines"
        }
        (_, Gap::SystemUnknown) => {
            "look them up in the asset register or in DHCP and switch tables"
        }
        _ => "an export of Microsoft Defender, or `systeminfo` from each, says so",
    }
}
