//! The text of a page with its places, gathered by drawing the page on a device that keeps only letters.

use hayro::hayro_interpret::font::{Glyph, GlyphRun, PositionedGlyph};
use hayro::hayro_interpret::hayro_cmap::{BfString, WritingMode};
use hayro::hayro_interpret::{BlendMode, ClipPath, Device, DrawMode, DrawProps, Image, ImageDrawProps, SoftMask};
use hayro::kurbo::{Affine, BezPath, Rect};

use crate::TextRun;

/// A page of more letters is a bomb, not a page.
const MOST_LETTERS: usize = 200_000;
/// A glyph's box, in thousandths of the type size: below and above the line of writing.
const BELOW: f64 = -200.0;
const ABOVE: f64 = 800.0;
/// Gaps in type sizes: closer letters are one word, further ones are another column.
const WORD_GAP: f64 = 0.25;
const COLUMN_GAP: f64 = 1.0;
/// How far, in type sizes, letters of one line may stand apart across the line.
const LINE_SHIFT: f64 = 0.3;

/// Gathers the letters of one page.
#[derive(Default)]
pub(crate) struct TextLayer {
    runs: Vec<Run>,
    letters: usize,
    last_start: Option<Rect>,
}

struct Run {
    text: String,
    place: Rect,
    last: Rect,
    is_vertical: bool,
}

enum Step {
    Joined,
    Spaced,
    Apart,
}

impl TextLayer {
    /// Returns the text in the order in which the file draws it.
    pub(crate) fn into_runs(self) -> Vec<TextRun> {
        let runs = self.runs.into_iter().filter(|run| !run.text.trim().is_empty());
        runs.map(Run::finish).collect()
    }

    fn add(&mut self, letter: &str, place: Rect, is_vertical: bool) {
        if self.letters == MOST_LETTERS || !place.is_finite() {
            return;
        }
        self.letters += 1;
        let step = self.runs.last().map_or(Step::Apart, |run| run.step_to(place, is_vertical));
        match (step, self.runs.last_mut()) {
            (Step::Joined, Some(run)) => run.extend("", letter, place),
            (Step::Spaced, Some(run)) => run.extend(run.gap_before(letter), letter, place),
            _ => self.runs.push(Run { text: letter.into(), place, last: place, is_vertical }),
        }
    }

    /// Text that is both filled and outlined is drawn twice on the same spot.
    fn is_drawn_again(&mut self, start: Rect) -> bool {
        self.last_start.replace(start) == Some(start)
    }
}

impl Run {
    fn step_to(&self, next: Rect, is_vertical: bool) -> Step {
        let (last, next, size) = match is_vertical {
            true => (turned(self.last), turned(next), self.last.width()),
            false => (self.last, next, self.last.height()),
        };
        let gap = (next.x0 - last.x1) / size;
        let is_in_line = (next.y1 - last.y1).abs() / size <= LINE_SHIFT;
        match gap {
            _ if is_vertical != self.is_vertical || !is_in_line => Step::Apart,
            gap if (-WORD_GAP..WORD_GAP).contains(&gap) => Step::Joined,
            gap if (WORD_GAP..COLUMN_GAP).contains(&gap) => Step::Spaced,
            _ => Step::Apart,
        }
    }

    /// A gap is a space, unless one is written there or the letters are Chinese, which have none.
    fn gap_before(&self, letter: &str) -> &'static str {
        let sides = [self.text.chars().next_back(), letter.chars().next()];
        match sides.into_iter().flatten().any(|side| side.is_whitespace() || side >= '\u{2e80}') {
            true => "",
            false => " ",
        }
    }

    fn extend(&mut self, gap: &str, letter: &str, place: Rect) {
        self.text.push_str(gap);
        self.text.push_str(letter);
        self.place = self.place.union(place);
        self.last = place;
    }

    fn finish(self) -> TextRun {
        let Rect { x0, y0, .. } = self.place;
        TextRun {
            text: self.text,
            x: x0 as f32,
            y: y0 as f32,
            w: self.place.width() as f32,
            h: self.place.height() as f32,
            starts: vec![],
            unsure: vec![],
            sure: None,
        }
    }
}

/// Looks at a vertical line as if it ran from left to right.
fn turned(place: Rect) -> Rect {
    Rect::new(place.y0, place.x0, place.y1, place.x1)
}

fn place_of(glyph: &PositionedGlyph<'_>, page: Affine, is_vertical: bool) -> Rect {
    let width = match &**glyph {
        Glyph::Outline(outline) => outline.advance_width(),
        Glyph::Type3(drawn) => drawn.advance_width(),
    };
    let width = if is_vertical { 1000.0 } else { width.map_or(500.0, f64::from) };
    (page * glyph.transform()).transform_rect_bbox(Rect::new(0.0, BELOW, width, ABOVE))
}

fn letter_of(glyph: &PositionedGlyph<'_>) -> String {
    match glyph.as_unicode() {
        Some(BfString::Char(letter)) => letter.to_string(),
        Some(BfString::String(letters)) => letters,
        None => char::REPLACEMENT_CHARACTER.to_string(),
    }
}

impl<'a> Device<'a> for TextLayer {
    fn draw_glyph_run(&mut self, run: &GlyphRun<'_, 'a>, props: DrawProps<'a>, _: &DrawMode) {
        let is_vertical = run.writing_mode() == WritingMode::Vertical;
        let place = |glyph| place_of(glyph, props.transform, is_vertical);
        let Some(first) = run.glyphs().first() else {
            return;
        };
        if self.is_drawn_again(place(first)) {
            return;
        }
        for glyph in run.glyphs() {
            self.add(&letter_of(glyph), place(glyph), is_vertical);
        }
    }

    fn draw_path(&mut self, _: &BezPath, _: DrawProps<'a>, _: &DrawMode) {}
    fn push_clip_path(&mut self, _: &ClipPath) {}
    fn push_transparency_group(&mut self, _: f32, _: Option<SoftMask<'a>>, _: BlendMode) {}
    fn draw_image(&mut self, _: Image<'a, '_>, _: ImageDrawProps<'a>) {}
    fn pop_clip(&mut self) {}
    fn pop_transparency_group(&mut self) {}
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Letters of size 10 on the lines and columns given.
    fn layer(letters: &[(&str, f64, f64)]) -> Vec<String> {
        let mut layer = TextLayer::default();
        for (letter, x, y) in letters {
            layer.add(letter, Rect::new(*x, *y, x + 10.0, y + 10.0), false);
        }
        layer.into_runs().into_iter().map(|run| run.text).collect()
    }

    #[test]
    fn neighbours_are_one_run() {
        assert_eq!(layer(&[("原", 0.0, 0.0), ("告", 10.0, 0.0)]), ["原告"]);
    }

    #[test]
    fn a_gap_between_latin_words_is_a_space() {
        assert_eq!(layer(&[("a", 0.0, 0.0), ("b", 15.0, 0.0)]), ["a b"]);
        assert_eq!(layer(&[("原", 0.0, 0.0), ("告", 15.0, 0.0)]), ["原告"]);
    }

    #[test]
    fn another_line_or_column_is_another_run() {
        assert_eq!(layer(&[("a", 0.0, 0.0), ("b", 0.0, 12.0)]), ["a", "b"]);
        assert_eq!(layer(&[("a", 0.0, 0.0), ("b", 40.0, 0.0)]), ["a", "b"]);
    }

    #[test]
    fn a_vertical_line_is_one_run() {
        let mut layer = TextLayer::default();
        layer.add("原", Rect::new(50.0, 0.0, 60.0, 10.0), true);
        layer.add("告", Rect::new(50.0, 10.0, 60.0, 20.0), true);
        let runs = layer.into_runs();
        assert_eq!(runs.len(), 1);
        assert_eq!((runs[0].text.as_str(), runs[0].h), ("原告", 20.0));
    }
}
