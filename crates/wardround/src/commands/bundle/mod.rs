//! `wardround bundle` and `wardround verify`: evidence in one file that somebody signed.

mod key;
mod key_files;
mod pack;
mod verify;

pub(super) use pack::{Args, run};
pub(super) use verify::{Args as VerifyArgs, run as run_verify};
