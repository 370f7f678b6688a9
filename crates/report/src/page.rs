//! The page around the sections: head, handling line, contents, footer.

use maud::{DOCTYPE, Markup, PreEscaped, html};

use crate::chart::patterns;
use crate::document::Document;
use crate::numbers::minute;
use crate::sections::{SECTIONS, Section};
use crate::theme::{STYLE, content_security_policy};
use crate::words::audience;

/// One self-contained page that opens offline, loads nothing and needs no script.
#[must_use]
pub fn render_html(document: &Document) -> String {
    let sections: Vec<Section> = (SECTIONS.iter())
        .filter_map(|(_, section)| section(document))
        .collect();
    let page = html! {
        (DOCTYPE)
        html lang="en-GB" {
            (head(document))
            body {
                a.skip href="#main" { "Skip to the answer" }
                (patterns())
                (header(document))
                (contents(&sections))
                main #main tabindex="-1" {
                    @for section in &sections { (block(section)) }
                }
                (footer(document))
            }
        }
    };
    page.into_string()
}

/// The generator stands among the first bytes, by which a page that lies among exports is known for one of ours.
fn head(document: &Document) -> Markup {
    html! {
        head {
            meta charset="utf-8";
            meta name="generator" content={ "wardround " (document.made.version) };
            meta http-equiv="Content-Security-Policy" content=(content_security_policy());
            meta name="viewport" content="width=device-width, initial-scale=1";
            meta name="referrer" content="no-referrer";
            meta name="robots" content="noindex";
            meta name="color-scheme" content="light dark";
            title { "What a worm could take – wardround" }
            link rel="icon" href="data:,";
            style { (PreEscaped(STYLE)) }
        }
    }
}

fn header(document: &Document) -> Markup {
    let made = &document.made;
    html! {
        header {
            (handling(document))
            h1 { "What a worm could take" }
            p.quiet {
                "As of " (minute(made.as_of)) ". " (audience(document))
            }
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

fn contents(sections: &[Section]) -> Markup {
    html! {
        nav aria-label="On this page" {
            ol {
                @for section in sections {
                    li { a href={ "#" (section.id) } { (section.title) } }
                }
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
        footer {
            p { (audience(document)) }
            p.quiet { "wardround " (document.made.version) ", seed " (document.made.seed) }
        }
    }
}
