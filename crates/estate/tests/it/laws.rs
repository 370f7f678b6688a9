//! What must be so of any evidence.

use std::collections::{BTreeMap, BTreeSet};

use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::select;
use wardround_estate::{
    Alone, ChangeKind, Comparison, Estate, Finding, Gap, HostId, Question, compare, compare_claims,
};
use wardround_evidence::{
    Fact, FlawState, Kb, ListExtent, Method, PortState, Reading, Role, Side, Statement, Truth,
    Verdict,
};

use crate::builder::*;

const DAYS: [&str; 8] = [
    "",
    "2017-03-01",
    "2017-05-10",
    "2017-05-19",
    "2017-05-20",
    "2017-05-20T21:00:00Z",
    "from 2017-05-21",
    "unknown",
];

/// Few of each kind, so that they meet often and in bad ways.
const IDENTIFIERS: [&str; 17] = [
    "uuid=4c4c4544-0042-3510-8051-b4c04f4a3232",
    "uuid=00000000-0000-0000-0000-000000000000",
    "serial=5CG1234XYZ",
    "serial=5CG9999XYZ",
    "agent=defender:a",
    "agent=defender:b",
    "agent=entra:c",
    "mac=3c:52:82:01:02:03",
    "mac=3c:52:82:01:02:04",
    "mac=02:11:22:33:44:55",
    "name=pc-1.harbour.example",
    "name=pc-1.mill.example",
    "name=pc-1",
    "name=pc-1.local",
    "name=pc-2",
    "ip=10.1.0.7",
    "ip=10.2.0.7",
];

/// What tells of the machine itself, and what someone concluded or wrote down.
const SEEN: [Method; 2] = [Method::Tested, Method::Inventoried];
const WORDS: [Method; 2] = [Method::Inferred, Method::Declared];

fn any_fact() -> impl Strategy<Value = Fact> {
    prop_oneof![
        any::<bool>().prop_map(Fact::Answers),
        any::<bool>().prop_map(Fact::Smb1),
        any::<bool>().prop_map(Fact::AgentBlocks),
        any::<bool>().prop_map(Fact::HostFirewall),
        select(vec![
            PortState::Open,
            PortState::Closed,
            PortState::Filtered
        ])
        .prop_map(smb_port),
        select(vec![
            FlawState::Present,
            FlawState::Absent,
            FlawState::Likely
        ])
        .prop_map(flaw),
        select(vec![
            "KB976902",
            "KB4012212@2017-05-19",
            "KB4019264",
            "KB9999999"
        ])
        .prop_map(whole),
        select(vec!["6.1.7601", "10.0.14393.693", "10.0.15063.296"])
            .prop_map(|build| system("Windows", build)),
        (
            select(vec![Side::Began, Side::Answered]),
            select(vec!["10.1.0.7", "10.2.0.7", "10.9.0.5"]),
        )
            .prop_map(|(side, peer)| spoke(side, SMB, peer)),
        select(vec!["2017-05-12", "2018-01-01"]).prop_map(|day| Fact::InstalledAt(moment(day))),
        Just(Fact::StartedAt(moment("2017-05-15"))),
        select(vec![4_012_212, 4_019_264]).prop_map(missing),
        Just(Fact::UpdateAwaitingRestart(Kb(4_012_212))),
        any::<bool>().prop_map(Fact::RestartPending),
    ]
}

fn any_statement() -> impl Strategy<Value = Statement> {
    let subject = vec(select(&IDENTIFIERS), 0..4);
    let observed = vec((select(&Method::ALL), any_fact()), 0..3);
    (subject, select(&DAYS), observed).prop_map(|(subject, when, observed)| {
        let mut statement = said(&subject.join(" "), when, []);
        for (method, fact) in observed {
            statement.observe(method, fact);
        }
        statement
    })
}

/// What is said of one machine by some methods.
fn said_by(methods: &'static [Method]) -> impl Strategy<Value = Vec<Statement>> {
    let observed = vec((select(methods), any_fact()), 0..4);
    let statement = (select(&DAYS), observed).prop_map(|(when, observed)| {
        let mut statement = said("serial=5CG1234XYZ", when, []);
        for (method, fact) in observed {
            statement.observe(method, fact);
        }
        statement
    });
    vec(statement, 0..5)
}

/// Files of two organisations and of nobody, in three families, with or without a description.
fn any_readings() -> impl Strategy<Value = Vec<Reading>> {
    let files = vec(
        (
            select(&["harbour", "mill", "x"]),
            select(&["agents", "scans", "lists"]),
            vec(any_statement(), 0..6),
        ),
        1..5,
    );
    (files, any::<bool>()).prop_map(|(files, is_described)| {
        let described = is_described.then(|| {
            description([
                organisation("harbour", &["harbour.example"]),
                organisation("mill", &["mill.example"]),
                network("harbour-lan", "harbour", &["10.1.0.0/24"], ""),
                vantage("x", "harbour-lan"),
                claim("harbour", "ms17_010_closed", Some(50.0)),
                claim("harbour", "445_denied_at_border", None),
                claim("mill", "smb1_disabled", None),
                claim("mill", "patched_within_30_days", None),
            ])
        });
        (0..)
            .zip(files)
            .map(|(number, (folder, family, statements))| {
                of_family(
                    family,
                    export(&format!("{folder}/{number}.xml"), statements),
                )
            })
            .chain(described)
            .collect()
    })
}

/// Scans of two organisations that use the same addresses, and know their machines by nothing else.
fn lent_addresses() -> impl Strategy<Value = Vec<Reading>> {
    let files = vec(
        (
            select(&["harbour", "mill"]),
            vec(select(&["ip=10.9.0.5", "ip=10.9.0.6"]), 0..3),
        ),
        1..4,
    );
    files.prop_map(|files| {
        let described = description([organisation("harbour", &[]), organisation("mill", &[])]);
        (0..)
            .zip(files)
            .map(|(number, (folder, subjects))| {
                let seen = subjects
                    .into_iter()
                    .map(|subject| said(subject, "2017-05-20", [(TESTED, Fact::Smb1(true))]));
                export(&format!("{folder}/{number}.xml"), seen)
            })
            .chain([described])
            .collect()
    })
}

fn ask(before: &Estate, after: &Estate) -> Comparison {
    compare(before, &QUESTIONS, after, &QUESTIONS)
}

/// Everything that an estate shows, in words.
fn account(estate: &Estate) -> String {
    let place = |id: &wardround_estate::StatementId| {
        let reading = &estate.readings[id.reading as usize];
        (reading.source.path.as_key().to_owned(), id.statement)
    };
    let hosts: Vec<_> = estate
        .hosts()
        .map(|(id, host)| {
            let statements: Vec<_> = host.statements.iter().map(place).collect();
            let findings = QUESTIONS.map(|question| {
                let finding = estate.assess(id, question);
                (finding.verdict.truth, finding.verdict.reason, finding.gap)
            });
            (
                statements,
                host.organisation,
                host.networks.clone(),
                host.product,
                host.last_seen,
                findings,
            )
        })
        .collect();
    let reconciled = &estate.reconciliation;
    let links = estate.reach.on(SMB, &estate.networks).links;
    format!(
        "{:?} {:?} {hosts:?} {:?} {:?} {:?} {} {links:?} {:?}",
        estate.as_of,
        estate.contacts,
        reconciled.by_source,
        reconciled.unsure,
        reconciled.disqualified.len(),
        reconciled.merged,
        estate.notes
    )
}

fn verdicts(statements: Vec<Statement>) -> Vec<Verdict> {
    let estate = resolve_as_of("2017-05-25", [export("a.xml", statements)]);
    let Some((id, _)) = estate.hosts().next() else {
        return vec![Verdict::unknown("nobody saw it"); QUESTIONS.len()];
    };
    QUESTIONS
        .iter()
        .map(|question| estate.assess(id, *question).verdict)
        .collect()
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(192) })]

    #[test]
    fn the_order_of_files_never_matters(readings in any_readings().prop_flat_map(|it| (Just(it.clone()), Just(it).prop_shuffle()))) {
        let (as_given, shuffled) = readings;
        prop_assert_eq!(account(&resolve(as_given.clone())), account(&resolve(shuffled)));
        prop_assert_eq!(account(&resolve(as_given.clone())), account(&resolve(as_given)));
    }

    #[test]
    fn an_estate_differs_in_nothing_from_itself(readings in any_readings().prop_flat_map(|it| (Just(it.clone()), Just(it).prop_shuffle()))) {
        let (as_given, shuffled) = readings;
        let (one, other) = (resolve(as_given), resolve(shuffled));
        let found = compare(&one, &QUESTIONS, &other, &QUESTIONS);
        prop_assert!(found.changes.is_empty(), "{:?}", found.changes);
        prop_assert!(found.new.is_empty() && found.gone.is_empty());
        prop_assert!(found.joined.is_empty() && found.split.is_empty());
        prop_assert!(compare_claims(&one, &other).is_empty());
    }

    #[test]
    fn what_changed_one_way_changed_the_other_way_round((before, after) in (any_readings(), any_readings())) {
        let (before, after) = (resolve(before), resolve(after));
        let (there, back) = (ask(&before, &after), ask(&after, &before));
        prop_assert_eq!(&there.new, &back.gone);
        prop_assert_eq!(&there.gone, &back.new);
        prop_assert_eq!(&there.joined, &back.split);
        prop_assert_eq!(&there.split, &back.joined);
        prop_assert_eq!(there.matched + there.new.len() + there.split.len(), after.hosts.len());
        let mut reversed: Vec<_> = back.changes.iter().map(|change| {
            (change.question, change.after, change.before, change.found_after.clone(), change.found_before.clone())
        }).collect();
        reversed.sort_by_key(|(question, before, ..)| (*question, *before));
        let changes: Vec<_> = there.changes.iter().map(|change| {
            (change.question, change.before, change.after, change.found_before.clone(), change.found_after.clone())
        }).collect();
        prop_assert_eq!(changes, reversed);
        let claims = |before, after| -> Vec<_> {
            let mut found = compare_claims(before, after);
            found.sort_by_key(|change| change.before.iter().chain(&change.after).map(|it| it.claim.id.clone()).next());
            found
        };
        let turned = claims(&after, &before).into_iter().map(|change| (change.after, change.before));
        let told = claims(&before, &after).into_iter().map(|change| (change.before, change.after));
        prop_assert_eq!(told.collect::<Vec<_>>(), turned.collect::<Vec<_>>());
    }

    #[test]
    fn a_kind_of_change_fits_the_verdicts_that_it_is_told_of((before, after) in (any_readings(), any_readings())) {
        let (before, after) = (resolve(before), resolve(after));
        for change in ask(&before, &after).changes {
            let (then, now) = (change.found_before.verdict.truth, change.found_after.verdict.truth);
            prop_assert_ne!(then, now);
            let fits = match change.kind {
                ChangeKind::Opened => (then, now) == (Truth::Holds, Truth::Fails),
                ChangeKind::Fixed => (then, now) == (Truth::Fails, Truth::Holds),
                ChangeKind::ChangedMind => then != Truth::Unknown && now != Truth::Unknown,
                ChangeKind::Learned => then == Truth::Unknown,
                ChangeKind::WithTime => before.as_of < after.as_of,
                ChangeKind::GoneStale | ChangeKind::Rebuilt | ChangeKind::Disputed | ChangeKind::Lost => now == Truth::Unknown,
            };
            prop_assert!(fits, "{change:?}");
        }
    }

    #[test]
    fn more_evidence_is_needed_for_a_machine_to_have_changed(readings in any_readings(), days in 1_i64..200) {
        // The same files, asked later: nobody can have seen a machine open up or get fixed, or have learned anything new.
        let before = resolve_as_of("2017-06-01", readings.clone());
        let later = before.as_of + jiff::SignedDuration::from_hours(24 * days);
        let after = resolve_as_of(&later.to_string(), readings);
        let asked = |estate: &Estate| {
            let day = estate.as_of.to_zoned(jiff::tz::TimeZone::UTC).date();
            let since = day.checked_sub(jiff::Span::new().days(30)).unwrap();
            [QUESTIONS[0], QUESTIONS[1], QUESTIONS[2], Question::UpdatedSince(since)]
        };
        let found = compare(&before, &asked(&before), &after, &asked(&after));
        prop_assert!(found.new.is_empty() && found.gone.is_empty());
        for change in found.changes {
            prop_assert!(!matches!(change.kind, ChangeKind::Opened | ChangeKind::Fixed | ChangeKind::Learned), "{change:?}");
        }
    }

    #[test]
    fn machines_known_by_address_alone_never_pair_across_organisations((before, after) in (lent_addresses(), lent_addresses())) {
        let (before, after) = (resolve(before), resolve(after));
        let found = ask(&before, &after);
        let count = |estate: &Estate, unpaired: &[HostId]| {
            let mut count: BTreeMap<_, i64> = BTreeMap::new();
            for (id, host) in estate.hosts() {
                if !unpaired.contains(&id) {
                    *count.entry((host.identifiers.clone(), estate.organisation(host.organisation).id.clone())).or_default() += 1;
                }
            }
            count
        };
        let unpaired = |alone: &[Alone], within: &[(HostId, HostId)]| -> Vec<HostId> {
            alone.iter().map(|it| it.host).chain(within.iter().map(|(part, _)| *part)).collect()
        };
        // Every address has a single host here, so those that are paired are the same on both sides.
        prop_assert_eq!(
            count(&before, &unpaired(&found.gone, &found.joined)),
            count(&after, &unpaired(&found.new, &found.split))
        );
    }

    #[test]
    fn every_statement_that_sees_a_machine_belongs_to_exactly_one_host(readings in any_readings()) {
        let estate = resolve(readings);
        let mut held = BTreeSet::new();
        for id in estate.hosts.iter().flat_map(|host| &host.statements) {
            prop_assert!(held.insert(*id), "a statement is held twice");
        }
        for (reading, content) in (0u32..).zip(&estate.readings) {
            for (statement, said) in (0u32..).zip(&content.statements) {
                let id = wardround_estate::StatementId { reading, statement };
                let is_silence = !said.observed.is_empty()
                    && said.observed.iter().all(|observed| observed.fact == Fact::Answers(false));
                let is_admitted = !said.subject.is_empty()
                    && !is_silence
                    && estate.moment(id).is_none_or(|moment| moment <= estate.as_of);
                prop_assert_eq!(held.contains(&id), is_admitted);
            }
        }
    }

    #[test]
    fn two_machines_of_different_hardware_are_never_one(readings in any_readings()) {
        let estate = resolve(readings);
        let serials = ["5CG1234XYZ", "5CG9999XYZ"].map(|text| wardround_evidence::Identifier::serial(text).unwrap());
        for host in &estate.hosts {
            let both = serials.iter().all(|serial| host.identifiers.contains(serial));
            let believed = !estate.reconciliation.disqualified.iter().any(|it| serials.contains(&it.identifier));
            // One statement may name two serial numbers itself.
            let in_one = host.statements.iter().any(|id| serials.iter().all(|serial| estate.statement(*id).subject.contains(serial)));
            prop_assert!(!(both && believed && !in_one));
        }
    }

    #[test]
    fn the_counts_of_sources_add_up_to_ours(readings in any_readings()) {
        let estate = resolve(readings);
        let found = &estate.reconciliation;
        let machines: u32 = found.by_source.iter().map(|count| count.machines).sum();
        prop_assert_eq!((machines - found.merged) as usize, estate.hosts.len());
        let only_here: u32 = found.by_source.iter().map(|count| count.only_here).sum();
        prop_assert_eq!((only_here + found.seen_twice) as usize, estate.hosts.len());
        for pair in &found.unsure {
            prop_assert!(pair.first < pair.second);
        }
    }

    #[test]
    fn no_relevant_evidence_is_unknown(
        facts in vec(
            prop_oneof![
                Just(Fact::Answers(true)),
                Just(Fact::Role(Role::Server)),
                Just(Fact::AgentReporting(true)),
                Just(Fact::HostFirewall(true)),
                Just(Fact::Setting("scid-1".to_owned(), true)),
                any::<bool>().prop_map(Fact::RestartPending),
                Just(Fact::Port("80/tcp".parse().unwrap(), PortState::Closed)),
                Just(smb_port(PortState::Filtered)),
                Just(spoke(Side::Answered, SMB, "10.0.0.9")),
                Just(system("Microsoft Windows 7 Enterprise", "6.1.7601")),
            ],
            0..6,
        ),
        when in select(&DAYS),
    ) {
        let mut statement = said("name=pc-1", when, []);
        for fact in facts {
            statement.observe(TESTED, fact);
        }
        let truths: Vec<Truth> = verdicts(vec![statement]).iter().map(|it| it.truth).collect();
        prop_assert_eq!(truths, vec![Truth::Unknown; QUESTIONS.len()]);
    }

    #[test]
    fn a_stranger_never_makes_a_safeguard_hold(readings in any_readings()) {
        // All files lie in mill's folder; the machine is harbour's.
        let described = description([organisation("harbour", &["harbour.example"]), organisation("mill", &[])]);
        let files = (0..).zip(readings).map(|(number, mut reading)| {
            reading.source.path = wardround_evidence::SourcePath::new(format!("mill/{number}.xml"));
            reading.declarations.clear();
            reading
        });
        let estate = resolve(files.chain([described]));
        let holders: BTreeMap<_, _> = estate
            .hosts()
            .filter(|(_, host)| estate.organisation(host.organisation).id.as_ref().is_some_and(|id| id.as_key() == "harbour"))
            .collect();
        for (id, _) in holders {
            for question in QUESTIONS {
                prop_assert_ne!(estate.assess(id, question).verdict.truth, Truth::Holds);
            }
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(1024) })]

    #[test]
    fn a_verdict_is_no_surer_than_the_observation_that_decides_it(readings in any_readings()) {
        let estate = resolve(readings);
        for (id, _) in estate.hosts() {
            for question in QUESTIONS {
                let found = estate.assess(id, question);
                let Some(deciding) = found.deciding() else { continue };
                let observed = &estate.statement(deciding.into()).observed[deciding.fact as usize];
                // What is only likely is a guess, whoever says so.
                let likely = matches!(observed.fact, Fact::Flaw(_, FlawState::Likely));
                let method = if likely { observed.method.max(Method::Inferred) } else { observed.method };
                prop_assert_eq!(found.verdict.method, Some(method), "{:?}: {}", question, found.verdict.reason);
            }
        }
    }

    #[test]
    fn what_someone_concluded_or_wrote_down_overrules_nothing_that_was_seen((seen, words) in (said_by(&SEEN), said_by(&WORDS))) {
        // What an update means depends on the system, which may be a guess; here one is seen.
        let seven = (Method::Inventoried, system("Microsoft Windows 7 Enterprise", "6.1.7601"));
        let seen: Vec<Statement> = seen.into_iter().chain([said("serial=5CG1234XYZ", "2017-05-20", [seven])]).collect();
        let alone = verdicts(seen.clone());
        // That something waits for a restart is believed of anybody: it only ever makes verdicts unknown. So is that a firewall is off
        // where nobody saw how it is: a machine's own account of an open port counts then, and speaks against.
        let words = words.into_iter().map(|mut statement| {
            statement.observed.retain(|observed| !matches!(observed.fact, Fact::UpdateAwaitingRestart(_) | Fact::RestartPending(true) | Fact::HostFirewall(false)));
            statement
        });
        let beside = verdicts(seen.into_iter().chain(words).collect());
        for (question, (alone, beside)) in QUESTIONS.into_iter().zip(alone.into_iter().zip(beside)) {
            if alone.method.is_some_and(Method::is_direct) {
                prop_assert_eq!(alone.truth, beside.truth, "{:?}: {} became {}", question, alone.reason, beside.reason);
            }
        }
    }

    #[test]
    fn words_never_close_what_was_seen_to_fail_or_to_wait_for_a_restart((seen, words) in (told_of_patches(true), told_of_patches(false)), as_of in select(vec!["2017-05-25", "2017-07-20"])) {
        // Words: what someone concluded or wrote down, and whatever a source without authority says.
        let alone = about_patches(as_of, seen.clone());
        let beside = about_patches(as_of, seen.into_iter().chain(words).collect());
        for (alone, beside) in alone.into_iter().zip(beside) {
            let verdict = &alone.verdict;
            let fails = verdict.truth == Truth::Fails && verdict.method.is_some_and(Method::is_direct);
            // A test without a date may be newer than all that speaks against it: whether it then decides is for
            // `docs/decisions/0004-undated-evidence-speaks.md`.
            let is_undated = beside.verdict.reason.ends_with("(undated)");
            if fails || !is_undated && matches!(alone.gap, Some(Gap::RestartPending | Gap::Disputed)) {
                prop_assert_ne!(beside.verdict.truth, Truth::Holds, "{} became {}", verdict.reason, beside.verdict.reason);
            }
        }
    }
}

fn of_patches() -> impl Strategy<Value = Fact> {
    let list = select(vec![
        "KB976902",
        "KB4012212",
        "KB4012212@2017-05-12",
        "KB4019264",
    ]);
    prop_oneof![
        2 => list.clone().prop_map(whole),
        2 => list.prop_map(|list| updates(ListExtent::Unstated, list)),
        2 => select(vec![FlawState::Present, FlawState::Absent]).prop_map(flaw),
        3 => any::<bool>().prop_map(Fact::RestartPending),
        1 => Just(Fact::UpdateAwaitingRestart(Kb(4_012_212))),
        2 => select(vec!["2017-05-11", "2017-05-15", "2017-05-19"]).prop_map(|day| Fact::StartedAt(moment(day))),
        1 => Just(missing(4_012_212)),
    ]
}

/// What is told of the updates of one machine of harbour's: seen, by its own sources; or what is no more than words there.
fn told_of_patches(seen: bool) -> impl Strategy<Value = Vec<Reading>> {
    let by = if seen {
        select(SEEN.map(|method| ("harbour", method)).to_vec())
    } else {
        let own = WORDS.map(|method| ("harbour", method));
        let stranger = Method::ALL.map(|method| ("mill", method));
        select(own.into_iter().chain(stranger).collect::<Vec<_>>())
    };
    let when = select(vec![
        "",
        "2017-05-10",
        "2017-05-12",
        "2017-05-13",
        "2017-05-14",
        "2017-05-16",
        "2017-05-20",
        "unknown",
    ]);
    let family = select(vec!["agents", "lists"]);
    vec((by, family, when, vec(of_patches(), 1..3)), 1..6).prop_map(move |told| {
        (0..)
            .zip(told)
            .map(|(number, ((folder, method), family, when, facts))| {
                let mut statement = said("serial=5CG1234XYZ name=pc-1.harbour.example", when, []);
                for fact in facts {
                    statement.observe(method, fact);
                }
                let path = format!("{folder}/{seen}-{number}.xml");
                of_family(family, export(&path, [statement]))
            })
            .collect()
    })
}

fn about_patches(as_of: &str, told: Vec<Reading>) -> Vec<Finding> {
    let described = description([
        organisation("harbour", &["harbour.example"]),
        organisation("mill", &["mill.example"]),
    ]);
    let seven = (
        Method::Inventoried,
        system("Microsoft Windows 7 Enterprise", "6.1.7601"),
    );
    let ran = said(
        "serial=5CG1234XYZ name=pc-1.harbour.example",
        "2017-05-02",
        [seven],
    );
    let ran = of_family("systems", export("harbour/system.xml", [ran]));
    let estate = resolve_as_of(as_of, told.into_iter().chain([described, ran]));
    let asked = [QUESTIONS[0], QUESTIONS[3]];
    asked.map(|question| finding(&estate, question)).to_vec()
}
