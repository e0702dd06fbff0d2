//! The skew of a page, and the order in which its lines are read.

use super::Line;

/// The angle by which the lines of a page fall to the right: the middle one by length.
pub(crate) fn skew(lines: &[Line]) -> f32 {
    let mut angles: Vec<(f32, f32)> =
        lines.iter().filter(|line| line.is_long()).map(|line| (line.angle(), line.half_length)).collect();
    angles.sort_by(|one, other| one.0.total_cmp(&other.0));
    let half = angles.iter().map(|(_, length)| length).sum::<f32>() / 2.0;
    let mut passed = 0.0;
    for (angle, length) in angles {
        passed += length;
        if passed >= half {
            return angle;
        }
    }
    0.0
}

/// Lines from top to bottom, those of one height from left to right.
pub(crate) fn in_order(lines: Vec<Line>, skew: f32) -> Vec<Line> {
    let (sin, cos) = skew.sin_cos();
    let level = |line: &Line| (line.middle.0 * cos + line.middle.1 * sin, line.middle.1 * cos - line.middle.0 * sin);
    let mut placed: Vec<((f32, f32), Line)> = lines.into_iter().map(|line| (level(&line), line)).collect();
    placed.sort_by(|one, other| one.0.1.total_cmp(&other.0.1));
    let mut rows: Vec<Vec<((f32, f32), Line)>> = Vec::new();
    for (at, line) in placed {
        match rows.last_mut().filter(|row| is_beside(row, at.1, &line)) {
            Some(row) => row.push((at, line)),
            None => rows.push(vec![(at, line)]),
        }
    }
    for row in &mut rows {
        row.sort_by(|one, other| one.0.0.total_cmp(&other.0.0));
    }
    rows.into_iter().flatten().map(|(_, line)| line).collect()
}

/// A line stands beside a row whose last line it overlaps by more than half.
fn is_beside(row: &[((f32, f32), Line)], y: f32, line: &Line) -> bool {
    row.last().is_some_and(|(at, last)| y - at.1 < last.half_height.min(line.half_height))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(x: f32, y: f32, degrees: f32) -> Line {
        let (sin, cos) = degrees.to_radians().sin_cos();
        Line { middle: (x, y), along: (cos, sin), half_length: 40.0, half_height: 10.0 }
    }

    #[test]
    fn the_skew_is_the_one_of_most_of_the_length() {
        let lines = [line(0.0, 0.0, 2.0), line(0.0, 40.0, 2.1), line(0.0, 80.0, 40.0)];
        assert!((skew(&lines).to_degrees() - 2.1).abs() < 0.01);
        assert_eq!(skew(&[]), 0.0);
    }

    #[test]
    fn lines_of_one_height_are_read_from_the_left_however_the_page_lies() {
        let degrees = 10.0_f32;
        let (sin, cos) = degrees.to_radians().sin_cos();
        let at = |x: f32, y: f32| line(x * cos - y * sin, x * sin + y * cos, degrees);
        let (left, right, below) = (at(0.0, 0.0), at(400.0, 1.0), at(0.0, 40.0));
        assert_eq!(in_order(vec![below, right, left], degrees.to_radians()), [left, right, below]);
    }
}
