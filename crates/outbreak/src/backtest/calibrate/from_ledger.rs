//! Cancelled units of an incident, as a ledger has them.

use std::collections::{BTreeMap, BTreeSet};

use jiff::ToSpan;
use jiff::civil::Date;
use serde::Serialize;

use super::incidents::MachinesBack;
use crate::harm::ledger::{Ledger, LedgerEntry, Span, Standing};
use crate::rows::{Row, RowFault};

/// What a ledger has of one activity on the days of one incident.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct FromLedger {
    /// The incident.
    pub incident: String,
    /// The activity's identifier.
    pub activity: String,
    /// The days summed: from that on which the incident was noticed to the last on which machines came back.
    pub days: Span,
    /// Rows summed.
    pub rows: usize,
    /// Units cancelled, by all organisations.
    pub cancelled: f64,
    /// Who entered them.
    pub organisations: Vec<String>,
    /// Whether any were estimated.
    pub is_estimated: bool,
}

impl FromLedger {
    /// `120 from 2017-05-12 to 2017-05-19`.
    pub(super) fn words(&self) -> String {
        format!(
            "{} from {} to {}",
            self.cancelled, self.days.first, self.days.last
        )
    }
}

/// Sums what a ledger has of an activity from the day on which an incident was noticed to the last on which machines came back.
///
/// # Errors
/// When the row does not say from when to when, or an organisation that enters this activity has not entered all of these
/// days: what is not entered is missing, and a sum without it would be too small.
pub(super) fn summed(
    row: &Row,
    machines: Option<&MachinesBack>,
    ledger: &Ledger,
    activity: &str,
) -> Result<FromLedger, RowFault> {
    let days = days(row, machines)?;
    let mut sum = FromLedger {
        incident: row.needed("incident")?.to_owned(),
        activity: activity.to_owned(),
        days,
        rows: 0,
        cancelled: 0.0,
        organisations: Vec::new(),
        is_estimated: false,
    };
    let mut entered: BTreeMap<&str, BTreeSet<Date>> = BTreeMap::new();
    for placed in &ledger.rows {
        let LedgerEntry::Cancelled {
            activity: of,
            units,
        } = &placed.row.entry
        else {
            continue;
        };
        if of != activity {
            continue;
        }
        let here = entered.entry(&placed.row.organisation).or_default();
        let day = placed.row.day;
        if (days.first..=days.last).contains(&day) {
            here.insert(day);
            sum.rows += 1;
            sum.cancelled += units;
            sum.is_estimated |= placed.row.standing == Standing::Estimated;
        }
    }
    if sum.rows == 0 {
        let what = format!(
            "it is empty, and the ledger has no {activity} from {} to {}",
            days.first, days.last
        );
        return Err(row.fault("cancelled_units", what));
    }
    for (organisation, there) in &entered {
        let mut all = days
            .first
            .series(1.day())
            .take_while(|day| *day <= days.last);
        if let Some(missing) = all.find(|day| !there.contains(day)) {
            let what = format!(
                "it is empty, and {organisation} has not entered {activity} of {missing} in the ledger, so that a sum from {} to {} \
                 would be too small; a day on which nothing was cancelled has a row with 0",
                days.first, days.last
            );
            return Err(row.fault("cancelled_units", what));
        }
    }
    sum.organisations = entered.into_keys().map(str::to_owned).collect();
    Ok(sum)
}

/// From the day of `noticed_at` to the last of `machines_back_by`.
fn days(row: &Row, machines: Option<&MachinesBack>) -> Result<Span, RowFault> {
    let noticed = row.stated("noticed_at").ok_or_else(|| {
        row.fault(
            "noticed_at",
            "it is empty, and the ledger is summed from this day on",
        )
    })?;
    let first: Option<Date> = noticed.get(..10).and_then(|day| day.parse().ok());
    let first = first.ok_or_else(|| {
        let what = format!("`{noticed}` is no time, such as 2017-05-12T13:30");
        row.fault("noticed_at", what)
    })?;
    let last_back = machines.and_then(|machines| machines.back_by.last());
    let last = last_back.and_then(|(days, _)| {
        let days = days.ceil() as i64;
        first.checked_add(days.days()).ok()
    });
    let last = last.ok_or_else(|| {
        row.fault(
            "machines_back_by",
            "it is empty, and the ledger is summed to the last of these days",
        )
    })?;
    Ok(Span { first, last })
}

#[cfg(test)]
mod tests {
    use super::super::Incidents;
    use crate::harm::ServiceRules;
    use crate::harm::ledger::{Ledger, Span};
    use jiff::civil::date;

    const HEADER: &str = "incident,noticed_at,acted_at,machines_out,machines_back_by,planned_units,cancelled_units,activity";
    const LEDGER: &str = "2017-05-12,North,cancelled,outpatient_appointments,100,measured,\n\
        2017-05-13,North,cancelled,outpatient_appointments,0,measured,\n\
        2017-05-14,North,cancelled,outpatient_appointments,40,estimated,\n\
        2017-05-14,North,cancelled,ae_attendances,7,measured,\n\
        2017-05-15,North,cancelled,outpatient_appointments,900,measured,\n";

    fn read(rows: &str, ledger: &str) -> Incidents {
        let rules = ServiceRules::built_in();
        let text = format!("{}\n{ledger}", Ledger::new_header());
        let ledger = Ledger::parse(&text, &rules).unwrap();
        assert_eq!(ledger.faults, []);
        Incidents::beside(&format!("{HEADER}\n{rows}"), Some(&ledger), &rules).unwrap()
    }

    #[test]
    fn what_is_empty_is_summed_from_noticing_to_the_last_that_came_back() {
        let told = read(
            "outage,2017-05-12T13:30+01:00,,400,1:100;1.5:400,500,,\n\
             drill,2017-05-12T13:30,2017-05-12T14:30,,,500,20,\n",
            LEDGER,
        );
        assert_eq!(told.faults, []);
        assert_eq!(told.delays_hours, [1.0]);
        let cancelled: Vec<f64> = told.kept.iter().map(|kept| kept.cancelled).collect();
        assert_eq!(cancelled, [140.0, 20.0]);
        let [sum] = &told.from_ledger[..] else {
            panic!("one is from the ledger");
        };
        let days = Span {
            first: date(2017, 5, 12),
            last: date(2017, 5, 14),
        };
        assert_eq!((sum.days, sum.rows, sum.is_estimated), (days, 3, true));
        assert_eq!(
            (sum.incident.as_str(), sum.organisations.len()),
            ("outage", 1)
        );
    }

    #[test]
    fn a_sum_that_would_be_too_small_or_of_unknown_days_is_refused() {
        for (row, ledger, column, words) in [
            ("a,,,400,2:400,500,,", LEDGER, "noticed_at", "this day on"),
            (
                "a,2017-05-12T09:00,,,,500,,",
                LEDGER,
                "machines_back_by",
                "last of these days",
            ),
            (
                "a,2017-05-12T09:00,,400,4:400,5000,,",
                LEDGER,
                "cancelled_units",
                "of 2017-05-16",
            ),
            (
                "a,2016-05-12T09:00,,400,4:400,500,,",
                LEDGER,
                "cancelled_units",
                "has no outpatient",
            ),
            (
                "a,2017-05-12T09:00,,400,2:400,100,,",
                LEDGER,
                "cancelled_units",
                "140 from 2017-05-12",
            ),
            ("a,soon,,400,2:400,100,,", LEDGER, "noticed_at", "no time"),
        ] {
            let told = read(row, ledger);
            let [fault] = &told.faults[..] else {
                panic!("{row}: {told:?}");
            };
            assert_eq!(fault.column.as_deref(), Some(column), "{row}");
            assert!(fault.what.contains(words), "{row}: {}", fault.what);
            assert!(told.names.is_empty() && told.from_ledger.is_empty());
        }
        let other =
            format!("{LEDGER}2017-05-12,South,cancelled,outpatient_appointments,5,measured,\n");
        let told = read("a,2017-05-12T09:00,,400,2:400,500,,", &other);
        assert!(told.faults[0].what.contains("South has not entered"));
    }
}
