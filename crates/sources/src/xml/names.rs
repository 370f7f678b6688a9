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

    /// Lets go of the innermost, if it `ends`.
    pub(super) fn pop_if(&mut self, ends: bool) -> Option<E> {
        if !ends {
            return None;
        }
        let (element, start) = self.elements.pop()?;
        self.names.truncate(start);
        Some(element)
    }

    /// The innermost.
    pub(super) fn innermost(&self) -> Option<E> {
        self.elements.last().map(|(element, _)| *element)
    }

    /// The innermost's name.
    pub(super) fn name(&self) -> Option<&str> {
        let (_, start) = self.elements.last()?;
        Some(&self.names[*start..])
    }

    pub(super) const fn depth(&self) -> usize {
        self.elements.len()
    }
}
