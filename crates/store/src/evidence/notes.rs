//! What a segment of evidence says of itself, without its rows.

use jiff::Timestamp;
use wardround_evidence::{Digest, Source, SourceExtent, SourcePath};

/// What a segment says of itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SegmentNotes {
    /// The source that it holds.
    pub source: Source,
    /// The edition of the reader that read it; 0 where it does not say.
    pub edition: u32,
    /// When it was read into the store.
    pub read_at: Timestamp,
    /// When it came back to its place, after another source had lain there; in the order of time.
    pub came_back: Vec<Timestamp>,
    /// The source's digest in a domain of its own; never to be printed.
    pub secret: [u8; 32],
    /// How many statements it makes of hosts.
    pub statements: u64,
    /// The oldest and newest moment of its statements, where any has one.
    pub span: Option<(Timestamp, Timestamp)>,
    /// Whether each statement says at which moment it was true, so that `span` is all the time that it speaks of.
    pub all_dated: bool,
    /// Records that were skipped and not listed.
    pub skipped_unlisted: u64,
}

impl SegmentNotes {
    /// The last moment that it may speak of: its newest statement's, or, where not every statement has a date, when it was
    /// taken, or when it was last read.
    #[must_use]
    pub fn newest(&self) -> Timestamp {
        let spoken = self.span.map(|(_, newest)| newest);
        let last_read = self.came_back.last().copied().unwrap_or(self.read_at);
        let had = self.source.taken_at.unwrap_or(last_read);
        match spoken {
            Some(spoken) if self.all_dated => spoken,
            Some(spoken) => spoken.max(had),
            None => had,
        }
    }

    /// The moments at which it was read as what lay at its place.
    pub(crate) fn readings_at(&self) -> impl Iterator<Item = Timestamp> {
        std::iter::once(self.read_at).chain(self.came_back.iter().copied())
    }

    pub(crate) fn write(&self) -> Vec<(String, String)> {
        let source = &self.source;
        let mut notes: Vec<(String, String)> = Vec::new();
        let mut note = |name: &str, value: String| notes.push((name.to_owned(), value));
        note("path", source.path.as_key().to_owned());
        note("digest", source.digest.to_string());
        note("reader", source.reader.to_string());
        note("edition", self.edition.to_string());
        note("title", source.title.to_string());
        note("family", source.family.to_string());
        note("bytes", source.bytes.to_string());
        note("read_at", self.read_at.to_string());
        note("secret", Digest::from_bytes(self.secret).to_string());
        note("statements", self.statements.to_string());
        note("skipped_unlisted", self.skipped_unlisted.to_string());
        if !self.came_back.is_empty() {
            let moments: Vec<String> = self.came_back.iter().map(ToString::to_string).collect();
            note("came_back", moments.join(" "));
        }
        if self.all_dated {
            note("dated", "all".to_owned());
        }
        if let Some(tool) = &source.tool {
            note("tool", tool.clone());
        }
        if let Some(moment) = source.taken_at {
            note("taken_at", moment.to_string());
        }
        if let SourceExtent::Cut(reason) = &source.extent {
            note("cut", reason.clone());
        }
        if let Some((oldest, newest)) = self.span {
            note("oldest", oldest.to_string());
            note("newest", newest.to_string());
        }
        notes
    }

    /// `None` for notes that this program never writes.
    pub(crate) fn read(notes: &[(String, String)]) -> Option<Self> {
        let find = |name: &str| {
            let found = notes.iter().find(|(known, _)| known == name);
            found.map(|(_, value)| value.as_str())
        };
        let own = |name: &str| find(name).map(str::to_owned);
        let moment = |name: &str| match find(name) {
            None => Some(None),
            Some(text) => text.parse::<Timestamp>().ok().map(Some),
        };
        let span = match (moment("oldest")?, moment("newest")?) {
            (Some(oldest), Some(newest)) => Some((oldest, newest)),
            (None, None) => None,
            _ => return None,
        };
        let came_back = find("came_back").unwrap_or_default().split_whitespace();
        let came_back = came_back.map(|moment| moment.parse().ok());
        Some(Self {
            came_back: came_back.collect::<Option<_>>()?,
            all_dated: find("dated") == Some("all"),
            source: Source {
                path: SourcePath::new(find("path")?),
                digest: find("digest")?.parse().ok()?,
                reader: own("reader")?.into(),
                title: own("title")?.into(),
                family: own("family")?.into(),
                tool: own("tool"),
                bytes: find("bytes")?.parse().ok()?,
                taken_at: moment("taken_at")?,
                extent: own("cut").map_or(SourceExtent::Whole, SourceExtent::Cut),
            },
            edition: find("edition").map_or(Some(0), |edition| edition.parse().ok())?,
            read_at: moment("read_at")??,
            secret: *find("secret")?.parse::<Digest>().ok()?.as_bytes(),
            statements: find("statements")?.parse().ok()?,
            skipped_unlisted: find("skipped_unlisted")?.parse().ok()?,
            span,
        })
    }
}
