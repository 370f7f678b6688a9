//! Undated statements that name what came after the moment asked for.

use wardround_estate::{Estate, Options, Question};
use wardround_evidence::{Fact, Reading, Truth};

use crate::builder::*;
use Truth::{Holds, Unknown};

const SEVEN: &str = "Microsoft Windows 7 Enterprise";

fn seen_before() -> Reading {
    let system = system(SEVEN, "6.1.7601");
    export(
        "a.csv",
        [said("name=pc-1", "2017-02-20", [(INVENTORIED, system)])],
    )
}

fn undated(fact: Fact) -> Reading {
    export("b.txt", [said("name=pc-1", "", [(INVENTORIED, fact)])])
}

fn truth(estate: &Estate) -> Truth {
    finding(estate, Question::Ms17010Closed).verdict.truth
}

#[test]
fn an_update_that_came_later_was_not_on_yet() {
    let readings = || [seen_before(), undated(whole("KB4012212"))];
    for (as_of, expected) in [
        ("2017-03-13", Unknown),
        ("2017-03-14", Holds),
        ("2017-05-12", Holds),
    ] {
        let estate = resolve_as_of(as_of, readings());
        assert_eq!(truth(&estate), expected, "{as_of}");
    }
    // Where nobody asks, the newest date is not today.
    let estate = Estate::resolve(readings().into(), Options::default());
    assert_eq!(truth(&estate), Holds);
}

#[test]
fn a_build_or_a_start_that_came_later_dates_its_statement() {
    let fixed = || undated(system("Microsoft Windows 10 Enterprise", "10.0.14393.953"));
    for (as_of, machines) in [("2017-03-01", 0), ("2017-03-20", 1)] {
        assert_eq!(
            resolve_as_of(as_of, [fixed()]).hosts.len(),
            machines,
            "{as_of}"
        );
    }
    let started = || undated(Fact::StartedAt(moment("2017-05-02")));
    for (as_of, machines) in [("2017-05-01", 0), ("2017-05-03", 1)] {
        assert_eq!(
            resolve_as_of(as_of, [started()]).hosts.len(),
            machines,
            "{as_of}"
        );
    }
}

#[test]
fn what_names_nothing_of_later_speaks() {
    let estate = resolve_as_of("2017-03-01", [undated(whole("KB9999999 KB2545698"))]);
    assert_eq!(estate.hosts.len(), 1);
}

#[test]
fn the_newest_row_of_a_list_does_not_date_the_others() {
    let mut list = export(
        "list.csv",
        [
            said("name=pc-1", "2017-05-02", []),
            said("name=pc-2", "unknown", []),
            said("name=pc-3", "from 2016-01-01", []),
            said("name=pc-4 agent=one:4", "unknown", []),
        ],
    );
    list.source.taken_at = Some(moment("2017-05-02"));
    let other = export("other.csv", [said("agent=one:4", "2017-04-01", [])]);
    let estate = Estate::resolve(vec![list, other], Options::default());
    let seen: Vec<_> = estate.hosts.iter().map(|host| host.last_seen).collect();
    for (expected, count) in [
        (Some(moment("2017-05-02")), 1),
        (None, 1),
        (Some(moment("2016-01-01")), 1),
        (Some(moment("2017-04-01")), 1),
    ] {
        let found = seen.iter().filter(|seen| **seen == expected).count();
        assert_eq!(found, count, "{expected:?} in {seen:?}");
    }
}
