//! Word documents before 2007: their words, as the table of pieces puts them together.

use std::io::{Cursor, Read};

use cfb::CompoundFile;

use crate::ReadingProblem;
use crate::flow::Piece;

/// Where the head of the document says what: the flags, the length of the text, where the table of pieces is.
const FLAGS: usize = 0x0a;
const TEXT_LENGTH: usize = 0x4c;
const PIECES_AT: usize = 0x1a2;
const PIECES_BYTES: usize = 0x1a6;
const ENCRYPTED: u16 = 0x0100;
const FIRST_TABLE: u16 = 0x0200;
/// A stream of more bytes is no letter.
const STREAM_BYTES: u64 = 128 << 20;

/// Reads a document; what is another kind of file in the same wrapping is unsupported here.
pub(super) fn read(bytes: &[u8]) -> Result<Vec<Piece>, ReadingProblem> {
    let mut file = CompoundFile::open(Cursor::new(bytes)).map_err(|_| ReadingProblem::Damaged)?;
    let document = stream(&mut file, "WordDocument").ok_or(ReadingProblem::Unsupported)?;
    let flags = two(&document, FLAGS).ok_or(ReadingProblem::Damaged)?;
    if flags & ENCRYPTED != 0 {
        return Err(ReadingProblem::Encrypted);
    }
    let table = if flags & FIRST_TABLE != 0 { "1Table" } else { "0Table" };
    let table = stream(&mut file, table).ok_or(ReadingProblem::Damaged)?;
    let text = text(&document, &table).ok_or(ReadingProblem::Damaged)?;
    Ok(pieces(&text))
}

fn stream(file: &mut CompoundFile<Cursor<&[u8]>>, name: &str) -> Option<Vec<u8>> {
    let mut bytes = vec![];
    file.open_stream(name).ok()?.take(STREAM_BYTES).read_to_end(&mut bytes).ok()?;
    Some(bytes)
}

fn two(bytes: &[u8], at: usize) -> Option<u16> {
    Some(u16::from_le_bytes(bytes.get(at..at.checked_add(2)?)?.try_into().ok()?))
}

fn four(bytes: &[u8], at: usize) -> Option<usize> {
    let four = u32::from_le_bytes(bytes.get(at..at.checked_add(4)?)?.try_into().ok()?);
    usize::try_from(four).ok()
}

/// The characters of the main text, piece by piece.
fn text(document: &[u8], table: &[u8]) -> Option<String> {
    let (at, length) = (four(document, PIECES_AT)?, four(document, PIECES_BYTES)?);
    let mut rest = table.get(at..at.checked_add(length)?)?;
    // Before the table of pieces stand lists of properties, each with its length.
    while let [1, low, high, after @ ..] = rest {
        rest = after.get(usize::from(u16::from_le_bytes([*low, *high]))..)?;
    }
    let [2, plan @ ..] = rest else { return None };
    let plan = plan.get(4..4 + four(plan, 0)?)?;
    let count = plan.len().checked_sub(4)? / 12;
    let wanted = four(document, TEXT_LENGTH)?;
    let mut text = String::new();
    for no in 0..count {
        let (from, until) = (four(plan, no * 4)?, four(plan, no * 4 + 4)?.min(wanted));
        let place = four(plan, (count + 1) * 4 + no * 8 + 2)?;
        let letters = until.saturating_sub(from);
        // The second bit says that a letter is one byte, and its place is told twice as large.
        match place & 0x4000_0000 {
            0 => {
                let bytes = document.get(place..place.checked_add(letters.checked_mul(2)?)?)?;
                text.push_str(&encoding_rs::UTF_16LE.decode_without_bom_handling(bytes).0);
            }
            _ => {
                let place = (place & 0x3fff_ffff) / 2;
                let bytes = document.get(place..place.checked_add(letters)?)?;
                text.push_str(&encoding_rs::WINDOWS_1252.decode_without_bom_handling(bytes).0);
            }
        }
    }
    Some(text)
}

/// Marks among the letters: ends of paragraphs, cells, pages; fields, of which only the result is read.
fn pieces(text: &str) -> Vec<Piece> {
    let mut pieces = vec![];
    let (mut line, mut row, mut fields) = (String::new(), Vec::<String>::new(), vec![]);
    for letter in text.chars() {
        match letter {
            '\u{13}' => fields.push(true),
            '\u{14}' => fields.iter_mut().last().into_iter().for_each(|hidden| *hidden = false),
            '\u{15}' => {
                fields.pop();
            }
            _ if fields.contains(&true) => {}
            '\u{7}' if line.is_empty() && !row.is_empty() => {
                let cells = std::mem::take(&mut row);
                match pieces.last_mut() {
                    Some(Piece::Table(rows)) => rows.push(cells),
                    _ => pieces.push(Piece::Table(vec![cells])),
                }
            }
            '\u{7}' => row.push(std::mem::take(&mut line)),
            '\r' => pieces.push(Piece::Paragraph(std::mem::take(&mut line))),
            '\u{b}' => line.push('\n'),
            '\u{c}' => {
                pieces.push(Piece::Paragraph(std::mem::take(&mut line)));
                pieces.push(Piece::Break);
            }
            '\t' => line.push_str("    "),
            '\u{1e}' => line.push('-'),
            letter if letter.is_control() => {}
            letter => line.push(letter),
        }
    }
    row.push(line);
    pieces.extend(row.into_iter().filter(|line| !line.is_empty()).map(Piece::Paragraph));
    pieces
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_among_the_letters_part_paragraphs_cells_and_pages() {
        let read = pieces("借条\r\u{13} PAGE \u{14}1\u{15}页\r甲\u{7}乙\u{7}\u{7}丙\u{7}丁\u{7}\u{7}完\u{c}后");
        let paragraph = |text: &str| Piece::Paragraph(text.to_owned());
        let row = |one: &str, other: &str| vec![one.to_owned(), other.to_owned()];
        assert_eq!(
            read,
            [
                paragraph("借条"),
                paragraph("1页"),
                Piece::Table(vec![row("甲", "乙"), row("丙", "丁")]),
                paragraph("完"),
                Piece::Break,
                paragraph("后"),
            ]
        );
    }

    #[test]
    fn what_is_cut_off_is_damaged_and_never_more() {
        assert_eq!(read(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"), Err(ReadingProblem::Damaged));
        assert_eq!(text(&[0; 0x200], &[]), None);
    }
}
