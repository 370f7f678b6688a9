//! The machines that matter most; for the team only.

use maud::{Markup, html};

use crate::document::{Answer, HostLine, Value};
use crate::numbers::{hours, mean, of_100_in, passed_on_error};
use crate::theme::{Cell, Column, machine, organisation, records, withheld};

pub(crate) fn part(answer: &Answer) -> Markup {
    let hosts = &answer.hosts;
    html! {
        h4 { "Machines that matter most" }
        @if hosts.total == 0 {
            p { "No machine stands out." }
        } @else if hosts.is_withheld() {
            (withheld(hosts, "machine", "machines"))
        } @else {
            (records(
                &caption(&hosts.lines, answer.drawn.replicates),
                &[
                    Column::Text("Machine"),
                    Column::Text("Organisation"),
                    Column::Text("Runs"),
                    Column::Text("Open to it"),
                    Column::Number("Outbreaks in which it falls"),
                    Column::Number("Falls after, on average"),
                    Column::Number("Others it infects, on average"),
                ],
                hosts.lines.iter().map(|line| cells(line, answer.drawn.replicates)),
            ))
        }
    }
}

/// Says so where the rows' means lie no further apart than chance puts them.
fn caption(lines: &[HostLine], replicates: u32) -> String {
    let passed = || lines.iter().map(|line| line.passes_on);
    let error = (lines.iter())
        .map(|line| passed_on_error(line.passes_on, line.falls, replicates))
        .fold(0.0, f64::max);
    let apart = passed().fold(f64::MIN, f64::max) - passed().fold(f64::MAX, f64::min);
    let mut caption = "How often each falls, how long after the beginning, and how many others it infects itself. Being infected by the scenario at the beginning counts as a fall".to_owned();
    // The difference of two means has √2 times the error of one.
    if lines.len() > 1 && apart <= 2.0 * std::f64::consts::SQRT_2 * error {
        caption.push_str(&format!(
            ". The last column’s differences are within the simulation’s own error (at least {} each): read the rows as equals",
            mean(error.max(0.01))
        ));
    }
    caption
}

fn cells(line: &HostLine, replicates: u32) -> Vec<Cell> {
    vec![
        machine(&line.machine),
        organisation(line.machine.organisation.as_ref()),
        html! { (line.machine.system) },
        html! {
            @match line.truth {
                Value::Holds => "no",
                Value::Fails => "yes",
                Value::Unknown => "unknown",
            }
        },
        html! { (of_100_in(line.falls, replicates)) },
        match line.mean_hour {
            Some(hour) => html! { (hours(hour)) },
            None => html! { "–" },
        },
        html! { (mean(line.passes_on)) },
    ]
}
