//! Paragraphs, tables and pictures set on pages, for documents that say what they say and not where.

use crate::ReadingProblem;
use crate::sheets::{self, Item, Jpeg, Sheet, advance, length};

/// A4, its margins and its type, in points.
const WIDTH: f32 = 595.0;
const HEIGHT: f32 = 842.0;
const MARGIN: f32 = 62.0;
const SIZE: f32 = 11.0;
const TITLE: f32 = 15.0;
/// From line to line, in type sizes.
const PITCH: f32 = 1.6;
/// Room between a cell's text and its rules.
const PADDING: f32 = 4.0;
/// The narrowest column; a wide table gets a wide page.
const COLUMN: f32 = 44.0;
/// More is no document that anyone reads.
const MOST_SHEETS: usize = 3_000;
/// Marks that never begin a line.
const CLINGING: &str = "，。；：、！？）》”’〉】〕,.;:!?)]}%";

/// A part of a document.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Piece {
    /// A heading, in the middle.
    Title(String),
    /// Running text; its line ends are kept.
    Paragraph(String),
    /// Rows of a table.
    Table(Vec<Vec<String>>),
    /// One of the pictures.
    Picture(usize),
    /// The next piece begins a page.
    Break,
}

/// Sets pieces on pages and returns them as PDF.
pub(crate) fn set(pieces: &[Piece], pictures: &[Jpeg]) -> Result<Vec<u8>, ReadingProblem> {
    let columns = pieces.iter().map(|piece| if let Piece::Table(rows) = piece { columns(rows) } else { 0 }).max();
    let width = WIDTH.max(columns.unwrap_or(0) as f32 * COLUMN + MARGIN * 2.0);
    let mut flow = Flow { width, sheets: vec![], y: f32::MAX };
    for piece in pieces {
        match piece {
            Piece::Title(text) => flow.text(text, TITLE, true)?,
            Piece::Paragraph(text) => flow.text(text, SIZE, false)?,
            Piece::Table(rows) => flow.table(rows)?,
            Piece::Picture(at) => flow.picture(*at, pictures)?,
            Piece::Break => flow.y = f32::MAX,
        }
    }
    if flow.sheets.is_empty() {
        return Err(ReadingProblem::Empty);
    }
    Ok(sheets::pdf(&flow.sheets, pictures))
}

struct Flow {
    width: f32,
    sheets: Vec<Sheet>,
    y: f32,
}

impl Flow {
    fn room(&self) -> f32 {
        self.width - MARGIN * 2.0
    }

    /// Makes sure that `height` still fits on the page.
    fn reserve(&mut self, height: f32) -> Result<&mut Sheet, ReadingProblem> {
        if self.sheets.is_empty() || self.y + height > HEIGHT - MARGIN {
            if self.sheets.len() == MOST_SHEETS {
                return Err(ReadingProblem::TooLarge);
            }
            self.sheets.push(Sheet { width: self.width, height: HEIGHT, items: vec![] });
            self.y = MARGIN;
        }
        self.sheets.last_mut().ok_or(ReadingProblem::Damaged)
    }

    fn text(&mut self, text: &str, size: f32, in_the_middle: bool) -> Result<(), ReadingProblem> {
        for line in lines(text, size, self.room()) {
            let shift = if in_the_middle { (self.room() - length(&line, size)) / 2.0 } else { 0.0 };
            self.reserve(size * PITCH)?;
            let y = self.y + size * 1.2;
            self.reserve(0.0)?.items.push(Item::Text { x: MARGIN + shift, y, size, text: line });
            self.y += size * PITCH;
        }
        self.y += size * 0.3;
        Ok(())
    }

    fn table(&mut self, rows: &[Vec<String>]) -> Result<(), ReadingProblem> {
        let widths = widths(rows, self.room());
        for row in rows {
            self.row(row, &widths)?;
        }
        self.y += SIZE;
        Ok(())
    }

    /// A row higher than a page goes on over the next ones.
    fn row(&mut self, row: &[String], widths: &[f32]) -> Result<(), ReadingProblem> {
        let cell = |(at, width): (usize, &f32)| {
            lines(row.get(at).map_or("", String::as_str), SIZE, (width - PADDING * 2.0).max(SIZE))
        };
        let cells: Vec<Vec<String>> = widths.iter().enumerate().map(cell).collect();
        let most = cells.iter().map(Vec::len).max().unwrap_or(0).max(1);
        let fits = (((HEIGHT - MARGIN * 2.0) - PADDING * 2.0) / (SIZE * PITCH)) as usize;
        for first in (0..most).step_by(fits) {
            let last = most.min(first + fits);
            let height = (last - first) as f32 * SIZE * PITCH + PADDING * 2.0;
            self.reserve(height)?;
            let top = self.y;
            let sheet = self.reserve(0.0)?;
            let mut x = MARGIN;
            for (lines, width) in cells.iter().zip(widths) {
                for (at, line) in lines.iter().take(last).skip(first).enumerate() {
                    let y = top + PADDING + SIZE * 1.2 + at as f32 * SIZE * PITCH;
                    sheet.items.push(Item::Text { x: x + PADDING, y, size: SIZE, text: line.clone() });
                }
                frame(sheet, (x, top), (*width, height));
                x += width;
            }
            self.y += height;
        }
        Ok(())
    }

    fn picture(&mut self, at: usize, pictures: &[Jpeg]) -> Result<(), ReadingProblem> {
        let Some(picture) = pictures.get(at) else { return Ok(()) };
        // As large as the screen has it, if the page has the room.
        let natural = (picture.width.max(1) as f32 * 0.75, picture.height.max(1) as f32 * 0.75);
        let scale = (self.room() / natural.0).min((HEIGHT - MARGIN * 2.0) / natural.1).min(1.0);
        let (w, h) = (natural.0 * scale, natural.1 * scale);
        self.reserve(h)?;
        let y = self.y;
        self.reserve(0.0)?.items.push(Item::Picture { picture: at, x: MARGIN, y, w, h });
        self.y += h + SIZE;
        Ok(())
    }
}

fn frame(sheet: &mut Sheet, (x, y): (f32, f32), (w, h): (f32, f32)) {
    let corners = [(x, y), (x + w, y), (x + w, y + h), (x, y + h)];
    for (from, to) in corners.into_iter().zip(corners.into_iter().cycle().skip(1)) {
        sheet.items.push(Item::Rule { from, to });
    }
}

fn columns(rows: &[Vec<String>]) -> usize {
    rows.iter().map(Vec::len).max().unwrap_or(0)
}

/// Columns share the room by what they hold, none narrower than a few letters.
fn widths(rows: &[Vec<String>], room: f32) -> Vec<f32> {
    let longest = |at: usize| {
        let cells = rows.iter().filter_map(|row| row.get(at)).flat_map(|cell| cell.lines());
        cells.map(|line| length(line, SIZE)).fold(0.0, f32::max).clamp(SIZE, room) + PADDING * 2.0
    };
    let wanted: Vec<f32> = (0..columns(rows)).map(longest).collect();
    let whole: f32 = wanted.iter().sum();
    let spare = (room - COLUMN.min(room / wanted.len().max(1) as f32) * wanted.len() as f32).max(0.0);
    if whole <= room {
        return wanted;
    }
    let least = COLUMN.min(room / wanted.len().max(1) as f32);
    wanted.iter().map(|width| least + spare * width / whole).collect()
}

/// Breaks text into lines: between Chinese letters and at spaces, inside a word only where it is longer than a line.
fn lines(text: &str, size: f32, room: f32) -> Vec<String> {
    let mut lines = vec![];
    for paragraph in text.split('\n') {
        let (mut line, mut reach, mut last_space) = (String::new(), 0.0, None);
        for letter in paragraph.chars().map(|letter| if letter == '\t' { ' ' } else { letter }) {
            let step = advance(letter) * size;
            if reach + step > room && !line.is_empty() && !CLINGING.contains(letter) && letter != ' ' {
                let rest = match last_space {
                    Some(at) if letter.is_ascii() => line.split_off(at),
                    _ => String::new(),
                };
                lines.push(std::mem::replace(&mut line, rest.trim_start().to_owned()));
                reach = length(&line, size);
                last_space = None;
            }
            if letter == ' ' || !letter.is_ascii() {
                last_space = Some(line.len() + letter.len_utf8());
            }
            line.push(letter);
            reach += step;
        }
        lines.push(line);
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_break_between_chinese_letters_and_at_spaces() {
        assert_eq!(lines("原告借款合同", 10.0, 40.0), ["原告借款", "合同"]);
        assert_eq!(lines("原告借款。合同", 10.0, 40.0), ["原告借款。", "合同"], "a stop begins no line");
        assert_eq!(lines("the lender pays", 10.0, 60.0), ["the lender ", "pays"]);
        assert_eq!(lines("a\n\nb", 10.0, 40.0), ["a", "", "b"]);
        assert_eq!(lines("aaaaaaaaaa", 10.0, 30.0).concat(), "aaaaaaaaaa", "a word longer than a line is cut");
    }

    #[test]
    fn columns_share_the_room() {
        let row = |cells: &[&str]| cells.iter().map(|cell| (*cell).to_owned()).collect::<Vec<_>>();
        let shared =
            widths(&[row(&["一", "很长的一格文字很长的一格文字很长的一格文字很长的一格文字很长的一格文字"])], 300.0);
        assert!(
            (shared.iter().sum::<f32>() - 300.0).abs() < 1.0 && shared[0] >= COLUMN && shared[1] > shared[0],
            "{shared:?}"
        );
    }

    #[test]
    fn what_says_nothing_has_no_pages_and_too_much_is_refused() {
        assert_eq!(set(&[Piece::Break], &[]), Err(ReadingProblem::Empty));
        let long = vec![Piece::Paragraph("一\n".repeat(45)); MOST_SHEETS * 2];
        assert_eq!(set(&long, &[]), Err(ReadingProblem::TooLarge));
    }
}
