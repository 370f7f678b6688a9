//! A text that knows on which line each of its records starts.

use crate::truth::{FalseFact, TrueHostId, TrueRecord};

/// A text under construction and the truth about its records.
#[derive(Debug)]
pub(crate) struct RecordText {
    pub(crate) file: String,
    pub(crate) text: String,
    pub(crate) records: Vec<TrueRecord>,
    line: u64,
    ordinal: u64,
    /// For each record the length of the text where it started, in step with `records`.
    starts: Vec<usize>,
}

impl RecordText {
    /// An empty text of a file.
    pub(crate) fn new(file: impl Into<String>) -> Self {
        Self {
            file: file.into(),
            text: String::new(),
            records: vec![],
            line: 1,
            ordinal: 0,
            starts: vec![],
        }
    }

    /// Appends text.
    pub(crate) fn push(&mut self, text: &str) {
        self.line += text.bytes().filter(|byte| *byte == b'\n').count() as u64;
        self.text.push_str(text);
    }

    /// Says that a record starts here.
    pub(crate) fn record(&mut self, host: TrueHostId, false_facts: Vec<FalseFact>) {
        self.ordinal += 1;
        self.starts.push(self.text.len());
        self.records.push(TrueRecord {
            file: self.file.clone(),
            ordinal: self.ordinal,
            line: self.line,
            host,
            false_facts,
        });
    }

    /// Says that a record starts here which speaks of no host of the truth, or is damaged.
    pub(crate) fn other_record(&mut self) {
        self.ordinal += 1;
    }

    /// How many records there are.
    pub(crate) fn count(&self) -> u64 {
        self.ordinal
    }

    /// Cuts the text inside its last record, as a broken copy does, and forgets that record.
    pub(crate) fn break_off(&mut self) {
        if let Some(start) = self.starts.pop() {
            let rest = self.text.len() - start;
            self.text.truncate(start + rest / 3);
            self.records.pop();
        }
    }
}
