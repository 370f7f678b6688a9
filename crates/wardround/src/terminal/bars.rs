//! Progress on a terminal.

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

use crate::round::Progress;

/// Two bars: files read, outbreaks sampled. Hidden where nobody watches.
pub(crate) struct Bars {
    files: ProgressBar,
    outbreaks: ProgressBar,
}

impl Bars {
    pub(crate) fn new(visible: bool) -> Self {
        let bar = |what: &'static str| {
            let target = if visible {
                ProgressDrawTarget::stderr()
            } else {
                ProgressDrawTarget::hidden()
            };
            let style = ProgressStyle::with_template("{prefix:>18} {bar:30} {pos}/{len}")
                .unwrap_or_else(|_| ProgressStyle::default_bar());
            ProgressBar::with_draw_target(Some(0), target)
                .with_style(style)
                .with_prefix(what)
        };
        Self {
            files: bar("files read"),
            outbreaks: bar("outbreaks sampled"),
        }
    }

    /// Takes the bars away.
    pub(crate) fn finish(&self) {
        self.files.finish_and_clear();
        self.outbreaks.finish_and_clear();
    }
}

impl Progress for Bars {
    fn file(&self, total: usize) {
        self.files.set_length(total as u64);
        self.files.inc(1);
    }

    fn outbreaks(&self, more: u32, total: u32) {
        self.files.finish_and_clear();
        self.outbreaks.set_length(u64::from(total));
        self.outbreaks.inc(u64::from(more));
    }
}
