//! From the marks of ink to boxes around lines, each along its own direction.

use crate::TextRun;

use super::Spelled;

/// A mark this strong is ink.
const INK: f32 = 0.3;
/// A box whose marks are weaker on average is none.
const LEAST_STRENGTH: f32 = 0.5;
/// Boxes lower than this are dust, in pixels of the map.
const LEAST_SIDE: f32 = 3.0;
/// By how much a box grows around its ink: this times its area, by its girth.
const GROWTH: f32 = 1.6;
/// Boxes of one page; a page of more is no page.
const MOST_LINES: usize = 3_000;

type Point = (f32, f32);

/// A line of writing: a box of its own direction, in pixels.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Line {
    /// Its middle.
    pub(crate) middle: Point,
    /// Its direction, of length 1: from its first letter to its last, never more than 45° from level.
    pub(crate) along: Point,
    /// Half its length.
    pub(crate) half_length: f32,
    /// Half its height.
    pub(crate) half_height: f32,
}

impl Line {
    /// Across the line, downwards.
    fn across(&self) -> Point {
        (-self.along.1, self.along.0)
    }

    /// A point of the line, by its shares of the length and of the height, each from 0 to 1.
    pub(crate) fn at(&self, along: f32, across: f32) -> Point {
        let (along, across) = ((along * 2.0 - 1.0) * self.half_length, (across * 2.0 - 1.0) * self.half_height);
        let down = self.across();
        (self.middle.0 + self.along.0 * along + down.0 * across, self.middle.1 + self.along.1 * along + down.1 * across)
    }

    /// The same line once its page, `height` pixels high, is turned by 90° clockwise.
    pub(crate) fn turned_right(&self, height: f32) -> Self {
        let middle = (height - self.middle.1, self.middle.0);
        // What ran across runs along now.
        let (half_length, half_height) = (self.half_height, self.half_length);
        Self { middle, along: self.along, half_length, half_height }
    }

    /// The same line once its page is turned by 180°.
    pub(crate) fn turned_over(&self, width: f32, height: f32) -> Self {
        Self { middle: (width - self.middle.0, height - self.middle.1), ..*self }
    }

    /// The same line on a page `x` times as wide and `y` times as high.
    pub(crate) fn scaled(&self, x: f32, y: f32) -> Self {
        let (length, height) = (
            (self.along.0 * self.half_length * x, self.along.1 * self.half_length * y),
            (self.across().0 * self.half_height * x, self.across().1 * self.half_height * y),
        );
        let half_length = length.0.hypot(length.1);
        Self {
            middle: (self.middle.0 * x, self.middle.1 * y),
            along: (length.0 / half_length, length.1 / half_length),
            half_length,
            half_height: height.0.hypot(height.1),
        }
    }

    /// The angle by which it falls to the right.
    pub(crate) fn angle(&self) -> f32 {
        self.along.1.atan2(self.along.0)
    }

    /// Whether it is long enough to say anything of its direction.
    pub(crate) fn is_long(&self) -> bool {
        self.half_length >= self.half_height * 3.0
    }
}

/// How strongly each pixel of a page is marked as ink.
pub(crate) struct Marks<'m> {
    pub(crate) strength: &'m [f32],
    pub(crate) width: usize,
    pub(crate) height: usize,
}

impl Marks<'_> {
    /// The boxes of lines, in pixels of the map.
    pub(crate) fn lines(&self) -> Vec<Line> {
        let mut ink = self.ink();
        let mut lines = Vec::new();
        for start in 0..ink.len() {
            if ink[start] && lines.len() < MOST_LINES {
                let hull = hull(self.edge_of_blot(&mut ink, start));
                lines.extend(tightest_box(&hull).and_then(|line| self.grown(line)));
            }
        }
        lines
    }

    /// What is ink, and the pixel right of it, below it and between them.
    fn ink(&self) -> Vec<bool> {
        let mut ink = vec![false; self.width * self.height];
        for (at, _) in self.strength.iter().enumerate().filter(|(_, strength)| **strength > INK) {
            let (right, below) = (at % self.width + 1 < self.width, at / self.width + 1 < self.height);
            ink[at] = true;
            if right {
                ink[at + 1] = true;
            }
            if below {
                ink[at + self.width] = true;
            }
            if right && below {
                ink[at + self.width + 1] = true;
            }
        }
        ink
    }

    /// Takes the blot at `start` away and returns, for each of its rows, where it begins and ends.
    fn edge_of_blot(&self, ink: &mut [bool], start: usize) -> Vec<Point> {
        let mut rows: std::collections::BTreeMap<usize, (usize, usize)> = std::collections::BTreeMap::new();
        let mut open = vec![start];
        ink[start] = false;
        while let Some(at) = open.pop() {
            let (x, y) = (at % self.width, at / self.width);
            let row = rows.entry(y).or_insert((x, x));
            *row = (row.0.min(x), row.1.max(x));
            for next_y in y.saturating_sub(1)..=(y + 1).min(self.height - 1) {
                for next_x in x.saturating_sub(1)..=(x + 1).min(self.width - 1) {
                    let next = next_y * self.width + next_x;
                    if std::mem::take(&mut ink[next]) {
                        open.push(next);
                    }
                }
            }
        }
        let ends = |(y, (first, last)): (usize, (usize, usize))| [(first as f32, y as f32), (last as f32, y as f32)];
        rows.into_iter().flat_map(ends).collect()
    }

    /// The box with its margin, if its marks are strong enough.
    fn grown(&self, line: Line) -> Option<Line> {
        let (length, height) = (line.half_length * 2.0, line.half_height * 2.0);
        if length.min(height) < LEAST_SIDE || self.mean_strength(&line) < LEAST_STRENGTH {
            return None;
        }
        let growth = length * height * GROWTH / (2.0 * (length + height));
        Some(Line { half_length: line.half_length + growth, half_height: line.half_height + growth, ..line })
    }

    fn mean_strength(&self, line: &Line) -> f32 {
        let corners = [line.at(0.0, 0.0), line.at(1.0, 0.0), line.at(1.0, 1.0), line.at(0.0, 1.0)];
        let range = |values: [f32; 4], most: usize| {
            let (low, high) =
                (values.iter().copied().fold(f32::MAX, f32::min), values.iter().copied().fold(0.0, f32::max));
            low.floor().max(0.0) as usize..=(high.ceil() as usize).min(most - 1)
        };
        let (mut sum, mut count) = (0.0_f64, 0_u32);
        for y in range(corners.map(|corner| corner.1), self.height) {
            for x in range(corners.map(|corner| corner.0), self.width) {
                let (dx, dy) = (x as f32 - line.middle.0, y as f32 - line.middle.1);
                let along = (dx * line.along.0 + dy * line.along.1).abs();
                let across = (dy * line.along.0 - dx * line.along.1).abs();
                if along <= line.half_length + 0.5 && across <= line.half_height + 0.5 {
                    sum += f64::from(self.strength[y * self.width + x]);
                    count += 1;
                }
            }
        }
        if count == 0 { 0.0 } else { (sum / f64::from(count)) as f32 }
    }
}

/// The convex hull, counter-clockwise as the screen has it.
fn hull(mut points: Vec<Point>) -> Vec<Point> {
    points.sort_by(|one, other| one.0.total_cmp(&other.0).then(one.1.total_cmp(&other.1)));
    points.dedup();
    let turns = |a: Point, b: Point, c: Point| (b.0 - a.0) * (c.1 - a.1) - (b.1 - a.1) * (c.0 - a.0);
    let half = |points: &mut dyn Iterator<Item = Point>| {
        let mut half: Vec<Point> = Vec::new();
        for point in points {
            while half.len() >= 2 && turns(half[half.len() - 2], half[half.len() - 1], point) <= 0.0 {
                half.pop();
            }
            half.push(point);
        }
        half
    };
    let (mut lower, upper) = (half(&mut points.iter().copied()), half(&mut points.iter().rev().copied()));
    lower.pop();
    lower.extend(upper);
    lower.pop();
    if lower.is_empty() { points } else { lower }
}

/// The smallest box around a hull: one of its sides lies on a side of the hull.
fn tightest_box(hull: &[Point]) -> Option<Line> {
    let sides = hull.iter().zip(hull.iter().cycle().skip(1));
    let boxes = sides.filter_map(|(from, to)| {
        let (dx, dy) = (to.0 - from.0, to.1 - from.1);
        let length = dx.hypot(dy);
        (length > 0.0).then(|| box_along(hull, (dx / length, dy / length)))
    });
    boxes.min_by(|one, other| (one.half_length * one.half_height).total_cmp(&(other.half_length * other.half_height)))
}

fn box_along(hull: &[Point], direction: Point) -> Line {
    let along = level(direction);
    let reach = |axis: Point| {
        let places = hull.iter().map(|point| point.0 * axis.0 + point.1 * axis.1);
        places.fold((f32::MAX, f32::MIN), |(low, high), place| (low.min(place), high.max(place)))
    };
    let across = (-along.1, along.0);
    let ((left, right), (top, bottom)) = (reach(along), reach(across));
    let (u, v) = ((left + right) / 2.0, (top + bottom) / 2.0);
    Line {
        middle: (along.0 * u + across.0 * v, along.1 * u + across.1 * v),
        along,
        half_length: (right - left) / 2.0,
        half_height: (bottom - top) / 2.0,
    }
}

/// The one of the four directions of a box that runs to the right.
fn level((x, y): Point) -> Point {
    match () {
        () if x.abs() >= y.abs() && x >= 0.0 => (x, y),
        () if x.abs() >= y.abs() => (-x, -y),
        () if y >= 0.0 => (y, -x),
        () => (-y, x),
    }
}

/// A line that falls by more than this is told in pieces, each in a box of its own.
const FALL: f32 = 0.008;
/// Letters of such a piece.
const PIECE: usize = 8;
/// A letter less sure than this is marked.
const SURE_LETTER: f32 = 0.8;

/// A page as it is measured.
pub(crate) struct Sheet {
    /// Points to a pixel.
    pub(crate) to_pt: f32,
}

impl Sheet {
    /// A line as runs of text.
    pub(crate) fn runs(&self, line: &Line, spelled: &Spelled) -> Vec<TextRun> {
        let falls = line.angle().abs() > FALL;
        let most = if falls { PIECE } else { usize::MAX };
        let letters = &spelled.letters;
        let mut runs = Vec::new();
        let mut first = 0;
        while first < letters.len() {
            let last = letters.len().min(first.saturating_add(most));
            let end = letters.get(last).map_or(1.0, |letter| letter.from);
            runs.push(self.run(line, &letters[first..last], end, spelled.sure));
            first = last;
        }
        runs
    }

    fn run(&self, line: &Line, letters: &[super::letters::Letter], end: f32, sure: f32) -> TextRun {
        let start = letters.first().map_or(0.0, |letter| letter.from);
        let corners = [line.at(start, 0.0), line.at(end, 0.0), line.at(end, 1.0), line.at(start, 1.0)];
        let low = |axis: fn(&Point) -> f32| corners.iter().map(axis).fold(f32::MAX, f32::min) * self.to_pt;
        let high = |axis: fn(&Point) -> f32| corners.iter().map(axis).fold(f32::MIN, f32::max) * self.to_pt;
        let (x, y) = (low(|corner| corner.0), low(|corner| corner.1));
        let share =
            |letter: &super::letters::Letter| ((letter.from - start) / (end - start).max(1e-6) * 1000.0).round() as u16;
        let unsure = letters.iter().enumerate().filter(|(_, letter)| letter.sure < SURE_LETTER);
        TextRun {
            text: letters.iter().map(|letter| letter.letter).collect(),
            x,
            y,
            w: high(|corner| corner.0) - x,
            h: high(|corner| corner.1) - y,
            starts: letters.iter().map(share).collect(),
            unsure: unsure.map(|(at, _)| u16::try_from(at).unwrap_or(u16::MAX)).collect(),
            sure: Some(sure),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A map with a strong bar through (50, 50), falling by `degrees`.
    fn bar(degrees: f32) -> Vec<Line> {
        let (width, height) = (100, 100);
        let (sin, cos) = degrees.to_radians().sin_cos();
        let strength = |at: usize| {
            let (x, y) = ((at % width) as f32 - 50.0, (at / width) as f32 - 50.0);
            let (along, across) = (x * cos + y * sin, y * cos - x * sin);
            if along.abs() <= 30.0 && across.abs() <= 4.0 { 0.9 } else { 0.0 }
        };
        let strength: Vec<f32> = (0..width * height).map(strength).collect();
        Marks { strength: &strength, width, height }.lines()
    }

    #[test]
    fn a_bar_of_ink_is_one_line_in_its_own_direction() {
        for degrees in [0.0_f32, 7.0, -12.0] {
            let lines = bar(degrees);
            let [line] = lines.as_slice() else { panic!("one bar was drawn: {lines:?}") };
            assert!((line.angle().to_degrees() - degrees).abs() < 1.5, "{degrees}: {line:?}");
            assert!((line.middle.0 - 50.0).abs() < 1.5 && (line.middle.1 - 50.0).abs() < 1.5, "{line:?}");
            assert!(line.half_length > 32.0 && line.half_length < 40.0, "it has grown: {line:?}");
        }
    }

    #[test]
    fn a_line_that_stands_upright_keeps_its_long_side_across() {
        let line = bar(90.0)[0];
        assert!(line.half_height > line.half_length * 1.5);
        let turned = line.turned_right(100.0);
        assert!(turned.half_length > turned.half_height * 1.5 && turned.angle().abs() < 0.1);
    }

    #[test]
    fn faint_marks_and_dust_are_no_line() {
        let mut strength = vec![0.0; 400];
        strength[5] = 0.9;
        strength[200..216].fill(0.35);
        assert_eq!(Marks { strength: &strength, width: 20, height: 20 }.lines(), []);
    }

    #[test]
    fn scaling_unevenly_keeps_ends_where_they_are() {
        let line = bar(7.0)[0];
        let (end, scaled) = (line.at(1.0, 0.5), line.scaled(2.0, 3.0).at(1.0, 0.5));
        assert!((end.0 * 2.0 - scaled.0).abs() < 0.01 && (end.1 * 3.0 - scaled.1).abs() < 0.01);
    }
}
