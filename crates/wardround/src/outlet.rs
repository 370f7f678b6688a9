//! Writing what may be longer than memory allows: line by line to standard output or to a file for its owner only.

use std::io::{BufWriter, ErrorKind, Stdout, Write};
use std::path::{Path, PathBuf};

use tempfile::NamedTempFile;

use crate::output::beside;
use crate::{ExitCode, Failure};

/// Where text goes as it is made.
#[derive(Debug)]
pub struct Outlet(To);

#[derive(Debug)]
enum To {
    /// Whoever reads may have heard enough, which is no error.
    Output {
        to: BufWriter<Stdout>,
        heard_enough: bool,
    },
    /// Whole or not at all: beside its place first.
    File {
        to: BufWriter<NamedTempFile>,
        path: PathBuf,
    },
}

impl Outlet {
    /// To a file, or to standard output where none is named or it is `-`.
    ///
    /// # Errors
    /// When the file's folder cannot be written to.
    pub fn new(path: Option<&Path>) -> Result<Self, Failure> {
        Ok(Self(match path {
            Some(path) if path.as_os_str() != "-" => To::File {
                to: BufWriter::new(beside(path).map_err(|error| not_written(path, error))?),
                path: path.to_owned(),
            },
            _ => To::Output {
                to: BufWriter::new(std::io::stdout()),
                heard_enough: false,
            },
        }))
    }

    /// Whether it goes to a file that was named.
    #[must_use]
    pub const fn is_file(&self) -> bool {
        matches!(self.0, To::File { .. })
    }

    /// Writes on.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn write(&mut self, text: &str) -> Result<(), Failure> {
        match &mut self.0 {
            To::Output {
                heard_enough: true, ..
            } => Ok(()),
            To::Output { to, heard_enough } => enough(to.write_all(text.as_bytes()), heard_enough),
            To::File { to, path } => to
                .write_all(text.as_bytes())
                .map_err(|error| not_written(path, error)),
        }
    }

    /// Writes what is left and puts a file in its place.
    ///
    /// # Errors
    /// When it cannot be written. What stood in the file's place before is then untouched.
    pub fn close(self) -> Result<(), Failure> {
        match self.0 {
            To::Output {
                heard_enough: true, ..
            } => Ok(()),
            To::Output {
                mut to,
                mut heard_enough,
            } => enough(to.flush(), &mut heard_enough),
            To::File { to, path } => {
                let failure = |error| not_written(&path, error);
                let file = to
                    .into_inner()
                    .map_err(|error| failure(error.into_error()))?;
                file.as_file().sync_all().map_err(failure)?;
                file.persist(&path).map_err(|error| failure(error.error))?;
                Ok(())
            }
        }
    }
}

fn enough(written: std::io::Result<()>, heard_enough: &mut bool) -> Result<(), Failure> {
    match written {
        Err(error) if error.kind() == ErrorKind::BrokenPipe => {
            *heard_enough = true;
            Ok(())
        }
        Err(error) => {
            Err(Failure::new(ExitCode::Internal, "cannot write to standard output").because(error))
        }
        Ok(()) => Ok(()),
    }
}

fn not_written(path: &Path, error: std::io::Error) -> Failure {
    let words = format!("cannot write `{}`", path.display());
    Failure::new(ExitCode::InputUnreadable, words).because(error)
}
