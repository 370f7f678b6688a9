//! Where the commands that tell of an estate take it from.

use jiff::Timestamp;
use wardround_estate::Options;

use super::origin::{OriginArgs, now};
use crate::Failure;
use crate::round::{Round, Settings};
use crate::terminal::Bars;

/// The estate as of a moment; none means its newest observation's.
pub(super) fn open(
    evidence: &OriginArgs,
    as_of: Option<Timestamp>,
    bars: bool,
) -> Result<Round, Failure> {
    let settings = Settings {
        options: Options {
            as_of,
            ..Options::default()
        },
        read_at: now(),
        ..Settings::default()
    };
    let progress = Bars::new(bars);
    let round = Round::of(&evidence.origin(), &settings, &progress);
    progress.finish();
    round
}
