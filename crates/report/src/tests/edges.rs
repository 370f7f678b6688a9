//! Reviews that hold little or odd numbers: nothing panics, nothing is claimed.

use wardround_evidence::Audience;

use crate::testing::{disclosure, example};
use crate::{Document, Interval, Review, Settled, render_html, render_json, summary};

fn page(review: &Review) -> String {
    let document = Document::new(review, &disclosure(Audience::Team));
    assert!(!render_json(&document).is_empty());
    assert!(!summary(&document, 80).is_empty());
    render_html(&document)
}

#[test]
fn an_empty_review_says_so() {
    let mut review = example();
    review.answers.clear();
    review.to_do.clear();
    review.to_find_out.clear();
    review.claims.clear();
    review.samples.clear();
    review.assumptions.clear();
    review.not_modelled.clear();
    review.sources.clear();
    review.unrecognised.clear();
    review.refused.clear();
    review.estate_notes.clear();
    review.tally.verdicts.clear();
    review.tally.unseen_estimate = None;
    review.tally.holds_self_reported = None;
    review.reconciliation.by_source.clear();
    review.reconciliation.unsure.clear();
    review.reconciliation.disqualified.clear();
    review.reconciliation.merged_by.clear();
    review.made.evidence_span = None;
    review.made.handling = None;
    let page = page(&review);
    for sentence in [
        "No threat was asked about",
        "No claim was given",
        "No file was understood.",
        "No handling line was set",
        "No evidence carries a date.",
    ] {
        assert!(page.contains(sentence), "{sentence}");
    }
}

#[test]
fn a_worm_that_always_dies_out_takes_nothing() {
    let mut review = example();
    let always = review.answers[1].in_favour.clone();
    review.answers[0].drawn = always;
    let page = page(&review);
    assert!(page.contains(
        "If one office PC is infected, it dies out: it did so in all 1,000 simulated outbreaks."
    ));
}

#[test]
fn a_worm_that_never_dies_out_is_said_to() {
    let mut review = example();
    review.answers[0].drawn.dies_out = 0.0;
    review.answers[0].drawn.dies_out_error = 0.0;
    assert!(page(&review).contains("it died out in none of 1,000 simulated outbreaks"));
}

#[test]
fn the_leading_sentence_is_conditional() {
    assert!(page(&example()).contains(
        "If one office PC is infected, in 62 of 100 outbreaks it dies out; otherwise it takes 410 to 960 of 3,040 machines (nine in ten)."
    ));
}

#[test]
fn odd_numbers_do_no_harm() {
    let mut review = example();
    for odd in [f64::NAN, f64::INFINITY, -1.0, 1e300] {
        for answer in &mut review.answers {
            answer.open = Settled::default();
            answer.drawn.dies_out = odd;
            answer.drawn.dies_out_error = odd;
            answer.drawn.mean_taken_error = odd;
            answer.drawn.hosts = 0;
            answer.drawn.replicates = 0;
            answer.drawn.taken = Some(Interval {
                low: odd,
                median: odd,
                high: odd,
            });
            for point in &mut answer.drawn.fan {
                point.quantiles = [odd; 5];
                point.hour = odd;
            }
            for line in &mut answer.organisations {
                line.reached = odd;
                line.first_hour = Some(odd);
            }
            for line in &mut answer.hosts {
                line.passes_on = odd;
            }
        }
        let page = page(&review);
        assert!(!page.contains("NaN") && !page.contains("inf\""), "{odd}");
    }
}

#[test]
fn a_country_still_fits_on_a_page() {
    let mut review = example();
    let line = review.answers[0].organisations[0].clone();
    review.answers[0].organisations = vec![line; 7_200];
    review.claims = vec![review.claims[0].clone(); 30_000];
    review.sources = vec![review.sources[0].clone(); 5_000];
    review.unrecognised = vec![review.unrecognised[0].clone(); 5_000];
    review.refused = vec![review.refused[0].clone(); 5_000];
    let page = page(&review);
    assert!(page.contains("7,000 more lines are"));
    assert!(page.len() < 700_000, "{}", page.len());
}
