//! Data to standard output, talk to standard error, bars on a terminal only.

mod bars;

pub(crate) use bars::Bars;

use std::io::{ErrorKind, Write};

use crate::{ExitCode, Failure};

/// Prints data. A reader that has heard enough (`| head`) is no error.
pub(crate) fn say(text: &str) -> Result<(), Failure> {
    match std::io::stdout().lock().write_all(text.as_bytes()) {
        Err(error) if error.kind() != ErrorKind::BrokenPipe => {
            Err(Failure::new(ExitCode::Internal, "cannot write to standard output").because(error))
        }
        _ => Ok(()),
    }
}

/// Prints talk; nothing can be done where even that fails.
pub(crate) fn say_aside(text: &str) {
    let _ = writeln!(std::io::stderr().lock(), "{}", text.trim_end());
}

/// Prints a failure.
pub(crate) fn say_error(text: &str) {
    say_aside(text);
}

/// How wide a summary may be.
pub(crate) fn width() -> usize {
    std::env::var("COLUMNS")
        .ok()
        .and_then(|columns| columns.parse().ok())
        .unwrap_or(100)
        .clamp(40, 120)
}
