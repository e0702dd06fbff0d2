//! Characters as filled outlines, so that a seal needs no font inside the file.

use ttf_parser::{GlyphId, OutlineBuilder};

/// A font whose outlines are drawn into marks.
#[derive(Clone, Debug)]
pub struct Face {
    bytes: Vec<u8>,
}

/// The bytes are no font.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the bytes are no font")]
pub struct NotAFont;

/// Where a character is drawn: its square of `size`, its centre, and how far it is turned (clockwise).
#[derive(Clone, Copy, Debug)]
pub(crate) struct Place {
    pub(crate) x: f32,
    pub(crate) y: f32,
    pub(crate) size: f32,
    pub(crate) width_scale: f32,
    pub(crate) turn_rad: f32,
}

impl Face {
    /// Takes a font file (the first face of a collection).
    ///
    /// # Errors
    /// [`NotAFont`].
    pub fn new(bytes: Vec<u8>) -> Result<Self, NotAFont> {
        ttf_parser::Face::parse(&bytes, 0).map_err(|_| NotAFont)?;
        Ok(Self { bytes })
    }

    /// Draws characters at their places as PDF path operators, one fill at the end.
    pub(crate) fn draw(&self, characters: impl Iterator<Item = (char, Place)>) -> String {
        let face = ttf_parser::Face::parse(&self.bytes, 0).expect("it was parsed when it was taken");
        let mut pen = Pen { path: String::new(), last: (0.0, 0.0), map: Map::default() };
        for (character, place) in characters {
            let Some(glyph) = face.glyph_index(character) else {
                continue;
            };
            pen.map = Map::new(&face, glyph, place);
            let _ = face.outline_glyph(glyph, &mut pen);
        }
        pen.path.push_str("f\n");
        pen.path
    }

    /// How wide a character is, as a part of its height.
    pub(crate) fn advance(&self, character: char) -> f32 {
        let face = ttf_parser::Face::parse(&self.bytes, 0).expect("it was parsed when it was taken");
        let glyph = face.glyph_index(character);
        let units = glyph.and_then(|glyph| face.glyph_hor_advance(glyph)).unwrap_or(face.units_per_em());
        f32::from(units) / f32::from(face.units_per_em())
    }
}

/// From font units to the page: centred, scaled, turned, moved.
#[derive(Clone, Copy, Default)]
struct Map {
    centre: (f32, f32),
    scale: (f32, f32),
    sin_cos: (f32, f32),
    origin: (f32, f32),
}

impl Map {
    fn new(face: &ttf_parser::Face<'_>, glyph: GlyphId, place: Place) -> Self {
        let em = f32::from(face.units_per_em());
        let width = f32::from(face.glyph_hor_advance(glyph).unwrap_or(face.units_per_em()));
        let scale = place.size / em;
        Self {
            // A Han character stands from 0.12 em below its base line to 0.88 em above.
            centre: (width / 2.0, em * 0.38),
            scale: (scale * place.width_scale, scale),
            sin_cos: place.turn_rad.sin_cos(),
            origin: (place.x, place.y),
        }
    }

    fn apply(&self, x: f32, y: f32) -> (f32, f32) {
        let (x, y) = ((x - self.centre.0) * self.scale.0, (y - self.centre.1) * self.scale.1);
        let (sin, cos) = self.sin_cos;
        (self.origin.0 + x * cos + y * sin, self.origin.1 - x * sin + y * cos)
    }
}

struct Pen {
    path: String,
    last: (f32, f32),
    map: Map,
}

impl Pen {
    fn push(&mut self, points: &[(f32, f32)], operator: &str) {
        for (x, y) in points {
            let (x, y) = self.map.apply(*x, *y);
            self.path.push_str(&format!("{x:.2} {y:.2} "));
        }
        self.path.push_str(operator);
        self.path.push('\n');
        self.last = points.last().copied().unwrap_or(self.last);
    }
}

impl OutlineBuilder for Pen {
    fn move_to(&mut self, x: f32, y: f32) {
        self.push(&[(x, y)], "m");
    }

    fn line_to(&mut self, x: f32, y: f32) {
        self.push(&[(x, y)], "l");
    }

    // PDF has cubic curves only.
    fn quad_to(&mut self, x1: f32, y1: f32, x: f32, y: f32) {
        let toward = |from: (f32, f32)| (from.0 + (x1 - from.0) * 2.0 / 3.0, from.1 + (y1 - from.1) * 2.0 / 3.0);
        self.push(&[toward(self.last), toward((x, y)), (x, y)], "c");
    }

    fn curve_to(&mut self, x1: f32, y1: f32, x2: f32, y2: f32, x: f32, y: f32) {
        self.push(&[(x1, y1), (x2, y2), (x, y)], "c");
    }

    fn close(&mut self) {
        self.path.push_str("h\n");
    }
}
