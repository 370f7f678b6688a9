//! The naive twin of the engine, random small worlds to try both on, and the law that they have to share.

pub(crate) mod law;
pub(crate) mod literal;
pub(crate) mod observed;
pub(crate) mod random;
pub(crate) mod simpler;
pub(crate) mod worlds;
