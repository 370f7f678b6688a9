//! An organisation's own incidents and exercises, as rows.

use std::collections::BTreeMap;

use jiff::Timestamp;
use jiff::civil::DateTime;

use super::from_ledger::{FromLedger, summed};
use crate::harm::ServiceRules;
use crate::harm::ledger::Ledger;
use crate::rows::{Columns, Row, RowFault, Table, TableError};

const COLUMNS: Columns = Columns {
    names: &[
        "incident",
        "noticed_at",
        "acted_at",
        "machines_out",
        "machines_back_by",
        "planned_units",
        "cancelled_units",
        "activity",
    ],
    needed: 7,
};
/// The activity of a row that names none: the one of which the built-in outage speaks.
const APPOINTMENTS: &str = "outpatient_appointments";

/// What incidents tell; each has as many of the three parts as were entered.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Incidents {
    /// Their names, in the order of their letters.
    pub names: Vec<String>,
    /// Hours from noticing to acting.
    pub delays_hours: Vec<f64>,
    /// How machines came back.
    pub machines: Vec<MachinesBack>,
    /// What was kept up while systems were out.
    pub kept: Vec<KeptOnPaper>,
    /// Of these, the cancelled units that come from a ledger.
    pub from_ledger: Vec<FromLedger>,
    /// Rows that could not be used.
    pub faults: Vec<RowFault>,
    /// Columns that mean nothing here.
    pub ignored_columns: Vec<String>,
}

/// How the machines of one incident came back.
#[derive(Clone, Debug, PartialEq)]
pub struct MachinesBack {
    /// How many were out.
    pub out: f64,
    /// So many days after they went, so many of them were back: ascending.
    pub back_by: Vec<(f64, f64)>,
}

/// What became of one activity while the systems that it needs were out.
#[derive(Clone, Debug, PartialEq)]
pub struct KeptOnPaper {
    /// The activity's identifier.
    pub activity: String,
    /// Units that were planned for that time.
    pub planned: f64,
    /// Of them, how many were cancelled.
    pub cancelled: f64,
}

/// What one row tells, before rows of one incident are put together.
struct Told {
    delay_hours: Option<f64>,
    machines: Option<MachinesBack>,
    kept: Option<KeptOnPaper>,
    from_ledger: Option<FromLedger>,
}

impl Incidents {
    /// Reads incidents. An incident with several activities has a row for each; what else these rows say must agree and counts
    /// once. A row that cannot be read is reported and the rest kept.
    ///
    /// # Errors
    /// When there is no header, or it lacks a column.
    pub fn parse(text: &str, rules: &ServiceRules) -> Result<Self, TableError> {
        Self::beside(text, None, rules)
    }

    /// The same, where cancelled units that are left empty are summed from a ledger: from the day on which an incident was noticed
    /// to the last on which machines came back.
    ///
    /// # Errors
    /// When there is no header, or it lacks a column.
    pub fn beside(
        text: &str,
        ledger: Option<&Ledger>,
        rules: &ServiceRules,
    ) -> Result<Self, TableError> {
        let table = Table::parse(text, &COLUMNS)?;
        let mut all: BTreeMap<String, (Option<f64>, Option<MachinesBack>)> = BTreeMap::new();
        let mut activities: Vec<(String, KeptOnPaper)> = Vec::new();
        let mut from_ledger: Vec<FromLedger> = Vec::new();
        let mut faults = table.faults;
        for row in &table.rows {
            let mut put = || -> Result<(), RowFault> {
                let name = row.needed("incident")?.to_owned();
                let told = Told::read(row, ledger, rules)?;
                let before = all.get(&name).cloned().unwrap_or_default();
                let delay = agreed(before.0, told.delay_hours)
                    .ok_or_else(|| row.fault("acted_at", OTHERWISE))?;
                let machines = agreed(before.1, told.machines)
                    .ok_or_else(|| row.fault("machines_back_by", OTHERWISE))?;
                if let Some(kept) = told.kept {
                    let again = |(of, other): &(String, KeptOnPaper)| {
                        *of == name && other.activity == kept.activity
                    };
                    if activities.iter().any(again) {
                        let what = "this activity of this incident stands in a row above";
                        return Err(row.fault("activity", what));
                    }
                    activities.push((name.clone(), kept));
                }
                from_ledger.extend(told.from_ledger);
                all.insert(name, (delay, machines));
                Ok(())
            };
            if let Err(fault) = put() {
                faults.push(fault);
            }
        }
        faults.sort_by_key(|fault| fault.line);
        Ok(Self {
            names: all.keys().cloned().collect(),
            delays_hours: all.values().filter_map(|(delay, _)| *delay).collect(),
            machines: all
                .values()
                .filter_map(|(_, machines)| machines.clone())
                .collect(),
            kept: activities.into_iter().map(|(_, kept)| kept).collect(),
            from_ledger,
            faults,
            ignored_columns: table.ignored,
        })
    }
}

const OTHERWISE: &str = "a row above says otherwise of this incident";

/// What two rows say together; none where they disagree.
fn agreed<T: PartialEq>(before: Option<T>, now: Option<T>) -> Option<Option<T>> {
    match (before, now) {
        (Some(before), Some(now)) if before != now => None,
        (before, now) => Some(before.or(now)),
    }
}

impl Told {
    fn read(row: &Row, ledger: Option<&Ledger>, rules: &ServiceRules) -> Result<Self, RowFault> {
        let machines = machines(row)?;
        let (kept, from_ledger) = kept(row, machines.as_ref(), ledger, rules)?;
        // The ledger is asked from the day of noticing on, whether or not anybody acted.
        let only_noticed = from_ledger.is_some() && row.stated("acted_at").is_none();
        let told = Self {
            delay_hours: if only_noticed {
                None
            } else {
                delay_hours(row)?
            },
            machines,
            kept,
            from_ledger,
        };
        if told.delay_hours.is_none() && told.machines.is_none() && told.kept.is_none() {
            let what = "the row tells nothing: neither two times, nor machines, nor units";
            return Err(row.fault("incident", what));
        }
        Ok(told)
    }
}

/// Both of two columns, or neither.
fn both<'r>(row: &'r Row, one: &str, other: &str) -> Result<Option<(&'r str, &'r str)>, RowFault> {
    match (row.stated(one), row.stated(other)) {
        (Some(first), Some(second)) => Ok(Some((first, second))),
        (None, None) => Ok(None),
        (Some(_), None) => Err(row.fault(other, format!("it is empty, and `{one}` is not"))),
        (None, Some(_)) => Err(row.fault(one, format!("it is empty, and `{other}` is not"))),
    }
}

fn delay_hours(row: &Row) -> Result<Option<f64>, RowFault> {
    let Some((noticed, acted)) = both(row, "noticed_at", "acted_at")? else {
        return Ok(None);
    };
    let no_time = |column: &str, field: &str| {
        let what = format!(
            "`{field}` is no time: such as 2017-05-12T13:30, or both with an offset, 2017-05-12T13:30+01:00"
        );
        row.fault(column, what)
    };
    let zoned = |field: &str| field.parse::<Timestamp>().ok();
    let seconds = if let (Some(from), Some(to)) = (zoned(noticed), zoned(acted)) {
        to.as_second() - from.as_second()
    } else {
        let from: DateTime = noticed
            .parse()
            .map_err(|_| no_time("noticed_at", noticed))?;
        let to: DateTime = acted.parse().map_err(|_| no_time("acted_at", acted))?;
        to.duration_since(from).as_secs()
    };
    if seconds < 0 {
        return Err(row.fault("acted_at", "it is before `noticed_at`"));
    }
    let hours = seconds as f64 / 3_600.0;
    if hours > 8_784.0 {
        return Err(row.fault("acted_at", "it is more than a year after `noticed_at`"));
    }
    Ok(Some(hours))
}

fn machines(row: &Row) -> Result<Option<MachinesBack>, RowFault> {
    let Some((_, pairs)) = both(row, "machines_out", "machines_back_by")? else {
        return Ok(None);
    };
    let out = row.number("machines_out")?;
    if out < 1.0 || out.fract() > 0.0 {
        return Err(row.fault("machines_out", "it is a whole number above 0"));
    }
    let fault = |what: String| row.fault("machines_back_by", what);
    let mut back_by: Vec<(f64, f64)> = Vec::new();
    for pair in pairs
        .split(';')
        .map(str::trim)
        .filter(|pair| !pair.is_empty())
    {
        let read = pair.split_once(':').and_then(|(day, count)| {
            let day: f64 = day.trim().parse().ok()?;
            let count: u32 = count.trim().parse().ok()?;
            (day > 0.0 && day <= 3_660.0).then_some((day, f64::from(count)))
        });
        let (day, count) = read.ok_or_else(|| {
            fault(format!(
                "`{pair}` is no day and count: days after they went, a colon, how many were back, such as 2:300; 7:1156"
            ))
        })?;
        let (last_day, last_count) = back_by.last().copied().unwrap_or_default();
        if day <= last_day || count < last_count {
            return Err(fault(format!(
                "`{pair}`: days must ascend, and machines that are back stay so"
            )));
        }
        if count > out {
            return Err(fault(format!("`{pair}` is more than were out")));
        }
        back_by.push((day, count));
    }
    Ok(Some(MachinesBack { out, back_by }))
}

type Kept = (Option<KeptOnPaper>, Option<FromLedger>);

fn kept(
    row: &Row,
    machines: Option<&MachinesBack>,
    ledger: Option<&Ledger>,
    rules: &ServiceRules,
) -> Result<Kept, RowFault> {
    let is_short = row.stated("planned_units").is_some() && row.stated("cancelled_units").is_none();
    let asked = ledger.filter(|_| is_short);
    if is_short && asked.is_none() {
        let what =
            "it is empty, and `planned_units` is not; with `--ledger` it is summed from a ledger";
        return Err(row.fault("cancelled_units", what));
    }
    if asked.is_none() && both(row, "planned_units", "cancelled_units")?.is_none() {
        return Ok((None, None));
    }
    let planned = row.number("planned_units")?;
    if planned <= 0.0 {
        return Err(row.fault("planned_units", "of nothing nothing is kept"));
    }
    let activity = activity(row, rules)?;
    let from_ledger = asked.map(|ledger| summed(row, machines, ledger, &activity));
    let from_ledger = from_ledger.transpose()?;
    let cancelled = match &from_ledger {
        Some(sum) => sum.cancelled,
        None => row.number("cancelled_units")?,
    };
    if cancelled > planned {
        let what = match &from_ledger {
            Some(sum) => format!(
                "the ledger has {}, which is more than was planned",
                sum.words()
            ),
            None => "it is more than was planned".to_owned(),
        };
        return Err(row.fault("cancelled_units", what));
    }
    let kept = KeptOnPaper {
        activity,
        planned,
        cancelled,
    };
    Ok((Some(kept), from_ledger))
}

/// The identifier of a row's activity.
fn activity(row: &Row, rules: &ServiceRules) -> Result<String, RowFault> {
    let word = row.stated("activity").unwrap_or(APPOINTMENTS);
    let same = |known: &str| known.to_lowercase() == word.to_lowercase();
    let known = rules
        .activities
        .iter()
        .find(|known| same(&known.id) || same(&known.name));
    let known = known.ok_or_else(|| {
        let ids: Vec<&str> = rules
            .activities
            .iter()
            .map(|known| known.id.as_str())
            .collect();
        row.fault(
            "activity",
            format!("`{word}` is not known; known are {}", ids.join(", ")),
        )
    })?;
    Ok(known.id.clone())
}

#[cfg(test)]
mod tests {
    use super::Incidents;
    use crate::harm::ServiceRules;

    const HEADER: &str = "incident,noticed_at,acted_at,machines_out,machines_back_by,planned_units,cancelled_units,activity";

    fn read(rows: &str) -> Incidents {
        Incidents::parse(&format!("{HEADER}\n{rows}"), &ServiceRules::built_in()).unwrap()
    }

    #[test]
    fn an_incident_of_several_activities_counts_its_times_and_machines_once() {
        let told = read(
            "one,2024-03-05T09:30,2024-03-05 12:00,200,2:50; 7:190,900,300,\n\
             one,2024-03-05T09:30,2024-03-05 12:00,200,2:50; 7:190,100,10,A&E attendances\n\
             two,2024-10-27T00:30+01:00,2024-10-27T03:30Z,,,,,\n",
        );
        assert_eq!(told.faults, []);
        assert_eq!(told.delays_hours, [2.5, 4.0]);
        assert_eq!(
            (told.machines.len(), told.kept.len(), told.names.len()),
            (1, 2, 2)
        );
        assert_eq!(told.machines[0].back_by, [(2.0, 50.0), (7.0, 190.0)]);
    }

    #[test]
    fn a_bad_incident_is_named_by_line_and_column_and_the_rest_kept() {
        let told = read(
            "a,2024-03-05T09:30,2024-03-05T09:00,,,,,\n\
             b,yesterday,2024-03-05T09:00,,,,,\n\
             c,2024-03-05T09:00,,,,,,\n\
             d,,,100,7:120,,,\n\
             e,,,100,7:90;3:20,,,\n\
             f,,,,,100,120,\n\
             g,,,,,100,20,haircuts\n\
             h,,,,,,,\n\
             i,,,,,100,20,\n\
             i,,,,,100,30,\n\
             j,2024-03-05T09:00,2024-03-05T10:00,,,,,\n\
             j,2024-03-05T09:00,2024-03-05T11:00,,,10,5,\n",
        );
        let faults: Vec<(u64, &str)> = told
            .faults
            .iter()
            .map(|fault| (fault.line, fault.column.as_deref().unwrap()))
            .collect();
        assert_eq!(
            faults,
            [
                (2, "acted_at"),
                (3, "noticed_at"),
                (4, "acted_at"),
                (5, "machines_back_by"),
                (6, "machines_back_by"),
                (7, "cancelled_units"),
                (8, "activity"),
                (9, "incident"),
                (11, "activity"),
                (13, "acted_at"),
            ]
        );
        assert_eq!(told.names, ["i", "j"]);
    }
}
