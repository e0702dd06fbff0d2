//! A table within what a judge writes (表格): a row is a line whose cells stand between marks, `｜项目｜金额（元）｜`. The
//! first row is the head. So a table is words like everything else in a draft: compared, commented on, taken to Word
//! and back.

use crate::structure::{Block, Cell, Span};

/// What stands before, between and behind the cells of a row.
pub const MARK: char = '｜';
/// Cells of one row; no table of a judgment has more.
const MOST_CELLS: usize = 16;

/// The line of a row with these cells.
pub fn line_of<T: AsRef<str>>(cells: impl IntoIterator<Item = T>) -> String {
    let mut line = MARK.to_string();
    for cell in cells {
        let words = cell.as_ref().replace(MARK, "|");
        line.push_str(&words.split_whitespace().collect::<Vec<_>>().join(" "));
        line.push(MARK);
    }
    line
}

/// The cells of a line that is a row: two at least.
pub fn cells_of(line: &str) -> Option<Vec<&str>> {
    let inner = line.trim().strip_prefix(MARK)?.strip_suffix(MARK)?;
    let cells: Vec<&str> = inner.split(MARK).map(str::trim).collect();
    (2..=MOST_CELLS).contains(&cells.len()).then_some(cells)
}

/// The table of rows that follow one another. Rows that are shorter than the longest end in empty cells.
pub fn table(rows: &[Vec<&str>], span: impl Fn(&str) -> Span) -> Option<Block> {
    let (head, rest) = rows.split_first()?;
    let columns = rows.iter().map(Vec::len).max()?;
    let filled = |cells: &[&str]| -> Vec<String> {
        let cells = cells.iter().map(|cell| (*cell).to_owned());
        cells.chain(std::iter::repeat_with(String::new)).take(columns).collect()
    };
    let longest = |column: usize| rows.iter().filter_map(|row| row.get(column)).map(|cell| cell.chars().count()).max();
    let widths = (0..columns).map(|column| longest(column).unwrap_or(1).clamp(2, 24) as u16).collect();
    let cell = |text: String| -> Cell { vec![span(&text)] };
    Some(Block::Table {
        head: filled(head),
        widths,
        rows: rest.iter().map(|row| filled(row).into_iter().map(cell).collect()).collect(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_row_is_a_line_and_comes_back_from_it() {
        let line = line_of(["项目", " 金额\n（元） ", "甲｜乙"]);
        assert_eq!(line, "｜项目｜金额 （元）｜甲|乙｜");
        assert_eq!(cells_of(&line), Some(vec!["项目", "金额 （元）", "甲|乙"]));
        assert_eq!(cells_of(&line_of(["", ""])), Some(vec!["", ""]));
        for words in ["项目｜金额", "｜项目", "｜一格｜", ""] {
            assert_eq!(cells_of(words), None, "{words}");
        }
    }

    #[test]
    fn a_table_has_as_many_cells_in_each_row() {
        let rows = [vec!["项目", "计算", "金额"], vec!["本金", "150000"]];
        let Some(Block::Table { head, widths, rows }) = table(&rows, |text| Span::text(text)) else {
            panic!("a table")
        };
        assert_eq!((head.len(), widths.len(), rows.len(), rows[0].len()), (3, 3, 1, 3));
        assert_eq!(table(&[], |text| Span::text(text)), None);
    }
}
