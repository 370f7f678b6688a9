//! How a command ends: the one place where errors meet people.

use std::error::Error;
use std::fmt;

use wardround_evidence::visible;

/// Exit codes. They are part of the interface.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
pub enum ExitCode {
    /// Done.
    Done = 0,
    /// Done, and a threshold that was asked for is crossed.
    ThresholdCrossed = 1,
    /// The command line is wrong.
    Usage = 2,
    /// Input could not be read.
    InputUnreadable = 3,
    /// The evidence is too thin to decide anything.
    TooThin = 4,
    /// A fault of wardround's own.
    Internal = 70,
}

impl From<ExitCode> for std::process::ExitCode {
    fn from(code: ExitCode) -> Self {
        Self::from(code as u8)
    }
}

/// Why a command did not do what was asked, and what may help.
#[derive(Debug)]
pub struct Failure {
    /// The exit code.
    pub code: ExitCode,
    message: String,
    source: Option<Box<dyn Error + Send + Sync>>,
    details: Vec<String>,
    hints: Vec<String>,
}

impl Failure {
    /// A failure with a sentence in lower case, without a full stop.
    #[must_use]
    pub fn new(code: ExitCode, message: impl Into<String>) -> Self {
        Self {
            code,
            message: message.into(),
            source: None,
            details: Vec::new(),
            hints: Vec::new(),
        }
    }

    /// Adds what caused it.
    #[must_use]
    pub fn because(mut self, source: impl Error + Send + Sync + 'static) -> Self {
        self.source = Some(Box::new(source));
        self
    }

    /// Adds a line that tells more of what is wrong, such as one of several faults.
    #[must_use]
    pub fn detail(mut self, line: impl Into<String>) -> Self {
        self.details.push(line.into());
        self
    }

    /// Adds a line that may help.
    #[must_use]
    pub fn hint(mut self, line: impl Into<String>) -> Self {
        self.hints.push(line.into());
        self
    }

    /// The whole of it for a terminal: the message, its causes and hints, a line each.
    #[must_use]
    pub fn words(&self) -> String {
        // Each part may name a file, and a name may hold a line break: it must not look like a line of ours.
        let mut text = format!("error: {}", visible(&self.message));
        let mut cause: Option<&(dyn Error + 'static)> =
            self.source.as_deref().map(|source| source as _);
        while let Some(error) = cause {
            // Some errors end with the words of their own cause.
            let words = visible(&error.to_string()).to_string();
            if !text.ends_with(&format!(": {words}")) {
                text.push_str(&format!("\n  because: {words}"));
            }
            cause = error.source();
        }
        for detail in &self.details {
            text.push_str(&format!("\n  {}", visible(detail)));
        }
        for hint in &self.hints {
            text.push_str(&format!("\n  hint: {}", visible(hint)));
        }
        text
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.message)
    }
}

impl Error for Failure {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        self.source.as_deref().map(|source| source as _)
    }
}
