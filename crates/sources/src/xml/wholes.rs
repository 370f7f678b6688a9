//! Elements that stood there before as a whole, letter by letter, and what the format made of them. Hosts of a scan have the
//! same ports with the same services; what stands in these is compared and not taken apart.

/// How many elements are remembered that begin with the same tag: the same port is open here and closed there.
const ALTERNATIVES: usize = 4;

/// After so many elements none of which came again, only one of so many is remembered.
const PATIENCE: u32 = 16;

/// The longest element that is remembered, in bytes.
const LONGEST: usize = 1 << 10;

/// An element from `<` to `>`, and what it said.
struct Whole<S> {
    text: String,
    /// How many elements it stood in.
    depth: usize,
    said: S,
}

/// Those that begin with the same tag.
struct Alternatives<S> {
    list: Vec<Whole<S>>,
    /// Which of them goes first.
    oldest: usize,
    /// How many others have begun since one of them came again.
    in_vain: u32,
}

/// Elements that may come again, by the place at which their tags are remembered.
pub(super) struct Wholes<S> {
    by_tag: Vec<Alternatives<S>>,
}

impl<S> Wholes<S> {
    pub(super) const fn new() -> Self {
        Self { by_tag: Vec::new() }
    }

    /// What the element said that `text` begins with, and its length, where it is remembered. Inside more elements than before
    /// it may be beyond the limit.
    #[inline(always)]
    pub(super) fn find(&mut self, tag: usize, text: &str, depth: usize) -> Option<(&S, usize)> {
        let alternatives = self.by_tag.get_mut(tag)?;
        let stands =
            |whole: &&Whole<S>| depth <= whole.depth && text.starts_with(whole.text.as_str());
        let whole = alternatives.list.iter().find(stands)?;
        alternatives.in_vain = 0;
        Some((&whole.said, whole.text.len()))
    }

    /// Whether an element that begins with this tag and was not found is worth remembering.
    pub(super) fn is_worth_it(&mut self, tag: usize) -> bool {
        if self.by_tag.len() <= tag {
            let none = || Alternatives {
                list: Vec::new(),
                oldest: 0,
                in_vain: 0,
            };
            self.by_tag.resize_with(tag + 1, none);
        }
        let Some(alternatives) = self.by_tag.get_mut(tag) else {
            return false;
        };
        alternatives.in_vain = alternatives.in_vain.saturating_add(1);
        alternatives.in_vain < PATIENCE || alternatives.in_vain.is_multiple_of(PATIENCE)
    }

    /// Whether an element of so many bytes is worth remembering.
    pub(super) const fn keeps(bytes: usize) -> bool {
        bytes <= LONGEST
    }

    /// Remembers an element that is worth it.
    #[inline(never)]
    pub(super) fn remember(&mut self, tag: usize, text: &str, depth: usize, said: S) {
        let Some(Alternatives {
            list,
            oldest,
            in_vain,
        }) = self.by_tag.get_mut(tag)
        else {
            return;
        };
        if *in_vain >= PATIENCE {
            // One is enough to see whether they come again, and less to compare.
            list.truncate(1);
            *oldest = 0;
        }
        match list.get_mut(*oldest) {
            Some(whole) => {
                whole.text.clear();
                // No more than it takes: there may be a thousand.
                whole.text.reserve_exact(text.len());
                whole.text.push_str(text);
                whole.depth = depth;
                whole.said = said;
            }
            None => list.push(Whole {
                text: text.to_owned(),
                depth,
                said,
            }),
        }
        *oldest = (*oldest + 1) % ALTERNATIVES;
    }
}
