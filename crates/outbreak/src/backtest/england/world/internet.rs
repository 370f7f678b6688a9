//! The open internet around the service: who scans, and what presses on a machine that it reaches. One course for England's
//! backtest and for that of the world.

use wardround_engine::Pressure;

use super::Clock;
use crate::backtest::Parameters;

/// IPv4 below 224.0.0.0 without 127.0.0.0/8.
pub(crate) const INTERNET_ADDRESSES: f64 = 3_741_319_168.0;

/// An infected machine scans the internet for so long at most (kept as exactly that).
pub(in crate::backtest) const SCANS_FOR_HOURS: f64 = 24.0;

/// How finely the course is followed, in hours: 18 seconds.
const STEP: f64 = 0.005;

/// What becomes of the machines of the internet that are open to the worm: numbers so great that chance is left out.
pub(in crate::backtest) struct InternetCourse {
    /// Machines that were infected so far, at each step.
    infected: Vec<f64>,
    /// Machines that scan, at each step.
    scanning: Vec<f64>,
}

impl InternetCourse {
    /// The course until so many hours.
    ///
    /// Probes go to addresses drawn evenly. A machine scans from its latency's end for a day. From when the kill switch is live,
    /// machines that look names up directly start no more; the others go on.
    pub(in crate::backtest) fn new(
        parameters: &Parameters,
        kill_switch_hours: Option<f64>,
        until_hours: f64,
    ) -> Self {
        let open = parameters.internet_open;
        let first = parameters.internet_first.min(open);
        let direct = parameters.internet_direct_share;
        let taken =
            parameters.uniform_probes_per_hour * parameters.success_seven / INTERNET_ADDRESSES;
        let ends = 1.0 - (-STEP / parameters.latency_hours.max(1e-6)).exp();
        let day = (SCANS_FOR_HOURS / STEP) as usize;
        let [mut asking, mut others] = [direct, 1.0 - direct].map(|share| (open - first) * share);
        let (mut latent, mut started) = (0.0, vec![first]);
        let mut infected = vec![first];
        let mut scanning = vec![first];
        let (mut infected_now, mut started_now, mut scans) = (first, first, first);
        let steps = (until_hours / STEP).ceil() as usize;
        for step in 1..=steps {
            let is_live = kill_switch_hours.is_some_and(|live| STEP * step as f64 > live);
            let hit = 1.0 - (-scans * taken * STEP).exp();
            let fell = [if is_live { 0.0 } else { asking * hit }, others * hit];
            asking -= fell[0];
            others -= fell[1];
            let begun = latent * ends;
            latent += fell[0] + fell[1] - begun;
            infected_now += fell[0] + fell[1];
            started_now += begun;
            let ended = step.checked_sub(day).map_or(0.0, |ago| started[ago]);
            scans = started_now - ended;
            infected.push(infected_now);
            started.push(started_now);
            scanning.push(scans);
        }
        Self { infected, scanning }
    }

    /// Machines infected by an hour.
    pub(in crate::backtest) fn infected(&self, hours: f64) -> f64 {
        at(&self.infected, hours)
    }

    /// Machines that scan at an hour.
    pub(in crate::backtest) fn scanning(&self, hours: f64) -> f64 {
        at(&self.scanning, hours)
    }

    /// When so many are infected; infinity where that is never.
    pub(in crate::backtest) fn reaches(&self, infected: f64) -> f64 {
        let place = self.infected.iter().position(|now| *now >= infected);
        place.map_or(f64::INFINITY, |step| STEP * step as f64)
    }
}

fn at(steps: &[f64], hours: f64) -> f64 {
    let step = (hours / STEP).round() as usize;
    steps.get(step).or(steps.last()).copied().unwrap_or(0.0)
}

/// Probes per hour at one address that the internet reaches, a quarter of an hour each.
pub(super) fn pressure(parameters: &Parameters, kill_switch: Option<f64>) -> Vec<Pressure> {
    const EACH: f64 = 0.25;
    let course = InternetCourse::new(parameters, kill_switch, Clock::HORIZON_HOURS);
    let steps = (Clock::HORIZON_HOURS / EACH) as u32;
    (0..steps)
        .map(|step| {
            let from_hours = EACH * f64::from(step);
            Pressure {
                from_hours,
                probes_per_hour: course.scanning(from_hours + EACH / 2.0)
                    * parameters.uniform_probes_per_hour
                    / INTERNET_ADDRESSES,
            }
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::{INTERNET_ADDRESSES, InternetCourse};
    use crate::backtest::Prior;

    #[test]
    fn growth_is_logistic_and_scanning_ends_a_day_after_it_began() {
        let prior = Prior::england_2017();
        let mut parameters = prior.at(&vec![0.5; Prior::COUNT]);
        parameters.latency_hours = 1e-6;
        parameters.internet_first = 100.0;
        let growth = parameters.uniform_probes_per_hour
            * parameters.success_seven
            * parameters.internet_open
            / INTERNET_ADDRESSES;
        let course = InternetCourse::new(&parameters, None, 72.0);
        let exponential = 100.0 * (1.0 / growth * growth).exp();
        let infected = course.infected(1.0 / growth);
        assert!(
            (infected / exponential - 1.0).abs() < 0.05,
            "{infected} {exponential}"
        );
        assert!((course.infected(72.0) / parameters.internet_open - 1.0).abs() < 1e-3);
        assert!(course.scanning(20.0) > 0.99 * parameters.internet_open);
        assert!(course.scanning(72.0) < 1.0);
        let stopped = InternetCourse::new(&parameters, Some(0.0), 72.0);
        let others =
            100.0 + (parameters.internet_open - 100.0) * (1.0 - parameters.internet_direct_share);
        assert!((stopped.infected(72.0) / others - 1.0).abs() < 0.01);
    }
}
