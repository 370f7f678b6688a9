//! What must be true of every output, whatever the review holds.

mod contrast;
mod disclosed;
mod edges;
mod hostile;
mod page;
mod schema;
mod terminal;
