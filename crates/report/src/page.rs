//! The page around the sections: handling line, moment, footer.

use maud::{Markup, html};

use crate::chart::patterns;
use crate::document::Document;
use crate::frame::Frame;
use crate::numbers::minute;
use crate::sections::{SECTIONS, Section};
use crate::words::audience;

/// One self-contained page that opens offline, loads nothing and needs no script.
#[must_use]
pub fn render_html(document: &Document) -> String {
    let sections: Vec<Section> = (SECTIONS.iter())
        .filter_map(|(_, section)| section(document))
        .collect();
    let links: Vec<(String, &str)> = (sections.iter())
        .map(|section| (section.id.to_owned(), section.title))
        .collect();
    let frame = Frame {
        title: "What a worm could take",
        version: document.made.version.as_str(),
        before: patterns(),
        header: header(document),
        links,
        main: html! { @for section in &sections { (block(section)) } },
        footer: footer(document),
    };
    frame.render()
}

fn header(document: &Document) -> Markup {
    let made = &document.made;
    html! {
        (handling(document))
        h1 { "What a worm could take" }
        p.quiet {
            "As of " (minute(made.as_of)) ". " (audience(document))
        }
    }
}

fn handling(document: &Document) -> Markup {
    html! {
        p.handling {
            @match &document.made.handling {
                Some(line) => (line),
                None => "No handling line was set: keep this page as you would a list of weaknesses.",
            }
        }
    }
}

fn block(section: &Section) -> Markup {
    let heading = format!("{}-heading", section.id);
    html! {
        section id=(section.id) aria-labelledby=(heading) {
            h2 id=(heading) { (section.title) }
            (section.body)
        }
    }
}

fn footer(document: &Document) -> Markup {
    html! {
        p { (audience(document)) }
        p.quiet { "wardround " (document.made.version) ", seed " (document.made.seed) }
    }
}
