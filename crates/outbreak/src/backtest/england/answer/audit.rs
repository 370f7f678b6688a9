//! What those who looked into it concluded, and whether the fitted draws bear it out.

use serde::Serialize;

use super::what_ifs::{
    ADVISED_IN_MARCH, ALL_OF_BASIC_PRACTICE, CLOSED_TO_THE_INTERNET, ISOLATION_TWICE_AS_FAST,
    NO_KILL_SWITCH, Otherwise,
};

/// A conclusion, and what becomes of it at each end of what the data did not settle.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Conclusion {
    /// What was concluded, in our words.
    pub said: &'static str,
    /// By whom.
    pub source: &'static str,
    /// The what-if that tries it.
    pub what_if: &'static str,
    /// What comes out at each end.
    pub ends: Vec<AtEnd>,
}

/// A conclusion at one end of what the data did not settle.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct AtEnd {
    /// The end: by the internet, or by the national network.
    pub way_in: &'static str,
    /// Trusts infected as it was and otherwise, medians.
    pub trusts: [f64; 2],
    /// The change of the mean number of machines infected, as a share of it.
    pub more_machines: f64,
    /// Whether it is borne out.
    pub comes_out: ComesOut,
    /// Whether this follows from what the end is, and tells nothing else.
    pub is_by_construction: bool,
}

/// Whether a conclusion is borne out.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum ComesOut {
    /// As it was said.
    Yes,
    /// It changes what was said, and by less.
    InPart,
    /// No more than chance may make, or the other way round.
    No,
}

/// What a conclusion says of its what-if.
#[derive(Clone, Copy)]
enum Says {
    /// It would not have come to it.
    Prevents,
    /// Fewer machines would have been infected.
    Lessens,
    /// More machines would have been infected.
    Worsens,
}

/// It is prevented where at most one trust in ten of those infected still is.
const STILL_INFECTED: f64 = 0.1;

const CONCLUSIONS: [(&str, &str, &str, Says); 5] = [
    (
        "basic practice in security would have prevented it",
        "National Audit Office",
        ALL_OF_BASIC_PRACTICE,
        Says::Prevents,
    ),
    (
        "firewalls managed towards the internet would have kept it out, patched or not",
        "National Audit Office, paragraph 2.4",
        CLOSED_TO_THE_INTERNET,
        Says::Prevents,
    ),
    (
        "only what lacked the update, or could have none, was infected: patching in time would have prevented it",
        "National Audit Office",
        ADVISED_IN_MARCH,
        Says::Prevents,
    ),
    (
        "the kill switch, found so soon, kept it from getting worse",
        "Public Accounts Committee, 2018",
        NO_KILL_SWITCH,
        Says::Worsens,
    ),
    (
        "being able to isolate organisations sooner would lessen the spread",
        "review for the Department of Health, 2018, as reported",
        ISOLATION_TWICE_AS_FAST,
        Says::Lessens,
    ),
];

pub(super) fn conclusions(counterfactuals: &[Otherwise]) -> Vec<Conclusion> {
    let conclusion = |(said, source, what_if, says)| {
        let rows = counterfactuals.iter().filter(|row| row.what_if == what_if);
        Conclusion {
            said,
            source,
            what_if,
            ends: rows.map(|row| at_end(row, says)).collect(),
        }
    };
    CONCLUSIONS.map(conclusion).into()
}

fn at_end(row: &Otherwise, says: Says) -> AtEnd {
    let trusts = row.trusts.map(|[_, median, _]| median);
    let [more, _] = row.more_machines;
    let (fewer, greater) = (
        row.is_told_from_chance() && more < 0.0,
        row.is_told_from_chance() && more > 0.0,
    );
    let comes_out = match says {
        Says::Prevents if fewer && trusts[1] <= STILL_INFECTED * trusts[0] => ComesOut::Yes,
        Says::Prevents if fewer => ComesOut::InPart,
        Says::Lessens if fewer => ComesOut::Yes,
        Says::Worsens if greater => ComesOut::Yes,
        Says::Prevents | Says::Lessens | Says::Worsens => ComesOut::No,
    };
    AtEnd {
        way_in: row.way_in,
        trusts,
        more_machines: more / row.mean_machines.max(1.0),
        comes_out,
        is_by_construction: row.is_by_construction,
    }
}

#[cfg(test)]
mod tests {
    use super::{CONCLUSIONS, ComesOut, Says, at_end};
    use crate::backtest::england::answer::Otherwise;
    use crate::backtest::england::what_ifs;

    fn row(trusts_then: f64, more_machines: [f64; 2]) -> Otherwise {
        Otherwise::of([34.0, trusts_then], 20_000.0, more_machines)
    }

    #[test]
    fn a_conclusion_is_borne_out_by_what_chance_does_not_make() {
        let comes_out = |row: &Otherwise, says| at_end(row, says).comes_out;
        let gone = row(3.0, [-19_000.0, 900.0]);
        let half = row(17.0, [-9_000.0, 900.0]);
        let chance = row(33.0, [-900.0, 900.0]);
        let worse = row(36.0, [5_000.0, 900.0]);
        for (row, prevents, lessens, worsens) in [
            (&gone, ComesOut::Yes, ComesOut::Yes, ComesOut::No),
            (&half, ComesOut::InPart, ComesOut::Yes, ComesOut::No),
            (&chance, ComesOut::No, ComesOut::No, ComesOut::No),
            (&worse, ComesOut::No, ComesOut::No, ComesOut::Yes),
        ] {
            assert_eq!(comes_out(row, Says::Prevents), prevents, "{row:?}");
            assert_eq!(comes_out(row, Says::Lessens), lessens, "{row:?}");
            assert_eq!(comes_out(row, Says::Worsens), worsens, "{row:?}");
        }
        assert!((at_end(&half, Says::Prevents).more_machines + 0.45).abs() < 1e-12);
    }

    #[test]
    fn each_conclusion_is_tried_by_a_what_if() {
        let names: Vec<&str> = what_ifs().into_iter().map(|(name, _)| name).collect();
        for (said, _, what_if, _) in CONCLUSIONS {
            assert!(names.contains(&what_if), "{said}");
        }
    }
}
