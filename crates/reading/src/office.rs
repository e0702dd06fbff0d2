//! Documents that say what they say and not where: Word, Excel, OFD, plain text. What is in them is set on pages of our
//! own; how they look in their own programs is not promised, and the original is kept.

mod doc;
mod docx;
mod numbering;
mod ofd;
mod package;
mod sheet;
mod text;
pub(crate) mod words;

use crate::sheets::Jpeg;
use crate::{Kind, Limits, ReadingProblem, flow};

/// Pictures of one document.
const MOST_PICTURES: usize = 200;

/// A document as PDF.
pub(crate) fn to_pdf(kind: Kind, bytes: &[u8], limits: &Limits) -> Result<Vec<u8>, ReadingProblem> {
    let mut pictures = Pictures { limits: *limits, taken: vec![] };
    let pieces = match kind {
        Kind::Docx => docx::read(bytes, limits, &mut pictures)?,
        Kind::Xlsx => sheet::read(bytes)?,
        Kind::Ole => match doc::read(bytes) {
            Err(ReadingProblem::Unsupported) => sheet::read(bytes)?,
            read => read?,
        },
        Kind::Ofd => return ofd::to_pdf(bytes, limits, &mut pictures),
        Kind::Text => text::read(bytes),
        _ => return Err(ReadingProblem::Unsupported),
    };
    flow::set(&pieces, &pictures.taken)
}

/// Whether documents of this kind are set on pages here.
pub(crate) fn is_set(kind: Kind) -> bool {
    matches!(kind, Kind::Docx | Kind::Xlsx | Kind::Ole | Kind::Ofd | Kind::Text)
}

/// Pictures on their way into a document.
pub(crate) struct Pictures {
    limits: Limits,
    taken: Vec<Jpeg>,
}

impl Pictures {
    /// Takes a picture up, if it is one that can be decoded.
    fn take(&mut self, bytes: Vec<u8>) -> Option<usize> {
        if self.taken.len() == MOST_PICTURES {
            return None;
        }
        let kind = crate::sniff(&mut std::io::Cursor::new(&bytes)).ok()?;
        let image = crate::picture::Picture::open(kind, bytes, self.limits).ok()?.image(0, 2_000).ok()?;
        let (width, height) = image.dimensions();
        self.taken.push(Jpeg { bytes: crate::picture::to_jpeg(&image).ok()?, width, height });
        Some(self.taken.len() - 1)
    }
}
