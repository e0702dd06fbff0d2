//! Who took a copy and when, at the foot of each of its pages (页脚标记): drawn in the confined process, so that it is
//! seen alike wherever it is opened, with its letters under it.

use std::fmt::Write as _;
use std::path::Path;

use lopdf::{Document as Pdf, ObjectId, Stream, dictionary};

use crate::bind::Foot;
use crate::compose::packed;
use crate::letters;
use crate::pdf::Document;
use crate::sheets::{self, Item, Sheet, length};
use crate::{ReadingProblem, TextRun};

/// The name of the drawing in the resources of a page.
pub(crate) const NAME: &str = "XzMark";
/// The size of its letters and of the sheet they are drawn on, in points.
const SIZE: f32 = 8.0;
const TALL: f32 = 11.0;
const BASELINE: f32 = 8.5;
/// How finely it is drawn: 300 dots an inch.
const PX_PER_PT: f32 = 300.0 / 72.0;
/// How far it stands from the side of the page, and how much of its middle is left to the number of the page.
const FROM_SIDE: f32 = 14.0;
const NUMBER: f32 = 34.0;
/// The narrower side of A4: on larger pages letters are larger.
const A4_WIDE: f32 = 595.0;
/// What is darker is ink.
const DARK: u8 = 150;

/// A mark, drawn once for all pages.
pub(crate) struct Mark {
    /// Its drawing.
    pub(crate) image: ObjectId,
    /// The font of its letters, which nobody sees.
    pub(crate) font: ObjectId,
    words: String,
    wide: f32,
}

impl Mark {
    /// Draws words.
    pub(crate) fn draw(
        pdf: &mut Pdf,
        words: &str,
        font: ObjectId,
        fonts: Option<&Path>,
    ) -> Result<Self, ReadingProblem> {
        let wide = length(words, SIZE) + 2.0;
        let text = Item::Text { x: 1.0, y: BASELINE, size: SIZE, text: words.to_owned() };
        let sheet = Sheet { width: wide, height: TALL, items: vec![text] };
        let mut drawn = Document::open(sheets::pdf(&[sheet], &[]), fonts)?.image(0, (wide * PX_PER_PT) as u32)?;
        for pixel in drawn.pixels_mut() {
            pixel.0 = [if pixel.0[0] < DARK { 0 } else { 255 }; 3];
        }
        let told = dictionary! {
            "Type" => "XObject",
            "Subtype" => "Image",
            "Width" => i64::from(drawn.width()),
            "Height" => i64::from(drawn.height()),
            "ImageMask" => true,
            "BitsPerComponent" => 1,
        };
        let mut image = Stream::new(told, packed(&drawn));
        image.compress().map_err(|_| ReadingProblem::TooLarge)?;
        Ok(Self { image: pdf.add_object(image), font, words: words.to_owned(), wide })
    }

    /// The drawing at the right end of the lower edge of a page, on white so that it can be read over a scan.
    pub(crate) fn at(&self, seen: [f32; 4], turn: i64, numbered: bool) -> String {
        let foot = Foot::of(seen, turn);
        let (across, along) = ((seen[2] - seen[0]).abs(), (seen[3] - seen[1]).abs());
        let wide = if turn.rem_euclid(180) == 90 { along } else { across };
        let room = if numbered { wide / 2.0 - FROM_SIDE - NUMBER } else { wide - FROM_SIDE * 2.0 };
        let larger = (across.min(along) / A4_WIDE).max(1.0);
        let scale = larger.min(room.max(1.0) / self.wide);
        let (w, h) = (self.wide * scale, TALL * scale);
        let (x, y) = (wide / 2.0 - FROM_SIDE - w, -(TALL - BASELINE) * scale);
        let [a, b, c, d] = foot.matrix;
        let mut drawn =
            format!("q {a} {b} {c} {d} {:.2} {:.2} cm 1 g {x:.2} {y:.2} {w:.2} {h:.2} re f 0.25 g\n", foot.x, foot.y);
        let _ = writeln!(drawn, "q {w:.2} 0 0 {h:.2} {x:.2} {y:.2} cm /{NAME} Do Q");
        let (text, h) = (self.words.clone(), SIZE * scale);
        let (starts, unsure, sure) = (vec![], vec![], None);
        letters::line(
            &mut drawn,
            &TextRun { text, x: x + scale, y: -h * 0.8, w: w - scale * 2.0, h, starts, unsure, sure },
        );
        drawn.push_str("Q\n");
        drawn
    }
}
