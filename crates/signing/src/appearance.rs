//! What a signature looks like on the page: the court's round seal, a hand's strokes, a name.

use std::f32::consts::{PI, TAU};

use crate::outline::{Face, Place};

/// A visible signature: where and as what.
#[derive(Clone, Copy, Debug)]
pub struct Appearance<'a> {
    /// Page, from 1.
    pub page: u32,
    /// Where on the page.
    pub rect: Rect,
    /// What is drawn.
    pub mark: Mark<'a>,
}

/// A rectangle in points, from the lower left corner of the page.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Rect {
    /// Left edge.
    pub x_pt: f32,
    /// Lower edge.
    pub y_pt: f32,
    /// Width.
    pub width_pt: f32,
    /// Height.
    pub height_pt: f32,
}

/// What is drawn.
#[derive(Clone, Copy, Debug)]
pub enum Mark<'a> {
    /// The court's round seal (院印): ring, five-point star, the court's name along the ring.
    Seal {
        /// The court's name.
        court: &'a str,
        /// A line under the star, such as 演示专用; empty for none.
        caption: &'a str,
        /// The font of the name.
        face: &'a Face,
    },
    /// A signature by hand (手写签名).
    Handwriting {
        /// The strokes, in any units, y downwards as screens count.
        strokes: &'a [Stroke],
    },
    /// A name in type, where a person signs by a confirmed act.
    Name {
        /// The name.
        name: &'a str,
        /// Its font.
        face: &'a Face,
    },
}

/// One stroke of a hand: the points the pen passed.
pub type Stroke = Vec<(f32, f32)>;

/// The diameter of a people's court's seal (42 mm) in points.
pub const SEAL_DIAMETER_PT: f32 = 42.0 / 25.4 * 72.0;

impl Rect {
    /// The place of a court's seal on a date (骑年盖月): centred on it, the lower arc across it.
    pub fn seal_on_date(x_pt: f32, y_pt: f32) -> Self {
        let radius = SEAL_DIAMETER_PT / 2.0;
        // The date runs between the arc and what stands under the star, and both stay readable.
        let lower = y_pt - radius * 0.22;
        Self { x_pt: x_pt - radius, y_pt: lower, width_pt: SEAL_DIAMETER_PT, height_pt: SEAL_DIAMETER_PT }
    }
}

impl Mark<'_> {
    /// Draws the mark into a box with its lower left corner at 0, 0.
    pub(crate) fn draw(&self, rect: Rect) -> String {
        match self {
            Self::Seal { court, caption, face } => seal(court, caption, face, rect),
            Self::Handwriting { strokes } => handwriting(strokes, rect),
            Self::Name { name, face } => typed_name(name, face, rect),
        }
    }

    /// Seals let the text below them show, as ink does.
    pub(crate) fn is_ink(&self) -> bool {
        matches!(self, Self::Seal { .. })
    }
}

const SEAL_RED: &str = "0.83 0.05 0.08";

fn seal(court: &str, caption: &str, face: &Face, rect: Rect) -> String {
    let radius = rect.width_pt.min(rect.height_pt) / 2.0;
    let (x, y) = (rect.width_pt / 2.0, rect.height_pt / 2.0);
    // 1.2 mm of ring and 14 mm of star in a seal of 42 mm.
    let line = radius * 1.2 / 21.0;
    let mut out = format!("{SEAL_RED} rg {SEAL_RED} RG {line:.2} w\n");
    out.push_str(&circle(x, y, radius - line / 2.0));
    out.push_str(&star(x, y, radius / 3.0));
    out.push_str(&face.draw(along_ring(court, x, y, radius)));
    if !caption.is_empty() {
        out.push_str(&face.draw(on_line(caption, face, (x, y - radius * 0.56), radius * 0.17, radius * 1.1)));
    }
    out
}

/// The characters of a name along the upper ring, spread around the top, each with its foot inwards.
fn along_ring(name: &str, x: f32, y: f32, radius: f32) -> impl Iterator<Item = (char, Place)> {
    let characters: Vec<char> = name.chars().collect();
    let count = characters.len().max(2) as f32;
    let step = (TAU * 0.68 / (count - 1.0)).min(PI / 7.0);
    let ring = radius * 0.75;
    // Long names get narrower, not lower, as engravers do.
    let size = radius * 0.27;
    let width_scale = (step * ring * 0.86 / size).min(1.0);
    let first = -step * (characters.len() as f32 - 1.0) / 2.0;
    characters.into_iter().zip(0u8..).map(move |(character, index)| {
        let turn_rad = first + step * f32::from(index);
        let (sin, cos) = turn_rad.sin_cos();
        (character, Place { x: x + ring * sin, y: y + ring * cos, size, width_scale, turn_rad })
    })
}

/// Characters on a level line around a centre, made smaller if the line is too long.
fn on_line(
    text: &str,
    face: &Face,
    centre: (f32, f32),
    size: f32,
    longest: f32,
) -> impl Iterator<Item = (char, Place)> {
    let widths: Vec<(char, f32)> = text.chars().map(|character| (character, face.advance(character))).collect();
    let total: f32 = widths.iter().map(|(_, width)| width).sum();
    let size = if total > 0.0 { size.min(longest / total) } else { size };
    let mut x = centre.0 - total * size / 2.0;
    widths.into_iter().map(move |(character, width)| {
        let place = Place { x: x + width * size / 2.0, y: centre.1, size, width_scale: 1.0, turn_rad: 0.0 };
        x += width * size;
        (character, place)
    })
}

fn circle(x: f32, y: f32, radius: f32) -> String {
    // Four curves; the constant makes the error less than a thousandth of the radius.
    let k = radius * 0.552_285;
    let (left, right, low, high) = (x - radius, x + radius, y - radius, y + radius);
    format!(
        "{right:.2} {y:.2} m {right:.2} {a:.2} {b:.2} {high:.2} {x:.2} {high:.2} c \
         {c:.2} {high:.2} {left:.2} {a:.2} {left:.2} {y:.2} c {left:.2} {d:.2} {c:.2} {low:.2} {x:.2} {low:.2} c \
         {b:.2} {low:.2} {right:.2} {d:.2} {right:.2} {y:.2} c h S\n",
        a = y + k,
        b = x + k,
        c = x - k,
        d = y - k,
    )
}

fn star(x: f32, y: f32, radius: f32) -> String {
    // The inner corners of a regular five-point star lie on a circle of 0.382 of the outer one.
    let corner = |index: u8| {
        let length = if index.is_multiple_of(2) { radius } else { radius * 0.381_966 };
        let (sin, cos) = (f32::from(index) * PI / 5.0).sin_cos();
        let operator = if index == 0 { "m" } else { "l" };
        format!("{:.2} {:.2} {operator} ", x + length * sin, y + length * cos)
    };
    (0..10).map(corner).collect::<String>() + "h f\n"
}

fn handwriting(strokes: &[Stroke], rect: Rect) -> String {
    let points = || strokes.iter().flatten().copied().filter(|(x, y)| x.is_finite() && y.is_finite());
    let range = |values: &mut dyn Iterator<Item = f32>| {
        values.fold((f32::MAX, f32::MIN), |(low, high), value| (low.min(value), high.max(value)))
    };
    let (left, right) = range(&mut points().map(|(x, _)| x));
    let (top, bottom) = range(&mut points().map(|(_, y)| y));
    // A dot has no size; a pen's width stands in for it.
    let (width, height) = ((right - left).max(1.0), (bottom - top).max(1.0));
    let pen = 1.1;
    let scale = ((rect.width_pt - 2.0 * pen) / width).min((rect.height_pt - 2.0 * pen) / height);
    let place = |(x, y): (f32, f32)| {
        let (x, y) = ((x - left) * scale, (bottom - y) * scale);
        (x + (rect.width_pt - width * scale) / 2.0, y + (rect.height_pt - height * scale) / 2.0)
    };
    let mut out = format!("0 0 0 RG 1 J 1 j {pen} w\n");
    for stroke in strokes {
        let usable = stroke.iter().copied().filter(|(x, y)| x.is_finite() && y.is_finite());
        out.push_str(&smooth(&usable.map(place).collect::<Vec<_>>()));
    }
    out
}

/// A curve through the middles of the pen's steps, with the points as its handles.
fn smooth(points: &[(f32, f32)]) -> String {
    let Some(first) = points.first() else {
        return String::new();
    };
    let middle = |a: (f32, f32), b: (f32, f32)| ((a.0 + b.0) / 2.0, (a.1 + b.1) / 2.0);
    let mut out = format!("{:.2} {:.2} m ", first.0, first.1);
    let mut at = *first;
    for pair in points.windows(2) {
        let (handle, end) = (pair[0], middle(pair[0], pair[1]));
        let toward =
            |from: (f32, f32)| (from.0 + (handle.0 - from.0) * 2.0 / 3.0, from.1 + (handle.1 - from.1) * 2.0 / 3.0);
        let (a, b) = (toward(at), toward(end));
        out.push_str(&format!("{:.2} {:.2} {:.2} {:.2} {:.2} {:.2} c ", a.0, a.1, b.0, b.1, end.0, end.1));
        at = end;
    }
    let last = points.last().unwrap_or(first);
    out + &format!("{:.2} {:.2} l S\n", last.0, last.1)
}

fn typed_name(name: &str, face: &Face, rect: Rect) -> String {
    let centre = (rect.width_pt / 2.0, rect.height_pt / 2.0);
    let drawn = face.draw(on_line(name, face, centre, rect.height_pt * 0.8, rect.width_pt));
    format!("0 0 0 rg\n{drawn}")
}

#[cfg(test)]
mod tests {
    use super::*;

    const BOX: Rect = Rect { x_pt: 0.0, y_pt: 0.0, width_pt: 100.0, height_pt: 40.0 };

    fn coordinates(drawn: &str) -> Vec<f32> {
        let numbers = drawn.lines().skip(1).flat_map(|line| line.split(' '));
        numbers.filter_map(|word| word.parse().ok()).collect()
    }

    #[test]
    fn strokes_of_any_size_fit_their_box() {
        for scale in [0.001, 1.0, 5000.0] {
            let stroke: Stroke = vec![(0.0, 0.0), (3.0 * scale, scale), (2.0 * scale, 2.0 * scale)];
            let drawn = Mark::Handwriting { strokes: &[stroke] }.draw(BOX);
            assert!(coordinates(&drawn).iter().all(|value| (0.0..=100.0).contains(value)), "{drawn}");
        }
    }

    #[test]
    fn empty_and_odd_strokes_draw_nothing_wrong() {
        let strokes = [vec![], vec![(f32::NAN, 1.0)], vec![(5.0, 5.0)]];
        let drawn = Mark::Handwriting { strokes: &strokes }.draw(BOX);
        assert!(!drawn.contains("NaN") && !drawn.contains("inf"), "{drawn}");
    }

    #[test]
    fn the_seal_crosses_the_date_with_its_lower_arc() {
        let rect = Rect::seal_on_date(400.0, 300.0);
        assert!(rect.y_pt < 300.0 && rect.y_pt + rect.height_pt / 2.0 > 300.0, "{rect:?}");
        assert!((rect.x_pt + rect.width_pt / 2.0 - 400.0).abs() < 0.01);
    }
}
