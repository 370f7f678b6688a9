//! Where a reader puts what it read.

use std::borrow::Cow;
use std::collections::BTreeMap;

use jiff::Timestamp;
use wardround_evidence::{Declaration, Position, Skipped, SourceExtent, Statement};

use crate::keeper::OBSERVATIONS_TOGETHER;
use crate::{Keeping, Limits, ReadError};

/// The longest name of a tool that is kept, in characters.
const LONGEST_TOOL: usize = 100;

/// The longest name of a column that is told, in characters.
const LONGEST_NAME: usize = 60;

/// Collects what one file says, within the limits.
pub struct Sink {
    limits: Limits,
    observations: usize,
    /// Statements that were handed over already.
    handed: usize,
    waiting_observations: usize,
    pub(crate) keeping: Option<Box<dyn Keeping>>,
    pub(crate) statements: Vec<Statement>,
    pub(crate) declarations: Vec<(Position, Declaration)>,
    pub(crate) skipped: Vec<Skipped>,
    pub(crate) skipped_unlisted: u64,
    pub(crate) notes: Vec<String>,
    pub(crate) unread_columns: Vec<String>,
    /// Each name as it is written somewhere in the code: one that is written twice may stand here twice.
    counts: Vec<(&'static str, u64)>,
    pub(crate) tool: Option<String>,
    pub(crate) family: Option<&'static str>,
    pub(crate) taken_at: Option<Timestamp>,
    pub(crate) extent: SourceExtent,
}

impl Sink {
    /// An empty sink.
    #[must_use]
    pub const fn new(limits: Limits) -> Self {
        Self {
            limits,
            observations: 0,
            handed: 0,
            waiting_observations: 0,
            keeping: None,
            statements: Vec::new(),
            declarations: Vec::new(),
            skipped: Vec::new(),
            skipped_unlisted: 0,
            notes: Vec::new(),
            unread_columns: Vec::new(),
            counts: Vec::new(),
            tool: None,
            family: None,
            taken_at: None,
            extent: SourceExtent::Whole,
        }
    }

    /// An empty sink that hands its statements on, a few thousand at a time: for whoever has a reader at hand, and needs neither
    /// unpacking nor a digest. The last of them go with [`Sink::hand_over`].
    #[must_use]
    pub fn handing_to(limits: Limits, keeping: Box<dyn Keeping>) -> Self {
        Self {
            keeping: Some(keeping),
            ..Self::new(limits)
        }
    }

    /// The limits to keep.
    #[must_use]
    pub const fn limits(&self) -> Limits {
        self.limits
    }

    /// Keeps a statement about a host. A statement that names no subject is skipped and reported.
    ///
    /// # Errors
    /// When the source holds more statements or observations than the limits allow. What came before stays.
    pub fn statement(&mut self, statement: Statement) -> Result<(), ReadError> {
        if statement.subject.is_empty() {
            self.skip(statement.position, "it names no machine");
            return Ok(());
        }
        self.observations += statement.observed.len();
        let limit = self.limits.observations;
        if self.observations > limit {
            return Err(ReadError::TooMuch {
                what: "it holds too many observations",
                limit: limit as u64,
            });
        }
        self.waiting_observations += statement.observed.len();
        self.statements.push(statement);
        self.within_limit()?;
        if self.waiting_observations + self.statements.len() >= OBSERVATIONS_TOGETHER {
            self.hand_over()?;
        }
        Ok(())
    }

    /// Hands what waits to whoever keeps it; where nobody does, it stays.
    ///
    /// # Errors
    /// When it cannot be kept.
    pub fn hand_over(&mut self) -> Result<(), ReadError> {
        self.waiting_observations = 0;
        if let Some(keeping) = &mut self.keeping {
            keeping
                .statements(&self.statements)
                .map_err(ReadError::NotKept)?;
            self.handed += self.statements.len();
            self.statements.clear();
        }
        Ok(())
    }

    /// Whether the file has said nothing yet.
    pub(crate) const fn is_empty(&self) -> bool {
        self.handed == 0 && self.statements.is_empty() && self.declarations.is_empty()
    }

    /// Keeps a row of a description.
    ///
    /// # Errors
    /// When the source holds more rows than the limits allow.
    pub fn declare(
        &mut self,
        position: Position,
        declaration: Declaration,
    ) -> Result<(), ReadError> {
        self.declarations.push((position, declaration));
        self.within_limit()
    }

    /// Reports a record that could not be read. The reason quotes no content of the file.
    pub fn skip(&mut self, position: Position, reason: impl Into<String>) {
        if self.skipped.len() < self.limits.skipped_listed {
            self.skipped.push(Skipped {
                position,
                reason: reason.into(),
            });
        } else {
            self.skipped_unlisted += 1;
        }
    }

    /// Adds a sentence on how far the source can be trusted; once is enough for each.
    pub fn note(&mut self, sentence: impl Into<String>) {
        let sentence = sentence.into();
        if !self.notes.contains(&sentence) && self.notes.len() < self.limits.skipped_listed {
            self.notes.push(sentence);
        }
    }

    /// Names a column that is not read, in the file's own words: they are no part of the reading, and for whoever reads the file.
    pub(crate) fn unread_column(&mut self, name: &str) {
        if self.unread_columns.len() < self.limits.skipped_listed {
            self.unread_columns
                .push(name.chars().take(LONGEST_NAME).collect());
        }
    }

    /// Adds to a count that the format offers.
    pub fn count(&mut self, what: &'static str, more: u64) {
        // Comes many times for each host, from few places: their addresses are compared, not their letters.
        let counted = |(name, _): &&mut (&'static str, u64)| std::ptr::eq(*name, what);
        match self.counts.iter_mut().find(counted) {
            Some((_, count)) => *count = count.saturating_add(more),
            None => self.counts.push((what, more)),
        }
    }

    /// What was counted, by name.
    pub(crate) fn counts(&self) -> BTreeMap<Cow<'static, str>, u64> {
        let mut counts = BTreeMap::new();
        for (name, more) in &self.counts {
            let count: &mut u64 = counts.entry(Cow::Borrowed(*name)).or_default();
            *count = count.saturating_add(*more);
        }
        counts
    }

    /// Says which tool and version wrote the file; kept to a hundred characters, since the file says it.
    pub fn tool(&mut self, tool: impl Into<String>) {
        let mut tool = tool.into();
        if let Some((end, _)) = tool.char_indices().nth(LONGEST_TOOL) {
            tool.truncate(end);
        }
        self.tool = Some(tool);
    }

    /// Says whose count of machines the file belongs to, where its reader reads files of several tools.
    pub fn family(&mut self, family: &'static str) {
        self.family = Some(family);
    }

    /// Says when the file was taken; of several moments the latest stays.
    pub fn taken_at(&mut self, moment: Timestamp) {
        self.taken_at = self.taken_at.max(Some(moment));
    }

    /// Says that the file is not whole, and why.
    pub fn cut(&mut self, reason: impl Into<String>) {
        self.extent = SourceExtent::Cut(reason.into());
    }

    fn within_limit(&self) -> Result<(), ReadError> {
        let limit = self.limits.statements;
        if self.handed + self.statements.len() + self.declarations.len() > limit {
            return Err(ReadError::TooMuch {
                what: "it holds too many statements",
                limit: limit as u64,
            });
        }
        Ok(())
    }
}
