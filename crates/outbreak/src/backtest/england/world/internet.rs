//! The open internet around the service: who scans, and what presses on a machine that it reaches.

use wardround_engine::Pressure;

use crate::backtest::Parameters;

/// IPv4 below 224.0.0.0 without 127.0.0.0/8.
pub(crate) const INTERNET_ADDRESSES: f64 = 3_741_319_168.0;

impl Parameters {
    /// Infected machines on the internet after so many hours: logistic growth, by probes at addresses drawn evenly, until the
    /// kill switch keeps new ones from starting.
    #[must_use]
    pub fn internet_infected(&self, hours: f64, kill_switch_hours: Option<f64>) -> f64 {
        let grown = kill_switch_hours.map_or(hours, |live| hours.min(live));
        let open = self.internet_open;
        let first = self.internet_first.min(open);
        let growth = self.uniform_probes_per_hour * self.success_seven * open / INTERNET_ADDRESSES;
        let odds = first / (open - first).max(1.0) * (growth * grown).exp();
        open * odds / (1.0 + odds)
    }
}

/// Probes per hour at one address that the internet reaches, a quarter of an hour each.
pub(super) fn pressure(parameters: &Parameters, kill_switch: Option<f64>) -> Vec<Pressure> {
    const STEP: f64 = 0.25;
    let steps = (24.0 / STEP) as u32;
    (0..=steps)
        .map(|step| {
            let hours = STEP * f64::from(step);
            let infected = parameters.internet_infected(hours + STEP / 2.0, kill_switch);
            Pressure {
                from_hours: hours,
                probes_per_hour: infected * parameters.uniform_probes_per_hour / INTERNET_ADDRESSES,
            }
        })
        .collect()
}
