//! What in a ledger may be a slip. All of it counts as it stands; it is told, so that people can look.

use std::collections::BTreeMap;

use jiff::civil::Date;
use serde::Serialize;

use super::what::What;
use super::{Forecast, Ledger, LedgerEntry, Placed, Standing};
use crate::harm::{Gbp, ServiceRules};

/// A day that is further than this from every other is told, in days: assumed. An outbreak and its aftermath lie within weeks.
const FAR_DAYS: i32 = 60;
/// A word is taken for a misspelt activity from this likeness on (Jaro and Winkler, 0 to 1): by trial on words such as
/// `Outpatients` and `A&E`.
const LIKE: f64 = 0.8;
/// No longer word is compared with activities, in bytes, and no more words than this.
const LONGEST_COMPARED: usize = 100;
const MOST_COMPARED: usize = 500;
/// So many lines are named for one doubt.
const MOST_LINES: usize = 20;

/// Something that may be a slip.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Doubt {
    /// The lines of the ledger that it speaks of, the first 20 of them; none where it speaks of the forecast.
    pub lines: Vec<u64>,
    /// What it is, as a sentence without a full stop.
    pub what: String,
}

impl Ledger {
    /// What may be a slip, of rows from a line on: rows that add up in one place, activities that the table of services does
    /// not know, names that are nearly alike, and days far from all others.
    #[must_use]
    pub fn doubts(&self, rules: &ServiceRules, from_line: u64) -> Vec<Doubt> {
        let mut doubts = added(self, rules);
        doubts.extend(unknown(&own_words(self, rules), rules, "row"));
        doubts.extend(alike(&organisations(self), "organisations"));
        doubts.extend(alike(&own_words(self, rules), "activities"));
        doubts.extend(far(self));
        doubts.retain(|doubt| doubt.lines.iter().any(|line| *line >= from_line));
        for doubt in &mut doubts {
            doubt.lines.truncate(MOST_LINES);
        }
        doubts
    }
}

impl Forecast {
    /// What may be a slip of a forecast by hand, beside the ledger that it is for.
    #[must_use]
    pub fn doubts(&self, ledger: &Ledger, rules: &ServiceRules) -> Vec<Doubt> {
        let Self::Daily {
            cells,
            report: None,
            ..
        } = self
        else {
            return Vec::new();
        };
        let told = own_words(ledger, rules);
        let mut words: BTreeMap<&str, Vec<u64>> = cells
            .keys()
            .map(|(activity, ..)| (activity.as_str(), Vec::new()))
            .collect();
        words.retain(|word, _| rules.activity(word).is_none() && !told.contains_key(word));
        let mut doubts = unknown(&words, rules, "forecast");
        let here = organisations(ledger);
        let mut there: BTreeMap<&str, Vec<u64>> = cells
            .keys()
            .filter_map(|(.., who)| Some((who.as_deref()?, Vec::new())))
            .collect();
        there.retain(|who, _| !here.contains_key(who));
        for who in there.keys().take(MOST_COMPARED) {
            let other = here.keys().take(MOST_COMPARED);
            for other in other.filter(|other| likeness(who, other).is_some()) {
                doubts.push(Doubt {
                    lines: Vec::new(),
                    what: format!(
                        "`{who}` of the forecast and `{other}` of the ledger are nearly alike, and are taken for two \
                         organisations"
                    ),
                });
            }
        }
        doubts
    }
}

/// Rows of one day, organisation and thing: one may be there to correct another. Several sums of money or hours are ordinary,
/// unless some were measured and some estimated.
fn added(ledger: &Ledger, rules: &ServiceRules) -> Vec<Doubt> {
    let mut cells: BTreeMap<(Date, &str, What<'_>), Vec<&Placed>> = BTreeMap::new();
    for placed in &ledger.rows {
        let row = &placed.row;
        let key = (row.day, row.organisation.as_str(), What::from(&row.entry));
        cells.entry(key).or_default().push(placed);
    }
    let doubt = |((day, organisation, what), rows): ((Date, &str, What<'_>), Vec<&Placed>)| {
        let sum = |standing: Standing| {
            let of = rows.iter().filter(|one| one.row.standing == standing);
            of.map(|one| amount(&one.row.entry))
                .reduce(|one, other| one + other)
        };
        let (measured, estimated) = (sum(Standing::Measured), sum(Standing::Estimated));
        let is_mixed = measured.is_some() && estimated.is_some();
        let what = match what {
            What::Activity(id) => (rules.activity(id)).map_or_else(
                || id.to_owned(),
                |place| rules.activities[place].name.clone(),
            ),
            What::Sightings => "infected machines seen".to_owned(),
            What::Spend | What::Hours | What::Cancelled if !is_mixed => return None,
            What::Hours => "hours of staff".to_owned(),
            What::Spend | What::Cancelled => "pounds spent".to_owned(),
        };
        let sums = [(measured, "measured"), (estimated, "estimated")];
        let sums = sums.map(|(sum, word)| sum.map(|sum| format!("{sum} {word}")));
        Some(Doubt {
            lines: rows.iter().map(|one| one.line).collect(),
            what: format!(
                "{} rows of {day}, {organisation}, {what} are added: {}; if one corrects another, take the other out",
                rows.len(),
                sums.into_iter().flatten().collect::<Vec<_>>().join(" and "),
            ),
        })
    };
    cells.retain(|_, rows| rows.len() > 1);
    cells.into_iter().filter_map(doubt).collect()
}

const fn amount(entry: &LedgerEntry) -> f64 {
    match entry {
        LedgerEntry::Cancelled { units: amount, .. }
        | LedgerEntry::Spend(Gbp(amount))
        | LedgerEntry::StaffHours(amount)
        | LedgerEntry::Sightings(amount) => *amount,
    }
}

/// Activities that the table of services does not know, with the line on which each first stands.
fn own_words<'l>(ledger: &'l Ledger, rules: &ServiceRules) -> BTreeMap<&'l str, Vec<u64>> {
    let mut words: BTreeMap<&str, Vec<u64>> = BTreeMap::new();
    for placed in &ledger.rows {
        if let LedgerEntry::Cancelled { activity, .. } = &placed.row.entry {
            words.entry(activity).or_insert_with(|| vec![placed.line]);
        }
    }
    words.retain(|word, _| rules.activity(word).is_none());
    words
}

fn organisations(ledger: &Ledger) -> BTreeMap<&str, Vec<u64>> {
    let mut names: BTreeMap<&str, Vec<u64>> = BTreeMap::new();
    for placed in &ledger.rows {
        names
            .entry(&placed.row.organisation)
            .or_insert_with(|| vec![placed.line]);
    }
    names
}

fn unknown(words: &BTreeMap<&str, Vec<u64>>, rules: &ServiceRules, of: &str) -> Vec<Doubt> {
    let doubt = |(place, (word, lines)): (usize, (&&str, &Vec<u64>))| {
        let near = (place < MOST_COMPARED && word.len() <= LONGEST_COMPARED)
            .then(|| nearest(word, rules))
            .flatten();
        let near = near.map_or_else(String::new, |id| format!("; the nearest is {id}"));
        let without = if of == "row" {
            "so that its units have no price"
        } else {
            "and the ledger has no such rows"
        };
        Doubt {
            lines: lines.clone(),
            what: format!("`{word}` is not in the table of services, {without}{near}"),
        }
    };
    words.iter().enumerate().map(doubt).collect()
}

/// The identifier of the activity that a word is most like, if it is like any.
fn nearest<'r>(word: &str, rules: &'r ServiceRules) -> Option<&'r str> {
    let word = word.to_lowercase().replace('_', " ");
    let like = rules.activities.iter().map(|known| {
        let names = [known.id.replace('_', " "), known.name.to_lowercase()];
        let likeness = names.map(|name| strsim::jaro_winkler(&word, &name));
        (likeness[0].max(likeness[1]), known.id.as_str())
    });
    // The first of those that are alike.
    let best = like.reduce(|best, next| if next.0 > best.0 { next } else { best })?;
    (best.0 >= LIKE).then_some(best.1)
}

/// Names of which one may be a slip of another.
fn alike(names: &BTreeMap<&str, Vec<u64>>, of: &str) -> Vec<Doubt> {
    let mut doubts = Vec::new();
    let mut doubt = |one: (&str, &Vec<u64>), other: (&str, &Vec<u64>), by: &str| {
        let mut lines = [one.1.as_slice(), other.1.as_slice()].concat();
        lines.sort_unstable();
        doubts.push(Doubt {
            lines,
            what: format!(
                "`{}` and `{}` differ only {by}, and count as two {of}",
                one.0, other.0
            ),
        });
    };
    let mut bare: BTreeMap<String, (&str, &Vec<u64>)> = BTreeMap::new();
    for (name, lines) in names {
        if let Some(before) = bare.get(&squashed(name)) {
            doubt(*before, (name, lines), CASE_OR_BLANKS);
        } else {
            bare.insert(squashed(name), (name, lines));
        }
    }
    let distinct: Vec<(&str, &Vec<u64>)> = bare.into_values().take(MOST_COMPARED).collect();
    for (place, one) in distinct.iter().enumerate() {
        for other in &distinct[..place] {
            if let Some(by) = likeness(one.0, other.0) {
                doubt(*other, *one, by);
            }
        }
    }
    doubts
}

const CASE_OR_BLANKS: &str = "in case or blanks";

/// In what two names differ, if it is next to nothing: case and blanks, or one letter of a longer word. Numbers and single
/// letters are what names are told apart by.
fn likeness(one: &str, other: &str) -> Option<&'static str> {
    if one.len().abs_diff(other.len()) > LONGEST_COMPARED || one.len() > LONGEST_COMPARED {
        return None;
    }
    if squashed(one) == squashed(other) {
        return Some(CASE_OR_BLANKS);
    }
    let (one, other) = (one.to_lowercase(), other.to_lowercase());
    let words =
        |name: &str| -> Vec<String> { name.split_whitespace().map(str::to_owned).collect() };
    let (one, other) = (words(&one), words(&other));
    if one.len() != other.len() {
        return None;
    }
    let mut differing = one.iter().zip(&other).filter(|(one, other)| one != other);
    let (first, second) = differing.next()?;
    let is_word = |word: &str| word.chars().count() >= 4 && word.chars().all(char::is_alphabetic);
    let is_near = differing.next().is_none()
        && is_word(first)
        && is_word(second)
        && strsim::osa_distance(first, second) == 1;
    is_near.then_some("by a letter")
}

fn squashed(name: &str) -> String {
    let lower = name.to_lowercase();
    lower.split_whitespace().collect()
}

/// Days that are far from every other: a year that was misspelt makes all days between count as missing.
fn far(ledger: &Ledger) -> Vec<Doubt> {
    let mut days: BTreeMap<Date, Vec<u64>> = BTreeMap::new();
    for placed in &ledger.rows {
        days.entry(placed.row.day).or_default().push(placed.line);
    }
    let all: Vec<Date> = days.keys().copied().collect();
    let is_far = |one: Date, other: Option<&Date>| {
        other.is_none_or(|other| (one - *other).get_days().abs() > FAR_DAYS)
    };
    if all.len() < 2 {
        return Vec::new();
    }
    let lonely = all.iter().enumerate().filter(|(place, day)| {
        let before = place.checked_sub(1).and_then(|before| all.get(before));
        is_far(**day, before) && is_far(**day, all.get(place + 1))
    });
    lonely
        .filter_map(|(_, day)| {
            let lines = days.get(day)?.clone();
            let what = format!(
                "{day} is more than {FAR_DAYS} days from every other day of the ledger: all days between count as missing"
            );
            Some(Doubt { lines, what })
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::likeness;
    use crate::harm::ServiceRules;
    use crate::harm::ledger::{Forecast, Ledger};

    fn ledger(rows: &str) -> Ledger {
        let text = format!("{}\n{rows}", Ledger::new_header());
        Ledger::parse(&text, &ServiceRules::built_in()).unwrap()
    }

    fn doubted(rows: &str, from_line: u64) -> Vec<(Vec<u64>, String)> {
        let doubts = ledger(rows).doubts(&ServiceRules::built_in(), from_line);
        doubts
            .into_iter()
            .map(|one| (one.lines, one.what))
            .collect()
    }

    #[test]
    fn rows_that_add_up_in_one_place_are_told() {
        let rows = "2017-05-15,North,cancelled,ae_attendances,120,measured,first count\n\
                    2017-05-15,North,cancelled,A&E attendances,110,measured,corrected\n\
                    2017-05-15,North,cancelled,gp_appointments,9,measured,\n\
                    2017-05-15,North,cancelled,gp_appointments,12,estimated,\n\
                    2017-05-15,North,spend,,5,measured,taxi\n\
                    2017-05-15,North,spend,,6,measured,bus\n\
                    2017-05-16,North,hours,,5,measured,\n\
                    2017-05-16,North,hours,,6.5,estimated,\n\
                    2017-05-16,North,sightings,,5,measured,console\n\
                    2017-05-16,North,sightings,,6,measured,scanner\n\
                    2017-05-16,South,sightings,,6,measured,scanner\n";
        let told = doubted(rows, 0);
        let lines: Vec<&[u64]> = told.iter().map(|one| one.0.as_slice()).collect();
        assert_eq!(lines, [[2, 3], [4, 5], [8, 9], [10, 11]]);
        assert_eq!(
            told[0].1,
            "2 rows of 2017-05-15, North, A&E attendances are added: 230 measured; if one corrects another, take the other out"
        );
        assert!(told[1].1.contains("9 measured and 12 estimated"));
        assert_eq!(doubted(rows, 9).len(), 2);
    }

    #[test]
    fn a_misspelt_activity_is_told_with_the_nearest_that_is_known() {
        for (word, near) in [
            ("outpatients appointment", Some("outpatient_appointments")),
            ("Outpatients", Some("outpatient_appointments")),
            ("emergancy admissions", Some("emergency_admissions")),
            ("A&E", Some("ae_attendances")),
            ("haircuts", None),
            ("theatre lists", None),
        ] {
            let told = doubted(
                &format!("2017-05-15,North,cancelled,{word},5,measured,\n"),
                0,
            );
            let [(lines, what)] = &told[..] else {
                panic!("{word}: {told:?}");
            };
            assert_eq!(lines, &[2]);
            let nearest = what.split_once("; the nearest is ").map(|of| of.1);
            assert_eq!(nearest, near, "{what}");
        }
        assert_eq!(
            doubted("2017-05-15,North,cancelled,ae_attendances,5,measured,\n", 0),
            []
        );
    }

    #[test]
    fn names_that_differ_by_next_to_nothing_are_told_and_numbered_ones_are_not() {
        for (one, other, is_told) in [
            ("North", "north", true),
            ("St Mary", "StMary", true),
            ("Alderwick General", "Alderwik General", true),
            ("Ward 1", "Ward 2", false),
            ("Trust A", "Trust B", false),
            ("North", "South", false),
            ("North East", "North", false),
        ] {
            assert_eq!(likeness(one, other).is_some(), is_told, "{one}, {other}");
            let rows = format!(
                "2017-05-15,{one},hours,,5,measured,\n2017-05-15,{other},hours,,5,measured,\n"
            );
            let told = doubted(&rows, 0);
            assert_eq!(told.len(), usize::from(is_told), "{told:?}");
        }
    }

    #[test]
    fn a_day_far_from_all_others_is_told() {
        let rows = "2017-05-15,North,hours,,5,measured,\n\
                    2017-07-01,North,hours,,5,measured,\n\
                    2035-06-27,North,hours,,5,measured,\n\
                    2035-06-27,North,spend,,5,measured,\n";
        let told = doubted(rows, 0);
        assert_eq!(told.len(), 1, "{told:?}");
        assert_eq!(told[0].0, [4, 5]);
        assert!(told[0].1.starts_with("2035-06-27 is more than 60 days"));
        assert_eq!(doubted("2017-05-15,North,hours,,5,measured,\n", 0), []);
    }

    #[test]
    fn a_forecast_for_nobody_of_the_ledger_is_told() {
        let rules = ServiceRules::built_in();
        let text = "day,activity,median,low,high,organisation\n\
                    2017-05-15,outpatients,5,1,9,north\n2017-05-15,ae_attendances,5,1,9,South\n";
        let forecast = Forecast::parse(text, &rules).unwrap();
        let ledger = ledger("2017-05-15,North,hours,,5,measured,\n");
        let told = forecast.doubts(&ledger, &rules);
        assert_eq!(told.len(), 2, "{told:?}");
        assert!(told[0].what.contains("`outpatients`"));
        assert!(told[1].what.contains("`north` of the forecast and `North`"));
    }
}
