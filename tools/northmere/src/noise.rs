//! The noise model: how often each kind of error is put into the evidence.
//!
//! Each rate is *assumed*: plausible, not measured. `README.md` beside this crate lists them for
//! people; the tests hold the generated records to them.

/// A tested machine that is fixed is called vulnerable.
pub const SCANNER_FALSE_POSITIVE: f64 = 0.01;
/// A tested machine that is open is called not vulnerable.
pub const SCANNER_FALSE_NEGATIVE: f64 = 0.04;
/// The scanner's test of a machine ends without an answer; such a record claims nothing.
pub const SCANNER_NO_ANSWER: f64 = 0.08;
/// A machine is switched off, or away, while its network is scanned.
pub const OFF_DURING_SCAN: f64 = 0.12;
/// A settings row calls SMBv1 off on a machine where it is on.
pub const SELF_REPORT_LIES: f64 = 0.06;
/// Defender lists MS17-010 as missing on a fixed machine of a system that had the flaw.
pub const LAGGING_INVENTORY: f64 = 0.015;
/// Defender has no row for MS17-010 on an open, onboarded machine.
pub const MISSING_FINDING: f64 = 0.05;
/// A text list was taken in the first weeks of the evidence instead of the last.
pub const EARLY_LIST: f64 = 0.22;
/// A text was saved under another machine's name.
pub const WRONG_FILE: f64 = 0.01;
/// A Windows machine was rebuilt or changed during the weeks of the evidence.
pub const CHANGED_DURING_EVIDENCE: f64 = 0.03;
/// The same for a machine that was open to MS17-010 when the evidence began: these get attention.
pub const OPEN_CHANGED_DURING_EVIDENCE: f64 = 0.16;
/// An onboarded machine was re-imaged and has a new agent identifier.
pub const REIMAGED: f64 = 0.03;
/// A machine left the estate during the weeks of the evidence.
pub const RETIRED: f64 = 0.012;
/// A machine's place and name were given to a new one after it left.
pub const NAME_REUSED: f64 = 0.5;
/// A kiosk, laboratory or imaging PC is one of a pair of copies.
pub const CLONED: f64 = 0.03;
/// A laptop works through a docking station that others use too.
pub const SHARED_DOCK: f64 = 0.25;
/// A guest's machine makes up its hardware address.
pub const RANDOM_MAC: f64 = 0.6;
/// A machine on a user network gets another address from week to week.
pub const ADDRESS_CHURN: f64 = 0.25;
/// A data row is cut short.
pub const SHORT_ROW: f64 = 0.000_3;
