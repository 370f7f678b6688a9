//! `wardround completions`: the command line, completed by the shell.

use clap::{CommandFactory, Parser};
use clap_complete::{Shell, generate};

use super::Cli;
use crate::{ExitCode, Failure};

/// Print a script by which a shell completes commands and options of wardround.
///
/// Where it goes: bash, a file `wardround` in ~/.local/share/bash-completion/completions; zsh, a file `_wardround` in a folder
/// of $fpath; fish, a file `wardround.fish` in ~/.config/fish/completions; PowerShell, the end of $PROFILE.
///
/// Example: wardround completions powershell
#[derive(Debug, Parser)]
pub(super) struct Args {
    /// The shell.
    #[arg(value_enum)]
    shell: Shell,
}

pub(super) fn run(args: &Args) -> Result<String, Failure> {
    let mut script = Vec::new();
    generate(args.shell, &mut Cli::command(), "wardround", &mut script);
    String::from_utf8(script)
        .map_err(|error| Failure::new(ExitCode::Internal, "the script is not text").because(error))
}
