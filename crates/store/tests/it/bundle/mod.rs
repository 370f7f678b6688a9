//! Signed bundles: what is sound, and that nothing else is taken for it.

mod cases;
mod made;
mod sound;
mod tampered;
