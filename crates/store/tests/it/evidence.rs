//! What a source said comes back from the store, whatever it said.

use std::collections::BTreeMap;

use jiff::Timestamp;
use proptest::prelude::*;
use wardround_evidence::{
    Address, Border, Boundary, Build, Claim, ClaimStatus, Conversation, Cve, Declaration,
    DeclaredService, Digest, Direction, Fact, FlawState, HostName, Identifier, InstalledUpdate, Kb,
    Link, LinkEnd, ListExtent, LogOn, Method, Network, NetworkKind, NetworkName, Organisation,
    OrganisationKind, OrganisationName, Port, PortState, Position, Reading, Role, RuleState,
    ServiceName, Side, Signing, Site, SiteName, Skipped, Source, SourceExtent, SourcePath,
    Statement, System, UpdateList, When,
};
use wardround_store::Kept;

use crate::samples::{SECRET, now, read_at, reading, store};

fn kept_and_read(reading: &Reading) -> Reading {
    let (_folder, store) = store();
    let draft = store.draft().unwrap();
    assert_eq!(
        draft.keep(reading, read_at(now())).unwrap().kept,
        Kept::Added
    );
    let contents = store.list(None).unwrap();
    assert!(contents.flawed.is_empty(), "{:?}", contents.flawed);
    assert_eq!(contents.segments[0].notes.secret, SECRET);
    contents.segments[0].reading().unwrap()
}

fn text() -> impl Strategy<Value = String> {
    prop_oneof![
        4 => "[a-z0-9]{1,8}",
        1 => Just(String::new()),
        1 => "\\PC{0,12}",
        1 => Just("=cmd|' /C'\u{202e}\n\t\0".to_owned()),
    ]
}

fn moment() -> impl Strategy<Value = Timestamp> {
    let seconds = Timestamp::MIN.as_second()..Timestamp::MAX.as_second();
    prop_oneof![1_400_000_000i64..1_600_000_000, seconds].prop_flat_map(|second| {
        (0..1_000_000_000i32).prop_map(move |nanosecond| {
            Timestamp::new(second, if second < 0 { -nanosecond } else { nanosecond }).unwrap()
        })
    })
}

fn fact() -> impl Strategy<Value = Fact> {
    let port = any::<u16>().prop_map(Port::tcp);
    let address = any::<std::net::IpAddr>().prop_map(Address::new);
    let update =
        (100_000..9_999_999u32, proptest::option::of(0..20_000i32)).prop_map(|(number, days)| {
            InstalledUpdate {
                kb: Kb(number),
                installed_on: days.map(|days| {
                    let start = jiff::civil::date(1990, 1, 1);
                    start.saturating_add(jiff::Span::new().days(days))
                }),
            }
        });
    let extent = prop_oneof![
        Just(ListExtent::Whole),
        Just(ListExtent::Unstated),
        any::<u32>().prop_map(|stated| ListExtent::Cut { stated }),
    ];
    let build = (
        any::<u16>(),
        any::<u16>(),
        any::<u32>(),
        any::<Option<u32>>(),
    )
        .prop_map(|(major, minor, build, revision)| Build::new(major, minor, build, revision));
    let system = (
        text(),
        proptest::option::of(build),
        any::<Option<u8>>(),
        any::<Option<u8>>(),
        any::<bool>(),
    )
        .prop_map(
            |(name, build, service_pack, confidence_percent, is_guess)| {
                Fact::System(System {
                    name,
                    build,
                    service_pack,
                    confidence_percent,
                    is_guess,
                })
            },
        );
    let number = || (100_000..9_999_999u32).prop_map(Kb);
    let role = proptest::sample::select(vec![
        Role::Workstation,
        Role::Server,
        Role::DomainController,
        Role::Appliance,
        Role::Clinical,
    ]);
    let flaw = proptest::sample::select(vec![
        FlawState::Present,
        FlawState::Absent,
        FlawState::Likely,
        FlawState::AwaitsRestart,
        FlawState::NotApplicable,
        FlawState::Unknown,
    ]);
    let state = proptest::sample::select(vec![
        PortState::Open,
        PortState::Closed,
        PortState::Filtered,
        PortState::OpenOrFiltered,
    ]);
    let signing =
        proptest::sample::select(vec![Signing::Required, Signing::Enabled, Signing::Disabled]);
    let side = proptest::sample::select(vec![Side::Began, Side::Answered]);
    prop_oneof![
        any::<bool>().prop_map(Fact::Answers),
        system,
        role.prop_map(Fact::Role),
        (proptest::collection::vec(update, 0..5), extent)
            .prop_map(|(updates, extent)| Fact::Updates(UpdateList { updates, extent })),
        number().prop_map(Fact::UpdateMissing),
        number().prop_map(Fact::UpdateAwaitingRestart),
        any::<bool>().prop_map(Fact::RestartPending),
        proptest::collection::vec(number(), 0..5).prop_map(Fact::UpdatesUnknown),
        proptest::collection::vec(number(), 0..5).prop_map(Fact::UpdatesNotApplicable),
        (1999..2100u16, any::<u32>(), flaw)
            .prop_map(|(year, number, state)| Fact::Flaw(Cve::new(year, number), state)),
        (port.clone(), state).prop_map(|(port, state)| Fact::Port(port, state)),
        (side, port, address).prop_map(|(side, port, peer)| Fact::Conversation(Conversation {
            side,
            port,
            peer
        })),
        any::<bool>().prop_map(Fact::Smb1),
        signing.prop_map(Fact::SmbSigning),
        any::<bool>().prop_map(Fact::AgentReporting),
        any::<bool>().prop_map(Fact::AgentBlocks),
        any::<bool>().prop_map(Fact::HostFirewall),
        any::<bool>().prop_map(Fact::InternetFacing),
        moment().prop_map(Fact::InstalledAt),
        moment().prop_map(Fact::StartedAt),
        (text(), any::<bool>()).prop_map(|(id, passed)| Fact::Setting(id, passed)),
        Just(Fact::LogInFailed),
    ]
}

fn statement() -> impl Strategy<Value = Statement> {
    let identifier = prop_oneof![
        "[a-z]{1,6}".prop_map(|name| Identifier::name(&name).unwrap()),
        "[a-z]{1,6}\\.[a-z]{2}".prop_map(|name| Identifier::name(&name).unwrap()),
        "[A-Z0-9]{4}".prop_map(|serial| Identifier::serial(&serial).unwrap()),
        "[a-f0-9]{8}".prop_map(|uuid| Identifier::bios_uuid(&uuid).unwrap()),
        "[a-f0-9]{8}".prop_map(|id| Identifier::agent("agent", &id).unwrap()),
        any::<[u8; 6]>().prop_map(|mac| Identifier::Mac(wardround_evidence::Mac::new(mac))),
        any::<std::net::IpAddr>().prop_map(|ip| Identifier::Address(Address::new(ip))),
    ];
    let when = prop_oneof![
        Just(When::Undated),
        Just(When::Unknown),
        moment().prop_map(When::NoEarlierThan),
        moment().prop_map(When::At),
    ];
    let method = proptest::sample::select(Method::ALL.to_vec());
    (
        proptest::collection::vec(identifier, 1..4),
        (any::<u64>(), any::<u64>()),
        when,
        proptest::collection::vec((method, fact()), 0..6),
    )
        .prop_map(|(subject, (line, record), when, observed)| {
            let mut statement = Statement::new(subject, Position::new(line, record), when);
            for (method, fact) in observed {
                statement.observe(method, fact);
            }
            statement
        })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(120))]
    #[test]
    fn any_statement_comes_back(statements in proptest::collection::vec(statement(), 0..20)) {
        let reading = Reading { statements, ..reading("scan.xml", "one") };
        prop_assert_eq!(kept_and_read(&reading), reading);
    }
}

#[test]
fn statements_added_a_few_at_a_time_come_back_in_their_order() {
    let (_folder, store) = store();
    let statements: Vec<Statement> = (0..1_000u32)
        .map(|number| {
            let name = Identifier::name(&format!("pc-{number}")).unwrap();
            let place = Position::new(u64::from(number), 0);
            let mut statement = Statement::new(vec![name], place, When::At(now()));
            statement.observe(Method::Tested, Fact::Smb1(number % 3 == 0));
            statement
        })
        .collect();
    let mut draft = store.draft().unwrap();
    for some in statements.chunks(7) {
        draft.add(some).unwrap();
    }
    let head = reading("scan.xml", "one");
    draft.keep(&head, read_at(now())).unwrap();
    let contents = store.list(None).unwrap();
    let back = contents.segments[0].reading().unwrap();
    assert_eq!(back, Reading { statements, ..head });
    assert_eq!(contents.segments[0].notes.span, Some((now(), now())));
}

#[test]
fn a_description_comes_back() {
    let organisation = || OrganisationName::new("rx1");
    let port = Port::tcp(445);
    let declarations = vec![
        Declaration::AsOf(now()),
        Declaration::Organisation(Organisation {
            id: organisation(),
            name: Some(OrganisationName::new("Infirmary \"North\"")),
            kind: OrganisationKind::Acute,
            administrator: None,
            domains: vec![HostName::new("a.example"), HostName::new("b.example")],
            region: Some(String::new()),
        }),
        Declaration::Site(Site {
            id: SiteName::new("main"),
            organisation: organisation(),
            name: None,
        }),
        Declaration::Network(Network {
            id: NetworkName::new("wards"),
            organisation: organisation(),
            blocks: vec!["10.1.0.0/16".parse().unwrap(), "fd00::/64".parse().unwrap()],
            realm: None,
            site: Some(SiteName::new("main")),
            name: Some(NetworkName::new("Wards")),
            kind: NetworkKind::Clinical,
        }),
        Declaration::Border(Border {
            organisation: organisation(),
            realm: Some("n3".to_owned()),
            direction: Direction::In,
            port,
            state: RuleState::Denied,
            checked_on: Some(now()),
        }),
        Declaration::Boundary(Boundary {
            network: NetworkName::new("wards"),
            direction: Direction::Out,
            port,
            state: RuleState::Unknown,
            checked_on: None,
        }),
        Declaration::Link(Link {
            from: LinkEnd::Named(NetworkName::new("wards")),
            to: LinkEnd::Named(NetworkName::new("rx1")),
            port,
            state: RuleState::Allowed,
        }),
        Declaration::LogOn(LogOn {
            from: HostName::new("admin-1.rx1.example"),
            to: HostName::new("wards"),
        }),
        Declaration::Service(DeclaredService {
            id: ServiceName::new("imaging"),
            organisation: organisation(),
            name: None,
            networks: vec![NetworkName::new("wards")],
            hosts: vec![HostName::new("pacs-1")],
            services: vec![ServiceName::new("records")],
            activity_per_weekday: Some(0.1 + 0.2),
            kept_on_paper_percent: Some(35.5),
            postponed_percent: None,
            activity: Some("outpatient".to_owned()),
        }),
        Declaration::Claim(Claim {
            id: "c1".to_owned(),
            organisation: organisation(),
            control: "ms17_010_closed".to_owned(),
            status: ClaimStatus::Partly,
            claimed_on: now(),
            signed_by_role: Some("director".to_owned()),
            threshold_percent: Some(95.0),
        }),
        Declaration::Authority(SourcePath::new("rx1/"), Vec::new()),
        Declaration::Authority(SourcePath::new("rx2/"), vec![organisation()]),
        Declaration::Vantage(SourcePath::new("scan.xml"), NetworkName::new("wards")),
        Declaration::Collected(SourcePath::new("lists/"), now()),
    ];
    let placed = (1..).map(|line| Position::new(line, line));
    let reading = Reading {
        declarations: placed.zip(declarations).collect(),
        ..reading("estate.toml", "one")
    };
    assert_eq!(kept_and_read(&reading), reading);
}

#[test]
fn all_that_is_about_the_file_comes_back() {
    let whole = reading("zip.zip/lists/pc.txt", "one");
    let reading = Reading {
        source: Source {
            path: SourcePath::new("zip.zip/lists/pc\u{202e}.txt"),
            digest: Digest::of(b"one"),
            reader: "windows_hotfix".into(),
            title: "list of updates".into(),
            family: "Windows lists".into(),
            tool: Some("PowerShell 5".to_owned()),
            bytes: u64::MAX,
            taken_at: Some(now()),
            extent: SourceExtent::Cut("it ends in the middle".to_owned()),
        },
        skipped: vec![Skipped {
            position: Position::new(7, 2),
            reason: "it names no machine".to_owned(),
        }],
        skipped_unlisted: 12,
        notes: vec!["The encoding was guessed.".to_owned()],
        counts: BTreeMap::from([("rows".into(), 9)]),
        ..whole
    };
    assert_eq!(kept_and_read(&reading), reading);
}
