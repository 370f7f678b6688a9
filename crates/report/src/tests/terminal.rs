//! The terminal's screen.

use wardround_evidence::Audience;

use crate::testing::{disclosure, example};
use crate::{Document, summary};

#[test]
fn the_summary_is_one_screen() {
    let document = Document::new(&example(), &disclosure(Audience::Team));
    let text = summary(&document, 80);
    assert!(text.lines().all(|line| line.chars().count() <= 80));
    assert!(text.lines().count() <= 36, "{}", text.lines().count());
    insta::assert_snapshot!(text);
}

#[test]
fn it_wraps_at_any_width_and_loses_nothing() {
    let document = Document::new(&example(), &disclosure(Audience::Share));
    let words =
        |text: &str| -> Vec<String> { text.split_whitespace().map(str::to_owned).collect() };
    let wide = summary(&document, 1_000);
    for width in [0, 31, 60, 120] {
        assert_eq!(words(&summary(&document, width)), words(&wide));
    }
}
