//! Copies that leave without what they must not show (隐名、遮盖): every page is drawn, what is hidden is painted over
//! in its pixels, and the text is laid under it anew without the letters that stood there. Nothing of the original is
//! taken over but pixels and letters: no metadata, no attachments, no earlier versions, no hidden layers.

use image::{Rgb, RgbImage};

use crate::ask::Blot;
use crate::sheets::{self, Item, Jpeg, Sheet, advance};
use crate::{PageSize, ReadingProblem, TextRun, picture};

/// How sharp a copy is.
pub(crate) const DPI: f32 = 200.0;
/// Pages of a copy.
pub(crate) const MOST_PAGES: usize = 1_000;
/// What is painted over.
const INK: Rgb<u8> = Rgb([0; 3]);
/// A letter is hidden with its neighbourhood: boxes of letters are measured, not exact.
const MARGIN_PT: f32 = 1.0;

/// A page of the copy: its size, its image, its text.
pub(crate) struct Page {
    pub(crate) size: PageSize,
    pub(crate) image: RgbImage,
    pub(crate) runs: Vec<TextRun>,
}

/// Writes a copy of pages without what lies under the blots, each given in shares of its page.
pub(crate) fn copy(
    count: u32,
    mut page: impl FnMut(u32) -> Result<Page, ReadingProblem>,
    blots: &[Blot],
) -> Result<Vec<u8>, ReadingProblem> {
    let (mut sheets, mut pictures) = (vec![], vec![]);
    for no in 0..count {
        let mut drawn = page(no)?;
        let own: Vec<&Blot> = blots.iter().filter(|blot| blot.page == no).collect();
        own.iter().for_each(|blot| paint(&mut drawn.image, blot));
        let PageSize { width_pt, height_pt } = drawn.size;
        let hidden: Vec<Place> = own.iter().map(|blot| Place::of(blot, drawn.size)).collect();
        let (width, height) = drawn.image.dimensions();
        pictures.push(Jpeg { bytes: picture::to_jpeg(&drawn.image)?, width, height });
        let mut items = vec![Item::Picture { picture: pictures.len() - 1, x: 0.0, y: 0.0, w: width_pt, h: height_pt }];
        items.extend(drawn.runs.iter().flat_map(|run| left(run, &hidden)));
        sheets.push(Sheet { width: width_pt, height: height_pt, items });
    }
    Ok(sheets::pdf(&sheets, &pictures))
}

/// Paints over whole pixels, one more on each side.
fn paint(image: &mut RgbImage, blot: &Blot) {
    let (width, height) = image.dimensions();
    let low = |share: f32, side: u32| ((share * side as f32).floor() - 1.0).clamp(0.0, side as f32) as u32;
    let high = |share: f32, side: u32| ((share * side as f32).ceil() + 1.0).clamp(0.0, side as f32) as u32;
    for y in low(blot.y, height)..high(blot.y + blot.h, height) {
        for x in low(blot.x, width)..high(blot.x + blot.w, width) {
            image.put_pixel(x, y, INK);
        }
    }
}

/// A box in points.
#[derive(Clone, Copy)]
struct Place {
    x: f32,
    y: f32,
    w: f32,
    h: f32,
}

impl Place {
    fn of(blot: &Blot, size: PageSize) -> Self {
        let (x, y) = (blot.x * size.width_pt - MARGIN_PT, blot.y * size.height_pt - MARGIN_PT);
        let (w, h) = (blot.w * size.width_pt + MARGIN_PT * 2.0, blot.h * size.height_pt + MARGIN_PT * 2.0);
        Self { x, y, w, h }
    }

    fn touches(&self, other: &Self) -> bool {
        self.x < other.x + other.w
            && other.x < self.x + self.w
            && self.y < other.y + other.h
            && other.y < self.y + self.h
    }
}

/// What is left of a run: its letters outside of what is hidden, in pieces.
fn left(run: &TextRun, hidden: &[Place]) -> Vec<Item> {
    let letters: Vec<char> = run.text.chars().collect();
    let whole: f32 = letters.iter().map(|letter| advance(*letter)).sum::<f32>().max(0.01);
    let is_downward = run.h > run.w * 1.6 && letters.len() > 1;
    let (mut pieces, mut piece, mut before) = (vec![], String::new(), 0.0);
    let mut start = 0.0;
    for letter in letters {
        let (from, until) = (before / whole, (before + advance(letter)) / whole);
        before += advance(letter);
        let place = match is_downward {
            false => Place { x: run.x + run.w * from, y: run.y, w: run.w * (until - from), h: run.h },
            true => Place { x: run.x, y: run.y + run.h * from, w: run.w, h: run.h * (until - from) },
        };
        if hidden.iter().any(|hidden| hidden.touches(&place)) {
            pieces.push((start, from, std::mem::take(&mut piece)));
        } else {
            if piece.is_empty() {
                start = from;
            }
            piece.push(letter);
        }
    }
    pieces.push((start, 1.0, piece));
    let item = |(from, until, text): (f32, f32, String)| Item::Unseen {
        x: if is_downward { run.x } else { run.x + run.w * from },
        y: if is_downward { run.y + run.h * from + run.w } else { run.y + run.h * 0.8 },
        w: if is_downward { run.w } else { run.w * (until - from) },
        size: if is_downward { run.w } else { run.h },
        text,
    };
    pieces.into_iter().filter(|(_, _, text)| !text.trim().is_empty()).map(item).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn run(text: &str) -> TextRun {
        let (x, y, w, h) = (100.0, 100.0, 100.0, 10.0);
        TextRun { text: text.to_owned(), x, y, w, h, starts: vec![], unsure: vec![], sure: None }
    }

    fn texts(items: &[Item]) -> Vec<&str> {
        items.iter().map(|item| if let Item::Unseen { text, .. } = item { text.as_str() } else { "" }).collect()
    }

    #[test]
    fn letters_under_a_box_are_left_out_and_the_rest_stays_in_its_place() {
        let hidden = Place { x: 141.0, y: 90.0, w: 18.0, h: 30.0 };
        let items = left(&run("出借人贾借出甲乙丙丁"), &[hidden]);
        assert_eq!(texts(&items), ["出借人贾", "甲乙丙丁"]);
        assert!(!texts(&items).concat().contains("借出"), "{items:?}");
        assert!(matches!(&items[1], Item::Unseen { x, .. } if *x >= 159.0), "{items:?}");
    }

    #[test]
    fn what_lies_elsewhere_hides_nothing() {
        let hidden = Place { x: 100.0, y: 200.0, w: 100.0, h: 10.0 };
        assert_eq!(texts(&left(&run("原告"), &[hidden])), ["原告"]);
    }

    #[test]
    fn every_pixel_of_a_box_is_painted_and_none_far_from_it() {
        let mut image = RgbImage::from_pixel(100, 100, Rgb([255; 3]));
        paint(&mut image, &Blot { page: 0, x: 0.5, y: 0.5, w: 0.1, h: 0.1 });
        assert!((50..60).all(|y| (50..60).all(|x| *image.get_pixel(x, y) == INK)));
        assert_eq!(*image.get_pixel(40, 40), Rgb([255; 3]));
        paint(&mut image, &Blot { page: 0, x: -5.0, y: f32::NAN, w: 50.0, h: 0.1 });
    }
}
