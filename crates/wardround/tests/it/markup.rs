//! Looking at outputs as a browser or a terminal would.

use std::collections::BTreeSet;

use wardround_evidence::visible;

/// The names of a page's elements and, with `@`, of their attributes.
pub(crate) fn vocabulary(page: &str) -> BTreeSet<String> {
    let mut words = BTreeSet::new();
    let tags = page
        .split('<')
        .skip(1)
        .filter_map(|part| part.split_once('>'));
    for (tag, _) in tags {
        let outside_quotes: String = tag.split('"').step_by(2).collect();
        let mut names = outside_quotes.split_whitespace();
        words.extend(names.next().map(str::to_owned));
        words.extend(names.map(|name| format!("@{}", name.trim_end_matches('='))));
    }
    words
}

/// The first character of an output that would steer a terminal or hide text, but for line breaks.
pub(crate) fn hidden(output: &str) -> Option<char> {
    output
        .chars()
        .filter(|character| *character != '\n')
        .find(|character| visible(&character.to_string()) != character.to_string())
}
