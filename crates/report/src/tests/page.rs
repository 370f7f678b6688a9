//! What holds of the page as a whole: self-contained, styled only by its sheet, well formed, accessible.

use std::collections::BTreeSet;

use wardround_evidence::{Audience, Digest};

use crate::testing::{disclosure, example};
use crate::{Document, render_html, render_json, summary};

fn page(audience: Audience) -> String {
    render_html(&Document::new(&example(), &disclosure(audience)))
}

/// The tags of `page`, without the style sheet's own text.
fn tags(page: &str) -> Vec<&str> {
    page.split('<')
        .skip(1)
        .filter_map(|part| part.split_once('>').map(|(tag, _)| tag))
        .collect()
}

/// The page's elements and attributes in order, without the text between and the values in quotes.
pub(super) fn skeleton(page: &str) -> Vec<String> {
    let unquoted = |tag: &str| -> String {
        let outside = tag.split('"').step_by(2);
        outside.collect::<Vec<_>>().join("\"\"")
    };
    tags(page).into_iter().map(unquoted).collect()
}

/// Attributes that begin with `prefix`.
fn attributes(page: &str, prefix: &str) -> Vec<String> {
    let skeleton = skeleton(page);
    let attributes = skeleton
        .iter()
        .flat_map(|tag| tag.split_whitespace().skip(1));
    attributes
        .filter(|attribute| attribute.starts_with(prefix))
        .map(str::to_owned)
        .collect()
}

fn values<'a>(page: &'a str, attribute: &str) -> Vec<&'a str> {
    let start = format!(" {attribute}=\"");
    page.match_indices(&start)
        .filter_map(|(at, _)| page[at + start.len()..].split('"').next())
        .collect()
}

#[test]
fn the_policy_knows_the_style_sheet_by_digest() {
    let page = page(Audience::Team);
    let style = page
        .split_once("<style>")
        .and_then(|(_, rest)| rest.split_once("</style>"))
        .map(|(style, _)| style)
        .unwrap();
    let digest = crate::theme::base64_of(Digest::of(style.as_bytes()).as_bytes());
    assert!(
        page.contains("default-src 'none'"),
        "maud keeps single quotes"
    );
    assert!(page.contains(&format!("style-src 'sha256-{digest}'")));
    assert!(!page.contains("unsafe"));
}

#[test]
fn nothing_is_loaded_and_nothing_is_inline() {
    for audience in [Audience::Team, Audience::Board, Audience::Share] {
        let page = page(audience);
        assert_eq!(attributes(&page, "style"), Vec::<String>::new());
        assert_eq!(attributes(&page, "on"), Vec::<String>::new());
        for attribute in ["src", "srcset", "action", "poster", "data"] {
            assert_eq!(values(&page, attribute), Vec::<&str>::new(), "{attribute}");
        }
        for link in values(&page, "href") {
            assert!(link.starts_with('#') || link == "data:,", "{link}");
        }
        for element in [
            "<script", "<iframe", "<object", "<embed", "<form", "@import", "url(http",
        ] {
            assert!(!page.contains(element), "{element}");
        }
    }
}

#[test]
fn every_link_on_the_page_has_its_place_and_every_id_is_its_own() {
    for audience in [Audience::Team, Audience::Board, Audience::Share] {
        let page = page(audience);
        let ids = values(&page, "id");
        let distinct: BTreeSet<&str> = ids.iter().copied().collect();
        assert_eq!(ids.len(), distinct.len(), "{ids:?}");
        for link in values(&page, "href") {
            let place = link.trim_start_matches('#');
            assert!(link == "data:," || distinct.contains(place), "{link}");
        }
        for described in ["aria-labelledby", "aria-describedby"] {
            for id in values(&page, described)
                .iter()
                .flat_map(|ids| ids.split(' '))
            {
                assert!(distinct.contains(id), "{id}");
            }
        }
    }
}

#[test]
fn headings_step_down_one_level_at_a_time_below_one_title() {
    let page = page(Audience::Team);
    let levels: Vec<u32> = tags(&page)
        .into_iter()
        .filter(|tag| tag.starts_with('h'))
        .filter_map(|tag| tag.get(1..2).and_then(|level| level.parse().ok()))
        .collect();
    assert_eq!(levels.iter().filter(|level| **level == 1).count(), 1);
    assert_eq!(levels.first(), Some(&1));
    for pair in levels.windows(2) {
        assert!(pair[1] <= pair[0] + 1, "{levels:?}");
    }
}

#[test]
fn people_who_cannot_see_it_can_read_it() {
    let page = page(Audience::Team);
    assert!(page.contains("<html lang=\"en-GB\">"));
    for landmark in ["<header>", "<nav ", "<main ", "<footer>"] {
        assert_eq!(page.matches(landmark).count(), 1, "{landmark}");
    }
    let tables = page.matches("<table").count();
    assert_eq!(page.matches("<caption>").count(), tables);
    for tag in tags(&page) {
        if tag.starts_with("svg") {
            let named = tag.contains("aria-labelledby") || tag.contains("aria-label=");
            assert!(named || tag.contains("aria-hidden"), "{tag}");
        }
        if tag.starts_with("th ") || tag == "th" {
            assert!(tag.contains("scope="), "{tag}");
        }
    }
}

#[test]
fn every_element_is_closed_in_order() {
    const VOID: [&str; 3] = ["meta", "link", "!DOCTYPE"];
    for audience in [Audience::Team, Audience::Share] {
        let page = page(audience);
        let mut open = Vec::new();
        for tag in tags(&page) {
            let name = tag.split_whitespace().next().unwrap();
            if let Some(closed) = name.strip_prefix('/') {
                assert_eq!(open.pop(), Some(closed));
            } else if !VOID.contains(&name) {
                open.push(name);
            }
        }
        assert_eq!(open, Vec::<&str>::new());
    }
}

#[test]
fn of_a_long_list_paper_bears_the_first_lines_and_says_so() {
    let mut review = example();
    review.claims = vec![review.claims[0].clone(); 31];
    let page = render_html(&Document::new(&review, &disclosure(Audience::Team)));
    assert!(page.contains("Printed: the first 20 of 31. The page on the screen goes on."));
    assert!(page.contains(".cut-on-paper > :nth-child(n + 21) { display: none; }"));
}

#[test]
fn the_same_review_gives_the_same_bytes() {
    for audience in [Audience::Team, Audience::Share] {
        let one = Document::new(&example(), &disclosure(audience));
        let two = Document::new(&example(), &disclosure(audience));
        assert_eq!(render_html(&one), render_html(&two));
        assert_eq!(render_json(&one), render_json(&two));
        assert_eq!(summary(&one, 80), summary(&two, 80));
    }
}

/// Writes the example pages for people who want to look: `WARDROUND_EXAMPLES=/tmp/pages cargo test -- --ignored`.
#[test]
#[ignore = "writes files; for looking at the page"]
fn examples_for_looking() {
    let folder = std::path::PathBuf::from(std::env::var("WARDROUND_EXAMPLES").unwrap());
    for audience in [Audience::Team, Audience::Board, Audience::Share] {
        let document = Document::new(&example(), &disclosure(audience));
        let file = |ending: &str| folder.join(format!("{}.{ending}", audience.word()));
        std::fs::write(file("html"), render_html(&document)).unwrap();
        std::fs::write(file("json"), render_json(&document)).unwrap();
        std::fs::write(file("txt"), summary(&document, 80)).unwrap();
    }
}

#[test]
fn what_scrolls_is_no_landmark_since_two_threats_have_tables_of_one_name() {
    let page = page(Audience::Team);
    assert!(page.contains("class=\"scroll"));
    assert!(!page.contains("role=\"region\""));
}
