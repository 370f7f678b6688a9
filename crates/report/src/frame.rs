//! What every page of ours has: a head with its policy and style, a way past the contents, contents, and a footer.

use maud::{DOCTYPE, Markup, PreEscaped, html};

use crate::theme::{STYLE, content_security_policy};

/// A page without its frame.
pub(crate) struct Frame<'a> {
    /// Its title, in the window's bar.
    pub(crate) title: &'a str,
    /// The program's version.
    pub(crate) version: &'a str,
    /// What stands before all that is seen.
    pub(crate) before: Markup,
    /// Its heading.
    pub(crate) header: Markup,
    /// Its contents: anchors, and what they are called.
    pub(crate) links: Vec<(String, &'a str)>,
    /// Its body.
    pub(crate) main: Markup,
    /// Its foot.
    pub(crate) footer: Markup,
}

impl Frame<'_> {
    /// One self-contained page that loads nothing. The generator stands among the first bytes, by which a page that lies among
    /// exports is known for one of ours.
    pub(crate) fn render(self) -> String {
        let page = html! {
            (DOCTYPE)
            html lang="en-GB" {
                head {
                    meta charset="utf-8";
                    meta name="generator" content={ "wardround " (self.version) };
                    meta http-equiv="Content-Security-Policy" content=(content_security_policy());
                    meta name="viewport" content="width=device-width, initial-scale=1";
                    meta name="referrer" content="no-referrer";
                    meta name="robots" content="noindex";
                    meta name="color-scheme" content="light dark";
                    title { (self.title) " – wardround" }
                    link rel="icon" href="data:,";
                    style { (PreEscaped(STYLE)) }
                }
                body {
                    a.skip href="#main" { "Skip to the answer" }
                    (self.before)
                    header { (self.header) }
                    nav aria-label="On this page" {
                        ol {
                            @for (anchor, title) in &self.links {
                                li { a href={ "#" (anchor) } { (title) } }
                            }
                        }
                    }
                    main #main tabindex="-1" { (self.main) }
                    footer { (self.footer) }
                }
            }
        };
        page.into_string()
    }
}
