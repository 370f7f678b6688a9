//! Where an event ends, and what it is: looked up in text, nothing kept.
//!
//! What is no XML is taken as other readers of exports take it: a tag ends at the first `>` outside quotes, and whatever
//! is wrong among its attributes spoils those alone.

use memchr::{memchr, memchr2, memchr3_iter};

use super::tag::{Attribute, Attributes};

/// What stands at the beginning of some text. Numbers are bytes from there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Token {
    /// An element begins; its name ends at `name_end`. `empty`: and ends at once.
    Open { name_end: usize, empty: bool },
    /// An element ends; its name ends at `name_end`.
    Close { name_end: usize },
    /// Text without a reference.
    Text,
    /// `&…;`
    Reference,
    /// `<![CDATA[…]]>`
    CData,
    /// A comment, an instruction, or a document type that defines nothing.
    Other,
    /// A document type that defines something.
    Definitions,
    /// Another declaration.
    Declaration,
    /// Nothing that XML has.
    Malformed,
}

/// What `rest` begins with and how many bytes that has; `None` where it goes on beyond them. `innermost` is the element
/// that is open; `ended` says that nothing follows.
pub(super) fn scan(
    rest: &str,
    innermost: &str,
    ended: bool,
    attributes: &mut Attributes,
) -> Option<(Token, usize)> {
    let bytes = rest.as_bytes();
    match bytes {
        [] => None,
        [b'<'] => None,
        [b'<', b'/', ..] => close(bytes, innermost.as_bytes()),
        [b'<', b'!', ..] => declaration(rest),
        [b'<', b'?', ..] => {
            let end = rest[1..].find("?>")? + 3;
            // `<?>`
            let whole = if end > 3 {
                Token::Other
            } else {
                Token::Malformed
            };
            Some((whole, end))
        }
        [b'<', ..] => plain_tag(bytes, attributes).or_else(|| any_tag(bytes, attributes)),
        [b'&', ..] => match bytes[1..].iter().position(|byte| b";&<".contains(byte)) {
            Some(end) if bytes[end + 1] == b';' => Some((Token::Reference, end + 2)),
            Some(end) => Some((Token::Text, end + 1)),
            None => ended.then_some((Token::Text, bytes.len())),
        },
        _ => match memchr2(b'<', b'&', bytes) {
            Some(end) => Some((Token::Text, end)),
            None => ended.then_some((Token::Text, bytes.len())),
        },
    }
}

fn close(bytes: &[u8], innermost: &[u8]) -> Option<(Token, usize)> {
    let name_end = innermost.len() + 2;
    if bytes.get(name_end) == Some(&b'>') && &bytes[2..name_end] == innermost {
        return Some((Token::Close { name_end }, name_end + 1));
    }
    let end = tag_end(bytes)?;
    let name = bytes[2..end].iter().rposition(|byte| !is_space(*byte));
    let name_end = name.map_or(end, |last| last + 3);
    Some((Token::Close { name_end }, end + 1))
}

/// A tag as nearly all are, in one walk; `None` where it is not, or goes on beyond the bytes.
fn plain_tag(bytes: &[u8], attributes: &mut Attributes) -> Option<(Token, usize)> {
    attributes.clear();
    let name_length = bytes[1..].iter().position(|byte| ends_name(*byte))?;
    let name_end = name_length + 1;
    let mut at = name_end;
    loop {
        at = pass_space(bytes, at)?;
        match bytes[at] {
            b'>' => {
                let empty = false;
                return Some((Token::Open { name_end, empty }, at + 1));
            }
            b'/' if *bytes.get(at + 1)? == b'>' => {
                let empty = true;
                return Some((Token::Open { name_end, empty }, at + 2));
            }
            b'/' | b'=' => return None,
            _ => {}
        }
        let start = at;
        at += bytes[at..].iter().position(|byte| ends_key(*byte))?;
        let key = start..at;
        at = pass_space(bytes, at)?;
        if bytes[at] != b'=' {
            return None;
        }
        at = pass_space(bytes, at + 1)?;
        let quote = bytes[at];
        if quote != b'"' && quote != b'\'' {
            return None;
        }
        let start = at + 1;
        let mut end = start + memchr2(quote, b'&', &bytes[start..])?;
        if bytes[end] == b'&' {
            attributes.refer = true;
            end += memchr(quote, &bytes[end..])?;
        }
        let value = start..end;
        attributes.list.push(Attribute { key, value });
        at = end + 1;
    }
}

/// Any tag: first its end, then its attributes as far as they can be told apart.
fn any_tag(bytes: &[u8], attributes: &mut Attributes) -> Option<(Token, usize)> {
    let end = tag_end(bytes)?;
    let empty = end > 1 && bytes[end - 1] == b'/';
    let inside = &bytes[..end - usize::from(empty)];
    let name = inside[1..].iter().position(|byte| is_space(*byte));
    let name_end = name.map_or(inside.len(), |length| length + 1);
    attributes.clear();
    attributes.refer = inside.contains(&b'&');
    list(inside, name_end, attributes);
    Some((Token::Open { name_end, empty }, end + 1))
}

/// Lists the attributes. One that is not written as XML demands is left out, and the next begins after the next space or
/// with what stands in place of its `=`.
fn list(inside: &[u8], mut at: usize, attributes: &mut Attributes) {
    while let Some(start) = pass_space(inside, at) {
        match attribute(inside, start) {
            Ok(attribute) => {
                at = attribute.value.end + 1;
                attributes.list.push(attribute);
            }
            Err(next) => {
                let before = attributes.list.len();
                attributes.malformed_after.get_or_insert(before);
                at = next.unwrap_or(inside.len());
            }
        }
    }
}

/// The attribute that begins at `start`; else where to look for another, if anywhere.
fn attribute(inside: &[u8], start: usize) -> Result<Attribute, Option<usize>> {
    let find = |from: usize, wanted: fn(u8) -> bool| {
        let found = inside[from..].iter().position(|byte| wanted(*byte));
        found.map(|length| from + length)
    };
    let key_end = find(start + 1, |byte| byte == b'=' || is_space(byte)).ok_or(None)?;
    let equals = pass_space(inside, key_end).ok_or(None)?;
    if inside[equals] != b'=' {
        return Err(Some(equals));
    }
    let open = pass_space(inside, equals + 1).ok_or(None)?;
    let quote = inside[open];
    if quote != b'"' && quote != b'\'' {
        return Err(find(open, is_space));
    }
    let length = memchr(quote, &inside[open + 1..]).ok_or(None)?;
    Ok(Attribute {
        key: start..key_end,
        value: open + 1..open + 1 + length,
    })
}

/// The first `>` outside quotes.
fn tag_end(bytes: &[u8]) -> Option<usize> {
    let mut quote = None;
    memchr3_iter(b'>', b'"', b'\'', bytes).find(|at| match (quote, bytes[*at]) {
        (None, b'>') => true,
        (None, opening) => {
            quote = Some(opening);
            false
        }
        (Some(opened), byte) => {
            quote = quote.filter(|_| opened != byte);
            false
        }
    })
}

/// What begins with `<!`.
fn declaration(rest: &str) -> Option<(Token, usize)> {
    let until = |from: usize, end: &str, whole| {
        let length = rest.get(from..)?.find(end)?;
        Some((whole, from + length + end.len()))
    };
    for (beginning, end, whole) in [
        ("<!--", "-->", Token::Other),
        ("<![CDATA[", "]]>", Token::CData),
    ] {
        if rest.starts_with(beginning) {
            return until(beginning.len(), end, whole);
        }
        if beginning.starts_with(rest) {
            return None;
        }
    }
    match rest.as_bytes()[2] {
        b'D' | b'd' => document_type(rest),
        b'-' | b'[' => Some((Token::Malformed, 2)),
        _ => Some((Token::Declaration, 2)),
    }
}

/// Other readers take `<!doctype` as well, so it must not hide definitions from us.
fn document_type(rest: &str) -> Option<(Token, usize)> {
    const BEGINNING: &str = "<!DOCTYPE";
    let bytes = rest.as_bytes();
    if !bytes
        .iter()
        .zip(BEGINNING.bytes())
        .all(|(byte, wanted)| byte.eq_ignore_ascii_case(&wanted))
    {
        return Some((Token::Malformed, 2));
    }
    let mut quote = None;
    for (at, &byte) in bytes.iter().enumerate().skip(BEGINNING.len()) {
        match (quote, byte) {
            (_, b'[') => return Some((Token::Definitions, at)),
            (None, b'"' | b'\'') => quote = Some(byte),
            (Some(opened), byte) if opened == byte => quote = None,
            (None, b'>') => {
                let named = bytes[BEGINNING.len()..at]
                    .iter()
                    .any(|byte| !is_space(*byte));
                let whole = if named {
                    Token::Other
                } else {
                    Token::Malformed
                };
                return Some((whole, at + 1));
            }
            _ => {}
        }
    }
    None
}

/// The first byte that is no white space.
fn pass_space(bytes: &[u8], from: usize) -> Option<usize> {
    let length = bytes.get(from..)?.iter().position(|byte| !is_space(*byte));
    length.map(|length| from + length)
}

const fn is_space(byte: u8) -> bool {
    matches!(byte, b' ' | b'\t' | b'\r' | b'\n')
}

const fn ends_name(byte: u8) -> bool {
    is_space(byte) || matches!(byte, b'>' | b'/' | b'"' | b'\'')
}

const fn ends_key(byte: u8) -> bool {
    is_space(byte) || matches!(byte, b'=' | b'>' | b'"' | b'\'')
}

/// A little wider than XML 1.0, 2.3: enough to tell a name from the ruins of a tag.
pub(super) fn is_name(name: &str) -> bool {
    let plain = name.bytes().all(|byte| byte.is_ascii_alphabetic());
    if plain {
        return !name.is_empty();
    }
    !name.is_empty()
        && !name.starts_with(|first: char| first.is_ascii_digit() || matches!(first, '-' | '.'))
        && name.chars().all(|character| {
            character.is_alphanumeric() || matches!(character, '-' | '_' | '.' | ':')
        })
}
