//! `wardround backtest england-2017`.

use std::num::NonZeroUsize;
use std::path::PathBuf;

use clap::Args as ClapArgs;
use wardround_outbreak::backtest::Prior;
use wardround_outbreak::backtest::england::{
    ACTIVITIES, AtEnd, ComesOut, England2017, FITTED_SEED, Otherwise, Posterior, Predicted,
    Quantities, bodies, england_2017, fit,
};
use wardround_outbreak::harm::{ServiceNumber, ServiceRules};
use wardround_report::{Sheet, SheetPart, SheetTable};

use super::words::{basis, change, exact, number, three};
use super::{Printed, aside, refused};
use crate::{Failure, write_privately};

/// England's health service in May 2017: fitted to three facts, and two in the numbers of services;
/// everything else predicted.
///
/// Without `--fit` the fitted draws that come with wardround are used. To make them anew:
/// wardround backtest england-2017 --fit 500 --fitted posterior.csv -o england.html
#[derive(Debug, ClapArgs)]
pub(super) struct Args {
    #[command(flatten)]
    printed: Printed,

    /// Fit anew, until so many draws fit; 500 take some five minutes on two processors.
    #[arg(long, value_name = "DRAWS")]
    fit: Option<NonZeroUsize>,

    /// Write the fitted draws to this file.
    #[arg(long, value_name = "FILE")]
    fitted: Option<PathBuf>,

    /// Use only the first so many of the fitted draws.
    #[arg(long, value_name = "DRAWS", default_value_t = NonZeroUsize::MAX, hide_default_value = true)]
    draws: NonZeroUsize,

    /// How many draws of each way in are compared in each what-if.
    #[arg(long, value_name = "DRAWS", default_value_t = 40)]
    compare: usize,
}

pub(super) fn run(args: &Args, quiet: bool) -> Result<(), Failure> {
    args.printed.prepare();
    let prior = Prior::england_2017();
    let posterior = match args.fit {
        Some(draws) => fit(
            &bodies(),
            &prior,
            draws.get(),
            FITTED_SEED,
            &|kept, proposed| {
                if proposed % 5_120 == 0 {
                    aside(quiet, &format!("{kept} of {proposed} draws fit"));
                }
            },
        )
        .map_err(refused)?,
        None => Posterior::built_in(),
    };
    if let Some(path) = &args.fitted {
        write_privately(path, posterior.table(&prior).as_bytes())?;
    }
    let draws = args.draws.get();
    let answer = england_2017(&posterior, draws, args.compare, &|what| aside(quiet, what))
        .map_err(refused)?;
    args.printed.write(&answer, &sheet(&answer))
}

fn sheet(answer: &England2017) -> Sheet {
    Sheet {
        title: "England's health service, May 2017: a backtest".to_owned(),
        lead: vec![
            format!(
                "What wardround would have said of 12 May 2017. Of {} draws from ranges that no outcome chose, {} fitted what \
                 one machine and one network had shown, {} were sampled as a whole, and {} fit the number of trusts infected. \
                 Everything else is predicted from {}.",
                exact(answer.proposed as f64),
                exact(answer.fitted_alone as f64),
                exact(answer.sampled as f64),
                exact(answer.fit as f64),
                if answer.draws == answer.fit {
                    "these".to_owned()
                } else {
                    format!("the first {} of these", exact(answer.draws as f64))
                }
            ),
            format!(
                "The data do not settle by which way it came in: {}.",
                answer
                    .by_way_in
                    .iter()
                    .map(|(way, count)| format!("{count} draws {way}"))
                    .collect::<Vec<_>>()
                    .join(", ")
            ),
            "Every number is the middle of the draws, with nine in ten of them in brackets. The estate is made up from public \
             counts; sizes, habits and borders of single organisations are not known."
                .to_owned(),
        ],
        parts: vec![
            reported(answer),
            scores(answer),
            predicted(answer),
            audit(answer),
            otherwise(answer),
            fitted(answer),
            learned(answer),
            services(),
            sensitivity(answer),
        ],
    }
}

fn reported(answer: &England2017) -> SheetPart {
    SheetPart {
        title: "Reported beside predicted".to_owned(),
        words: vec![
            "Everyone knows these outcomes, so they are no validation: they chose no parameter, and they stand here as they \
             fall. Trusts disrupted are those that cut themselves off; that one trust hangs on systems of another is not in the \
             estate, so rather too few are. Urgent referrals are predicted as if they were cancelled as readily as any other appointment, which is rather \
             too many; what was reported is what was counted at the least."
                .to_owned(),
        ]
        .into_iter()
        .chain(answer.reported_and_not_predicted.iter().map(|row| {
            format!(
                "Not predicted: {}, reported as {} ({}), since {}.",
                row.what,
                exact(row.reported),
                row.source,
                row.why
            )
        }))
        .collect(),
        table: Some(SheetTable {
            caption: "Outcomes that everyone knows".to_owned(),
            columns: vec![
                ("what", false),
                ("reported", true),
                ("predicted", true),
                ("inside", false),
                ("source", false),
            ],
            rows: answer
                .reported_beside_predicted
                .iter()
                .map(|row| {
                    vec![
                        row.what.to_owned(),
                        exact(row.reported),
                        three([row.predicted.low, row.median, row.predicted.high]),
                        if row.predicted.is_inside { "yes" } else { "no" }.to_owned(),
                        row.source.to_owned(),
                    ]
                })
                .collect(),
        }),
    }
}

fn scores(answer: &England2017) -> SheetPart {
    SheetPart {
        title: "Scores against two naive forecasts".to_owned(),
        words: vec![
            "Less is better. One share: everything is infected in the share in which trusts were. Any order: every order of \
             magnitude is as likely. The width is the upper end of the 90 % interval over the lower."
                .to_owned(),
        ],
        table: Some(SheetTable {
            caption: "90 % interval score, logarithmic score and width".to_owned(),
            columns: vec![
                ("what", false),
                ("interval", true),
                ("one share", true),
                ("any order", true),
                ("log", true),
                ("one share, log", true),
                ("any order, log", true),
                ("width", true),
            ],
            rows: answer
                .reported_beside_predicted
                .iter()
                .map(|row| {
                    let all = [row.predicted, row.one_share, row.log_uniform];
                    let mut cells = vec![row.what.to_owned()];
                    cells.extend(all.map(|scores| number(scores.interval)));
                    cells.extend(all.map(|scores| number(scores.logarithmic)));
                    cells.push(number(row.predicted.width_ratio));
                    cells
                })
                .collect(),
        }),
    }
}

fn predicted(answer: &England2017) -> SheetPart {
    let line = |name: String, one: &Predicted, before: Option<&Predicted>| {
        let mut cells = vec![name];
        cells.extend(["05", "25", "50", "75", "95"].map(|share| number(one.quantiles[share])));
        let is_told = before.is_some_and(|before| before.scope == one.scope);
        cells.push(if is_told { "the same" } else { one.scope }.to_owned());
        cells
    };
    let mut rows = Vec::new();
    let mut before = None;
    for (name, quantities) in &answer.quantities {
        let name = name.replace('_', " ");
        match quantities {
            Quantities::One(one) => rows.push(line(name, one, before.replace(one))),
            Quantities::Several(several) => {
                for (of, one) in several {
                    let name = format!("{name}: {}", of.replace('_', " "));
                    rows.push(line(name, one, before.replace(one)));
                }
            }
        }
    }
    SheetPart {
        title: "Predicted".to_owned(),
        words: vec![
            "Activity is what infected trusts did not do from 12 to 18 May, beyond what they cancel in any week; money is its \
             worth at the national reference costs. Organisations reporting are trusts, and groups that buy for surgeries, \
             which were infected or cut themselves off."
                .to_owned(),
        ],
        table: Some(SheetTable {
            caption: "Quantiles of the predictions".to_owned(),
            columns: vec![
                ("quantity", false),
                ("5 %", true),
                ("25 %", true),
                ("50 %", true),
                ("75 %", true),
                ("95 %", true),
                ("counts", false),
            ],
            rows,
        }),
    }
}

fn audit(answer: &England2017) -> SheetPart {
    SheetPart {
        title: "What was concluded in 2018, and whether it comes out".to_owned(),
        words: vec![
            "Each conclusion is tried by a what-if of the next table, at both ends of what the data do not settle. It comes out \
             where the means differ by more than chance makes of them, in the way that was said; prevented means that at most one \
             trust in ten of those infected still is. That it was lucky to come on a Friday in summer was not tried. That \
             everything infected lacked the update is no result: the model lets nothing else be infected."
                .to_owned(),
        ],
        table: Some(SheetTable {
            caption: "Conclusions of those who looked into it".to_owned(),
            columns: vec![
                ("concluded", false),
                ("by", false),
                ("way in", false),
                ("trusts", true),
                ("trusts then", true),
                ("machines", true),
                ("comes out", false),
            ],
            rows: (answer.conclusions.iter())
                .flat_map(|one| {
                    one.ends.iter().map(|end| {
                        vec![
                            one.said.to_owned(),
                            one.source.to_owned(),
                            end.way_in.to_owned(),
                            number(end.trusts[0]),
                            number(end.trusts[1]),
                            format!("{:+.0} %", 100.0 * end.more_machines),
                            comes_out(end).to_owned(),
                        ]
                    })
                })
                .collect(),
        }),
    }
}

const fn comes_out(end: &AtEnd) -> &'static str {
    match (end.comes_out, end.is_by_construction) {
        (ComesOut::Yes, false) => "yes",
        (ComesOut::Yes, true) => "yes, by how this end is defined",
        (ComesOut::InPart, _) => "in part",
        (ComesOut::No, false) => "no",
        (ComesOut::No, true) => "no, by how this end is defined",
    }
}

fn otherwise(answer: &England2017) -> SheetPart {
    SheetPart {
        title: "Had it been otherwise".to_owned(),
        words: vec![
            "The same draws under another course, at both ends of what the data do not settle. At the internet's end it came \
             into each organisation from the internet; at the national network's a partner of the service brought it in, whom \
             no border of the service keeps from the internet. Precautions: appointments and operations not done in trusts that \
             only cut themselves off; the alert that they follow comes once as many have reported as had when it was. Each draw is \
             sampled anew under the other course, so chance is in a change as well: its mean over the draws stands beside its \
             standard error, and a mean within twice its error is no more than chance may make. The draws were kept because some \
             34 trusts were infected in them, which chance need not repeat: the first row says what that alone changes."
                .to_owned(),
            format!(
                "The outside half of the kill-switch question is vacuous: no fact tells how fast the internet's machines fell on \
                 12 May (the exposed machine was watched days later), so how many were left to stop follows from assumed ranges \
                 alone. Of those open, {} of a hundred were infected when it became live; 95 or more in {} of {} draws.",
                three(answer.internet_share_at_kill_switch.map(|share| 100.0 * share)),
                answer.internet_saturated_draws,
                answer.draws
            ),
        ],
        table: Some(SheetTable {
            caption: "As it was, otherwise, and the change in machines infected".to_owned(),
            columns: vec![
                ("what if", false),
                ("way in", false),
                ("trusts", true),
                ("trusts then", true),
                ("machines", true),
                ("machines then", true),
                ("change", true),
                ("mean change (standard error)", true),
                ("outpatients not seen", true),
                ("then", true),
                ("precautions", true),
                ("then", true),
            ],
            rows: answer
                .counterfactuals
                .iter()
                .map(|row| {
                    vec![
                        row.what_if.to_owned(),
                        row.way_in.to_owned(),
                        three(row.trusts[0]),
                        three(row.trusts[1]),
                        three(row.machines[0]),
                        three(row.machines[1]),
                        change(row.change),
                        mean_change(row),
                        three(row.outpatient_appointments[0]),
                        three(row.outpatient_appointments[1]),
                        three(row.precaution[0]),
                        three(row.precaution[1]),
                    ]
                })
                .collect(),
        }),
    }
}

/// How many more machines on the average, with what chance may make of it.
fn mean_change(row: &Otherwise) -> String {
    let [mean, error] = row.more_machines;
    if row.is_by_construction {
        return format!("{} (by how this end is defined)", number(mean));
    }
    let told = if row.is_told_from_chance() {
        ""
    } else {
        "; may be chance"
    };
    format!("{} ({}{told})", number(mean), number(error))
}

fn fitted(answer: &England2017) -> SheetPart {
    SheetPart {
        title: "Facts that were fitted".to_owned(),
        words: vec![
            "Approximate Bayesian computation by rejection. F3 was watched in mid-May and tells who scanned then, not on 12 May. \
             Two more facts stand in the numbers of services: an outage of October 2016 ties the days off to the share kept on \
             paper, and a recovery in May 2017 gives the pace at which machines come back."
                .to_owned(),
        ],
        table: Some(SheetTable {
            caption: "Each fact beside the draws that were kept".to_owned(),
            columns: vec![("fact", false), ("what", false), ("value", true), ("draws", true)],
            rows: answer
                .fitted
                .iter()
                .map(|row| {
                    vec![
                        row.fact.to_owned(),
                        row.what.to_owned(),
                        number(row.value),
                        three(row.of_draws),
                    ]
                })
                .collect(),
        }),
    }
}

fn learned(answer: &England2017) -> SheetPart {
    SheetPart {
        title: "Parameters, before and after".to_owned(),
        words: vec![format!(
            "The data did not move {} of {} parameters: what hangs on these is assumed, not learned.",
            answer.parameters.iter().filter(|one| !one.is_moved).count(),
            answer.parameters.len()
        )]
        .into_iter()
        .chain(at_ends(answer))
        .collect(),
        table: Some(SheetTable {
            caption: "Prior against posterior".to_owned(),
            columns: vec![
                ("parameter", false),
                ("before", true),
                ("after", true),
                ("moved", false),
                ("basis", false),
                ("stands on", false),
            ],
            rows: answer
                .parameters
                .iter()
                .map(|one| {
                    vec![
                        one.range.about.clone(),
                        three(one.prior),
                        three(one.posterior),
                        if one.is_moved { "moved" } else { "not moved" }.to_owned(),
                        basis(one.range.basis).to_owned(),
                        one.range.source.clone(),
                    ]
                })
                .collect(),
        }),
    }
}

/// A warning of parameters that pile up at an end of what they may be.
fn at_ends(answer: &England2017) -> Option<String> {
    let at_an_end = answer.parameters.iter().filter(|one| one.is_at_an_end);
    let names: Vec<&str> = at_an_end.map(|one| one.range.about.as_str()).collect();
    (!names.is_empty()).then(|| {
        format!(
            "Warning: draws pile up at an end of the range (a quantile within 2 % of it), which may have been too narrow, of: {}.",
            names.join("; ")
        )
    })
}

/// The numbers of services that the predicted activity stands on.
fn services() -> SheetPart {
    let rules = ServiceRules::built_in();
    let counted: Vec<usize> = (ACTIVITIES.iter())
        .filter_map(|usual| rules.activity(usual.id))
        .collect();
    // Of what trusts do counts of the whole country tell here, and of planned care what is kept on paper is a parameter.
    let bears = |number: &ServiceNumber| {
        (number.activity).is_none_or(|activity| counted.contains(&activity))
            && !number.name.starts_with("kind ")
            && !number.name.ends_with(": postponed")
            && !number.name.ends_with(": shared_weight")
            && !(ACTIVITIES[..2].iter())
                .any(|usual| number.name == format!("activity {}: kept_on_paper", usual.id))
    };
    let references = rules.references.iter();
    let references = references.map(|(name, what)| format!("{name}: {what}"));
    SheetPart {
        title: "Numbers of services".to_owned(),
        words: vec![
            "What machines out and cuts do to a service: drawn anew in each draw, and fitted to nothing here. Services that one trust \
             does for another are not in this estate, so nobody lacks one; practices, ambulances and Wales have no losses counted."
                .to_owned(),
            format!("Short names: {}.", references.collect::<Vec<_>>().join("; ")),
        ],
        table: Some(SheetTable {
            caption: "Value or range of each number, and what it stands on".to_owned(),
            columns: vec![
                ("number", false),
                ("value", true),
                ("basis", false),
                ("stands on", false),
            ],
            rows: (rules.numbers().into_iter().filter(bears))
                .map(|number| {
                    vec![
                        number.what,
                        number.value,
                        basis(number.basis).to_owned(),
                        number.source,
                    ]
                })
                .collect(),
        }),
    }
}

fn sensitivity(answer: &England2017) -> SheetPart {
    SheetPart {
        title: "What the predictions hang on".to_owned(),
        words: vec![
            "The five strongest rank correlations over the draws, with what was fitted and, for activity, with the numbers of \
             services."
                .to_owned(),
        ],
        table: Some(SheetTable {
            caption: "Spearman's rank correlation".to_owned(),
            columns: vec![
                ("quantity", false),
                ("hangs on", false),
                ("correlation", true),
            ],
            rows: answer
                .sensitivity
                .iter()
                .map(|row| {
                    vec![
                        row.quantity.to_owned(),
                        row.what.clone(),
                        format!("{:+.2}", row.correlation),
                    ]
                })
                .collect(),
        }),
    }
}
