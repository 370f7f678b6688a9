//! Claims that the evidence contradicts, does not bear out, or cannot decide.

use wardround_estate::{ClaimWord, DecidedBy, Estate};
use wardround_evidence::Disclosure;

use super::{Remark, counted, most_first};

pub(super) fn remarks(estate: &Estate, names: &Disclosure) -> Vec<Remark> {
    let mut remarks = Vec::new();
    for assessed in estate.assess_claims() {
        let organisation = assessed
            .organisation
            .and_then(|id| estate.organisation(id).name.as_ref())
            .unwrap_or(&assessed.claim.organisation)
            .show(names);
        let what = match assessed.decided_by {
            // The description's own word is for the team.
            DecidedBy::Nothing if !names.names_hosts() => "a control".to_owned(),
            _ => wardround_evidence::visible(&assessed.words()),
        };
        let subjects = assessed.subjects.unwrap_or_default();
        let of = match assessed.decided_by {
            DecidedBy::Border => "networks at the border",
            _ => "machines",
        };
        let (unknown, fails) = (subjects.unknown as usize, subjects.fails as usize);
        let all = unknown + fails + subjects.holds as usize;
        match assessed.word {
            ClaimWord::Unsupported => remarks.push(Remark::new(
                unknown,
                format!(
                    "{organisation} claims that {what}: of {all} {of}, nothing settles {unknown}{}.",
                    if fails > 0 { format!(", and {fails} contradict it") } else { String::new() }
                ),
            )),
            ClaimWord::Attested => remarks.push(Remark::new(
                0,
                format!("{organisation} claims {what}: no export that wardround reads can decide it, so it rests on whoever signed it."),
            )),
            ClaimWord::NotApplicable => remarks.push(Remark::new(
                0,
                format!("{organisation} claims that {what}, and there is no machine or network to which that could apply; {} of it in the evidence.", counted(0, "machine", "machines")),
            )),
            ClaimWord::Refuted if unknown > 0 => remarks.push(Remark::new(
                unknown,
                format!("{organisation} claims that {what}: {fails} of {all} {of} contradict it already, and nothing settles {unknown} more."),
            )),
            ClaimWord::Refuted | ClaimWord::Verified => {}
        }
    }
    most_first(remarks)
}
