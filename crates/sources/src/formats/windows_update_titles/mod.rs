//! Lists of update titles that scripts around the Windows Update Agent write.

#[cfg(test)]
mod tests;

use std::io::BufRead;

use wardround_evidence::{Position, Statement, When};

use crate::windows::{PlainText, kb_of_entry};
use crate::{Head, ReadError, Reader, Sink};

/// A list of lines `KB4489893: 2019-03 Preview of Monthly Quality Rollup …`.
///
/// Seen from validation scripts of WES-NG (`_listupdates.vbs`, which searches the Windows Update Agent for
/// `IsInstalled=0`): there it lists updates that are **offered and not installed**. Other scripts write the same lines of
/// installed ones, and the file says neither which of the two it lists nor of which machine. So it proves nothing by
/// itself: no statement is made, and the file is reported with its counts. Its extent is not known.
pub(crate) struct WindowsUpdateTitles;

impl Reader for WindowsUpdateTitles {
    fn id(&self) -> &'static str {
        "windows_update_titles"
    }

    fn title(&self) -> &'static str {
        "list of Windows update titles"
    }

    fn family(&self) -> &'static str {
        crate::windows::FAMILY
    }

    /// Every line that is all there must be a title; one at least.
    fn recognise(&self, head: &Head<'_>) -> bool {
        let text = head.text();
        let whole = if head.bytes().len() < Head::BYTES {
            text.len()
        } else {
            text.rfind('\n').unwrap_or_default()
        };
        let mut lines = text[..whole].lines().filter(|line| !line.trim().is_empty());
        lines.next().is_some_and(is_title) && lines.all(is_title)
    }

    fn read(&self, input: &mut dyn BufRead, sink: &mut Sink) -> Result<(), ReadError> {
        let mut text = PlainText::open(input, sink)?;
        sink.note(
            "The list does not say whether its updates are installed or lacking: nothing is concluded from it.",
        );
        sink.statement(Statement::new(Vec::new(), Position::WHOLE, When::Undated))?;
        let mut entries = 0;
        let mut result = Ok(());
        loop {
            match text.next_line() {
                Ok(Some(line)) if line.trim().is_empty() => {}
                Ok(Some(line)) if is_title(&line) => entries += 1,
                Ok(Some(_)) => {
                    let position = Position::new(text.number(), entries);
                    sink.skip(position, "the line is no title of an update");
                }
                Ok(None) => break,
                Err(error) => {
                    result = Err(error);
                    break;
                }
            }
        }
        sink.count("listed_entries", entries);
        text.finish(sink);
        result
    }
}

/// Update numbers, a colon, a title.
fn is_title(line: &str) -> bool {
    line.split_once(": ").is_some_and(|(numbers, title)| {
        let all = numbers.split(", ").all(|number| {
            number.starts_with("KB")
                && kb_of_entry(number).is_some()
                && number[2..].bytes().all(|byte| byte.is_ascii_digit())
        });
        all && !title.trim().is_empty()
    })
}
