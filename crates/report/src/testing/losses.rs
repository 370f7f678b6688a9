//! The example's losses, and what becomes of its organisations.

use wardround_evidence::{NetworkName, OrganisationName, ServiceName};

use crate::{
    ActivityLosses, Amount, CurvePoint, DayLosses, EndAmounts, GroupFate, InCommon, LossEnds,
    Losses, OrganisationLosses, OutbreakLosses, PairFate, Saved, SavedUnits, ServiceLosses, Struck,
    WholeService,
};

pub(super) fn losses() -> Losses {
    let outpatients = "outpatient appointments";
    Losses {
        days: 7,
        weekdays: vec![
            "Tuesday",
            "Wednesday",
            "Thursday",
            "Friday",
            "Saturday",
            "Sunday",
            "Monday",
        ],
        strikes: true,
        cuts: true,
        warned: true,
        described: 2,
        by_default: 4,
        numbers: [5, 9, 60],
        ends: LossEnds {
            activities: vec![(outpatients.to_owned(), ends(953.0, 7_121.0))],
            worth_gbp: ends(97_873.0, 731_326.0),
        },
        activities: vec![
            ActivityLosses {
                activity: outpatients.to_owned(),
                on_paper: amount(212.0, 1_740.0),
                postponed: amount(841.0, 6_310.0),
                lost: amount(112.0, 1_022.0),
                not_done: amount(953.0, 7_121.0),
                spared_share: 0.04,
                lacking_share: 0.31,
                by_precaution: amount(10.0, 82.0),
                worth_gbp: Some(amount(97_873.0, 731_326.0)),
                by_day: by_day(true),
                curve: curve(953.0),
            },
            ActivityLosses {
                activity: "units of a service".to_owned(),
                on_paper: amount(14.0, 122.0),
                postponed: amount(31.0, 270.0),
                lost: amount(9.0, 88.0),
                not_done: amount(40.0, 351.0),
                spared_share: 0.0,
                lacking_share: 0.0,
                by_precaution: Amount::default(),
                worth_gbp: None,
                by_day: by_day(false),
                curve: curve(40.0),
            },
        ],
        organisations: vec![
            OrganisationLosses {
                organisation: Some(OrganisationName::new("Northmere Infirmary")),
                befallen: 0.37,
                befallen_uninfected: 0.02,
                not_done_share: amount(0.061, 0.41),
                not_done_share_by_day: vec![amount(0.061, 0.41); 7],
                worth_gbp: amount(97_873.0, 731_326.0),
            },
            OrganisationLosses {
                organisation: None,
                befallen: 0.12,
                befallen_uninfected: 0.0,
                not_done_share: amount(0.0, 0.08),
                not_done_share_by_day: vec![amount(0.0, 0.08); 7],
                worth_gbp: amount(0.0, 0.0),
            },
        ],
        services: vec![
            ServiceLosses {
                organisation: Some(OrganisationName::new("Northmere Infirmary")),
                service: None,
                activity: outpatients.to_owned(),
                befallen: 0.37,
                planned: 10_902.0,
                postponed: amount(841.0, 6_310.0),
                lost: amount(112.0, 1_022.0),
                not_done: amount(953.0, 7_121.0),
                not_done_by_day: vec![amount(136.0, 1_017.0); 7],
            },
            ServiceLosses {
                organisation: Some(OrganisationName::new("Northmere Infirmary")),
                service: Some(ServiceName::new("nmi-imaging archive")),
                activity: "units of a service".to_owned(),
                befallen: 0.31,
                planned: 1_140.0,
                postponed: amount(31.0, 270.0),
                lost: amount(9.0, 88.0),
                not_done: amount(40.0, 351.0),
                not_done_by_day: vec![amount(6.0, 50.0); 7],
            },
        ],
        worth_gbp: amount(97_873.0, 731_326.0),
        worth_by_day_gbp: (1..=7)
            .map(|day| amount(20_000.0 / f64::from(day), 150_000.0))
            .collect(),
        worth_by_day_if_any_gbp: (1..=7)
            .map(|day| amount(40_000.0 / f64::from(day), 160_000.0))
            .collect(),
        worth_of_precautions_gbp: amount(1_204.0, 9_880.0),
        costs_nothing: 0.63,
        curve_gbp: curve(97_873.0),
        diverting: (0..7)
            .map(|day| amount(0.0, if day < 4 { 1.0 } else { 0.0 }))
            .collect(),
        outbreaks_if_any: (0..3)
            .map(|world| OutbreakLosses {
                world,
                not_done: [953, 40]
                    .map(|first| (1..=7).map(|day| first * u64::from(world) / day).collect())
                    .to_vec(),
            })
            .collect(),
        notes: texts(&[
            "Services that others need and that are not described, so that nothing can befall them: 1.",
        ]),
    }
}

fn ends(median: f64, high: f64) -> EndAmounts {
    EndAmounts {
        against: amount(4.0 * median, 2.0 * high),
        drawn: amount(median, high),
        in_favour: amount(0.2 * median, 0.5 * high),
    }
}

const fn amount(median: f64, high: f64) -> Amount {
    Amount {
        mean: median * 1.4,
        low: 0.0,
        median,
        high,
        worst_twentieth: high * 1.1,
    }
}

fn texts(texts: &[&str]) -> Vec<String> {
    texts.iter().map(|text| (*text).to_owned()).collect()
}

fn by_day(is_priced: bool) -> Vec<DayLosses> {
    let day = |day: u32| {
        let part = 1.0 / f64::from(day + 1);
        DayLosses {
            on_paper: amount(40.0 * part, 300.0),
            postponed: amount(200.0 * part, 1_500.0),
            lost: amount(20.0 * part, 250.0),
            not_done: amount(220.0 * part, 1_700.0),
            worth_gbp: is_priced.then(|| amount(22_600.0 * part, 174_600.0)),
            not_done_if_any: amount(440.0 * part, 1_900.0),
            from_here_on_if_any: amount(1_953.0 * part, 7_121.0),
            worth_if_any_gbp: is_priced.then(|| amount(45_200.0 * part, 195_100.0)),
            worth_from_here_on_if_any_gbp: is_priced.then(|| amount(200_600.0 * part, 731_300.0)),
        }
    };
    (0..7).map(day).collect()
}

fn curve(median: f64) -> Vec<CurvePoint> {
    [(0.9, 0.0), (0.5, 1.0), (0.1, 5.0), (0.01, 9.0)]
        .map(|(share, times)| CurvePoint {
            share,
            at_least: median * times,
            low: median * times * 0.9,
            high: (share > 0.05).then_some(median * times * 1.2),
        })
        .to_vec()
}

pub(super) fn saved() -> Saved {
    let units = |activity: &str, units| SavedUnits {
        activity: activity.to_owned(),
        units,
    };
    Saved {
        units: vec![
            units("outpatient appointments", (312.0, 21.0)),
            units("A&E attendances", (18.0, 3.0)),
            units("GP appointments", (1.0, 4.0)),
        ],
        worth_gbp: (38_211.0, 2_204.0),
    }
}

pub(super) fn whole_service() -> WholeService {
    let struck = |organisations: u32| Struck {
        organisations,
        infected: amount(1.0, f64::from(organisations)),
        disrupted: amount(0.0, 1.0),
        spared: amount(1.0, f64::from(organisations)),
    };
    let group = |in_common, organisations| GroupFate {
        in_common,
        organisations,
        hit: 0.31,
        together: 0.74,
        if_apart: 0.32,
        half: 0.28,
    };
    let name = OrganisationName::new;
    WholeService {
        all: struck(3),
        kinds: vec![
            ("hospital trusts".to_owned(), struck(1)),
            ("general practices".to_owned(), struck(2)),
        ],
        groups: vec![
            group(InCommon::Estate, 3),
            group(
                InCommon::Service(
                    Some(ServiceName::new("nmi-imaging archive")),
                    Some(name("Northmere Infirmary")),
                ),
                2,
            ),
            group(InCommon::Realm(NetworkName::new("northmere-net-2")), 3),
            group(
                InCommon::Administrator(Some(name("Northmere Infirmary"))),
                2,
            ),
        ],
        pairs: vec![PairFate {
            first: name("Northmere Infirmary"),
            second: name("Fellside Mental Health"),
            hit: [0.37, 0.22],
            both: 0.21,
            if_apart: 0.081,
        }],
    }
}
