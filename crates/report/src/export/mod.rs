//! The document in other forms: JSON for programs, a screen of text for the terminal.

mod json;
mod terminal;

pub use self::json::{json_schema, render_json};
pub use self::terminal::summary;
