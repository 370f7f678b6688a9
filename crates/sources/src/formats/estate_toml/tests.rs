//! Each sample beside what came of it.

use crate::formats::testing::check;

#[test]
fn every_table_declares_its_entries() {
    check("estate_toml/ordinary.toml");
}

#[test]
fn a_description_cut_short_is_refused() {
    check("estate_toml/truncated.toml");
}

#[test]
fn a_misspelt_word_refuses_the_file_and_says_which_words_there_are() {
    check("estate_toml/unknown_field.toml");
    check("estate_toml/unknown_table.toml");
    check("estate_toml/single_brackets.toml");
}

#[test]
fn formulas_and_markup_are_text_and_bad_entries_are_skipped() {
    check("estate_toml/hostile.toml");
    check("estate_toml/nested.toml");
}
