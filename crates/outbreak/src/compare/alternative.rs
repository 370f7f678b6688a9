//! What is told of a world that is compared with another.

use crate::population::{Effect, Settle};
use crate::scenario::{KillSwitchState, ResponseRule, Scenario};

/// What is told of a world that is compared with another one of the same population and scenario. What the scenario says
/// besides, where outbreaks begin and for how long they are followed among it, both have in common.
#[derive(Clone, Debug, PartialEq)]
pub struct Alternative {
    /// How what is unknown is settled.
    pub settle: Settle,
    /// What is changed.
    pub effects: Vec<Effect>,
    /// What organisations do once they notice.
    pub response: Option<ResponseRule>,
    /// Whether the worm's kill switch is answered.
    pub kill_switch: KillSwitchState,
}

impl Alternative {
    /// What the evidence supports under a scenario, unknowns drawn.
    #[must_use]
    pub fn of(scenario: &Scenario) -> Self {
        Self {
            settle: Settle::Drawn,
            effects: Vec::new(),
            response: scenario.response,
            kill_switch: scenario.kill_switch,
        }
    }

    /// The same with these effects.
    #[must_use]
    pub fn with(scenario: &Scenario, effects: &[Effect]) -> Self {
        Self {
            effects: effects.to_vec(),
            ..Self::of(scenario)
        }
    }

    /// The scenario as it is in this world.
    pub(super) fn scenario(&self, of_both: &Scenario) -> Scenario {
        Scenario {
            response: self.response,
            kill_switch: self.kill_switch,
            ..of_both.clone()
        }
    }
}
