//! Names of elements: which XML allows, and which are open.

/// A little wider than XML 1.0, 2.3: enough to tell a name from the ruins of a tag.
#[inline]
pub(super) fn is_name(name: &str) -> bool {
    let plain = name.bytes().all(|byte| byte.is_ascii_alphabetic());
    (plain && !name.is_empty()) || is_unusual_name(name)
}

#[cold]
fn is_unusual_name(name: &str) -> bool {
    !name.is_empty()
        && !name.starts_with(|first: char| first.is_ascii_digit() || matches!(first, '-' | '.'))
        && name.chars().all(|character| {
            character.is_alphanumeric() || matches!(character, '-' | '_' | '.' | ':')
        })
}

/// The elements that are open: what a format makes of each, and their names, one behind the other.
///
/// quick-xml would compare names as well, but forgets them from one window to the next.
#[derive(Debug)]
pub(super) struct Open<E> {
    elements: Vec<(E, usize)>,
    names: String,
}

impl<E: Copy> Open<E> {
    pub(super) const fn new() -> Self {
        Self {
            elements: Vec::new(),
            names: String::new(),
        }
    }

    pub(super) fn push(&mut self, element: E, name: &str) {
        self.elements.push((element, self.names.len()));
        self.names.push_str(name);
    }

    /// Ends the innermost, which must have this name.
    pub(super) fn pop(&mut self, name: &str) -> Option<E> {
        let (element, start) = self.elements.pop()?;
        let nests = self.names.as_bytes()[start..] == *name.as_bytes();
        self.names.truncate(start);
        nests.then_some(element)
    }

    /// The innermost.
    pub(super) fn innermost(&self) -> Option<E> {
        self.elements.last().map(|(element, _)| *element)
    }

    pub(super) const fn depth(&self) -> usize {
        self.elements.len()
    }
}
