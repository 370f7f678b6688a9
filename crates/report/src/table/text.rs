//! A table of text that fits a line: columns are narrowed, then left out, the least needed first. What is never cut keeps its
//! room, and where there is none for all of it, the fewer words that it has for that stand there.

use super::{Cell, Column};

/// Between two columns.
const GAP: usize = 2;

/// No column is narrower.
const HARDLY_READABLE: usize = 4;

/// The columns of a table with their widths. First every row is measured, then each is written.
#[derive(Clone, Debug)]
pub struct TextTable {
    columns: Vec<Column>,
    widths: Vec<usize>,
    /// What the widest cell of each column needs.
    needed: Vec<usize>,
    /// What its widest cell needs that is never cut, in its fewest words.
    uncut: Vec<usize>,
    shown: Vec<usize>,
}

impl TextTable {
    /// A table that has seen no row.
    #[must_use]
    pub fn new(columns: Vec<Column>) -> Self {
        let widths: Vec<usize> = columns.iter().map(longest_word).collect();
        let shown = (0..columns.len()).collect();
        Self {
            needed: vec![0; columns.len()],
            uncut: vec![0; columns.len()],
            columns,
            widths,
            shown,
        }
    }

    /// Makes room for a row.
    pub fn measure(&mut self, cells: &[Cell]) {
        for (at, cell) in cells.iter().enumerate().take(self.widths.len()) {
            let needs = length(&cell.words());
            self.widths[at] = self.widths[at].max(needs);
            self.needed[at] = self.needed[at].max(needs);
            if matches!(cell, Cell::Shortened { .. }) {
                self.uncut[at] = self.uncut[at].max(length(&cell.fewest()));
            }
        }
    }

    /// Narrows columns, and leaves out those that may be, until a line has no more than `width` characters, or only what is never
    /// cut is left. Returns the headings of those that were left out.
    pub fn fit(&mut self, width: usize) -> Vec<String> {
        let mut left_out = Vec::new();
        loop {
            let narrowest: usize = self.shown.iter().map(|at| self.least(*at) + GAP).sum();
            if narrowest <= width.saturating_add(GAP) {
                break;
            }
            let droppable = self
                .shown
                .iter()
                .copied()
                .filter(|at| self.columns[*at].left_out > 0);
            let Some(first) = droppable.max_by_key(|at| (self.columns[*at].left_out, *at)) else {
                break;
            };
            self.shown.retain(|at| *at != first);
            left_out.push(self.columns[first].heading.clone());
        }
        // The widest that may still be narrowed gives a character until all fit; where that is not enough, any.
        for least in [Self::least, |table: &Self, at: usize| {
            HARDLY_READABLE.max(table.uncut[at])
        }] {
            while self.total() > width {
                let may = self.shown.iter().copied();
                let may = may.filter(|at| self.widths[*at] > least(self, *at));
                let widest = may.max_by_key(|at| (self.widths[*at] - least(self, *at), *at));
                let Some(widest) = widest else {
                    break;
                };
                self.widths[widest] -= 1;
            }
        }
        left_out
    }

    /// Whether cells are cut in the columns that are shown; after [`TextTable::fit`].
    #[must_use]
    pub fn cuts(&self) -> bool {
        self.is_narrow(|uncut| uncut == 0)
    }

    /// Whether cells are told in fewer words; after [`TextTable::fit`].
    #[must_use]
    pub fn shortens(&self) -> bool {
        self.is_narrow(|uncut| uncut > 0)
    }

    fn is_narrow(&self, which: impl Fn(usize) -> bool) -> bool {
        let mut shown = self.shown.iter();
        shown.any(|at| which(self.uncut[*at]) && self.widths[*at] < self.needed[*at])
    }

    /// The headings, on as many lines as they need, and a rule.
    #[must_use]
    pub fn head(&self) -> String {
        let words: Vec<Vec<String>> = self
            .shown
            .iter()
            .map(|at| wrapped(&self.columns[*at].heading, self.widths[*at]))
            .collect();
        let lines = words.iter().map(Vec::len).max().unwrap_or(0);
        let mut text = String::new();
        for line in 0..lines {
            let cells = words.iter().map(|words| {
                // What is short stands at the bottom.
                let above = lines - words.len();
                line.checked_sub(above).map_or("", |at| words[at].as_str())
            });
            text.push_str(&self.line(cells));
        }
        let rules: Vec<String> = self
            .shown
            .iter()
            .map(|at| "-".repeat(self.widths[*at]))
            .collect();
        text.push_str(&self.line(rules.iter().map(String::as_str)));
        text
    }

    /// One row with its line end.
    #[must_use]
    pub fn row(&self, cells: &[Cell]) -> String {
        let words: Vec<String> = self
            .shown
            .iter()
            .map(|at| {
                let cell = cells.get(*at).unwrap_or(&Cell::Absent);
                let words = cell.words();
                if length(&words) > self.widths[*at] {
                    cell.fewest()
                } else {
                    words
                }
            })
            .collect();
        self.line(words.iter().map(String::as_str))
    }

    fn line<'a>(&self, cells: impl Iterator<Item = &'a str>) -> String {
        let mut line = String::new();
        for (at, cell) in self.shown.iter().zip(cells) {
            let width = self.widths[*at];
            let cell = cut(cell, width);
            if self.columns[*at].to_the_right {
                line.push_str(&format!("{cell:>width$}"));
            } else {
                line.push_str(&format!("{cell:<width$}"));
            }
            line.push_str(&" ".repeat(GAP));
        }
        let mut line = line.trim_end().to_owned();
        line.push('\n');
        line
    }

    fn total(&self) -> usize {
        let widths: usize = self.shown.iter().map(|at| self.widths[*at]).sum();
        widths + GAP * self.shown.len().saturating_sub(1)
    }

    fn least(&self, at: usize) -> usize {
        let narrowest = self.columns[at].narrowest.max(self.uncut[at]);
        self.widths[at].min(narrowest)
    }
}

fn length(text: &str) -> usize {
    text.chars().count()
}

/// The longest word of a heading: it may stand on several lines.
fn longest_word(column: &Column) -> usize {
    column.heading.split(' ').map(length).max().unwrap_or(0)
}

/// The words of a heading on lines of at most `width` characters.
fn wrapped(heading: &str, width: usize) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for word in heading.split(' ') {
        match lines.last_mut() {
            Some(line) if length(line) + 1 + length(word) <= width => {
                line.push(' ');
                line.push_str(word);
            }
            _ => lines.push(word.to_owned()),
        }
    }
    lines
}

/// At most `width` characters, with a mark where something was cut off.
fn cut(text: &str, width: usize) -> String {
    if length(text) <= width {
        return text.to_owned();
    }
    let kept: String = text.chars().take(width.saturating_sub(1)).collect();
    kept + "…"
}

#[cfg(test)]
mod tests {
    use super::TextTable;
    use crate::{Cell, Column};

    fn column(heading: &str, narrowest: usize, left_out: u8) -> Column {
        Column {
            key: heading.to_owned(),
            heading: heading.to_owned(),
            to_the_right: false,
            narrowest,
            left_out,
        }
    }

    fn table(width: usize) -> (TextTable, Vec<String>, [Cell; 3]) {
        let mut table = TextTable::new(vec![
            column("name", 6, 0),
            column("last seen", 10, 1),
            column("addresses", 5, 2),
        ]);
        let row = ["a-long-name.example", "2025-06-24", "10.20.30.40"].map(Cell::text);
        table.measure(&row);
        let left_out = table.fit(width);
        (table, left_out, row)
    }

    #[test]
    fn every_line_fits_whatever_the_width() {
        for width in 4..60 {
            let (table, _, row) = table(width);
            for line in table.head().lines().chain(table.row(&row).lines()) {
                assert!(line.chars().count() <= width, "{width}: {line}");
            }
        }
    }

    #[test]
    fn what_is_least_needed_goes_first_and_is_told() {
        assert_eq!(table(60).1, [""; 0]);
        assert_eq!(table(20).1, ["addresses"]);
        assert_eq!(table(8).1, ["addresses", "last seen"]);
    }

    #[test]
    fn where_a_line_has_no_end_all_is_told() {
        let (table, left_out, row) = table(usize::MAX);
        assert_eq!(left_out, [""; 0]);
        assert!(!table.cuts() && !table.shortens());
        assert_eq!(
            table.row(&row),
            "a-long-name.example  2025-06-24  10.20.30.40\n"
        );
    }

    #[test]
    fn a_verdict_is_told_in_fewer_words_and_never_cut() {
        let verdict = |whole: &str, short: &str| Cell::Shortened {
            whole: whole.to_owned(),
            short: short.to_owned(),
        };
        let rows = [
            [
                Cell::text("a-long-name.example"),
                verdict("holds i 1234d", "holds i 3y"),
            ],
            [Cell::text("b"), verdict("holds t 20d", "holds t")],
        ];
        let of_width = |width| {
            let mut table = TextTable::new(vec![column("name", 4, 0), column("closed", 11, 0)]);
            rows.iter().for_each(|row| table.measure(row));
            table.fit(width);
            let lines = rows.iter().map(|row| table.row(row)).collect::<Vec<_>>();
            (lines, table.cuts(), table.shortens())
        };
        let (lines, cuts, shortens) = of_width(100);
        assert_eq!(
            lines,
            [
                "a-long-name.example  holds i 1234d\n",
                "b                    holds t 20d\n"
            ]
        );
        assert!(!cuts && !shortens);
        let (lines, cuts, shortens) = of_width(18);
        assert_eq!(lines, ["a-lo…  holds i 3y\n", "b      holds t 20d\n"]);
        assert!(cuts && shortens);
        // Where even that has no room, a line is longer than it was to be.
        assert_eq!(of_width(4).0, ["a-l…  holds i 3y\n", "b     holds t\n"]);
    }

    #[test]
    fn what_is_cut_says_so() {
        let (table, _, row) = table(20);
        assert!(table.cuts() && !table.shortens());
        assert_eq!(table.row(&row), "a-long-…  2025-06-24\n");
        assert_eq!(table.head(), "name      last seen\n--------  ----------\n");
    }
}
