//! The machines that matter most; for the team only.

use maud::{Markup, html};

use crate::document::{Answer, HostLine, Value};
use crate::numbers::{mean, of_100_in};
use crate::theme::{Cell, Column, machine, organisation, table, withheld};

pub(crate) fn part(answer: &Answer) -> Markup {
    let hosts = &answer.hosts;
    html! {
        h4 { "Machines that matter most" }
        @if hosts.total == 0 {
            p { "No machine stands out." }
        } @else if hosts.is_withheld() {
            (withheld(hosts, "machine", "machines"))
        } @else {
            (table(
                "How often each falls, and how many others it infects itself",
                &[
                    Column::Text("Machine"),
                    Column::Text("Organisation"),
                    Column::Text("Runs"),
                    Column::Text("Open to it?"),
                    Column::Number("Outbreaks in which it falls"),
                    Column::Number("Others it infects, on average"),
                ],
                hosts.lines.iter().map(|line| (None, cells(line, answer.drawn.replicates))),
            ))
        }
    }
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
        html! { (mean(line.passes_on)) },
    ]
}
