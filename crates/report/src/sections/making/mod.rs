//! How to make the page again.

use maud::html;

use super::Section;
use crate::document::{Document, Reader};
use crate::numbers::minute;

pub(crate) fn section(document: &Document) -> Option<Section> {
    let made = &document.made;
    Some(Section {
        id: "making",
        title: "How this page was made",
        body: html! {
            p {
                "By wardround " (made.version) ", seed " (made.seed) ", as of " (minute(made.as_of))
                @if made.as_of_newest { " (the newest evidence)" } @else { " (a moment that was asked for)" }
                ". The same files, version and command give the same page, byte for byte:"
            }
            pre tabindex="0" { code { (made.command) } }
            p {
                "wardround reads files that an estate already has. It scans nothing, sends nothing and holds no exploit. "
                @match made.audience {
                    Reader::Team => "",
                    Reader::Board | Reader::Share => "Where a name was in the way of this audience it was replaced by a code that only the makers of the page can resolve.",
                }
            }
        },
    })
}
