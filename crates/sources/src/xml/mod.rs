//! XML as a stream of events, for every format written in it: bounded, and deaf to whatever a file defines for itself.
//!
//! quick-xml tells the events apart; only plain tags and texts, which are nearly all, are taken without it (`plain`), as it
//! would take them: debug builds ask it again each time. What stood there before as a whole is compared and passed over
//! (`wholes`).
//! quick-xml is given the text of the file window by window, since it is faster where it may point into a text than where it
//! must gather one; an event that goes on beyond a window begins the next.
//!
//! Memory is one event, at most [`Limits::record_bytes`](crate::Limits::record_bytes), a small window, and some two megabytes at
//! most of what may come again, whatever the size of the file. Only the five entities of XML 1.0, section 4.6, and character
//! references are resolved.

mod events;
mod names;
mod plain;
mod repeats;
mod root;
mod tag;
#[cfg(test)]
mod tests;
mod walk;
mod wholes;
mod window;

pub(crate) use root::root_name;
pub(crate) use tag::{Tag, unescaped};
pub(crate) use walk::{Walk, walk};
#[cfg(test)]
pub(crate) use walk::{Way, walk_in_windows};
