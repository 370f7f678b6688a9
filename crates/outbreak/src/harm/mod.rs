//! What an outbreak costs: activity of services that is kept on paper, postponed or lost, and money apart from it.
//!
//! The meaning stands in plain inputs that need no estate: a [`Service`] with its numbers, and a [`Course`], what became of
//! one organisation's machines in one outbreak.

mod check;
mod clock;
mod course;
mod described;
mod diversion;
mod drawn;
pub mod ledger;
mod losses;
mod numbers;
mod paper;
mod recovery;
mod rules;
mod sampled;
mod service;

pub use clock::{Clock, HOURS_OF_DAY};
pub use course::{CLINICAL, Change, Course, Cut, Group, OutShares, SERVERS, USERS};
pub use described::{EstateServices, ServiceEntry};
pub use diversion::{DIVERTS, Diversion};
pub use drawn::{Activity, DrawnServices};
pub use losses::{DayLoss, Gbp, losses};
pub use numbers::ServiceNumber;
pub use paper::Outage;
pub use recovery::Recovery;
pub use rules::{
    ActivityRules, CutOffRules, DiversionRules, Does, KindRules, RecoveryRules, ResponseCurveRules,
    ServiceRules, ServiceRulesError, Weights,
};
pub use sampled::{
    ActivityLosses, AtLeast, DayCount, DayIfAny, DayLosses, Distribution, GroupFate, HUNDREDTHS,
    InCommon, LossCurve, LossIdentity, LossMergeError, LossPart, LossRow, Losses, OUTBREAKS_TOLD,
    OrganisationLosses, OutbreakLosses, PairFate, ServiceLosses, Struck, UnitLosses, WholeService,
    summarise_losses, whole_service,
};
pub(crate) use sampled::{Cost, LossTally, Units, costs};
pub use service::{Need, ResponseCurve, Service, impairment};
