//! What a service does not do for being impaired, by day; and what that comes to in money.

use super::{Clock, HOURS_OF_DAY, Service};

/// One day of one service, in units of its activity: planned = done + on paper + postponed + lost.
///
/// Units are excess over an ordinary day of that weekday. Those of different activities are never added.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct DayLoss {
    /// What is done on an ordinary such day.
    pub planned: f64,
    /// Done on paper instead.
    pub on_paper: f64,
    /// Not done, and done on a later day.
    pub postponed: f64,
    /// Not done by this organisation.
    pub lost: f64,
}

/// Pounds sterling, apart from any count.
#[derive(Clone, Copy, Debug, Default, PartialEq, PartialOrd)]
pub struct Gbp(pub f64);

impl DayLoss {
    /// Done as ever.
    #[must_use]
    pub fn done(&self) -> f64 {
        self.planned - self.on_paper - self.postponed - self.lost
    }

    /// Not done on the day, whether it is done later or not.
    #[must_use]
    pub fn not_done(&self) -> f64 {
        self.postponed + self.lost
    }

    /// What its units not done are worth at a price for each.
    #[must_use]
    pub fn worth(&self, price: Gbp) -> Gbp {
        Gbp(self.not_done() * price.0)
    }
}

/// The losses of a service in each day of the clock, hour by hour of its impairment.
///
/// In an hour in which `planned` units are due, the impaired share of them cannot be done electronically: of these the kept
/// share is done on paper, of the rest the postponed share later.
#[must_use]
pub fn losses(service: &Service, impairment: &[f64], clock: &Clock) -> Vec<DayLoss> {
    (0..clock.days as usize)
        .map(|day| {
            let planned = service.units_per_day * 7.0 * service.by_weekday[clock.weekday(day)];
            let hours = service.by_hour.iter().zip(
                impairment
                    .iter()
                    .skip(day * HOURS_OF_DAY)
                    .take(HOURS_OF_DAY),
            );
            let impaired: f64 = hours.map(|(share, impaired)| share * impaired).sum();
            // The hours' shares sum to 1 but for rounding.
            let stopped = planned * impaired.min(1.0);
            let on_paper = stopped * service.kept_on_paper;
            let not_done = stopped - on_paper;
            let postponed = not_done * service.postponed;
            DayLoss {
                planned,
                on_paper,
                postponed,
                lost: not_done - postponed,
            }
        })
        .collect()
}
