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
    columns().unwrap_or(100).clamp(40, 120)
}

/// How many characters a line of standard output holds: what the environment's `COLUMNS` says, or else as many as the terminal
/// has. None where it is no terminal.
pub(crate) fn columns() -> Option<usize> {
    let asked = std::env::var("COLUMNS").ok();
    let asked = asked.and_then(|columns| columns.parse().ok());
    let output = std::io::stdout();
    asked.or_else(|| {
        let (width, _) = terminal_size::terminal_size_of(output)?;
        Some(usize::from(width.0)).filter(|width| *width > 0)
    })
}

/// A text on lines of at most `width` characters, all but the first begun with `indent` spaces; the first has `before` already.
pub(crate) fn wrapped(before: &str, text: &str, width: usize, indent: usize) -> String {
    let mut lines = vec![before.to_owned()];
    let mut is_begun = false;
    for word in text.split(' ') {
        let line = lines.last_mut().expect("there is a first line");
        if is_begun && line.chars().count() + 1 + word.chars().count() > width {
            lines.push(" ".repeat(indent) + word);
            continue;
        }
        if is_begun {
            line.push(' ');
        }
        line.push_str(word);
        is_begun = true;
    }
    lines.join("\n") + "\n"
}
