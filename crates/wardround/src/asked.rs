//! Which questions are asked of every machine, where no threat is named.

use wardround_estate::{Estate, Question};
use wardround_outbreak::{default_threats, questions_behind};

use crate::{ExitCode, Failure};

/// The questions behind the threats that come first, each once, in their order.
///
/// # Errors
/// When a built-in threat cannot be read, which is a fault of ours.
pub fn questions(estate: &Estate) -> Result<Vec<Question>, Failure> {
    let profiles = default_threats().map_err(|error| {
        Failure::new(ExitCode::Internal, "a built-in threat cannot be read").because(error)
    })?;
    let mut asked: Vec<Question> = profiles
        .iter()
        .flat_map(|profile| questions_behind(profile, estate))
        .collect();
    asked.sort_unstable();
    asked.dedup();
    Ok(asked)
}
