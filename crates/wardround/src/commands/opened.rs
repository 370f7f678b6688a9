//! Where the commands that tell of an estate take it from.

use clap::Args;
use jiff::Timestamp;
use wardround_estate::Options;

use super::origin::{OriginArgs, now};
use crate::round::{Round, Settings};
use crate::terminal::Bars;
use crate::{Failure, Origin};

/// Evidence, and the moment that it is asked about.
#[derive(Clone, Debug, Args)]
pub(super) struct EvidenceArgs {
    #[command(flatten)]
    origin: OriginArgs,

    /// The moment to speak of. Default: the newest observation's.
    #[arg(long)]
    as_of: Option<Timestamp>,
}

impl EvidenceArgs {
    pub(super) fn open(&self, bars: bool) -> Result<Round, Failure> {
        open(&self.origin.origin(), self.as_of, bars)
    }
}

/// The estate as of a moment; none means its newest observation's.
pub(super) fn open(
    origin: &Origin,
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
    let round = Round::of(origin, &settings, &progress);
    progress.finish();
    round
}
