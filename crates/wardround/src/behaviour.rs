//! Behaviour that `wardround calibrate` wrote, as other commands take it up.

use std::path::Path;

use wardround_outbreak::backtest::calibrate::Behaviour;
use wardround_outbreak::harm::ServiceRules;

use crate::threats::read_at_most;
use crate::{ExitCode, Failure};

/// No file of behaviour is longer, in bytes.
const LONGEST: usize = 1 << 20;

/// A file of behaviour.
#[derive(Clone, Debug)]
pub struct ChosenBehaviour {
    /// The file's name, where it lay being the user's own affair.
    pub name: String,
    /// What it says.
    pub behaviour: Behaviour,
    /// The numbers of services with it.
    pub rules: ServiceRules,
}

/// Reads a file of behaviour.
///
/// # Errors
/// When it cannot be read or used.
pub fn behaviour(path: &Path) -> Result<ChosenBehaviour, Failure> {
    let bytes = read_at_most(path, LONGEST)?;
    let failure = || {
        let words = format!("cannot use `{}`", path.display());
        Failure::new(ExitCode::InputUnreadable, words)
            .hint("`wardround calibrate incidents.csv -o behaviour.toml` writes such a file")
    };
    let text = String::from_utf8(bytes).map_err(|error| failure().because(error))?;
    let behaviour = Behaviour::parse(&text).map_err(|error| failure().because(error))?;
    let rules = behaviour.applied(ServiceRules::built_in());
    Ok(ChosenBehaviour {
        name: path
            .file_name()
            .map(|name| name.to_string_lossy().into_owned())
            .unwrap_or_default(),
        rules: rules.map_err(|error| failure().because(error))?,
        behaviour,
    })
}
