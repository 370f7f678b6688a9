//! The scan as a whole: which tool, when, and whether it finished.

use jiff::Timestamp;

use crate::Sink;
use crate::xml::Tag;

/// The longest tool name or version that is kept.
const LONGEST_WORD: usize = 40;

/// What the `nmaprun` element says, and how its run ended.
#[derive(Default)]
pub(super) struct Run {
    /// When it began, where it says so.
    pub(super) start: Option<Timestamp>,
    /// How many hosts are listed as up.
    pub(super) listed_up: u64,
    finished: bool,
}

impl Run {
    /// A run that begins.
    pub(super) fn begin(tag: &Tag<'_>, sink: &mut Sink) -> Self {
        let word = |name| {
            tag.attribute(name)
                .map(|text| text.chars().take(LONGEST_WORD).collect::<String>())
        };
        let scanner = word("scanner").unwrap_or_else(|| "nmap".to_owned());
        sink.tool(match word("version") {
            Some(version) => format!("{scanner} {version}"),
            None => scanner,
        });
        let start = moment(tag, "start");
        if let Some(start) = start {
            sink.taken_at(start);
        }
        Self {
            start,
            ..Self::default()
        }
    }

    /// `<finished>`: the scan came to its end, or says why it did not.
    pub(super) fn finish(&mut self, tag: &Tag<'_>, sink: &mut Sink) {
        self.finished = true;
        if let Some(finished) = moment(tag, "time") {
            sink.taken_at(finished);
        }
        if tag.attribute("errormsg").is_some() || tag.attribute("exit").as_deref() == Some("error")
        {
            sink.cut("the scan itself says that it ended with an error");
        }
    }

    /// `<hosts>` of the closing statistics.
    pub(super) fn statistics(&mut self, tag: &Tag<'_>, sink: &mut Sink) {
        let number = |name| tag.number(name);
        for (attribute, count) in [
            ("up", "runstats_up"),
            ("down", "runstats_down"),
            ("total", "runstats_total"),
        ] {
            if let Some(number) = number(attribute) {
                sink.count(count, number);
            }
        }
        if let Some(up) = number("up")
            && up != self.listed_up
        {
            sink.note(format!(
                "The closing statistics count {up} hosts that were up; the file lists {}.",
                self.listed_up
            ));
        }
    }

    /// The run's element has ended, or the file has.
    pub(super) fn end(&self, sink: &mut Sink) {
        if !self.finished {
            sink.cut("it has no closing statistics, so the scan did not finish");
        }
    }
}

/// A moment in seconds since 1970; nmap did not run before it, and writes 0 for a time that it does not have.
pub(super) fn moment(tag: &Tag<'_>, attribute: &str) -> Option<Timestamp> {
    let seconds: i64 = tag.number(attribute)?;
    (seconds > 0)
        .then(|| Timestamp::from_second(seconds).ok())
        .flatten()
}
