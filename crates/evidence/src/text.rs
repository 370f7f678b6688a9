//! Making text that came from a scanned machine harmless to look at.

/// Shows control, bidirectional and invisible characters as escapes, so that text cannot steer a terminal or hide itself.
///
/// Everything else is kept. Markup is not touched here: each output escapes for its own format.
///
/// The bidirectional controls are those of Unicode Standard Annex 9, table 2; the invisible ones are the zero-width
/// characters and the byte-order mark.
#[must_use]
pub fn visible(text: &str) -> String {
    let mut shown = String::with_capacity(text.len());
    for character in text.chars() {
        if is_hidden(character) {
            shown.extend(character.escape_unicode());
        } else {
            shown.push(character);
        }
    }
    shown
}

fn is_hidden(character: char) -> bool {
    character.is_control()
        || matches!(
            character,
            '\u{061C}'
                | '\u{200B}'..='\u{200F}'
                | '\u{2028}'..='\u{202E}'
                | '\u{2060}'..='\u{2069}'
                | '\u{FEFF}'
                | '\u{FFF9}'..='\u{FFFB}'
                | '\u{E0000}'..='\u{E007F}'
        )
}

#[cfg(test)]
mod tests {
    use super::visible;

    #[test]
    fn ordinary_text_of_any_language_is_kept() {
        assert_eq!(visible("Röntgen-PC 2 שלום"), "Röntgen-PC 2 שלום");
    }

    #[test]
    fn terminal_escapes_and_right_to_left_marks_become_visible() {
        assert_eq!(
            visible("a\u{1b}[31mb\u{202e}c\n"),
            "a\\u{1b}[31mb\\u{202e}c\\u{a}"
        );
    }
}
