//! What the store promises.

mod segments;
