//! How an XML file is recognised.

use super::names::is_name;

/// The name of the first element, read from the beginning of a file: what comes before it is skipped.
pub(crate) fn root_name(text: &str) -> Option<&str> {
    let mut rest = text;
    loop {
        rest = &rest[rest.find('<')?..];
        let end = if rest.starts_with("<!--") {
            rest.find("-->")?
        } else if rest.starts_with("<?") {
            rest.find("?>")?
        } else if rest.starts_with("<!") {
            let close = rest.find('>')?;
            if rest[..close].contains('[') {
                rest.find("]>")?
            } else {
                close
            }
        } else {
            let name = &rest[1..];
            let end = name
                .find(|character: char| character.is_whitespace() || matches!(character, '>' | '/'))
                .unwrap_or(name.len());
            if is_name(&name[..end]) {
                return Some(&name[..end]);
            }
            0
        };
        rest = &rest[end + 1..];
    }
}

#[cfg(test)]
mod tests {
    use super::root_name;

    #[test]
    fn the_first_element_is_the_root() {
        for text in [
            "<scan>",
            "<scan/>",
            "<scan a='<other>'>",
            "<?xml version='1.0'?>\n<!DOCTYPE scan [<!ENTITY a 'b'>]>\n<!-- <other> --><scan\n>",
            "if 1 < 2 then << <- <1>\n<scan",
        ] {
            assert_eq!(root_name(text), Some("scan"), "{text}");
        }
    }

    #[test]
    fn what_holds_no_element_has_no_root() {
        for text in [
            "",
            "<",
            "<!--<scan>",
            "<?xml <scan>",
            "<!DOCTYPE scan [ <scan>",
            "{}",
        ] {
            assert_eq!(root_name(text), None, "{text}");
        }
    }
}
