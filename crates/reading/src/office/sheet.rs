//! Excel workbooks, new and old: a table for each sheet.

use std::io::Cursor;

use calamine::{Data, Range, Reader, Sheets, open_workbook_auto_from_rs};

use crate::ReadingProblem;
use crate::flow::Piece;

/// Cells that are shown; a sheet of more is a database.
const MOST_CELLS: usize = 200_000;
/// Columns that are shown of a sheet.
const MOST_COLUMNS: usize = 60;

/// Reads a workbook.
pub(super) fn read(bytes: &[u8]) -> Result<Vec<Piece>, ReadingProblem> {
    let mut book: Sheets<_> =
        open_workbook_auto_from_rs(Cursor::new(bytes)).map_err(|_| ReadingProblem::Unsupported)?;
    let mut pieces = vec![];
    let mut left = MOST_CELLS;
    for name in book.sheet_names() {
        let Ok(range) = book.worksheet_range(&name) else { continue };
        if range.is_empty() {
            continue;
        }
        if !pieces.is_empty() {
            pieces.push(Piece::Break);
        }
        let rows = rows(&range, left);
        left = left.saturating_sub(rows.iter().map(Vec::len).sum());
        pieces.push(Piece::Title(name));
        pieces.push(Piece::Table(rows));
        if left == 0 {
            return Err(ReadingProblem::TooLarge);
        }
    }
    Ok(pieces)
}

fn rows(range: &Range<Data>, most: usize) -> Vec<Vec<String>> {
    let mut left = most;
    let mut rows = vec![];
    for row in range.rows() {
        if left == 0 {
            break;
        }
        let cells: Vec<String> = row.iter().take(MOST_COLUMNS).map(written).collect();
        left = left.saturating_sub(cells.len());
        rows.push(cells);
    }
    rows
}

/// A cell as it is read: days as days, whole numbers without decimals.
fn written(cell: &Data) -> String {
    match cell {
        Data::DateTime(moment) if moment.is_datetime() => {
            let (year, month, day, hour, minute, ..) = moment.to_ymd_hms_milli();
            match (hour, minute) {
                (0, 0) => format!("{year}-{month:02}-{day:02}"),
                _ => format!("{year}-{month:02}-{day:02} {hour:02}:{minute:02}"),
            }
        }
        Data::Bool(true) => "是".to_owned(),
        Data::Bool(false) => "否".to_owned(),
        other => other.to_string(),
    }
}
