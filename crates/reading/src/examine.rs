//! What a scanned page shows without being read: codes on it, whether anything stands on it, how far it is askew.

use image::{GrayImage, RgbImage, imageops};

use crate::ask::{Code, Examined};

/// Pages are looked at so wide: 150 dots an inch on A4, enough for a code of two centimetres.
pub(crate) const WIDTH_PX: u32 = 1_240;
/// Skew is measured on a smaller image.
const SKEW_PX: u32 = 620;
/// Furthest a page is taken to be askew, in tenths of a degree.
const MOST_SKEW_TENTHS: i16 = 80;
/// Askew by less is straight.
const LEAST_SKEW_TENTHS: i16 = 3;
/// So much darker than the paper is ink; what shines through from the other side is not.
const INK: u8 = 90;
/// The share of ink, in parts of a million, under which nothing stands on a page: dust, a punched hole.
const BLANK_PPM: u32 = 600;
/// This part of each side is the edge, where scanners leave shadows.
const EDGE: u32 = 25;

/// Looks at a page.
pub(crate) fn examine(page: &RgbImage) -> Examined {
    let grey = imageops::grayscale(page);
    let ink_ppm = ink_ppm(&grey);
    Examined { codes: codes(&grey), ink_ppm, blank: ink_ppm < BLANK_PPM, skew_tenths: skew_tenths(&grey) }
}

/// Codes that can be read, and how the page lies by them.
fn codes(grey: &GrayImage) -> Vec<Code> {
    let (width, height) = grey.dimensions();
    let at = |x: usize, y: usize| grey.as_raw()[y * width as usize + x];
    let mut prepared = rqrr::PreparedImage::prepare_from_greyscale(width as usize, height as usize, at);
    let grids = prepared.detect_grids().into_iter();
    let read = grids.filter_map(|grid| {
        let (_, text) = grid.decode().ok()?;
        let [first, second, ..] = grid.bounds;
        Some(Code { text, turn: turn(second.x - first.x, second.y - first.y) })
    });
    read.collect()
}

/// How a page has to be turned, clockwise, so that the upper edge of a code runs from left to right.
fn turn(across: i32, down: i32) -> u16 {
    match (across.abs() >= down.abs(), across >= 0, down >= 0) {
        (true, true, _) => 0,
        (true, false, _) => 180,
        (false, _, true) => 270,
        (false, _, false) => 90,
    }
}

/// The paper's own brightness: that of most pixels.
fn paper(grey: &GrayImage) -> u8 {
    let mut counts = [0_u32; 256];
    grey.as_raw().iter().for_each(|level| counts[usize::from(*level)] += 1);
    (0..=255_u8).max_by_key(|level| counts[usize::from(*level)]).unwrap_or(255)
}

/// Darker than this is ink, of writing and of faint writing.
pub(crate) fn ink_below(grey: &GrayImage) -> u8 {
    paper(grey).saturating_sub(INK / 2)
}

fn ink_ppm(grey: &GrayImage) -> u32 {
    let (width, height) = grey.dimensions();
    let (left, top) = (width / EDGE, height / EDGE);
    let limit = paper(grey).saturating_sub(INK);
    let (mut ink, mut all) = (0_u64, 0_u64);
    for y in top..height.saturating_sub(top) {
        for x in left..width.saturating_sub(left) {
            all += 1;
            ink += u64::from(grey.get_pixel(x, y).0[0] < limit);
        }
    }
    u32::try_from(ink * 1_000_000 / all.max(1)).unwrap_or(u32::MAX)
}

/// How a page has to be turned, clockwise, in tenths of a degree, so that its lines are level: rows of a page with
/// level lines differ most from each other.
pub(crate) fn skew_tenths(grey: &GrayImage) -> i16 {
    let tall = (u64::from(grey.height()) * u64::from(SKEW_PX) / u64::from(grey.width().max(1))).clamp(1, 4_000);
    let small = imageops::resize(grey, SKEW_PX, u32::try_from(tall).unwrap_or(4_000), imageops::FilterType::Triangle);
    let limit = ink_below(&small);
    let (left, top) = (small.width() / EDGE, small.height() / EDGE);
    let inside = |x: u32, y: u32| (left..small.width() - left).contains(&x) && (top..small.height() - top).contains(&y);
    let ink: Vec<(f32, f32)> = small
        .enumerate_pixels()
        .filter(|(x, y, pixel)| pixel.0[0] < limit && inside(*x, *y))
        .map(|(x, y, _)| (x as f32, y as f32))
        .collect();
    if ink.len() < 400 {
        return 0;
    }
    let height = small.height() as usize;
    let unlike = |tenths: i16| difference(&ink, height, tenths);
    let coarse = (-MOST_SKEW_TENTHS..=MOST_SKEW_TENTHS).step_by(5).max_by_key(|tenths| unlike(*tenths)).unwrap_or(0);
    let fine = (coarse - 5..=coarse + 5).max_by_key(|tenths| unlike(*tenths)).unwrap_or(0);
    let clear = unlike(fine) > unlike(0) / 20 * 21;
    if fine.abs() < LEAST_SKEW_TENTHS || fine.abs() > MOST_SKEW_TENTHS || !clear { 0 } else { fine }
}

/// How much the rows differ once the page is turned.
fn difference(ink: &[(f32, f32)], height: usize, tenths: i16) -> u64 {
    let slope = (f32::from(tenths) / 10.0).to_radians().tan();
    let shift = height / 2;
    let mut rows = vec![0_u64; height * 2];
    for (x, y) in ink {
        let row = (y + x * slope).round() as i64 + shift as i64;
        if let Some(row) = usize::try_from(row).ok().and_then(|row| rows.get_mut(row)) {
            *row += 1;
        }
    }
    rows.windows(2).map(|pair| pair[0].abs_diff(pair[1]).pow(2)).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Lines of text, as bars, that fall by `tenths` of a degree from left to right.
    fn lines(tenths: i16) -> GrayImage {
        let slope = (f32::from(tenths) / 10.0).to_radians().tan();
        GrayImage::from_fn(1_240, 1_754, |x, y| {
            let row = y as f32 - x as f32 * slope;
            let letter = (200..1_040).contains(&x) && (x / 14) % 3 != 0;
            image::Luma([if letter && row > 200.0 && row < 1_500.0 && row % 60.0 < 22.0 { 20 } else { 245 }])
        })
    }

    #[test]
    fn the_skew_of_lines_is_measured_and_level_lines_are_level() {
        assert_eq!(skew_tenths(&lines(0)), 0);
        for tenths in [-31, 12, 47] {
            let turned = skew_tenths(&lines(tenths));
            assert!((turned + tenths).abs() <= 2, "{tenths}: {turned}");
        }
    }

    #[test]
    fn dust_and_what_shines_through_leave_a_page_blank() {
        let page = |level: u8| {
            GrayImage::from_fn(1_240, 1_754, |x, y| {
                let letters = y % 60 < 22 && x % 20 < 10;
                image::Luma([if letters { level } else { 245 }])
            })
        };
        assert!(ink_ppm(&page(200)) < BLANK_PPM);
        assert!(ink_ppm(&page(60)) > BLANK_PPM);
    }

    #[test]
    fn a_code_tells_which_way_up_its_page_lies() {
        assert_eq!([turn(9, 1), turn(-9, 1), turn(1, 9), turn(1, -9)], [0, 180, 270, 90]);
    }
}
