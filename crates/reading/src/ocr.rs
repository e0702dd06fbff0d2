//! Text of scanned pages (OCR): where lines stand, which way up the page lies, which letters they are.
//!
//! Three small networks (PP-OCRv6, Apache-2.0) do it: one marks the ink of lines, one tells upright from upside
//! down, one reads a line. What is around them stands here: boxes from marks, the page turned by the vote of its
//! longest lines, its skew measured, lines put in order, letters given their places.

mod boxes;
mod engine;
mod letters;
mod order;
mod strip;

use image::{RgbImage, imageops};

use crate::{PageSize, ReadingProblem, TextRun};

pub(crate) use engine::{Engine, FILES};
use {
    boxes::{Line, Sheet},
    letters::Spelled,
    strip::Strip,
};

/// How a scanned page reads.
#[derive(Clone, Debug, PartialEq, serde::Serialize, serde::Deserialize)]
pub struct ScannedPage {
    /// How far the page must be turned for its text to stand upright, in degrees clockwise: 0, 90, 180 or 270.
    pub turn: u16,
    /// How far its lines then still fall to the right, in degrees.
    pub skew: f32,
    /// Its size once it is turned.
    pub size: PageSize,
    /// Its text in the order of reading, placed on the turned page.
    pub runs: Vec<TextRun>,
}

/// Lines that decide which way up a page lies.
const VOTERS: usize = 7;
/// A line less sure than this is left out: it is a stain, or a stamp.
const LEAST_SURE: f32 = 0.5;

/// Reads a page. `size` is its size in points, before any turning.
pub(crate) fn read(engine: &Engine, page: RgbImage, size: PageSize) -> Result<ScannedPage, ReadingProblem> {
    let mut page = page;
    let mut lines = engine.lines(&page)?;
    let mut turn = 0;
    if stand_on_their_side(&lines) {
        lines.iter_mut().for_each(|line| *line = line.turned_right(page.height() as f32));
        page = imageops::rotate90(&page);
        turn = 90;
    }
    if is_upside_down(engine, &page, &lines)? {
        let (width, height) = (page.width() as f32, page.height() as f32);
        lines.iter_mut().for_each(|line| *line = line.turned_over(width, height));
        imageops::rotate180_in_place(&mut page);
        turn += 180;
    }
    let skew = order::skew(&lines);
    let lines = order::in_order(lines, skew);
    let size = if turn % 180 == 0 { size } else { PageSize { width_pt: size.height_pt, height_pt: size.width_pt } };
    let sheet = Sheet { to_pt: size.width_pt / page.width() as f32 };
    let mut runs = Vec::new();
    for line in lines {
        let spelled = engine.spell(&Strip::of(&page, &line))?;
        if spelled.sure >= LEAST_SURE {
            runs.extend(sheet.runs(&line, &spelled));
        }
    }
    Ok(ScannedPage { turn, skew: skew.to_degrees(), size, runs })
}

/// A page lies on its side where most of its boxes are higher than wide.
fn stand_on_their_side(lines: &[Line]) -> bool {
    let on_side = lines.iter().filter(|line| line.half_height >= line.half_length * 1.5).count();
    on_side * 2 > lines.len()
}

/// The longest lines vote; a single line errs too often.
fn is_upside_down(engine: &Engine, page: &RgbImage, lines: &[Line]) -> Result<bool, ReadingProblem> {
    let mut longest: Vec<&Line> = lines.iter().collect();
    longest.sort_by(|one, other| other.half_length.total_cmp(&one.half_length));
    longest.truncate(VOTERS);
    let mut votes = 0;
    for line in &longest {
        votes += usize::from(engine.is_upside_down(&Strip::of(page, line))?);
    }
    Ok(votes * 2 > longest.len())
}
