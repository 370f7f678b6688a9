//! What `netstat -an`, `-ano` and the like list, on Windows, Linux, macOS and BSD.
//!
//! What it proves: ports on which the machine listens to others (not to itself alone), and conversations that were under
//! way, both *inventoried* by the machine. A port that listens may still be closed by a firewall on the way.
//!
//! What it does not prove: nothing says how long a listing should be, so a port that is not in it may be open. It names
//! neither its machine nor its moment: the machine is known by its own addresses in conversations with others, or where it
//! has none, by those that it listens on, many of which may be a virtual network's. Owners of sockets and programs are not
//! kept. UDP sockets above the well-known and registered ports that servers use are as often a client's, and left out.
//!
//! Seen: `netstat -aonb` of Windows 10, net-tools 1.60 and 2.10, macOS 13. States of Windows in other languages are not
//! known: there a port listens where its line has no other side, and conversations are left out and counted.

mod endpoint;
mod listing;
mod socket;
#[cfg(test)]
mod tests;

use std::io::BufRead;

use self::listing::Listing;
use self::socket::Line;
use crate::windows::PlainText;
use crate::{Head, ReadError, Reader, Sink};

/// Lines that may stand before the first socket: a prompt, a title in some language, the heading.
const LINES_BEFORE: usize = 20;

/// Reads listings of sockets.
pub(super) struct NetstatListing;

impl Reader for NetstatListing {
    fn id(&self) -> &'static str {
        "netstat_listing"
    }

    fn title(&self) -> &'static str {
        "netstat listing"
    }

    /// By a socket in its first lines.
    fn recognise(&self, head: &Head<'_>) -> bool {
        let lines = head.text().lines().filter(|line| !line.trim().is_empty());
        let mut lines = lines.take(LINES_BEFORE);
        lines.any(|line| matches!(Line::of(line), Line::Socket(_)))
    }

    fn read(&self, input: &mut dyn BufRead, sink: &mut Sink) -> Result<(), ReadError> {
        sink.tool("netstat");
        sink.note("The listing does not say when it was taken.");
        for count in ["sockets_listening", "conversations"] {
            sink.count(count, 0);
        }
        let mut text = PlainText::open(input, sink)?;
        let mut listing: Option<Listing> = None;
        let mut listings = 0;
        let mut result = Ok(());
        loop {
            let line = match text.next_line() {
                Ok(Some(line)) => line,
                Ok(None) => break,
                Err(error) => {
                    result = Err(error);
                    break;
                }
            };
            match Line::of(&line) {
                // Another heading may begin another machine's listing.
                Line::Heading => {
                    if let Some(finished) = listing.take() {
                        finished.finish(sink)?;
                    }
                }
                Line::Socket(socket) => {
                    let current = listing.get_or_insert_with(|| {
                        listings += 1;
                        Listing::begin(text.number(), listings)
                    });
                    current.socket(&socket, sink)?;
                }
                Line::Other => {}
            }
        }
        if text.stops_open() {
            sink.note("The file does not end with a line end; if it was cut there, its last line may be wrong.");
        }
        let finished = listing.map_or(Ok(()), |listing| listing.finish(sink));
        result.and(finished)
    }
}
