//! The sentences that the page and the terminal share.

use crate::document::{
    Answer, Document, Made, PricedClaims, Reader, Reconciliation, Saved, Spread, Value,
};
use crate::numbers::{counted, estimated, mean, of_100, range, whole};

/// The conditional sentence that leads the page.
pub(crate) fn conditional(spread: &Spread, made: &Made) -> String {
    let entry = made.entry.as_str();
    let outbreaks = counted(
        spread.replicates,
        "simulated outbreak",
        "simulated outbreaks",
    );
    match (taken(spread), spread.dies_out > 0.0) {
        (None, _) => format!("If {entry}, it dies out: it did so in all {outbreaks}."),
        (Some(taken), false) => {
            format!(
                "If {entry}, it takes {taken} (nine in ten); it died out in none of {outbreaks}."
            )
        }
        (Some(taken), true) => format!(
            "If {entry}, in {} outbreaks it dies out; otherwise it takes {taken} (nine in ten).",
            of_100(spread.dies_out, spread.dies_out_error)
        ),
    }
}

/// The same without its condition, for a line beside the headline.
pub(crate) fn outcome(spread: &Spread) -> String {
    outcome_of("it", spread)
}

/// The same, of a `worm` that the sentence has not named yet.
pub(crate) fn outcome_of(worm: &str, spread: &Spread) -> String {
    match (taken(spread), spread.dies_out > 0.0) {
        (None, _) => format!("{worm} dies out every time"),
        (Some(taken), false) => format!("{worm} never dies out and takes {taken}"),
        (Some(taken), true) => format!(
            "{worm} dies out in {}; otherwise it takes {taken}",
            of_100(spread.dies_out, spread.dies_out_error)
        ),
    }
}

/// `1,200 to 2,900 of 3,040 machines`, where it did not die out.
fn taken(spread: &Spread) -> Option<String> {
    let taken = spread.taken.as_ref()?;
    let range = range(taken, spread.mean_taken_error, spread.hosts);
    let hosts = counted(spread.hosts, "machine", "machines");
    Some(format!("{range} of {hosts}"))
}

/// The threat's title, marked where no such worm is known.
pub(crate) fn title(answer: &Answer) -> String {
    if answer.hypothetical {
        format!("{} (hypothetical)", answer.title)
    } else {
        answer.title.to_string()
    }
}

/// How far it gets with everything unknown against us, where that is told otherwise than with unknowns drawn.
pub(crate) fn worse(answer: &Answer) -> Option<String> {
    let against = outcome(&answer.against);
    (against != outcome(&answer.drawn)).then_some(against)
}

/// A sentence as it goes on after a colon: its first letter small, unless its first word is an abbreviation or a name.
pub(crate) fn in_sentence(text: &str) -> String {
    let mut letters = text.chars();
    match (letters.next(), letters.clone().next()) {
        (Some(first), Some(second)) if second.is_lowercase() => {
            first.to_lowercase().chain(letters).collect()
        }
        _ => text.to_owned(),
    }
}

/// How many machines an action spares, or that the simulation cannot tell: its interval holds nought.
pub(crate) fn spared(mean: f64, error: f64, (low, high): (f64, f64)) -> String {
    if !(low > 0.0 || high < 0.0) {
        return "The simulation cannot tell its effect from chance.".to_owned();
    }
    let machines = estimated(mean.abs(), error);
    let noun = if machines == "1" {
        "machine"
    } else {
        "machines"
    };
    let (verb, less, ends) = if mean > 0.0 {
        ("spares", "", (low, high))
    } else {
        ("costs", " more", (-high, -low))
    };
    let ends = interval_95(ends, error);
    format!("On average over all outbreaks it {verb} {machines}{less} {noun} ({ends}).")
}

/// Claims by number, and of how much they say something that the evidence does not: `2 claims, of 61 machines and 1 border`.
pub(crate) fn beyond(priced: &PricedClaims) -> String {
    let mut of = Vec::new();
    if priced.hosts > 0 {
        of.push(counted(priced.hosts, "machine", "machines"));
    }
    if priced.borders > 0 {
        of.push(counted(priced.borders, "border", "borders"));
    }
    let claims = counted(priced.claims, "claim", "claims");
    format!("{claims}, of {}", of.join(" and "))
}

/// How many machines would not be taken, were some claims true; nothing where that cannot be told from chance.
pub(crate) fn hidden(priced: &PricedClaims) -> Option<String> {
    let error = priced.spared_error;
    let ends = (priced.spared_low, priced.spared_high);
    (ends.0 > 0.0).then(|| {
        let machines = estimated(priced.spared, error);
        format!("{machines} machines ({})", interval_95(ends, error))
    })
}

/// What a fix saves, as a sentence; nothing where no services were counted.
pub(crate) fn saved(saved: &Saved) -> Option<String> {
    if saved.units.is_empty() {
        return None;
    }
    Some(units_saved(saved).map_or_else(
        || "What it saves of care cannot be told from chance in so many outbreaks.".to_owned(),
        |units| {
            format!(
                "On average over all outbreaks this saves {units} from being postponed or lost."
            )
        },
    ))
}

/// What is not lost after all: activities of which it can be told from chance, and pounds apart; nothing where none can.
pub(crate) fn units_saved(saved: &Saved) -> Option<String> {
    let is_told = |mean: f64, error: f64| mean.is_finite() && mean >= 1.0 && mean > 2.0 * error;
    let mut units: Vec<String> = (saved.units.iter())
        .filter(|line| is_told(line.units, line.units_error))
        .map(|line| {
            format!(
                "{} {}",
                estimated(line.units, line.units_error),
                line.activity
            )
        })
        .collect();
    let last = units.pop()?;
    let mut words = if units.is_empty() {
        last
    } else {
        format!("{} and {last}", units.join(", "))
    };
    if is_told(saved.worth_gbp, saved.worth_gbp_error) {
        let pounds = estimated(saved.worth_gbp, saved.worth_gbp_error);
        words.push_str(&format!(" (worth {pounds} pounds, of what is priced)"));
    }
    Some(words)
}

/// The ends of an interval above nought: `95 % interval 97 to 122`.
fn interval_95((low, high): (f64, f64), error: f64) -> String {
    let end = |value: f64| {
        if error < 1.0 {
            mean(value)
        } else {
            estimated(value, error)
        }
    };
    format!("95 % interval {} to {}", end(low), end(high))
}

/// What it gave that worlds were compared on the same draws, of each of some differences; nothing where none of them varies.
pub(crate) fn variance_reduction(reductions: impl Iterator<Item = Option<f64>>) -> Option<String> {
    let mut told: Vec<f64> = reductions.flatten().filter(|it| it.is_finite()).collect();
    told.sort_by(f64::total_cmp);
    let (least, most) = (mean(*told.first()?), mean(*told.last()?));
    let times = if least == most {
        least
    } else {
        format!("{least} to {most}")
    };
    Some(format!(
        "For intervals as narrow, worlds drawn apart would need {times} times as many outbreaks (the variance reduction)."
    ))
}

/// The parts of the sentence that reconciles the counts; the last three stand after *we count*.
pub(crate) struct Counts {
    /// `Microsoft Defender 2,911`, one for each kind of source.
    pub(crate) sources: Vec<String>,
    /// What we count.
    pub(crate) hosts: String,
    /// How many doubles were merged.
    pub(crate) merged: String,
    /// How many pairs were kept apart.
    pub(crate) unsure: String,
}

/// How the sources' counts become ours.
pub(crate) fn counts(reconciliation: &Reconciliation) -> Counts {
    Counts {
        sources: (reconciliation.by_source.iter())
            .map(|source| format!("{} {}", source.source, whole(source.machines)))
            .collect(),
        hosts: whole(reconciliation.hosts),
        merged: format!("{} merged", whole(reconciliation.merged)),
        unsure: format!("{} unsure", whole(reconciliation.unsure_total)),
    }
}

/// For whom the page is, and what that means.
pub(crate) fn audience(document: &Document) -> &'static str {
    match document.made.audience {
        Reader::Team => {
            "For the team that runs these machines. It names hosts, addresses and routes: to a thief it is a list of targets."
        }
        Reader::Board => {
            "For the board. Organisations are named; machines, addresses and routes are only in the edition for the team."
        }
        Reader::Share => {
            "For sharing. Organisations have pseudonyms; machines, addresses and routes are only in the edition for the team."
        }
    }
}

/// What a verdict means for the question asked.
pub(crate) fn value(value: Value) -> &'static str {
    match value {
        Value::Holds => "holds",
        Value::Fails => "fails",
        Value::Unknown => "unknown",
    }
}

/// A share (0 to 1) that has no Monte Carlo error: `12 of 100`.
pub(crate) fn share(share: f64) -> String {
    of_100(share, 0.0)
}

#[cfg(test)]
mod tests {
    use super::{spared, variance_reduction};

    #[test]
    fn what_is_spared_has_the_digits_that_its_error_leaves() {
        for (mean, error, ends, words) in [
            (
                109.3,
                6.2,
                (96.5, 122.1),
                "it spares 109 machines (95 % interval 97 to 122)",
            ),
            (
                1_234.0,
                61.0,
                (1_108.0, 1_360.0),
                "1,230 machines (95 % interval 1,110 to 1,360)",
            ),
            (
                2.0,
                0.2,
                (1.6, 2.4),
                "it spares 2 machines (95 % interval 1.6 to 2.4)",
            ),
            (
                1.0,
                0.1,
                (0.8, 1.2),
                "it spares 1 machine (95 % interval 0.80 to 1.2)",
            ),
            (
                -40.0,
                5.0,
                (-50.3, -29.7),
                "it costs 40 more machines (95 % interval 30 to 50)",
            ),
        ] {
            let found = spared(mean, error, ends);
            assert!(found.contains(words), "{found}");
        }
        for ends in [(-1.0, 5.0), (0.0, 0.0), (f64::NAN, f64::NAN)] {
            assert!(spared(2.0, 1.5, ends).contains("cannot tell"), "{ends:?}");
        }
    }

    #[test]
    fn what_the_shared_draws_gave_is_a_range_of_what_is_known() {
        let told = |all: &[Option<f64>]| variance_reduction(all.iter().copied());
        assert_eq!(told(&[]), None);
        assert_eq!(told(&[None, Some(f64::NAN)]), None);
        let one = told(&[Some(12.4), None]).unwrap();
        assert!(one.contains("need 12 times"), "{one}");
        let several = told(&[Some(350.0), Some(0.57), Some(3.1)]).unwrap();
        assert!(several.contains("need 0.57 to 350 times"), "{several}");
    }
}
