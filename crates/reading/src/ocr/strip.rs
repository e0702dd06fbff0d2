//! A line cut out of its page: level, and as high as the networks want it.

use image::RgbImage;

use super::Line;

/// The height that lines are read in.
pub(crate) const HEIGHT: usize = 48;
/// The longest strip that is read.
const LONGEST: usize = 3_200;

/// A line, `HEIGHT` pixels high; values from -1 to 1, blue first, as the networks were taught.
pub(crate) struct Strip {
    pub(crate) width: usize,
    pub(crate) values: Vec<f32>,
}

impl Strip {
    /// Cuts a line out.
    pub(crate) fn of(page: &RgbImage, line: &Line) -> Self {
        let width = (HEIGHT as f32 * line.half_length / line.half_height).ceil();
        Self::fitted(page, line, (width as usize).clamp(8, LONGEST))
    }

    fn fitted(page: &RgbImage, line: &Line, width: usize) -> Self {
        let mut values = vec![0.0; 3 * HEIGHT * width];
        // Large letters are looked at more closely than once for each pixel of the strip.
        let close = ((line.half_height * 2.0 / HEIGHT as f32).ceil() as usize).clamp(1, 4);
        for y in 0..HEIGHT {
            for x in 0..width {
                let colour = mean(page, line, (x, y), width, close);
                for (channel, value) in colour.into_iter().rev().enumerate() {
                    values[(channel * HEIGHT + y) * width + x] = value / 127.5 - 1.0;
                }
            }
        }
        Self { width, values }
    }

    /// The strip squeezed or filled up to `width`, for the network that tells upright from upside down.
    pub(crate) fn squeezed(&self, width: usize) -> Vec<f32> {
        let used = self.width.min(width);
        let mut values = vec![0.0; 3 * HEIGHT * width];
        for row in 0..3 * HEIGHT {
            for x in 0..used {
                let (from, until) =
                    (x * self.width / used, ((x + 1) * self.width / used).max(x * self.width / used + 1));
                let part = &self.values[row * self.width + from..row * self.width + until];
                values[row * width + x] = part.iter().sum::<f32>() / part.len() as f32;
            }
        }
        values
    }
}

fn mean(page: &RgbImage, line: &Line, (x, y): (usize, usize), width: usize, close: usize) -> [f32; 3] {
    let mut sum = [0.0; 3];
    for step in 0..close * close {
        let (dx, dy) = ((step % close) as f32, (step / close) as f32);
        let share = |at: usize, part: f32, of: usize| (at as f32 + (part + 0.5) / close as f32) / of as f32;
        let (px, py) = line.at(share(x, dx, width), share(y, dy, HEIGHT));
        let found = between(page, px - 0.5, py - 0.5);
        sum.iter_mut().zip(found).for_each(|(sum, value)| *sum += value);
    }
    sum.map(|sum| sum / (close * close) as f32)
}

/// The colour between four pixels; beyond the edge the edge goes on.
fn between(page: &RgbImage, x: f32, y: f32) -> [f32; 3] {
    let (most_x, most_y) = (page.width() - 1, page.height() - 1);
    let (x, y) = (x.clamp(0.0, most_x as f32), y.clamp(0.0, most_y as f32));
    let (left, top) = (x as u32, y as u32);
    let (right, below) = ((left + 1).min(most_x), (top + 1).min(most_y));
    let (fx, fy) = (x - left as f32, y - top as f32);
    let pixel = |x, y| page.get_pixel(x, y).0.map(f32::from);
    let (a, b, c, d) = (pixel(left, top), pixel(right, top), pixel(left, below), pixel(right, below));
    std::array::from_fn(|at| {
        let (upper, lower) = (a[at] + (b[at] - a[at]) * fx, c[at] + (d[at] - c[at]) * fx);
        upper + (lower - upper) * fy
    })
}

#[cfg(test)]
mod tests {
    use image::Rgb;

    use super::*;

    #[test]
    fn a_strip_is_level_and_blue_first() {
        let page = RgbImage::from_fn(200, 100, |x, _| if x < 100 { Rgb([255, 0, 0]) } else { Rgb([0, 0, 255]) });
        let line = Line { middle: (100.0, 50.0), along: (1.0, 0.0), half_length: 50.0, half_height: 10.0 };
        let strip = Strip::of(&page, &line);
        assert_eq!(strip.width, HEIGHT * 5);
        let pixel = |x: usize| [0, 1, 2].map(|channel| strip.values[(channel * HEIGHT + 20) * strip.width + x]);
        assert_eq!(pixel(10), [-1.0, -1.0, 1.0]);
        assert_eq!(pixel(230), [1.0, -1.0, -1.0]);
    }

    #[test]
    fn a_strip_over_the_edge_goes_on_as_the_edge() {
        let page = RgbImage::from_pixel(20, 20, Rgb([255; 3]));
        let line = Line { middle: (10.0, 10.0), along: (1.0, 0.0), half_length: 40.0, half_height: 20.0 };
        assert!(Strip::of(&page, &line).values.iter().all(|value| *value > 0.99));
    }

    #[test]
    fn a_long_strip_is_squeezed_and_a_short_one_filled_up() {
        let strip = Strip { width: 4, values: vec![1.0; 3 * HEIGHT * 4] };
        assert_eq!(strip.squeezed(2), vec![1.0; 3 * HEIGHT * 2]);
        assert_eq!(strip.squeezed(8).iter().filter(|value| **value == 1.0).count(), 3 * HEIGHT * 4);
    }
}
