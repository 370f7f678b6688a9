//! The kinds of machine that the engine tells apart, and the hours that they keep.

use wardround_engine::{Class, Opening, Schedule};

use crate::backtest::Parameters;
use crate::population::PresenceRules;

#[derive(Clone, Copy)]
pub(super) enum Family {
    Seven = 0,
    Server = 1,
    Xp = 2,
}

/// Places of a class in the table: three families, the schedules, answering the kill switch or not, exposed or not.
pub(super) fn class_of(family: Family, schedule: usize, answers: bool, exposed: bool) -> u16 {
    let place = (family as usize * SCHEDULES + schedule) * 4
        + usize::from(answers) * 2
        + usize::from(exposed);
    place as u16
}

/// One for each level of presence; the machines of the lowest are always on.
pub(super) const SCHEDULES: usize = 4;
pub(super) const CLASSES: usize = 3 * SCHEDULES * 4;

/// The levels of presence of workstations, ascending, and the hours that machines below each keep.
pub(in crate::backtest::england) fn schedules() -> (Vec<f64>, Vec<Schedule>) {
    let shares = PresenceRules::built_in().workstation;
    let mut levels = vec![shares.office, shares.evening, shares.night, shares.weekend];
    levels.sort_by(f64::total_cmp);
    levels.dedup();
    debug_assert!(levels.len() <= SCHEDULES, "each has its classes");
    let schedules = levels.iter().map(|level| Schedule {
        is_on: std::array::from_fn(|hour| shares.at(hour) >= *level),
    });
    let schedules = schedules.collect();
    (levels, schedules)
}

pub(super) fn classes(parameters: &Parameters) -> Vec<Class> {
    let class = |place: usize| {
        let (family, rest) = (place / (SCHEDULES * 4), place % (SCHEDULES * 4));
        let schedule = rest / 4;
        let (success, crash) = match family {
            0 => (parameters.success_seven, 0.0),
            1 => (parameters.success_2008, 0.0),
            _ => (0.0, parameters.crash_xp),
        };
        Class {
            openings: vec![Opening {
                success: success as f32,
                crash: crash as f32,
            }],
            carries: vec![true],
            answers_kill_switch: rest & 2 != 0,
            is_exposed: rest & 1 != 0,
            schedule: (schedule > 0).then_some(schedule as u16),
            patched: None,
        }
    };
    (0..CLASSES).map(class).collect()
}
