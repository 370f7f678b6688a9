//! The patterns of the published schemas, each by hand.

/// Whether a text matches; nothing where the pattern is not one of those that the schemas use.
pub(crate) fn matches(pattern: &str, text: &str) -> Option<bool> {
    let bytes = text.as_bytes();
    let fits = match pattern {
        "\\S" => !text.trim().is_empty(),
        "^[a-z0-9-]{1,64}$" => {
            (1..=64).contains(&bytes.len())
                && bytes
                    .iter()
                    .all(|b| matches!(b, b'a'..=b'z' | b'0'..=b'9' | b'-'))
        }
        "^[0-9]{1,5}/[A-Za-z]{3,4}$" => text.split_once('/').is_some_and(|(port, kind)| {
            (1..=5).contains(&port.len())
                && port.bytes().all(|b| b.is_ascii_digit())
                && (3..=4).contains(&kind.len())
                && kind.bytes().all(|b| b.is_ascii_alphabetic())
        }),
        "^https?://[^\\s<>\"`\\\\]+$" => {
            let rest = text.strip_prefix("http").unwrap_or_default();
            let rest = rest.strip_prefix('s').unwrap_or(rest);
            rest.strip_prefix("://").is_some_and(|rest| {
                !rest.is_empty()
                    && !rest.contains(|c: char| c.is_whitespace() || "<>\"`\\".contains(c))
            })
        }
        "^[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?$" => {
            let parts: Vec<&str> = text.split('-').collect();
            let digits = |(part, wanted): (&&str, &usize)| {
                part.len() == *wanted && part.bytes().all(|b| b.is_ascii_digit())
            };
            (1..=3).contains(&parts.len()) && parts.iter().zip(&[4, 2, 2]).all(digits)
        }
        _ => return None,
    };
    Some(fits)
}
