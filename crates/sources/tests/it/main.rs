//! What holds of the whole crate, through its public door.

mod corpus;
