//! The example's answers: a worm that there was, and one that there may be.

use wardround_evidence::{NetworkName, OrganisationName, Truth};

use super::example::{settled, subject, texts};
use super::losses::{losses, whole_service};
use super::spreads::{died_out, spread};
use crate::{
    Answer, Attribution, Confidence, Crossing, EntryLine, Gate, HostLine, Interval, Losses,
    OrganisationLine, VarianceSplit, WaysIn,
};

pub(super) fn wannacry() -> Answer {
    Answer {
        threat: "wannacry".to_owned(),
        title: "WannaCry".to_owned(),
        hypothetical: false,
        about: "The worm of 12 May 2017. It spreads by itself over Windows file sharing (port 445) to machines that lack the update of March 2017, and encrypts their files."
            .to_owned(),
        open: settled(1_904, 633, 503),
        drawn: spread(0.621, 412.0, 688.0, 957.0),
        against: spread(0.384, 803.0, 1_041.0, 1_136.0),
        in_favour: spread(0.733, 201.0, 498.0, 633.0),
        assumed_share: Some(0.34),
        world_variance_share: Some(0.58),
        variance: Some(VarianceSplit {
            estate: (0.31, 0.06),
            parameters: (0.22, 0.09),
            together: (0.05, 0.03),
            chance: (0.42, 0.07),
        }),
        entries: vec![
            entry("Northmere Infirmary", "office network", 812, 0.41),
            entry("Fellside Mental Health", "server network", 102, 0.2),
        ],
        organisations: vec![
            organisation(Some("Northmere Infirmary"), 2_211, [1_322, 541, 348], 0.91, Some(0.4)),
            organisation(Some("Fellside Mental Health"), 792, [570, 88, 134], 0.44, Some(3.46)),
            organisation(Some("Harbour Surgery"), 31, [12, 2, 17], 0.08, Some(11.2)),
            OrganisationLine {
                taken: None,
                ..organisation(None, 6, [0, 2, 4], 0.0, None)
            },
        ],
        crossings: vec![
            crossing("wards-lan", "imaging-lan", "Northmere Infirmary", 0.83, true),
            crossing("wards-lan", "fellside-users", "Fellside Mental Health", 0.41, false),
        ],
        hosts: vec![
            host("nmi-pacs-02.northmere.example", "10.20.4.17", "imaging-lan", "Windows Server 2008 R2", Truth::Fails, 0.34, 41.2),
            host("NMI-XRAY-07", "10.20.4.31", "imaging-lan", "Windows 7", Truth::Unknown, 0.22, 3.1),
        ],
        losses: losses(),
        whole_service: Some(whole_service()),
        attributions: vec![
            Attribution {
                date: Some("2017-12-19".to_owned()),
                who: "the United Kingdom's Foreign Office".to_owned(),
                to: "the Lazarus Group, North Korean actors".to_owned(),
                confidence: Confidence::High,
                words: "It was highly likely that the group was behind it.".to_owned(),
                source: "gov.uk, 19 December 2017".to_owned(),
            },
            Attribution {
                date: None,
                who: "MITRE ATT&CK".to_owned(),
                to: "the Lazarus Group (G0032)".to_owned(),
                confidence: Confidence::Stated,
                words: "It lists the worm as used by the group.".to_owned(),
                source: "https://attack.mitre.org/software/S0366".to_owned(),
            },
        ],
        references: texts(&[
            "Time from infection to first scan: analysis of the sample, https://example.org/wannacry (sourced).",
            "Success of the exploit on Windows 7: a range of 0.5 to 0.9 (assumed).",
        ]),
    }
}

pub(super) fn next_worm() -> Answer {
    Answer {
        threat: "next-worm".to_owned(),
        title: "The next worm".to_owned(),
        hypothetical: true,
        about: "A flaw in a service that Windows runs by default, fixed 30 days before the date of this page.".to_owned(),
        open: settled(2_700, 151, 189),
        drawn: spread(0.883, 18.0, 61.0, 120.0),
        against: spread(0.79, 40.0, 144.0, 290.0),
        in_favour: died_out(),
        assumed_share: Some(0.55),
        world_variance_share: None,
        variance: None,
        entries: Vec::new(),
        organisations: vec![organisation(Some("Northmere Infirmary"), 2_211, [2_000, 101, 110], 0.7, Some(0.6))],
        crossings: Vec::new(),
        hosts: Vec::new(),
        losses: Losses {
            days: 7,
            by_default: 5,
            numbers: [5, 9, 60],
            ..Losses::default()
        },
        whole_service: None,
        attributions: Vec::new(),
        references: texts(&["All its numbers are assumed; see the threat's own file."]),
    }
}

fn organisation(
    name: Option<&str>,
    hosts: u32,
    [holds, fails, unknown]: [u32; 3],
    reached: f64,
    first_hour: Option<f64>,
) -> OrganisationLine {
    OrganisationLine {
        organisation: name.map(OrganisationName::new),
        hosts,
        open: settled(holds, fails, unknown),
        reached,
        taken: Some(Interval {
            low: f64::from(fails) * 0.4,
            median: f64::from(fails) * 0.8,
            high: f64::from(fails + unknown) * 0.9,
        }),
        first_hour,
        ways_in: first_hour.map(|_| WaysIn {
            began: 0.25,
            border: 0.6,
            link: 0.1,
            shared: 0.05,
            from: Some((OrganisationName::new("Fellside Mental Health"), 0.6)),
            gate: Some(Gate {
                from: NetworkName::new("fellside-offices"),
                to: NetworkName::new("imaging-lan"),
                share: 0.5,
                is_evidenced: false,
            }),
            ..WaysIn::default()
        }),
    }
}

fn entry(organisation: &str, kind: &str, outbreaks: u32, grows: f64) -> EntryLine {
    EntryLine {
        organisation: Some(OrganisationName::new(organisation)),
        kind: kind.to_owned(),
        outbreaks,
        grows,
        taken: Interval {
            low: 1.0,
            median: 2.0,
            high: 912.0,
        },
    }
}

fn crossing(from: &str, to: &str, to_organisation: &str, used: f64, evidenced: bool) -> Crossing {
    Crossing {
        from: NetworkName::new(from),
        from_organisation: Some(OrganisationName::new("Northmere Infirmary")),
        to: NetworkName::new(to),
        to_organisation: Some(OrganisationName::new(to_organisation)),
        used,
        evidenced,
    }
}

fn host(
    name: &str,
    address: &str,
    network: &str,
    system: &str,
    truth: Truth,
    falls: f64,
    passes_on: f64,
) -> HostLine {
    HostLine {
        subject: subject(name, address, network, system),
        truth,
        falls,
        passes_on,
        mean_hour: (falls > 0.0).then_some(6.5 - 10.0 * falls),
    }
}
