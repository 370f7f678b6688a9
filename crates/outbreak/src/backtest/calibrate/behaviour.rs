//! What was fitted to an organisation's own incidents, as a file that other commands take up.

use serde::{Deserialize, Serialize};

use super::fit::Calibration;
use crate::harm::{ServiceRules, ServiceRulesError};
use crate::threat::{Basis, Quantity, plain};

/// The name and version of the file's form.
const FORMAT: &str = "wardround-behaviour/1";

/// Parameters of behaviour, as a file holds them.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Behaviour {
    /// `wardround-behaviour/1`.
    pub format: String,
    /// How many incidents and exercises they were fitted to.
    pub incidents: usize,
    /// The parameters.
    #[serde(rename = "parameter")]
    pub parameters: Vec<BehaviourParameter>,
}

/// One parameter: nine in ten, and the middle.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct BehaviourParameter {
    /// Its name: `rebuild_delay`.
    pub name: String,
    /// Its unit.
    pub unit: String,
    /// The 5 % quantile.
    pub low: f64,
    /// The median.
    pub median: f64,
    /// The 95 % quantile.
    pub high: f64,
    /// How many incidents say anything of it; where none does, nobody takes it up.
    pub incidents: usize,
}

/// Why a file of behaviour cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum BehaviourError {
    /// It is no such file.
    #[error("it does not read as behaviour that `wardround calibrate` wrote")]
    Shape(#[from] toml::de::Error),
    /// It is of another version.
    #[error("it is of the form `{0}`, and `wardround-behaviour/1` is understood")]
    Format(String),
    /// A parameter is unknown.
    #[error("it speaks of `{0}`, which no outbreak takes up")]
    Unknown(String),
    /// Numbers are out of bounds.
    #[error("`{0}` is not three numbers above or at 0, the smaller first")]
    Unsound(String),
    /// The table of services does not allow them.
    #[error("its numbers cannot stand in the table of services")]
    Rules(#[from] ServiceRulesError),
}

impl Behaviour {
    /// What a calibration came to.
    #[must_use]
    pub fn of(calibration: &Calibration) -> Self {
        Self {
            format: FORMAT.to_owned(),
            incidents: calibration.incidents.len(),
            parameters: calibration
                .parameters
                .iter()
                .map(|one| BehaviourParameter {
                    name: one.name.clone(),
                    unit: one.unit.to_owned(),
                    low: one.posterior.low,
                    median: one.posterior.median,
                    high: one.posterior.high,
                    incidents: one.incidents,
                })
                .collect(),
        }
    }

    /// The text of its file.
    ///
    /// # Errors
    /// Never but by a fault of ours: numbers and names can be written.
    pub fn text(&self) -> Result<String, toml::ser::Error> {
        let body = toml::to_string(self)?;
        Ok(format!(
            "# How an organisation acts, fitted by `wardround calibrate` to its own incidents and exercises: for each parameter\n\
             # the middle and nine in ten. `wardround report --calibrated` takes up those that any incident speaks of.\n\
             # The parameters are told in docs/ledger.md.\n\n{body}"
        ))
    }

    /// Reads a file of behaviour.
    ///
    /// # Errors
    /// When it is no such file, or its numbers are out of order.
    pub fn parse(text: &str) -> Result<Self, BehaviourError> {
        let behaviour: Self = toml::from_str(text)?;
        if behaviour.format != FORMAT {
            return Err(BehaviourError::Format(behaviour.format));
        }
        for one in &behaviour.parameters {
            let in_order = 0.0 <= one.low && one.low <= one.median && one.median <= one.high;
            if !in_order || !one.high.is_finite() {
                return Err(BehaviourError::Unsound(one.name.clone()));
            }
        }
        Ok(behaviour)
    }

    /// The parameter of a name, where any incident speaks of it.
    #[must_use]
    pub fn fitted(&self, name: &str) -> Option<&BehaviourParameter> {
        let mut all = self.parameters.iter();
        all.find(|one| one.name == name && one.incidents > 0)
    }

    /// Rules with what was fitted in place of what is built in.
    ///
    /// # Errors
    /// When it speaks of what the rules do not hold, or its numbers are out of their bounds.
    pub fn applied(&self, mut rules: ServiceRules) -> Result<ServiceRules, BehaviourError> {
        for one in &self.parameters {
            let kept = one.name.strip_prefix("kept_on_paper.");
            let place = kept.and_then(|id| rules.activity(id));
            let range = match one.name.as_str() {
                // They are no numbers of services, or follow from others.
                "response_delay" | "rebuild_pace" => continue,
                "rebuild_delay" => &mut rules.recovery.delay_hours,
                "rebuild_most_by" => &mut rules.recovery.most_by_hours,
                _ => match place {
                    Some(place) => &mut rules.activities[place].kept_on_paper,
                    None => return Err(BehaviourError::Unknown(one.name.clone())),
                },
            };
            if one.incidents > 0 {
                *range = one.range(range);
            }
        }
        // Nine in ten of both may overlap, and no machine is back before the first is: the law needs them apart.
        let (delay, most_by) = (
            &mut rules.recovery.delay_hours,
            &rules.recovery.most_by_hours,
        );
        delay.high = delay.high.min(0.95 * most_by.low);
        delay.low = delay.low.min(delay.high);
        rules.checked()?;
        Ok(rules)
    }
}

impl BehaviourParameter {
    /// Its nine in ten as the range of a number that worlds draw from.
    fn range(&self, built_in: &Quantity) -> Quantity {
        let incidents = if self.incidents == 1 {
            "1 incident or exercise".to_owned()
        } else {
            format!("{} incidents or exercises", plain(self.incidents as f64))
        };
        let round = |value: f64| (value * 1_000.0).round() / 1_000.0;
        Quantity {
            low: round(self.low),
            high: round(self.high),
            basis: Basis::Derived,
            source: format!(
                "fitted to {incidents} of one's own, nine in ten, in place of {} as built in; it stands for every organisation",
                built_in.words()
            ),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Behaviour, BehaviourError};
    use crate::backtest::Prior;
    use crate::backtest::calibrate::{Incidents, calibrate};
    use crate::harm::ServiceRules;

    fn fitted(rows: &str) -> Behaviour {
        let rules = ServiceRules::built_in();
        let text = format!(
            "incident,noticed_at,acted_at,machines_out,machines_back_by,planned_units,cancelled_units,activity\n{rows}"
        );
        let incidents = Incidents::parse(&text, &rules).unwrap();
        Behaviour::of(&calibrate(&incidents, &rules, &Prior::england_2017()))
    }

    #[test]
    fn what_is_written_is_read_again() {
        let behaviour = fitted("a,,,400,1:150;2:300;3:390;4:400,1900,300,ae_attendances\n");
        let text = behaviour.text().unwrap();
        assert!(text.starts_with("# How an organisation acts"));
        assert_eq!(Behaviour::parse(&text).unwrap(), behaviour);
    }

    #[test]
    fn only_what_incidents_speak_of_is_taken_up() {
        let built_in = ServiceRules::built_in();
        let nothing = fitted("").applied(built_in.clone()).unwrap();
        assert_eq!(nothing, built_in);
        let rows = "a,,,400,1:150;2:300;3:390;4:400,,,\nb,,,400,1:150;2:300;3:390;4:400,,,\n";
        let quick = fitted(rows).applied(built_in.clone()).unwrap();
        let (new, old) = (
            &quick.recovery.most_by_hours,
            &built_in.recovery.most_by_hours,
        );
        assert!(new.high < old.high && new.source.contains("2 incidents"));
        assert!(quick.recovery.delay_hours.high < new.low);
        assert_eq!(quick.activities, built_in.activities);
    }

    #[test]
    fn what_cannot_be_used_is_refused() {
        let text = fitted("").text().unwrap();
        let refused = |text: &str| Behaviour::parse(text).unwrap_err();
        assert!(matches!(refused("x = 1"), BehaviourError::Shape(_)));
        let other = text.replace("wardround-behaviour/1", "other/2");
        assert!(matches!(refused(&other), BehaviourError::Format(_)));
        let mut behaviour = fitted("");
        behaviour.parameters[0].low = 1e9;
        let text = behaviour.text().unwrap();
        assert!(matches!(refused(&text), BehaviourError::Unsound(_)));
        let mut behaviour = fitted("a,,,,,1900,300,ae_attendances\n");
        let mut all = behaviour.parameters.iter_mut();
        all.find(|one| one.incidents > 0).unwrap().high = 2.0;
        let refused = behaviour.applied(ServiceRules::built_in()).unwrap_err();
        assert!(matches!(refused, BehaviourError::Rules(_)));
        behaviour.parameters.last_mut().unwrap().name = "mood".to_owned();
        let refused = behaviour.applied(ServiceRules::built_in()).unwrap_err();
        assert!(matches!(refused, BehaviourError::Unknown(_)));
    }
}
