//! The formats, in alphabetical order; each is a folder with its samples.

#[cfg(test)]
mod testing;
#[cfg(test)]
mod tests;

use crate::Reader;

/// All readers.
#[must_use]
pub fn readers() -> &'static [&'static dyn Reader] {
    &[]
}
