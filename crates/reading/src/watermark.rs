//! Words across a page that leaves (水印): who reads it and when, burned into its image.

use std::path::Path;

use image::RgbImage;

use crate::ReadingProblem;
use crate::pdf::Document;
use crate::sheets::{self, Item, Sheet, length};

/// The width of the sheet that the words are set on, in points.
const WIDE: f32 = 595.0;
const SIZE: f32 = 13.0;
/// How far lines and words stand from each other.
const LINE: f32 = 110.0;
const GAP: f32 = 60.0;
/// How strongly the words show, in parts of 255: a page can be read through them.
const STRENGTH: i16 = 56;
/// Darker than this, a page is made lighter where the words stand.
const DARK: i16 = 96;

/// Burns words into an image, over and over.
pub(crate) fn burn(page: &mut RgbImage, words: &str, fonts: Option<&Path>) -> Result<(), ReadingProblem> {
    let (width, height) = page.dimensions();
    let tall = WIDE * height as f32 / width.max(1) as f32;
    let sheet = Sheet { width: WIDE, height: tall, items: items(words, tall) };
    let set = Document::open(sheets::pdf(&[sheet], &[]), fonts)?.image(0, width)?;
    for (x, y, pixel) in page.enumerate_pixels_mut() {
        // The sheet may be a pixel smaller than the page.
        let Some(letter) = set.get_pixel_checked(x, y) else { continue };
        let ink = i16::from(255 - letter.0[0]) * STRENGTH / 255;
        let brightness = pixel.0.iter().map(|part| i16::from(*part)).sum::<i16>() / 3;
        let shift = if brightness < DARK { ink } else { -ink };
        pixel.0 = pixel.0.map(|part| (i16::from(part) + shift).clamp(0, 255) as u8);
    }
    Ok(())
}

/// The words in rows, every second one moved by half.
fn items(words: &str, tall: f32) -> Vec<Item> {
    let step = length(words, SIZE) + GAP;
    let rows = (tall / LINE).ceil().max(1.0) as u16;
    let row = |row: u16| {
        let first = if row.is_multiple_of(2) { 20.0 } else { 20.0 - step / 2.0 };
        let count = ((WIDE - first) / step).ceil().max(1.0) as u16;
        let at = move |no: u16| Item::Text {
            x: first + f32::from(no) * step,
            y: LINE / 2.0 + f32::from(row) * LINE,
            size: SIZE,
            text: words.to_owned(),
        };
        (0..count).map(at)
    };
    (0..rows).flat_map(row).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_part_of_a_page_bears_the_words() {
        let all = items("鉴定所 王某 2026-03-02", 842.0);
        let rows: std::collections::BTreeSet<u32> = all
            .iter()
            .filter_map(|item| if let Item::Text { y, .. } = item { Some(*y as u32) } else { None })
            .collect();
        assert_eq!(rows.len(), 8);
        assert!(all.len() >= 16, "{}", all.len());
    }

    #[test]
    fn white_darkens_and_black_lightens_where_letters_stand() {
        for (paper, lighter) in [(255, false), (0, true)] {
            let mut page = RgbImage::from_pixel(600, 848, image::Rgb([paper; 3]));
            burn(&mut page, "Reader 2026-03-02", None).expect("it is burned in");
            let changed = page.pixels().filter(|pixel| pixel.0[0] != paper).count();
            assert!(changed > 200, "{changed} pixels");
            assert!(page.pixels().all(|pixel| (pixel.0[0] >= paper) == lighter || pixel.0[0] == paper));
        }
    }
}
