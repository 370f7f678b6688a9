//! What an outbreak cost England's trusts in activity, from 12 to 18 May 2017.

use super::bodies::{Body, Kind};
use super::history::{Fate, History};
use super::world::{Clock, SERVER_2008, SEVEN, XP};
use crate::backtest::Parameters;
use crate::draws::{Decides, generator};
use crate::harm::{
    self, CLINICAL, Change, Course, Cut, DrawnServices, Group, Recovery, SERVERS, ServiceRules,
    USERS, impairment, losses,
};
use rand::seq::SliceRandom;

/// A kind of activity that is counted, and how much of it England's trusts do on an ordinary day (mean over all seven days).
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Usual {
    /// Its identifier among the rules' activities.
    pub id: &'static str,
    /// In all acute and specialist trusts.
    pub acute_per_day: f64,
    /// In all mental health and community trusts.
    pub other_per_day: f64,
}

impl Usual {
    /// So much by all acute trusts at the mean of a trust that reports any, and the rest of what the country does by others.
    const fn of(id: &'static str, mean_of_a_trust: f64, national: f64) -> Self {
        let acute = (ACUTE * mean_of_a_trust).min(national);
        Self {
            id,
            acute_per_day: acute,
            other_per_day: national - acute,
        }
    }

    /// In all of them.
    #[must_use]
    pub const fn per_day(&self) -> f64 {
        self.acute_per_day + self.other_per_day
    }
}

/// Acute and specialist trusts.
const ACUTE: f64 = 155.0;
/// Of outpatient appointments, those that a hospital can still cancel: attended or missed, 79.2 and 6.7 % (NHS Digital, hospital
/// episode statistics, March 2016 to February 2017). The others were cancelled before, by either side.
const STANDING: f64 = 0.792 + 0.067;

/// The activity that is counted. Country: NHS Digital (116.8 million outpatient appointments a year) and Ghafur et al. 2019, table
/// 2B, an ordinary week. Means for each trust and day: the same, table 2A. The two tell over how many trusts the means are:
/// some 200 for outpatients, 190 for emergencies, 181 for electives, 152 for A&E; so not all of it is done by 155 acute trusts.
/// That an acute trust does no more than the mean of all that report is crude: it does more.
pub const ACTIVITIES: [Usual; 4] = [
    Usual::of(
        "outpatient_appointments",
        1_603.9 * STANDING,
        116.8e6 / 365.0 * STANDING,
    ),
    Usual::of("elective_admissions", 120.4, 152_208.0 / 7.0),
    Usual::of("emergency_admissions", 107.2, 142_379.0 / 7.0),
    Usual::of("ae_attendances", 347.5, 369_257.0 / 7.0),
];
/// So many of them, the first, are planned care, of which one outage tells.
const PLANNED: usize = 2;
const OUTAGE: harm::Outage = harm::Outage::NORTHERN_LINCOLNSHIRE_2016;

/// The week counted.
const DAYS: usize = 7;

/// Losses of one outbreak, in units of each of [`ACTIVITIES`] not done, postponed or lost.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Toll {
    /// In trusts that were infected and knew it.
    pub infected: [f64; 4],
    /// In other trusts, which cut themselves off.
    pub cut_off: [f64; 4],
    /// What infected trusts plan in the week.
    pub planned_infected: [f64; 4],
    /// What all trusts plan in the week.
    pub planned: [f64; 4],
    /// What infected trusts' losses are worth, in GBP.
    pub infected_gbp: f64,
    /// What a unit of each is worth, in GBP.
    pub price_gbp: [f64; 4],
    /// Departments that divert, by day from 12 May.
    pub diverting: [u32; DAYS],
}

impl Toll {
    /// The losses had all trusts fared like those that were infected.
    #[must_use]
    pub fn if_all_infected(&self) -> [f64; 4] {
        std::array::from_fn(|at| {
            if self.planned_infected[at] > 0.0 {
                self.infected[at] / self.planned_infected[at] * self.planned[at]
            } else {
                0.0
            }
        })
    }
}

/// Which part of the activity a trust has its share of.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Does {
    Acute,
    Other,
}

impl Does {
    const fn of(self, usual: &Usual) -> f64 {
        match self {
            Self::Acute => usual.acute_per_day,
            Self::Other => usual.other_per_day,
        }
    }
}

const fn does(body: &Body) -> Option<Does> {
    match body.kind {
        Kind::Acute | Kind::Specialist => Some(Does::Acute),
        Kind::MentalHealth | Kind::Community => Some(Does::Other),
        Kind::Ambulance | Kind::SurgeryGroup | Kind::Wales => None,
    }
}

/// The toll of an outbreak. What a draw decides about services is keyed by its number.
///
/// # Panics
/// If the rules lack one of [`ACTIVITIES`].
#[must_use]
pub fn toll(
    bodies: &[Body],
    history: &History,
    parameters: &Parameters,
    rules: &ServiceRules,
    seed: u64,
    draw: u64,
) -> Toll {
    let mut drawn = rules.draw(seed, draw);
    // One outage (F4) ties the two: the longer systems were off in effect, the more was kept.
    let kept = OUTAGE.kept_on_paper_if_out(parameters.systems_off_days);
    for usual in &ACTIVITIES[..PLANNED] {
        if let Some(activity) = rules.activity(usual.id) {
            drawn.activities[activity].kept_on_paper = kept;
        }
    }
    let clock = harm::Clock::week(Clock::START_HOUR_OF_WEEK);
    let activities = ACTIVITIES.map(|usual| {
        rules
            .activity(usual.id)
            .expect("the rules have every activity")
    });
    let machines_like = |other: &Body| {
        let alike = bodies.iter().filter(|body| does(body) == does(other));
        f64::from(alike.map(|body| body.machines).sum::<u32>())
    };
    let mut toll = Toll {
        price_gbp: activities.map(|activity| {
            drawn.activities[activity]
                .price
                .map_or(0.0, |price| price.0)
        }),
        ..Toll::default()
    };
    for (number, (body, fate)) in bodies.iter().zip(&history.fates).enumerate() {
        let Some(does) = does(body) else {
            continue;
        };
        let share = f64::from(body.machines) / machines_like(body);
        let planned = ACTIVITIES.map(|usual| share * does.of(&usual));
        let course = course(
            body,
            fate,
            parameters,
            &drawn,
            rules,
            seed,
            draw,
            number as u64,
        );
        let shut = shut(fate, parameters, &clock);
        if course.is_untouched() && shut.is_none() {
            for (at, a_day) in planned.into_iter().enumerate() {
                toll.planned[at] += 7.0 * a_day;
                if fate.is_known() {
                    toll.planned_infected[at] += 7.0 * a_day;
                }
            }
            continue;
        }
        let shares = course.shares(&clock);
        let counts: Vec<u32> = course.groups.iter().map(|group| group.machines).collect();
        for (at, activity) in activities.into_iter().enumerate() {
            let mut service = drawn.service(activity, planned[at]);
            service.users.push(OLD);
            let mut impaired = impairment(&service, &shares, &counts, &[], &drawn.curve, &clock);
            if let Some(shut) = &shut {
                for (impaired, shut) in impaired.iter_mut().zip(shut) {
                    *impaired = 1.0 - (1.0 - *impaired) * (1.0 - shut);
                }
            }
            let week = losses(&service, &impaired, &clock);
            let not_done: f64 = week.iter().map(harm::DayLoss::not_done).sum();
            toll.planned[at] += week.iter().map(|day| day.planned).sum::<f64>();
            if fate.is_known() {
                toll.planned_infected[at] += week.iter().map(|day| day.planned).sum::<f64>();
                toll.infected[at] += not_done;
                toll.infected_gbp += not_done * toll.price_gbp[at];
            } else {
                toll.cut_off[at] += not_done;
            }
            if ACTIVITIES[at].id == "ae_attendances" {
                for (sum, diverts) in toll
                    .diverting
                    .iter_mut()
                    .zip(drawn.diversion.days(&impaired))
                {
                    *sum += if diverts { body.ae_sites } else { 0 };
                }
            }
        }
    }
    toll
}

/// The place of machines with Windows XP that drive no device: users' machines that crash, and are soon back.
const OLD: usize = 3;

/// What became of a trust's machines: half a machine-hour off at most, since they are counted by the hour.
///
/// Machines that the payload struck are made anew; those that crashed start again. A machine crashes once in an outbreak: that
/// it may be crashed again while others look for machines is left to the range of hours.
#[expect(clippy::too_many_arguments, reason = "all of it is one trust's")]
fn course(
    body: &Body,
    fate: &Fate,
    parameters: &Parameters,
    drawn: &DrawnServices,
    rules: &ServiceRules,
    seed: u64,
    draw: u64,
    number: u64,
) -> Course {
    let group = |share: f64, recovery, out: Vec<i32>| Group {
        machines: ((f64::from(body.machines) * share) as u32).max(1),
        changes: (out.into_iter().enumerate())
            .filter(|(_, machines)| *machines > 0)
            .map(|(hour, machines)| Change {
                hours: hour as f64 + 0.5,
                machines,
            })
            .collect(),
        recovery: Some(recovery),
    };
    let struck = |which: usize| fate.out.iter().map(|out| out[which] as i32).collect();
    let mut course = Course::default();
    if !fate.out.is_empty() {
        let drives = parameters.xp_drives_devices;
        let crashed: Vec<u32> = fate.out.iter().map(|out| out[2]).collect();
        let [devices, others] = divided(&crashed, drives);
        let restarts = started_again(parameters.restart_hours);
        course.groups = vec![Group::default(); 4];
        course.groups[USERS] = group(1.0 - SERVER_2008 - XP, drawn.recovery, struck(0));
        course.groups[SERVERS] = group(SERVER_2008, drawn.servers_recovery, struck(1));
        course.groups[CLINICAL] = group(XP * drives, restarts, devices);
        course.groups[OLD] = group(XP * (1.0 - drives), restarts, others);
    }
    let cut_from = if fate.is_infected() {
        fate.isolates.then_some(fate.acted_hours)
    } else {
        fate.precaution_hours
    };
    if let Some(from_hours) = cut_from.filter(|hours| hours.is_finite()) {
        course.cuts.push(Cut {
            from_hours,
            until_hours: from_hours + rules.cut_off_hours(seed, draw, number),
        });
    }
    course
}

/// Counts by the hour in two parts, of which the first has so large a share; none is lost to rounding.
fn divided(counts: &[u32], share: f64) -> [Vec<i32>; 2] {
    let mut all = 0;
    let mut first = 0;
    let pairs = counts.iter().map(|count| {
        all += count;
        let until = (f64::from(all) * share).round() as i32;
        let now = until - std::mem::replace(&mut first, until);
        (now, *count as i32 - now)
    });
    let (first, second) = pairs.unzip();
    [first, second]
}

/// All machines that crashed are back so many hours later.
fn started_again(hours: f64) -> Recovery {
    Recovery {
        delay_hours: hours,
        most_by_hours: hours,
        most_share: 1.0,
        all_by_hours: hours,
    }
}

/// How far everything is switched off in each hour.
fn shut(fate: &Fate, parameters: &Parameters, clock: &harm::Clock) -> Option<Vec<f64>> {
    if !fate.off_hours.is_finite() {
        return None;
    }
    let shut = (0..clock.hours()).map(|hour| {
        let since = hour as f64 + 0.5 - clock.start_hour_of_day() - fate.off_hours;
        switched_off(since, parameters.systems_off_days)
    });
    Some(shut.collect())
}

/// The share of systems that are off so many hours after all were switched off: all at first, then ever fewer until the last are
/// on after four days, so that they are off for so many days in effect.
fn switched_off(hours: f64, days: f64) -> f64 {
    let last = 24.0 * OUTAGE.out_days_high;
    let wholly = 2.0 * 24.0 * days - last;
    if hours < 0.0 || hours >= last {
        0.0
    } else if hours < wholly {
        1.0
    } else {
        (last - hours) / (last - wholly)
    }
}

/// The share of its machines that were infected in each large trust that was, in a random order.
#[must_use]
pub fn shares_in_large_trusts(
    bodies: &[Body],
    history: &History,
    seed: u64,
    draw: u64,
) -> Vec<f64> {
    let pairs = bodies.iter().zip(&history.fates);
    let mut shares: Vec<f64> = pairs
        .filter(|(body, fate)| {
            body.kind == Kind::Acute && body.machines >= LARGE && fate.is_known()
        })
        .map(|(body, fate)| f64::from(fate.infected) / f64::from(body.machines))
        .collect();
    shares.shuffle(&mut generator(seed, draw, Decides::Backtest, &[2]));
    shares
}

/// A large trust has at least so many machines: as Birmingham, Barts and York did (6,000 to 8,000), with some room below.
pub const LARGE: u32 = 4_500;

const _: () = assert!(SEVEN + SERVER_2008 + XP < 1.0, "shares of systems");

#[cfg(test)]
mod tests {
    use super::{ACTIVITIES, OUTAGE, divided, started_again, switched_off};

    #[test]
    fn days_off_and_what_is_kept_on_paper_cancel_what_was_counted() {
        for days in [2.8, 3.1, 4.0] {
            let off: f64 = (0..96_000)
                .map(|step| switched_off((f64::from(step) + 0.5) / 1_000.0, days) / 1_000.0)
                .sum();
            assert!((off - 24.0 * days).abs() < 0.01, "{off}");
            let cancelled = off / 24.0 * 1_000.0 * (1.0 - OUTAGE.kept_on_paper_if_out(days));
            assert!((cancelled - 2_800.0).abs() < 1.0, "{cancelled}");
        }
    }

    #[test]
    fn acute_trusts_do_no_more_than_the_mean_of_those_that_report() {
        let shares = ACTIVITIES.map(|usual| usual.acute_per_day / usual.per_day());
        // 155 of 200, 181, 190 and 152 trusts.
        for (share, trusts) in shares.into_iter().zip([199.5, 180.6, 189.7, 155.0]) {
            assert!((share - 155.0 / trusts).abs() < 0.002, "{share} {trusts}");
        }
        assert!((ACTIVITIES[0].acute_per_day - 213_554.0).abs() < 10.0);
    }

    #[test]
    fn a_crash_lasts_as_long_as_a_restart_and_no_machine_is_lost() {
        assert!((started_again(3.0).hours_out(100.0) - 3.0).abs() < 1e-12);
        let [devices, others] = divided(&[1, 1, 1, 4], 0.3);
        assert_eq!(devices.iter().sum::<i32>(), 2);
        let both: Vec<i32> = devices.iter().zip(&others).map(|(a, b)| a + b).collect();
        assert_eq!(both, [1, 1, 1, 4]);
        assert!(devices.iter().chain(&others).all(|machines| *machines >= 0));
    }
}
