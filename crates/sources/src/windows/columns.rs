//! Tables whose columns are known by where their headings stand.

/// The properties of an update that a heading or key can name: those of `Win32_QuickFixEngineering` (Windows Win32,
/// *Win32_QuickFixEngineering class*) and what PowerShell and `wmic` add for the machine. They are the same in every
/// language.
pub(crate) const PROPERTIES: [&str; 15] = [
    "Caption",
    "CSName",
    "Description",
    "FixComments",
    "HotFixID",
    "InstallDate",
    "InstalledBy",
    "InstalledOn",
    "Name",
    "ServicePackInEffect",
    "Status",
    "Source",
    "PSComputerName",
    "Node",
    "__SERVER",
];

/// Where the columns of a table begin, in characters.
#[derive(Debug)]
pub(crate) struct Columns {
    starts: Vec<(&'static str, usize)>,
    /// Spaces between two columns.
    gap: usize,
}

impl Columns {
    /// Reads a heading of two or more known properties, `HotFixID` among them. It may follow other text on its line: the
    /// first `wmic` on Windows XP writes a message without a line end before it.
    pub(crate) fn of_heading(line: &str, gap: usize) -> Option<Self> {
        let begin = PROPERTIES
            .iter()
            .filter_map(|property| line.find(property))
            .min()?;
        let mut starts = Vec::new();
        let mut place = 0;
        for word in line[begin..].split(' ') {
            if !word.is_empty() {
                let known = PROPERTIES
                    .iter()
                    .find(|property| **property == word.trim())?;
                starts.push((*known, place));
            }
            place += word.chars().count() + 1;
        }
        let names_update = starts.iter().any(|(name, _)| *name == "HotFixID");
        (names_update && starts.len() > 1).then_some(Self { starts, gap })
    }

    /// Whether the table has a column.
    pub(crate) fn has(&self, property: &str) -> bool {
        self.starts.iter().any(|(name, _)| *name == property)
    }

    /// The trimmed text of a cell; nothing where the row does not keep to the columns around it.
    pub(crate) fn cell(&self, row: &[char], property: &str) -> Option<String> {
        let index = self.starts.iter().position(|(name, _)| *name == property)?;
        let start = self.starts[index].1;
        let end = self
            .starts
            .get(index + 1)
            .map_or(row.len(), |(_, next)| *next)
            .min(row.len());
        if start >= row.len() {
            return Some(String::new());
        }
        let is_gap = |place: usize| {
            let gap = place.saturating_sub(self.gap)..place;
            row[gap].iter().all(|character| *character == ' ')
        };
        let kept = is_gap(start) && (end == row.len() || is_gap(end));
        kept.then(|| row[start..end].iter().collect::<String>().trim().to_owned())
    }

    /// What stands from a column on.
    pub(crate) fn from(&self, row: &[char], property: &str) -> String {
        let start = self
            .starts
            .iter()
            .find(|(name, _)| *name == property)
            .map_or(row.len(), |(_, start)| (*start).min(row.len()));
        row[start..].iter().collect()
    }
}

#[cfg(test)]
mod tests {
    use super::Columns;

    fn row(text: &str) -> Vec<char> {
        text.chars().collect()
    }

    #[test]
    fn cells_stand_under_their_headings_even_after_a_message() {
        let columns =
            Columns::of_heading("installed.CSName   HotFixID   InstalledOn  ", 2).unwrap();
        let line = row("PC-0117  KB4012212  3/14/2017    ");
        assert_eq!(columns.cell(&line, "CSName").unwrap(), "PC-0117");
        assert_eq!(columns.cell(&line, "HotFixID").unwrap(), "KB4012212");
        assert_eq!(columns.cell(&line, "InstalledOn").unwrap(), "3/14/2017");
        assert_eq!(columns.cell(&row("PC-0117"), "HotFixID").unwrap(), "");
    }

    #[test]
    fn a_row_that_leaves_its_columns_gives_no_cell() {
        let columns = Columns::of_heading("CSName  HotFixID  InstalledOn", 2).unwrap();
        let line = row("LONGNAME-17  KB4012212  3/14/2017");
        assert_eq!(columns.cell(&line, "CSName"), None);
        assert!(Columns::of_heading("CSName  HotFixID=KB4012212", 2).is_none());
        assert!(Columns::of_heading("HotFixID", 2).is_none());
    }
}
