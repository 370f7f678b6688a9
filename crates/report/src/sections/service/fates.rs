//! Who shares whose fate.

use maud::{Markup, html};

use crate::document::{GroupFate, InCommon, PairFate, WholeService};
use crate::numbers::{of_100_in, whole};
use crate::theme::{Cell, Column, organisation, table};

pub(super) fn part(service: &WholeService, replicates: u32) -> Markup {
    html! {
        @if !service.groups.is_empty() {
            h4 { "Who shares whose fate" }
            p {
                "An outbreak that grows hits many at once, and one that stays where it began hits nobody else; so organisations do not "
                "have fates of their own. The first line says how much so for any two. A group that is hit together more often has "
                "something in common beside the outbreak."
            }
            (table(
                "Groups of organisations that are hit (infected or disrupted) together, out of 100 outbreaks",
                &[
                    Column::Text("In common"),
                    Column::Number("Organisations"),
                    Column::Number("Outbreaks that hit one, on average"),
                    Column::Number("Where one is hit, chance that another is"),
                    Column::Number("If each had its own fate"),
                    Column::Number("Outbreaks that hit at least half"),
                ],
                service.groups.iter().map(|group| (None, of_group(group, replicates))),
            ))
        }
        @if !service.pairs.is_empty() {
            (table(
                "Pairs that are hit together most beyond chance, of those hit most often",
                &[
                    Column::Text("One"),
                    Column::Text("The other"),
                    Column::Number("Outbreaks that hit the one"),
                    Column::Number("The other"),
                    Column::Number("Both"),
                    Column::Number("Both, if each had its own fate"),
                ],
                service.pairs.iter().map(|pair| (None, of_pair(pair, replicates))),
            ))
        }
    }
}

fn of_group(group: &GroupFate, replicates: u32) -> Vec<Cell> {
    let what = match group.in_common {
        InCommon::Estate => html! { "any two of all" },
        InCommon::Administrator => html! {
            "patched by " (organisation(group.organisation.as_ref()))
        },
        InCommon::Network => html! {
            "a network beyond their own"
            @if let Some(name) = &group.name { ": " (name) }
        },
        InCommon::Service => html! {
            "a service of " (organisation(group.organisation.as_ref()))
            @if let Some(name) = &group.name { ": " (name) }
        },
    };
    let share = |share: f64| html! { (of_100_in(share, replicates)) };
    vec![
        what,
        html! { (whole(group.organisations)) },
        share(group.hit),
        share(group.together),
        share(group.if_apart),
        share(group.half),
    ]
}

fn of_pair(pair: &PairFate, replicates: u32) -> Vec<Cell> {
    let share = |share: f64| html! { (of_100_in(share, replicates)) };
    vec![
        organisation(Some(&pair.first)),
        organisation(Some(&pair.second)),
        share(pair.first_hit),
        share(pair.second_hit),
        share(pair.both),
        share(pair.if_apart),
    ]
}
