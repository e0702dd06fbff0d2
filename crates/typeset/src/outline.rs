//! Words drawn as outlines, for marks that must be seen and never read as text.

use std::fmt::Write;

use ttf_parser::OutlineBuilder;
use typst::text::Font;

/// Draws one line of words as an SVG image in pale grey; characters without a glyph are left out.
pub(crate) fn svg(words: &str, font: &Font) -> String {
    let face = ttf_parser::Face::parse(font.data(), font.index()).expect("a font on the shelf parses");
    let height = f32::from(face.units_per_em());
    let mut pen = Pen { path: String::new(), x: 0.0, baseline: f32::from(face.ascender()) };
    for glyph in words.chars().filter_map(|character| face.glyph_index(character)) {
        let _ = face.outline_glyph(glyph, &mut pen);
        pen.x += f32::from(face.glyph_hor_advance(glyph).unwrap_or(0)) + height / 8.0;
    }
    let (width, path) = (pen.x.max(height), pen.path);
    format!(
        r##"<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" viewBox="0 0 {width} {height}"><path fill="#e4e4e4" d="{path}"/></svg>"##
    )
}

/// Writes path commands; fonts count upwards, the image downwards.
struct Pen {
    path: String,
    x: f32,
    baseline: f32,
}

impl Pen {
    fn push(&mut self, command: char, points: &[(f32, f32)]) {
        self.path.push(command);
        for (x, y) in points {
            write!(self.path, "{} {} ", self.x + x, self.baseline - y).expect("a string takes all text");
        }
    }
}

impl OutlineBuilder for Pen {
    fn move_to(&mut self, x: f32, y: f32) {
        self.push('M', &[(x, y)]);
    }

    fn line_to(&mut self, x: f32, y: f32) {
        self.push('L', &[(x, y)]);
    }

    fn quad_to(&mut self, x1: f32, y1: f32, x: f32, y: f32) {
        self.push('Q', &[(x1, y1), (x, y)]);
    }

    fn curve_to(&mut self, x1: f32, y1: f32, x2: f32, y2: f32, x: f32, y: f32) {
        self.push('C', &[(x1, y1), (x2, y2), (x, y)]);
    }

    fn close(&mut self) {
        self.path.push('Z');
    }
}
