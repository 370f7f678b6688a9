//! CSV as RFC 4180 has it, with cells that no spreadsheet takes for a formula.

use super::Cell;

/// What older spreadsheets need at the very beginning to read UTF-8.
pub const BYTE_ORDER_MARK: &str = "\u{feff}";

/// One row with its line end.
///
/// A cell of text that begins with `=`, `+`, `-`, `@`, a tab or a line break is given a leading apostrophe (OWASP, *CSV
/// Injection*), and so are the full-width forms of these signs. Numbers and moments are as they are.
#[must_use]
pub fn csv_row(cells: &[Cell]) -> String {
    let cells: Vec<String> = cells.iter().map(field).collect();
    cells.join(",") + "\r\n"
}

fn field(cell: &Cell) -> String {
    let text = match cell {
        Cell::Absent | Cell::Number(_) | Cell::Moment(_) => return cell.whole(),
        Cell::Text(_) | Cell::List(_) | Cell::Shortened { .. } => harmless(cell.whole()),
    };
    if text.contains([',', '"', '\r', '\n']) {
        format!("\"{}\"", text.replace('"', "\"\""))
    } else {
        text
    }
}

fn harmless(text: String) -> String {
    let starts_a_formula =
        text.starts_with(['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠']);
    if starts_a_formula {
        format!("'{text}")
    } else {
        text
    }
}

#[cfg(test)]
mod tests {
    use super::{csv_row, harmless};
    use crate::Cell;

    fn text(text: &str) -> Cell {
        Cell::Text(text.to_owned())
    }

    #[test]
    fn no_cell_of_text_starts_a_formula() {
        for start in ["=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠"] {
            let written = harmless(format!("{start}HYPERLINK(1)"));
            assert!(written.starts_with('\''), "{written}");
        }
        assert_eq!(csv_row(&[text("=1+1"), text("a=1")]), "'=1+1,a=1\r\n");
        // What `visible` shows of a tab is no tab any more.
        assert_eq!(csv_row(&[text("\t=1")]), "\\u{9}=1\r\n");
        assert_eq!(
            csv_row(&[Cell::List(vec!["-1".into(), "=2".into()])]),
            "'-1; =2\r\n"
        );
    }

    #[test]
    fn numbers_and_moments_stay_what_they_are() {
        let moment = "2025-06-24T06:30:00.123Z".parse().unwrap();
        let row = [Cell::Number(-3), Cell::Moment(moment), Cell::Absent];
        assert_eq!(csv_row(&row), "-3,2025-06-24T06:30:00Z,\r\n");
    }

    #[test]
    fn commas_and_quotes_stay_inside_their_cell() {
        let row = [text("a,b"), text("say \"x\""), text("=\"a\",b")];
        assert_eq!(
            csv_row(&row),
            "\"a,b\",\"say \"\"x\"\"\",\"'=\"\"a\"\",b\"\r\n"
        );
    }
}
