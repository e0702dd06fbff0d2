//! Whether two pages are scans of one sheet, however each was scanned: finer or coarser, a little askew, packed more.
//!
//! A page is brought to what stands on it: grey, straightened, cut to its ink, in one size. Its [`Look`] (the signs of
//! the lowest waves of a cosine transform) is short enough to be kept and compared with all others; two pages with like
//! looks may still be two forms filled in by two people, so they are then laid over each other part by part: each part
//! may have shifted a little, and none may differ. A sheet that was written on since is another one.

use image::{GrayImage, RgbImage, imageops};
use serde::{Deserialize, Serialize};

use crate::examine::{ink_below, skew_tenths};

/// Waves each way that a look keeps, and the size of the map they are taken of.
const WAVES: usize = 16;
const MAP: usize = 64;
/// Bits of a look.
const LOOK_BITS: u32 = (WAVES * WAVES) as u32;
/// Looks of one sheet differ by fewer bits.
const LIKE_BITS: u32 = LOOK_BITS * 28 / 100;
/// The size in which pages are laid over each other: a letter is some twenty pixels.
const WIDTH: usize = 768;
const HEIGHT: usize = 1_024;
/// A part, and how far it may have shifted.
const PART: usize = 32;
const SHIFT: isize = 8;
/// Parts with less ink hold nothing to compare, in shares of their room.
const LEAST_INK: f32 = 0.02;
/// Of one sheet every part is this alike at least, and all on average: scanned coarsely, askew and with grain a part comes
/// to 0.9, and where one letter of a form is another, some part to no more than 0.78.
const LEAST_LIKE: f32 = 0.82;
const MEAN_LIKE: f32 = 0.82;
/// Boxes of ink whose sides differ more than this are of different sheets.
const MOST_STRETCH: f32 = 0.06;
/// Fewer parts with ink tell nothing: a few words stand on many sheets.
const LEAST_PARTS: usize = 12;
/// What lies outside of so much of the ink, at each side, is dust and shadow, in shares.
const STRAY: f32 = 0.002;

/// What a page looks like, from afar.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Look(pub [u64; 4]);

impl Look {
    /// Whether two pages look so alike that it is worth laying them over each other.
    pub fn is_like(&self, other: &Self) -> bool {
        self.differs_by(other) < LIKE_BITS
    }

    fn differs_by(&self, other: &Self) -> u32 {
        self.0.iter().zip(other.0).map(|(one, other)| (one ^ other).count_ones()).sum()
    }
}

/// The ink of a page in one size, from 0 to 1, and the sides of its box.
pub(crate) struct Ink {
    dark: Vec<f32>,
    aspect: f32,
}

impl Ink {
    /// What stands on a page; nothing of a blank one.
    pub(crate) fn of(page: &RgbImage) -> Option<Self> {
        let grey = imageops::grayscale(page);
        let grey = straightened(&grey, f32::from(skew_tenths(&grey)) / 10.0);
        let limit = ink_below(&grey);
        let [left, top, right, bottom] = extent(&grey, limit)?;
        let (width, height) = (right - left, bottom - top);
        let cut = imageops::crop_imm(&grey, left, top, width, height).to_image();
        let cut = imageops::resize(&cut, WIDTH as u32, HEIGHT as u32, imageops::FilterType::Triangle);
        let depth = f32::from(limit).max(1.0);
        let dark = cut.as_raw().iter().map(|level| ((depth - f32::from(*level)) / depth).clamp(0.0, 1.0)).collect();
        Some(Self { dark: blurred(dark), aspect: height as f32 / width as f32 })
    }

    /// The signs of its lowest waves.
    pub(crate) fn look(&self) -> Look {
        let map = self.shrunk();
        let wave = |frequency: usize, at: usize| {
            (std::f32::consts::PI / MAP as f32 * (at as f32 + 0.5) * frequency as f32).cos()
        };
        // Rows first, then columns: each of the lowest waves alone.
        let mut rows = vec![0.0; MAP * WAVES];
        for (y, row) in map.chunks(MAP).enumerate() {
            for across in 0..WAVES {
                rows[y * WAVES + across] = row.iter().enumerate().map(|(x, dark)| dark * wave(across, x)).sum();
            }
        }
        let mut look = [0_u64; 4];
        for down in 0..WAVES {
            for across in 0..WAVES {
                let strength: f32 = (0..MAP).map(|y| rows[y * WAVES + across] * wave(down, y)).sum();
                let bit = down * WAVES + across;
                look[bit / 64] |= u64::from(strength > 0.0) << (bit % 64);
            }
        }
        Look(look)
    }

    fn shrunk(&self) -> Vec<f32> {
        let (across, down) = (WIDTH / MAP, HEIGHT / MAP);
        let mut map = vec![0.0; MAP * MAP];
        for (at, dark) in self.dark.iter().enumerate() {
            map[at / WIDTH / down * MAP + at % WIDTH / across] += dark;
        }
        map
    }

    fn at(&self, x: isize, y: isize) -> f32 {
        match (usize::try_from(x), usize::try_from(y)) {
            (Ok(x), Ok(y)) if x < WIDTH && y < HEIGHT => self.dark[y * WIDTH + x],
            _ => 0.0,
        }
    }

    /// How much ink stands in the part at this corner.
    fn mass(&self, x: usize, y: usize) -> f32 {
        let rows = (y..y + PART).map(|y| self.dark[y * WIDTH + x..y * WIDTH + x + PART].iter().sum::<f32>());
        rows.sum::<f32>() / (PART * PART) as f32
    }

    /// How alike the part at a corner is to that of `other`, shifted: 1 for the same, 0 for nothing in common.
    fn like(&self, other: &Self, (x, y): (usize, usize), (right, down): (isize, isize), step: usize) -> f32 {
        let (mut sums, mut squares, mut both, mut count) = ((0.0, 0.0), (0.0, 0.0), 0.0, 0.0);
        for row in (y..y + PART).step_by(step) {
            for column in (x..x + PART).step_by(step) {
                let one = self.dark[row * WIDTH + column];
                let two = other.at(column as isize + right, row as isize + down);
                sums = (sums.0 + one, sums.1 + two);
                squares = (squares.0 + one * one, squares.1 + two * two);
                both += one * two;
                count += 1.0;
            }
        }
        let spread = |sum: f32, square: f32| (square - sum * sum / count).max(0.0);
        let spreads = (spread(sums.0, squares.0) * spread(sums.1, squares.1)).sqrt();
        if spreads < 1e-6 { 0.0 } else { (both - sums.0 * sums.1 / count) / spreads }
    }

    /// The best that a part comes to, shifted a little: looked for coarsely, then finely.
    fn best(&self, other: &Self, corner: (usize, usize)) -> f32 {
        let shifts = || (-SHIFT..=SHIFT).step_by(2);
        let all = shifts().flat_map(|down| shifts().map(move |right| (right, down)));
        let coarse = all.map(|shift| (self.like(other, corner, shift, 2), shift));
        let (_, (right, down)) = coarse.max_by(|one, two| one.0.total_cmp(&two.0)).expect("some shift is tried");
        let near = (-1..=1).flat_map(|below| (-1..=1).map(move |beside| (right + beside, down + below)));
        near.map(|shift| self.like(other, corner, shift, 1)).fold(0.0, f32::max)
    }
}

/// Whether two pages are scans of one sheet.
pub(crate) fn is_same(one: &Ink, other: &Ink) -> bool {
    let stretch = (one.aspect / other.aspect - 1.0).abs();
    if stretch > MOST_STRETCH || !one.look().is_like(&other.look()) {
        return false;
    }
    // What either has and the other lacks counts against them.
    all_parts_like(one, other) && all_parts_like(other, one)
}

fn all_parts_like(one: &Ink, other: &Ink) -> bool {
    let corners = (0..HEIGHT / PART).flat_map(|row| (0..WIDTH / PART).map(move |column| (column * PART, row * PART)));
    let inked = corners.filter(|(x, y)| one.mass(*x, *y) > LEAST_INK);
    let likes: Vec<f32> = inked.map(|corner| one.best(other, corner)).collect();
    let mean = likes.iter().sum::<f32>() / likes.len().max(1) as f32;
    likes.len() >= LEAST_PARTS && likes.iter().all(|like| *like >= LEAST_LIKE) && mean >= MEAN_LIKE
}

/// The page turned clockwise by some degrees about its middle, on white.
fn straightened(grey: &GrayImage, degrees: f32) -> GrayImage {
    if degrees == 0.0 {
        return grey.clone();
    }
    let (sin, cos) = degrees.to_radians().sin_cos();
    let (width, height) = grey.dimensions();
    let (middle_x, middle_y) = (width as f32 / 2.0, height as f32 / 2.0);
    GrayImage::from_fn(width, height, |x, y| {
        let (right, down) = (x as f32 - middle_x, y as f32 - middle_y);
        let from = (right * cos + down * sin + middle_x, down * cos - right * sin + middle_y);
        let level = imageops::interpolate_bilinear(grey, from.0, from.1);
        level.unwrap_or(image::Luma([255]))
    })
}

/// The box of the ink: left, top, right, bottom; nothing where there is none to speak of.
fn extent(grey: &GrayImage, limit: u8) -> Option<[u32; 4]> {
    let (width, height) = grey.dimensions();
    let (mut columns, mut rows) = (vec![0_u32; width as usize], vec![0_u32; height as usize]);
    // Shadows of the scanner's lid lie at the edges.
    let (side, top) = (width / 40, height / 40);
    for (x, y, level) in grey.enumerate_pixels() {
        let is_inside = x >= side && x < width - side && y >= top && y < height - top;
        if is_inside && level.0[0] < limit {
            columns[x as usize] += 1;
            rows[y as usize] += 1;
        }
    }
    let (left, right) = middle(&columns)?;
    let (top, bottom) = middle(&rows)?;
    (right > left + 32 && bottom > top + 32).then_some([left, top, right, bottom])
}

/// Where the counts begin and end, but for the little that strays.
fn middle(counts: &[u32]) -> Option<(u32, u32)> {
    let all: u32 = counts.iter().sum();
    let stray = (all as f32 * STRAY) as u32;
    let first = passed(counts.iter().enumerate(), stray)?;
    let last = passed(counts.iter().enumerate().rev(), stray)?;
    Some((u32::try_from(first).ok()?, u32::try_from(last).ok()? + 1))
}

/// Where more than `stray` has passed.
fn passed<'c>(mut counts: impl Iterator<Item = (usize, &'c u32)>, stray: u32) -> Option<usize> {
    let mut passed = 0;
    counts.find_map(|(at, count)| {
        passed += count;
        (passed > stray).then_some(at)
    })
}

/// Each place with its neighbours: what a scanner makes of an edge is no difference.
fn blurred(dark: Vec<f32>) -> Vec<f32> {
    let across: Vec<f32> = (0..dark.len())
        .map(|at| (dark[at.saturating_sub(1)] + dark[at] + dark[(at + 1).min(dark.len() - 1)]) / 3.0)
        .collect();
    (0..dark.len())
        .map(|at| (across[at.saturating_sub(WIDTH)] + across[at] + across[(at + WIDTH).min(dark.len() - 1)]) / 3.0)
        .collect()
}
