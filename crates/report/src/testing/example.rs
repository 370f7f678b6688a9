//! The example review: a made-up region with an infirmary, a hospital for mental health and a surgery.

use wardround_evidence::{
    Address, Audience, Digest, HostName, IdentifierKind, NetworkName, OrganisationName, SourcePath,
    Truth,
};

use super::answers::{next_worm, wannacry};
use super::losses::saved;
use super::spreads::spread;
use crate::{
    Advice, Assumption, Basis, ChainLink, ClaimLine, ClaimWord, Interval, Made, Overconfidence,
    PricedClaims, Reconciliation, Refusal, Review, SampleVerdict, Saved, Settled, SourceCount,
    SourceLine, Spared, Subject, Tally, UnrecognisedLine, UnsurePair, VerdictCount,
};

/// A review that has at least one line in every list.
pub(crate) fn example() -> Review {
    Review {
        made: made(),
        tally: tally(),
        answers: vec![wannacry(), next_worm()],
        reconciliation: reconciliation(),
        to_do: to_do(),
        to_find_out: to_find_out(),
        claims: claims(),
        overconfidence: Some(overconfidence()),
        samples: vec![sample()],
        assumptions: assumptions(),
        service_numbers: vec![Assumption {
            what: "share of outpatient appointments kept up on paper".to_owned(),
            value: "0 to 0.3".to_owned(),
            basis: Basis::Derived,
            source: "outage: 1 - 2,800 / 4,000 at most".to_owned(),
        }],
        service_references: texts(&["outage: one hospital, four days without systems"]),
        not_modelled: texts(&[
            "People who carry a laptop from one site to another.",
            "Removable media and e-mail after the first infection.",
            "Machines that no source has ever seen.",
        ]),
        sources: sources(),
        unrecognised: vec![UnrecognisedLine {
            path: SourcePath::new("exports/old/ward-list-final2.docx"),
            digest: Digest::of(b"ward list"),
            bytes: 48_231,
        }],
        refused: vec![Refusal {
            path: SourcePath::new("exports/nmap-theatres.xml"),
            reason: "the file holds an internal document type, which is refused".to_owned(),
        }],
        estate_notes: texts(&[
            "Nobody describes the network `theatres-lan`; it was grouped by /24.",
        ]),
    }
}

fn made() -> Made {
    Made {
        version: "0.1.0".to_owned(),
        seed: 1,
        audience: Audience::Team,
        command: "wardround report FOLDER --audience team --seed 1 --as-of 2017-05-09T08:00:00Z"
            .to_owned(),
        as_of: "2017-05-09T08:00:00Z".parse().unwrap(),
        as_of_newest: true,
        evidence_span: Some((
            "2016-11-02T00:00:00Z".parse().unwrap(),
            "2017-05-09T08:00:00Z".parse().unwrap(),
        )),
        handling: Some("OFFICIAL-SENSITIVE: Northmere security team only".to_owned()),
        scenario: "One user workstation, drawn at random, is infected on a Tuesday at 09:00; 24 hours; nobody intervenes; 1,000 outbreaks."
            .to_owned(),
        start_hour_of_week: 33.0,
        entry: "one office PC is infected".to_owned(),
    }
}

fn tally() -> Tally {
    Tally {
        hosts: 3_040,
        organisations: 3,
        networks: 14,
        networks_assumed: 2,
        seen_twice: 2_307,
        unseen_estimate: Some(Interval {
            low: 61.0,
            median: 118.0,
            high: 204.0,
        }),
        verdicts: vec![
            VerdictCount {
                question: "the SMB hole of March 2017 is closed".to_owned(),
                settled: settled(1_904, 633, 503),
                disputed: 12,
                unknown_reasons: vec![
                    ("no source lists its updates".to_owned(), 322),
                    ("the newest list is older than the fix".to_owned(), 169),
                    (
                        "sources contradict each other, and nothing tells which is right"
                            .to_owned(),
                        12,
                    ),
                ],
            },
            VerdictCount {
                question: "the old file-sharing protocol SMB version 1 is off".to_owned(),
                settled: settled(211, 1_468, 1_361),
                disputed: 0,
                unknown_reasons: vec![("no source asks".to_owned(), 1_361)],
            },
        ],
        holds_self_reported: Some(0.71),
    }
}

fn reconciliation() -> Reconciliation {
    Reconciliation {
        by_source: vec![
            count("Microsoft Defender", 2_911, 204),
            count("nmap scan", 3_205, 471),
            count("Directory computers", 2_640, 38),
        ],
        hosts: 3_040,
        merged: 165,
        merged_by: vec![
            (IdentifierKind::Serial, 41),
            (IdentifierKind::Mac, 77),
            (IdentifierKind::FullName, 47),
        ],
        unsure: vec![UnsurePair {
            first: subject("NMI-XRAY-07", "10.20.4.31", "imaging-lan", "Windows 7"),
            second: subject("XRAY07-OLD", "10.20.4.131", "imaging-lan", "Windows 7"),
            why: "they share a name's beginning and a network; their serial numbers are not known"
                .to_owned(),
        }],
        unsure_total: 22,
        disqualified: vec![
            (
                IdentifierKind::Serial,
                "the maker never set it".to_owned(),
                9,
            ),
            (
                IdentifierKind::Mac,
                "it belongs to a dock that several machines share".to_owned(),
                31,
            ),
        ],
    }
}

fn to_do() -> Vec<Advice> {
    vec![
        Advice {
            what: "Install the update of March 2017 on the imaging servers".to_owned(),
            owner: Some(OrganisationName::new("Northmere Infirmary")),
            hosts: 41,
            examples: vec![
                subject(
                    "nmi-pacs-02.northmere.example",
                    "10.20.4.17",
                    "imaging-lan",
                    "Windows Server 2008 R2",
                ),
                subject(
                    "NMI-PACS-03",
                    "10.20.4.18",
                    "imaging-lan",
                    "Windows Server 2008 R2",
                ),
            ],
            with_it: Some(spread(0.702, 300.0, 511.0, 744.0)),
            without_it: Some(spread(0.61, 410.0, 640.0, 830.0)),
            spared: Some(spared(109.3, 6.2, 41.7)),
            saved: Some(saved()),
            caution: Some(
                "Agree with clinical engineering first: these are medical devices.".to_owned(),
            ),
        },
        Advice {
            what: "Deny port 445 between Northmere Infirmary and Fellside Mental Health".to_owned(),
            owner: Some(OrganisationName::new("Fellside Mental Health")),
            hosts: 792,
            examples: Vec::new(),
            with_it: Some(spread(0.625, 380.0, 602.0, 801.0)),
            without_it: Some(spread(0.61, 410.0, 640.0, 830.0)),
            spared: Some(spared(37.1, 4.9, 8.3)),
            saved: Some(Saved::default()),
            caution: None,
        },
    ]
}

fn to_find_out() -> Vec<Advice> {
    vec![Advice {
        what: "Export the list of installed updates for the machines that Defender does not know"
            .to_owned(),
        owner: Some(OrganisationName::new("Northmere Infirmary")),
        hosts: 322,
        examples: vec![subject(
            "NMI-XRAY-07",
            "10.20.4.31",
            "imaging-lan",
            "Windows 7",
        )],
        with_it: Some(spread(0.66, 350.0, 590.0, 800.0)),
        without_it: Some(spread(0.61, 410.0, 640.0, 830.0)),
        spared: Some(spared(2.0, 4.0, 3.1)),
        saved: None,
        caution: None,
    }]
}

/// With the interval of 25 worlds.
fn spared(mean: f64, error: f64, variance_reduction: f64) -> Spared {
    Spared {
        mean,
        error,
        interval: (mean - 2.064 * error, mean + 2.064 * error),
        variance_reduction: Some(variance_reduction),
    }
}

fn overconfidence() -> Overconfidence {
    Overconfidence {
        evidenced: spread(0.58, 410.0, 640.0, 870.0),
        refuted: PricedClaims {
            claims: 2,
            hosts: 61,
            borders: 1,
            were_true: spread(0.69, 310.0, 520.0, 760.0),
            spared: spared(98.4, 7.1, 22.0),
            saved: Some(saved()),
        },
        unsupported: PricedClaims {
            claims: 1,
            hosts: 12,
            borders: 0,
            were_true: spread(0.7, 300.0, 511.0, 744.0),
            spared: spared(3.0, 4.4, 5.6),
            saved: None,
        },
        not_priced: 1,
    }
}

fn claims() -> Vec<ClaimLine> {
    let line = |organisation: &str, claim: &str, word, settled| ClaimLine {
        organisation: OrganisationName::new(organisation),
        claim: claim.to_owned(),
        claim_unquoted: None,
        claimed_on: "2017-03-31T00:00:00Z".parse().unwrap(),
        word,
        settled,
    };
    vec![
        line(
            "Northmere Infirmary",
            "the SMB hole of March 2017 is closed on 95 of 100 machines",
            ClaimWord::Refuted,
            settled(1_322, 541, 348),
        ),
        line(
            "Fellside Mental Health",
            "SMB version 1 is off",
            ClaimWord::Unsupported,
            settled(60, 10, 722),
        ),
        line(
            "Harbour Surgery",
            "the supplier patches every month",
            ClaimWord::Attested,
            Settled::default(),
        ),
    ]
}

fn sample() -> SampleVerdict {
    let link = |what: &str, speaks_for, method, when: Option<&str>, path: &str, position: &str| {
        ChainLink {
            what: what.to_owned(),
            what_unquoted: None,
            speaks_for,
            method,
            when: when.map(|when| when.parse().unwrap()),
            path: SourcePath::new(path),
            position: position.to_owned(),
            digest: Digest::of(path.as_bytes()),
            authorised: position != "record 3",
        }
    };
    SampleVerdict {
        subject: subject(
            "nmi-pacs-02.northmere.example",
            "10.20.4.17",
            "imaging-lan",
            "Windows Server 2008 R2",
        ),
        question: "the SMB hole of March 2017 is closed".to_owned(),
        truth: Truth::Fails,
        reason: "A direct test found the hole open, and no later update is known.".to_owned(),
        chosen_because: "it is the machine that matters most".to_owned(),
        chain: vec![
            link(
                "a vulnerability check says open",
                Truth::Fails,
                "tested",
                Some("2017-05-02T10:00:00Z"),
                "exports/nessus/imaging.nessus",
                "line 4,118",
            ),
            link(
                "a list of updates holds KB4012212",
                Truth::Holds,
                "declared",
                None,
                "exports/northmere-updates.csv",
                "record 3",
            ),
        ],
    }
}

fn assumptions() -> Vec<Assumption> {
    let line = |what: &str, value: &str, basis, source: &str| Assumption {
        what: what.to_owned(),
        value: value.to_owned(),
        basis,
        source: source.to_owned(),
    };
    vec![
        line(
            "Odds that a machine nobody sees is open, against one that is seen",
            "1.5 to 4",
            Basis::Assumed,
            "no study known",
        ),
        line(
            "Share of workstations switched on at 09:00 on a Tuesday",
            "0.8 to 0.95",
            Basis::Derived,
            "from log-on times in the directory",
        ),
        line(
            "Probability that an exploit succeeds",
            "0.5 to 0.9",
            Basis::Sourced,
            "analyses of 2017",
        ),
    ]
}

fn sources() -> Vec<SourceLine> {
    let line = |path: &str, title: &str, records, skipped, cut: Option<&str>| SourceLine {
        path: SourcePath::new(path),
        title: title.to_owned(),
        tool: Some(format!("{title} 7.1")),
        taken_at: Some("2017-05-02T10:00:00Z".parse().unwrap()),
        digest: Digest::of(path.as_bytes()),
        records,
        skipped,
        skipped_examples: if skipped > 0 {
            texts(&["line 88: `10.20.300.1` is not an address"])
        } else {
            Vec::new()
        },
        cut: cut.map(str::to_owned),
        speaks_for: Some(vec![OrganisationName::new("Northmere Infirmary")]),
        notes: Vec::new(),
    };
    vec![
        line(
            "exports/defender/devices.csv",
            "Microsoft Defender",
            2_911,
            3,
            None,
        ),
        line("exports/nmap/all.xml", "nmap scan", 3_205, 0, None),
        SourceLine {
            speaks_for: None,
            taken_at: None,
            ..line(
                "exports/ad-computers.csv",
                "Directory computers",
                2_640,
                0,
                Some("it holds exactly 1,000 rows, the limit of this export"),
            )
        },
        SourceLine {
            tool: Some("systeminfo".to_owned()),
            notes: texts(&["Times are local and are taken as UTC."]),
            ..line(
                "exports/imaging.zip/pc-01.txt",
                "Windows systeminfo",
                1,
                0,
                None,
            )
        },
        SourceLine {
            tool: Some("systeminfo".to_owned()),
            taken_at: Some("2017-05-09T10:00:00Z".parse().unwrap()),
            notes: texts(&["Times are local and are taken as UTC."]),
            ..line(
                "exports/imaging.zip/pc-02.txt",
                "Windows systeminfo",
                1,
                0,
                Some("it ends inside a list"),
            )
        },
        SourceLine {
            tool: Some("wmic qfe".to_owned()),
            ..line(
                "exports/imaging.zip/pc-02-qfe.txt",
                "Windows quick-fix list",
                1,
                0,
                None,
            )
        },
    ]
}

pub(super) fn settled(holds: u32, fails: u32, unknown: u32) -> Settled {
    Settled {
        holds,
        fails,
        unknown,
    }
}

pub(super) fn subject(name: &str, address: &str, network: &str, system: &str) -> Subject {
    Subject {
        name: Some(HostName::new(name)),
        address: Some(address.parse::<Address>().unwrap()),
        organisation: Some(OrganisationName::new("Northmere Infirmary")),
        network: Some(NetworkName::new(network)),
        system: system.to_owned(),
    }
}

fn count(source: &str, machines: u32, only_here: u32) -> SourceCount {
    SourceCount {
        source: source.to_owned(),
        machines,
        only_here,
    }
}

pub(super) fn texts(texts: &[&str]) -> Vec<String> {
    texts.iter().map(|&text| text.to_owned()).collect()
}
