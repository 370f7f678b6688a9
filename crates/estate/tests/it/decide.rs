//! Which observation speaks, on the plainest question: is SMB version 1 off?

use wardround_estate::{Gap, Question};
use wardround_evidence::{Fact, FlawState, Method, PortState, SourceExtent, Statement, Truth};

use crate::builder::*;

const OFF: Fact = Fact::Smb1(false);
const ON: Fact = Fact::Smb1(true);

/// Statements about one machine, the verdict on 1 June 2025 and what is missing.
type Row = (&'static str, Vec<Statement>, Truth, Option<Gap>);

fn one(when: &str, method: Method, fact: Fact) -> Statement {
    said("serial=5CG1234XYZ", when, [(method, fact)])
}

fn check(question: Question, rows: Vec<Row>) {
    for (name, statements, truth, gap) in rows {
        let estate = resolve_as_of("2025-06-01", [export("a.xml", statements)]);
        let found = finding(&estate, question);
        assert_eq!((found.verdict.truth, found.gap), (truth, gap), "{name}");
        assert_eq!(found.verdict.disputed, gap == Some(Gap::Disputed), "{name}");
    }
}

#[test]
fn the_observation_that_covers_the_moment_by_the_stronger_method_then_the_newer_speaks() {
    use Truth::{Fails, Holds, Unknown};
    let install = |day: &str| Fact::InstalledAt(moment(day));
    check(
        Question::Smb1Off,
        vec![
            (
                "nothing",
                vec![one("2025-05-31", TESTED, Fact::Answers(true))],
                Unknown,
                Some(Gap::NothingSaid),
            ),
            ("one for", vec![one("2025-05-31", TESTED, OFF)], Holds, None),
            (
                "one against",
                vec![one("2025-05-31", TESTED, ON)],
                Fails,
                None,
            ),
            (
                "a weaker word that is newer keeps the stronger from settling it",
                vec![
                    one("2025-05-20", TESTED, ON),
                    one("2025-05-31", INVENTORIED, OFF),
                ],
                Unknown,
                Some(Gap::Disputed),
            ),
            (
                "nor does it settle that all is well",
                vec![
                    one("2025-05-20", TESTED, OFF),
                    one("2025-05-31", INVENTORIED, ON),
                ],
                Unknown,
                Some(Gap::Disputed),
            ),
            (
                "the stronger wins over a weaker one that only repeats itself",
                vec![
                    one("2025-05-10", INVENTORIED, OFF),
                    one("2025-05-20", TESTED, ON),
                    one("2025-05-31", INVENTORIED, OFF),
                ],
                Fails,
                None,
            ),
            (
                "a guess casts no doubt on what was seen",
                vec![
                    one("2025-05-20", INVENTORIED, ON),
                    one("2025-05-31", INFERRED, OFF),
                ],
                Fails,
                None,
            ),
            (
                "nor does what someone wrote down",
                vec![
                    one("2025-05-20", TESTED, ON),
                    one("2025-05-31", Method::Declared, OFF),
                ],
                Fails,
                None,
            ),
            (
                "of one method the newer wins",
                vec![
                    one("2025-05-20", TESTED, ON),
                    one("2025-05-31", TESTED, OFF),
                ],
                Holds,
                None,
            ),
            (
                "an equal conflict is disputed",
                vec![
                    one("2025-05-31", TESTED, ON),
                    one("2025-05-31", TESTED, OFF),
                ],
                Unknown,
                Some(Gap::Disputed),
            ),
            (
                "undated ones conflict too",
                vec![one("", TESTED, ON), one("", TESTED, OFF)],
                Unknown,
                Some(Gap::Disputed),
            ),
            (
                "a setting of February is stale in June",
                vec![one("2025-02-01", TESTED, ON)],
                Unknown,
                Some(Gap::Stale),
            ),
            (
                "what is stale leaves the word to the weaker",
                vec![
                    one("2025-02-01", TESTED, ON),
                    one("2025-05-31", INVENTORIED, OFF),
                ],
                Holds,
                None,
            ),
            (
                "a rebuild ends what was seen before it",
                vec![
                    one("2025-05-20", TESTED, OFF),
                    one("2025-05-31", INVENTORIED, install("2025-05-25")),
                ],
                Unknown,
                Some(Gap::Stale),
            ),
            (
                "a rebuild leaves what was seen after it",
                vec![
                    one("2025-05-26", TESTED, OFF),
                    one("2025-05-31", INVENTORIED, install("2025-05-25")),
                ],
                Holds,
                None,
            ),
            (
                "an installation that is yet to come ends nothing",
                vec![
                    one("2025-05-20", TESTED, OFF),
                    one("2025-05-31", INVENTORIED, install("2025-07-25")),
                ],
                Holds,
                None,
            ),
        ],
    );
}

#[test]
fn a_filter_says_nothing_of_the_machine() {
    use Truth::{Fails, Holds, Unknown};
    let port = |day: &str, state| one(day, TESTED, smb_port(state));
    check(
        Question::NotListening(SMB),
        vec![
            (
                "open",
                vec![port("2025-05-31", PortState::Open)],
                Fails,
                None,
            ),
            (
                "closed",
                vec![port("2025-05-31", PortState::Closed)],
                Holds,
                None,
            ),
            (
                "filtered",
                vec![port("2025-05-31", PortState::Filtered)],
                Unknown,
                Some(Gap::Filtered),
            ),
            (
                "no answer",
                vec![port("2025-05-31", PortState::OpenOrFiltered)],
                Unknown,
                Some(Gap::Filtered),
            ),
            (
                "a filter does not unsay that it answered",
                vec![
                    port("2025-05-20", PortState::Open),
                    port("2025-05-31", PortState::Filtered),
                ],
                Fails,
                None,
            ),
            (
                "listening goes stale",
                vec![port("2025-02-01", PortState::Open)],
                Unknown,
                Some(Gap::Stale),
            ),
        ],
    );
}

#[test]
fn a_scanner_that_reports_no_port_says_nothing_of_it() {
    let statement = one(
        "2025-05-31",
        TESTED,
        Fact::Port("80/tcp".parse().unwrap(), PortState::Open),
    );
    let truth = truth_of(Question::NotListening(SMB), "2025-06-01", [statement]);
    assert_eq!(truth, Truth::Unknown);
}

#[test]
fn what_holds_at_a_time_that_may_be_any_settles_nothing_against_what_is_dated() {
    use Truth::{Fails, Holds, Unknown};
    const DECLARED: Method = Method::Declared;
    let installed = || {
        one(
            "2025-05-30",
            INVENTORIED,
            Fact::InstalledAt(moment("2020-01-01")),
        )
    };
    check(
        Question::Smb1Off,
        vec![
            (
                "alone it speaks",
                vec![one("unknown", DECLARED, OFF)],
                Holds,
                None,
            ),
            (
                "against what was seen, though that is too old to speak",
                vec![
                    one("unknown", DECLARED, OFF),
                    one("2020-05-01", INVENTORIED, ON),
                ],
                Unknown,
                Some(Gap::Stale),
            ),
            (
                "against what still speaks",
                vec![
                    one("unknown", INVENTORIED, OFF),
                    one("2025-05-30", INVENTORIED, ON),
                ],
                Fails,
                None,
            ),
            (
                "it may be from before the machine was installed anew",
                vec![one("unknown", DECLARED, OFF), installed()],
                Unknown,
                Some(Gap::Stale),
            ),
            (
                "a source without any dates is taken at its word",
                vec![one("", DECLARED, OFF), installed()],
                Holds,
                None,
            ),
            (
                "that something fails is not talked away",
                vec![one("unknown", DECLARED, ON), installed()],
                Fails,
                None,
            ),
        ],
    );
}

#[test]
fn that_a_machine_listens_by_its_own_account_is_no_answer_from_it_unless_its_firewall_is_off() {
    let listens = || one("2025-05-30", INVENTORIED, smb_port(PortState::Open));
    let firewall = |when, on| one(when, INVENTORIED, Fact::HostFirewall(on));
    let answered = one("2025-05-20", TESTED, smb_port(PortState::Open));
    let shut = |when| one(when, TESTED, smb_port(PortState::Closed));
    let behind = (Truth::Unknown, Some(Gap::OwnFirewall));
    let open = (Truth::Fails, None);
    for (statements, expected) in [
        (vec![listens()], behind),
        (vec![listens(), answered], open),
        // It listens since, or did not let that scanner in.
        (vec![listens(), shut("2025-05-20")], behind),
        (vec![listens(), shut("2025-05-31")], (Truth::Holds, None)),
        (vec![listens(), firewall("2025-05-29", false)], open),
        (vec![listens(), firewall("", false)], open),
        (vec![listens(), firewall("2025-05-29", true)], behind),
        // The newest word counts; one that is too old does not.
        (
            vec![
                listens(),
                firewall("2025-05-01", false),
                firewall("2025-05-29", true),
            ],
            behind,
        ),
        (
            vec![
                listens(),
                firewall("2025-05-29", false),
                firewall("2025-05-01", true),
            ],
            open,
        ),
        (vec![listens(), firewall("2025-01-01", false)], behind),
        // What someone wrote down is no match for what was seen.
        (
            vec![
                listens(),
                firewall("2025-05-29", true),
                one("2025-05-31", Method::Declared, Fact::HostFirewall(false)),
            ],
            behind,
        ),
        // What was so before the system was installed anew is over.
        (
            vec![
                listens(),
                firewall("2025-05-20", false),
                one(
                    "2025-05-30",
                    INVENTORIED,
                    Fact::InstalledAt(moment("2025-05-25")),
                ),
            ],
            behind,
        ),
        // A firewall that is off says nothing of what listens.
        (
            vec![firewall("2025-05-29", false)],
            (Truth::Unknown, Some(Gap::SystemUnknown)),
        ),
    ] {
        let estate = resolve_as_of("2025-06-01", [export("a.xml", statements.clone())]);
        let found = finding(&estate, Question::NotListening(SMB));
        let got = (found.verdict.truth, found.gap);
        assert_eq!(got, expected, "{statements:?}");
        if got == behind {
            assert_eq!(
                found.verdict.opposing.len(),
                1,
                "what it says of itself is named"
            );
        }
    }
}

#[test]
fn an_agent_that_has_not_reported_for_a_week_is_not_counted_on() {
    for (when, blocks, expected) in [
        ("2025-05-30", true, (Truth::Holds, None)),
        ("2025-05-20", true, (Truth::Unknown, Some(Gap::Stale))),
        ("2025-05-20", false, (Truth::Fails, None)),
    ] {
        let statement = one(when, INVENTORIED, Fact::AgentBlocks(blocks));
        let estate = resolve_as_of("2025-06-01", [export("a.json", [statement])]);
        let found = finding(&estate, Question::AgentBlocks);
        assert_eq!(
            (found.verdict.truth, found.gap),
            expected,
            "{when} {blocks}"
        );
    }
    // It blocked when it last reported: that it did not before is no answer for today.
    let turned_on = [("2025-05-10", false), ("2025-05-20", true)]
        .map(|(when, blocks)| one(when, INVENTORIED, Fact::AgentBlocks(blocks)));
    let estate = resolve_as_of("2025-06-01", [export("a.json", turned_on)]);
    let found = finding(&estate, Question::AgentBlocks);
    assert_eq!(
        (found.verdict.truth, found.gap),
        (Truth::Unknown, Some(Gap::Stale))
    );
    let estate = resolve([export("a.json", [one("2025-05-30", TESTED, OFF)])]);
    let found = finding(&estate, Question::AgentBlocks);
    assert_eq!(found.gap, Some(Gap::NoAgent));
}

#[test]
fn a_source_without_authority_may_support_fails_and_never_settles_holds() {
    let rows = [
        ("harbour/a.xml", OFF, Truth::Holds, None),
        ("harbour/a.xml", ON, Truth::Fails, None),
        ("mill/a.xml", OFF, Truth::Unknown, Some(Gap::NotAuthorised)),
        ("mill/a.xml", ON, Truth::Fails, None),
        (
            "elsewhere/a.xml",
            OFF,
            Truth::Unknown,
            Some(Gap::NotAuthorised),
        ),
        ("bound/a.xml", OFF, Truth::Holds, None),
        // A file that bears an organisation's name does not lie in its folder.
        (
            "elsewhere/harbour",
            OFF,
            Truth::Unknown,
            Some(Gap::NotAuthorised),
        ),
    ];
    for (path, fact, truth, gap) in rows {
        let described = description([
            organisation("harbour", &["harbour.example"]),
            organisation("mill", &["mill.example"]),
            authority("bound", &["harbour"]),
        ]);
        let statement = said("name=pc-1.harbour.example", "2025-05-31", [(TESTED, fact)]);
        let estate = resolve([described, export(path, [statement])]);
        let found = finding(&estate, Question::Smb1Off);
        assert_eq!((found.verdict.truth, found.gap), (truth, gap), "{path}");
    }
}

#[test]
fn a_source_without_authority_cannot_talk_away_that_a_safeguard_fails() {
    let described = || {
        description([
            organisation("harbour", &["harbour.example"]),
            organisation("mill", &[]),
        ])
    };
    let own = |when: &str, fact| {
        let statement = said("name=pc-1.harbour.example", when, [(TESTED, fact)]);
        export("harbour/scan.xml", [statement])
    };
    let foreign = |path: &str, when: &str, fact| {
        let statement = said("name=pc-1.harbour.example", when, [(INVENTORIED, fact)]);
        export(path, [statement])
    };
    let rebuilt = Fact::InstalledAt(moment("2025-05-25"));
    let estate = resolve([
        described(),
        own("2025-05-20", ON),
        foreign("mill/list.txt", "2025-05-30", rebuilt),
    ]);
    assert_eq!(
        finding(&estate, Question::Smb1Off).verdict.truth,
        Truth::Fails
    );
    let fixed = whole("KB976902 KB4012212@2025-05-25");
    let estate = resolve([
        described(),
        own("2025-05-20", flaw(FlawState::Present)),
        foreign("mill/older.txt", "2025-05-24", whole("KB976902")),
        foreign("mill/newer.txt", "2025-05-30", fixed),
    ]);
    assert_eq!(
        finding(&estate, Question::Ms17010Closed).verdict.truth,
        Truth::Fails
    );
}

#[test]
fn the_verdict_names_who_spoke_and_how() {
    let estate = resolve_as_of(
        "2025-06-01",
        [export(
            "a.xml",
            [
                one("2025-05-20", INVENTORIED, OFF),
                one("2025-05-31", INFERRED, ON),
            ],
        )],
    );
    let verdict = finding(&estate, Question::Smb1Off).verdict;
    assert_eq!(verdict.method, Some(INVENTORIED));
    assert_eq!((verdict.supporting.len(), verdict.opposing.len()), (1, 1));
    assert!(
        verdict.self_reported,
        "only the machine's own list says that it holds"
    );
    assert!(
        verdict.reason.ends_with(", inventoried"),
        "{}",
        verdict.reason
    );
}

#[test]
fn one_agents_word_beside_a_test_is_not_only_its_own() {
    let statements = [
        one("2025-05-20", TESTED, OFF),
        one("2025-05-31", INVENTORIED, OFF),
    ];
    let estate = resolve_as_of("2025-06-01", [export("a.xml", statements)]);
    assert!(!finding(&estate, Question::Smb1Off).verdict.self_reported);
}

#[test]
fn evidence_newer_than_the_moment_is_not_heard() {
    let statements = || {
        [
            one("2025-05-20", TESTED, ON),
            one("2025-05-31", TESTED, OFF),
        ]
    };
    assert_eq!(
        truth_of(Question::Smb1Off, "2025-05-25", statements()),
        Truth::Fails
    );
    assert_eq!(
        truth_of(Question::Smb1Off, "2025-05-31", statements()),
        Truth::Holds
    );
}

#[test]
fn a_cut_export_still_says_what_it_says() {
    let mut reading = export("a.xml", [one("2025-05-31", TESTED, OFF)]);
    reading.source.extent = SourceExtent::Cut("it ends early".to_owned());
    assert_eq!(
        finding(&resolve([reading]), Question::Smb1Off)
            .verdict
            .truth,
        Truth::Holds
    );
}

/// A machine that is spoken of without end: a quadratic step would take hours.
#[test]
fn eighty_thousand_observations_of_one_machine_are_judged_in_seconds() {
    let statements = (0..20_000).map(|number| {
        let facts = [
            (TESTED, Fact::Smb1(number % 2 == 0)),
            (TESTED, smb_port(PortState::Open)),
            (
                INVENTORIED,
                system("Microsoft Windows 7 Enterprise", "6.1.7601"),
            ),
            (INVENTORIED, whole("KB976902")),
        ];
        said(
            "serial=5CG1234XYZ name=pc-1 ip=10.0.0.5",
            "2025-05-31",
            facts,
        )
    });
    let estate = resolve([export("a.xml", statements)]);
    let disputed = finding(&estate, Question::Smb1Off);
    assert_eq!(disputed.gap, Some(Gap::Disputed));
    assert_eq!(disputed.verdict.supporting.len(), 10_000);
    assert_eq!(
        finding(&estate, Question::Ms17010Closed)
            .verdict
            .opposing
            .len(),
        20_000
    );
    assert_eq!(
        finding(&estate, Question::NotListening(SMB))
            .verdict
            .opposing
            .len(),
        20_000
    );
}

#[test]
fn a_test_that_found_the_flaw_of_smb_version_1_spoke_it() {
    use Truth::{Fails, Holds, Unknown};
    let present = || flaw(FlawState::Present);
    check(
        Question::Smb1Off,
        vec![
            (
                "tested",
                vec![one("2025-05-31", TESTED, present())],
                Fails,
                None,
            ),
            (
                "concluded from a version",
                vec![one("2025-05-31", INVENTORIED, present())],
                Unknown,
                Some(Gap::NothingSaid),
            ),
            (
                "likely",
                vec![one("2025-05-31", TESTED, flaw(FlawState::Likely))],
                Unknown,
                Some(Gap::NothingSaid),
            ),
            (
                "not there",
                vec![one("2025-05-31", TESTED, flaw(FlawState::Absent))],
                Unknown,
                Some(Gap::NothingSaid),
            ),
            (
                "switched off since",
                vec![
                    one("2025-05-20", TESTED, present()),
                    one("2025-05-31", TESTED, OFF),
                ],
                Holds,
                None,
            ),
        ],
    );
}
