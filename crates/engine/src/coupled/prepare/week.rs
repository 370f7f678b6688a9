//! Schedules as hours since the start.

use crate::{Input, Schedule};

/// When schedules switch.
#[derive(Clone, Debug)]
pub(in crate::coupled) struct Week {
    start: f64,
    horizon: f64,
    schedules: Vec<Schedule>,
    /// Whether any schedule switches as each hour of the week begins.
    switches: [bool; 168],
}

impl Week {
    pub(in crate::coupled) fn new(input: &Input) -> Self {
        let mut switches = [false; 168];
        for schedule in &input.schedules {
            for (hour, switches) in switches.iter_mut().enumerate() {
                *switches |= schedule.is_on[hour] != schedule.is_on[(hour + 167) % 168];
            }
        }
        Self {
            start: input.start_hour_of_week,
            horizon: input.horizon_hours,
            schedules: input.schedules.clone(),
            switches,
        }
    }

    /// The hour, counted from the Monday before the start, that holds at the start.
    pub(in crate::coupled) fn first_hour(&self) -> u32 {
        self.start as u32
    }

    /// When an hour begins.
    pub(in crate::coupled) fn begins(&self, hour: u32) -> f64 {
        f64::from(hour) - self.start
    }

    /// The next hour after this one at whose beginning anything switches.
    pub(in crate::coupled) fn next_switch(&self, hour: u32) -> Option<u32> {
        (hour + 1..=hour + 168).find(|hour| self.switches[*hour as usize % 168])
    }

    /// Whether a schedule is on in an hour.
    pub(in crate::coupled) fn is_on(&self, schedule: u16, hour: u32) -> bool {
        self.schedules[usize::from(schedule)].is_on[hour as usize % 168]
    }

    /// When so many hours of a schedule have passed from a moment on, in an hour at or after `hour`. Without end if that
    /// is after the horizon.
    pub(in crate::coupled) fn after(
        &self,
        schedule: Option<u16>,
        now: f64,
        hour: u32,
        mut hours: f64,
    ) -> f64 {
        let Some(schedule) = schedule else {
            return now + hours;
        };
        let mut from = now;
        for hour in hour.. {
            if from > self.horizon {
                break;
            }
            let end = self.begins(hour + 1);
            if end > from {
                if self.is_on(schedule, hour) {
                    if from + hours < end {
                        return from + hours;
                    }
                    hours -= end - from;
                }
                from = end;
            }
        }
        f64::INFINITY
    }

    /// The first moment after `hour` has begun at which a schedule is on.
    pub(in crate::coupled) fn switched_on(
        &self,
        schedule: Option<u16>,
        now: f64,
        hour: u32,
    ) -> f64 {
        let Some(schedule) = schedule else {
            return now;
        };
        // `hour` is the last one as which anything switched, so the schedule is as it was then.
        let on = (hour..hour + 169).find(|&hour| self.is_on(schedule, hour));
        on.map_or(f64::INFINITY, |hour| now.max(self.begins(hour)))
    }
}
