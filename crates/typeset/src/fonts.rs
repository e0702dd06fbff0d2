//! The court's fonts, mapped into memory. Knows the chain of families the template names.

use std::fs::File;
use std::path::{Path, PathBuf};

use memmap2::Mmap;
use typst::foundations::Bytes;
use typst::text::{Font, FontBook};
use typst::utils::LazyHash;

/// Each file with the family that is kept of it; a collection holds faces of other countries, too.
const FACES: [(&str, &str); 6] = [
    ("FandolFang-Regular.otf", "FandolFang R"),
    ("FandolSong-Regular.otf", "FandolSong"),
    ("FandolSong-Bold.otf", "FandolSong"),
    ("FandolHei-Regular.otf", "FandolHei"),
    ("NotoSerifCJK-Regular.ttc", "Noto Serif CJK SC"),
    ("NotoSerifCJK-Bold.ttc", "Noto Serif CJK SC"),
];

/// Index in [`FACES`] of the face that marks and codes are drawn with.
const MARK_FACE: usize = 3;

/// Why the fonts could not be opened.
#[derive(Debug, thiserror::Error)]
pub enum FontsError {
    /// A file is missing or can't be read.
    #[error("the font file {} can't be read; the set-up script brings it (setup.sh fonts)", path.display())]
    File {
        /// The file.
        path: PathBuf,
        /// What the system said.
        source: std::io::Error,
    },
    /// A file does not hold the family that the page is set in.
    #[error("the font file {} does not hold {family}", path.display())]
    Family {
        /// The file.
        path: PathBuf,
        /// The family that should be in it.
        family: &'static str,
    },
}

/// The fonts at hand.
pub(crate) struct Shelf {
    pub(crate) book: LazyHash<FontBook>,
    pub(crate) fonts: Vec<Font>,
}

impl Shelf {
    pub(crate) fn open(folder: &Path) -> Result<Self, FontsError> {
        let open = |(file, family): &(&str, &'static str)| open_face(folder.join(file), family);
        let fonts = FACES.iter().map(open).collect::<Result<Vec<_>, _>>()?;
        Ok(Self { book: LazyHash::new(FontBook::from_fonts(&fonts)), fonts })
    }

    /// The face for marks drawn as outlines.
    pub(crate) fn mark_face(&self) -> &Font {
        &self.fonts[MARK_FACE]
    }

    /// The characters that no font has, each once, in reading order.
    pub(crate) fn missing(&self, text: &str) -> String {
        let mut missing = String::new();
        for character in text.chars().filter(|c| !c.is_control()) {
            if !self.has(character) && !missing.contains(character) {
                missing.push(character);
            }
        }
        missing
    }

    fn has(&self, character: char) -> bool {
        self.fonts.iter().any(|font| font.info().coverage.contains(u32::from(character)))
    }
}

fn open_face(path: PathBuf, family: &'static str) -> Result<Font, FontsError> {
    let bytes = match map(&path) {
        Ok(map) => Bytes::new(map),
        Err(source) => return Err(FontsError::File { path, source }),
    };
    let face = Font::iter(bytes).find(|font| font.info().family == family);
    face.ok_or(FontsError::Family { path, family })
}

/// Maps a font into memory: half the memory and a sixth of the start of reading 75 MB.
#[allow(unsafe_code)]
fn map(path: &Path) -> std::io::Result<Mmap> {
    let file = File::open(path)?;
    // SAFETY: the file must not change while it is mapped. Fonts are written once, under another name,
    // and renamed into place, so a later set-up replaces the name and never these bytes.
    unsafe { Mmap::map(&file) }
}
