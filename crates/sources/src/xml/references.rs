//! What a reference stands for. Only those of XML 1.0, section 4.6, and character references mean anything here.

use std::borrow::Cow;

use memchr::memchr2;

/// The character for which `&name;` stands, if XML defines one.
pub(super) fn character(name: &str) -> Option<char> {
    match name {
        "amp" => Some('&'),
        "apos" => Some('\''),
        "gt" => Some('>'),
        "lt" => Some('<'),
        "quot" => Some('"'),
        _ => {
            let number = name.strip_prefix('#')?;
            let (digits, radix) = match number.strip_prefix('x') {
                Some(digits) => (digits, 16),
                None => (number, 10),
            };
            // The standard library would take a sign.
            if !digits.starts_with(|first: char| first.is_digit(radix)) {
                return None;
            }
            let code = u32::from_str_radix(digits, radix).ok()?;
            char::from_u32(code).filter(|character| *character != '\0')
        }
    }
}

/// An attribute's value with its references resolved; `None` where one means nothing or does not end.
pub(super) fn resolve(value: &str) -> Option<Cow<'_, str>> {
    let Some(first) = value.find('&') else {
        return Some(Cow::Borrowed(value));
    };
    let mut resolved = String::with_capacity(value.len());
    let (before, mut rest) = value.split_at(first);
    resolved.push_str(before);
    while let Some(after) = rest.strip_prefix('&') {
        let end = memchr2(b';', b'&', after.as_bytes())?;
        let (name, tail) = after.split_at(end);
        resolved.push(character(name)?);
        let tail = tail.strip_prefix(';')?;
        let next = tail.find('&').unwrap_or(tail.len());
        let (plain, next) = tail.split_at(next);
        resolved.push_str(plain);
        rest = next;
    }
    Some(Cow::Owned(resolved))
}

#[cfg(test)]
mod tests {
    use super::{character, resolve};

    #[test]
    fn only_what_xml_defines_means_something() {
        for (name, meant) in [
            ("amp", Some('&')),
            ("#65", Some('A')),
            ("#x1F600", Some('😀')),
            ("#0", None),
            ("#+65", None),
            ("#x+41", None),
            ("#xd800", None),
            ("#99999999999", None),
            ("#", None),
            ("#x", None),
            ("nbsp", None),
            ("", None),
        ] {
            assert_eq!(character(name), meant, "{name}");
        }
    }

    #[test]
    fn a_value_resolves_whole_or_not_at_all() {
        for (value, meant) in [
            ("plain; text", Some("plain; text")),
            ("&#xa; a &lt;b&gt;; c", Some("\n a <b>; c")),
            ("&amp;amp;", Some("&amp;")),
            ("a &b; c", None),
            ("a & b", None),
            ("a &amp b; &amp;", None),
            ("&&amp;", None),
            ("&", None),
        ] {
            assert_eq!(resolve(value).as_deref(), meant, "{value}");
        }
    }
}
