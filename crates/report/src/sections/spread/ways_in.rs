//! What each organisation's first infection comes through.

use maud::{Markup, html};

use crate::document::{Answer, Gate, OrganisationLine, Shown, WaysIn};
use crate::numbers::of_100_in;
use crate::theme::{Cell, Column, organisation, records};

/// A share that would show as nothing is nothing worth a word.
const SHOWN_FROM: f64 = 0.005;

pub(crate) fn part(answer: &Answer) -> Markup {
    let replicates = answer.drawn.replicates;
    let reached: Vec<(&OrganisationLine, &WaysIn)> = (answer.organisations.iter())
        .filter_map(|line| Some((line, line.ways_in.as_ref()?)))
        .collect();
    // Where outbreaks have one organisation to themselves, all begin there.
    let tells = reached.iter().any(|(_, ways)| ways.began < 1.0);
    // Networks are for the team only.
    let columns = if reached.iter().any(|(_, ways)| ways.gate.is_some()) {
        4
    } else {
        3
    };
    html! {
        @if tells {
            h4 { "How it gets in" }
            (records(
                "What the first infection of an organisation comes through, of the outbreaks that reach it",
                &COLUMNS[..columns],
                reached.iter().map(|(line, ways)| {
                    let mut cells = cells(line, ways, replicates);
                    cells.truncate(columns);
                    cells
                }),
            ))
        }
    }
}

const COLUMNS: [Column; 4] = [
    Column::Text("Organisation"),
    Column::Text("First infection"),
    Column::Text("Most often from"),
    Column::Text("Most often between the networks"),
];

fn cells(line: &OrganisationLine, ways: &WaysIn, replicates: u32) -> Vec<Cell> {
    // Of so many outbreaks these are shares.
    let reaching = (line.reached * f64::from(replicates)).round().max(1.0) as u32;
    vec![
        organisation(line.organisation.as_ref()),
        html! { (words(ways, reaching)) },
        html! {
            @match (&ways.from, ways.from_share) {
                (Some(from), Some(share)) => {
                    (organisation(Some(from))) " (" (of_those(share, reaching)) ")"
                }
                _ => "–",
            }
        },
        match &ways.gate {
            Some(gate) => between(gate, reaching),
            None => html! { "–" },
        },
    ]
}

fn between(gate: &Gate, reaching: u32) -> Markup {
    let network =
        |name: &Option<Shown>| html! { @match name { Some(name) => bdi { (name) }, None => "–" } };
    html! {
        (network(&gate.from)) " to " (network(&gate.to))
        " (" (of_those(gate.share, reaching)) "; "
        @if gate.evidenced { "open by evidence" } @else { "open by a draw" }
        ")"
    }
}

fn words(ways: &WaysIn, reaching: u32) -> String {
    let mut parts = [
        (ways.border, "from another organisation through its border"),
        (
            ways.link,
            "from another organisation by a link, whatever its border says",
        ),
        (ways.shared, "inside a network that it shares with others"),
        (ways.contact, "along a contact, such as a log-on"),
        (ways.outside, "from the internet"),
        (ways.began, "the outbreak began there"),
    ];
    parts.sort_by(|(one, _), (other, _)| other.total_cmp(one));
    let parts = parts.iter().filter(|(share, _)| *share >= SHOWN_FROM);
    let words: Vec<String> = parts
        .map(|(share, words)| format!("{words} ({})", of_those(*share, reaching)))
        .collect();
    words.join("; ")
}

/// Few outbreaks are counted out, so that their parts add up.
fn of_those(share: f64, reaching: u32) -> String {
    if reaching < 100 {
        format!("{:.0} of {reaching}", share * f64::from(reaching))
    } else {
        of_100_in(share, reaching)
    }
}
