//! Where the commands that tell of an estate take it from.

use std::path::Path;

use jiff::Timestamp;
use wardround_estate::Options;

use crate::Failure;
use crate::round::{Round, Settings};
use crate::terminal::Bars;

/// The estate of a folder as of a moment; none means its newest observation's.
pub(super) fn open(folder: &Path, as_of: Option<Timestamp>, bars: bool) -> Result<Round, Failure> {
    let settings = Settings {
        options: Options {
            as_of,
            ..Options::default()
        },
        ..Settings::default()
    };
    let progress = Bars::new(bars);
    let round = Round::of_folder(folder, &settings, &progress);
    progress.finish();
    round
}
