//! Public facts about Windows: releases, builds, updates, flaws.

pub(crate) mod monthly_flaws;
pub(crate) mod older_updates;
pub(crate) mod software;
pub(crate) mod systems;
